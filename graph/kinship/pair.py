"""One person or one pair: every relation and every line, the same as the closure of the whole register gives.

A whole register may be loaded, or as much of it as one person needs, ring by ring (A1).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from graph.kinship.closure import Found, related_lines, table
from graph.kinship.lines import AFFINITY_REACH, BLOOD_REACH, Lines
from graph.kinship.network import Network, read
from graph.kinship.readings import Readings, every_line, read_lines, same
from graph.model import Household, Membership, ParentLink, Relation, SpouseLink
from graph.store.base import GraphStore
from graph.store.tables import records, table_of

# How far to go on from a person, and whether up as well as down: a line never goes up after it went down (A2).
Reach = tuple[int, bool]
MOST_LINES = 100  # a pedigree that collapses may join two people by thousands


class Loaded:
    """The links of a register in memory: what one person or one pair are to each other, in milliseconds."""

    def __init__(self, kin: Network) -> None:
        """Take links that have been read."""
        self._kin = kin

    def relations(self, person_id: str) -> list[Relation]:
        """Give every relation of one person."""
        return _records(self._kin, *self._related(person_id))

    def ties(self, a: str, b: str) -> list[Relation]:
        """Give every relation that one person has to another."""
        between = self._between(a, b)
        return _records(self._kin, read_lines(self._kin, between), between)

    def lines(self, a: str, b: str, most: int = MOST_LINES) -> list[Relation]:
        """Give every line of each of these relations, the closest first by its witness; no more than so many."""
        between = self._between(a, b)
        every, distinct = every_line(self._kin, between), read_lines(self._kin, between)
        return _records(self._kin, every.take(np.flatnonzero(same(every, distinct))[:most]), between)

    def _between(self, a: str, b: str) -> Lines:
        """Give every line from one person to another."""
        _, every = self._related(a)
        return every.take(np.flatnonzero(np.isin(every.person, self._kin.number(b))))

    def _related(self, person_id: str) -> Found:
        return related_lines(self._kin, self._kin.number(person_id), BLOOD_REACH, AFFINITY_REACH)


def around(store: GraphStore, person_id: str) -> Loaded:
    """Load as much of a store's links as one person's relations rest on."""
    parents, spouses = _links_around(store, person_id)
    ends = [(link.start, link.end) for link in parents] + [(link.start, link.end) for link in spouses]
    homes = _homes(store, person_id)
    lodgers: list[Membership] = store.select("MEMBER_OF", {"end": [home.household_id for home in homes]})
    near = {person_id, *(end for both in ends for end in both), *(member.start for member in lodgers)}
    graph: dict[str, Sequence[Any]] = {
        "Person": store.people(sorted(near)),
        "Household": homes,
        "PARENT_OF": parents,
        "SPOUSE_OF": spouses,
        "MEMBER_OF": lodgers,
    }
    return Loaded(read({kind: table_of(kind, rows) for kind, rows in graph.items()}))


def _records(kin: Network, readings: Readings, every: Lines) -> list[Relation]:
    return records("RELATED_TO", table(kin, [(readings, every.take(readings.line))]))


def _homes(store: GraphStore, person_id: str) -> list[Household]:
    """Fetch the households of a person but for institutions, whose hundreds of members mean nothing (Z10)."""
    ids = sorted({member.end for member in store.memberships([person_id])})
    return [home for home in store.select("Household", {"household_id": ids}) if not home.institution]


def _links_around(store: GraphStore, person_id: str) -> tuple[list[ParentLink], list[SpouseLink]]:
    """Fetch the links of all whom a line may pass, ring by ring: each ring is asked for once, the last too (A7)."""
    parents: dict[ParentLink, None] = {}
    spouses: dict[SpouseLink, None] = {}
    reach: dict[str, Reach] = {}
    ring: dict[str, Reach] = {person_id: (BLOOD_REACH, True)}
    while ring:
        reach |= ring
        new_parents, new_spouses = store.links(sorted(ring))
        parents |= dict.fromkeys(new_parents)
        spouses |= dict.fromkeys(new_spouses)
        ring = _next(ring, reach, new_parents, _partners(person_id, ring, new_spouses))
    return list(parents), list(spouses)


def _partners(person_id: str, ring: dict[str, Reach], spouses: Iterable[SpouseLink]) -> list[tuple[str, Reach]]:
    """One's own spouse leads on to affines (A3), a child's spouse to the parents of a couple; no other does."""
    partners = []
    for link in spouses:
        for one, other in ((link.start, link.end), (link.end, link.start)):
            if one == person_id:
                partners.append((other, (AFFINITY_REACH, True)))
            elif ring.get(one, (0, False))[0] == BLOOD_REACH - 1:
                partners.append((other, (0, False)))
    return partners


def _next(
    ring: dict[str, Reach], reach: dict[str, Reach], parents: Iterable[ParentLink], partners: list[tuple[str, Reach]]
) -> dict[str, Reach]:
    """Find who stands one step further, and is met for the first time or with further to go."""
    steps = list(partners)
    for link in parents:
        left, rising = ring.get(link.end, (0, False))
        if left and rising:
            steps.append((link.start, (left - 1, True)))
        left, _ = ring.get(link.start, (0, False))
        if left:
            steps.append((link.end, (left - 1, False)))
    further: dict[str, Reach] = {}
    for person, (left, rising) in steps:
        known_left, known_rising = further.get(person) or reach.get(person) or (-1, False)
        merged = (max(left, known_left), rising or known_rising)
        if merged != (known_left, known_rising):
            further[person] = merged
    return further
