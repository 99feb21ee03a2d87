"""The records of one CSV export, each with its first line's number; a broken quote spoils one record, not the rest."""

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TextIO

import pyarrow as pa
import pyarrow.csv as pc

from graph.model import record

BATCH = 50_000
PIECE = 1_000  # a broken record slows down this many
LONGEST_RECORD = 50  # physical lines; an open quote that spans more was never closed
END_OF_FILE = "\x1a"  # older systems end a text file with Ctrl-Z


class Record(NamedTuple):
    """One record that is not as wide as the header, or holds a NUL or bytes no one can read."""

    line: int
    text: str
    cells: list[str]


@record
class Batch:
    """Some records of a file: the line each begins on (the header is line 1) and its raw text."""

    lines: Sequence[int]
    texts: Sequence[str]


@record
class Cells:
    """A batch taken apart: the cells of the whole records, column by column, and the records that are not whole."""

    whole: Batch
    columns: tuple[pa.Array, ...]
    others: tuple[Record, ...]


class Lines:
    """The lines of a file, numbered, with the possibility to put some back."""

    def __init__(self, handle: TextIO) -> None:
        self.handle = handle
        self.back: deque[str] = deque()
        self.number = 0

    def take(self) -> str | None:
        """Give the next line."""
        line = self.back.popleft() if self.back else next(self.handle, None)
        self.number += line is not None
        return line

    def take_many(self, count: int) -> list[str]:
        """Give the next lines, fewer at the end."""
        lines = [self.back.popleft() for _ in range(min(count, len(self.back)))]
        lines += islice(self.handle, count - len(lines))
        self.number += len(lines)
        return lines

    def put_back(self, lines: Sequence[str]) -> None:
        """Let these lines be read again."""
        self.back.extendleft(reversed(lines))
        self.number -= len(lines)


def header(lines: Lines, delimiter: str, skip: int = 0) -> list[str]:
    """Read the header's cells; empty where the file has none."""
    lines.take_many(skip)
    line = lines.take()
    return [cell.strip() for cell in cells_of(_record(lines, line, delimiter, 0), delimiter)] if line else []


def batches(lines: Lines, delimiter: str, width: int) -> Iterator[Batch]:
    """Read the records after the header, some thousand at a time."""
    while taken := lines.take_many(BATCH):
        if any(line.count('"') & 1 for line in taken):
            lines.put_back(taken)
            yield _joined(lines, delimiter, width)
        else:
            yield Batch(lines=range(lines.number - len(taken) + 1, lines.number + 1), texts=taken)


def take_apart(batch: Batch, delimiter: str, width: int) -> Cells:
    """Split a batch into cells, fast where all its records are whole and readable; blank lines are no records."""
    columns = () if _cut(batch, delimiter) else _fast(batch.texts, delimiter, width)
    if columns:
        return Cells(whole=batch, columns=columns, others=())
    if len(batch.texts) <= PIECE:
        return _one_by_one(batch, delimiter, width)
    starts = range(0, len(batch.texts), PIECE)
    pieces = [Batch(lines=batch.lines[at : at + PIECE], texts=batch.texts[at : at + PIECE]) for at in starts]
    return _together([take_apart(piece, delimiter, width) for piece in pieces])


def cells_of(text: str, delimiter: str) -> list[str]:
    """Split one record into its cells; one that no CSV reader understands is a single cell."""
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return [text]


def unclosed(text: str, delimiter: str) -> bool:
    """Say whether a record ends inside quotes: what was to close them is not there."""
    try:
        next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        return str(error) == "unexpected end of data"
    return False


def _joined(lines: Lines, delimiter: str, width: int) -> Batch:
    """Read a batch in which quotes stay open at a line's end: their records go on in the lines that follow."""
    numbers: list[int] = []
    texts: list[str] = []
    while len(texts) < BATCH and (line := lines.take()) is not None:
        numbers.append(lines.number)
        texts.append(_record(lines, line, delimiter, width))
    return Batch(lines=numbers, texts=texts)


def _record(lines: Lines, first: str, delimiter: str, width: int) -> str:
    """Give the record that begins with this line: itself, or joined with the lines up to the closing quote."""
    if first.count('"') % 2 == 0:
        return first
    following = lines.take_many(LONGEST_RECORD)
    end = next((at for at, line in enumerate(following, start=1) if line.count('"') % 2), 0)
    text = first + "".join(following[:end])
    fits = end > 0 and width in (0, len(cells_of(text, delimiter)))
    lines.put_back(following[end if fits else 0 :])
    return text if fits else first


def _fast(texts: Sequence[str], delimiter: str, width: int) -> tuple[pa.Array, ...]:
    """Split whole records at once; nothing where one is not whole, spans lines or cannot be encoded."""
    names = [str(at) for at in range(width)]
    try:
        data = "".join(texts).encode()
        if b"\0" in data:
            return ()
        table = pc.read_csv(
            io.BytesIO(data),
            read_options=pc.ReadOptions(column_names=names, block_size=len(data) + 1, use_threads=False),
            parse_options=pc.ParseOptions(delimiter=delimiter),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except (UnicodeEncodeError, pa.ArrowInvalid):
        return ()
    return tuple(column.combine_chunks() for column in table.columns) if len(table) == len(texts) else ()


def _one_by_one(batch: Batch, delimiter: str, width: int) -> Cells:
    whole: list[Record] = []
    others: list[Record] = []
    for line, text in zip(batch.lines, batch.texts, strict=True):
        cells = cells_of(text, delimiter)
        if cells and text.strip("\r\n") != END_OF_FILE:
            record = _fitted(Record(line, text, cells), width)
            fits = len(record.cells) == width and _readable(text) and not unclosed(text, delimiter)
            (whole if fits else others).append(record)
    columns = zip(*(record.cells for record in whole), strict=True) if whole else [()] * width
    return Cells(
        whole=Batch(lines=[record.line for record in whole], texts=[record.text for record in whole]),
        columns=tuple(pa.array(column, pa.string()) for column in columns),
        others=tuple(others),
    )


def _cut(batch: Batch, delimiter: str) -> bool:
    """Say whether the last record's quotes stay open, where a fast reader would take it for whole."""
    return len(batch.texts) > 0 and '"' in batch.texts[-1] and unclosed(batch.texts[-1], delimiter)


def _together(pieces: Sequence[Cells]) -> Cells:
    whole = Batch(
        lines=[line for piece in pieces for line in piece.whole.lines],
        texts=[text for piece in pieces for text in piece.whole.texts],
    )
    columns = (pa.concat_arrays(arrays) for arrays in zip(*(piece.columns for piece in pieces), strict=True))
    return Cells(whole=whole, columns=tuple(columns), others=tuple(other for piece in pieces for other in piece.others))


def _fitted(record: Record, width: int) -> Record:
    """Drop empty cells beyond the header: a delimiter at the line's end adds one."""
    beyond = any(cell.strip() for cell in record.cells[width:])
    return record if beyond else record._replace(cells=record.cells[:width])


def _readable(text: str) -> bool:
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False
