"""Who ties the two sides of a conflict together: everybody who is kin of both the viewer and the subject.

What was seen may have gone on through them, as in the case of 2018; that they exist says nothing of whether it did.
"""

from collections.abc import Iterable
from datetime import date

from graph.answers import existing
from graph.answers.identities import Decisions
from graph.answers.ties import people_on, ties
from graph.answers.who import Standing, carried, standing
from graph.kinship import pair
from graph.model import Conflict, Kind, Person, Relation
from graph.records.kin_answers import Between, Leak
from graph.records.results import Tie
from graph.store.base import GraphStore

BEYOND = 7


def view(store: GraphStore, decisions: Decisions, conflict_id: str, day: date) -> Leak:
    """Give the leak view of a conflict, whoever is closest to both first; the dead cannot have passed anything on.

    Where the viewer is not surely a resident it holds only if they are the one whom the conflict rests on.
    """
    conflict = existing.of_conflict(store, conflict_id)
    who = standing(store, decisions, conflict.viewer_id)
    viewer, subject = _viewer(conflict, who), conflict.subject_id
    sides = [_by_end(pair.around(store, person).relations(person)) for person in (viewer, subject)]
    both = sorted(sides[0].keys() & sides[1].keys() - {viewer, subject})
    people = people_on(store, [row for side in sides for end in both for row in side[end]])
    numbers = {link.end: link.start for link in store.select("IDENTIFIED_AS", {"end": both})}
    found = [
        Between(
            person=end,
            name=people[end].name,
            staff=numbers.get(end),
            to_viewer=ties(sides[0][end], people, day, future=False),
            to_subject=ties(sides[1][end], people, day, future=False),
        )
        for end in both
        if _may_speak(people[end], day)
    ]
    between = sorted((each for each in found if each.to_viewer and each.to_subject), key=_closeness)
    return Leak(
        conflict_id=conflict_id,
        viewer=conflict.viewer_id,
        subject=subject,
        as_of=day,
        between=tuple(between),
        **carried([who]),
    )


def _viewer(conflict: Conflict, who: Standing) -> str:
    """Give the resident the viewer is, or whom the conflict takes them for as long as that is open."""
    open_ = {person for person, _ in who.candidates}
    return conflict.viewer_person if who.person is None or conflict.viewer_person in open_ else who.person


def _by_end(relations: Iterable[Relation]) -> dict[str, list[Relation]]:
    found: dict[str, list[Relation]] = {}
    for relation in relations:
        found.setdefault(relation.end, []).append(relation)
    return found


def _may_speak(person: Person, day: date) -> bool:
    return not person.placeholder and (person.death_date is None or person.death_date > day)


def _closeness(each: Between) -> tuple[int, str]:
    return sum(_distance(tie) for tie in (each.to_viewer[0], each.to_subject[0])), each.person


def _distance(tie: Tie) -> int:
    """Count steps: a spouse is closer than any degree, who only lived together is farther."""
    return BEYOND if tie.kind in (Kind.HOUSEHOLD, Kind.TIE) else tie.degree or 0
