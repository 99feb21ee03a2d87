"""People and their links as arrays of numbers: what lines are walked on (A11).

A person's number is their place among all ids in order, so that comparing numbers is comparing ids (A12). A step is a
link taken one way: twice the link's number, and one more where it is taken from its end to its start.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import IntEnum
from itertools import chain
from operator import methodcaller
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.kinship.columns import codes, in_order, plain
from graph.model import UNKNOWN_START, Grade
from graph.store.base import GraphStore

Numbers = np.ndarray

# The kinds and columns of the graph that kinship reads.
LINK = (
    "start", "end", "nature", "grade", "valid_from", "valid_to", "may_end", "ended_by", "source_file", "source_line",
)  # fmt: skip
COLUMNS = {
    "Person": ("person_id", "birth_date", "placeholder"),
    "PARENT_OF": LINK,
    "SPOUSE_OF": LINK,
    "Household": ("household_id", "institution"),
    "MEMBER_OF": ("start", "end", "valid_from", "valid_to", "source_file", "source_line"),
}
INPUTS = tuple(COLUMNS)
EPOCH = date(1970, 1, 1)
FOREVER = (date(9999, 12, 31) - EPOCH).days  # days are counted from 1970; what has not ended ends here
UNKNOWN = (UNKNOWN_START - EPOCH).days
GRADES = tuple(Grade)  # best first: a line is as well founded as its worst link
# A line has the nature that is the furthest from birth.
NATURES = ("birth", "recognised", "adoptive", "special_adoptive")
ADOPTIVE = NATURES.index("adoptive")


class Move(IntEnum):
    """What a step is."""

    UP = 0
    DOWN = 1
    SPOUSE = 2
    DE_FACTO = 3


def runs(first: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Give the numbers of runs that begin at `first` and are so long, and for each number the place of its run."""
    place = np.repeat(np.arange(len(first)), counts)
    within = np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)
    return first[place] + within, place


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Rows by number: those of number i are `rows[offsets[i]:offsets[i + 1]]`."""

    offsets: Numbers
    rows: Numbers

    def of(self, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """Give the rows of every wanted number, and for each row the place in `wanted` that it is of."""
        first = self.offsets[wanted]
        places, place = runs(first, self.offsets[wanted + 1] - first)
        return self.rows[places], place


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Parent and spouse links, one number each; days are counted from 1970."""

    start: Numbers
    end: Numbers
    move: Numbers  # of the step from start to end
    nature: Numbers
    grade: Numbers
    since: Numbers
    until: Numbers
    sure: Numbers  # until when it certainly holds: until, but for ends that are not known to the day
    lasting: Numbers  # until, but for marriages that death ended: affinity goes on (C4)
    surely_lasting: Numbers
    came: Numbers  # when the child came, which A6 holds against the day of an adoption above it
    file: Numbers
    line: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Who was a member of which household when; institutions are left out, for they make nobody kin (Z10)."""

    person: Numbers
    home: Numbers
    since: Numbers
    until: Numbers
    file: Numbers
    line: Numbers


Rows = TypeVar("Rows", Links, Members)


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """Memberships by person and by household."""

    members: Members
    by_person: Index
    by_home: Index


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Everything that kinship reads."""

    people: pa.Array
    placeholder: Numbers
    links: Links
    steps: Mapping[Move, Index]
    known: Numbers  # child and parent in one number, sorted: parents by any link who are no placeholders
    homes: Homes
    files: pa.Array  # names of the files that links and memberships number

    def numbers(self, ids: pa.Array) -> Numbers:
        """Give the numbers of those ids that are known."""
        return pc.index_in(ids, self.people).drop_null().to_numpy()

    def number(self, person_id: str) -> Numbers:
        """Give one person's number, or none: without the table of all ids that `numbers` makes."""
        place = bisect_left(self.people, person_id, key=methodcaller("as_py"))
        known = place < len(self.people) and self.people[place].as_py() == person_id
        return np.array([place] if known else [], dtype=np.int64)

    def to(self, step: Numbers) -> Numbers:
        """Give whom steps lead to."""
        return np.where(step & 1, self.links.start[step >> 1], self.links.end[step >> 1])


