"""Who the dependants and emergency contacts of staff are: residents, or people known from the personnel records only.

They are how staff who live elsewhere have kin in the registers (W7). A name without a birth date
never finds anybody, unless the address or the household says the same; who lives with a member of staff who is
linked to no resident is no resident either.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from graph.steps.duckdb import DuckDB
from graph.steps.runner import run
from ingest.personnel.relatives import MET, NAMED
from japanese import kana
from japanese.addresses import Towns
from japanese.names import fold, split

ADDED = ("kana", "relation", "birth", "together", "address")
LINKED = pa.schema([("staff_id", pa.string()), ("person_id", pa.string())])
CALLED = pa.schema([("name", pa.string()), ("key", pa.string())])


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


def read(engine: DuckDB, linked: Mapping[str, str], towns: Towns) -> dict[str, list[Relative]]:
    """Give the named relatives of each member of staff; `linked` tells which resident a member of staff is."""
    run(NAMED, engine)
    declared = _once(Relative(person_id="", **row) for row in engine.read("named_relative").to_pylist())
    _show(engine, declared, linked)
    run(MET, engine)
    mates = _housemates(engine.read("housemate"))
    residents = Residents(engine.read("namesake"), declared, towns)
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


def _show(engine: DuckDB, declared: Iterable[Relative], linked: Mapping[str, str]) -> None:
    """Let steps read which residents staff are, and which names of residents are, folded, a declared one."""
    keys = {relative.key for relative in declared}
    called = [(name, key) for name in engine.read("resident_name")["name"].to_pylist() if (key := fold(name)) in keys]
    engine.show(
        "linked",
        pa.Table.from_arrays(
            [pa.array(column, pa.string()) for column in (linked.keys(), linked.values())], schema=LINKED
        ),
    )
    engine.show("called", pa.Table.from_pylist([{"name": name, "key": key} for name, key in called], schema=CALLED))


def _housemates(table: pa.Table) -> dict[str, list[Mate]]:
    found: dict[str, list[Mate]] = defaultdict(list)
    for row in table.to_pylist():
        found[row["staff_id"]].append((row["person_id"], row["name"], row["kana"], row["birth"]))
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

    def __init__(self, namesakes: pa.Table, declared: Iterable[Relative], towns: Towns) -> None:
        """Index every spelling of every resident who has a declared name."""
        self._places = {r.address: towns.parse(r.address).block for r in declared if r.address}
        self._found: dict[str, list[tuple[str, date | None, str]]] = defaultdict(list)
        for row in namesakes.to_pylist():
            block = towns.register(row["town"], row["number"], "").block
            self._found[row["key"]].append((row["person_id"], row["birth"], block))

    def find(self, relative: Relative) -> str | None:
        """Find the one resident of this name with the same birth date or, where HR has none, the same address."""
        named = self._found[relative.key]
        if relative.birth is not None:
            return _only(person for person, birth, _ in named if birth == relative.birth)
        place = self._places.get(relative.address, "")
        return _only(person for person, _, block in named if place and block == place)


def _only(found: Iterable[str]) -> str | None:
    """Give the one person of these, if it is one."""
    people = set(found)
    return people.pop() if len(people) == 1 else None
