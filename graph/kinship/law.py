"""What the Civil Code and the recusal rules say of a relation: degree, preset, tense and which of two is closer."""

from dataclasses import dataclass
from datetime import date

from graph.model import UNKNOWN_START, Grade, Kind, Relation, Tense


@dataclass(frozen=True, slots=True)
class Preset:
    """Whose lookups a rule minds: the furthest degree of each class of kin, None for no limit (S1)."""

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


def civil_degree(relation: Relation) -> int | None:
    """Give the 親等, or None for a spouse and whatever has none (C1, C2)."""
    return relation.up + relation.down if relation.kind in (Kind.BLOOD, Kind.AFFINITY) else None


def in_preset(preset: str, kind: str, up: int | None, down: int | None) -> bool:
    """Tell whether a preset minds a relation; ties outside the law it never does.

    >>> in_preset("core", "blood", 1, 1), in_preset("core", "blood", 2, 1), in_preset("core", "spouse", None, None)
    (True, False, True)
    """
    if kind not in (Kind.BLOOD, Kind.AFFINITY) or up is None or down is None:
        return kind in ALWAYS
    limits = PRESETS[preset]
    if kind == Kind.AFFINITY:
        return up + down <= limits.affinity
    if up and down:
        return up + down <= limits.collateral
    return limits.lineal is None or up + down <= limits.lineal


def tense(relation: Relation, day: date) -> Tense:
    """Place a relation's validity on a day (A9).

    Uncertain is one that may have ended by then, and one that ended later but began nobody knows when.
    """
    if relation.valid_to is not None and relation.valid_to <= day:
        return Tense.FORMER
    if relation.valid_from > day:
        return Tense.FUTURE
    if relation.may_end is not None and relation.may_end <= day:
        return Tense.UNCERTAIN
    if relation.valid_from == UNKNOWN_START and relation.valid_to is not None:
        return Tense.UNCERTAIN
    return Tense.CURRENT


_CLASSES = (Kind.SELF, Kind.SPOUSE, Kind.DE_FACTO, Kind.BLOOD, Kind.TIE, Kind.HOUSEHOLD)
_TENSES = (Tense.CURRENT, Tense.UNCERTAIN, Tense.FORMER, Tense.FUTURE)
_NATURES = ("", "birth", "recognised", "adoptive")
_HALVES = ("", "full", "half", "unknown")

Closeness = tuple[int, int, int, bool, int, int, int]


def closeness(relation: Relation, held: str) -> Closeness:
    """Give a key that sorts the relations of a pair closest first; the first is the headline (A4).

    Degrees count before classes, so affinity 2 comes before blood 4; within a degree what holds comes before what has
    ended, then blood before affinity.
    """
    affinity = relation.kind == Kind.AFFINITY
    return (
        _CLASSES.index(Kind.BLOOD if affinity else Kind(relation.kind)),
        civil_degree(relation) or 0,
        _TENSES.index(Tense(held)),
        affinity,
        _NATURES.index(relation.nature),
        _HALVES.index(relation.half),
        list(Grade).index(Grade(relation.grade)),
    )
