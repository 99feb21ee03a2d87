"""How a decision stands beside what is there now: whatever it was not made on puts its case back (判断後に変化)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from graph.kinship import law
from graph.model import Kind, Relation, Tense, record
from graph.records.decisions import Change, Covers, Disposition, ScoreChange
from graph.records.results import JST, LookupEntry, Tie

GROWN = 1.1  # a score higher by a tenth is another score


@record
class Ground:
    """What a conflict rests on: its lookups in time order, its ties, its score (None where it counts others too)."""

    lookups: tuple[LookupEntry, ...]
    ties: tuple[str, ...]
    score: float | None
    policy: str
    identified: bool  # False where a person decided that the viewer is not who the ties start from


def tie_key(tie: Tie | Relation) -> str:
    """Name a tie by what makes it another one: kind, steps, side and nature; that it has ended makes it no new one."""
    steps = (tie.up, tie.down) if tie.kind in (Kind.BLOOD, Kind.AFFINITY) else ("", "")
    return ":".join(map(str, (tie.kind, *steps, tie.side, tie.nature)))


def tie_keys(relations: Iterable[Relation], on: date) -> tuple[str, ...]:
    """Name the ties that had begun by a day."""
    return tuple(sorted({tie_key(each) for each in relations if law.tense(each, on) != Tense.FUTURE}))


def covered(ground: Ground) -> Covers:
    """Say what a decision that is made now covers."""
    return Covers(
        lookups=tuple(sorted(lookup.lookup_id for lookup in ground.lookups)),
        ties=ground.ties,
        last_lookup=max((lookup.time for lookup in ground.lookups), default=None),
        score=ground.score,
        policy=ground.policy,
        identified=ground.identified,
    )


def beside(found: Disposition, ground: Ground, as_of: date | None) -> Disposition:
    """Set a decision beside what its conflict rests on now; `as_of` tells whether it still holds."""
    covers = found.covers or _assumed(found, ground)
    seen = set(covers.lookups)
    change = Change(
        lookups=tuple(x.lookup_id for x in ground.lookups if x.lookup_id not in seen),
        score=_score(covers, ground),
        ties=() if covers.assumed else tuple(key for key in ground.ties if key not in covers.ties),
        expired=bool(found.until and as_of and as_of > date.fromisoformat(found.until)),
        identity=covers.identified and not ground.identified,
    )
    is_any = any((change.lookups, change.score, change.ties, change.expired, change.identity))
    return replace(found, covers=covers, changed=change if is_any else None)


def _assumed(found: Disposition, ground: Ground) -> Covers:
    """Give an older decision, which did not write down what it was made on, the lookups before its day."""
    day = datetime.fromisoformat(found.at).astimezone(JST).date()
    before = tuple(lookup for lookup in ground.lookups if lookup.time.date() < day)
    unknown = replace(ground, lookups=before, ties=(), score=None, policy="", identified=True)
    return replace(covered(unknown), assumed=True)


def _score(covers: Covers, ground: Ground) -> ScoreChange | None:
    """Compare like with like: scores under two policies say nothing of the case."""
    if covers.score is None or ground.score is None or covers.policy != ground.policy:
        return None
    higher = covers.score < ground.score and round(ground.score / covers.score, 6) >= GROWN if covers.score else False
    return ScoreChange(then=covers.score, now=ground.score) if higher else None
