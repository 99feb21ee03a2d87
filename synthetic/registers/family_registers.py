"""Who stood in which 戸籍 when: family events in order of time, each moving people between registers (K1–K4)."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from synthetic.population.city import City
from synthetic.population.timeline import FOREVER, Timeline, day_number

BIRTH, ADOPTION, MARRIAGE, DIVORCE, DISSOLUTION, NEW_NAME, DEATH = range(7)  # also their order within one day
NOBODY = -1
GOES_HOME = 0.4  # share of those who take their former 氏 again and go back home; the others head a new register


def _numbers() -> "array[int]":
    return array("q")


@dataclass
class Entries:
    """The columns of all entries so far: who stood in which register from when, why, and until when."""

    register: "array[int]" = field(default_factory=_numbers)
    pid: "array[int]" = field(default_factory=_numbers)
    entered: "array[int]" = field(default_factory=_numbers)
    prior: "array[int]" = field(default_factory=_numbers)
    left: "array[int]" = field(default_factory=_numbers)
    new: "array[int]" = field(default_factory=_numbers)
    as_spouse: "array[int]" = field(default_factory=_numbers)
    by: list[str] = field(default_factory=list)
    left_by: list[str] = field(default_factory=list)

    def add(self, register: int, pid: int, day: int, by: str, prior: int, as_spouse: bool) -> int:
        """Write an entry and give its number."""
        row = (register, pid, day, prior, FOREVER, NOBODY, as_spouse, by, "")
        for column, value in zip(self.__dict__.values(), row, strict=True):
            column.append(value)
        return len(self.pid) - 1

    def close(self, entry: int, day: int, by: str, to: int) -> None:
        """Strike an entry out."""
        self.left[entry], self.left_by[entry], self.new[entry] = day, by, to


class RegisterBook:
    """All registers and entries so far; a head who is none of the city's people is NOBODY."""

    def __init__(self, people: int) -> None:
        """Start with nobody registered."""
        self.entries = Entries()
        self.head, self.made = array("q"), array("q")
        self.prior = array("q")  # the register its head came from
        self.current = array("q", [NOBODY]) * people  # each person's last entry

    def register(self, pid: int) -> int:
        """Give the register a person stands in, or NOBODY."""
        entry = self.current[pid] if pid >= 0 else NOBODY
        return NOBODY if entry < 0 else self.entries.register[entry]

    def _make(self, head: int, day: int, prior: int) -> int:
        self.head.append(head)
        self.made.append(day)
        self.prior.append(prior)
        return len(self.head) - 1

    def _enter(self, pid: int, register: int, day: int, by: str, as_spouse: bool = False) -> None:
        prior = self.register(pid)
        if prior == register:
            return
        if prior >= 0:
            self.entries.close(self.current[pid], day, by, register)
        self.current[pid] = self.entries.add(register, pid, day, by, prior, as_spouse)

    def is_settled(self, pid: int) -> bool:
        """Say whether a person heads their register or stands in it as the head's spouse."""
        entry = self.current[pid]
        return self.head[self.entries.register[entry]] == pid or bool(self.entries.as_spouse[entry])

    def _own(self, pid: int, day: int, by: str) -> int:
        """Give the register a person heads; make it where there is none (K2, K3)."""
        register = self.register(pid)
        if self.head[register] != pid:
            register = self._make(pid, day, register)
            self._enter(pid, register, day, by)
        return register

    def _family_register(self, pid: int, day: int, by: str) -> int:
        """Give the register a person's child enters (K3)."""
        return self.register(pid) if self.is_settled(pid) else self._own(pid, day, by)

    def born(self, day: int, child: int, mother: int, father: int) -> None:
        """Enter a child in the mother's register, or the father's where only he has one."""
        parent = next((p for p in (mother, father) if self.register(p) >= 0), NOBODY)
        where = self._make(NOBODY, day, NOBODY) if parent < 0 else self._family_register(parent, day, "子の出生")
        self._enter(child, where, day, "出生")

    def married(self, day: int, keeper: int, other: int) -> None:
        """Make the couple's register under the spouse whose 氏 is kept (K2); a foreigner enters none (K6)."""
        registered = [pid for pid in (keeper, other) if self.register(pid) >= 0]
        if registered:
            register = self._own(registered[0], day, "婚姻")
        for pid in registered[1:]:
            self._enter(pid, register, day, "婚姻", as_spouse=True)

    def divorced(self, day: int, one: int, other: int, goes_home: bool) -> None:
        """Take the spouse who is not the head out of the register: home, or into a register of their own."""
        for pid in (one, other):
            entry = self.current[pid]
            if entry >= 0 and self.entries.as_spouse[entry] and self.register(one) == self.register(other):
                home = self.entries.prior[entry]
                if goes_home and home >= 0 and self._is_open(home):
                    return self._enter(pid, home, day, "離婚")
                self._own(pid, day, "離婚")
                return

    def _is_open(self, register: int) -> bool:
        head = self.head[register]
        return head < 0 or self.register(head) == register

    def adopted(self, day: int, child: int, parent: int, by: str) -> None:
        """Move an adoptee who has no family register of their own into the adopter's."""
        if self.register(child) >= 0 and self.register(parent) >= 0 and not self.is_settled(child):
            self._enter(child, self._family_register(parent, day, by), day, by)

    def dissolved(self, day: int, child: int, parent: int) -> None:
        """Give who is no longer adopted a register of their own."""
        if self.register(child) >= 0 and self.register(child) == self.register(parent) and not self.is_settled(child):
            self._own(child, day, "養子離縁")

    def renamed(self, day: int, child: int, parent: int) -> None:
        """Move a child who takes a parent's 氏 into that parent's register (入籍)."""
        movable = self.register(child) >= 0 and not self.is_settled(child) and self.register(parent) >= 0
        if (
            movable
            and self.entries.entered[self.current[child]] != day
            and self.register(child) != self.register(parent)
        ):
            self._enter(child, self._family_register(parent, day, "子の入籍"), day, "入籍")

    def died(self, day: int, pid: int) -> None:
        """Strike a dead person out."""
        if self.current[pid] >= 0:
            self.entries.close(self.current[pid], day, "死亡", NOBODY)


