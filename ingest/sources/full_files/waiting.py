"""Full files that were read and wait for the rest of the run: a register in parts is judged as a whole (D3)."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.model import record
from ingest.language.known_source import Mapping
from ingest.sources.accepted import Kept
from ingest.sources.full_files import snapshots


@record
class Waiting:
    """A full file whose rows are written; `again` where they are those of an accepted file under another name."""

    path: Path
    mapping: Mapping
    source: Kept
    again: bool = False


def together(waiting: Iterable[Waiting]) -> Iterator[list[Waiting]]:
    """Give the new files snapshot by snapshot, the oldest first."""
    left = sorted(waiting, key=lambda each: snapshots.age(each.source))
    while left:
        parts = [each for each in left if each is left[0] or _one_register(each.source, left[0].source)]
        yield parts
        left = [each for each in left if each not in parts]


def followed(new: Sequence[Waiting], held: Iterable[Kept]) -> tuple[list[Kept], list[Kept]]:
    """Give the files that new ones follow, and the whole snapshot that they make with the parts accepted before.

    What follows a file of its own name and day corrects it, and is held against it.
    """
    sources = [each.source for each in new]
    anew = {each.source.reading for each in new if not each.again}
    first = sources[0]
    same = (s for s in held if (s.source, s.table) == (first.source, first.table) and s.reading not in anew)
    groups = snapshots.grouped(sorted([*snapshots.deliveries(same), *sources], key=snapshots.age))
    at = next(n for n, group in enumerate(groups) if first in group)
    now, older = snapshots.in_force(groups[at]), [part for part in groups[at] if part not in sources]
    if any(part not in now for part in older):
        return snapshots.in_force(older), now
    return (snapshots.in_force(groups[at - 1]) if at else []), now


def _one_register(one: Kept, other: Kept) -> bool:
    return one.source == other.source and one.dated and other.dated and one.day == other.day
