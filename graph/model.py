"""The records of the graph: what a node or a relationship holds, and nothing about how it is stored.

Two conventions hold throughout. Validity is half-open, `[valid_from, valid_to)`; an unknown start is `UNKNOWN_START`
(a key may not be null) and an open end is None. `source_file` and `source_line` name the register entry behind a fact.
Of an end that is not known to the day `may_end` is the first day on which it may have come, and `valid_to` the one by
which it certainly had (None where nobody knows): between the two the tense is uncertain.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar, dataclass_transform

UNKNOWN_START = date(1, 1, 1)

T = TypeVar("T")


class Grade(StrEnum):
    """How well a kin link is founded, best first (E11)."""

    REGISTERED = "registered"
    STATED = "stated"
    COMPOSED = "composed"
    PROBABLE = "probable"
    HINT = "hint"


class Kind(StrEnum):
    """What ties two people, closest first where degrees do not decide."""

    SELF = "self"
    SPOUSE = "spouse"
    BLOOD = "blood"
    AFFINITY = "affinity"
    DE_FACTO = "de_facto"
    HOUSEHOLD = "household"
    TIE = "tie"


class Tense(StrEnum):
    """A relation at the time of a lookup (A9)."""

    CURRENT = "current"
    FORMER = "former"
    FUTURE = "future"
    UNCERTAIN = "uncertain"


class Outcome(StrEnum):
    """Whether business accounts for a lookup (X3), best first."""

    EXPLAINED = "explained"
    UNEXPLAINED = "unexplained"
    SUSPICIOUS = "suspicious"


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a frozen, slotted, keyword-only dataclass."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


# Nodes


@record
class Person:
    """A human in a register, or one the registers imply (`placeholder`)."""

    person_id: str  # 宛名番号; without one: koseki:… hr:… ged:… anon:…
    name: str
    kana: str
    sex: str  # M, F or empty
    birth_date: date | None  # None where the register's text is no calendar day
    birth_text: str
    death_date: date | None
    status: str  # resident, moved, dead, or empty (known from 戸籍 or implied only)
    address: str
    search_key: str  # name, kana, address, numbers and birth in the one form of searching.py
    placeholder: bool
    source_file: str
    source_line: int
    other_numbers: str = ""  # other 宛名番号 of the same human, each with what united them (J7)


@record
class Household:
    """世帯; institutions make no kin (Z10)."""

    household_id: str
    institution: bool


@record
class FamilyRegister:
    """戸籍, keyed by 本籍 + 筆頭者 + version (K5)."""

    register_id: str
    honseki: str
    head_name: str
    version: str  # current, closed, superseded


@record
class Staff:
    """One employment of a member of staff."""

    staff_id: str
    name: str
    kana: str
    sex: str
    birth_date: date | None
    address: str  # as personnel have it
    section_id: str  # the latest
    p_nobody: float | None  # probability that no resident is this member of staff; None until scored


@record
class Section:
    """所属."""

    section_id: str
    name: str


@record
class Account:
    """An operator id of one system (L5)."""

    account_id: str  # system:operator
    system: str
    operator: str
    kind: str  # personal, shared, temporary, system


@record
class Terminal:
    """端末."""

    terminal_id: str
    place: str


@record
class Lookup:
    """One access; a relayed row and its calling row are one (L4)."""

    lookup_id: str
    time: datetime  # local time of the source clock
    system: str  # the system that was read
    via: str  # the calling system, or empty
    operation: str
    view: str  # direct, household, search
    attribution: str  # own, relayed, shared, borrowed
    file: str
    line: int
    caller_file: str
    caller_line: int  # 0 where there is no calling row


@record
class Conflict:
    """One viewer-subject pair with a relation and at least one lookup."""

    conflict_id: str
    viewer_id: str
    viewer_person: str
    subject_id: str
    outcome: str
    score: float
    factors: str  # JSON list of {name, value, figures}: codes and numbers, which the catalogue words for a reader
    identity_tier: int
    identity_p: float | None
    first_lookup: datetime
    last_lookup: datetime
    systems: tuple[str, ...]


@record
class Generation:
    """One published run; readers filter on it."""

    run_id: str
    published: bool
    facts: str  # JSON: sources, missing, policy, days, borrowed (graph/conflicts says which)


# Relationships: `start` and `end` are the keys of the two nodes


@record
class ParentLink:
    """(:Person)-[:PARENT_OF]->(:Person)."""

    start: str
    end: str
    nature: str  # birth, adoptive, special_adoptive, recognised
    grade: str
    valid_from: date  # birth, or the day of adoption
    valid_to: date | None
    ended_by: str  # dissolution (離縁), special_adoption, vanished, or empty
    source_file: str
    source_line: int
    may_end: date | None = None


@record
class SpouseLink:
    """(:Person)-[:SPOUSE_OF]->(:Person), the two ordered by id."""

    start: str
    end: str
    nature: str  # legal, de_facto
    grade: str
    valid_from: date
    valid_to: date | None
    ended_by: str  # divorce, death, termination (姻族関係終了), vanished, or empty
    source_file: str
    source_line: int
    may_end: date | None = None


@record
class Membership:
    """(:Person)-[:MEMBER_OF]->(:Household)."""

    start: str
    end: str
    relation_to_head: str  # 続柄, canonical text
    valid_from: date
    valid_to: date | None
    source_file: str
    source_line: int


@record
class RegisterEntry:
    """(:Person)-[:REGISTERED_IN]->(:FamilyRegister)."""

    start: str
    end: str
    valid_from: date
    valid_to: date | None
    source_file: str
    source_line: int


@record
class IdentityLink:
    """(:Staff)-[:IDENTIFIED_AS]->(:Person): one for every candidate; a staff member's p and p_nobody sum to one.

    Who is linked to nobody but has kin in the personnel records is `hr:職員番号` with p 1 at tier 0.
    """

    start: str
    end: str
    p: float | None  # 1 or 0 once a person has decided, else as scored; None until scored
    scored_p: float | None  # what the score said, kept for audit
    tier: int
    evidence: tuple[str, ...]
    method: str  # version of the parameters that scored it
    decided_by: str  # who settled it, or empty


@record
class SectionTerm:
    """(:Staff)-[:BELONGS_TO]->(:Section)."""

    start: str
    end: str
    valid_from: date
    valid_to: date | None


@record
class DutySpan:
    """(:Staff)-[:ON_DUTY]->(:Section): present or away, from one minute to another."""

    start: str
    end: str
    valid_from: datetime
    valid_to: datetime
    present: bool
    what: str


@record
class AccountUse:
    """(:Staff)-[:USES]->(:Account)."""

    start: str
    end: str
    valid_from: date
    valid_to: date | None


@record
class TerminalPlace:
    """(:Terminal)-[:LOCATED_IN]->(:Section)."""

    start: str
    end: str
    valid_from: date
    valid_to: date | None


@record
class MadeBy:
    """(:Lookup)-[:MADE_BY]->(:Account)."""

    start: str
    end: str


@record
class At:
    """(:Lookup)-[:AT]->(:Terminal)."""

    start: str
    end: str


@record
class LookupOf:
    """(:Lookup)-[:OF]->(:Person), one for every exposed person (L7)."""

    start: str
    end: str
    view: str  # direct, household


@record
class Relation:
    """(:Person)-[:RELATED_TO]->(:Person), computed; seen from `start`."""

    start: str
    end: str
    kind: str
    up: int  # -1 where the kind has no steps
    down: int
    side: str  # spouse, relative, or empty
    nature: str
    half: str
    grade: str
    valid_from: date
    valid_to: date | None
    label: str  # for kind tie: which tie; for spouse and de_facto empty
    path: tuple[str, ...]  # person ids from start to end
    links: tuple[str, ...]  # one JSON edge for each step: from, to, type, grade, file, line
    may_end: date | None = None


@record
class ConflictViewer:
    """(:Conflict)-[:VIEWER]->(:Staff)."""

    start: str
    end: str


@record
class ConflictSubject:
    """(:Conflict)-[:SUBJECT]->(:Person)."""

    start: str
    end: str


@record
class ConflictLookup:
    """(:Conflict)-[:COUNTS]->(:Lookup)."""

    start: str
    end: str
    outcome: str
    template: str  # the explanation's template, or empty
    record: str  # the explaining record, or empty
    tense: str
