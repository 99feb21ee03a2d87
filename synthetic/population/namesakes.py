"""Residents who share name and birth date with another: rare by nature, planted for whoever must tell them."""

from dataclasses import replace

import numpy as np
import pandas as pd

from synthetic.population.city import City

NEAR = np.timedelta64(700, "D")  # a namesake's birth date is moved by so much at most
AROUND = 100  # among so many born before and after, one is drawn
SAME_KANJI = 1 / 3  # of the pairs; the others share the reading only
TAKEN = ["surname", "surname_kana", "given", "given_kana", "birth"]


def plant(city: City, per_10000: float, rng: np.random.Generator) -> City:
    """Give so many residents in 10,000, who have no kin, name and birth date of another of their sex and age."""
    people = city.people
    wanted = round(per_10000 * int(people["resident"].sum()) / 10_000)
    models, doubles = _pairs(city, wanted, rng)
    taken = people.loc[models, TAKEN].set_axis(doubles)
    other = _other_spelling(people, taken)
    taken["given"] = taken["given"].where(rng.random(len(taken)) < SAME_KANJI, other)
    changed = people.copy()
    changed.loc[doubles, TAKEN] = taken
    return replace(
        city, people=changed, names=_renamed(city.names, people, taken), outside=_redated(city.outside, people, taken)
    )


def _pairs(city: City, wanted: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Pair people without kin with somebody of their sex born about then; nobody is in two pairs."""
    people = city.people[(city.people["resident"] & ~city.people["foreign"]).astype(bool)]
    alone = ~np.isin(people.index, _kin(city))
    pairs = [_of_one_sex(people[people["sex"] == sex], alone[people["sex"] == sex], wanted // 2, rng) for sex in "FM"]
    return np.concatenate([models for models, _ in pairs]), np.concatenate([doubles for _, doubles in pairs])


def _of_one_sex(
    people: pd.DataFrame, alone: np.ndarray, wanted: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    born = people["birth"].to_numpy()
    doubles = rng.choice(np.flatnonzero(alone), min(wanted, int(alone.sum())), replace=False)
    others = np.flatnonzero(~alone)
    others = others[np.argsort(born[others], kind="stable")]
    at = np.searchsorted(born[others], born[doubles]) + rng.integers(-AROUND, AROUND, len(doubles))
    _, first = np.unique(at, return_index=True)
    doubles, models = doubles[first], others[np.clip(at[first], 0, len(others) - 1)]
    near = np.abs(born[models] - born[doubles]) <= NEAR
    return people.index.to_numpy()[models[near]], people.index.to_numpy()[doubles[near]]


def _kin(city: City) -> np.ndarray:
    """List everybody who has a parent, a child or a spouse, ever, or changed their 氏."""
    people = city.people
    parents = people[["mother", "father"]].to_numpy()
    parts = [people.index[(parents >= 0).any(axis=1)], parents.ravel()]
    for rows, columns in (
        (city.marriages, ("husband", "wife")), (city.adoptions, ("child", "parent")),
        (city.recognitions, ("child", "father")), (city.partnerships, ("a", "b")),
    ):  # fmt: skip
        parts += [rows[column].to_numpy() for column in columns]
    parts.append(city.names.loc[city.names["pid"].duplicated(), "pid"].to_numpy())
    return np.unique(np.concatenate(parts))


def _other_spelling(people: pd.DataFrame, taken: pd.DataFrame) -> pd.Series:
    """Give each given name as somebody else of the same reading spells it, its own where nobody does."""
    spellings = people.drop_duplicates(["given_kana", "given"]).groupby("given_kana")["given"].agg(list)
    found = [
        next((other for other in spellings[kana] if other != given), given)
        for given, kana in zip(taken["given"], taken["given_kana"], strict=True)
    ]
    return pd.Series(found, index=taken.index, dtype=object)


def _renamed(names: pd.DataFrame, people: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    names = _redated(names, people, taken)
    rows = names["pid"].isin(taken.index)
    for column in ("surname", "surname_kana"):
        names.loc[rows, column] = taken[column].reindex(names.loc[rows, "pid"]).to_numpy()
    return names


def _redated(rows: pd.DataFrame, people: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Let what began with a birth begin with the birth date taken."""
    rows = rows.copy()
    born = people["birth"].reindex(rows["pid"]).to_numpy()
    moved = rows["pid"].isin(taken.index).to_numpy() & (rows["start"].to_numpy() == born)
    rows.loc[moved, "start"] = taken["birth"].reindex(rows.loc[moved, "pid"]).to_numpy()
    return rows
