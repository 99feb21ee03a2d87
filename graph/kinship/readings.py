"""What lines say, and which of the lines that say the same is the witness (A4, A7, A12)."""

from typing import NamedTuple

import numpy as np

from graph.kinship.lines import Form, Lines
from graph.kinship.network import ADOPTIVE, FOREVER, NATURES, Network, Numbers, pair, runs

# In the order in which relations are listed: that of the words.
RELATION_KINDS = ("affinity", "blood", "de_facto", "household", "self", "spouse", "tie")
SIDES = ("", "relative", "spouse")
SAID_NATURES = ("", "adoptive", "birth", "recognised")
HALVES = ("", "full", "half", "unknown")
AFFINITY, BLOOD, DE_FACTO, _, _, SPOUSE, TIE = range(len(RELATION_KINDS))

# What a line of each form says: kind, side, whether up and down are told, whether the nature of the links is.
MEANINGS = {
    Form.SELF: ("self", "", False, False),
    Form.BLOOD: ("blood", "", True, True),
    Form.IN_LAW: ("affinity", "spouse", True, True),
    Form.KINS_SPOUSE: ("affinity", "relative", True, True),
    Form.SPOUSE: ("spouse", "", False, False),
    Form.DE_FACTO: ("de_facto", "", False, False),
    Form.HOUSEHOLD: ("household", "", False, False),
    Form.CHILD_OF_DE_FACTO: ("tie", "spouse", True, False),
    Form.CO_PARENT: ("tie", "", False, False),
    Form.PARENTS_OF_CHILDS_SPOUSE: ("tie", "", False, False),
    Form.SPOUSE_OF_SPOUSES_SIBLING: ("tie", "spouse", False, False),
}
NO_MEANING = ("tie", "", False, False)
_BY_FORM = [MEANINGS.get(form, NO_MEANING) for form in Form]
KIND = np.array([RELATION_KINDS.index(kind) for kind, *_ in _BY_FORM], dtype=np.int64)
SIDE = np.array([SIDES.index(side) for _, side, *_ in _BY_FORM], dtype=np.int64)
STEPPED = np.array([stepped for *_, stepped, _ in _BY_FORM])
BRED = np.array([bred for *_, bred in _BY_FORM])
# The nature of links as lines say it: special adoption is adoption.
NATURE = np.array([SAID_NATURES.index(NATURES[min(nature, ADOPTIVE)]) for nature in range(len(NATURES))])


class Readings(NamedTuple):
    """Relations, one row each in the order of their key; `line` is the place of the witness among the lines."""

    source: Numbers
    person: Numbers
    kind: Numbers
    up: Numbers
    down: Numbers
    side: Numbers
    nature: Numbers
    half: Numbers
    since: Numbers
    until: Numbers
    sure: Numbers
    line: Numbers

    def take(self, rows: Numbers) -> "Readings":
        """Give some of the relations."""
        return Readings(*(column[rows] for column in self))


def read_lines(network: Network, lines: Lines) -> Readings:
    """Give every distinct relation that lines say, but for what is trivial.

    Nobody is related to a placeholder in words (E9), though lines pass through them.
    """
    named = np.flatnonzero(~network.placeholder[lines.person])
    distinct = _distinct(_readings(network, lines.take(named), named), lines)
    return _without_trivial_ties(_without_trivial_affinity(distinct))


def every_line(network: Network, lines: Lines) -> Readings:
    """Give what each line says, each line once, in the order of `read_lines` and then of the lines themselves."""
    readings = _readings(network, lines, np.arange(len(lines.form)))
    return readings.take(np.lexsort((*_way(lines), _meaning(readings), pair(readings.source, readings.person))))


def same(one: Readings, other: Readings) -> Numbers:
    """Tell which of some relations of one pair are among others."""
    return np.isin(_meaning(one), _meaning(other))


def _readings(network: Network, lines: Lines, places: Numbers) -> Readings:
    stepped, bred = STEPPED[lines.form], BRED[lines.form]
    up, down = (np.where(stepped, steps, np.int64(-1)) for steps in (lines.up, lines.down))
    nature = np.where(bred, NATURE[lines.nature], 0)
    meaning = (KIND[lines.form], up, down, SIDE[lines.form], nature, _halves(network, lines))
    return Readings(lines.path[:, 0], lines.person, *meaning, lines.since, lines.until, lines.sure, places)


