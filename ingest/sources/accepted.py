"""The accepted sources of a workspace: typed rows as Parquet, and beside them one small file that makes them count.

`sources/<sha256>/source.json` is written last and at once, so a source is accepted wholly or not at all. The same bytes
read into two tables, or group by group, are several sources; each but one has a folder of its own in that of the first.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import Damaged
from graph.files import seal
from graph.files.whole_files import make_durable, make_folder, write_text, written_whole
from graph.model import record

FORMAT = "zstd"
NAME = "source.json"
Reading = tuple[str, str, int]  # the bytes, the table they were read into, the group of columns
REJECTED = pa.schema([(name, pa.string()) for name in ("file", "column", "reason", "text", "source")]).insert(
    1, pa.field("line", pa.int64())
)


@record
class Copy:
    """The bytes of an accepted file, delivered again under another name."""

    file: str
    day: str
    dated: bool
    order: int
    despite: dict[str, str] | None = None


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
    turned_away: str = ""  # of a log, what its quarantined rows tell of system, number and time
    copies: tuple[Copy, ...] = ()
    ended: bool = True  # its last line has an end
    sums: dict[str, tuple[int, int]] | None = None  # size and checksum of each file of rows
    group: int = 0  # of the columns that were read, where a file has numbered groups of them
    despite: dict[str, str] | None = None  # what spoke against it where a person accepted it all the same, by language

    @property
    def quarantined(self) -> int:
        """Count the rows in the quarantine."""
        return sum(self.reasons.values())

    @property
    def seen_on(self) -> date:
        """Give the day of the file; one without any counts as older than all."""
        return date.fromisoformat(self.day) if self.day else date.min

    @property
    def reading(self) -> Reading:
        """Tell it from every other source: its bytes, the table they were read into, and the group of columns."""
        return self.sha256, self.table, self.group

    @property
    def told_as(self) -> tuple[str, str, str]:
        """Give what a generation tells of it: its bytes, their table and the source."""
        return self.sha256, self.table, self.source

    @property
    def names(self) -> tuple[str, ...]:
        """List the names under which it was delivered, that of the accepted file first."""
        return self.file, *sorted({copy.file for copy in self.copies} - {self.file})

    def as_copy(self, copy: Copy) -> "Kept":
        """Give the same rows as the delivery of another name and day."""
        return replace(self, **asdict(copy), copies=())


def kept(workspace: Path) -> tuple[Kept, ...]:
    """List what was accepted so far, in the order of acceptance."""
    found = [read(path) for path in (workspace / "sources").rglob(NAME)]
    return tuple(sorted(found, key=lambda source: source.order))


def keep(workspace: Path, source: Kept) -> None:
    """Accept a source whose rows are written: from here on it counts."""
    files = (*source.parts, source.keys, source.rejected, source.turned_away)
    whole = source if source.sums else replace(source, sums=seal.sealed(workspace, files))
    content = json.dumps(asdict(whole), ensure_ascii=False, sort_keys=True, indent=1, default=str)
    path = _place(workspace, source)
    make_durable(workspace, [workspace / file for file in (*files, source.turned_away) if file])
    make_folder(path.parent)
    write_text(path, content + "\n")


def let_go(workspace: Path, source: Kept) -> None:
    """Take back that a source counts."""
    _place(workspace, source).unlink(missing_ok=True)


def _place(workspace: Path, source: Kept) -> Path:
    """Name the file that makes a source count: a second reading of the same bytes has a folder of its own."""
    path = workspace / "sources" / source.sha256 / NAME
    own = f"{source.table}-{source.group}" if source.group else source.table
    taken = path.exists() and read(path).reading != source.reading
    return path.parent / own / NAME if taken else path


def write(path: Path, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
    """Write rows whole; `keep` makes them durable, for there may be a thousand files of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        written_whole(path, durable=False) as temporary,
        pq.ParquetWriter(temporary, schema, compression=FORMAT) as out,
    ):
        for batch in batches:
            out.write_batch(batch)


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


def read(path: Path) -> Kept:
    """Read what makes a source count. Raises Damaged where that file is not as it was written."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for name in ("key", "parts"):
            content[name] = tuple(content[name])
        content["copies"] = tuple(Copy(**copy) for copy in content.get("copies", ()))
        content["sums"] = {name: (size, sum_) for name, (size, sum_) in (content.get("sums") or {}).items()}
        return Kept(**content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        place = "/".join(path.parts[-3:])
        raise Damaged(
            f"the accepted source {place} is damaged; run an ingest with its file again",
            f"取り込み済みの資料 {place} が壊れています。そのファイルをもう一度取り込んでください。",
        ) from error
