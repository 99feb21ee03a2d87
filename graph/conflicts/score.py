"""A score is a product of named factors, each with the figures that earned it (Q1); it orders the review."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from graph.conflicts.rules import Policy, rule_of
from graph.model import Grade, Kind, record
from graph.records.results import Factor
from words import Message


@record
class Bond:
    """One tie of a conflict's pair, as far as a score needs it."""

    kind: str
    degree: int
    grade: str

    @property
    def class_(self) -> str:
        """Name the key of its weight: the degree for kin by law, else the kind."""
        return str(self.degree) if self.kind in (Kind.BLOOD, Kind.AFFINITY) else self.kind


@record
class Evidence:
    """What a conflict's lookups add up to; `unexplained` to `open_systems` count only those that nothing explains."""

    conflict_id: str
    viewer: str
    viewer_person: str
    subject: str
    lookups: int
    unexplained: int
    months: int
    double_days: int
    off_hours: int
    printed: int
    name_searches: int
    open_systems: tuple[str, ...]
    household_only: bool
    systems: tuple[str, ...]
    first: datetime
    last: datetime
    tier: int
    p: float | None


CERTAIN = 0.99  # from here on nobody asks who the viewer is (W1)

# What each factor counts: the figures its sentence (score.toml of the catalogue) is filled with.
FIGURES: Mapping[str, tuple[str, ...]] = {
    "closeness": ("rule", "tie", "degree"),
    "grade": ("grade",),
    "unexplained": ("lookups", "unexplained"),
    "sensitivity": ("systems",),
    "returns": ("months",),
    "same_day": (),
    "off_hours": ("lookups",),
    "printed": ("lookups",),
    "name_search": ("lookups",),
    "household_view": (),
    "identity": ("p",),
}


def score(evidence: Evidence, bonds: Sequence[Bond], policy: Policy) -> tuple[float, tuple[Factor, ...]]:
    """Multiply the factors that apply; one that would change nothing is said only for tie and explanation."""
    bond = max(bonds, key=lambda b: (_weight(b, policy), b.kind, b.degree, b.grade))
    factors = tuple(
        _factor(name, value, _figures(name, evidence, bond, policy))
        for name, value in _values(evidence, bond, policy)
        if value != 1 or name in ("closeness", "unexplained")
    )
    return round(math.prod(factor.value for factor in factors), 6), factors


def to_json(factors: Sequence[Factor]) -> str:
    """Write factors as the JSON list that a Conflict carries."""
    return json.dumps([_stored(factor) for factor in factors], ensure_ascii=False)


def from_json(text: str) -> tuple[Factor, ...]:
    """Read the factors that a Conflict carries."""
    return tuple(_factor(**row) for row in json.loads(text))


def _weight(bond: Bond, policy: Policy) -> float:
    weights = policy.weights
    return weights.closeness.get(bond.class_, 0.0) * weights.grade.get(bond.grade, 1.0)


def _values(evidence: Evidence, bond: Bond, policy: Policy) -> Iterator[tuple[str, float]]:
    weights, manner = policy.weights, policy.weights.manner
    yield "identity", 1.0 if evidence.p is None or evidence.p >= CERTAIN else evidence.p
    yield "closeness", weights.closeness.get(bond.class_, 0.0)
    yield "grade", weights.grade.get(bond.grade, 1.0)
    yield "unexplained", _share(evidence, manner.explained)
    yield "sensitivity", max((weights.sensitivity.get(s, 1.0) for s in evidence.open_systems), default=1.0)
    yield "returns", min(1 + manner.month * max(evidence.months - 1, 0), manner.months_most)
    yield "same_day", manner.same_day if evidence.double_days else 1.0
    yield "off_hours", manner.off_hours if evidence.off_hours else 1.0
    yield "printed", manner.printed if evidence.printed else 1.0
    yield "name_search", manner.name_search if evidence.name_searches else 1.0
    yield "household_view", manner.household_view if evidence.household_only else 1.0


def _share(evidence: Evidence, explained: float) -> float:
    share = evidence.unexplained / evidence.lookups
    return round(explained + (1 - explained) * share, 4)


def _figures(name: str, evidence: Evidence, bond: Bond, policy: Policy) -> dict[str, object]:
    """Give what a factor counts."""
    delicate = [system for system in evidence.open_systems if policy.weights.sensitivity.get(system, 1.0) > 1]
    counted = {"off_hours": evidence.off_hours, "printed": evidence.printed, "name_search": evidence.name_searches}
    found = {
        "rule": rule_of(bond.kind), "tie": str(Kind(bond.kind)), "degree": bond.degree,
        "grade": str(Grade(bond.grade)), "lookups": counted.get(name, evidence.lookups),
        "unexplained": evidence.unexplained, "systems": delicate, "months": evidence.months, "p": evidence.p,
    }  # fmt: skip
    return {figure: found[figure] for figure in FIGURES[name]}


def _factor(name: str, value: float, figures: Mapping[str, object]) -> Factor:
    return Factor(name=name, value=value, sentence=Message(f"score.factor.{name}", figures))


def _stored(factor: Factor) -> dict[str, object]:
    return {"name": factor.name, "value": factor.value, "figures": factor.sentence.figures}
