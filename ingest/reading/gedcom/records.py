"""A GEDCOM file as rows of the table `genealogy`: the records of its persons and families, kept as they are written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from typing import Any

import pyarrow as pa

from graph.model import Reason
from ingest.language.tables import TABLES
from ingest.language.values import schema
from ingest.reading.gedcom.dates import is_unread, read_date
from ingest.reading.gedcom.encoding import UNDECODABLE
from ingest.reading.gedcom.families import genealogy
from ingest.reading.gedcom.lines import ENDS, BadRecord, Node, parse
from ingest.reading.gedcom.persons import dated
from words import Said

NO_EVENT = ("CHAN", "CREA", "SOUR", "OBJE", "NOTE")
MOST_TOLD = 100  # dates that are told one by one
WHAT = {"INDI": "person", "FAM": "family"}


@dataclass(frozen=True, slots=True)
class Record:
    """One person or family: its xref, and its lines as text; `number` is the first one's."""

    number: int
    xref: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Records:
    """What a file holds: its records, the lines that belong to none, and how often something else is odd."""

    written: date | None  # the day in its header
    rows: tuple[Record, ...]
    problems: tuple[BadRecord, ...]
    warnings: dict[str, int]


def read(text: str) -> Records:
    """Cut a file into its records (genealogy reference, rules 2 to 4); a pointer to nobody is counted, and no row."""
    found, problems = parse(text)
    cut = list(_cut(text, found))
    nameless = [
        BadRecord(row.number, Said("has no xref", "参照番号（xref）がありません"), Reason.NO_KEY)
        for row in cut
        if not row.xref
    ]
    return Records(
        written=_written(found),
        rows=tuple(row for row in cut if row.xref),
        problems=tuple(sorted([*problems, *nameless], key=lambda problem: problem.number)),
        warnings=_warnings(found, cut),
    )


def table(found: Records, file: str, source: str) -> pa.Table:
    """Give the records as typed rows of `genealogy`."""
    count, typed = len(found.rows), schema(TABLES["genealogy"])
    columns: list[list[Any]] = [[getattr(row, name) for row in found.rows] for name in ("xref", "what", "text")]
    columns += [[found.written] * count, [file] * count, [row.number for row in found.rows], [source] * count]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, typed, strict=True)]
    return pa.Table.from_arrays(arrays, schema=typed)


def lines_of(text: str) -> list[str]:
    """Give the lines of a file, the first first."""
    return ENDS.split(text)


def _cut(text: str, found: list[Node]) -> Iterator[Record]:
    lines = lines_of(text)
    ends = [*(node.number for node in found), len(lines) + 1]
    for node, (start, end) in zip(found, pairwise(ends), strict=True):
        if node.tag in WHAT:
            yield Record(start, node.xref, WHAT[node.tag], "\n".join(lines[start - 1 : end - 1]).rstrip())


def _written(found: list[Node]) -> date | None:
    dates = (day for head in found if head.tag == "HEAD" for day in head.all("DATE"))
    return next((reading.value for day in dates if (reading := read_date(day.value)).value), None)


def _warnings(found: list[Node], cut: list[Record]) -> dict[str, int]:
    unread = {f"line {line.number}: DATE {line.value.strip()}": 1 for line in _unread_dates(found)}
    told = Counter(
        date=len(unread),
        dangling=len(genealogy(found).problems),
        undecodable=sum(UNDECODABLE in row.text for row in cut),
    )
    return {word: count for word, count in told.items() if count} | dict(islice(unread.items(), MOST_TOLD))


def _unread_dates(found: list[Node]) -> Iterator[Node]:
    """Give the dates of events that could not be read; when a record was made or changed is none of them."""
    records = (record for record in found if record.tag in WHAT)
    events = (event for record in records for event in record.below if event.tag not in NO_EVENT)
    yield from (line for event in events for line, reading in dated(event) if is_unread(reading))