def load(store: GraphStore) -> Network:
    """Read the links of a store's published generation, a piece at a time: a city's fit in memory only as numbers."""
    return _network({kind: store.pieces(kind, columns) for kind, columns in COLUMNS.items()})


def read(graph: Mapping[str, pa.Table]) -> Network:
    """Turn the kinds of a graph that `INPUTS` names into arrays."""
    return _network({kind: [graph[kind]] for kind in INPUTS})


def _network(pieces: Mapping[str, Iterable[pa.Table]]) -> Network:
    people = pa.concat_tables(plain(piece.select(COLUMNS["Person"])) for piece in pieces["Person"])
    if not in_order(people["person_id"]):
        people = people.sort_by("person_id")
    ids, births = people["person_id"].combine_chunks(), _days(people["birth_date"])
    placeholder, files = people["placeholder"].to_numpy(), dict[str, int]()
    del people
    parents = (_parents(plain(piece), ids, births, files) for piece in pieces["PARENT_OF"])
    spouses = (_spouses(plain(piece), ids, files) for piece in pieces["SPOUSE_OF"])
    links = _joined(Links, _let_go(chain(parents, spouses)))
    homes = _homes(pieces["MEMBER_OF"], pieces["Household"], ids, files)
    known = _known(links, placeholder)
    return Network(ids, placeholder, links, _steps(links, len(ids)), known, homes, pa.array(files, pa.string()))


def _let_go(parts: Iterable[Rows]) -> Iterator[Rows]:
    """Give memory of text back after each piece: Arrow keeps for its next table what the arrays could have."""
    for part in parts:
        yield part
        pa.default_memory_pool().release_unused()


def _between(piece: pa.Table, ids: pa.Array) -> tuple[pa.Table, Numbers, Numbers]:
    """Keep the links whose both people are known, with their numbers; at once, for the table of ids is large."""
    chunks = [*piece["start"].chunks, *piece["end"].chunks]
    numbers = pc.index_in(pa.chunked_array(chunks, pa.string()), ids).combine_chunks()
    start, end = numbers[: len(piece)], numbers[len(piece) :]
    there = pc.and_(pc.is_valid(start), pc.is_valid(end))
    rows = piece.drop_columns(["start", "end"]).filter(there)
    return rows, start.filter(there).to_numpy(), end.filter(there).to_numpy()


def pair(first: Numbers, second: Numbers) -> Numbers:
    """Put two numbers into one that sorts as they do."""
    return first.astype(np.int64) << 32 | second


def index(numbers: Numbers, size: int, rows: Numbers | None = None) -> Index:
    """Find rows by number; of one number they keep their order."""
    order = np.argsort(numbers, kind="stable").astype(np.int32)
    offsets = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(numbers, minlength=size), out=offsets[1:])
    return Index(offsets, order if rows is None else rows[order])


def _days(column: pa.ChunkedArray) -> Numbers:
    """Give days since 1970, FOREVER where there is none."""
    return column.cast(pa.int32()).fill_null(FOREVER).to_numpy()


def _place(rows: pa.Table, files: dict[str, int]) -> tuple[Numbers, Numbers]:
    """Give each row's file, as its number among all files met so far, and line."""
    texts = rows["source_file"].combine_chunks().dictionary_encode()
    numbers = [files.setdefault(name, len(files)) for name in texts.dictionary.to_pylist()]
    file = np.array(numbers, dtype=np.int32)[texts.indices.to_numpy()]
    return file, rows["source_line"].to_numpy().astype(np.int32)


def _ends(rows: pa.Table) -> tuple[Numbers, Numbers]:
    """Give until when links may hold, and until when they certainly do."""
    until = _days(rows["valid_to"])
    return until, np.minimum(_days(rows["may_end"]), until)


