"""The people of the municipality while the years pass: flat arrays, and the acts that change them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from synthetic.population.city import TODAY, Rates

OPEN = int(np.iinfo(np.int32).max)  # a day that has not come
NOBODY = -1
JAPANESE = 0
LIVES, NAMES, ADDRESSES, NAMESAKES = 101, 102, 103, 104  # streams of random numbers


def stream(seed: int, use: int) -> np.random.Generator:
    """Give the random numbers of one use, apart from those of all others."""
    return np.random.default_rng([seed, use])


def day_of(date: Any) -> int:
    """Count days from 1970."""
    return int(np.datetime64(date, "D").astype(np.int64))


class Table:
    """Columns of equal length that grow together; `table.column` is a view on the rows there are."""

    def __init__(self, **defaults: int | bool) -> None:
        self._defaults = defaults
        self._rows = 0
        self._columns: dict[str, np.ndarray] = {
            name: np.full(1024, value, np.bool_ if isinstance(value, bool) else np.int32)
            for name, value in defaults.items()
        }

    def __len__(self) -> int:
        return self._rows

    def __getattr__(self, name: str) -> np.ndarray:
        try:
            column: np.ndarray = self.__dict__["_columns"][name]
        except KeyError:
            raise AttributeError(name) from None
        return column[: self._rows]

    def append(self, count: int, **values: Any) -> np.ndarray:
        """Add rows and give their numbers; columns not named hold their default."""
        first, self._rows = self._rows, self._rows + count
        while self._rows > len(next(iter(self._columns.values()))):
            self._columns = {
                name: np.concatenate([column, np.full(len(column), self._defaults[name], column.dtype)])
                for name, column in self._columns.items()
            }
        for name, value in values.items():
            self._columns[name][first : self._rows] = value
        return np.arange(first, self._rows, dtype=np.int32)

    def columns(self) -> Mapping[str, np.ndarray]:
        """Give every column."""
        return {name: column[: self._rows] for name, column in self._columns.items()}


class State:
    """Everything known so far; a household changes at most once a year, so dates never contradict each other."""

    def __init__(self, rates: Rates, size: int, rng: np.random.Generator) -> None:
        self.rates, self.size, self.rng = rates, size, rng
        self.people = Table(
            birth=0, death=OPEN, male=False, mother=NOBODY, father=NOBODY, nation=JAPANESE, surname=0,
            household=NOBODY, stay=NOBODY, left=NOBODY, away=NOBODY, spouse=NOBODY, marriage=NOBODY,
            partner=NOBODY, partnership=NOBODY, births=0, last_birth=-OPEN, wedded=False,
        )  # fmt: skip
        self.households = Table(head=NOBODY, changed=-OPEN, address=0, institution=False)
        self.marriages = Table(husband=0, wife=0, start=0, end=OPEN, by_death=False, of_wife=False, before=0,
                               terminated=OPEN)  # fmt: skip
        self.adoptions = Table(child=0, parent=0, start=0, end=OPEN, special=False, marriage=NOBODY)
        self.recognitions = Table(child=0, father=0, date=0)
        self.partnerships = Table(a=0, b=0, start=0, end=OPEN)
        self.names = Table(pid=0, start=0, surname=0)
        self.stays = Table(pid=0, household=0, start=0, end=OPEN)
        self.heads = Table(household=0, head=0, start=0)
        self.places = Table(household=0, address=0, start=0)
        self.outside = Table(pid=0, start=0, end=OPEN, address=0)
        self.addresses = Table(year=0)
        self.begin(1905)

    def begin(self, year: int) -> None:
        """Open a year; the last one ends with TODAY."""
        self.year, self.first = year, day_of(f"{year}-01-01")
        self.end = min(day_of(f"{year + 1}-01-01"), day_of(TODAY) + 1)
        self.share = (self.end - self.first) / 365

    # Questions

    def living(self) -> np.ndarray:
        """Say who is alive."""
        alive: np.ndarray = self.people.death == OPEN
        return alive

    def resident(self) -> np.ndarray:
        """Say who lives here now."""
        here: np.ndarray = self.people.household >= 0
        return here

    def free(self) -> np.ndarray:
        """Say who lives here in a home whose household has not changed this year."""
        household = self.people.household
        fixed = (self.households.changed >= self.first) | self.households.institution
        return (household >= 0) & ~fixed[household] if len(fixed) else household >= 0

    def age(self, pids: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Give ages in completed years at the beginning of the year."""
        return np.asarray((self.first - self.people.birth[pids]) / 365.25)

    def chance(self, pids: np.ndarray, probability: Any) -> np.ndarray:
        """Draw those of `pids` to whom something happens that has a yearly probability."""
        return pids[self.rng.random(len(pids)) < np.asarray(probability) * self.share]

    def days(self, count: int) -> np.ndarray:
        """Draw days of this year."""
        return self.rng.integers(self.first, self.end, count).astype(np.int32)

    def later(self, days: np.ndarray, most: int) -> np.ndarray:
        """Draw a day up to `most` days after each given one, still within the year."""
        return np.minimum(days + self.rng.integers(0, most + 1, len(days)), self.end - 1).astype(np.int32)

    def sizes(self) -> np.ndarray:
        """Count the members of each household."""
        members = self.people.household
        return np.bincount(members[members >= 0], minlength=len(self.households))

    def one_each(self, *keys: np.ndarray) -> np.ndarray:
        """Say which rows have a household that no earlier row names: each may change only once."""
        rows = len(keys[0])
        _, first = np.unique(np.stack(keys, axis=1).ravel(), return_index=True)
        seen = np.zeros(rows * len(keys), bool)
        seen[first] = True
        return np.asarray(seen.reshape(rows, len(keys)).all(axis=1))

    # Acts

    def found(self, days: np.ndarray, addresses: np.ndarray | None = None) -> np.ndarray:
        """Found households, each at a new address unless one is given."""
        count = len(days)
        where = self.addresses.append(count, year=self.year) if addresses is None else addresses
        households = self.households.append(count, changed=days, address=where)
        self.places.append(count, household=households, address=where, start=days)
        return households

    def touch(self, households: np.ndarray, days: np.ndarray) -> None:
        """Keep households from changing again this year."""
        self.households.changed[households] = np.maximum(self.households.changed[households], days)

    def settle(self, pids: np.ndarray, households: np.ndarray, days: np.ndarray) -> None:
        """Move people into households, from another one or from outside."""
        self._depart(pids, days)
        self.people.household[pids] = households
        self.people.stay[pids] = self.stays.append(len(pids), pid=pids, household=households, start=days)
        self.touch(households, days)

    def leave(self, pids: np.ndarray, days: np.ndarray, addresses: np.ndarray | None = None) -> None:
        """Move people out of the municipality; who shares an address code lives together there."""
        self._depart(pids, days)
        where = self.rng.integers(0, 1 << 30, len(pids)) if addresses is None else addresses
        self.people.away[pids] = self.outside.append(len(pids), pid=pids, start=days, address=where)

    def depart_dead(self, pids: np.ndarray, days: np.ndarray) -> None:
        """End where the dead lived."""
        self._depart(pids, days)

    def _depart(self, pids: np.ndarray, days: np.ndarray) -> None:
        here = self.people.household[pids] >= 0
        inside, away = pids[here], pids[~here]
        self.stays.end[self.people.stay[inside]] = days[here]
        self.people.left[inside] = days[here]
        self.touch(self.people.household[inside], days[here])
        self.people.household[inside] = NOBODY
        open_ = self.people.away[away] >= 0
        self.outside.end[self.people.away[away[open_]]] = days[~here][open_]
        self.people.away[away] = NOBODY

    def rename(self, pids: np.ndarray, surnames: np.ndarray, days: np.ndarray) -> None:
        """Change 氏 where it is another one."""
        other = self.people.surname[pids] != surnames
        pids, surnames, days = pids[other], surnames[other], days[other]
        self.people.surname[pids] = surnames
        self.names.append(len(pids), pid=pids, start=days, surname=surnames)

    def be_born(self, count: int, **values: Any) -> np.ndarray:
        """Add people with the 氏 of their birth."""
        pids = self.people.append(count, **values)
        self.names.append(count, pid=pids, start=self.people.birth[pids], surname=self.people.surname[pids])
        return pids
