"""Every rate and size of the synthetic municipality: its default, its meaning, and `--set NAME=VALUE`."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Any

from graph.errors import ConfigError
from synthetic.population.city import Rates, rate
from synthetic.population.register_rates import RegistryRates

SIZES = {"village": 30_000, "ward": 130_000, "city": 2_700_000}
STAFF = {"village": 120, "ward": 450}
RESIDENTS_PER_STAFF = 290
ERRORS = (
    "address_old", "address_elsewhere", "address_outside", "kana_slip", "kana_missing", "given_wrong", "birth_wrong",
    "birth_missing",
)  # fmt: skip
MIN_STAFF = 20
RESIDENTS_PER_CASE = 6_500  # 20 serial cases in a ward; a village gets MIN_CASES
MIN_CASES = 8


@dataclass(frozen=True, kw_only=True)
class WorkRates:
    """What staff are, what they do all day, and what is planted among it."""

    staff: int = rate(-1, "members of staff; -1: 450 in a ward, 120 in a village, else one for 290 residents")
    resident_staff: float = rate(0.35, "share of staff who live in the municipality")
    outside_kin: float = rate(0.3, "share of the other staff who once lived here or have family in its registers")
    outside_traps: float = rate(0.01, "share of staff living elsewhere who have a resident's name and birth date")
    foreign_staff: float = rate(0.01, "share of the staff who live here who are foreigners")
    twin_staff: float = rate(0.01, "share of the staff who live here who have a twin living here")
    namesake_staff: float = rate(
        0.01, "share of the staff who live here whose name (by reading) and birth date another resident has too"
    )
    two_numbers: float = rate(0.01, "share of staff who are on file under an earlier 職員番号 as well")
    names_then: float = rate(0.8, "an ended posting bears the 氏 its holder had then")
    transfers: float = rate(0.08, "share of staff transferred on 1 April 2018")
    variants_simplified: float = rate(
        0.6, "HR writes a variant character of the register (髙, 﨑, 邊 …) in its plain form"
    )
    former_name_used: float = rate(
        0.35, "of staff who changed their 氏, how many appear under the former one (旧姓使用)"
    )
    address_old: float = rate(0.12, "HR holds the address before the last move")
    address_elsewhere: float = rate(0.08, "HR holds some other address in the municipality")
    address_outside: float = rate(0.02, "HR holds an address in another municipality, of somebody who lives here")
    room_missing: float = rate(0.2, "HR leaves out building and room")
    kana_slip: float = rate(0.06, "one kana of the name is wrong in HR")
    kana_missing: float = rate(0.03, "HR has no kana")
    given_wrong: float = rate(0.015, "one kanji of the given name is wrong in HR")
    birth_wrong: float = rate(0.012, "the birth date is wrong in HR (day and month swapped, one off, ten off)")
    birth_missing: float = rate(0.003, "HR has no birth date")
    hr_errors: float = rate(
        1.0,
        "factor on what is wrong, old or missing in HR (not variants, 旧姓使用 and rooms); above 1, who works under "
        "a former name has an old address twice as often",
    )
    contacts: float = rate(0.85, "share of staff who named an emergency contact")
    logs: float = rate(
        5.4, "log rows for each member of staff and working day, all systems together; 0: planted rows only"
    )
    unrecorded: float = rate(0.3, "share of counter and tax work for which nobody wrote a business record")
    consultations: float = rate(0.12, "share of welfare work on people who have no case yet")
    searches: float = rate(0.12, "share of lookups that begin with a search by name")
    household_views: float = rate(0.2, "share of direct resident lookups that open the whole household")
    relays_without_caller: float = rate(0.002, "relayed rows whose calling row is not in the welfare log")
    other_terminal: float = rate(0.04, "rows written at another terminal of the section")
    shared_account: float = rate(0.02, "counter rows under a shared or temporary account")
    careless: float = rate(0.0005, "ordinary rows that a colleague made in a session left open")
    overtime: float = rate(0.01, "rows after closing time")
    caseload: int = rate(80, "households for each welfare caseworker")
    two_tax_numbers: float = rate(0.03, "taxpayers who also have an old 納税義務者番号")
    ikuno: int = rate(1, "planted copies of the 2018 case (0 or 1)")
    cases: int = rate(-1, "planted serial kin cases; -1: 20 in a ward, 8 in a village, by size elsewhere")
    borrowed_cases: float = rate(0.25, "share of serial cases with one more lookup in a colleague's open session")
    hard_negatives: int = rate(3, "planted hard negatives of each sort")
    broken_rows: int = rate(1, "broken rows of each sort in each file of staff, work and logs")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The three records of rates a municipality is made from."""

    families: Rates = field(default_factory=Rates)
    registry: RegistryRates = field(default_factory=RegistryRates)
    work: WorkRates = field(default_factory=WorkRates)


