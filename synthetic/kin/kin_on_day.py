"""Parents and spouses of the synthetic people on a given day, and the true links between them."""

import numpy as np
import pandas as pd

from synthetic.population.city import City
from synthetic.population.timeline import FOREVER, Timeline, as_day, day_number

LINK_COLUMNS = ["link", "a", "b", "nature", "start", "end"]


class KinOnDay:
    """Answers who a person's parents, spouse and partner are on a day; person -1 is nobody and has nobody."""

    def __init__(self, city: City) -> None:
        """Index the family history of a city."""
        people = city.people
        self.male = np.append(people["sex"].to_numpy() == "M", False)
        self.birth = np.append(day_number(people["birth"].to_numpy()), FOREVER)
        self._mother = np.append(people["mother"].to_numpy(np.int64), -1)
        self._father = np.append(people["father"].to_numpy(np.int64), -1)
        self._recognised_by = city.recognitions["father"].to_numpy(np.int64)
        self._recognition = Timeline(city.recognitions["child"], day_number(city.recognitions["date"]))
        self._index_adoptions(city.adoptions, len(people))
        self._index_spouses(city.marriages)
        self._index_partners(city.partnerships)

    def _index_adoptions(self, adoptions: pd.DataFrame, people: int) -> None:
        rows = adoptions.sort_values(["child", "start"], kind="stable", ignore_index=True)
        child, place = np.unique(rows["child"].to_numpy(np.int64), return_inverse=True)
        self._adoptee = np.zeros(people + 1, np.int64)  # 0: never adopted
        self._adoptee[child] = np.arange(1, len(child) + 1)
        slot = rows.groupby("child").cumcount().to_numpy()
        shape = (int(slot.max(initial=-1)) + 1, len(child) + 1)
        self._adopter, self._adopted = np.full(shape, -1), np.full(shape, FOREVER)
        self._dissolved, self._special = np.full(shape, FOREVER), np.zeros(shape, bool)
        self._adopter[slot, place + 1] = rows["parent"]
        self._adopted[slot, place + 1] = day_number(rows["start"])
        self._dissolved[slot, place + 1] = day_number(rows["end"])
        self._special[slot, place + 1] = rows["kind"] == "special"

    def _index_spouses(self, marriages: pd.DataFrame) -> None:
        husband, wife = marriages["husband"].to_numpy(np.int64), marriages["wife"].to_numpy(np.int64)
        divorced = marriages["ended_by"].to_numpy() == "divorce"
        end = np.where(divorced, day_number(marriages["end"]), day_number(marriages["terminated"]))  # not by death
        start = day_number(marriages["start"])
        self._spouse = np.concatenate([wife, husband])
        self._married = Timeline(np.concatenate([husband, wife]), np.tile(start, 2), np.tile(end, 2))

    def _index_partners(self, partnerships: pd.DataFrame) -> None:
        a, b = partnerships["a"].to_numpy(np.int64), partnerships["b"].to_numpy(np.int64)
        start, end = day_number(partnerships["start"]), day_number(partnerships["end"])
        self._partner = np.concatenate([b, a])
        self._living_together = Timeline(np.concatenate([a, b]), np.tile(start, 2), np.tile(end, 2))

    def parents(self, person: np.ndarray, day: np.ndarray) -> list[np.ndarray]:
        """List columns of legal parents on a day: mother, father, then one for each adopter a person can have."""
        mother, father = self._mother[person], self._legal_father(person, day)
        adopters = []
        for adopter, special in self._adopters(person, day):
            man = self.male[adopter]  # 特別養子: the birth parent of that side is one no more
            mother, father = np.where(special & ~man, -1, mother), np.where(special & man, -1, father)
            adopters.append(adopter)
        return [mother, father, *adopters]

    def adoptive_parents(self, person: np.ndarray, day: np.ndarray, special: bool) -> tuple[np.ndarray, np.ndarray]:
        """Give the adoptive mother and father on a day, by ordinary or by special adoption."""
        mother, father = np.full(len(person), -1), np.full(len(person), -1)
        for adopter, is_special in self._adopters(person, day):
            meant = (adopter >= 0) & (is_special == special)
            mother = np.where(meant & ~self.male[adopter], adopter, mother)
            father = np.where(meant & self.male[adopter], adopter, father)
        return mother, father

    def _adopters(self, person: np.ndarray, day: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        adoptee = self._adoptee[person]
        columns = []
        for slot in range(len(self._adopter)):
            valid = (self._adopted[slot, adoptee] <= day) & (day < self._dissolved[slot, adoptee])
            adopter = np.where(valid, self._adopter[slot, adoptee], -1)
            columns.append((adopter, (adopter >= 0) & self._special[slot, adoptee]))
        return columns

    def origin(self, person: np.ndarray) -> np.ndarray:
        """Give mother and father by law at birth, -1 where there is none (2, n)."""
        return np.stack([self._mother[person], self._father[person]])

    def _legal_father(self, person: np.ndarray, day: np.ndarray) -> np.ndarray:
        father = self._father[person]
        row = self._recognition.row(person, day)
        if len(self._recognised_by):
            father = np.where((father < 0) & (row >= 0), self._recognised_by[row], father)
        return np.asarray(father)

    def spouse(self, person: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Give the last spouse, dead or alive, to whom affinity had not ended by that day."""
        return _pick(self._spouse, self._married.row(person, day))

    def partner(self, person: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Give the partner of a marriage never notified (未届)."""
        return _pick(self._partner, self._living_together.row(person, day))

    def are_siblings(self, one: np.ndarray, other: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Say who shares a parent; half and adoptive siblings count."""
        others = self.parents(other, day)
        shared = [(x >= 0) & (x == y) for x in self.parents(one, day) for y in others]
        return np.asarray(np.logical_or.reduce(shared) & (one != other))


def _pick(values: np.ndarray, row: np.ndarray) -> np.ndarray:
    return np.where(row >= 0, values[row], -1) if len(values) else np.full(len(row), -1)


def true_links(city: City) -> pd.DataFrame:
    """List every true parent, spouse and de facto link with its nature and validity."""
    parts = [*_birth_links(city.people, city.adoptions), _recognised_links(city), _adoptive_links(city.adoptions)]
    marriages, together = city.marriages, city.partnerships
    couple = (marriages["husband"], marriages["wife"])
    parts.append(_links("spouse", *couple, "", marriages["start"], marriages["end"]))
    parts.append(_links("de_facto", together["a"], together["b"], "", together["start"], together["end"]))
    return pd.concat(parts, ignore_index=True)


def _links(link: str, a: object, b: object, nature: object, start: object, end: object) -> pd.DataFrame:
    one, other = np.asarray(a, np.int64), np.asarray(b, np.int64)
    ordered = (one, other) if link == "parent" else (np.minimum(one, other), np.maximum(one, other))
    columns = dict(zip(LINK_COLUMNS, (link, *ordered, nature, start, end), strict=True))
    return pd.DataFrame(columns).astype({"start": "datetime64[s]", "end": "datetime64[s]"})


def _birth_links(people: pd.DataFrame, adoptions: pd.DataFrame) -> list[pd.DataFrame]:
    special = adoptions[adoptions["kind"] == "special"]
    links = []
    for parent, sex in (("mother", "F"), ("father", "M")):
        replaced = special[people["sex"].to_numpy()[special["parent"].to_numpy(np.int64)] == sex]
        end = np.full(len(people), FOREVER)
        end[replaced["child"].to_numpy(np.int64)] = day_number(replaced["start"])
        known = np.flatnonzero(people[parent].to_numpy() >= 0)
        birth = people["birth"].to_numpy()[known]
        links.append(_links("parent", people[parent].to_numpy()[known], known, "birth", birth, as_day(end[known])))
    return links


def _recognised_links(city: City) -> pd.DataFrame:
    rows = city.recognitions
    return _links("parent", rows["father"], rows["child"], "recognised", rows["date"].to_numpy(), np.datetime64("NaT"))


def _adoptive_links(adoptions: pd.DataFrame) -> pd.DataFrame:
    ends = (adoptions["start"].to_numpy(), adoptions["end"].to_numpy())
    nature = np.where(adoptions["kind"] == "special", "special_adoptive", "adoptive")
    return _links("parent", adoptions["parent"], adoptions["child"], nature, *ends)
