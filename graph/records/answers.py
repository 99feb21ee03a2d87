"""What a workspace answers about one person, one member of staff or one terminal, in the shapes of the interface."""

from collections.abc import Mapping
from datetime import date, datetime

from graph.model import AccountKind, IdentityState, MatchOutcome, Outcome, Reason, View, record, where_known
from graph.records.accepted import DoubtfulFile
from graph.records.clocks import Clock
from graph.records.deliveries import LogCoverage, LogSpan
from graph.records.facts import SourceFile, UnmatchedTree
from graph.records.results import Explained, LookupEntry, SectionAsked, Tie
from words import Message

Count = int | None


@record
class HistoryEntry(LookupEntry):
    """A lookup of a history: who it was, and what ties them to the person."""

    viewer: str | None
    viewer_name: str | None
    viewer_section: str
    ties: tuple[Tie, ...]
    ties_known: bool  # false where nobody knows which resident the viewer is


@record
class Examined:
    """What a history rests on: log rows read, lookups of each system, sources that were missing, holes of the logs."""

    rows: int
    systems: Mapping[str, int]
    missing: tuple[str, ...]
    spans: tuple[LogSpan, ...]
    log_coverage: tuple[LogCoverage, ...]


@record
class History:
    """Who looked one person up."""

    person: str
    as_of: date
    denominators: Examined
    lookups: tuple[HistoryEntry, ...]


@record
class DisclosedLookup:
    """A lookup as the person is told of it; both `viewer` and `viewer_section` are the section."""

    time: datetime
    system: str
    via: str
    operation: str
    view: View
    outcome: Outcome
    explanation: Explained | None
    viewer: str
    viewer_section: str


@record
class Withheld:
    """Of how many lookups something is withheld, by reason."""

    open_inquiry: Count = where_known()
    protected_section: Count = where_known()


@record
class Unsure:
    """What keeps a history from being sure to be whole, by reason."""

    refused_file: Count = where_known()
    unreadable_row: Count = where_known()
    unknown_subject: Count = where_known()
    unknown_operator: Count = where_known()


@record
class Disclosure:
    """Who looked one person up, as that person may have it."""

    person: str
    as_of: date
    denominators: Examined
    lookups: tuple[DisclosedLookup, ...]
    withheld: Withheld
    unknown: Unsure
    complete: bool


@record
class Revocable:
    """An account of a member of staff with its days, for whoever revokes it."""

    system: str
    account: str
    kind: AccountKind
    valid_from: date
    valid_to: date | None


@record
class Accounts:
    """Every account of a member of staff in any system."""

    staff: str
    accounts: tuple[Revocable, ...]


@record
class Posting:
    """A section that somebody has belonged to, with the days."""

    section: str
    valid_from: date
    valid_to: date | None


@record
class OnDuty:
    """Somebody on the roster of a section, from one minute to another."""

    staff: str
    name: str
    section: str
    from_: datetime
    to: datetime
    present: bool


@record
class Session:
    """One session at which two people were: lookups under one account at one terminal."""

    terminal: str
    holder: str
    first: datetime
    last: datetime
    lookups: int
    while_away: int
    other_accounts: int
    section: str
    system: str
    account: str


@record
class Unattended:
    """The sessions in which two people were at one logged-in terminal, in all and by section."""

    as_of: date
    sections: Mapping[str, int]
    sessions: tuple[Session, ...]
    section: SectionAsked | None = where_known()


@record
class Candidate:
    """A resident who may be a member of staff, and what speaks for that and against it."""

    person: str
    p: float | None
    tier: int
    evidence: tuple[Message, ...]
    codes: tuple[str, ...]


@record
class StaffIdentity:
    """Who a member of staff may be among the residents, and what somebody has decided on that."""

    staff: str
    outcome: MatchOutcome
    p_nobody: float | None
    candidates: tuple[Candidate, ...]
    decided_by: str | None = where_known()
    decided_at: str | None = where_known()
    state: IdentityState | None = where_known()
    note: str | None = where_known()


@record
class Quarantined:
    """Where a rejected row stood, and why it was rejected; not what it said."""

    file: str
    line: int
    column: str
    reason: Reason


@record
class DecisionCounts:
    """The decisions in force, and those among them that the data published now puts in question."""

    changed: int
    lost: int
    other_policy: int
    standing: int


@record
class Status:
    """What is loaded, file by file and kind by kind, what is missing, and which questions are open."""

    clocks: tuple[Clock, ...]
    counts: Mapping[str, int]
    coverage: Mapping[str, int | float]
    decisions: DecisionCounts
    files: tuple[SourceFile, ...]
    identity_open: int
    log_coverage: tuple[LogCoverage, ...]
    missing: tuple[str, ...]
    refused: tuple[DoubtfulFile, ...]
    run_id: str
    shrunk: tuple[DoubtfulFile, ...]
    unmatched_trees: tuple[UnmatchedTree, ...]