def residents_of(size: str) -> int:
    """Say how many residents a named size or a number means."""
    if size in SIZES:
        return SIZES[size]
    if size.isascii() and size.isdigit() and int(size) > 0:
        return int(size)
    raise ConfigError(
        f"size {size!r} is none of {', '.join(SIZES)} and no number of residents",
        f"規模 {size!r} は {'、'.join(SIZES)} のどれでもなく、住民の数でもありません",
    )


def sized(rates: WorkRates, size: str) -> WorkRates:
    """Fill the counts that depend on the size of the municipality."""
    residents = residents_of(size)
    staff = STAFF.get(size, max(MIN_STAFF, residents // RESIDENTS_PER_STAFF)) if rates.staff < 0 else rates.staff
    cases = max(MIN_CASES, residents // RESIDENTS_PER_CASE) if rates.cases < 0 else rates.cases
    return replace(rates, staff=staff, cases=cases, **{name: getattr(rates, name) * rates.hr_errors for name in ERRORS})


def read(pairs: Iterable[str]) -> Settings:
    """Read `NAME=VALUE` texts; an unknown name or a malformed value is a ConfigError."""
    settings = Settings()
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise ConfigError(f"{pair!r} is not of the form NAME=VALUE", f"{pair!r} は NAME=VALUE の形ではありません")
        settings = _set(settings, name.strip(), text.strip())
    return settings


def _set(settings: Settings, name: str, text: str) -> Settings:
    for part in fields(Settings):
        record = getattr(settings, part.name)
        for known in fields(record):
            if known.name == name:
                value = _value(name, getattr(record, name), text)
                return replace(settings, **{part.name: replace(record, **{name: value})})
    names = [each.name for part in fields(Settings) for each in fields(getattr(settings, part.name))]
    near = ", ".join(get_close_matches(name, names, 1, 0.0))
    raise ConfigError(
        f"no rate is called {name!r}; the nearest is {near}, docs/synthetic.md lists them all",
        f"{name!r} という設定値はありません。近いのは {near} です。一覧は docs/synthetic.md にあります",
    )


def _value(name: str, current: Any, text: str) -> Any:
    kind = type(current)
    try:
        value = kind(text)
        if kind is str or (math.isfinite(value) and (value >= 0 or value == current)):
            return value
    except ValueError:
        pass
    raise ConfigError(
        f"{name}={text}: expected {kind.__name__}, finite and not negative",
        f"{name}={text}: 有限で負でない {kind.__name__} の値を指定してください",
    )


def documentation() -> str:
    """Write the table of all rates for docs/synthetic.md."""
    lines = ["| rate | default | meaning |", "|---|---|---|"]
    for part in fields(Settings):
        record = getattr(Settings(), part.name)
        lines += [f"| `{r.name}` | {getattr(record, r.name)} | {r.metadata['doc']} |" for r in fields(record)]
    return "\n".join(lines) + "\n"


def as_dict(settings: Settings) -> Mapping[str, Any]:
    """List every rate and its value, for the answer key."""
    parts = (getattr(settings, part.name) for part in fields(Settings))
    return {known.name: getattr(record, known.name) for record in parts for known in fields(record)}