def _halves(network: Network, lines: Lines) -> Numbers:
    """Tell full from half blood by the two children under the apex (A7).

    Parents by any link count, but only known ones: a placeholder proves nothing.
    """
    half = np.zeros(len(lines.form), dtype=np.int64)
    rows = np.flatnonzero((lines.form == Form.BLOOD) & (lines.up > 0) & (lines.down > 0))
    near, far = (lines.path[rows, lines.up[rows] + side] for side in (-1, 1))
    pairs, which = np.unique(pair(near, far), return_inverse=True)
    half[rows] = _half(network.known, pairs >> 32, pairs & 0xFFFFFFFF)[which]
    return half


def _half(known: Numbers, near: Numbers, far: Numbers) -> Numbers:
    """Compare the known parents of two people."""
    first, count = _span(known, near)
    _, others = _span(known, far)
    places, place = runs(first, count)
    parent = known[places] & 0xFFFFFFFF
    shared = np.bincount(place[_among(known, pair(far[place], parent))], minlength=len(near))
    full, half, unknown = (HALVES.index(word) for word in ("full", "half", "unknown"))
    one = (shared == 1) & (count > 1) & (others > 1)
    return np.where(shared >= 2, full, np.where(one, half, unknown))


def _span(known: Numbers, child: Numbers) -> tuple[Numbers, Numbers]:
    """Give where the parents of children begin, and how many there are."""
    first = np.searchsorted(known, child << 32)
    return first, np.searchsorted(known, (child + 1) << 32) - first


def _among(known: Numbers, wanted: Numbers) -> Numbers:
    """Tell which numbers are among sorted ones."""
    place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return known[place] == wanted if len(known) else np.zeros(len(wanted), dtype=bool)


def _distinct(readings: Readings, lines: Lines) -> Readings:
    """Take each relation once: it holds as long as any of its lines.

    The witness is a line that still holds, then the best founded, then the first by ids (A12).
    """
    people, meaning = pair(readings.source, readings.person), _meaning(readings)
    shown = lines.take(readings.line)
    founded = pair(FOREVER - readings.until, shown.grade.astype(np.int64) * len(Form) + shown.form)
    order = np.lexsort((*_way(shown), founded, meaning, people))
    people, meaning = people[order], meaning[order]
    first = np.flatnonzero(np.append(True, (people[1:] != people[:-1]) | (meaning[1:] != meaning[:-1]))[: len(order)])
    distinct = readings.take(order[first])
    if not len(first):
        return distinct
    until, sure = (np.maximum.reduceat(days[order], first) for days in (readings.until, readings.sure))
    return distinct._replace(until=until, sure=sure)


def _meaning(readings: Readings) -> Numbers:
    """Put what tells two relations of a pair apart into one number that sorts as the words do."""
    key = readings.kind
    for column, size in (
        (readings.up + 1, 64),
        (readings.down + 1, 64),
        (readings.side, 4),
        (readings.nature, 4),
        (readings.half, 4),
    ):
        key = key * size + column
    return key << 32 | (readings.since.astype(np.int64) + (1 << 31))


def _way(lines: Lines) -> list[Numbers]:
    """Give the keys that order lines by their people, then by their links; the last counts most."""
    columns = [
        column for place in range(lines.steps.shape[1]) for column in (lines.path[:, place + 1], lines.steps[:, place])
    ]
    return columns[::-1]


def _without_trivial_affinity(readings: Readings) -> Readings:
    """Leave out that one's own mother is 父の配偶者 (A4).

    A blood relation that has ended hides no affinity that holds, one that began later (a stepchild adopted) none from
    before; readers leave out what is trivial on their day.
    """
    ways = pair(_pairs(readings), readings.up * 64 + readings.down)
    ways, which = np.unique(ways, return_inverse=True)
    blood, open_ = readings.kind == BLOOD, readings.until == FOREVER
    first, first_open = (np.full(len(ways), FOREVER, dtype=np.int64) for _ in range(2))
    np.minimum.at(first, which[blood], readings.since[blood])
    np.minimum.at(first_open, which[blood & open_], readings.since[blood & open_])
    hidden = (first_open[which] <= readings.since) | ~open_ & (first[which] <= readings.since)
    return readings.take(np.flatnonzero(~((readings.kind == AFFINITY) & hidden)))


def _without_trivial_ties(readings: Readings) -> Readings:
    """Leave out that a couple are co-parents: a tie outside the law is told only of people whom nothing ties closer."""
    pairs = _pairs(readings)
    closer = np.zeros(pairs.max(initial=0) + 1, dtype=bool)
    closer[pairs[np.isin(readings.kind, (BLOOD, SPOUSE, DE_FACTO))]] = True
    return readings.take(np.flatnonzero(~((readings.kind == TIE) & closer[pairs])))


def _pairs(readings: Readings) -> Numbers:
    """Number the pairs of people, who stand in order."""
    people = pair(readings.source, readings.person)
    return np.cumsum(np.append(False, people[1:] != people[:-1]))[: len(people)]
