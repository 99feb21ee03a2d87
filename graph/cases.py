"""Read conflicts out of a store as readers see them, and filter them by preset and period."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph.kinship import law
from graph.model import Conflict, ConflictLookup, Lookup, Outcome, Relation, Staff, record
from graph.store.base import GraphStore
from graph.ties import People, people_on, ties
from graph.views import Caller, ConflictCase, Disposition, Explained, Factor, Identity, LookupEntry

ORDER = {outcome.value: rank for rank, outcome in enumerate(Outcome)}


@record
class CaseFile:
    """Everything that the conflicts of one generation rest on, read in a few bulk questions."""

    conflicts: tuple[Conflict, ...]
    counts: Mapping[str, tuple[ConflictLookup, ...]]
    lookups: Mapping[str, LookupEntry]
    relations: Mapping[tuple[str, str], tuple[Relation, ...]]
    people: People
    staff: Mapping[str, Staff]
    sections: Mapping[str, str]


@record
class Selection:
    """What a report asks for: kin preset, first and last day, both inclusive."""

    preset: str
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether a day lies in the period."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


def read_case_file(store: GraphStore, borrowed: Iterable[str]) -> CaseFile:
    """Read every conflict of the published generation, and the lookups listed as borrowed."""
    conflicts = tuple(store.select("Conflict"))
    counts = _grouped(store.select("COUNTS"), lambda count: count.start)
    viewers = sorted({conflict.viewer_person for conflict in conflicts})
    subjects = {(conflict.viewer_person, conflict.subject_id) for conflict in conflicts}
    related = [r for r in store.select("RELATED_TO", {"start": viewers}) if (r.start, r.end) in subjects]
    return CaseFile(
        conflicts=conflicts,
        counts=counts,
        lookups=_entries(store, sorted({count.end for group in counts.values() for count in group}.union(borrowed))),
        relations=_grouped(related, lambda relation: (relation.start, relation.end)),
        people=people_on(store, related),
        staff={member.staff_id: member for member in store.select("Staff")},
        sections={section.section_id: section.name for section in store.select("Section")},
    )


def _entries(store: GraphStore, ids: Sequence[str]) -> dict[str, LookupEntry]:
    """Give the lookups of the given ids, with account and terminal, not yet judged."""
    accounts = {made.start: made.end for made in store.select("MADE_BY", {"start": ids})}
    terminals = {at.start: at.end for at in store.select("AT", {"start": ids})}
    return {
        found.lookup_id: _entry(found, accounts.get(found.lookup_id, ""), terminals.get(found.lookup_id, ""))
        for found in store.select("Lookup", {"lookup_id": ids})
    }


def cases(file: CaseFile, wanted: Selection, decided: Mapping[str, Disposition]) -> tuple[ConflictCase, ...]:
    """Give the conflicts that stand within the selection, highest score first."""
    found = (case for conflict in file.conflicts for case in _case(file, conflict, wanted, decided))
    return tuple(sorted(found, key=lambda case: (-case.score, case.conflict_id)))


def _case(
    file: CaseFile, conflict: Conflict, wanted: Selection, decided: Mapping[str, Disposition]
) -> Iterable[ConflictCase]:
    lookups = _lookups(file, conflict, wanted)
    if not lookups:
        return
    relations = file.relations.get((conflict.viewer_person, conflict.subject_id), ())
    found = ties(relations, file.people, lookups[-1].time.date(), future=False)
    within = tuple(tie for tie in found if law.in_preset(wanted.preset, tie.kind, tie.up, tie.down))
    if not within:
        return
    viewer, subject = file.staff[conflict.viewer_id], file.people.get(conflict.subject_id)
    yield ConflictCase(
        conflict_id=conflict.conflict_id,
        viewer=conflict.viewer_id,
        viewer_name=viewer.name,
        viewer_section=file.sections.get(viewer.section_id, viewer.section_id),
        subject=conflict.subject_id,
        subject_name=subject.name if subject else None,
        outcome=max((lookup.outcome for lookup in lookups), key=ORDER.__getitem__),
        score=conflict.score,
        factors=tuple(Factor(**factor) for factor in json.loads(conflict.factors)),
        ties=(*within, *(tie for tie in found if tie not in within)),
        identity=Identity(p=conflict.identity_p, tier=conflict.identity_tier),
        first_lookup=lookups[0].time,
        last_lookup=lookups[-1].time,
        systems=tuple(sorted({lookup.system for lookup in lookups})),
        lookups=lookups,
        disposition=decided.get(conflict.conflict_id),
    )


def _lookups(file: CaseFile, conflict: Conflict, wanted: Selection) -> tuple[LookupEntry, ...]:
    """Give the conflict's lookups of the period in time order, each with how it was judged for this pair."""
    judged = (_judged(file.lookups[count.end], count) for count in file.counts.get(conflict.conflict_id, ()))
    kept = [lookup for lookup in judged if wanted.covers(lookup.time.date())]
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
        tense="",
        outcome="unexplained",
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
