"""Which rows of a file one reading of it takes; what no reading takes is named, unless a mapping passes it over."""

from collections.abc import Iterable, Sequence
from itertools import compress

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.model import record
from ingest.language.known_source import Mapping
from ingest.language.rule import Condition, code_key, header_key, place, places
from ingest.reading.records import Batch, Cells


@record
class Selected:
    """The rows that are read, the places of those that nobody reads, and how many nobody is to read."""

    cells: Cells
    astray: tuple[int, ...]
    passed_over: int


def selected(mapping: Mapping, header: Sequence[str], cells: Cells) -> Selected:
    """Take the rows of one reading. Records that are not whole belong to the reading that finds the file."""
    if not (mapping.where or mapping.filled or mapping.beside or mapping.pass_over):
        return Selected(cells=cells, astray=(), passed_over=0)
    known = places(header)
    rows = len(cells.whole.texts)
    own = _holds(mapping.where, known, cells, rows)
    passed = _holds(mapping.pass_over, known, cells, rows) & bool(mapping.pass_over)
    read = np.logical_or.reduce([own, *(_holds(where, known, cells, rows) for where in mapping.elsewhere)])
    first = not mapping.beside
    return Selected(
        cells=_only(cells, own & ~passed & _filled(mapping, known, cells, rows), first),
        astray=tuple(np.flatnonzero(~read & ~passed).tolist()) if first else (),
        passed_over=int(np.sum(passed)) if first else 0,
    )


def _holds(conditions: Iterable[Condition], known: dict[str, int], cells: Cells, rows: int) -> np.ndarray:
    """Say for each row whether all conditions hold."""
    held = np.ones(rows, dtype=bool)
    for name, values in conditions:
        encoded = cells.columns[known[header_key(name)]].dictionary_encode()
        fits = pa.array([code_key(text) in values for text in encoded.dictionary.to_pylist()], pa.bool_())
        held &= fits.take(encoded.indices).to_numpy(zero_copy_only=False)
    return held


def _filled(mapping: Mapping, known: dict[str, int], cells: Cells, rows: int) -> np.ndarray:
    """Say for each row whether one of the group's own cells says anything."""
    if not mapping.filled:
        return np.ones(rows, dtype=bool)
    found = np.zeros(rows, dtype=bool)
    for names in mapping.filled:
        at = place(names, known)
        if at is not None:
            found |= pc.not_equal(pc.utf8_trim_whitespace(cells.columns[at]), "").to_numpy(zero_copy_only=False)
    return found


def _only(cells: Cells, kept: np.ndarray, first: bool) -> Cells:
    if not kept.all():
        lines, texts = cells.whole.lines, cells.whole.texts
        whole = Batch(lines=list(compress(lines, kept)), texts=list(compress(texts, kept)))
        cells = Cells(
            whole=whole, columns=tuple(column.filter(pa.array(kept)) for column in cells.columns), others=cells.others
        )
    return cells if first else Cells(whole=cells.whole, columns=cells.columns, others=())
