"""Which files of one source are one register: a full file, or the parts of one delivered on one day (D3)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ingest.sources.accepted import Kept


def deliveries(sources: Iterable[Kept]) -> list[Kept]:
    """List the files of one source by age; a full one delivered again under another day still held on that day."""
    found = list(sources)
    found += [source.as_copy(copy) for source in found for copy in source.copies if source.full and copy.dated]
    return sorted(found, key=age)


def age(source: Kept) -> tuple[str, str, int]:
    """Order the files of a source: by day, those of one day as they were accepted."""
    return source.source, source.day, source.order


def grouped(files: Sequence[Kept]) -> list[list[Kept]]:
    """Group files (by age) into snapshots: all that bear one day in their names are one, as a register in parts is."""
    snapshots: list[list[Kept]] = []
    for file in files:
        last = snapshots[-1] if snapshots else []
        if file.dated and any(part.dated and part.day == file.day for part in last):
            last.append(file)
        else:
            snapshots.append([file])
    return snapshots


def in_force(snapshot: Sequence[Kept]) -> list[Kept]:
    """Leave out the parts that a corrected file of the same name replaces."""
    return [file for at, file in enumerate(snapshot) if not _replaced(file, snapshot[at + 1 :])]


def ends(files: Sequence[Kept]) -> Iterator[date | None]:
    """Say for each file when what only it has ended: on the day of the next snapshot, or of its correction."""
    snapshots = grouped(files)
    following = [*(snapshot[0].seen_on for snapshot in snapshots[1:]), None]
    for snapshot, day in zip(snapshots, following, strict=True):
        for at, file in enumerate(snapshot):
            yield file.seen_on if _replaced(file, snapshot[at + 1 :]) else day


def _replaced(file: Kept, later: Iterable[Kept]) -> bool:
    return file.file in {other.file for other in later}
