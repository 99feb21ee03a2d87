"""The accepted sources of a workspace: typed rows as Parquet, and beside them one small file that makes them count.

`sources/<sha256>/source.json` is written last and at once, so a source is accepted wholly or not at all.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.model import record

FORMAT = "zstd"
REJECTED = pa.schema([(name, pa.string()) for name in ("file", "column", "reason", "text", "source")]).insert(
    1, pa.field("line", pa.int64())
)


@record
class Kept:
    """One accepted export file: what it is, how it was read, and where its typed rows are."""

    sha256: str
    file: str
    source: str  # id of the mapping
    digest: str  # of the mapping
    table: str
    full: bool
    key: tuple[str, ...]
    day: str  # ISO, or empty where the file has none
    dated: bool  # the day stands in the file's name
    order: int  # of acceptance: among files of one day the later counts
    encoding: str
    rows: int
    loaded: int
    duplicate: int
    reasons: dict[str, int]
    warnings: dict[str, int]
    parts: tuple[str, ...]  # typed rows, relative to the workspace
    keys: str  # the keys of a delta's rows, relative to the workspace; empty for a full file
    rejected: str  # quarantined rows, relative to the workspace

    @property
    def quarantined(self) -> int:
        """Count the rows in the quarantine."""
        return sum(self.reasons.values())

    @property
    def seen_on(self) -> date:
        """Give the day of the file; one without any counts as older than all."""
        return date.fromisoformat(self.day) if self.day else date.min


def kept(workspace: Path) -> tuple[Kept, ...]:
    """List what was accepted so far, in the order of acceptance."""
    found = [_read(path) for path in (workspace / "sources").glob("*/source.json")]
    return tuple(sorted(found, key=lambda source: source.order))


def folder(workspace: Path, sha256: str) -> Path:
    """Give the folder of one source, made where it lacks."""
    path = workspace / "sources" / sha256
    path.mkdir(parents=True, exist_ok=True)
    return path


def keep(workspace: Path, source: Kept) -> None:
    """Accept a source whose rows are written: from here on it counts."""
    content = json.dumps(asdict(source), ensure_ascii=False, sort_keys=True, indent=1, default=str)
    path = folder(workspace, source.sha256) / "source.json"
    temporary = path.with_suffix(".tmp")
    temporary.write_text(content + "\n", encoding="utf-8")
    os.replace(temporary, path)


def write(path: Path, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
    """Write rows under a temporary name, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    with pq.ParquetWriter(temporary, schema, compression=FORMAT) as writer:
        for batch in batches:
            writer.write_batch(batch)
    os.replace(temporary, path)


@contextmanager
def work_folder(workspace: Path) -> Iterator[Path]:
    """Give an empty folder for what a run needs only while it reads; one left by a run that died is removed."""
    path = workspace / "sources" / ".work"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    yield path
    shutil.rmtree(path)


def rejected_rows(workspace: Path, sources: Iterable[Kept]) -> Iterator[pa.Table]:
    """Give the quarantined rows of these sources."""
    for source in sources:
        yield pq.read_table(workspace / source.rejected, schema=REJECTED)


def _read(path: Path) -> Kept:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name in ("key", "parts"):
        content[name] = tuple(content[name])
    return Kept(**content)
