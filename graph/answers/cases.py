"""Read conflicts out of a store as readers see them, and filter them by preset and period."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph.answers import postings
from graph.answers.identities import probability, settled
from graph.answers.postings import Postings
from graph.answers.sections import Scope
from graph.answers.standing import Ground, beside, tie_keys
from graph.answers.ties import People, people_on, ties
from graph.conflicts.score import from_json
from graph.kinship import law
from graph.model import Conflict, ConflictLookup, IdentityLink, Lookup, Outcome, Relation, Tense, record
from graph.records.certainty import is_certain
from graph.records.decisions import Disposition, IdentityDecision
from graph.records.results import Caller, ConflictCase, Explained, Factor, Identity, LookupEntry
from graph.store.base import GraphStore

ORDER = {outcome: rank for rank, outcome in enumerate(Outcome)}


@record
class CaseFile:
    """Everything that the conflicts of one generation rest on, read in a few bulk questions."""

    conflicts: tuple[Conflict, ...]
    counts: Mapping[str, tuple[ConflictLookup, ...]]
    lookups: Mapping[str, LookupEntry]
    relations: Mapping[tuple[str, str], tuple[Relation, ...]]
    candidates: Mapping[str, tuple[IdentityLink, ...]]  # whoever a viewer may be
    people: People
    staff: Postings

    def of_viewer(self, staff: str) -> "CaseFile":
        """Give the same file with the conflicts of one viewer only."""
        return replace(self, conflicts=tuple(c for c in self.conflicts if c.viewer_id == staff))


@record
class Selection:
    """What a report asks for: kin preset, first and last day, both inclusive, and perhaps one section."""

    preset: str
    since: date | None = None
    until: date | None = None
    scope: Scope | None = None

    def covers(self, day: date) -> bool:
        """Say whether a day lies in the period."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def takes(self, staff: str, lookup: LookupEntry) -> bool:
        """Say whether a lookup under the account of a member of staff is of the period and the section."""
        return self.holds(staff, lookup.terminal, lookup.time.date())

    def holds(self, staff: str, terminal: str, day: date) -> bool:
        """Say whether what a member of staff did at a terminal on a day is of the period and the section."""
        return self.covers(day) and (self.scope is None or self.scope.took_part(staff, terminal, day))


@record
class Decided:
    """What people have decided: on conflicts, by conflict, and on who the viewers are, by member of staff.

    `policy` scored what is published, and `as_of` is the day on which decisions are held against it.
    """

    dispositions: Mapping[str, Disposition]
    identities: Mapping[str, IdentityDecision]
    policy: str
    as_of: date | None


def read_case_file(store: GraphStore, borrowed: Iterable[str]) -> CaseFile:
    """Read every conflict of the published generation, and the lookups listed as borrowed."""
    conflicts = tuple(store.select("Conflict"))
    counts = _grouped(store.select("COUNTS"), lambda count: count.start)
    staff = sorted({conflict.viewer_id for conflict in conflicts})
    candidates = _grouped(store.select("IDENTIFIED_AS", {"start": staff}), lambda link: link.start)
    subjects = {(link.end, c.subject_id) for c in conflicts for link in candidates.get(c.viewer_id, ())}
    people = sorted({person for person, _ in subjects})
    related = [r for r in store.select("RELATED_TO", {"start": people}) if (r.start, r.end) in subjects]
    return CaseFile(
        conflicts=conflicts,
        counts=counts,
        lookups=_entries(store, sorted({count.end for group in counts.values() for count in group}.union(borrowed))),
        relations=_grouped(related, lambda relation: (relation.start, relation.end)),
        candidates=candidates,
        people=people_on(store, related),
        staff=postings.read(store, staff),
    )


def _entries(store: GraphStore, ids: Sequence[str]) -> dict[str, LookupEntry]:
    """Give the lookups of the given ids, with account and terminal, not yet judged."""
    accounts = {made.start: made.end for made in store.select("MADE_BY", {"start": ids})}
    terminals = {at.start: at.end for at in store.select("AT", {"start": ids})}
    return {
        found.lookup_id: _entry(found, accounts.get(found.lookup_id, ""), terminals.get(found.lookup_id, ""))
        for found in store.select("Lookup", {"lookup_id": ids})
    }


def cases(file: CaseFile, wanted: Selection, decided: Decided) -> tuple[ConflictCase, ...]:
    """Give the conflicts that stand within the selection, highest score first."""
    found = (case for conflict in file.conflicts for case in _case(file, conflict, wanted, decided))
    return tuple(sorted(found, key=lambda case: (-case.score, case.conflict_id)))


def _case(file: CaseFile, conflict: Conflict, wanted: Selection, decided: Decided) -> Iterable[ConflictCase]:
    lookups = _lookups(file, conflict, wanted)
    identity, relations = _who(file, conflict, decided)
    if not lookups or not relations:
        return
    found = ties(relations, file.people, lookups[-1].time.date(), future=False)
    within = tuple(tie for tie in found if law.in_preset(wanted.preset, tie.kind, tie.up, tie.down))
    if not within:
        return
    subject = file.people.get(conflict.subject_id)
    yield ConflictCase(
        conflict_id=conflict.conflict_id,
        viewer=conflict.viewer_id,
        viewer_name=file.staff.name(conflict.viewer_id),
        viewer_section=file.staff.section(conflict.viewer_id, lookups[-1].time.date()),
        subject=conflict.subject_id,
        subject_name=subject.name if subject else None,
        outcome=max((lookup.outcome for lookup in lookups), key=ORDER.__getitem__),
        score=_score(conflict, identity),
        factors=tuple(_factors(conflict, identity)),
        ties=(*within, *(tie for tie in found if tie not in within)),
        identity=identity,
        first_lookup=lookups[0].time,
        last_lookup=lookups[-1].time,
        systems=tuple(sorted({lookup.system for lookup in lookups})),
        lookups=lookups,
        disposition=_disposition(file, conflict, wanted, decided),
    )


