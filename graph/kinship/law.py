"""What the Civil Code and the recusal rules say of a relation: degree, preset, tense and which of two is closer."""

from dataclasses import dataclass
from datetime import date

from graph.model import UNKNOWN_START, Grade, Kind, Tense


@dataclass(frozen=True, slots=True)
class Preset:
    """Whose lookups a rule minds: the furthest degree of each class of kin, None for no limit (§10)."""

    name: str
    title: str
    lineal: int | None
    collateral: int
    affinity: int


# S1: whatever the preset, oneself, the spouse (de facto too), the household and former ties count.
PRESETS = {
    preset.name: preset
    for preset in (
        Preset("core", "地方自治法117条", lineal=None, collateral=2, affinity=0),
        Preset("4", "4親等内の親族", lineal=4, collateral=4, affinity=3),
        Preset("725", "民法725条の親族", lineal=6, collateral=6, affinity=3),
    )
}

ALWAYS = frozenset({Kind.SELF, Kind.SPOUSE, Kind.DE_FACTO, Kind.HOUSEHOLD})


def civil_degree(kind: str, up: int, down: int) -> int | None:
    """Give the 親等, or None for a spouse and whatever has none (C1, C2).

    >>> civil_degree("blood", 2, 2)
    4
    """
    return up + down if kind in (Kind.BLOOD, Kind.AFFINITY) else None


def in_preset(kind: str, up: int, down: int, preset: str) -> bool:
    """Tell whether a relation is one the preset minds; ties outside the law never are."""
    limits = PRESETS[preset]
    if kind == Kind.AFFINITY:
        return up + down <= limits.affinity
    if kind != Kind.BLOOD:
        return kind in ALWAYS
    if up == 0 or down == 0:
        return limits.lineal is None or up + down <= limits.lineal
    return up + down <= limits.collateral


def tense(valid_from: date, valid_to: date | None, day: date) -> Tense:
    """Place a relation's validity on a day (A9); an ended one whose start is unknown is uncertain before its end."""
    if valid_to is not None and valid_to <= day:
        return Tense.FORMER
    if valid_from > day:
        return Tense.FUTURE
    if valid_from == UNKNOWN_START and valid_to is not None:
        return Tense.UNCERTAIN
    return Tense.CURRENT


_CLASSES = (Kind.SELF, Kind.SPOUSE, Kind.DE_FACTO, Kind.BLOOD, Kind.TIE, Kind.HOUSEHOLD)
_TENSES = (Tense.CURRENT, Tense.UNCERTAIN, Tense.FORMER, Tense.FUTURE)
_NATURES = ("", "birth", "recognised", "adoptive")
_HALVES = ("", "full", "half", "unknown")

Closeness = tuple[int, int, int, bool, int, int, int]


def closeness(
    kind: str, up: int, down: int, *, tense: str, nature: str = "", half: str = "", grade: str = Grade.REGISTERED
) -> Closeness:
    """Give a key that sorts the relations of a pair closest first; the first is the headline (A4).

    Degrees count before classes, so that affinity 2 comes before blood 4; at one degree what holds comes before what has
    ended, then blood before affinity.
    """
    rank = _CLASSES.index(Kind.BLOOD if kind == Kind.AFFINITY else Kind(kind))
    held = _TENSES.index(Tense(tense))
    by_affinity = kind == Kind.AFFINITY
    return (
        rank,
        civil_degree(kind, up, down) or 0,
        held,
        by_affinity,
        _NATURES.index(nature),
        _HALVES.index(half),
        list(Grade).index(Grade(grade)),
    )
