"""What two people are to each other, and whom one is related to, in the interface's shape.

A member of staff who is not surely a resident may be one of several: what each of these would be related by is given as
conditional, beside what is certain.
"""

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

from graph.answers.ties import lines, people_on, ties
from graph.answers.who import Standing
from graph.kinship import pair
from graph.model import record
from graph.records.results import plain
from graph.store.base import GraphStore


@record
class Who:
    """One side of a question: a person, or a member of staff who is one or may be one of several."""

    person: str | None
    standing: Standing | None = None

    @property
    def may_be(self) -> Sequence[tuple[str, float | None]]:
        """Give the people this may be, with the probability of each where it is not certain."""
        certain: list[tuple[str, float | None]] = [(self.person, None)] if self.person else []
        return [*certain, *(self.standing.candidates if self.standing else ())]


def relation(store: GraphStore, a: Who, b: Who, day: date) -> dict[str, Any]:
    """Give every tie of two and every line of each; what holds only if somebody is a candidate under `conditional`."""
    found: dict[str, Any] = {"ties": [], "lines": []}
    conditional = []
    for (start, p), (end, q) in product(a.may_be, b.may_be):
        told = _pair(store, start, end, day)
        if p is None and q is None:
            found = told
        elif told["ties"]:
            chance = (1.0 if p is None else p) * (1.0 if q is None else q)
            conditional.append({"a": start, "b": end, "p": round(chance, 6)} | told)
    return found | ({"conditional": conditional} if a.standing or b.standing else {})


def relatives(store: GraphStore, a: Who, max_degree: int, day: date) -> dict[str, Any]:
    """Give the kin of one within a degree, by person id, with those of each candidate under `conditional`."""
    sides = [(person, p, _relatives(store, person, max_degree, day)) for person, p in a.may_be]
    conditional = [{"a": person, "p": p, "relatives": found} for person, p, found in sides if p is not None and found]
    certain = next((found for _, p, found in sides if p is None), [])
    return {"relatives": certain} | ({"conditional": conditional} if a.standing else {})


def _pair(store: GraphStore, start: str, end: str, day: date) -> dict[str, Any]:
    kin = pair.around(store, start)
    rows, every = kin.ties(start, end), kin.lines(start, end)
    people = people_on(store, [*rows, *every])
    return {"ties": plain(ties(rows, people, day)), "lines": plain(lines(every, people, day))}


def _relatives(store: GraphStore, person: str, max_degree: int, day: date) -> list[dict[str, Any]]:
    kept = store.select("RELATED_TO", {"start": [person]})  # of staff, and whoever they may be
    rows = kept or pair.around(store, person).relations(person)
    people = people_on(store, rows)
    by_end: dict[str, list[Any]] = {}
    for row in rows:
        by_end.setdefault(row.end, []).append(row)
    found = [(end, ties(group, people, day)) for end, group in sorted(by_end.items())]
    near = [(end, [tie for tie in group if (tie.degree or 0) <= max_degree]) for end, group in found]
    return [{"person": end, "ties": plain(group)} for end, group in near if group]
