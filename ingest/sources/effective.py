"""What holds over all accepted sources: one view for each canonical table, newer full files superseding older ones."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from graph.files.whole_files import make_folder, written_whole
from graph.model import record
from graph.store.column_types import SQL_OF
from ingest.language.tables import TABLES, CanonicalTable
from ingest.language.values import schema
from ingest.sources import accepted, combining, renumbered
from ingest.sources.accepted import Kept
from ingest.sources.duplicates import quoted
from ingest.sources.full_files import snapshots

DELIVERED = pa.schema([("source", pa.string()), ("file", pa.string()), ("day", pa.date32())])


@record
class Manifest:
    """What a generation is built from; paths are relative to the workspace."""

    sources: tuple[dict[str, str], ...]  # file, sha256, source, mapping (its digest), table, day, encoding
    lookups: tuple[str, ...]
    missing: tuple[str, ...]  # canonical tables without any source
    turned_away: tuple[str, ...]  # what the logs' quarantined rows tell, relative to the workspace
    identity: tuple[str, ...]  # what tells one input from another: the same identity builds the same generation


def effective(con: duckdb.DuckDBPyConnection, workspace: Path) -> Manifest:
    """Register a view for each canonical table but `lookup`, several sources put together; say what they rest on.

    Of a human under several 宛名番号 every view gives the number in use now (J7). A view has the typed rows' columns
    and `seen_until`: the day of the newer full file that lacks the row's key. `delivered` has the day of each file.
    """
    held = accepted.kept(workspace)
    con.execute("CREATE SCHEMA IF NOT EXISTS written")
    con.register("days", _days(held))
    con.execute("CREATE OR REPLACE TABLE delivered AS FROM days")
    con.unregister("days")
    con.execute(combining.DIFFERING)
    for table in (table for table in TABLES.values() if table.name != "lookup"):
        _write(con, workspace, table, [source for source in held if source.table == table.name])
    renumbered.unite(con)
    return _manifest(held)


def _days(held: Sequence[Kept]) -> pa.Table:
    """Give the files that have a day, with it."""
    rows = [{"source": each.source, "file": each.file, "day": each.seen_on} for each in held if each.day]
    return pa.Table.from_pylist(rows, schema=DELIVERED)


def write_quarantine(workspace: Path, manifest: Manifest, path: Path) -> None:
    """Write every rejected row of the manifest's sources as one Parquet file, sorted by file and line."""
    covered = {(source["sha256"], source["table"], source["source"]) for source in manifest.sources}
    held = accepted.kept(workspace)
    tables = accepted.rejected_rows(workspace, (each for each in held if each.told_as in covered))
    rows = pa.concat_tables([accepted.REJECTED.empty_table(), *tables]).sort_by(
        [("file", "ascending"), ("line", "ascending")]
    )
    make_folder(path.parent)
    with written_whole(path) as temporary:
        pq.write_table(rows, temporary, compression=accepted.FORMAT)


def _manifest(held: Sequence[Kept]) -> Manifest:
    by_file = sorted(held, key=lambda source: (source.file, *source.reading))
    have = {source.table for source in held}
    return Manifest(
        sources=tuple(_described(source, name) for source in by_file for name in source.names),
        lookups=tuple(sorted(part for source in held if source.table == "lookup" for part in source.parts)),
        missing=tuple(name for name in TABLES if name not in have),
        turned_away=tuple(sorted(source.turned_away for source in held if source.turned_away)),
        identity=tuple(_told_apart(source) for source in sorted(held, key=snapshots.age)),
    )


def _told_apart(source: Kept) -> str:
    copies = " ".join(f"{copy.file} {copy.day}" for copy in source.copies)
    return f"{source.file} {source.sha256} {source.digest} {copies}".strip()


def _described(source: Kept, name: str) -> dict[str, str]:
    return {
        "file": name,
        "sha256": source.sha256,
        "source": source.source,
        "mapping": source.digest,
        "table": source.table,
        "day": source.day,
        "encoding": source.encoding,
    }


def _write(con: duckdb.DuckDBPyConnection, workspace: Path, table: CanonicalTable, held: Sequence[Kept]) -> None:
    rows = _select(workspace, table, held)
    if table.joined_by and len({source.source for source in held}) > 1:
        combining.combine(con, table, rows)
    else:
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
