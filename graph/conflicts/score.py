"""A score is a product of named factors, each with the sentence that earned it (Q1); it orders the review."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from graph.conflicts.rules import Policy, rule_of
from graph.model import Grade, Kind, record
from graph.records.certainty import is_certain
from graph.records.results import Factor
from words import Said


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


TIES = {
    Kind.SELF: ("本人", "oneself"),
    Kind.SPOUSE: ("配偶者（元配偶者を含む）", "a spouse or former spouse"),
    Kind.DE_FACTO: ("未届の配偶者", "a de facto spouse"),
    Kind.HOUSEHOLD: ("同じ世帯（過去を含む）", "the same household, now or before"),
    Kind.BLOOD: ("{degree}親等の血族", "blood kin of degree {degree}"),
    Kind.AFFINITY: ("{degree}親等の姻族", "kin by marriage of degree {degree}"),
}

GRADES = {
    Grade.REGISTERED: ("戸籍の記載", "an entry in the family register"),
    Grade.STATED: ("続柄の記載", "a stated relation to the head"),
    Grade.COMPOSED: ("続柄の組合せ", "a chain of relations to the head"),
    Grade.PROBABLE: ("推定", "an inference that is likely, not certain"),
    Grade.HINT: ("手がかりのみ", "a hint only"),
}

WORDS = {
    "closeness": ("{rule} {tie_ja}の記録", "{rule}: the record of {tie_en}"),
    "grade": ("関係の根拠: {grade_ja}", "the relation rests on {grade_en}"),
    "unexplained": (
        "R9 {lookups}件のうち{unexplained}件に業務上の記録がない",
        "R9: no business record for {unexplained} of {lookups} lookups",
    ),
    "sensitivity": ("{delicate}の記録を閲覧", "records of {delicate_en} were read"),
    "returns": ("R10 {months}か月に分かれて繰り返し閲覧", "R10: came back in {months} different months"),
    "same_day": ("R12 同じ日に複数のシステムで閲覧", "R12: several systems on one day"),
    "off_hours": ("執務時間外の閲覧が{off_hours}件", "{off_hours} lookups outside office hours"),
    "printed": ("R13 説明のない印刷が{printed}件", "R13: {printed} printed without an explanation"),
    "name_search": ("直前に検索した閲覧が{name_searches}件", "{name_searches} right after a search by criteria"),
    "household_view": ("世帯照会で他の世帯員とともに表示", "shown only among others in a household view"),
    "identity": ("本人確認が先: 職員と住民が同一人である確からしさ{p}", "identity to be confirmed first: p {p}"),
}


def score(evidence: Evidence, bonds: Sequence[Bond], policy: Policy) -> tuple[float, tuple[Factor, ...]]:
    """Multiply the factors that apply; one that would change nothing is said only for tie and explanation."""
    bond = max(bonds, key=lambda b: (_weight(b, policy), b.kind, b.degree, b.grade))
    facts = _facts(evidence, bond, policy)
    factors = tuple(
        _factor(name, value, facts)
        for name, value in _values(evidence, bond, policy)
        if value != 1 or name in ("closeness", "unexplained")
    )
    return round(math.prod(factor.value for factor in factors), 6), factors


def to_json(factors: Sequence[Factor]) -> str:
    """Write factors as the JSON list that a Conflict carries."""
    return json.dumps([asdict(factor) for factor in factors], ensure_ascii=False)


def from_json(text: str) -> tuple[Factor, ...]:
    """Read the factors that a Conflict carries."""
    rows = json.loads(text)
    return tuple(Factor(name=row["name"], value=row["value"], sentence=Said(**row["sentence"])) for row in rows)


def _weight(bond: Bond, policy: Policy) -> float:
    weights = policy.weights
    return weights.closeness.get(bond.class_, 0.0) * weights.grade.get(bond.grade, 1.0)


def _values(evidence: Evidence, bond: Bond, policy: Policy) -> Iterator[tuple[str, float]]:
    weights, manner = policy.weights, policy.weights.manner
    yield "identity", 1.0 if evidence.p is None or is_certain(evidence.p) else evidence.p
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


def _facts(evidence: Evidence, bond: Bond, policy: Policy) -> dict[str, object]:
    """Give what the sentences are filled with."""
    tie_ja, tie_en = (words.format(degree=bond.degree) for words in TIES[Kind(bond.kind)])
    grade_ja, grade_en = GRADES[Grade(bond.grade)]
    delicate = [system for system in evidence.open_systems if policy.weights.sensitivity.get(system, 1.0) > 1]
    return asdict(evidence) | {
        "rule": rule_of(bond.kind).id, "tie_ja": tie_ja, "tie_en": tie_en, "grade_ja": grade_ja, "grade_en": grade_en,
        "delicate": "、".join(delicate), "delicate_en": ", ".join(delicate),
    }  # fmt: skip


def _factor(name: str, value: float, facts: dict[str, object]) -> Factor:
    ja, en = (words.format(**facts) for words in WORDS[name])
    return Factor(name=name, value=value, sentence=Said(en=en, ja=ja))
