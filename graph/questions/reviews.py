"""The decisions that people take in a workspace: on conflicts, and on who a member of staff is."""

import json
from dataclasses import replace
from datetime import date

from graph.answers import existing
from graph.answers.cases import CaseFile, Decided, Selection, cases, ground, parted, read_case_file
from graph.answers.identities import Comparison, comparison, identities, member_of_staff, overruled, own_circle
from graph.answers.overruled import lost, other_policy
from graph.answers.standing import beside, covered
from graph.conflicts.rules import Policy
from graph.errors import UsageError, WorkspaceError
from graph.model import IdentityState
from graph.questions import asking
from graph.questions.access import Access, Action
from graph.questions.ledger import Ledger
from graph.records.answers import DecisionCounts, StaffIdentity
from graph.records.decisions import Disposition, IdentityDecision
from graph.records.facts import Facts
from graph.store.base import GraphStore


class Reviews:
    """Decisions on one published generation; each is in the audit log, with what it was made on."""

    _store: GraphStore
    _ledger: Ledger
    _access: Access
    policy: Policy
    _facts: Facts

    _file: CaseFile | None

    def identity(self, everyone: bool = False) -> list[StaffIdentity]:
        """List staff whose resident record is uncertain, with candidates; with `everyone`, those linked as well."""
        self._access.ask(Action.IDENTITY, str(everyone))
        found = identities(self._store, self._ledger.identities(), everyone)
        return self._access.shown(found, lambda entry: [f"staff:{entry.staff}", *(c.person for c in entry.candidates)])

    def settle(self, staff: str, state: IdentityState, person: str | None, reason: str) -> IdentityDecision:
        """Record which resident a member of staff is, or that they are none; their conflicts change at once.

        Raises WorkspaceError for a person who is no candidate, and UsageError where a certain link is overruled without
        a reason.
        """
        self._access.allow(Action.SETTLE, json.dumps([staff, state, person]), [f"staff:{staff}", person or ""])
        links = self._store.select("IDENTIFIED_AS", {"start": [staff]})
        member_of_staff(self._store, staff)
        if state == IdentityState.LINKED and person not in {link.end for link in links}:
            raise WorkspaceError(
                f"{person} is no candidate for {staff}; `enkan identity --all` lists them",
                f"{person} は職員 {staff} の候補ではありません。候補は enkan identity --all で見られます",
            )
        certain = overruled(links, self._ledger.identities().get(staff), state, person)
        if certain and not reason.strip():
            raise UsageError(
                f"{staff} certainly is {certain}; to decide otherwise needs --reason",
                f"職員 {staff} は {certain} と照合済みです。これと異なる判断には理由(--reason)が必要です。",
            )
        return self._ledger.settle(staff, state, person, reason)

    def comparison(self, staff: str) -> Comparison:
        """Set what personnel records say of somebody beside what the registers say of each candidate."""
        self._access.ask(Action.COMPARISON, staff, [f"staff:{staff}"])
        return comparison(self._store, staff)

    def own_circle(self, staff: str) -> tuple[frozenset[str], frozenset[str]]:
        """Give the people and staff whose cases a member of staff must leave to somebody else (G4)."""
        self._access.ask(Action.OWN_CIRCLE, staff, [f"staff:{staff}"])
        return own_circle(self._store, self._ledger.identities(), staff)

    def effect(self, staff: str, state: IdentityState, person: str | None) -> dict[str, tuple[int, int]]:
        """Count a viewer's conflicts in each part of the report: now, and as they would stand after `settle`."""
        self._access.ask(Action.EFFECT, json.dumps([staff, state, person]), [f"staff:{staff}"])
        decision = IdentityDecision(staff=staff, state=state, person=person, by="preview", at="", reason="")
        decided = self._decided()
        trial = replace(decided, identities={**decided.identities, staff: decision})
        mine, wanted = self._case_file().of_viewer(staff), Selection(preset=self.policy.preset)
        now, then = (parted(cases(mine, wanted, each)) for each in (decided, trial))
        return {part: (len(now[part]), len(then[part])) for part in now}

    def decide(
        self, conflict_id: str, state: str, reason: str, until: str | None = None, expect: int | None = None
    ) -> Disposition:
        """Record a decision on a conflict as it stands now; every later run keeps it.

        `expect` is how many decisions the reviewer has seen: where there are more by now, this one is refused.
        """
        self._access.allow(Action.DECIDE, conflict_id, self._access.about(conflict_id))
        covers = covered(ground(self._case_file(), existing.of_conflict(self._store, conflict_id), self._decided()))
        return self._ledger.decide(conflict_id, state, reason, until, covers=covers, expect=expect)

    def decisions(self, conflict_id: str) -> tuple[Disposition, ...]:
        """List every decision on a conflict, the oldest first; the last one is compared with what is published now."""
        self._access.ask(Action.DECISIONS, conflict_id, self._access.about(conflict_id))
        found = self._ledger.history(conflict_id)
        there = {conflict.conflict_id: conflict for conflict in self._case_file().conflicts}
        if not found:
            existing.of_conflict(self._store, conflict_id)
        if not found or conflict_id not in there:
            return found
        decided = self._decided()
        now = ground(self._case_file(), there[conflict_id], decided)
        return (*found[:-1], beside(found[-1], now, decided.as_of))

    def _standing(self) -> DecisionCounts:
        """Count the decisions in force, and those among them that the data published now puts in question."""
        decided = self._decided()
        found = cases(self._case_file(), Selection(preset="725"), decided)
        return DecisionCounts(
            changed=sum(bool(case.disposition and case.disposition.changed) for case in found),
            lost=len(lost(self._case_file(), decided)),
            other_policy=other_policy(decided, found),
            standing=len(decided.dispositions),
        )

    def _decided(self, as_of: date | None = None) -> Decided:
        days = asking.span(self._facts)
        return Decided(
            dispositions=self._ledger.dispositions(),
            identities=self._ledger.identities(),
            policy=self._facts.policy.sha256,
            as_of=as_of or (days[1] if days else None),
        )

    def _case_file(self) -> CaseFile:
        if self._file is None:
            borrowed_ids = (key for group in self._facts.borrowed for key in group.lookups)
            self._file = read_case_file(self._store, borrowed_ids)
        return self._file
