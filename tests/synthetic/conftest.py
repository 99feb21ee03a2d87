"""A municipality told person by person, and what the registers write about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from synthetic.population.city import TODAY, City
from synthetic.registers.juki_export import RegistryRates, Written, write_registers

PLAIN = {"honseki_elsewhere": 0.0, "birth_unknown": 0.0, "old_characters": 0.0, "koseki_only_characters": 0.0}
PLAIN |= {"foreign_unproved": 0.0, "broken_register_rows": 0, "two_person_numbers": 0.0}
PLAIN |= {"register_kana_slip": 0.0, "register_given_wrong": 0.0, "register_birth_wrong": 0.0}
COLUMNS = {
    "marriages": ("husband", "wife", "start", "end", "ended_by", "surname_of", "terminated"),
    "adoptions": ("child", "parent", "start", "end", "kind"),
    "recognitions": ("child", "father", "date"),
    "partnerships": ("a", "b", "start", "end"),
    "names": ("pid", "start", "surname", "surname_kana"),
    "stays": ("pid", "household", "start", "end"),
    "heads": ("household", "head", "start", "end"),
    "places": ("household", "town", "number", "building", "start", "end"),
    "outside": ("pid", "start", "end", "address"),
}
DAYS = {"start", "end", "date", "terminated", "birth", "death"}


class Files(NamedTuple):
    """What was written, read back as text."""

    written: Written
    juki: pd.DataFrame
    kisai: pd.DataFrame
    jiko: pd.DataFrame
    folder: Path


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype({name: "datetime64[s]" if name in DAYS else frame[name].dtype for name in columns})


@dataclass
class Story:
    """Collects people and what happened to them; days are ISO texts, None is open."""

    people: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in COLUMNS})

    def person(self, given: str, sex: str, birth: str, surname: str = "相馬", **more: Any) -> int:
        """Add somebody; `mother`, `father`, `death`, `foreign`, `latin_name` may follow."""
        pid = len(self.people)
        known = {"mother": -1, "father": -1, "death": None, "foreign": False, "latin_name": "", "alias": ""}
        known |= {
            "given": given,
            "given_kana": "カナ",
            "sex": sex,
            "birth": birth,
            "surname": surname,
            "nationality": "",
        }
        self.people.append(known | {"surname_kana": "ソウマ"} | more)
        self.add("names", pid=pid, start=birth, surname=surname, surname_kana="ソウマ")
        return pid

    def add(self, table: str, **row: Any) -> None:
        """Add a row to a table."""
        self.tables[table].append(row)

    def marry(self, husband: int, wife: int, start: str, end: str | None = None, **more: Any) -> None:
        """Marry two people; who is not `surname_of` takes the other's 氏."""
        of = more.get("surname_of", "H")
        ended_by = more.get("ended_by", "divorce" if end else "")
        self.add("marriages", husband=husband, wife=wife, start=start, end=end, surname_of=of, ended_by=ended_by)
        keeper, other = (husband, wife) if of == "H" else (wife, husband)
        if not self.people[other]["foreign"]:
            self.rename(other, start, self.surname(keeper))

    def surname(self, pid: int) -> str:
        """Give the 氏 a person was last given."""
        return next(row["surname"] for row in reversed(self.tables["names"]) if row["pid"] == pid)

    def rename(self, pid: int, day: str, surname: str) -> None:
        """Change a person's 氏."""
        self.add("names", pid=pid, start=day, surname=surname, surname_kana="ソウマ")

    def household(self, number: int, head: int | None, members: dict[int, tuple[str, str | None]]) -> None:
        """House people, each from a day until another, at 本町 of that number."""
        since = min(start for start, _ in members.values())
        self.add("places", household=number, town="本町", number=f"{number}番", building="", start=since, end=None)
        if head is not None:
            self.add("heads", household=number, head=head, start=since, end=None)
        for pid, (start, end) in members.items():
            self.add("stays", pid=pid, household=number, start=start, end=end)

    def new_head(self, number: int, head: int, day: str) -> None:
        """Let somebody else head a household from a day on."""
        next(row for row in reversed(self.tables["heads"]) if row["household"] == number)["end"] = day
        self.add("heads", household=number, head=head, start=day, end=None)

    def city(self) -> City:
        """Give the municipality as it is now."""
        people = pd.DataFrame(self.people).astype({"birth": "datetime64[s]", "death": "datetime64[s]"})
        here = {row["pid"] for row in self.tables["stays"]}
        people["person_id"] = [f"{pid + 1:015d}" if pid in here else "" for pid in people.index]
        tables = {name: _frame(rows, COLUMNS[name]) for name, rows in self.tables.items()}
        numbers = max((row["household"] for row in self.tables["stays"]), default=0) + 1
        ids = np.array([f"{number:015d}" for number in range(numbers)], object)
        nowhere = np.zeros(0, int)
        return City(0, "test", 0, TODAY, people, **tables, institutions=nowhere, household_ids=ids)


@pytest.fixture
def story() -> Story:
    """Begin an empty municipality."""
    return Story()


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Files]:
    """Write a city's registers, without dirt unless asked, and read them back."""

    def written(city: City, seed: int = 1, **rates: Any) -> Files:
        folder = tmp_path_factory.mktemp("registers")
        chosen, rng = RegistryRates(**PLAIN | rates), np.random.default_rng(seed)
        found = write_registers(city, folder, chosen, rng, lambda done, text: None)
        options = {"dtype": str, "keep_default_na": False, "encoding_errors": "replace", "on_bad_lines": "skip"}
        juki = pd.read_csv(folder / "juki_rireki_20180731.csv", encoding="cp932", **options)
        kisai, jiko = (pd.read_csv(folder / f"koseki_{part}_20180731.csv", **options) for part in ("kisai", "jiko"))
        return Files(found, juki, kisai, jiko, folder)

    return written
