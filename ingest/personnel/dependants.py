"""Who the dependants and emergency contacts of staff are: residents, or people known from the personnel records only.

They are how staff who live elsewhere have kin in the registers (W7). A name without a birth date
never finds anybody, unless the address or the household says the same; who lives with a member of staff who is
linked to no resident is no resident either.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from japanese import kana
from japanese.addresses import Towns
from japanese.names import fold, split

DECLARED = """
SELECT staff_id, name, kana, relation, birth, together, valid_from, valid_to, '' AS address, file, line
FROM dependant WHERE seen_until IS NULL
UNION ALL
SELECT staff_id, name, kana, relation, NULL, NULL, NULL, NULL, address, file, line
FROM emergency_contact WHERE seen_until IS NULL
ORDER BY staff_id, birth IS NULL, file, line
"""

ADDED = ("kana", "relation", "birth", "together", "address")

# Everyone who ever lived under one roof with the resident a member of staff is.
HOUSEMATES = """
SELECT DISTINCT l.staff_id, o.person_id, o.name, o.kana, o.birth FROM linked l
JOIN resident r ON r.person_id = l.person_id JOIN resident o USING (household_id)
WHERE o.person_id <> l.person_id AND household_id <> '' ORDER BY ALL
"""

SPELLINGS = """
SELECT DISTINCT c.key, r.person_id, r.name, r.kana, r.birth, r.town, r.number
FROM resident r JOIN called c USING (name) ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody whom a member of staff has named, and who that is; `person_id` is `hr:…` for who is no resident."""

    staff_id: str
    person_id: str
    name: str
    kana: str
    relation: str
    birth: date | None
    together: bool | None
    valid_from: date | None
    valid_to: date | None
    address: str
    file: str
    line: int

    @property
    def key(self) -> str:
        """Give the folded name."""
        return fold(self.name)


def read(con: duckdb.DuckDBPyConnection, linked: Mapping[str, str], towns: Towns) -> dict[str, list[Relative]]:
    """Give the named relatives of each member of staff; `linked` tells which resident a member of staff is."""
    declared = _once(Relative(row[0], "", *row[1:]) for row in con.sql(DECLARED).fetchall())
    mates = _housemates(con, linked)
    residents = Residents(con, declared, towns)
    found: dict[str, list[Relative]] = defaultdict(list)
    for relative in declared:
        person = _housemate(relative, mates[relative.staff_id])
        if person is None and (relative.staff_id in linked or not relative.together):
            person = residents.find(relative)
        found[relative.staff_id].append(replace(relative, person_id=person or _own_id(relative)))
    return found


def _once(declared: Iterable[Relative]) -> list[Relative]:
    """Take who is named twice by one member of staff, as dependant and as contact, once, with all that is said."""
    found: dict[tuple[str, str], Relative] = {}
    for relative in declared:
        key = relative.staff_id, relative.key
        found[key] = _with(found[key], relative) if key in found else relative
    return list(found.values())


def _with(one: Relative, other: Relative) -> Relative:
    """Fill what one record leaves empty from another of the same person; what it says stands."""
    lacking = (name for name in ADDED if getattr(one, name) in ("", None))
    return replace(one, **{name: getattr(other, name) for name in lacking})


def _own_id(relative: Relative) -> str:
    """Name who is known from HR only: stable over runs, and opaque."""
    born = relative.birth.isoformat() if relative.birth else ""
    return f"hr:{relative.staff_id}-{hashlib.sha256(f'{relative.key}|{born}'.encode()).hexdigest()[:8]}"


Mate = tuple[str, str, str, date | None]  # person, folded name, kana key, birth date


def _housemates(con: duckdb.DuckDBPyConnection, linked: Mapping[str, str]) -> dict[str, list[Mate]]:
    pairs = {"staff_id": pa.array(linked.keys(), pa.string()), "person_id": pa.array(linked.values(), pa.string())}
    con.register("linked", pa.table(pairs))
    found: dict[str, list[Mate]] = defaultdict(list)
    for staff_id, person, name, reading, birth in con.sql(HOUSEMATES).fetchall():
        found[staff_id].append((person, name, reading, birth))
    con.unregister("linked")
    return found


def _housemate(relative: Relative, mates: Iterable[Mate]) -> str | None:
    """Find the one housemate of this name; with the same birth date the given name is enough (a surname changes)."""
    born = [mate for mate in mates if relative.birth is None or mate[3] == relative.birth]
    alike = _only(person for person, name, reading, _ in born if _same_name(relative, name, reading))
    if alike or relative.birth is None:
        return alike
    return _only(person for person, name, reading, _ in born if _same_given(relative, name, reading))


def _same_name(relative: Relative, name: str, reading: str) -> bool:
    """Say whether two whole names are one: by kanji, or by kana with a part of the kanji."""
    if relative.key == fold(name):
        return True
    surname, given = split(name)
    begins, ends = relative.key.startswith(fold(surname)), bool(given) and relative.key.endswith(fold(given))
    return (begins or ends) and bool(relative.kana) and kana.strict(relative.kana) == kana.strict(reading)


def _same_given(relative: Relative, name: str, reading: str) -> bool:
    given, given_kana = split(name)[1], split(reading)[1]
    own_kana = split(relative.kana)[1]
    by_kana = bool(own_kana) and kana.loose(own_kana) == kana.loose(given_kana)
    return by_kana or (bool(given) and relative.key.endswith(fold(given)))


class Residents:
    """The register's people, for finding relatives who live elsewhere than the member of staff."""

    def __init__(self, con: duckdb.DuckDBPyConnection, declared: Iterable[Relative], towns: Towns) -> None:
        """Read those of a declared name who were born on its declared day or live at its declared address."""
        self._places = {r.address: towns.parse(r.address).block for r in declared if r.address}
        self._found: dict[str, list[tuple[str, str, str, date | None, str]]] = defaultdict(list)
        for key, person, name, reading, birth, town, number in _spelled(con, {r.key for r in declared}):
            block = towns.register(town, number, "").block
            self._found[key].append((person, name, reading, birth, block))

    def find(self, relative: Relative) -> str | None:
        """Find the one resident of this name with the same birth date or, where HR has none, the same address."""
        named = self._found[relative.key]
        if relative.birth is not None:
            return _only(person for person, _, _, birth, _ in named if birth == relative.birth)
        place = self._places.get(relative.address, "")
        return _only(person for person, *_, block in named if place and block == place)


def _spelled(con: duckdb.DuckDBPyConnection, keys: set[str]) -> Iterator[tuple[Any, ...]]:
    """Give every spelling of every resident whose folded name is one of these."""
    distinct = con.sql("SELECT DISTINCT name FROM resident ORDER BY name").fetchall()
    called = [(name, key) for (name,) in distinct if (key := fold(name)) in keys]
    con.register("called", pa.table({"name": [name for name, _ in called], "key": [key for _, key in called]}))
    yield from con.sql(SPELLINGS).fetchall()
    con.unregister("called")


def _only(found: Iterable[str]) -> str | None:
    """Give the one person of these, if it is one."""
    people = set(found)
    return people.pop() if len(people) == 1 else None