@dataclass(frozen=True)
class FamilyRegisters:
    """All registers (head, made, closed, prior) and entries (register, pid, entered, by, prior, left, left_by, new)."""

    registers: pd.DataFrame
    entries: pd.DataFrame

    @cached_property
    def timeline(self) -> Timeline:
        """The entries by person and day."""
        return Timeline(self.entries["pid"], self.entries["entered"])


def family_registers(city: City, rng: np.random.Generator) -> FamilyRegisters:
    """Replay every family event of the city's people and keep the books."""
    book = RegisterBook(len(city.people))
    for day, kind, a, b, c, word in _events(city, rng):
        _apply(book, kind, day, (a, b, c), word)
    columns = vars(book.entries) | {name: np.array(vars(book.entries)[name], object) for name in ("by", "left_by")}
    entries = pd.DataFrame({name: np.asarray(values) for name, values in columns.items()})
    registers = pd.DataFrame({"head": book.head, "made": book.made, "prior": book.prior})
    registers["closed"] = entries.groupby("register")["left"].max().reindex(registers.index, fill_value=FOREVER)
    return FamilyRegisters(registers, entries)


def _apply(book: RegisterBook, kind: int, day: int, who: tuple[int, int, int], word: str) -> None:
    a, b, c = who
    if kind == BIRTH:
        book.born(day, a, b, c)
    elif kind == ADOPTION:
        book.adopted(day, a, b, word)
    elif kind == MARRIAGE:
        book.married(day, a, b)
    elif kind == DIVORCE:
        book.divorced(day, a, b, bool(c))
    elif kind == DISSOLUTION:
        book.dissolved(day, a, b)
    elif kind == NEW_NAME:
        book.renamed(day, a, b)
    else:
        book.died(day, a)


