"""Every line of descent and marriage that starts at a set of people, walked set by set (A1, A11).

A line is a simple path: nobody stands on it twice. Blood is `up* down*` (A2) and affinity has exactly one marriage, at
its beginning or at its end (A3), so lines are bounded by law (C1) and enumerated whole; nothing else is ever walked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, TypeVar

import numpy as np

from graph.kinship.network import ADOPTIVE, FOREVER, UNKNOWN, Move, Network, Numbers

BLOOD_REACH = 6  # C1: blood kin up to the sixth degree
AFFINITY_REACH = 3  # C1: affines up to the third


class Form(IntEnum):
    """What a line is; of two lines that say the same, the form that stands first is the witness (A12)."""

    SELF = 0
    BLOOD = 1
    MARRIED = 2  # `married` and `partnered` only lead on; as relations of their own they are `spouse` and `de_facto`
    PARTNERED = 3
    IN_LAW = 4
    KINS_SPOUSE = 5
    SPOUSE = 6
    DE_FACTO = 7
    HOUSEHOLD = 8
    CHILD_OF_DE_FACTO = 9
    CO_PARENT = 10
    PARENTS_OF_CHILDS_SPOUSE = 11
    SPOUSE_OF_SPOUSES_SIBLING = 12


class Lines(NamedTuple):
    """Lines, one row each; `path` has the people from first to last and `steps` the steps between, -1 after the end."""

    form: Numbers
    up: Numbers
    down: Numbers
    nature: Numbers
    grade: Numbers
    since: Numbers
    until: Numbers
    sure: Numbers
    length: Numbers
    path: Numbers
    steps: Numbers

    @property
    def person(self) -> Numbers:
        """Whom each line leads to."""
        return self.path[np.arange(len(self.path)), self.length]

    def take(self, rows: Numbers) -> "Lines":
        """Give some of the lines."""
        return Lines(*(column[rows] for column in self))


Columns = TypeVar("Columns", bound=tuple[Numbers, ...])


def together(parts: Sequence[Columns]) -> Columns:
    """Put rows that stand in columns one after another."""
    return type(parts[0])(*map(np.concatenate, zip(*parts, strict=True)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """One more step for some of the lines there are: which lines, which step, and what they become."""

    base: Form
    least: int  # degrees of the lines to stretch
    most: int
    move: Move
    form: Form
    down: int | None = None  # only lines with so many steps down; `up` is legal after none (A2)


def _degree_by_degree(first: Form, form: Form, reach: int) -> Iterator[Stretch]:
    for degree in range(reach):
        base = form if degree else first
        yield Stretch(base, degree, degree, Move.UP, form, down=0)
        yield Stretch(base, degree, degree, Move.DOWN, form)


def _within(blood: int, affinity: int) -> tuple[Stretch, ...]:
    """Give the steps of every line within these degrees."""
    return (
        Stretch(Form.SELF, 0, 0, Move.SPOUSE, Form.MARRIED),
        Stretch(Form.SELF, 0, 0, Move.DE_FACTO, Form.PARTNERED),
        *_degree_by_degree(Form.SELF, Form.BLOOD, blood),
        *_degree_by_degree(Form.MARRIED, Form.IN_LAW, affinity),
        Stretch(Form.BLOOD, 1, affinity, Move.SPOUSE, Form.KINS_SPOUSE),
    )


# C8: no kin in law, shown as ties. Each is a line above and one step that the law does not take.
OUTSIDE_THE_LAW = (
    Stretch(Form.PARTNERED, 0, 0, Move.DOWN, Form.CHILD_OF_DE_FACTO),
    Stretch(Form.BLOOD, 1, 1, Move.UP, Form.CO_PARENT, down=1),
    Stretch(Form.IN_LAW, 2, 2, Move.SPOUSE, Form.SPOUSE_OF_SPOUSES_SIBLING, down=1),
    Stretch(Form.KINS_SPOUSE, 1, 1, Move.UP, Form.PARENTS_OF_CHILDS_SPOUSE, down=1),
)
LONGEST_TIE = 4


def walk(network: Network, sources: Numbers, blood: int = BLOOD_REACH, affinity: int = AFFINITY_REACH) -> Lines:
    """Give every line of every form from some people, by their numbers."""
    start = _start(sources, max(blood, affinity + 1, LONGEST_TIE))
    walked: dict[tuple[Form, int], list[Lines]] = defaultdict(list, {(Form.SELF, 0): [start]})
    for stretch in _within(blood, affinity) + OUTSIDE_THE_LAW:
        for degree in range(stretch.least, stretch.most + 1):
            for lines in tuple(walked.get((stretch.base, degree), ())):
                more = _stretched(network, lines, stretch)
                if len(more.form):
                    walked[stretch.form, degree + (stretch.move in (Move.UP, Move.DOWN))].append(more)
    leading = [
        _couples(network, lines) for form in (Form.MARRIED, Form.PARTNERED) for lines in walked.pop((form, 0), ())
    ]
    return together([*(lines for parts in walked.values() for lines in parts), *leading])


def _start(sources: Numbers, longest: int) -> Lines:
    count = len(sources)
    path, steps = (np.full((count, longest + extra), -1, dtype=np.int32) for extra in (1, 0))
    path[:, 0] = sources
    zero = np.zeros(count, dtype=np.int8)
    since, until = (np.full(count, day, dtype=np.int32) for day in (UNKNOWN, FOREVER))
    return Lines(zero, zero, zero, zero, zero, since, until, until, zero, path, steps)


def _stretched(network: Network, lines: Lines, stretch: Stretch) -> Lines:
    if stretch.down is not None:
        lines = lines.take(lines.down == stretch.down)
    step, row = network.steps[stretch.move].of(lines.person)
    fits = _fits(network, lines, row, step, stretch.move)
    return _longer(network, lines.take(row[fits]), step[fits], stretch)


def _fits(network: Network, lines: Lines, row: Numbers, step: Numbers, move: Move) -> Numbers:
    """Tell which steps meet nobody twice, hold on some day with the line, and are not barred."""
    links, link = network.links, step >> 1
    new = (lines.path[row] != network.to(step)[:, None]).all(axis=1)
    held = np.maximum(lines.since[row], links.since[link]) < np.minimum(lines.until[row], links.lasting[link])
    return new & held & ~_barred(network, lines, row, link, move)


def _barred(network: Network, lines: Lines, row: Numbers, link: Numbers, move: Move) -> Numbers:
    """Tell who was born before the parent's adoption: no kin of the adopter (C3, A6). Unknown order keeps the line."""
    links = network.links
    if move not in (Move.UP, Move.DOWN) or not len(row) or not lines.length[0]:
        return np.zeros(len(row), dtype=bool)
    before = lines.steps[row, lines.length[row] - 1]
    same_way = (links.move[before >> 1] == Move.DOWN) & ((before & 1 == 1) == (move == Move.UP))
    upper, lower = (link, before >> 1) if move == Move.UP else (before >> 1, link)
    return same_way & (links.nature[upper] >= ADOPTIVE) & (links.came[lower] < links.since[upper])


