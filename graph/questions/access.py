"""Who may ask what: the one place that knows roles, and the one way to an answer, which is written down or refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from graph.errors import Refused
from graph.model import Conflict
from graph.questions.ledger import Ledger
from graph.records.reader import Reader, Role

T = TypeVar("T")
Barred = frozenset[str]


class Action(StrEnum):
    """What can be asked or done, in the word that the audit log has for it."""

    REPORT = "report"
    STATUS = "status"
    COVERAGE = "log coverage"
    QUARANTINE = "quarantine"
    EXPORT = "export"
    RELATION = "relation"
    RELATIVES = "relatives"
    PEDIGREE = "pedigree"
    SEARCH = "search"
    FIND_STAFF = "find staff"
    LOOKUPS = "lookups"
    HISTORY = "history"
    DISCLOSURE = "disclosure"
    ON_DUTY = "on duty"
    UNATTENDED = "unattended"
    LEAK = "leak"
    OBSERVED = "observed"
    POSTINGS = "postings"
    ACCOUNTS = "accounts"
    IDENTITY = "identity"
    COMPARISON = "comparison"
    STANDING = "standing"
    OWN_CIRCLE = "own circle"
    EFFECT = "effect"
    DECISIONS = "decisions"
    NOTES = "notes"
    DECIDE = "decide"
    SETTLE = "settle"
    NOTE = "note"
    ACCEPT = "accept"


ALLOWED: Mapping[Role, frozenset[Action]] = {Role.LOCAL: frozenset(Action)}


def ensure(reader: Reader, action: Action, ids: Iterable[str] = ()) -> None:
    """Let a reader ask. Raises Refused where the role may not, or where somebody is meant of whom they are not told."""
    if action not in ALLOWED[reader.role]:
        raise Refused(
            f"{reader.name} ({reader.role}) may not ask for: {action}",
            f"{reader.name}（{reader.role}）には「{action}」の権限がありません",
        )
    if reader.barred.intersection(ids):
        raise Refused(
            f"{reader.name} is not told of this person: {action}",
            f"{reader.name} はこの人について照会できません（{action}）",
        )


class Access:
    """One reader's way to the answers of a workspace."""

    def __init__(
        self, reader: Reader, ledger: Ledger, conflict: Callable[[str], Conflict], names: Callable[[Barred], Barred]
    ) -> None:
        """Take who asks; `conflict` reads one, `names` gives the barred under every id that may be theirs."""
        self.reader = replace(reader, barred=names(reader.barred)) if reader.barred else reader
        self.left_out = 0  # entries that were left out of lists, as the reader is not told of them
        self._ledger = ledger
        self._conflict = conflict

    def ask(self, action: Action, target: str, ids: Iterable[str] = ()) -> None:
        """Write down what is asked, by ids only, before it is answered. Raises Refused, which is written down too."""
        self.allow(action, target, ids)
        self._ledger.seen(action, target)

    def allow(self, action: Action, target: str, ids: Iterable[str] = ()) -> None:
        """Let something be done that the ledger writes down itself. Raises Refused, which is written down."""
        try:
            ensure(self.reader, action, ids)
        except Refused:
            self._ledger.seen("refused", f"{action} {target}")
            raise

    def about(self, conflict_id: str) -> tuple[str, ...]:
        """Name whom a conflict is about; it is only read where the reader is not told of everybody."""
        if not self.reader.barred:
            return ()
        conflict = self._conflict(conflict_id)
        return f"staff:{conflict.viewer_id}", conflict.viewer_person, conflict.subject_id

    def shown(self, entries: Iterable[T], ids: Callable[[T], Iterable[str]]) -> list[T]:
        """Leave out and count the entries about somebody of whom the reader is not told."""
        every = list(entries)
        kept = [entry for entry in every if not self.reader.barred.intersection(ids(entry))]
        self.left_out += len(every) - len(kept)
        return kept
