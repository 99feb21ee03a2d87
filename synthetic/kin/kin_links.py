"""The true links of parents and couples, person by person: what kinship is walked on."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import pandas as pd

from graph.model import record
from synthetic.population.city import City

ALWAYS, NEVER = -(1 << 40), 1 << 40  # days before and after every date
FIELDS = ("kind", "a", "b", "nature", "start", "end", "affinity_end")


@record
class Link:
    """One true link with its days (half-open); a parent link goes from `a`, the parent, to `b`, the child."""

    kind: str  # parent, spouse, de_facto
    a: int
    b: int
    nature: str  # birth, adoptive, recognised; empty for couples
    start: int
    end: int
    affinity_end: int  # of a marriage: divorce or 姻族関係終了 end affinity, death does not (C4)

    def other(self, person: int) -> int:
        """Give the person at the other end."""
        return self.b if person == self.a else self.a

    def key(self) -> tuple[str, int, int]:
        """Name the link as the answer key does: parent before child, couples in order."""
        ends = (self.a, self.b) if self.kind == "parent" else (min(self.a, self.b), max(self.a, self.b))
        return (self.kind, *ends)


Find = Callable[[int], tuple[Link, ...]]


class Links:
    """All links of a city; `parents(x)` are the links to x's parents, `children`, `spouses`, `partners` likewise."""

    def __init__(self, city: City) -> None:
        parents = pd.concat([_births(city), _recognitions(city), _adoptions(city)], ignore_index=True)
        self.parents: Find = _finder(parents, ("b",))
        self.children: Find = _finder(parents, ("a",))
        self.spouses: Find = _finder(_marriages(city), ("a", "b"))
        self.partners: Find = _finder(_partnerships(city), ("a", "b"))

    def parent_ids(self, person: int) -> frozenset[int]:
        """Give everybody who ever was a parent of a person, by any link."""
        return frozenset(link.a for link in self.parents(person))


def _finder(rows: pd.DataFrame, ends: Sequence[str]) -> Find:
    """Index rows by the people at the given ends, and turn a person's rows into links when asked."""
    indexed = pd.concat([rows.assign(person=rows[end]) for end in ends], ignore_index=True)
    indexed = indexed.sort_values(["person", "kind", "a", "b", "start"], kind="stable", ignore_index=True)
    person = indexed["person"].to_numpy()
    columns = [indexed[field].to_numpy() for field in FIELDS]

    @cache
    def find(wanted: int) -> tuple[Link, ...]:
        rows = slice(*np.searchsorted(person, [wanted, wanted + 1]))
        values = zip(*(column[rows].tolist() for column in columns), strict=True)
        return tuple(Link(**dict(zip(FIELDS, row, strict=True))) for row in values)

    return find


def _days(dates: pd.Series, missing: int) -> np.ndarray:
    days = dates.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), missing, days.astype(np.int64))


def _rows(kind: str, a: pd.Series, b: pd.Series, nature: object, start: np.ndarray, end: np.ndarray) -> pd.DataFrame:
    columns = {"kind": kind, "a": a.to_numpy(int), "b": b.to_numpy(int), "nature": nature}
    return pd.DataFrame(columns | {"start": start, "end": end, "affinity_end": end})


def _special(city: City) -> "pd.Series[int]":
    """Give the day of special adoption by child: birth ties end on it (C6)."""
    special = city.adoptions[city.adoptions["kind"] == "special"].drop_duplicates("child")
    return pd.Series(_days(special["start"], ALWAYS), index=special["child"].to_numpy(int), dtype=np.int64)


def _births(city: City) -> pd.DataFrame:
    special = _special(city)
    parts = []
    for side in ("mother", "father"):
        born = city.people[city.people[side] >= 0]
        child = born.index.to_series()
        end = child.map(special).fillna(NEVER).to_numpy(np.int64)
        parts.append(_rows("parent", born[side], child, "birth", _days(born["birth"], ALWAYS), end))
    return pd.concat(parts, ignore_index=True)


def _recognitions(city: City) -> pd.DataFrame:
    """Recognition works back to the birth (民法784)."""
    rows = city.recognitions
    birth = _days(city.people["birth"].loc[rows["child"]], ALWAYS)
    end = rows["child"].map(_special(city)).fillna(NEVER).to_numpy(np.int64)
    return _rows("parent", rows["father"], rows["child"], "recognised", birth, end)


def _adoptions(city: City) -> pd.DataFrame:
    rows = city.adoptions
    start, end = _days(rows["start"], ALWAYS), _days(rows["end"], NEVER)
    return _rows("parent", rows["parent"], rows["child"], "adoptive", start, end)


def _marriages(city: City) -> pd.DataFrame:
    rows = city.marriages
    end = _days(rows["end"], NEVER)
    divorced = np.where(rows["ended_by"].to_numpy(str) == "divorce", end, NEVER)
    affinity_end = np.minimum(divorced, _days(rows["terminated"], NEVER))
    links = _rows("spouse", rows["husband"], rows["wife"], "", _days(rows["start"], ALWAYS), end)
    return links.assign(affinity_end=affinity_end)


def _partnerships(city: City) -> pd.DataFrame:
    rows = city.partnerships
    return _rows("de_facto", rows["a"], rows["b"], "", _days(rows["start"], ALWAYS), _days(rows["end"], NEVER))
