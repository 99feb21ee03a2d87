"""The lines of a pedigree: marriages between cards, children hanging from them, round whoever stands between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graph.model import ParentLink, SpouseLink
from graph.pedigree.picture import CARD_HEIGHT, CARD_WIDTH, Card, Line, Point

LANE = 9  # between two horizontal runs under one row
FIRST_LANE = 16
CLEARANCE = 8

Cards = Mapping[str, Card]
# Whose children hang together: both of an adjacent couple or one parent alone, and by which nature.
Family = tuple[tuple[str, ...], str]


@dataclass
class Lanes:
    """Horizontal runs under each row, none over another's."""

    taken: dict[tuple[float, int], list[tuple[float, float]]] = field(default_factory=dict)

    def place(self, under: float, left: float, right: float) -> float:
        """Find the y of a free run under the row whose cards end at `under`."""
        number = 0
        while any(
            left < end + CLEARANCE and start - CLEARANCE < right for start, end in self.taken.get((under, number), ())
        ):
            number += 1
        self.taken.setdefault((under, number), []).append((left, right))
        return under + FIRST_LANE + LANE * number


def wires(
    cards: Cards, parents: Sequence[ParentLink], spouses: Sequence[SpouseLink], highlight: Sequence[str]
) -> list[Line]:
    """Draw every link as a line; those that the highlighted line goes along are marked and come last, on top."""
    lanes = Lanes()
    marked = {frozenset(pair) for pair in pairwise(highlight)}
    beside = {frozenset((s.start, s.end)) for s in spouses if _adjacent(cards[s.start], cards[s.end])}
    lines = [_marriage(cards, link, lanes, marked) for link in spouses]
    for family, links in sorted(_families(parents, beside).items()):
        lines += _children(cards, family, links, lanes, marked)
    return sorted(lines, key=lambda line: line.marked)


def _adjacent(one: Card, other: Card) -> bool:
    return one.y == other.y and abs(one.x - other.x) < 1.5 * CARD_WIDTH


def _families(parents: Sequence[ParentLink], beside: set[frozenset[str]]) -> dict[Family, list[ParentLink]]:
    """Gather the links whose children hang from one point."""
    by_child: dict[tuple[str, str], list[ParentLink]] = {}
    for link in parents:
        by_child.setdefault((link.end, link.nature), []).append(link)
    families: dict[Family, list[ParentLink]] = {}
    for (_, nature), links in sorted(by_child.items()):
        couple = next((pair for pair in sorted(map(tuple, map(sorted, beside))) if set(pair) <= _starts(links)), ())
        for link in links:
            who = tuple(couple) if link.start in couple else (link.start,)
            families.setdefault((who, nature), []).append(link)
    return families


def _starts(links: Sequence[ParentLink]) -> set[str]:
    return {link.start for link in links}


def _marriage(cards: Cards, link: SpouseLink, lanes: Lanes, marked: set[frozenset[str]]) -> Line:
    left, right = sorted((cards[link.start], cards[link.end]), key=lambda card: (card.x, card.y))
    if _adjacent(left, right):
        y = left.y + CARD_HEIGHT / 2
        points: tuple[Point, ...] = ((left.x + CARD_WIDTH, y), (right.x, y))
    else:
        points = _around(cards, (left.middle, left.y + CARD_HEIGHT), (right.middle, right.y + CARD_HEIGHT), lanes)
    return Line(
        points=points,
        type="marriage",
        nature=link.nature,
        grade=link.grade,
        ended=link.valid_to is not None or link.may_end is not None,
        marked=frozenset((link.start, link.end)) in marked,
    )


def _children(
    cards: Cards, family: Family, links: Sequence[ParentLink], lanes: Lanes, marked: set[frozenset[str]]
) -> list[Line]:
    who, nature = family
    start = _hook([cards[person] for person in who])
    children = sorted({link.end for link in links})
    xs = [start[0], *(cards[child].middle for child in children)]
    under = cards[who[0]].y + CARD_HEIGHT
    lane = lanes.place(under, min(xs), max(xs))
    return [_descent(cards, start, lane, [k for k in links if k.end == child], marked, nature) for child in children]


def _hook(parents: Sequence[Card]) -> Point:
    """Give the point children hang from: the middle of a marriage line, or below a single parent."""
    if len(parents) == 2:
        return (sum(card.middle for card in parents) / 2, parents[0].y + CARD_HEIGHT / 2)
    return (parents[0].middle, parents[0].y + CARD_HEIGHT)


def _descent(
    cards: Cards, start: Point, lane: float, links: Sequence[ParentLink], marked: set[frozenset[str]], nature: str
) -> Line:
    child = cards[links[0].end]
    walked = [cards[link.start] for link in links if frozenset((link.start, link.end)) in marked]
    worst = max(links, key=lambda link: _GRADES.index(link.grade))
    return Line(
        points=(*(_edge(parent, start) for parent in walked[:1]), *_down(cards, start, lane, child)),
        type="parent",
        nature=nature,
        grade=worst.grade,
        ended=all(link.valid_to or link.may_end for link in links),
        marked=bool(walked),
    )


def _edge(parent: Card, start: Point) -> Point:
    """Give where a marked line leaves the parent that it goes through."""
    return (min(max(start[0], parent.x), parent.x + CARD_WIDTH), start[1])


_GRADES = ("registered", "stated", "composed", "probable", "hint")


def _down(cards: Cards, start: Point, lane: float, child: Card) -> tuple[Point, ...]:
    """Go down to the lane, across, and down to the child; past rows in between through a gap."""
    top = (child.middle, child.y)
    if not _blocked(cards, child.middle, lane, child.y):
        return (start, (start[0], lane), (child.middle, lane), top)
    gap = _gap(cards, child.middle, lane, child.y)
    above = child.y - CLEARANCE
    return (start, (start[0], lane), (gap, lane), (gap, above), (child.middle, above), top)


def _around(cards: Cards, one: Point, other: Point, lanes: Lanes) -> tuple[Point, ...]:
    """Tie two cards that do not stand side by side, below the lower one's row."""
    upper, lower = sorted((one, other), key=lambda point: point[1])
    gap = upper[0]
    if _blocked(cards, gap, upper[1], lower[1] + 1):
        gap = _gap(cards, gap, upper[1], lower[1] + 1)
    lane = lanes.place(lower[1], min(upper[0], lower[0], gap), max(upper[0], lower[0], gap))
    bend = upper[1] + CLEARANCE
    turn = () if gap == upper[0] else ((upper[0], bend), (gap, bend))
    return (upper, *turn, (gap, lane), (lower[0], lane), lower)


def _between(cards: Cards, top: float, bottom: float) -> list[Card]:
    low, high = min(top, bottom), max(top, bottom)
    return [card for card in cards.values() if card.y + CARD_HEIGHT > low and card.y < high]


def _blocked(cards: Cards, x: float, top: float, bottom: float) -> bool:
    return any(card.x <= x <= card.x + CARD_WIDTH for card in _between(cards, top, bottom))


def _gap(cards: Cards, x: float, top: float, bottom: float) -> float:
    """Find the nearest x at which nobody stands between two heights."""
    sides = [edge for card in _between(cards, top, bottom) for edge in (card.x - 10, card.x + CARD_WIDTH + 10)]
    free = [side for side in sides if not _blocked(cards, side, top, bottom)]
    return min(free, key=lambda side: (abs(side - x), side))
