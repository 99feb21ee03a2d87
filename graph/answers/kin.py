"""What two people are to each other, and whom one is related to, in the interface's shape.

A member of staff who is not surely a resident may be one of several: what each of these would be related by is given as
conditional, beside what is certain.
"""

from collections.abc import Sequence
from datetime import date
from itertools import product

from graph.answers.ties import lines, people_on, ties
from graph.answers.who import Standing, carried
from graph.kinship import pair
from graph.model import Relation, record
from graph.records.kin_answers import Related, RelatedIf, Relative, Relatives, RelativesIf
from graph.records.results import Tie
from graph.store.base import GraphStore

Lines = tuple[tuple[Tie, ...], tuple[Tie, ...]]  # the ties of two, and every line of each


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


def relation(store: GraphStore, asked: tuple[str, str], a: Who, b: Who, day: date) -> Related:
    """Give every tie of two and every line of each; what holds only if somebody is a candidate under `conditional`."""
    certain: Lines = ((), ())
    conditional = []
    for (start, p), (end, q) in product(a.may_be, b.may_be):
        tied, every = _pair(store, start, end, day)
        if p is None and q is None:
            certain = tied, every
        elif tied:
            chance = round((1.0 if p is None else p) * (1.0 if q is None else q), 6)
            conditional.append(RelatedIf(a=start, b=end, p=chance, ties=tied, lines=every))
    return Related(
        a=asked[0],
        b=asked[1],
        as_of=day,
        ties=certain[0],
        lines=certain[1],
        conditional=tuple(conditional) if a.standing or b.standing else None,
        **carried([a.standing, b.standing]),
    )


def relatives(store: GraphStore, asked: str, a: Who, max_degree: int, day: date) -> Relatives:
    """Give the kin of one within a degree, by person id, with those of each candidate under `conditional`."""
    sides = [(person, p, _relatives(store, person, max_degree, day)) for person, p in a.may_be]
    conditional = (RelativesIf(a=person, p=p, relatives=kin) for person, p, kin in sides if p is not None and kin)
    return Relatives(
        a=asked,
        as_of=day,
        relatives=next((kin for _, p, kin in sides if p is None), ()),
        conditional=tuple(conditional) if a.standing else None,
        **carried([a.standing]),
    )


def _pair(store: GraphStore, start: str, end: str, day: date) -> Lines:
    kin = pair.around(store, start)
    rows, every = kin.ties(start, end), kin.lines(start, end)
    people = people_on(store, [*rows, *every])
    return ties(rows, people, day), lines(every, people, day)


def _relatives(store: GraphStore, person: str, max_degree: int, day: date) -> tuple[Relative, ...]:
    kept = store.select("RELATED_TO", {"start": [person]})  # of staff, and whoever they may be
    rows = kept or pair.around(store, person).relations(person)
    people = people_on(store, rows)
    by_end: dict[str, list[Relation]] = {}
    for row in rows:
        by_end.setdefault(row.end, []).append(row)
    found = [(end, ties(group, people, day)) for end, group in sorted(by_end.items())]
    near = ((end, tuple(tie for tie in group if (tie.degree or 0) <= max_degree)) for end, group in found)
    return tuple(Relative(person=end, ties=group) for end, group in near if group)
