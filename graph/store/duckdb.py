"""The embedded store: one DuckDB file a generation, published by one atomic rename."""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from graph.errors import StoreError, WorkspaceError
from graph.files import seal
from graph.files.paths import KEPT_GENERATIONS
from graph.files.whole_files import make_folder, put_in_place, write_text
from graph.model import Generation
from graph.store.base import PIECE, Found, GraphStore, Where
from graph.store.column_types import TYPES
from graph.store.schema import KINDS, Node, Relationship
from graph.store.tables import checked, gathered, key_of, ordered, parts, records

RUN_ID = re.compile(r"[\w.-]+", re.ASCII)
FORGETTING = "64MB"

log = logging.getLogger(__name__)


class DuckDBStore(GraphStore):
    """Generations under a workspace's folder; `current` names the published one."""

    def __init__(self, root: Path) -> None:
        """Take the workspace's folder; nothing is opened before it is asked for."""
        self._root = root
        self._writing: tuple[str, duckdb.DuckDBPyConnection] | None = None
        self._reading: tuple[str, duckdb.DuckDBPyConnection] | None = None

    def begin(self, run_id: str) -> None:
        """Start a new unpublished generation; what an interrupted run left behind is removed."""
        if self._published() == run_id:
            raise StoreError(f"generation {run_id} is published already", f"世代 {run_id} は既に公開されています")
        self._stop_writing()
        for leftover in self._root.glob("generations/*/building.duckdb*"):
            leftover.unlink()
        make_folder(self._building(run_id).parent)
        with _wrapped("create a generation"):
            con = duckdb.connect(self._building(run_id))
            for kind in KINDS:
                con.execute(create_table(kind))
            con.execute("CREATE TABLE Generation (run_id VARCHAR, published BOOLEAN, facts VARCHAR)")
        self._writing = (run_id, con)

    def write(self, kind: str, tables: pa.Table | Iterable[pa.Table]) -> int:
        """Write rows of one kind into the generation begun; give how many were stored."""
        con = self._begun()[1]
        return sum(_insert(con, kind, checked(kind, table)) for table in parts(tables))

    def publish(self, run_id: str, facts: str) -> None:
        """Make the file durable, move it to its place, then switch `current` to it."""
        begun, con = self._begun()
        if begun != run_id:
            raise StoreError(
                f"generation {run_id} was not begun; {begun} was",
                f"世代 {run_id} は開始されていません（開始済みは {begun}）",
            )
        with _wrapped("publish a generation"):
            con.execute("INSERT INTO Generation VALUES (?, true, ?)", [run_id, facts])
            con.execute("CHECKPOINT")
        self._stop_writing()
        put_in_place(self._building(run_id), self._graph(run_id))
        seal.write(self._seal(run_id), seal.sealed(self._graph(run_id).parent, [self._graph(run_id).name]))
        write_text(self._root / "current", run_id + "\n")
        self._remove_old(run_id)

    def check(self) -> None:
        """Raise Damaged where the published generation is not as it was written; its whole file is read."""
        run_id = self._published()
        if run_id is not None:
            seal.check(self._graph(run_id).parent, self._seal(run_id), whole=True)

    def withdraw(self) -> None:
        """Let nothing be published: what was is damaged, and is to be built anew, maybe under the same name."""
        (self._root / "current").unlink(missing_ok=True)

    def current(self) -> Generation | None:
        """Find the generation that is published now, and read that one from here on."""
        run_id = self._published()
        if run_id is None:
            return None
        if self._reading is None or self._reading[0] != run_id:
            self._reading = (run_id, self._open(run_id))
        rows = self._rows("SELECT run_id, published, facts FROM Generation", []).to_pylist()
        return Generation(**rows[0])

    def read(self, kind: str, run_id: str | None = None) -> pa.Table:
        """Give every row of a kind, sorted by key; of the published generation, or of the run named."""
        return ordered(kind, self._rows(f'SELECT * FROM "{kind}"', [], run_id))

    def pieces(self, kind: str, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Give these columns of every published row of a kind in one table or more of some `PIECE` rows, unsorted."""
        wanted = ", ".join(f'"{name}"' for name in columns)
        with _wrapped(f"read {kind}"):
            con = self._reader(None)
            reader = con.cursor().sql(f'SELECT {wanted} FROM "{kind}"').to_arrow_reader(PIECE)
            yield from gathered(reader, reader.schema, PIECE)
            # What was read once stays in DuckDB's buffers until a lower limit drives it out.
            con.execute(f"SET memory_limit = '{FORGETTING}'; RESET memory_limit")

    def select(self, kind: str, where: Where | None = None) -> list[Any]:
        """Give the published records of a kind whose columns have one of the given values, sorted by key."""
        types = {column.name: TYPES[column.type].sql for column in KINDS[kind].columns}
        tests = [f'"{name}" IN (SELECT unnest(CAST(? AS {types[name]}[])))' for name in where or {}]
        query = f'SELECT * FROM "{kind}" WHERE {" AND ".join(tests) or "true"}'
        return records(kind, ordered(kind, self._rows(query, [list(values) for values in (where or {}).values()])))

    def search(self, text: str, limit: int | None = None) -> Found:
        """Find people whose search key contains every word of a text in that key's form, and say how many they are."""
        words = text.split()
        tests = " AND ".join("contains(search_key, ?)" for _ in words) or "false"
        total = self._rows(f"SELECT count(*) AS n FROM Person WHERE {tests}", words).to_pylist()[0]["n"]
        query = f"SELECT * FROM Person WHERE {tests} ORDER BY person_id LIMIT ?"
        return Found(records("Person", self._rows(query, [*words, total if limit is None else limit])), total)

    def counts(self) -> dict[str, int]:
        """Count the published records of every kind."""
        columns = ", ".join(f'(SELECT count(*) FROM "{kind}") AS "{kind}"' for kind in KINDS)
        return dict(self._rows(f"SELECT {columns}", []).to_pylist()[0])

    def close(self) -> None:
        """Let go of the files; an unpublished generation is left to the next `begin`."""
        self._stop_writing()
        if self._reading is not None:
            self._reading[1].close()
            self._reading = None

    def _rows(self, query: str, params: list[Any], run_id: str | None = None) -> pa.Table:
        with _wrapped(query):
            # A cursor of its own for every question: pages ask from several threads.
            return self._reader(run_id).cursor().sql(query, params=params).to_arrow_table()

    def _reader(self, run_id: str | None) -> duckdb.DuckDBPyConnection:
        if self._writing is not None and run_id == self._writing[0]:
            return self._writing[1]
        if self._reading is None and self.current() is None:
            raise WorkspaceError(
                f"nothing is published in {self._root}; run an ingest first",
                f"{self._root} には公開されたデータがありません。先に enkan ingest を実行してください",
            )
        assert self._reading is not None
        return self._reading[1] if run_id in (None, self._reading[0]) else self._open(str(run_id))

    def _open(self, run_id: str) -> duckdb.DuckDBPyConnection:
        seal.check(self._graph(run_id).parent, self._seal(run_id))
        try:
            return duckdb.connect(self._graph(run_id), read_only=True)
        except duckdb.Error as error:
            raise seal.damaged(f"{run_id}/graph.duckdb") from error

    def _begun(self) -> tuple[str, duckdb.DuckDBPyConnection]:
        if self._writing is None:
            raise StoreError("no generation was begun", "開始された世代がありません")
        return self._writing

    def _stop_writing(self) -> None:
        if self._writing is not None:
            self._writing[1].close()
            self._writing = None

    def _published(self) -> str | None:
        """Name the published generation. Raises Damaged where `current` names none, or one that is not there."""
        pointer = self._root / "current"
        if not pointer.exists():
            return None
        run_id = pointer.read_bytes().decode("ascii", errors="replace").strip()
        if not RUN_ID.fullmatch(run_id):
            raise seal.damaged("current")
        if not self._graph(run_id).exists():
            raise seal.damaged(f"{run_id}/graph.duckdb")
        return run_id

    def _seal(self, run_id: str) -> Path:
        return self._graph(run_id).with_name("graph.files.seal")

    def _graph(self, run_id: str) -> Path:
        return self._root / "generations" / run_id / "graph.duckdb"

    def _building(self, run_id: str) -> Path:
        return self._graph(run_id).with_name("building.duckdb")

    def _remove_old(self, run_id: str) -> None:
        """Drop the graphs of old generations; their manifests stay, for another store may hold the same run."""
        graphs = [path for path in self._root.glob("generations/*/graph.duckdb") if path != self._graph(run_id)]
        newest_first = sorted(graphs, key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in newest_first[KEPT_GENERATIONS - 1 :]:
            path.unlink()


def create_table(kind: str) -> str:
    """Write the table of a kind from the schema."""
    columns = ", ".join(
        f'"{column.name}" {TYPES[column.type].sql}{"" if column.nullable else " NOT NULL"}'
        for column in KINDS[kind].columns
    )
    return f'CREATE TABLE "{kind}" ({columns})'


def _insert(con: duckdb.DuckDBPyConnection, kind: str, table: pa.Table) -> int:
    same = " AND ".join(f'held."{name}" = incoming."{name}"' for name in key_of(kind))
    entry = KINDS[kind]
    ends = "true" if isinstance(entry, Node) else _both_ends(entry)
    with _wrapped(f"write {kind}"):
        con.register("incoming", table)
        con.execute("BEGIN")
        con.execute(f'DELETE FROM "{kind}" AS held USING incoming WHERE {same}')
        stored: int = con.execute(f'INSERT INTO "{kind}" SELECT * FROM incoming WHERE {ends}').fetchall()[0][0]
        con.execute("COMMIT")
        con.unregister("incoming")
    if stored < table.num_rows:
        log.warning("%s: %d rows left out, an end of theirs is not in the graph", kind, table.num_rows - stored)
    return stored


def _both_ends(entry: Relationship) -> str:
    ends = (("start", KINDS[entry.start]), ("end", KINDS[entry.end]))
    return " AND ".join(
        f'"{column}" IN (SELECT "{node.key}" FROM "{node.label}")' for column, node in ends if isinstance(node, Node)
    )


@contextmanager
def _wrapped(what: str) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise StoreError(
            f"DuckDB could not {what}: {error}", f"DuckDB の処理に失敗しました（{what}）: {error}"
        ) from error
