"""What a workspace answers of kin: ties, relatives, who is kin of both, and what rests on an open identity."""

from datetime import date
from typing import TypedDict

from graph.model import IdentityState, record, where_known
from graph.records.results import Tie
from words import Message


@record
class MayBe:
    """A resident who may be a member of staff."""

    person: str
    p: float


@record
class Unidentified:
    """A member of staff of whom nobody knows for certain which resident they are."""

    staff: str
    state: IdentityState
    candidates: tuple[MayBe, ...]
    p_nobody: float | None


class RestsOn(TypedDict, total=False):
    """What an answer carries where it rests on an identity that is missing or open; nothing where none does."""

    identity: tuple[Unidentified, ...]
    kin_unknown: tuple[Message, ...]


@record
class RelatedIf:
    """What two people are to each other if they are the candidates `a` and `b`, of a probability."""

    a: str
    b: str
    p: float
    ties: tuple[Tie, ...]
    lines: tuple[Tie, ...]


@record
class Related:
    """Every tie of two people, and every line of each."""

    a: str
    b: str
    as_of: date
    ties: tuple[Tie, ...]
    lines: tuple[Tie, ...]
    conditional: tuple[RelatedIf, ...] | None = where_known()
    identity: tuple[Unidentified, ...] | None = where_known()
    kin_unknown: tuple[Message, ...] | None = where_known()


@record
class Relative:
    """One person's kin, with what they are to that person, the closest tie first."""

    person: str
    ties: tuple[Tie, ...]


@record
class RelativesIf:
    """The kin of somebody if they are the candidate `a`, of a probability."""

    a: str
    p: float
    relatives: tuple[Relative, ...]


@record
class Relatives:
    """Everybody who is kin of one person within a degree."""

    a: str
    as_of: date
    relatives: tuple[Relative, ...]
    conditional: tuple[RelativesIf, ...] | None = where_known()
    identity: tuple[Unidentified, ...] | None = where_known()
    kin_unknown: tuple[Message, ...] | None = where_known()


@record
class Between:
    """One person who is kin of both, with what they are to each; `staff` where they are a member of staff too."""

    person: str
    name: str
    staff: str | None
    to_viewer: tuple[Tie, ...]
    to_subject: tuple[Tie, ...]


@record
class Leak:
    """Who is kin of both sides of a conflict."""

    conflict_id: str
    viewer: str
    subject: str
    as_of: date
    between: tuple[Between, ...]
    identity: tuple[Unidentified, ...] | None = where_known()
    kin_unknown: tuple[Message, ...] | None = where_known()


@record
class SystemObserved:
    """Lookups of one's kin in one system; None where nobody knows who the kin are."""

    system: str
    persons_shown: int
    observed: int | None
    explained: int | None
    expected: float | None


@record
class Observed:
    """Lookups of one's own kin beside what chance would give; `ratio` is None where chance gives nothing."""

    staff: str
    observed: int | None
    explained: int | None
    expected: float | None
    ratio: float | None
    interval: tuple[float, float] | None
    systems: tuple[SystemObserved, ...]
    identity: tuple[Unidentified, ...] | None = where_known()
    kin_unknown: tuple[Message, ...] | None = where_known()
