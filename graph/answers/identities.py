"""Who the members of staff are: what was scored, and what people have decided since (W1)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.errors import WorkspaceError
from graph.model import IdentityLink, IdentityState, Kind, MatchOutcome, Person, Staff, record
from graph.records.answers import Candidate, StaffIdentity
from graph.records.certainty import is_certain
from graph.records.decisions import IdentityDecision
from graph.records.evidence import lines
from graph.store.base import GraphStore
from words.nearest import nearest, unknown

NOBODY_FROM = 0.95  # above it a member of staff is taken for no resident

Decisions = Mapping[str, IdentityDecision]


@record
class Comparison:
    """What stands side by side for a reviewer: the member of staff as HR has them, and the candidates by person."""

    member: Staff
    section: str
    people: Mapping[str, Person]


def member_of_staff(store: GraphStore, staff: str) -> Staff:
    """Read a member of staff. Raises WorkspaceError for an unknown number."""
    found: list[Staff] = store.select("Staff", {"staff_id": [staff]})
    if not found:
        known = (member.staff_id for member in store.select("Staff"))
        raise WorkspaceError(*unknown("staff", staff, nearest(staff, known)))
    return found[0]


def comparison(store: GraphStore, staff: str) -> Comparison:
    """Read a member of staff and their candidates. Raises WorkspaceError for an unknown number."""
    member = member_of_staff(store, staff)
    sections = store.select("Section", {"section_id": [member.section_id]})
    ids = sorted(link.end for link in store.select("IDENTIFIED_AS", {"start": [staff]}) if link.resident)
    people = {person.person_id: person for person in store.people(ids)}
    return Comparison(member=member, section=sections[0].name if sections else member.section_id, people=people)


def identities(store: GraphStore, decisions: Decisions, everyone: bool = False) -> list[StaffIdentity]:
    """List staff whose resident record is not certain, with their candidates; with `everyone` the certain ones too."""
    links: dict[str, list[IdentityLink]] = defaultdict(list)
    for link in store.select("IDENTIFIED_AS"):
        if link.resident:
            links[link.start].append(link)
    found = [
        _entry(m.staff_id, m.p_nobody, links[m.staff_id], decisions.get(m.staff_id)) for m in store.select("Staff")
    ]
    return [entry for entry in found if everyone or entry.outcome == MatchOutcome.REVIEW]


def settled(decision: IdentityDecision | None) -> bool:
    """Say whether somebody has decided; putting it off is no decision."""
    return decision is not None and decision.state != IdentityState.LATER


def probability(link: IdentityLink, decision: IdentityDecision | None) -> float | None:
    """Give how surely a candidate is the member of staff: as decided, else as scored; at tier 0 they are themselves."""
    if decision is None or not settled(decision):
        return link.p
    return 1.0 if not link.resident or link.end == decision.person else 0.0


def overruled(
    links: Iterable[IdentityLink], standing: IdentityDecision | None, state: IdentityState, person: str | None
) -> str | None:
    """Give the resident whom a member of staff certainly is, as scored or as decided, if a decision says otherwise."""
    known = ((link.end, probability(link, standing)) for link in links if link.resident)
    certain = (end for end, p in known if is_certain(p))
    return next((end for end in certain if state != IdentityState.LATER and end != person), None)


def under_every_name(store: GraphStore, ids: frozenset[str]) -> frozenset[str]:
    """Give people and staff (`staff:職員番号`) with every other id that may be theirs, open candidates too."""
    links = [link for link in store.select("IDENTIFIED_AS") if link.p != 0.0]
    meant = (link for link in links if f"staff:{link.start}" in ids or link.end in ids)
    return ids.union(*((f"staff:{link.start}", link.end) for link in meant))


def own_circle(store: GraphStore, decisions: Decisions, staff: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the people, and the staff, whose cases a member of staff must not handle: themself and whoever is kin.

    Raises WorkspaceError for an unknown number.
    """
    member_of_staff(store, staff)
    decision = decisions.get(staff)
    links = store.select("IDENTIFIED_AS", {"start": [staff]})
    own = {link.end for link in links if probability(link, decision) != 0.0}
    kin = {relation.end for relation in store.select("RELATED_TO", {"start": sorted(own)}) if relation.kind != Kind.TIE}
    people = frozenset(own | kin)
    colleagues = {link.start for link in store.select("IDENTIFIED_AS", {"end": sorted(people)})}
    return people, frozenset(colleagues | {staff})


def _entry(
    staff: str, p_nobody: float | None, links: Iterable[IdentityLink], decision: IdentityDecision | None
) -> StaffIdentity:
    candidates = sorted(links, key=lambda link: (-(1.0 if link.p is None else link.p), link.end))
    rows = tuple(_candidate(link, decision) for link in candidates)
    nobody = float(decision.person is None) if decision and settled(decision) else p_nobody
    entry = StaffIdentity(staff=staff, outcome=_outcome(rows, nobody), p_nobody=nobody, candidates=rows)
    if decision is None:
        return entry
    return replace(entry, decided_by=decision.by, decided_at=decision.at, state=decision.state, note=decision.reason)


def _candidate(link: IdentityLink, decision: IdentityDecision | None) -> Candidate:
    return Candidate(
        person=link.end,
        p=probability(link, decision),
        tier=link.tier,
        evidence=tuple(lines(link.evidence)),
        codes=link.evidence,
    )


def _outcome(candidates: Iterable[Candidate], p_nobody: float | None) -> MatchOutcome:
    if any(is_certain(each.p) for each in candidates):
        return MatchOutcome.LINKED
    return MatchOutcome.NOBODY if p_nobody is None or p_nobody > NOBODY_FROM else MatchOutcome.REVIEW
