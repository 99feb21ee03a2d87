"""The close relatives whom staff may name to their employer: true ones, and made-up ones of made-up staff."""

import numpy as np
import pandas as pd

from synthetic.population.city import City
from synthetic.staff.roster import LAST

NOBODY = -1
ORDINALS = ("長", "二", "三", "四", "五", "六", "七", "八", "九", "十")
COLUMNS = [
    "staff",
    "pid",
    "link",
    "relation",
    "since",
    "sex",
    "birth",
    "surname",
    "surname_kana",
    "given",
    "given_kana",
]
NAMES = COLUMNS[7:]
MARRIED, MARRIED_FROM, CHILDREN, MOST_CHILDREN = 0.6, 26, 0.7, 3  # of staff who are made up
GENERATION = (24, 38)  # years between parent and child
YEAR = np.timedelta64(365, "D")
FASHION = 300  # so many people born next have given names of one time


def relatives(city: City, staff: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """List the living spouse, children, parents, brothers and sisters of all staff; pid NOBODY: in no register."""
    known = staff.loc[staff["pid"] >= 0, ["pid"]].rename_axis("staff").reset_index()
    parts = [_children(city, known), _spouses(city, known), _parents(city, known), _siblings(city, known)]
    true = pd.concat(parts, ignore_index=True).astype({"staff": np.int64, "pid": np.int64})
    people = city.people.loc[true["pid"].to_numpy()]
    columns = {name: people[name].to_numpy() for name in ("sex", "birth", *NAMES)}
    true = true.assign(**columns)[people["death"].isna().to_numpy()]
    return pd.concat([true[COLUMNS], _invented(city, staff[staff["pid"] < 0], rng)], ignore_index=True)


def age(birth: pd.Series) -> np.ndarray:
    """Give ages in full years on the registers' day."""
    years: np.ndarray = (LAST - birth.to_numpy().astype("datetime64[D]")).astype(int) // 365
    return years


def _children(city: City, known: pd.DataFrame) -> pd.DataFrame:
    people = city.people
    parts = []
    for column in ("mother", "father"):
        mine = people.loc[people[column].isin(known["pid"]), [column, "birth", "sex"]].rename_axis("child")
        parts.append(mine.reset_index().merge(known.rename(columns={"pid": column}), on=column))
    children = pd.concat(parts, ignore_index=True).sort_values(["staff", "birth", "child"], kind="stable")
    return pd.DataFrame(
        {
            "staff": children["staff"],
            "pid": children["child"],
            "link": "child",
            "relation": _ordinal(children),
            "since": children["birth"],
        }
    )


def _ordinal(children: pd.DataFrame) -> pd.Series:
    """Name each parent's sons and daughters in order (長男, 二女 …)."""
    place = children.groupby(["staff", "sex"]).cumcount().clip(upper=len(ORDINALS) - 1)
    return place.map(lambda n: ORDINALS[n]) + children["sex"].map({"M": "男", "F": "女"}).astype(object)


def _spouses(city: City, known: pd.DataFrame) -> pd.DataFrame:
    marriages = city.marriages[city.marriages["end"].isna()]
    parts = []
    for own, other, word in (("husband", "wife", "妻"), ("wife", "husband", "夫")):
        mine = marriages.merge(known.rename(columns={"pid": own}), on=own)
        columns = {"staff": mine["staff"], "pid": mine[other], "link": "spouse", "relation": word}
        parts.append(pd.DataFrame(columns | {"since": mine["start"]}))
    return pd.concat(parts, ignore_index=True)


def _parents(city: City, known: pd.DataFrame) -> pd.DataFrame:
    people = city.people
    parts = []
    for column, word in (("mother", "母"), ("father", "父")):
        parent = people[column].to_numpy()[known["pid"].to_numpy()]
        rows = pd.DataFrame({"staff": known["staff"], "pid": parent, "link": "parent", "relation": word})[parent >= 0]
        own_birth = people["birth"].to_numpy()[known["pid"].to_numpy()[parent >= 0]]
        parts.append(rows.assign(since=own_birth))
    return pd.concat(parts, ignore_index=True)


def _siblings(city: City, known: pd.DataFrame) -> pd.DataFrame:
    """List the other children of the same mother."""
    people = city.people
    own = known.assign(mother=people["mother"].to_numpy()[known["pid"].to_numpy()])
    born = own.assign(own_birth=people["birth"].to_numpy()[own["pid"].to_numpy()]).rename(columns={"pid": "own"})
    others = people.loc[people["mother"].isin(own["mother"]) & (people["mother"] >= 0), ["mother", "birth", "sex"]]
    rows = born.merge(others.rename_axis("pid").reset_index(), on="mother")
    rows = rows[rows["pid"] != rows["own"]]
    older, male = rows["birth"] < rows["own_birth"], rows["sex"] == "M"
    word = np.select([older & male, older, male], ["兄", "姉", "弟"], "妹")
    since = rows[["birth", "own_birth"]].max(axis=1)
    columns = {"staff": rows["staff"], "pid": rows["pid"], "link": "sibling", "relation": word}
    return pd.DataFrame(columns | {"since": since})


def _invented(city: City, staff: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Make up spouse, children and parents."""
    years = (LAST - staff["birth"].to_numpy().astype("datetime64[D]")).astype(int) // 365
    married = (rng.random(len(staff)) < MARRIED) & (years >= MARRIED_FROM)
    children = np.where(married & (years > GENERATION[0]), rng.binomial(MOST_CHILDREN, CHILDREN / 2, len(staff)), 0)
    wives = np.where(staff["sex"] == "M", "F", "M")
    parts = [
        _kin(staff[married], wives[married], "spouse", rng.integers(-4, 5, int(married.sum())), rng),
        _kin(staff.loc[staff.index.repeat(children)], None, "child", rng.integers(*GENERATION, children.sum()), rng),
        _kin(staff, np.full(len(staff), "F"), "parent", -rng.integers(*GENERATION, len(staff)), rng),
        _kin(staff, np.full(len(staff), "M"), "parent", -rng.integers(*GENERATION, len(staff)), rng),
    ]
    rows = pd.concat(parts, ignore_index=True).sort_values(["staff", "birth"], kind="stable", ignore_index=True)
    rows = rows[rows["birth"].to_numpy() <= LAST]
    word = rows["link"] + rows["sex"]
    named = word.map({"spouseF": "妻", "spouseM": "夫", "parentF": "母", "parentM": "父"})
    rows["relation"] = named.fillna(_ordinal(rows.assign(staff=rows["staff"].astype(str) + rows["link"])))
    given = _given(city, rows["sex"].to_numpy(), rows["birth"].to_numpy(), rng)
    return rows.assign(pid=NOBODY, given=given["given"].to_numpy(), given_kana=given["given_kana"].to_numpy())[COLUMNS]


def _kin(
    staff: pd.DataFrame, sex: np.ndarray | None, link: str, years: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Give a relative for each row of staff, born so many years later and on another day of the year."""
    if sex is None:
        sex = np.where(rng.random(len(staff)) < 0.5, "M", "F")
    own = staff["birth"].to_numpy().astype("datetime64[D]")
    birth = own + years * YEAR + rng.integers(0, 365, len(staff)).astype("timedelta64[D]")
    columns = {"staff": staff.index, "link": link, "sex": sex, "birth": birth.astype("datetime64[s]")}
    columns |= {"since": np.maximum(birth, own).astype("datetime64[s]")}
    return pd.DataFrame(columns | {name: staff[name].to_numpy() for name in ("surname", "surname_kana")})


def _given(city: City, sex: np.ndarray, birth: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Draw for each a given name of somebody of that sex born about then."""
    people = city.people[~city.people["foreign"].to_numpy(bool)]
    found = pd.DataFrame({"given": "", "given_kana": ""}, index=np.arange(len(sex)), dtype=object)
    for each in "FM":
        bearers = people[people["sex"] == each].sort_values("birth", kind="stable")
        who = np.flatnonzero(sex == each)
        place = np.searchsorted(bearers["birth"].to_numpy(), birth[who]) + rng.integers(-FASHION, FASHION, len(who))
        chosen = bearers[["given", "given_kana"]].iloc[np.clip(place, 0, len(bearers) - 1)]
        found.loc[who] = chosen.to_numpy(object)
    return found
