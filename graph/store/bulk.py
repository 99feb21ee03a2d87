"""The first load of a large graph: `neo4j-admin database import` into the empty server of a workspace's own, offline.

Many times faster than sending rows; the same graph, with the same constraints.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from graph.errors import StoreError, WorkspaceError
from graph.store import cypher, server
from graph.store.base import GraphStore
from graph.store.column_types import TYPES
from graph.store.jars import jars
from graph.store.neo4j import Neo4jStore
from graph.store.schema import KINDS, Column, Node, Relationship

BETWEEN = "\x1f"  # stands between the texts of a list
COPY = """
COPY (SELECT {columns} FROM piece) TO '{path}' (FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '',
    DATEFORMAT '%Y-%m-%d', TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%f')
"""
LINES = "SELECT count(*) FROM piece WHERE contains(concat_ws('', {texts}), chr(10))"
GENERATION = "Generation"
Progress = Callable[[float, str], None]


def load(source: GraphStore, home: Path, password: str, progress: Progress) -> int:
    """Fill the empty server under `home` with a store's published generation; give how many rows it has.

    Raises WorkspaceError where nothing is published, StoreError where the server holds something or the import fails.
    """
    generation = source.current()
    if generation is None:
        raise WorkspaceError(
            "nothing is published that could be loaded; run an ingest first",
            "読み込める公開済みのデータがありません。先に enkan ingest を実行してください",
        )
    if (home / "data").exists():
        _refuse_filled(home, password)
    folder = home / "import-files"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        rows = sum(_write(source, kind, generation.run_id, folder, progress) for kind in KINDS)
        _write_generation(generation.run_id, generation.facts, folder)
        progress(0.6, "neo4j-admin database import")
        _run(home, folder)
    finally:
        shutil.rmtree(folder)
    progress(0.9, "constraints")
    with _store(server.start(home, jars(), password)) as target:
        target.prepare()
        for kind in KINDS:
            for column in (column.name for column in KINDS[kind].columns if column.type is tuple):
                target.run(cypher.empty_lists(kind, column))
    progress(1.0, generation.run_id)
    return rows


def _refuse_filled(home: Path, password: str) -> None:
    """Make sure that a server which has run before holds nothing; it is stopped for the import."""
    with _store(server.start(home, jars(), password)) as target:
        if target.run(cypher.ANYTHING):
            raise StoreError(
                "the server holds a graph already; bulk loading is for an empty one",
                "サーバーには既にグラフがあります。一括取込は空のサーバーにだけ行えます",
            )
    server.stop(home)


def _store(running: server.Server) -> Neo4jStore:
    return Neo4jStore(running.uri, user=running.user, password=running.password, owner="bulk")


def _write(source: GraphStore, kind: str, run_id: str, folder: Path, progress: Progress) -> int:
    """Write one kind as a header file and a file for each piece."""
    progress(0.6 * list(KINDS).index(kind) / len(KINDS), kind)
    columns = KINDS[kind].columns
    (folder / f"{kind}.head").write_text(",".join(_head(kind)) + "\n", encoding="utf-8")
    rows = 0
    with duckdb.connect() as con:
        for number, piece in enumerate(source.pieces(kind, [column.name for column in columns])):
            con.register("piece", piece)
            path = folder / f"{kind}.{number}.csv"
            chosen = ", ".join([*_ends(kind), f"'{run_id}'", *(_text(column) for column in columns)])
            con.execute(COPY.format(columns=chosen, path=path))
            texts = [_text(column) for column in columns if column.type in (str, tuple)]
            if texts and con.execute(LINES.format(texts=", ".join(texts))).fetchall() != [(0,)]:
                path.with_suffix(".csv.lines").touch()
            con.unregister("piece")
            rows += len(piece)
    return rows


def _write_generation(run_id: str, facts: str, folder: Path) -> None:
    (folder / f"{GENERATION}.head").write_text(":ID(Generation),run_id,published:boolean,facts\n", encoding="utf-8")
    quoted = facts.replace('"', '""')
    (folder / f"{GENERATION}.0.csv").write_text(f'"{run_id}","{run_id}","true","{quoted}"\n', encoding="utf-8")


def _head(kind: str) -> Iterator[str]:
    """Name the columns of a kind's files as the importer wants them; ids are looked up by label."""
    entry = KINDS[kind]
    yield from [f":ID({kind})"] if isinstance(entry, Node) else [f":START_ID({entry.start})", f":END_ID({entry.end})"]
    yield "run_id"
    for column in entry.columns:
        yield f"{column.name}:{TYPES[column.type].importer}"


def _ends(kind: str) -> list[str]:
    entry = KINDS[kind]
    return [f'"{entry.key}"'] if isinstance(entry, Node) else ['"start"', '"end"']


def _text(column: Column) -> str:
    return f"array_to_string(\"{column.name}\", '{BETWEEN}')" if column.type is tuple else f'"{column.name}"'


def _run(home: Path, folder: Path) -> None:
    command = [
        server.java_on_path(),
        f"-Xmx{server.HEAP}",
        *server.OPENING,
        "-cp",
        f"{jars()}/*",
        "org.neo4j.cli.AdminTool",
    ]
    command += ["database", "import", "full", server.DATABASE, "--overwrite-destination=true"]
    command += ["--array-delimiter=U+001F", f"--report-file={home / 'import.report'}"]
    for kind in (*KINDS, GENERATION):
        option = "relationships" if isinstance(KINDS.get(kind), Relationship) else "nodes"
        files = [folder / f"{kind}.head", *sorted(folder.glob(f"{kind}.*.csv"))]
        command.append(f"--{option}={kind}={','.join(map(str, files))}")
    broken = sorted(folder.glob("*.csv.lines"))
    if broken:  # to look for line breaks in every file takes half as long again
        names = ",".join(str(path.with_suffix("")) for path in broken)
        command += ["--multiline-fields-format=v2", f"--multiline-fields={names}"]
    places = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    done = subprocess.run(command, env=os.environ | places, capture_output=True, text=True)
    if done.returncode:
        raise StoreError(
            f"neo4j-admin could not import the graph: {(done.stderr or done.stdout)[-5000:].strip()}",
            f"neo4j-admin がグラフを取り込めませんでした: {(done.stderr or done.stdout)[-5000:].strip()}",
        )
