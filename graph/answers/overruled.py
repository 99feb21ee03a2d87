"""What decisions on who somebody is took out of a report, and what no longer occurs although it was decided on."""

from collections.abc import Iterable
from dataclasses import replace

from graph.answers.cases import CaseFile, Decided, Selection, cases
from graph.answers.identities import settled
from graph.records.decisions import IdentityEffect, LostDecision
from graph.records.results import ConflictCase


def identity_effects(
    file: CaseFile, wanted: Selection, decided: Decided, found: Iterable[ConflictCase]
) -> tuple[IdentityEffect, ...]:
    """List every decision on who somebody is, with the conflicts that would stand in this report without it."""
    standing = {case.conflict_id for case in found}
    removed = {staff: _removed(file.of_viewer(staff), wanted, decided, standing) for staff in decided.identities}
    scope = wanted.scope
    return tuple(
        IdentityEffect(
            staff=staff, state=each.state, by=each.by, at=each.at, reason=each.reason, removed=removed[staff]
        )
        for staff, each in sorted(decided.identities.items())
        if settled(each) and (scope is None or staff in scope.staff or removed[staff])
    )


def _removed(mine: CaseFile, wanted: Selection, decided: Decided, standing: set[str]) -> tuple[str, ...]:
    undecided = cases(mine, wanted, replace(decided, identities={}))
    return tuple(sorted({case.conflict_id for case in undecided} - standing))


def lost(file: CaseFile, decided: Decided) -> tuple[LostDecision, ...]:
    """List the decisions on pairs that do not occur in what is published now, with any lookup or tie."""
    there = {conflict.conflict_id for conflict in file.conflicts}
    gone = sorted(decided.dispositions.keys() - there)
    return tuple(LostDecision(conflict_id=key, disposition=decided.dispositions[key]) for key in gone)


def other_policy(decided: Decided, found: Iterable[ConflictCase]) -> int:
    """Count the decisions that were made under another policy than the one that scores now."""
    kept = (case.disposition.covers for case in found if case.disposition and case.disposition.covers)
    return sum(bool(covers.policy) and covers.policy != decided.policy for covers in kept)
