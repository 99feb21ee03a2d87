"""What holds over all accepted sources: one view for each canonical table, newer full files superseding older ones."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from graph.files.whole_files import make_folder, written_whole
from graph.model import record
from ingest.language.tables import TABLES
from ingest.sources import accepted, combining, renumbered
from ingest.sources.accepted import Kept
from ingest.sources.full_files import delivered, snapshots, written


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
    delivered.write(con, held)
    con.execute(combining.DIFFERING)
    written.write(con, workspace, held)
    renumbered.unite(con)
    return _manifest(held)


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
