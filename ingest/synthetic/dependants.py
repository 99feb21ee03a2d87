"""扶養親族: whom staff support, by their true families, as HR words it."""

import numpy as np
import pandas as pd

from ingest.synthetic.exports import half_kana
from ingest.synthetic.roster import LAST
from ingest.synthetic.town import Town

CHILD_UNTIL, PARENT_FROM = 23, 70  # ages of dependants
SPOUSE_SHARE = {"M": 0.45, "F": 0.06}
PARENT_SHARE, APART_SHARE = 0.12, 0.3
ORDINALS = ("長", "二", "三", "四", "五", "六", "七", "八", "九", "十")


def dependants(town: Town, staff: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """List staff (number), pid, relation, since, together for every dependant."""
    known = staff[staff["pid"] >= 0]
    parts = [_children(town, known, rng), _spouses(town, known, rng), _parents(town, known, rng)]
    rows = pd.concat(parts, ignore_index=True)
    people = town.city.people
    rows = rows[people["death"].isna().to_numpy()[rows["pid"].to_numpy(dtype=int)]]
    day = np.full(len(rows), LAST)
    own = town.household(known["pid"].reindex(rows["staff"]).to_numpy(dtype=int), day)
    rows["together"] = (own == town.household(rows["pid"].to_numpy(dtype=int), day)) & (own >= 0)
    rows = rows[rows["together"] | (rng.random(len(rows)) < APART_SHARE)]
    rows["since"] = np.maximum(rows["since"].to_numpy(), staff["hired"].reindex(rows["staff"]).to_numpy())
    names = people.loc[rows["pid"].to_numpy(dtype=int)]
    rows["name"] = (names["surname"] + names["given"]).to_numpy(dtype=object)
    rows["kana"] = half_kana((names["surname_kana"] + "　" + names["given_kana"]).to_numpy(dtype=object))
    rows["birth"] = names["birth"].to_numpy()
    return rows.drop_duplicates(["staff", "name"]).sort_values(["staff", "birth", "pid"], ignore_index=True)


def _age(birth: pd.Series) -> np.ndarray:
    ages: np.ndarray = (LAST - birth.to_numpy().astype("datetime64[D]")).astype(int) // 365
    return ages


def _children(town: Town, known: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    people = town.city.people
    staff_of = dict(zip(known["pid"], known.index, strict=True))
    parts = []
    for column in ("mother", "father"):
        mine = people[people[column].isin(known["pid"])]
        parts.append(pd.DataFrame({"staff": mine[column].map(staff_of), "pid": mine.index, "since": mine["birth"],
                                   "birth": mine["birth"], "sex": mine["sex"]}))  # fmt: skip
    children = pd.concat(parts, ignore_index=True).sort_values(["staff", "birth", "pid"], kind="stable")
    place = children.groupby(["staff", "sex"]).cumcount().clip(upper=len(ORDINALS) - 1)
    word = children["sex"].map({"M": "男", "F": "女"})
    children["relation"] = place.map(lambda n: ORDINALS[n]) + word
    young = _age(children["birth"]) < CHILD_UNTIL
    one_of_two = ~children["pid"].duplicated()  # two members of staff do not support one child
    return children.loc[young & one_of_two, ["staff", "pid", "relation", "since"]]


def _spouses(town: Town, known: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    marriages = town.city.marriages[town.city.marriages["end"].isna()]
    parts = []
    for own, other, word, sex in (("husband", "wife", "妻", "M"), ("wife", "husband", "夫", "F")):
        mine = marriages.merge(known["pid"].rename(own).rename_axis("staff").reset_index(), on=own)
        mine = mine[rng.random(len(mine)) < SPOUSE_SHARE[sex]]
        columns = {"staff": mine["staff"], "pid": mine[other], "relation": word, "since": mine["start"]}
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def _parents(town: Town, known: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    people = town.city.people
    parts = []
    for column, word in (("mother", "母"), ("father", "父")):
        parent = people[column].to_numpy()[known["pid"].to_numpy(dtype=int)]
        rows = pd.DataFrame({"staff": known.index, "pid": parent})[parent >= 0]
        old = _age(people["birth"].loc[rows["pid"].to_numpy()]) >= PARENT_FROM
        rows = rows[old & (rng.random(len(rows)) < PARENT_SHARE)]
        parts.append(rows.assign(relation=word, since=people["birth"].loc[rows["pid"].to_numpy()].to_numpy()))
    return pd.concat(parts, ignore_index=True)


def dependant_links(staff: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Say which kin links the dependants' file states, in the form of the registers' own record of what they wrote."""
    own, other = staff["pid"].to_numpy()[rows["staff"].to_numpy(dtype=int)], rows["pid"].to_numpy(dtype=int)
    spouse, parent = rows["relation"].isin(["夫", "妻"]).to_numpy(), rows["relation"].isin(["父", "母"]).to_numpy()
    a = np.select([spouse, parent], [np.minimum(own, other), other], own)
    b = np.select([spouse, parent], [np.maximum(own, other), own], other)
    nature = np.where(spouse, "legal", "birth")
    columns = {"link": np.where(spouse, "spouse", "parent"), "a": a, "b": b, "nature": nature, "start": rows["since"]}
    return pd.DataFrame(columns | {"end": pd.NaT, "grade": "stated", "chain": 0})
