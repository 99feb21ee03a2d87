"""What identity linking compares: staff as HR writes them, residents as the register spells and places them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import duckdb
import pyarrow as pa

from ingest.text import kana
from ingest.text.addresses import Address, Towns
from ingest.text.names import fold, split

STAFF = """
SELECT staff_id, arg_max(name, o), arg_max(kana, o), arg_max(birth, o), arg_max(sex, o), arg_max(address, o)
FROM (SELECT *, row(coalesce(valid_from, DATE '0001-01-01'), file, line) AS o FROM staff WHERE seen_until IS NULL)
GROUP BY staff_id ORDER BY staff_id
"""

# The dead and the struck-off are not staff; who moved away may still be.
LIVING = """
SELECT person_id FROM resident GROUP BY person_id
HAVING arg_max(status, row(history_no, file, line)) IN ('resident', 'moved')
"""

CANDIDATES = f"""
SELECT DISTINCT r.person_id, r.name, r.kana, r.former_surname, r.sex, r.birth
FROM resident r JOIN days d ON r.birth = d.day
WHERE r.person_id IN ({LIVING}) ORDER BY ALL
"""

ADDRESSES = """
SELECT DISTINCT r.person_id, r.town, r.number, r.building, r.previous_address
FROM resident r JOIN found f USING (person_id) ORDER BY ALL
"""

HOUSEMATES = """
SELECT DISTINCT f.person_id, o.name, o.kana, o.birth
FROM resident r JOIN found f USING (person_id) JOIN resident o USING (household_id)
WHERE o.person_id <> r.person_id AND o.birth IS NOT NULL ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Member:
    """What HR says of one member of staff."""

    staff_id: str
    name: str
    kana: str
    birth: date | None
    sex: str
    address: Address
    dependants: frozenset[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Resident:
    """How the resident register spells one person, over all history rows."""

    person_id: str
    names: frozenset[tuple[str, str]]  # (name, kana) as written at any time
    former_surnames: frozenset[str]
    births: frozenset[date]
    sex: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where one resident has lived, as address keys, and with whom."""

    blocks: frozenset[str]
    keys: frozenset[str]
    housemates: frozenset[tuple[str, date]]


def read_towns(con: duckdb.DuckDBPyConnection) -> Towns:
    """Learn the municipality's towns from the register, and its name from what stands before them in addresses."""
    towns = [town for (town,) in con.sql("SELECT DISTINCT town FROM resident WHERE town <> '' ORDER BY 1").fetchall()]
    texts = con.sql(
        "SELECT honseki FROM (SELECT honseki, count(*) AS n FROM resident GROUP BY 1) WHERE honseki <> '' "
        "UNION ALL SELECT DISTINCT address FROM staff UNION ALL "
        "SELECT DISTINCT previous_address FROM resident WHERE reason = 'move' ORDER BY 1"
    ).fetchall()
    return Towns(towns, _municipality((text for (text,) in texts), towns))


def _municipality(texts: Iterable[str], towns: Iterable[str]) -> str:
    """Give the word that most often stands right before one of the municipality's own towns."""
    own = sorted(towns, key=len, reverse=True)
    heads: Counter[str] = Counter()
    for text in texts:
        at = next((text.find(town) for town in own if town in text), 0)
        head = text[:at].split("郡")[-1].split("県")[-1].split("府")[-1]
        if head.endswith(("市", "区", "町", "村")):
            heads[head] += 1
    return min(heads, key=lambda head: (-heads[head], head), default="")


def read_staff(con: duckdb.DuckDBPyConnection, towns: Towns) -> Iterator[Member]:
    """Read the staff with their latest HR row and their declared dependants."""
    dependants: dict[str, set[tuple[str, date]]] = defaultdict(set)
    rows = con.sql("SELECT staff_id, name, kana, birth FROM dependant WHERE birth IS NOT NULL ORDER BY ALL").fetchall()
    for staff_id, name, reading, birth in rows:
        dependants[staff_id].update(_given_keys(name, reading, birth))
    for staff_id, name, reading, birth, sex, address in con.sql(STAFF).fetchall():
        found = frozenset(dependants[staff_id])
        yield Member(staff_id, name, reading, birth, sex, towns.parse(address), found)


def _given_keys(name: str, reading: str, birth: date) -> Iterator[tuple[str, date]]:
    """Give the keys a dependant or housemate is met by: given name (kanji, kana) or whole name, with the birth date."""
    for text, key in ((name, fold), (reading, kana.loose)):
        surname, given = split(text)
        if given:
            yield key(given), birth
        if surname + given:
            yield key(surname + given), birth


def read_residents(con: duckdb.DuckDBPyConnection, staff: Sequence[Member]) -> tuple[Resident, ...]:
    """Read the residents born on or near a day on which a member of staff was born, or all where HR lacks a day."""
    days = sorted({day for member in staff for day in near_days(member.birth)})
    con.register("days", pa.table({"day": pa.array(days, pa.date32())}))
    query = CANDIDATES if all(member.birth for member in staff) else CANDIDATES.replace("JOIN days", "LEFT JOIN days")
    rows = con.sql(query).fetchall()
    con.unregister("days")
    grouped = groupby(rows, key=lambda row: str(row[0]))
    return tuple(_resident(person_id, list(group)) for person_id, group in grouped)


def _resident(person_id: str, rows: list[tuple[str, str, str, str, str, date]]) -> Resident:
    return Resident(
        person_id,
        frozenset((name, reading) for _, name, reading, *_ in rows),
        frozenset(fold(former) for *_, former, _, _ in rows if former),
        frozenset(birth for *_, birth in rows if birth),
        rows[-1][4],
    )


def read_surroundings(con: duckdb.DuckDBPyConnection, people: set[str], towns: Towns) -> dict[str, Surroundings]:
    """Read where the given residents have lived and with whom."""
    con.register("found", pa.table({"person_id": pa.array(sorted(people), pa.string())}))
    places: dict[str, set[Address]] = defaultdict(set)
    for person_id, town, number, building, previous in con.sql(ADDRESSES).fetchall():
        places[person_id].update((towns.register(town, number, building), towns.parse(previous)))
    mates: dict[str, set[tuple[str, date]]] = defaultdict(set)
    for person_id, name, reading, birth in con.sql(HOUSEMATES).fetchall():
        mates[person_id].update(_given_keys(name, reading, birth))
    con.unregister("found")
    return {person_id: _around(places[person_id], mates[person_id]) for person_id in people}


def _around(places: Iterable[Address], housemates: Iterable[tuple[str, date]]) -> Surroundings:
    numbered = [place for place in places if place.place == "city" and place.block != place.town]
    blocks = frozenset(place.block for place in numbered)
    return Surroundings(blocks, frozenset(place.key for place in numbered), frozenset(housemates))


def near_days(day: date | None) -> set[date]:
    """Give the day itself and those one slip of the pen away: swapped parts, one digit, two neighbours swapped."""
    if day is None:
        return set()
    text = day.strftime("%Y%m%d")
    spelled = {text, text[:4] + text[6:] + text[4:6]}
    spelled |= {text[:i] + digit + text[i + 1 :] for i in range(8) for digit in "0123456789"}
    spelled |= {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(7)}
    near = {day + timedelta(days=n) for n in (-1, 0, 1)}
    return near | {found for found in map(_day, spelled) if found}


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
