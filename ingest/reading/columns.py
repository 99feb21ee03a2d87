"""Whole columns of raw cells → typed columns: each distinct text is read once, plain ones not in Python at all."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.model import Reason, record
from ingest.language import values
from ingest.language.rule import Rule, place, places
from ingest.language.tables import TableColumn
from ingest.language.values import Fault
from ingest.reading.spreadsheet import unwrapped
from japanese.calendar.times import APART, TOGETHER, read_clock, read_day
from japanese.invisible import visible_column

MEMO_SIZE = 100_000  # texts remembered for each column, so that memory stays flat however long a log is
BETWEEN = "\x1f"  # stands between the cells of a rule that has several
WEIGHTS = (2, 3, 4, 5, 6, 7)


@record
class Typed:
    """One canonical column of a batch: its arrays, and why which rows have no value."""

    arrays: tuple[pa.Array, ...]
    faults: dict[int, Reason]


class Memo(dict[str, Any]):
    """What raw texts mean, each worked out once."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, raw: str) -> Any:
        if len(self) >= MEMO_SIZE:
            self.clear()
        value = self[raw] = self.read(raw)
        return value


class ColumnReader:
    """One canonical column of one file: where its cells stand, and what they mean."""

    def __init__(self, rule: Rule, header: Sequence[str]) -> None:
        known = places(header)
        groups = (*rule.parts, *((name,) for name, _ in rule.when))
        self.rule = rule
        self.at = [place(names, known) for names in groups]
        self.name = next((header[at] for at in self.at if at is not None), rule.column.name)
        self.absent = rule.constant is not None or all(at is None for at in self.at[: len(rule.parts)])
        self.value = values.absent(rule) if rule.constant is None else values.constant(rule)
        self.memo = Memo(lambda raw: values.read(rule, raw.split(BETWEEN)))
        self.days = Memo(lambda text: read_day(text, style=rule.style))
        self.clocks = Memo(read_clock)

    def read(self, cells: Sequence[pa.Array], rows: int) -> Typed:
        """Read the column from the cells of a batch."""
        if self.absent:
            return self._same(rows)
        picked = [pa.repeat("", rows) if at is None else self._seen(cells[at]) for at in self.at]
        if len(picked) == 1 and self._is_plain():
            return self._checked(pc.utf8_trim_whitespace(picked[0]))
        if len(picked) == 1 and self._is_digits(picked[0]):
            return self._checked(self._padded(picked[0]))
        if (
            self.rule.column.kind == "time"
            and self.rule.is_as_written
            and not (self.rule.when or self.rule.first)
            and rows
        ):
            found = self._times(picked)
            if found:
                return found
        return self._distinct(picked)

    def _same(self, rows: int) -> Typed:
        """Give every row the one value of a column that no cell is read for."""
        if isinstance(self.value, Fault):
            nothing = filled(self.rule.column, values.empty(self.rule.column), rows)
            return Typed(arrays=nothing, faults=dict.fromkeys(range(rows), self.value.reason))
        return Typed(arrays=filled(self.rule.column, self.value, rows), faults={})

    def _seen(self, cells: pa.Array) -> pa.Array:
        """Leave out what shows nothing, but of texts for people, whose glyphs it may choose; unwrap a spreadsheet's."""
        kind = self.rule.column.kind
        return unwrapped(cells if kind == "text" else visible_column(cells), kind)

    def _is_plain(self) -> bool:
        rule = self.rule
        return rule.column.kind in ("text", "word") and rule.is_as_written and not (rule.width or rule.last)

    def _is_digits(self, cells: pa.Array) -> bool:
        """Say whether every cell is empty or digits that only need filling up or cutting."""
        rule = self.rule
        if rule.column.kind not in ("id", "text", "word") or not rule.is_as_written or not (rule.width or rule.last):
            return False
        longest = "" if rule.last else rule.width
        return rule.width in (0, rule.last or rule.width) and bool(
            pc.all(pc.match_substring_regex(cells, f"^[0-9]{{0,{longest}}}$"), min_count=0).as_py()
        )

    def _padded(self, cells: pa.Array) -> pa.Array:
        rule = self.rule
        cut = pc.utf8_slice_codeunits(cells, -rule.last) if rule.last else cells
        return pc.if_else(pc.equal(cells, ""), "", pc.utf8_lpad(cut, rule.width or rule.last, "0"))

    def _checked(self, array: pa.Array) -> Typed:
        """Mark the empty cells of a column that every row needs."""
        lacking = np.flatnonzero(pc.equal(array, "")).tolist() if self.rule.column.required else []
        return Typed(arrays=(array,), faults=dict.fromkeys(lacking, Reason.NO_KEY))

    def _times(self, picked: Sequence[pa.Array]) -> Typed | None:
        """Read day and time of day apart, as there are few of each; nothing where a cell cannot be split in two."""
        text = pc.utf8_trim_whitespace(pc.binary_join_element_wise(*picked, self.rule.join))
        parts = next(
            (found for pattern in (TOGETHER, APART) if not (found := pc.extract_regex(text, pattern)).null_count), None
        )
        if parts is None:
            return None
        days, bad_days = _looked_up(pc.struct_field(parts, "day"), self.days, pa.date32())
        clocks, bad_clocks = _looked_up(pc.struct_field(parts, "clock"), self.clocks, pa.duration("us"))
        times = pc.add(days.cast(pa.timestamp("us")), clocks)
        return Typed(arrays=(times,), faults=dict.fromkeys(sorted({*bad_days, *bad_clocks}), Reason.IMPOSSIBLE_VALUE))

    def _distinct(self, picked: Sequence[pa.Array]) -> Typed:
        """Read every distinct text once."""
        raw = picked[0] if len(picked) == 1 else pc.binary_join_element_wise(*picked, BETWEEN)
        encoded = raw.dictionary_encode()
        found = [self.memo[text] for text in encoded.dictionary.to_pylist()]
        nothing = values.empty(self.rule.column)
        arrays = values.arrays(self.rule.column, [nothing if isinstance(value, Fault) else value for value in found])
        reasons = {at: value.reason for at, value in enumerate(found) if isinstance(value, Fault)}
        return Typed(
            arrays=tuple(array.take(encoded.indices) for array in arrays), faults=_spread(encoded.indices, reasons)
        )


