"""The rows of each canonical table as its sources wrote them, newer full files superseding older ones."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from graph.store.column_types import SQL_OF
from ingest.language.tables import TABLES, CanonicalTable
from ingest.language.values import schema
from ingest.sources import combining
from ingest.sources.accepted import Kept
from ingest.sources.duplicates import quoted
from ingest.sources.full_files import snapshots


def write(con: duckdb.DuckDBPyConnection, workspace: Path, held: Sequence[Kept]) -> None:
    """Make `written.TABLE` of every canonical table but `lookup`, several sources put together."""
    con.execute("CREATE SCHEMA IF NOT EXISTS written")
    for table in (table for table in TABLES.values() if table.name != "lookup"):
        _write(con, workspace, table, [source for source in held if source.table == table.name])


def _write(con: duckdb.DuckDBPyConnection, workspace: Path, table: CanonicalTable, held: Sequence[Kept]) -> None:
    rows = _select(workspace, table, held)
    if table.joined_by and len({source.source for source in held}) > 1:
        rows = combining.combine(con, table, rows)
    con.execute(f"CREATE OR REPLACE VIEW written.{table.name} AS {rows}")


def _select(workspace: Path, table: CanonicalTable, sources: Sequence[Kept]) -> str:
    """Put the sources of one table together, each superseding its own older files only."""
    groups = groupby(sorted(sources, key=snapshots.age), key=lambda source: source.source)
    selects = [_of_source(workspace, table, snapshots.deliveries(list(group))) for _, group in groups]
    return " UNION ALL BY NAME ".join(selects) if selects else _nothing(table)


def _of_source(workspace: Path, table: CanonicalTable, files: Sequence[Kept]) -> str:
    if not files[-1].full or len(files) == 1:
        parts = [quoted(workspace / part) for file in files for part in file.parts]
        return f"(SELECT *, NULL::DATE AS seen_until FROM read_parquet([{', '.join(parts)}]))"
    return _superseding(workspace, table, files)


def _superseding(workspace: Path, table: CanonicalTable, files: Sequence[Kept]) -> str:
    """Take each key's rows from the newest file that has it; it ended on the day of the snapshot after that."""
    ends = (f"'{day.isoformat()}'" if day else "NULL" for day in snapshots.ends(files))
    rows = " UNION ALL ".join(
        f"SELECT *, {at} AS age, {end}::DATE AS seen_until FROM read_parquet({quoted(workspace / part)})"
        for at, (file, end) in enumerate(zip(files, ends, strict=True))
        for part in file.parts
    )
    besides = ("file", "line", "source")
    key = ", ".join(files[-1].key or [name for name in schema(table).names if name not in besides])
    return f"(SELECT * EXCLUDE age FROM ({rows}) QUALIFY age = max(age) OVER (PARTITION BY {key}))"


def _nothing(table: CanonicalTable) -> str:
    columns = ", ".join(f"NULL::{SQL_OF[field.type]} AS {field.name}" for field in schema(table))
    return f"SELECT {columns}, NULL::DATE AS seen_until WHERE false"