def ground(file: CaseFile, conflict: Conflict, decided: Decided, until: date | None = None) -> Ground:
    """Give what a decision on a conflict rests on: everything up to a day, whatever a report leaves out."""
    everything = _lookups(file, conflict, Selection(preset=""))
    lookups = tuple(lookup for lookup in everything if until is None or lookup.time.date() <= until)
    identity, relations = _who(file, conflict, decided)
    return Ground(
        lookups=lookups,
        ties=tie_keys(relations, lookups[-1].time.date()) if lookups else (),
        score=_score(conflict, identity) if len(lookups) == len(everything) else None,
        policy=decided.policy,
        identified=identity.p != 0,
    )


def _disposition(file: CaseFile, conflict: Conflict, wanted: Selection, decided: Decided) -> Disposition | None:
    found = decided.dispositions.get(conflict.conflict_id)
    return found and beside(found, ground(file, conflict, decided, wanted.until), decided.as_of)


def _who(file: CaseFile, conflict: Conflict, decided: Decided) -> tuple[Identity, tuple[Relation, ...]]:
    """Say who the viewer may be and how they are tied to the subject.

    A decision on a conflict outlives one that says the viewer is somebody else: the case stays with its ties, at p 0.
    """
    decision = decided.identities.get(conflict.viewer_id)
    identity, relations = _tied(file, conflict, decision)
    if relations or decision is None or conflict.conflict_id not in decided.dispositions:
        return identity, relations
    kept, relations = _tied(file, conflict, None)
    return Identity(p=0, tier=kept.tier, decided_by=decision.by), relations


def _tied(
    file: CaseFile, conflict: Conflict, decision: IdentityDecision | None
) -> tuple[Identity, tuple[Relation, ...]]:
    """Add up the candidates of a viewer who are tied to the subject (W4); a person's decision leaves one or none."""
    tied: list[tuple[float, IdentityLink, tuple[Relation, ...]]] = []
    for link in file.candidates.get(conflict.viewer_id, ()):
        relations = file.relations.get((link.end, conflict.subject_id), ())
        p = probability(link, decision)
        if relations and p != 0:
            tied.append((1.0 if p is None else p, link, relations))
    if not tied:
        return Identity(p=0, tier=conflict.identity_tier), ()
    _, best, relations = max(tied, key=lambda found: (found[0], found[1].end))
    decided = decision.by if decision and settled(decision) else ""
    unscored = best.p is None and not decided
    total = None if unscored else round(min(sum(p for p, _, _ in tied), 1.0), 6)
    return Identity(p=total, tier=best.tier, decided_by=decided), relations


def _factors(conflict: Conflict, identity: Identity) -> Iterable[Factor]:
    """Give the factors; who has been identified since the run no longer lowers a score."""
    found = from_json(conflict.factors)
    return (factor for factor in found if not (_identified(identity) and factor.name == "identity"))


def _identified(identity: Identity) -> bool:
    return bool(identity.decided_by) and identity.p != 0


def _score(conflict: Conflict, identity: Identity) -> float:
    if not _identified(identity):
        return conflict.score
    return round(math.prod(factor.value for factor in _factors(conflict, identity)), 6)


def _lookups(file: CaseFile, conflict: Conflict, wanted: Selection) -> tuple[LookupEntry, ...]:
    """Give the conflict's lookups of the period in time order, each with how it was judged for this pair."""
    judged = (_judged(file.lookups[count.end], count) for count in file.counts.get(conflict.conflict_id, ()))
    kept = [lookup for lookup in judged if wanted.takes(conflict.viewer_id, lookup)]
    return tuple(sorted(kept, key=lambda lookup: (lookup.time, lookup.lookup_id)))


def _judged(lookup: LookupEntry, count: ConflictLookup) -> LookupEntry:
    explanation = Explained(template=count.template, record=count.record) if count.template else None
    return replace(lookup, outcome=count.outcome, tense=count.tense, explanation=explanation)


def _entry(found: Lookup, account: str, terminal: str) -> LookupEntry:
    caller = Caller(file=found.caller_file, line=found.caller_line) if found.caller_line else None
    return LookupEntry(
        lookup_id=found.lookup_id,
        time=found.time,
        system=found.system,
        via=found.via,
        account=account.split(":", 1)[-1],
        terminal=terminal,
        operation=found.operation,
        view=found.view,
        attribution=found.attribution,
        tense=Tense.NONE,
        outcome=Outcome.UNEXPLAINED,
        explanation=None,
        file=found.file,
        line=found.line,
        caller=caller,
    )


def _grouped(rows: Iterable[Any], key: Any) -> dict[Any, tuple[Any, ...]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: tuple(group) for name, group in groups.items()}


def parted(found: Iterable[ConflictCase]) -> dict[str, tuple[ConflictCase, ...]]:
    """Part conflicts as a report lists them."""
    parts: dict[str, list[ConflictCase]] = {"conflicts": [], "annex": [], "to_confirm": []}
    names = {Outcome.SUSPICIOUS: "conflicts", Outcome.EXPLAINED: "annex"}
    for case in found:
        part = "to_confirm" if to_confirm(case) else names.get(case.outcome, "")
        if part:
            parts[part].append(case)
    return {name: tuple(listed) for name, listed in parts.items()}


def to_confirm(case: ConflictCase) -> bool:
    """Say whether who the viewer is has to be confirmed first."""
    return not is_certain(case.identity.p) and not case.identity.decided_by