def filled(column: TableColumn, value: Any, rows: int) -> tuple[pa.Array, ...]:
    """Give a column that has the same value in every row."""
    return tuple(pa.repeat(array[0], rows) for array in values.arrays(column, [value]))


def failing_check_digits(ids: pa.Array) -> int:
    """Count the ids whose last digit does not fit: modulus 11, weights 2 to 7 from the right (J4); a warning only."""
    known = ids.unique()
    lengths = pc.binary_length(known)
    return sum(_not_fitting(known.filter(pc.equal(lengths, size)), size) for size in lengths.unique().to_pylist())


def _not_fitting(ids: pa.Array, size: int) -> int:
    """Count those of equally long ids whose check digit does not fit."""
    if not size:
        return 0
    digits = np.frombuffer("".join(ids.to_pylist()).encode(), np.uint8).reshape(-1, size).astype(np.int64) - 48
    remainder = digits[:, -2::-1] @ np.resize(WEIGHTS, size - 1) % 11
    return int(np.sum((remainder != 1) & (digits[:, -1] != (11 - remainder) % 11)))


def _looked_up(texts: pa.Array, memo: Memo, type_: pa.DataType) -> tuple[pa.Array, list[int]]:
    encoded = texts.dictionary_encode()
    found = [memo[text] for text in encoded.dictionary.to_pylist()]
    bad = {at: Reason.IMPOSSIBLE_VALUE for at, value in enumerate(found) if value is None}
    return pa.array(found, type_).take(encoded.indices), list(_spread(encoded.indices, bad))


def _spread(indices: pa.Array, reasons: dict[int, Reason]) -> dict[int, Reason]:
    """Say for each row what is wrong with its distinct text."""
    if not reasons:
        return {}
    at = indices.to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(np.isin(at, list(reasons)))
    return {int(row): reasons[int(at[row])] for row in rows}
