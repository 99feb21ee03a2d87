"""What people have decided: on a conflict and what that rested on, on who a member of staff is; and what they noted."""

from datetime import date, datetime

from graph.errors import UsageError
from graph.model import CaseState, IdentityState, record

STATES = tuple(state.value for state in CaseState)


@record
class Covers:
    """What lay before whoever decided on a conflict; nothing else is decided by it."""

    lookups: tuple[str, ...]
    ties: tuple[str, ...]  # kind:up:down:side:nature
    last_lookup: datetime | None
    score: float | None
    policy: str  # hash of the policy that the score was given under
    identified: bool = True  # the viewer was taken for who the ties start from
    assumed: bool = False  # a decision that kept none of this covers the lookups before its day


@record
class ScoreChange:
    """The score that was decided on, and the one that stands now."""

    then: float
    now: float


@record
class Change:
    """What a decision does not cover."""

    lookups: tuple[str, ...]
    score: ScoreChange | None
    ties: tuple[str, ...]
    expired: bool
    identity: bool  # somebody has decided since that the viewer is not who the ties start from


@record
class Disposition:
    """A reviewer's decision; retired, never deleted. `changed` says why its case is to be looked at again."""

    state: CaseState
    by: str
    at: str
    reason: str
    until: str | None
    covers: Covers | None = None
    changed: Change | None = None


@record
class LostDecision:
    """A decision whose pair does not occur in what is published now."""

    conflict_id: str
    disposition: Disposition


@record
class IdentityDecision:
    """Who a person says that a member of staff is: `person` is None for nobody, and for a decision put off."""

    staff: str
    state: IdentityState  # linked, nobody, later
    person: str | None
    by: str
    at: str
    reason: str


@record
class IdentityEffect:
    """A decision on who somebody is, with the conflicts that a report would have without it."""

    staff: str
    state: IdentityState
    by: str
    at: str
    reason: str
    removed: tuple[str, ...]


@record
class Note:
    """What somebody wrote down about a conflict; never changed or removed."""

    by: str
    at: str
    text: str


def check(state: str, reason: str, until: str | None) -> None:
    """Raise UsageError for what is no decision on a conflict."""
    if state not in STATES:
        known = ", ".join(STATES)
        raise UsageError(
            f"{state!r} is no state of a conflict; it must be one of {known}",
            f"{state!r} という判断はありません。{known} のいずれかです。",
        )
    if not reason.strip():
        raise UsageError("a decision needs a reason", "判断には理由が必要です。")
    try:
        date.fromisoformat(until or "2000-01-01")
    except ValueError:
        raise UsageError(f"{until!r} is no day (YYYY-MM-DD)", f"{until!r} は日付ではありません(YYYY-MM-DD)。") from None