def _parents(piece: pa.Table, ids: pa.Array, births: Numbers, files: dict[str, int]) -> Links:
    rows, start, end = _between(piece, ids)
    nature, since = codes(rows["nature"], NATURES), _days(rows["valid_from"])
    until, sure = _ends(rows)
    came = np.where((nature >= ADOPTIVE) | (since > UNKNOWN), since, births[end])
    move = np.full(len(start), Move.DOWN, dtype=np.int8)
    grade = codes(rows["grade"], GRADES)
    return Links(start, end, move, nature, grade, since, until, sure, until, sure, came, *_place(rows, files))


def _spouses(piece: pa.Table, ids: pa.Array, files: dict[str, int]) -> Links:
    rows, start, end = _between(piece, ids)
    legal = pc.equal(rows["nature"], "legal").to_numpy()
    died = pc.equal(rows["ended_by"], "death").to_numpy()
    since, (until, sure) = _days(rows["valid_from"]), _ends(rows)
    move = np.where(legal, Move.SPOUSE, Move.DE_FACTO).astype(np.int8)
    nature, never = np.zeros(len(start), dtype=np.int8), np.full(len(start), FOREVER, dtype=np.int32)
    grade = codes(rows["grade"], GRADES)
    lasting, surely_lasting = (np.where(died, FOREVER, days) for days in (until, sure))
    ends = until, sure, lasting, surely_lasting
    return Links(start, end, move, nature, grade, since, *ends, never, *_place(rows, files))


def _joined(kind: type[Rows], parts: Iterable[Rows]) -> Rows:
    """Put the rows of several pieces into one, column by column."""
    columns = [list(column) for column in zip(*(_columns(part) for part in parts), strict=True)]
    return kind(*(np.concatenate(columns.pop(0)) for _ in range(len(columns))))


def _columns(rows: Rows) -> tuple[Numbers, ...]:
    return tuple(getattr(rows, field.name) for field in fields(rows))


def _steps(links: Links, size: int) -> dict[Move, Index]:
    """Index everyone's steps of each kind."""
    links_of = {}
    for move in Move:
        rows = np.flatnonzero(links.move == (Move.DOWN if move == Move.UP else move)).astype(np.int32)
        there, back = (links.start[rows], 2 * rows), (links.end[rows], 2 * rows + 1)
        ways = {Move.UP: [back], Move.DOWN: [there]}.get(move, [there, back])
        people, steps = (np.concatenate(part) for part in zip(*ways, strict=True))
        links_of[move] = index(people, size, steps)
    return links_of


def _known(links: Links, placeholder: Numbers) -> Numbers:
    child_of = (links.move == Move.DOWN) & ~placeholder[links.start]
    known = np.sort(pair(links.end[child_of], links.start[child_of]))
    return known[np.append(True, known[1:] != known[:-1])[: len(known)]]


def _homes(pieces: Iterable[pa.Table], households: Iterable[pa.Table], ids: pa.Array, files: dict[str, int]) -> Homes:
    every = pa.concat_tables(map(plain, households))
    homes = every.filter(pc.invert(every["institution"]))["household_id"].combine_chunks()
    members = _joined(Members, _let_go(_members(plain(piece), ids, homes, files) for piece in pieces))
    return Homes(members, index(members.person, len(ids)), index(members.home, len(homes)))


def _members(piece: pa.Table, ids: pa.Array, homes: pa.Array, files: dict[str, int]) -> Members:
    person, home = (
        pc.index_in(piece[name], known).combine_chunks() for name, known in (("start", ids), ("end", homes))
    )
    there = pc.and_(pc.is_valid(person), pc.is_valid(home))
    rows = piece.drop_columns(["start", "end"]).filter(there)
    numbers = person.filter(there).to_numpy(), home.filter(there).to_numpy()
    return Members(*numbers, _days(rows["valid_from"]), _days(rows["valid_to"]), *_place(rows, files))
