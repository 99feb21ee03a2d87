"""Lay out a pedigree: people to cards with places, links to lines with places."""

from collections.abc import Sequence
from typing import TypeVar

from graph.model import ParentLink, Person, SpouseLink
from graph.pedigree.generations import generations
from graph.pedigree.picture import CARD_HEIGHT, CARD_WIDTH, GAP, Card, Line, Picture
from graph.pedigree.rows import blocks, places
from graph.pedigree.wiring import wires

Link = TypeVar("Link", ParentLink, SpouseLink)

ROW_GAP = 72
MARGIN = 24


def layout(
    people: Sequence[Person],
    parents: Sequence[ParentLink],
    spouses: Sequence[SpouseLink],
    highlight: Sequence[str] = (),
) -> Picture:
    """Place people, marriages and children; `highlight` is the line of people to mark, from its first to its last.

    The same people and links give the same picture, whatever their order. Links to people not given are left out.
    """
    ids = sorted({person.person_id for person in people})
    shown_parents = sorted(_shown(parents, ids), key=_parent_order)
    shown_spouses = sorted(_shown(spouses, ids), key=_spouse_order)
    descent = sorted({(link.start, link.end) for link in shown_parents})
    couples = list(dict.fromkeys((link.start, link.end) for link in shown_spouses))
    row_of = generations(ids, descent, couples)
    rows = [[p for p in ids if row_of[p] == row] for row in range(max(row_of.values(), default=-1) + 1)]
    x = places([blocks(row, couples) for row in rows], descent, CARD_WIDTH, GAP)
    step = {person: i for i, person in enumerate(highlight)}
    cards = tuple(_card(person, x, row_of, step) for person in sorted(people, key=lambda p: p.person_id))
    lines = wires({card.person.person_id: card for card in cards}, shown_parents, shown_spouses, highlight)
    return _framed(cards, tuple(lines))


def _shown(links: Sequence[Link], ids: Sequence[str]) -> set[Link]:
    known = set(ids)
    return {link for link in links if {link.start, link.end} <= known and link.start != link.end}


def _framed(cards: tuple[Card, ...], lines: tuple[Line, ...]) -> Picture:
    corners = [(card.x + CARD_WIDTH, card.y + CARD_HEIGHT) for card in cards]
    corners += [point for line in lines for point in line.points]
    return Picture(
        width=max((x for x, _ in corners), default=0) + MARGIN,
        height=max((y for _, y in corners), default=0) + MARGIN,
        cards=cards,
        lines=lines,
    )


def _card(person: Person, x: dict[str, float], row_of: dict[str, int], step: dict[str, int]) -> Card:
    person_id = person.person_id
    return Card(
        person=person,
        x=round(x[person_id] - CARD_WIDTH / 2 + MARGIN, 1),
        y=MARGIN + row_of[person_id] * (CARD_HEIGHT + ROW_GAP),
        step=step.get(person_id, -1),
    )


def _parent_order(link: ParentLink) -> tuple[str, str, str, str]:
    return (link.start, link.end, link.nature, link.valid_from.isoformat())


def _spouse_order(link: SpouseLink) -> tuple[str, str, str]:
    return (link.valid_from.isoformat(), link.start, link.end)
