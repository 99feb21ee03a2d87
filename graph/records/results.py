"""What readers see: the JSON shapes of the interface as frozen records."""

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from graph.model import record
from graph.records.accepted import DoubtfulFile
from graph.records.clocks import Clock
from graph.records.decisions import Disposition, IdentityEffect, LostDecision
from graph.records.deliveries import NotExamined
from words import Message, Said, Words

JST = timezone(timedelta(hours=9))


@record
class PathStep:
    """One person on a tie's line; `name` is for people, ids are for programs."""

    person: str
    placeholder: bool
    name: str


@record
class Edge:
    """One step of a tie's line with the register entry behind it."""

    from_: str
    to: str
    type: str
    grade: str
    file: str
    line: int


@record
class Tie:
    """One relation of one pair, seen from the first person."""

    kind: str
    up: int | None
    down: int | None
    side: str
    degree: int | None
    nature: str
    half: str
    grade: str
    tense: str
    valid_from: date | None
    valid_to: date | None
    term_ja: str
    term_en: str
    path: tuple[PathStep, ...]
    edges: tuple[Edge, ...]


@record
class Explained:
    """The business record that accounts for a lookup."""

    template: str
    record: str


@record
class Caller:
    """The calling row of a relayed lookup."""

    file: str
    line: int


@record
class LookupEntry:
    """One lookup as a conflict or a history lists it."""

    lookup_id: str
    time: datetime
    system: str
    via: str
    account: str
    terminal: str
    operation: str
    view: str
    attribution: str
    tense: str
    outcome: str
    explanation: Explained | None
    file: str
    line: int
    caller: Caller | None


@record
class Factor:
    """One multiplier of a score, and what earned it."""

    name: str
    value: float
    sentence: Message


@record
class Identity:
    """How surely the viewer is the person the tie starts from."""

    p: float | None
    tier: int
    decided_by: str = ""


@record
class ConflictCase:
    """One viewer-subject pair with its ties, its lookups and what makes it stand out."""

    conflict_id: str
    viewer: str
    viewer_name: str | None
    viewer_section: str
    subject: str
    subject_name: str | None
    outcome: str
    score: float
    factors: tuple[Factor, ...]
    ties: tuple[Tie, ...]
    identity: Identity
    first_lookup: datetime
    last_lookup: datetime
    systems: tuple[str, ...]
    lookups: tuple[LookupEntry, ...]
    disposition: Disposition | None


@record
class BorrowedCandidate:
    """A colleague who is kin of the subject and was on duty there."""

    viewer: str
    p: float | None
    ties: tuple[Tie, ...]


@record
class Borrowed:
    """Unexplained lookups under one holder's account, with those to check with."""

    borrowed_id: str
    subject: str
    holder: str
    candidates: tuple[BorrowedCandidate, ...]
    lookups: tuple[LookupEntry, ...]
    sentences: tuple[Message, ...]


@record
class Period:
    """First and last day examined, both inclusive; None where nothing was examined."""

    since: date | None
    until: date | None


@record
class SectionAsked:
    """The section a report is about: the units that were taken, and names that begin alike and were not."""

    asked: str
    units: tuple[str, ...]
    alike: tuple[str, ...]


@record
class PolicyStamp:
    """Which preset filtered the report, and the policy behind it: its file's name and hash, and whose it is.

    `scored_by` is the hash of the policy by which the generation was matched and scored, where that is another.
    """

    preset: str
    sha256: str
    file: str
    origin: str
    scored_by: str | None


@record
class SourceStamp:
    """One source file that went in."""

    file: str
    sha256: str


@record
class Denominators:
    """Lookups in disjoint classes that add up to their totals (L8, X5)."""

    rows: int
    relayed_merged: int
    lookups: int
    joined: int
    search_only: int
    unjoinable: dict[str, int]
    related: int
    unrelated: int
    related_explained: int
    related_suspicious: int
    unrelated_explained: int
    unrelated_unexplained: int
    unlinked_viewer: int


@record
class Asked:
    """What a report was asked for, as it was said; None where nothing was."""

    preset: str | None
    section: str | None
    since: date | None
    until: date | None
    as_of: date | None


@record
class Report:
    """A conflict report: what was examined, and what is to be reviewed."""

    as_of: date | None
    asked: Asked
    period: Period
    section: SectionAsked | None
    span: Period
    policy: PolicyStamp
    sources: tuple[SourceStamp, ...]
    missing: tuple[str, ...]
    denominators: Denominators
    conflicts: tuple[ConflictCase, ...]
    annex: tuple[ConflictCase, ...]
    to_confirm: tuple[ConflictCase, ...]
    borrowed: tuple[Borrowed, ...]
    borrowed_not_listed: int
    identity_decisions: tuple[IdentityEffect, ...]
    lost_decisions: tuple[LostDecision, ...]
    other_policy: int  # decisions made under another policy: their scores were not compared
    refused: tuple[DoubtfulFile, ...] = ()
    shrunk: tuple[DoubtfulFile, ...] = ()  # full files taken though they look cut off
    log_coverage: tuple[dict[str, Any], ...] = ()  # systems with holes in the period only
    not_examined: tuple[NotExamined, ...] = ()
    clocks: tuple[Clock, ...] = ()  # of systems that lie apart


def borrowed_id(subject: str, holder: str) -> str:
    """Name the group of lookups of one subject under one holder's account, the same in every run."""
    return f"b-{hashlib.sha256(f'{subject} {holder}'.encode()).hexdigest()[:12]}"


def plain(value: Any, words: Words | None = None) -> Any:
    """Turn a record into what JSON can hold: times with the offset of Japan, sentences in the reader's words."""
    if isinstance(value, Message | Said) and words:
        return words.tell(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name.rstrip("_"): plain(getattr(value, field.name), words) for field in fields(value)}
    if isinstance(value, datetime):
        return value.replace(tzinfo=JST).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item, words) for item in value]
    if isinstance(value, dict):
        return {key: plain(item, words) for key, item in sorted(value.items())}
    return value
