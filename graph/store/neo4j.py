"""The graph on a Neo4j server: batches of MERGE, a run id in every key, a Generation node that is switched last."""

import hashlib
import logging
import socket
import weakref
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
from neo4j import GraphDatabase, Record
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.errors import StoreError, StoreUnavailable, WorkspaceError
from graph.model import Generation
from graph.store import cypher
from graph.store.base import PIECE, Found, GraphStore, Where
from graph.store.cypher import Query
from graph.store.schema import KINDS
from graph.store.server import DATABASE
from graph.store.tables import arrow_schema, checked, gathered, ordered, parts, records

BATCH = 10_000  # some 100 MB on the server
READ_AT_ONCE = 50_000
PAGE = 10_000  # rows in one record: a few MB
OUT_OF_MEMORY = "OutOfMemory"  # in the server's code: of the pool, or of the one transaction
SILENT_MINUTES = 15  # a run that wrote nothing for so long is taken for dead; closure and matching stay far below

log = logging.getLogger(__name__)


class Neo4jStore(GraphStore):
    """One server holding the published generation and, while a run lasts, the one it writes."""

    def __init__(self, uri: str, *, user: str, password: str, owner: str) -> None:
        """Take a server's address; `owner` names the workspace, so that two of them do not write at once.

        Raises StoreUnavailable where no server answers, StoreError where it refuses the user.
        """
        self._uri = uri
        self._owner = hashlib.sha256(f"{socket.gethostname()} {owner}".encode()).hexdigest()[:16]
        self._writing: str | None = None
        self._reading: str | None = None
        # What the server thinks of our queries is for the tests that EXPLAIN them.
        self._driver = GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF")
        # Short commands open a store and just end; a store that nobody closed takes its connections along.
        weakref.finalize(self, self._driver.close)
        try:
            self._reading = self._published()
        except StoreError:
            self._driver.close()
            raise

    def begin(self, run_id: str) -> None:
        """Start a new unpublished generation; what an interrupted run left behind is removed."""
        self.prepare()
        if not self.run(cypher.TAKE_LOCK, owner=self._owner, minutes=SILENT_MINUTES):
            raise StoreError(
                f"another workspace's run writes to {self._uri}; silent for {SILENT_MINUTES} minutes it counts as dead",
                f"別の処理が {self._uri} に書き込み中です。{SILENT_MINUTES}分間応答がなければ停止とみなします",
            )
        if self._published() == run_id:
            raise StoreError(f"generation {run_id} is published already", f"世代 {run_id} は既に公開されています")
        self._remove_unpublished()
        self.run(cypher.BEGIN, run_id=run_id)
        self._writing = run_id

    def prepare(self) -> None:
        """Make the constraints and indexes, where they lack."""
        for query in cypher.constraints():
            self.run(query)

    def write(self, kind: str, tables: pa.Table | Iterable[pa.Table]) -> int:
        """Write rows of one kind into the generation begun; give how many were stored."""
        return sum(self._write(kind, checked(kind, table)) for table in parts(tables))

    def publish(self, run_id: str, facts: str) -> None:
        """Switch readers to the generation begun in one transaction, then delete the old one."""
        if self._begun() != run_id:
            raise StoreError(
                f"generation {run_id} was not begun; {self._writing} was",
                f"世代 {run_id} は開始されていません（開始済みは {self._writing}）",
            )
        self._hold_lock()
        self.run(cypher.PUBLISH, run_id=run_id, facts=facts)
        self._writing = None
        self._remove_unpublished()
        self.run(cypher.RELEASE_LOCK, owner=self._owner)

    def withdraw(self) -> None:
        """Let nothing be published: what was is damaged, and is to be built anew, maybe under the same name."""
        self.run(cypher.WITHDRAW)

    def current(self) -> Generation | None:
        """Find the generation that is published now, and read that one from here on."""
        # Asked twice where there seems to be none: a scan may fall into the moment of a switch.
        rows = self.run(cypher.CURRENT) or self.run(cypher.CURRENT)
        generation = Generation(**rows[0].data()) if rows else None
        self._reading = generation.run_id if generation else None
        return generation

    def read(self, kind: str, run_id: str | None = None) -> pa.Table:
        """Give every row of a kind, sorted by key; of the published generation, or of the run named."""
        generation, schema = run_id or self._pinned(), arrow_schema(kind)
        table = pa.Table.from_batches(self._pages(kind, schema, generation), schema)
        if generation != self._writing:
            self._refuse_replaced(generation)
        return ordered(kind, table)

    def pieces(self, kind: str, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Give these columns of every published row of a kind in one table or more of some `PIECE` rows, unsorted."""
        run_id, schema = self._pinned(), pa.schema([arrow_schema(kind).field(name) for name in columns])
        yield from gathered(self._pages(kind, schema, run_id), schema, PIECE)
        self._refuse_replaced(run_id)

    def select(self, kind: str, where: Where | None = None) -> list[Any]:
        """Give the published records of a kind whose columns have one of the given values, sorted by key."""
        values = {name: list(allowed) for name, allowed in (where or {}).items()}
        return records(kind, self._read(cypher.select(kind, values), kind, self._pinned(), **values))

    def search(self, text: str, limit: int | None = None) -> Found:
        """Find people whose search key contains every word of a text in that key's form, and say how many they are."""
        words, run_id = text.split(), self._pinned()
        if not words:
            return Found()
        total = self.run(cypher.SEARCHED, run_id=run_id, words=words)[0]["total"]
        most = total if limit is None else limit
        return Found(records("Person", self._read(cypher.search(), "Person", run_id, words=words, limit=most)), total)

    def counts(self) -> dict[str, int]:
        """Count the published records of every kind."""
        run_id = self._pinned()
        stored = {kind: self.run(cypher.count(kind), run_id=run_id)[0]["stored"] for kind in KINDS}
        self._refuse_replaced(run_id)
        return stored

    def close(self) -> None:
        """Let go of the lock and the connections; an unpublished generation is left to the next `begin`."""
        try:
            if self._writing is not None:
                self.run(cypher.RELEASE_LOCK, owner=self._owner)
        except StoreUnavailable as error:  # it stops being ours with time
            log.warning("the lock could not be released: %s", error)
        finally:
            self._writing = None
            self._driver.close()

    def run(self, query: Query, **params: Any) -> list[Record]:
        """Send one query; errors of the driver carry the query's name."""
        return [record for chunk in self._chunks(query, params) for record in chunk]

    def _chunks(self, query: Query, params: dict[str, Any]) -> Iterator[list[Record]]:
        try:
            with self._driver.session(database=DATABASE) as session:
                result = session.run(query.text, params)
                while chunk := result.fetch(READ_AT_ONCE):
                    yield chunk
        except (ServiceUnavailable, SessionExpired) as error:
            raise StoreUnavailable(
                f"the Neo4j server {self._uri} does not answer ({query.name})",
                f"Neo4j サーバー {self._uri} が応答しません（{query.name}）",
            ) from error
        except (DriverError, Neo4jError) as error:
            raise StoreError(
                f"Neo4j could not {query.name}: {error}", f"Neo4j の処理に失敗しました（{query.name}）: {error}"
            ) from error

    def _write(self, kind: str, table: pa.Table) -> int:
        """Write a table in batches; a batch that is too large for the server's memory is halved and sent again."""
        rows = table.append_column("run_id", pa.array([self._begun()] * table.num_rows, pa.string()))
        size, done, stored = BATCH, 0, 0
        while done < rows.num_rows:
            self._hold_lock()
            try:
                batch = rows.slice(done, size).to_pylist()
                stored += self.run(cypher.merge(kind), rows=batch)[0]["stored"]
                done += size
            except StoreError as error:
                if size == 1 or OUT_OF_MEMORY not in _code(error):
                    raise
                size //= 2
                log.info("%s: the server lacks memory, batches of %d from here on", kind, size)
        if stored < rows.num_rows:
            log.warning("%s: %d rows left out, an end of theirs is not in the graph", kind, rows.num_rows - stored)
        return stored

    def _read(self, query: Query, kind: str, run_id: str, **params: Any) -> pa.Table:
        schema = arrow_schema(kind)
        chunks = self._chunks(query, {"run_id": run_id, **params})
        table = pa.Table.from_batches([_batch((row.values() for row in chunk), schema) for chunk in chunks], schema)
        self._refuse_replaced(run_id)
        return ordered(kind, table)

    def _pages(self, kind: str, schema: pa.Schema, run_id: str) -> Iterator[pa.RecordBatch]:
        """Read a generation's rows of a kind; what shares the last key of a page is left to the next one."""
        query, after, size, last = cypher.page(kind, schema.names), "", PAGE, False
        while not last:
            rows = self.run(query, run_id=run_id, after=after, size=size)[0]["rows"]
            last = len(rows) < size
            whole = rows if last else [row for row in rows if row[0] != rows[-1][0]]
            if whole:
                yield _batch((row[1:] for row in whole), schema)
                after = whole[-1][0]
            else:
                size *= 2  # one key alone fills the page

    def _refuse_replaced(self, run_id: str) -> None:
        """Make sure that what was read was whole: an old generation is deleted only after it has been replaced."""
        if not self.run(cypher.IS_PUBLISHED, run_id=run_id):
            raise StoreError(
                f"generation {run_id} was replaced while it was being read; ask again",
                f"読み取り中に世代 {run_id} が置き換えられました。もう一度実行してください",
            )

    def _pinned(self) -> str:
        if self._reading is None and self.current() is None:
            raise WorkspaceError(
                f"nothing is published on {self._uri}; run an ingest first",
                f"{self._uri} には公開されたデータがありません。先に enkan ingest を実行してください",
            )
        assert self._reading is not None
        return self._reading

    def _published(self) -> str | None:
        rows = self.run(cypher.CURRENT)
        return rows[0]["run_id"] if rows else None

    def _begun(self) -> str:
        if self._writing is None:
            raise StoreError("no generation was begun", "開始された世代がありません")
        return self._writing

    def _hold_lock(self) -> None:
        if not self.run(cypher.HOLD_LOCK, owner=self._owner):
            raise StoreError(
                f"another workspace's run has taken over the writing to {self._uri}",
                f"{self._uri} への書き込みは別のワークスペースの処理に引き継がれました",
            )

    def _remove_unpublished(self) -> None:
        """Delete every generation but the published one; its Generation node last, so that it is never forgotten."""
        for row in self.run(cypher.UNPUBLISHED):
            for kind in reversed(KINDS):
                self.run(cypher.remove(kind), run_id=row["run_id"])
            self.run(cypher.FORGET, run_id=row["run_id"])


def _code(error: StoreError) -> str:
    return getattr(error.__cause__, "code", None) or ""


def _batch(rows: Iterable[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays(
        [_column(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )


def _column(values: Sequence[Any], type_: pa.DataType) -> pa.Array:
    if pa.types.is_date(type_):  # told as text
        return pa.array(values, pa.string()).cast(type_)
    if pa.types.is_timestamp(type_):
        values = [each.to_native() for each in values]
    return pa.array(values, type_)
