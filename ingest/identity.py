"""Link staff to residents where exactly one resident stands at the best tier (identity reference §5.2, first depth).

Tiers 1 to 6 link; tiers 7 to 9 and ties are listed for people to decide and are never used (decision 4).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from ingest.identity_inputs import (
    Member,
    Resident,
    Surroundings,
    near_days,
    read_residents,
    read_staff,
    read_surroundings,
    read_towns,
)
from ingest.text import kana
from ingest.text.names import fold, split

LINKING_TIERS = range(1, 7)
SCHEMA = pa.schema(
    [
        ("start", pa.string()),
        ("end", pa.string()),
        ("p", pa.float64()),
        ("scored_p", pa.float64()),
        ("tier", pa.int64()),
        ("evidence", pa.list_(pa.string())),
        ("method", pa.string()),
        ("decided_by", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One resident who may be this member of staff, with the lines that say why."""

    staff_id: str
    person_id: str
    tier: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking gave: the IDENTIFIED_AS table, and the candidates of staff who stay a question."""

    links: pa.Table
    open_questions: tuple[tuple[Candidate, ...], ...]


def link(con: duckdb.DuckDBPyConnection) -> Linking:
    """Link every member of staff who has exactly one resident at the best tier from 1 to 6."""
    towns = read_towns(con)
    staff = tuple(read_staff(con, towns))
    pairs = _pairs(staff, read_residents(con, staff))
    surroundings = read_surroundings(con, {resident.person_id for _, resident, _ in pairs}, towns)
    candidates: dict[str, list[Candidate]] = defaultdict(list)
    for member, resident, names in pairs:
        candidates[member.staff_id] += _place(member, resident, names, surroundings[resident.person_id])
    found = [_best(group) for _, group in sorted(candidates.items())]
    linked = [group[0] for group in found if len(group) == 1 and group[0].tier in LINKING_TIERS]
    chosen = {candidate.staff_id for candidate in linked}
    return Linking(_table(linked), tuple(group for group in found if group and group[0].staff_id not in chosen))


def _table(linked: Iterable[Candidate]) -> pa.Table:
    rows = [
        {"start": c.staff_id, "end": c.person_id, "p": None, "scored_p": None, "tier": c.tier,
         "evidence": list(c.evidence), "method": "tiers", "decided_by": ""}
        for c in linked
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, SCHEMA)


def _pairs(
    staff: tuple[Member, ...], residents: tuple[Resident, ...]
) -> tuple[tuple[Member, Resident, frozenset[str]], ...]:
    """Pair staff with the residents whose name agrees in part and whose birth date is equal, near or not given."""
    born: dict[date, list[Resident]] = defaultdict(list)
    for resident in residents:
        for day in resident.births:
            born[day].append(resident)
    found: dict[tuple[str, str], tuple[Member, Resident, frozenset[str]]] = {}
    for member in staff:
        near = [other for day in sorted(near_days(member.birth)) for other in born[day]] if member.birth else residents
        for resident in near:
            names = frozenset(_name_facts(member, resident))
            if names and not _differ(member.sex, resident.sex):
                found[member.staff_id, resident.person_id] = (member, resident, names)
    return tuple(found.values())


def _differ(sex: str, other: str) -> bool:
    return bool(sex and other and sex != other)


def _best(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Keep the candidates at the best tier anyone reaches; no fall-through when several stand there."""
    ranked = sorted(candidates, key=lambda candidate: (candidate.tier, candidate.person_id))
    return tuple(candidate for candidate in ranked if candidate.tier == ranked[0].tier)


def _place(member: Member, resident: Resident, names: frozenset[str], around: Surroundings) -> list[Candidate]:
    """Place one resident on the tiers for one member of staff; nothing where no tier fits."""
    facts = names | frozenset(_other_facts(member, resident, around))
    tier = next((number for number, holds in _tiers(facts) if holds), 0)
    lines = tuple(line for fact, line in LINES.items() if fact in facts)
    return [Candidate(member.staff_id, resident.person_id, tier, lines)] if tier else []


LINES = {
    "surname": "氏が一致",
    "given": "名が一致",
    "former": "旧氏が一致",
    "birth": "生年月日が一致",
    "near_birth": "生年月日が近い(桁の違い又は入れ替わり)",
    "no_birth": "人事の生年月日なし",
    "block": "住所が番まで一致(前住所を含む)",
    "address": "住所が号・部屋まで一致(前住所を含む)",
    "dependant": "扶養親族が同じ世帯にいる",
    "elsewhere": "人事の住所は市外",
}


def _tiers(facts: frozenset[str]) -> Iterator[tuple[int, bool]]:
    name, birth = {"surname", "given"} <= facts, "birth" in facts
    place, dependant = "block" in facts, "dependant" in facts
    near = bool(facts & {"near_birth", "no_birth"})
    yield 1, name and birth and place
    yield 2, name and birth and dependant
    yield 3, "given" in facts and birth and bool(facts & {"former", "block", "dependant"})
    yield 4, name and near and (place or dependant)
    yield 5, "surname" in facts and birth and "address" in facts
    yield 6, name and birth and "elsewhere" not in facts
    yield 7, name and birth
    yield 8, {"given_kanji", "given_kana"} <= facts and birth
    yield 9, name and near


def _name_facts(member: Member, resident: Resident) -> Iterator[str]:
    """Say which parts of the name agree with one spelling of the register: folded kanji or loose kana."""
    (surname, given), (surname_kana, given_kana) = split(member.name), split(member.kana)
    for name, reading in sorted(resident.names):
        other, other_kana = split(name), split(reading)
        same = (
            _agree(surname, other[0], surname_kana, other_kana[0]),
            _agree(given, other[1], given_kana, other_kana[1]),
        )
        yield from (fact for fact, holds in zip(("surname", "given"), same, strict=True) if holds)
        if not (given and other[1]) and fold(member.name) == fold(name):  # a name written without its space
            yield from ("surname", "given")
        if given and fold(given) == fold(other[1]):
            yield "given_kanji"
        if given_kana and kana.loose(given_kana) == kana.loose(other_kana[1]):
            yield "given_kana"
    if surname and fold(surname) in resident.former_surnames:
        yield "former"


def _agree(kanji: str, other_kanji: str, reading: str, other_reading: str) -> bool:
    """Say whether folded kanji or loose kana is equal; what is missing never agrees."""
    if kanji and fold(kanji) == fold(other_kanji):
        return True
    return bool(reading) and kana.loose(reading) == kana.loose(other_reading)


def _other_facts(member: Member, resident: Resident, around: Surroundings) -> Iterator[str]:
    if member.birth is None:
        yield "no_birth"
    elif member.birth in resident.births:
        yield "birth"
    elif resident.births & near_days(member.birth):
        yield "near_birth"
    if member.address.block in around.blocks:
        yield "block"
    if member.address.key in around.keys:
        yield "address"
    if member.address.place == "outside":
        yield "elsewhere"
    if member.dependants & around.housemates:
        yield "dependant"
