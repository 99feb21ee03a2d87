"""The records of one CSV export, each with its first line's number; a broken quote spoils one record, not the rest."""

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, TextIO

BATCH = 50_000
LONGEST_RECORD = 50  # physical lines; an open quote that spans more was never closed
END_OF_FILE = "\x1a"  # older systems end a text file with Ctrl-Z


class Record(NamedTuple):
    """One record: the line it begins on (the header is line 1), its raw text and its cells."""

    line: int
    text: str
    cells: list[str]


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

    def put_back(self, lines: list[str]) -> None:
        """Let these lines be read again."""
        self.back.extendleft(reversed(lines))
        self.number -= len(lines)


def header(lines: Lines, delimiter: str, skip: int = 0) -> list[str]:
    """Read the header's cells; empty where the file has none."""
    for _ in range(skip):
        lines.take()
    first = next(_texts(lines, delimiter, 0), (0, ""))
    return [cell.strip() for cell in _cells(first[1], delimiter)]


def batches(lines: Lines, delimiter: str, width: int) -> Iterator[list[Record]]:
    """Read the records after the header, some thousand at a time; blank lines are none."""
    texts = _texts(lines, delimiter, width)
    while batch := list(islice(texts, BATCH)):
        rows = _rows([text for _, text in batch], delimiter)
        yield [
            Record(line, text.rstrip("\r\n"), cells) for (line, text), cells in zip(batch, rows, strict=True) if cells
        ]


def _texts(lines: Lines, delimiter: str, width: int) -> Iterator[tuple[int, str]]:
    """Give each record's text; a line whose quote stays open is joined with those that close it."""
    while (line := lines.take()) is not None:
        number = lines.number
        if line.count('"') % 2:
            line = _closed(lines, line, delimiter, width)
        if line.strip("\r\n") != END_OF_FILE:
            yield number, line


def _closed(lines: Lines, first: str, delimiter: str, width: int) -> str:
    taken: list[str] = []
    text = first
    while len(taken) < LONGEST_RECORD and (line := lines.take()) is not None:
        taken.append(line)
        text += line
        if line.count('"') % 2:
            cells = _cells(text, delimiter)
            if width in (0, len(cells)):
                return text
            break
    lines.put_back(taken)
    return first


def _rows(texts: list[str], delimiter: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(texts, delimiter=delimiter))
    except csv.Error:
        rows = []
    return rows if len(rows) == len(texts) else [_cells(text, delimiter) for text in texts]


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return [text]