def _events(city: City, rng: np.random.Generator) -> Iterable[tuple[int, int, int, int, int, str]]:
    """List all events in order of time: day, kind, up to three people or a flag, and for adoptions the word."""
    parts = [_births(city), *_marriages(city, rng), *_adoptions(city), _new_names(city), _deaths(city)]
    table = pd.concat(parts, ignore_index=True).fillna({"b": NOBODY, "c": NOBODY, "word": ""})
    table = table[table["day"] <= int(day_number(np.array([city.today]))[0])]
    table = table.sort_values(["day", "kind"], kind="stable")
    columns = [table[name].astype(np.int64).tolist() for name in ("day", "kind", "a", "b", "c")]
    return zip(*columns, table["word"].tolist(), strict=True)


def _part(kind: int, day: np.ndarray, a: np.ndarray, **more: object) -> pd.DataFrame:
    columns = {"day": day, "a": np.asarray(a, np.int64)} | more
    return pd.DataFrame(columns).assign(kind=kind)


def _births(city: City) -> pd.DataFrame:
    native = np.flatnonzero(~city.people["foreign"].to_numpy(bool))
    rows = city.people.iloc[native]
    day = day_number(rows["birth"])
    return _part(BIRTH, day, native, b=rows["mother"].to_numpy(), c=rows["father"].to_numpy())


def _deaths(city: City) -> pd.DataFrame:
    dead = np.flatnonzero(city.people["death"].notna().to_numpy() & ~city.people["foreign"].to_numpy(bool))
    return _part(DEATH, day_number(city.people["death"].to_numpy()[dead]), dead)


def _marriages(city: City, rng: np.random.Generator) -> list[pd.DataFrame]:
    rows = city.marriages
    wife_keeps = rows["surname_of"].to_numpy() == "W"
    husband, wife = rows["husband"].to_numpy(), rows["wife"].to_numpy()
    keeper, other = np.where(wife_keeps, wife, husband), np.where(wife_keeps, husband, wife)
    parted = rows["ended_by"].to_numpy() == "divorce"
    end = day_number(rows["end"])[parted]
    leaver = other[parted]
    names = pd.MultiIndex.from_arrays([city.names["pid"].to_numpy(np.int64), day_number(city.names["start"])])
    reverted = pd.MultiIndex.from_arrays([leaver.astype(np.int64), end]).isin(names)
    goes_home = reverted & (rng.random(len(end)) < GOES_HOME)
    divorce = _part(DIVORCE, end, keeper[parted], b=leaver, c=goes_home.astype(int))
    return [_part(MARRIAGE, day_number(rows["start"]), keeper, b=other), divorce]


def _adoptions(city: City) -> list[pd.DataFrame]:
    rows = city.adoptions
    word = np.where(rows["kind"] == "special", "特別養子縁組", "養子縁組")
    adoption = _part(ADOPTION, day_number(rows["start"]), rows["child"], b=rows["parent"].to_numpy(), word=word)
    ended = rows[rows["end"].notna()]
    dissolution = _part(DISSOLUTION, day_number(ended["end"]), ended["child"], b=ended["parent"].to_numpy())
    return [adoption, dissolution]


def _new_names(city: City) -> pd.DataFrame:
    """Find the parent whose 氏 a person took on the day of a change of name."""
    day, pid = day_number(city.names["start"]), city.names["pid"].to_numpy(np.int64)
    surname = city.names["surname"].to_numpy(object)
    name_on = Timeline(pid, day)
    taken = np.full(len(pid), NOBODY)
    for parent in ("father", "mother"):
        other = city.people[parent].to_numpy(np.int64)[pid]
        row = name_on.row(other, day)
        taken = np.where((row >= 0) & (surname[row] == surname), other, taken)
    changed = (day > day_number(city.people["birth"].to_numpy()[pid])) & (taken >= 0)
    return _part(NEW_NAME, day[changed], pid[changed], b=taken[changed])
