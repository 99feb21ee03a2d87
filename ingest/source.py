"""One export file → typed rows and problems, some thousand rows at a time."""

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

import pyarrow as pa

from graph.errors import SourceError
from graph.model import record
from ingest import encodings, values, zokugara
from ingest.encodings import Encoding
from ingest.mapping import Mapping, Rule, header_key
from ingest.records import Lines, Record, batches, header

GENERIC_STEPS = {
    "親": {"父", "母"}, "配偶者": {"夫", "妻"}, "兄弟": {"兄", "弟"}, "姉妹": {"姉", "妹"},
    "兄弟姉妹": {"兄", "弟", "姉", "妹", "兄弟", "姉妹"},
}  # fmt: skip
NOT_CSV = {
    b"PK\x03\x04": "an Excel workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}


@record
class Problem:
    """One row that could not be read: where, which column, why, and its raw text."""

    line: int
    column: str
    reason: str
    text: str


@record
class Source:
    """A file whose mapping, encoding and header are known."""

    path: Path
    mapping: Mapping
    encoding: Encoding
    header: tuple[str, ...]


@record
class Chunk:
    """Some rows of a file: those that could be read, and what is wrong with the others."""

    rows: pa.Table
    problems: tuple[Problem, ...]
    warnings: dict[str, int]


def identify(path: Path, mappings: Sequence[Mapping], encoding: Encoding | None = None) -> Source:
    """Find the mapping that reads a file, by its name or its header; a municipality's own go before the built-in ones.

    Raises SourceError with one sentence where the file is no CSV export or nothing fits.
    """
    _refuse_others(path)
    found = encoding or encodings.detect(path)
    sources = [_source(path, mapping, found) for mapping in mappings]
    matching = [source for source in sources if source.mapping.matches(path.name, source.header)]
    fitting = [source for source in matching if not source.mapping.lacking(source.header)]
    if not fitting:
        raise _unfit(path, matching)
    return min(fitting, key=_rank)


def _rank(source: Source) -> tuple[bool, bool, int]:
    mapping = source.mapping
    return mapping.built_in, not mapping.named_like(source.path.name), -len(mapping.rules)


def read(source: Source) -> Iterator[Chunk]:
    """Read a file's rows; memory does not grow with the file."""
    width = len(source.header)
    columns = [_Column(source, rule) for rule in source.mapping.rules]
    with encodings.open_text(source.path, source.encoding) as handle:
        lines = Lines(handle)
        header(lines, source.mapping.delimiter, source.mapping.skip)
        for batch in batches(lines, source.mapping.delimiter, width):
            whole, broken = _whole(batch, source.header)
            yield _typed(source, columns, whole, broken)


def raw_texts(source: Source, wanted: set[int]) -> dict[int, str]:
    """Give the raw text of the records that begin on these lines."""
    with encodings.open_text(source.path, source.encoding) as handle:
        lines = Lines(handle)
        header(lines, source.mapping.delimiter, source.mapping.skip)
        found = batches(lines, source.mapping.delimiter, len(source.header))
        return {row.line: encodings.escaped(row.text) for batch in found for row in batch if row.line in wanted}


def _refuse_others(path: Path) -> None:
    with path.open("rb") as handle:
        head = handle.read(1024)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0\x1a"):
        raise SourceError(f"{path.name}: the file is empty; expected a header in line 1")
    kind = next((kind for magic, kind in NOT_CSV.items() if head.startswith(magic)), None)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        kind = "a web page or XML"
    if kind:
        raise SourceError(f"{path.name}: line 1: this is {kind}, not a CSV export")


def _source(path: Path, mapping: Mapping, encoding: Encoding) -> Source:
    used = encoding if mapping.encoding == "detect" else _stated(mapping, encoding)
    with encodings.open_text(path, used) as handle:
        names = header(Lines(handle), mapping.delimiter, mapping.skip)
    return Source(path=path, mapping=mapping, encoding=used, header=tuple(names))


def _stated(mapping: Mapping, detected: Encoding) -> Encoding:
    """Use the encoding that the mapping states; a BOM is skipped all the same."""
    same = detected.name.startswith(mapping.encoding)
    return detected if same else encodings.named(mapping.encoding)


def _unfit(path: Path, matching: Sequence[Source]) -> SourceError:
    if not matching:
        return SourceError(f"{path.name}: line 1: neither its name nor its header fits any mapping")
    nearest = min(matching, key=_rank)
    lacking = "、".join(nearest.mapping.lacking(nearest.header))
    return SourceError(f"{path.name}: line 1: the header lacks {lacking}, which the mapping {nearest.mapping.id} needs")


class _Column:
    """One canonical column of one file: where its cells stand, and what they mean."""

    def __init__(self, source: Source, rule: Rule) -> None:
        place = {header_key(name): at for at, name in reversed(list(enumerate(source.header)))}
        groups = (*rule.parts, *((name,) for name, _ in rule.when))
        found = [next((place[key] for key in map(header_key, names) if key in place), None) for names in groups]
        self.column = rule.column
        self.at = found
        self.absent = rule.constant is not None or all(at is None for at in found[: len(rule.parts)])
        self.value = values.constant(rule) if rule.constant is not None else values.empty(rule.column)
        self.name = next((source.header[at] for at in found if at is not None), rule.column.name)
        self.memo = values.Memo(values.reader(rule))

    def read(self, cells: Sequence[Sequence[str]], rows: int) -> list[Any]:
        """Read the column from the cells, given column by column."""
        if self.absent:
            return [self.value] * rows
        picked = [repeat("", rows) if at is None else cells[at] for at in self.at]
        raw = picked[0] if len(picked) == 1 else zip(*picked, strict=True)
        memo = self.memo
        return [memo[key] for key in raw]


def _whole(batch: list[Record], names: Sequence[str]) -> tuple[list[Record], list[Problem]]:
    """Sort out the records with too few or too many cells, and those with bytes no one can read."""
    width = len(names)
    check = encodings.undecodable("".join(row.text for row in batch))
    whole: list[Record] = []
    broken: list[Problem] = []
    for row in batch:
        problem = _broken(row, names, width) if check or len(row.cells) != width else None
        if problem:
            broken.append(problem)
        else:
            whole.append(row)
    return whole, broken


def _broken(row: Record, names: Sequence[str], width: int) -> Problem | None:
    bad = next((at for at, cell in enumerate(row.cells) if encodings.undecodable(cell)), None)
    if bad is not None:
        return _problem(row, names[min(bad, width - 1)], "undecodable")
    if len(row.cells) < width:
        return _problem(row, names[len(row.cells) - 1], "truncated")
    if any(cell.strip() for cell in row.cells[width:]):
        return _problem(row, names[width - 1], "extra_columns")
    return None


def _problem(row: Record, column: str, reason: str) -> Problem:
    return Problem(line=row.line, column=column, reason=reason, text=encodings.escaped(row.text))


def _typed(source: Source, columns: Sequence[_Column], rows: list[Record], broken: list[Problem]) -> Chunk:
    cells = list(zip(*(row.cells[: len(source.header)] for row in rows), strict=True)) or [()] * len(source.header)
    read = {column.column.name: column.read(cells, len(rows)) for column in columns}
    faults = _faults(columns, read)
    for at, name in _disagreeing(read):
        faults.setdefault(at, (_raw_name(columns, name), "inconsistent"))
    kept = [at for at in range(len(rows)) if at not in faults]
    problems = [_problem(rows[at], column, reason) for at, (column, reason) in faults.items()]
    table = _table(source, read, rows, kept)
    in_order = tuple(sorted(broken + problems, key=lambda problem: problem.line))
    return Chunk(rows=table, problems=in_order, warnings={})


def _faults(columns: Sequence[_Column], read: dict[str, list[Any]]) -> dict[int, tuple[str, str]]:
    """Find the first unreadable column of each row that has one."""
    faults: dict[int, tuple[str, str]] = {}
    for column in columns:
        if column.memo.faulty:
            for at, value in enumerate(read[column.column.name]):
                if isinstance(value, values.Fault):
                    faults.setdefault(at, (column.name, value.reason))
    return faults


def _raw_name(columns: Sequence[_Column], name: str) -> str:
    return next(column.name for column in columns if column.column.name == name)


def _disagreeing(read: dict[str, list[Any]]) -> Iterator[tuple[int, str]]:
    """Find the rows whose 続柄 text and codes say different things (Z14)."""
    if "relation" not in read or "relation_codes" not in read:
        return
    agree = values.Memo(lambda pair: same_relation(*pair))
    for at, pair in enumerate(zip(read["relation"], read["relation_codes"], strict=True)):
        if not agree[pair]:
            yield at, "relation"


def same_relation(text: object, codes: object) -> bool:
    """Say whether a 続柄 text and its codes agree; one code beside a longer text is its beginning (Z13)."""
    if not (isinstance(text, str) and isinstance(codes, str) and text and codes):
        return True
    written, coded = zokugara.parse(text).steps, zokugara.parse(codes).steps
    if len(coded) == 1:
        written = written[:1]
    return len(written) == len(coded) and all(map(_same_step, written, coded))


def _same_step(written: str, coded: str) -> bool:
    return written == coded or coded in GENERIC_STEPS.get(written, ()) or written in GENERIC_STEPS.get(coded, ())


def _table(source: Source, read: dict[str, list[Any]], rows: list[Record], kept: list[int]) -> pa.Table:
    every = len(kept) == len(rows)
    pick: Callable[[list[Any]], list[Any]] = (lambda all_: all_) if every else (lambda all_: [all_[at] for at in kept])
    arrays: list[pa.Array] = []
    for column in source.mapping.table.columns:
        found = pick(read[column.name]) if column.name in read else [values.empty(column)] * len(kept)
        arrays += values.arrays(column, found)
    arrays.append(pa.repeat(source.path.name, len(kept)))
    arrays.append(pa.array(pick([row.line for row in rows]), pa.int64()))
    arrays.append(pa.repeat(source.mapping.id, len(kept)))
    return pa.Table.from_arrays(arrays, schema=values.schema(source.mapping.table))
