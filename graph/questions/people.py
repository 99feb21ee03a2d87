"""The questions that a workspace answers about one person, one member of staff or one terminal."""

import json
from dataclasses import replace
from datetime import date

from graph.answers import common_kin, existing, expected, kin, postings, sections
from graph.answers import history as past
from graph.answers.examined import unattended
from graph.answers.kin import Who
from graph.answers.who import Standing, carried, standing
from graph.conflicts.rules import Policy
from graph.errors import EnkanError, UsageError, WorkspaceError
from graph.files.paths import WorkspacePaths
from graph.model import Generation, Staff
from graph.questions import asking
from graph.questions.access import Access, Action
from graph.questions.drawing import drawing
from graph.questions.ledger import Ledger
from graph.records import deliveries
from graph.records.answers import Accounts, Disclosure, Examined, History, OnDuty, Posting, Unattended, Unsure, Withheld
from graph.records.decisions import Note
from graph.records.facts import Facts
from graph.records.kin_answers import Leak, Observed, Related, RelatedIf, Relatives, RelativesIf
from graph.records.results import plain
from graph.store.base import Found, GraphStore
from japanese import searching
from words import JAPANESE, Words, both


class Inquiries:
    """Questions about people, on one published generation; each is in the audit log before it is answered."""

    _paths: WorkspacePaths
    _store: GraphStore
    _ledger: Ledger
    _access: Access
    policy: Policy
    _generation: Generation | None
    _facts: Facts

    @property
    def run_id(self) -> str:
        """Name the generation that is read."""
        assert self._generation is not None
        return self._generation.run_id

    @property
    def last_day(self) -> date | None:
        """Give the last day of the logs; None where there are none."""
        return self._facts.as_of

    def relation(self, a: str, b: str, as_of: date | None = None) -> Related:
        """Give every way in which two people are related, with each line; a person id or `staff:ID` names somebody."""
        self._access.ask(Action.RELATION, json.dumps([a, b]), [a, b])
        return kin.relation(self._store, (a, b), self._who(a), self._who(b), as_of or self._last_day())

    def pedigree(self, found: Related | RelatedIf | Relatives | RelativesIf, words: Words = JAPANESE) -> str:
        """Draw what `relation` or `relatives` found as SVG; empty where they found nothing.

        For two people every tie is drawn, the line of the first one marked; for one person, the closest tie of each
        relative.
        """
        one = isinstance(found, Relatives | RelativesIf)
        ties = [each.ties[0] for each in found.relatives] if isinstance(found, Relatives | RelativesIf) else found.ties
        paths = [[step.person for step in tie.path] for tie in ties]
        drawn = [found.a, *sorted({path[-1] for path in paths})]
        self._access.ask(Action.PEDIGREE, json.dumps(drawn), drawn)
        return drawing(self._store, [path[:1] for path in paths[:1] if one] + paths, words)

    def search(self, text: str, limit: int | None = None) -> Found:
        """Find people by what a page shows of them: name, reading, number, birth date or address; at most `limit`.

        Full or half width, old or new characters, the kind of kana and zeros before a number make no difference. The
        result's `total` says how many people match in all; the audit log names those who are given.
        """
        barred = bool(self._access.reader.barred)
        found = self._found(text, None if barred else limit)
        shown = self._access.shown(found, lambda person: [person.person_id])[:limit]
        self._access.ask(Action.SEARCH, json.dumps([person.person_id for person in shown]))
        return Found(shown, found.total)

    def find_staff(self, text: str, limit: int | None = None) -> list[Staff]:
        """Find staff by number (leading zeros may lack), name or reading; the audit log names those who are found."""
        members: list[Staff] = self._store.select("Staff", {"staff_id": searching.numbers(text)})
        if not members and (wanted := self.form(text)):
            shown = ((member, (member.staff_id, member.name, member.kana)) for member in self._store.select("Staff"))
            members = [member for member, texts in shown if any(wanted in self.form(each) for each in texts)]
        listed = self._access.shown(members, lambda member: [f"staff:{member.staff_id}"])[:limit]
        self._access.ask(Action.FIND_STAFF, json.dumps([member.staff_id for member in listed]))
        return listed

    def form(self, text: str) -> str:
        """Fold a text so that what is typed and what a page shows compare equal."""
        return searching.form(text, searching.unpacked(self._facts.folds))

    def _found(self, text: str, limit: int | None) -> Found:
        known = self._store.people(searching.numbers(text))
        if known:
            return Found(known[:limit], len(known))
        folds = searching.unpacked(self._facts.folds)
        tried = (self._store.search(" ".join(words), limit) for words in searching.readings(text, folds))
        return next((found for found in tried if found), Found())

    def relatives(self, a: str, max_degree: int = 6, as_of: date | None = None) -> Relatives:
        """Give everybody who is kin of one person within a degree, ordered by person id."""
        self._access.ask(Action.RELATIVES, json.dumps([a, max_degree]), [a])
        if max_degree < 0:
            raise UsageError(
                f"a degree is 0 or more, not {max_degree}", f"親等は0以上です({max_degree}ではありません)。"
            )
        found = kin.relatives(self._store, a, self._who(a), max_degree, as_of or self._last_day())
        return replace(found, relatives=tuple(self._access.shown(found.relatives, lambda each: [each.person])))

    def looked(
        self,
        *,
        viewer: str | None = None,
        subject: str | None = None,
        terminal: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[past.Looked]:
        """List lookups by a viewer, of a subject or at a terminal, by time, each with the viewer and their section."""
        wanted = {"viewer": viewer, "subject": subject, "terminal": terminal, "since": since, "until": until}
        self._access.ask(Action.LOOKUPS, json.dumps(plain(wanted)), [f"staff:{viewer}", subject or ""])
        asking.within(self._facts, since, until)
        for kind, name in (("staff", viewer), ("person", subject), ("terminal", terminal)):
            self._must_be(kind, name)
        found = past.with_staff(self._store, past.lookups(self._paths.judged(self.run_id), wanted))
        return self._access.shown(found, lambda each: [f"staff:{each.viewer}", each.subject])

    def history(self, person: str) -> History:
        """Give who looked a person up, and what ties them to that person."""
        self._access.ask(Action.HISTORY, person, [person])
        lookups, subject, examined = self._seen(person)
        tied = past.with_ties(self._store, self._ledger.identities(), lookups, subject)
        entries = tuple(past.entry(each) for each in tied)
        return History(person=person, as_of=self._last_day(), denominators=examined, lookups=entries)

    def disclosure(self, person: str) -> Disclosure:
        """Give who looked a person up as that person may have it, and whether that is all."""
        self._access.ask(Action.DISCLOSURE, person, [person])
        left_out = self.left_out
        lookups, subject, examined = self._seen(person)
        held = past.in_inquiry(self._store, self._ledger.dispositions(), subject)
        disclosed, withheld = past.disclosed(lookups, held, self.policy.protected_sections)
        unknown = past.unknown(self._facts, lookups)
        lacking = withheld != Withheld() or unknown != Unsure() or examined.missing or self.left_out > left_out
        return Disclosure(
            person=person,
            as_of=self._last_day(),
            denominators=examined,
            lookups=tuple(past.disclosed_entry(each) for each in disclosed),
            withheld=withheld,
            unknown=unknown,
            complete=not lacking and deliveries.whole(examined.log_coverage),
        )

    def _seen(self, person: str) -> tuple[list[past.Looked], str, Examined]:
        """Give the lookups of whoever is meant, who that is, and what this rests on."""
        path, subject = self._paths.judged(self.run_id), self._person(person)
        found = past.with_staff(self._store, past.lookups(path, {"subject": subject}))
        shown = self._access.shown(found, lambda each: [f"staff:{each.viewer}"])
        return shown, subject, past.examined(self._facts, path)

    def on_duty(self, terminal: str, day: date) -> list[OnDuty]:
        """List the staff on the roster of a terminal's section on a day, whether present or away."""
        self._access.ask(Action.ON_DUTY, json.dumps([terminal, plain(day)]))
        self._must_be("terminal", terminal, WorkspaceError)
        return self._access.shown(past.on_duty(self._store, terminal, day), lambda each: [f"staff:{each.staff}"])

    def unattended(self, section: str | None = None) -> Unattended:
        """Give the sessions in which two people were at one logged-in terminal, in all and by section."""
        self._access.ask(Action.UNATTENDED, section or "")
        wanted = None if section is None else sections.scope(self._store, section)
        found = unattended.report(self._store, self._paths.judged(self.run_id), self._last_day(), wanted)
        return replace(found, sessions=tuple(self._access.shown(found.sessions, lambda each: [f"staff:{each.holder}"])))

    def leak(self, conflict_id: str) -> Leak:
        """List who is kin of both viewer and subject: what was seen may have been passed on through them."""
        self._access.ask(Action.LEAK, conflict_id, self._access.about(conflict_id))
        found = common_kin.view(self._store, self._ledger.identities(), conflict_id, self._last_day())
        shown = self._access.shown(found.between, lambda each: [each.person, f"staff:{each.staff}"])
        return replace(found, between=tuple(shown))

    def observed(self, staff: str) -> Observed:
        """Compare somebody's lookups of their own kin with what chance alone would give for their workload (X6)."""
        self._access.ask(Action.OBSERVED, staff, [f"staff:{staff}"])
        who = self._who_is(staff)
        related = self._store.select("RELATED_TO", {"start": [who.person or ""]})
        found = expected.observed(
            self._paths.judged(self.run_id), staff, {r.end for r in related if r.kind in expected.KIN}
        )
        return found if who.unknown is None else expected.unknown(found, carried([who]))

    def postings(self, staff: str) -> tuple[Posting, ...]:
        """Give the sections a member of staff has belonged to, the oldest first."""
        self._access.ask(Action.POSTINGS, staff, [f"staff:{staff}"])
        return postings.read(self._store, [staff]).history(staff)

    def is_staff(self, number: str) -> bool:
        """Say whether a number is that of a member of staff."""
        return bool(self._store.select("Staff", {"staff_id": [number]}))

    def note(self, conflict_id: str, text: str) -> Note:
        """Add a note to a conflict of this generation."""
        self._access.allow(Action.NOTE, conflict_id, self._access.about(conflict_id))
        existing.of_conflict(self._store, conflict_id)
        return self._ledger.note(conflict_id, text)

    def notes(self, conflict_id: str) -> tuple[Note, ...]:
        """Give the notes on a conflict."""
        self._access.ask(Action.NOTES, conflict_id, self._access.about(conflict_id))
        return self._ledger.notes(conflict_id)

    def accounts(self, staff: str) -> Accounts:
        """List every account that a member of staff has in any system, so that it can be revoked."""
        self._access.ask(Action.ACCOUNTS, staff, [f"staff:{staff}"])
        return past.revocation_list(self._store, staff)

    def who_is(self, staff: str) -> Standing:
        """Say who a member of staff is among the residents, as scored and as decided since."""
        self._access.ask(Action.STANDING, staff, [f"staff:{staff}"])
        return self._who_is(staff)

    @property
    def left_out(self) -> int:
        """Count the entries that were left out of lists so far, as the reader is not told of them."""
        return self._access.left_out

    def _who_is(self, staff: str) -> Standing:
        return standing(self._store, self._ledger.identities(), staff)

    def _who(self, reference: str) -> Who:
        """Tell who an id stands for; `staff:0123456` is the resident whom that member of staff is or may be."""
        if reference.startswith("staff:"):
            found = self._who_is(reference.removeprefix("staff:"))
            return Who(person=found.person, standing=found if found.unknown else None)
        self._must_be("person", reference, WorkspaceError)
        return Who(person=reference)

    def _person(self, reference: str) -> str:
        """Give the one person behind an id. Raises WorkspaceError where nobody knows which resident it is."""
        who = self._who(reference)
        if who.person is None:
            assert who.standing is not None and who.standing.unknown is not None
            said = both(who.standing.unknown)
            raise WorkspaceError(said.en, said.ja)
        return who.person

    def _must_be(self, kind: str, name: str | None, error: type[EnkanError] = UsageError) -> None:
        """Raise an error, with the nearest names there are, unless something of this kind has the name."""
        if name is not None:
            existing.must_be(self._store, self._paths.judged(self.run_id), kind, name, error)

    def _last_day(self) -> date:
        return max(counts.day for counts in self._facts.days)
