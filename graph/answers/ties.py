"""From stored relations to the ties that readers see: tense at a day, words, names along the line."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from graph.kinship import law, terms
from graph.model import UNKNOWN_START, Grade, Kind, Person, Relation, Tense
from graph.records.results import Edge, PathStep, Tie
from graph.store.base import GraphStore

People = Mapping[str, Person]


def people_on(store: GraphStore, relations: Iterable[Relation]) -> dict[str, Person]:
    """Fetch everyone who stands on a line of the given relations."""
    ids = sorted({person for relation in relations for person in (relation.start, relation.end, *relation.path)})
    return {person.person_id: person for person in store.people(ids)}


def ties(relations: Iterable[Relation], people: People, on: date, *, future: bool = True) -> tuple[Tie, ...]:
    """Give one pair's ties as of a day, the closest first; each (kind, steps, nature, half, tense) once.

    An affinity with the steps of a blood tie says nothing more on a day on which that one holds (A4).
    """
    found: dict[tuple[object, ...], tuple[tuple[object, ...], Tie]] = {}
    for relation in relations:
        tie = _tie(relation, people, on)
        key = (tie.kind, tie.up, tie.down, tie.side, tie.nature, tie.half, tie.tense, relation.label)
        order = law.closeness(relation, tie.tense)
        if (future or tie.tense != Tense.FUTURE) and (key not in found or order < found[key][0]):
            found[key] = (order, tie)
    told = [tie for _, tie in sorted(found.values(), key=lambda pair: pair[0])]
    return tuple(tie for tie in told if not any(_hides(other, tie) for other in told))


def lines(relations: Iterable[Relation], people: People, on: date) -> tuple[Tie, ...]:
    """Give every line of one pair's ties as of a day, the closest tie's first; of one tie by the people on it."""
    told = [(relation, _tie(relation, people, on)) for relation in relations]
    told.sort(key=lambda line: (law.closeness(line[0], line[1].tense), line[0].path))
    return tuple(tie for _, tie in told)


def _hides(blood: Tie, affinity: Tie) -> bool:
    same = (blood.kind, affinity.kind) == (Kind.BLOOD, Kind.AFFINITY)
    same = same and (blood.up, blood.down) == (affinity.up, affinity.down) and blood.tense != Tense.FUTURE
    return same and (blood.tense != Tense.FORMER or affinity.tense == Tense.FORMER)


def _tie(relation: Relation, people: People, on: date) -> Tie:
    steps = relation.kind in (Kind.BLOOD, Kind.AFFINITY)  # the interface: a tie outside the law has none
    tense = law.tense(relation, on)
    return Tie(
        kind=relation.kind,
        up=relation.up if steps else None,
        down=relation.down if steps else None,
        side=relation.side,
        degree=law.civil_degree(relation),
        nature=relation.nature,
        half=relation.half,
        grade=relation.grade,
        tense=tense,
        valid_from=None if relation.valid_from == UNKNOWN_START else relation.valid_from,
        valid_to=relation.valid_to if relation.may_end is None else None,
        term_ja=terms.term(relation, people, tense, "ja"),
        term_en=terms.term(relation, people, tense, "en"),
        path=tuple(_step(person, people) for person in relation.path),
        edges=tuple(map(edge, relation.links)),
    )


def _step(person_id: str, people: People) -> PathStep:
    person = people.get(person_id)
    placeholder = person is not None and person.placeholder
    return PathStep(person=person_id, placeholder=placeholder, name=person.name if person and not placeholder else "")


def edge(text: str) -> Edge:
    """Read one step of a relation's line from its stored JSON."""
    step = json.loads(text)
    return Edge(
        from_=step["from"],
        to=step["to"],
        type=step["type"],
        grade=Grade(step["grade"]),
        file=step["file"],
        line=step["line"],
    )