def _longer(network: Network, lines: Lines, step: Numbers, stretch: Stretch) -> Lines:
    links, link, row = network.links, step >> 1, np.arange(len(step))
    length = lines.length + np.int8(1)
    lines.path[row, length], lines.steps[row, lines.length] = network.to(step), step
    return Lines(
        form=np.full(len(step), stretch.form, dtype=np.int8),
        up=lines.up + np.int8(stretch.move == Move.UP),
        down=lines.down + np.int8(stretch.move == Move.DOWN),
        nature=np.maximum(lines.nature, links.nature[link]),
        grade=np.maximum(lines.grade, links.grade[link]),
        since=np.maximum(lines.since, links.since[link]),
        until=np.minimum(lines.until, links.lasting[link]),
        sure=np.minimum(lines.sure, links.surely_lasting[link]),
        length=length,
        path=lines.path,
        steps=lines.steps,
    )


def _couples(network: Network, lines: Lines) -> Lines:
    """Give what couples are to each other, which death does end (C4)."""
    link = lines.steps[:, 0] >> 1
    until, sure = network.links.until[link], network.links.sure[link]
    own = np.where(lines.form == Form.MARRIED, Form.SPOUSE, Form.DE_FACTO).astype(np.int8)
    return lines._replace(form=own, until=until, sure=sure).take(lines.since < until)
