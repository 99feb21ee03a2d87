"""Who a member of staff is, as far as that is known: what every answer about their kin rests on.

Where no resident is surely them, their kin are unknown, not absent; an answer that rests on it says so, and why.
"""

from collections.abc import Iterable, Sequence

from graph.answers.identities import Decisions, member_of_staff, probability, settled
from graph.model import IdentityLink, IdentityState, record
from graph.records.certainty import is_certain
from graph.records.kin_answers import MayBe, RestsOn, Unidentified
from graph.store.base import GraphStore
from words import Message


@record
class Standing:
    """Who a member of staff is: linked to a resident, open between candidates, or nobody of the registers."""

    staff: str
    state: IdentityState  # linked, open, nobody
    person: str | None  # who they certainly are: a resident, or `hr:…` as the personnel records know them
    candidates: tuple[tuple[str, float], ...]  # residents who may be them, the likeliest first
    p_nobody: float | None

    @property
    def unknown(self) -> Message | None:
        """Say why their kin are unknown; None where they are known."""
        if self.state == IdentityState.LINKED:
            return None
        named = [Message("person.candidate", {"person": person, "p": p}) for person, p in self.candidates]
        return Message(f"person.{self.state}", {"staff": self.staff, "candidates": named})

    def carried(self) -> Unidentified:
        """Give it as an answer carries it."""
        candidates = tuple(MayBe(person=person, p=p) for person, p in self.candidates)
        return Unidentified(staff=self.staff, state=self.state, candidates=candidates, p_nobody=self.p_nobody)


def standing(store: GraphStore, decisions: Decisions, staff: str) -> Standing:
    """Say who a member of staff is. Raises WorkspaceError for an unknown number."""
    member = member_of_staff(store, staff)
    return _standing(staff, member.p_nobody, store.select("IDENTIFIED_AS", {"start": [staff]}), decisions)


def standings(store: GraphStore, decisions: Decisions, staff: Iterable[str]) -> dict[str, Standing]:
    """Say who several members of staff are; unknown numbers are left out."""
    numbers = sorted(set(staff) - {""})
    links: dict[str, list[IdentityLink]] = {number: [] for number in numbers}
    for link in store.select("IDENTIFIED_AS", {"start": numbers}):
        links[link.start].append(link)
    members = {member.staff_id: member for member in store.select("Staff", {"staff_id": numbers})}
    return {key: _standing(key, member.p_nobody, links[key], decisions) for key, member in members.items()}


def _standing(staff: str, p_nobody: float | None, links: Sequence[IdentityLink], decisions: Decisions) -> Standing:
    decision = decisions.get(staff)
    scored = {link.end: probability(link, decision) for link in links if link.resident}
    sure = sorted(person for person, p in scored.items() if is_certain(p))
    maybe = {} if sure or settled(decision) else {person: p for person, p in scored.items() if p}
    known_to_hr = [link.end for link in links if not link.resident]
    return Standing(
        staff=staff,
        state=IdentityState.LINKED if sure else IdentityState.OPEN if maybe else IdentityState.NOBODY,
        person=next(iter([*sure, *known_to_hr]), None),
        candidates=tuple(sorted(maybe.items(), key=lambda found: (-found[1], found[0]))),
        p_nobody=p_nobody if maybe else None,
    )


def reasons(found: Iterable[Standing | None]) -> list[Message]:
    """Say of each whose kin are unknown why."""
    unsure = {each.staff: each.unknown for each in found if each}
    return [said for said in unsure.values() if said]


def carried(found: Iterable[Standing | None]) -> RestsOn:
    """Give what an answer carries where it rests on an identity that is missing or open; nothing where none does."""
    unsure = [each for each in found if each and each.unknown]
    if not unsure:
        return {}
    return {"identity": tuple(each.carried() for each in unsure), "kin_unknown": tuple(reasons(unsure))}
