"""Write down what became of everyone as the tables of a City."""

import numpy as np
import pandas as pd

from synthetic.population import addresses, names
from synthetic.population.city import REGISTER_START, TODAY, City
from synthetic.population.state import NAMES, OPEN, State, Table, day_of, stream

FIRST_PERSON, FIRST_HOUSEHOLD = 1_000_000, 200_000
WEIGHTS = (2, 3, 4, 5, 6, 7)


def write_down(state: State, seed: int, size: str) -> City:
    """Turn the working arrays into the City record."""
    rng = stream(seed, NAMES)
    history = _names(state)
    people = _people(state, history, rng)
    household_end = _household_ends(state)
    return City(
        seed=seed,
        size=size,
        residents=int(people["resident"].sum()),
        today=TODAY,
        people=people,
        marriages=_marriages(state),
        adoptions=_adoptions(state),
        recognitions=_dated(state.recognitions),
        partnerships=_dated(state.partnerships),
        names=history,
        stays=_dated(state.stays).sort_values(["pid", "start"], kind="stable", ignore_index=True),
        heads=_heads(state, household_end),
        places=_places(state, household_end, seed),
        institutions=np.flatnonzero(state.households.institution),
        outside=_outside(state),
        household_ids=numbered(len(state.households), FIRST_HOUSEHOLD),
    )


def numbered(count: int, first: int) -> np.ndarray:
    """Issue 15-digit numbers with check digit M11W2~7; a number whose digit would be 10 is not issued (J4)."""
    body = np.arange(first, first + count * 10 // 9 + 20, dtype=np.int64)
    total, rest = np.zeros(len(body), np.int64), body.copy()
    for place in range(14):
        total += rest % 10 * WEIGHTS[place % len(WEIGHTS)]
        rest //= 10
    remainder = total % 11
    number = body * 10 + np.where(remainder == 0, 0, 11 - remainder)
    return np.array([f"{n:015d}" for n in number[remainder != 1][:count].tolist()], object)


def _day(days: np.ndarray) -> np.ndarray:
    dates = days.astype("datetime64[D]").astype("datetime64[s]")
    dates[days == OPEN] = np.datetime64("NaT")
    return dates


def _dated(table: Table) -> pd.DataFrame:
    """Turn a table's day columns into dates."""
    columns = table.columns()
    return pd.DataFrame({name: _day(c) if name in ("start", "end", "date") else c for name, c in columns.items()})


def _marriages(state: State) -> pd.DataFrame:
    marriages = state.marriages
    rows = _dated(marriages)
    ended_by = np.where(marriages.by_death, "death", np.where(marriages.end == OPEN, "", "divorce"))
    death = state.people.death
    survivor = np.maximum(death[marriages.husband], death[marriages.wife])
    terminated = np.where(marriages.terminated < np.minimum(survivor, day_of(TODAY) + 1), marriages.terminated, OPEN)
    rows = rows.assign(ended_by=ended_by, surname_of=np.where(marriages.of_wife, "W", "H"), terminated=_day(terminated))
    return rows[["husband", "wife", "start", "end", "ended_by", "surname_of", "terminated"]]


def _adoptions(state: State) -> pd.DataFrame:
    kind = np.where(state.adoptions.special, "special", "ordinary")
    return _dated(state.adoptions).assign(kind=kind)[["child", "parent", "start", "end", "kind"]]


def _names(state: State) -> pd.DataFrame:
    """Write everyone's 氏 over time; a change to a 氏 that reads the same is none."""
    rows = _dated(state.names).sort_values(["pid", "start"], kind="stable", ignore_index=True)
    pids, codes = rows["pid"].to_numpy(), rows["surname"].to_numpy()
    surname, kana = names.surnames(codes)
    foreign = np.flatnonzero(state.people.nation[pids] > 0)
    surname[foreign], kana[foreign], _ = names.foreign_surnames(state.people.nation[pids[foreign]], codes[foreign])
    rows = rows.assign(surname=surname, surname_kana=kana)
    same = (pids[1:] == pids[:-1]) & (surname[1:] == surname[:-1])
    return rows[np.concatenate([[True], ~same])].reset_index(drop=True)


def _people(state: State, history: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    people = state.people
    birth = _day(people.birth)
    years = birth.astype("datetime64[Y]").astype(int) + 1970
    given, kana = names.given_names(years, people.male, rng)
    last = history.drop_duplicates("pid", keep="last")
    alias, alias_kana = _aliases(state, given, kana, rng)
    latin, nationality = _foreigners(state, given, kana, rng)
    return pd.DataFrame(
        {
            "sex": np.where(people.male, "M", "F"),
            "birth": birth,
            "death": _day(people.death),
            "mother": people.mother,
            "father": people.father,
            "given": given,
            "given_kana": kana,
            "surname": last["surname"].to_numpy(),
            "surname_kana": last["surname_kana"].to_numpy(),
            "foreign": people.nation > 0,
            "latin_name": latin,
            "alias": alias,
            "alias_kana": alias_kana,
            "nationality": nationality,
            "person_id": _person_ids(state),
            "resident": people.household >= 0,
        }
    )


def _foreigners(
    state: State, given: np.ndarray, kana: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Put foreigners' own given names and kana in place; give the latin names and the nationalities."""
    people = state.people
    latin, nationality = (np.full(len(people), "", object) for _ in range(2))
    foreign = np.flatnonzero(people.nation > 0)
    nation = people.nation[foreign]
    given[foreign], kana[foreign], own = names.foreign_given(nation, people.male[foreign], rng)
    latin[foreign] = names.foreign_surnames(nation, people.surname[foreign])[2] + " " + own
    nationality[foreign] = names.nationalities(nation)
    return latin, nationality


def _aliases(
    state: State, given: np.ndarray, kana: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Give some foreigners a Japanese name in use (通称)."""
    people = state.people
    bears = (people.nation > 0) & (rng.random(len(people)) < state.rates.alias)
    surname, surname_kana = names.surnames(people.surname)
    alias = np.where(bears, surname + "　" + given, "")
    return alias, np.where(bears, surname_kana + "　" + kana, "")


def _person_ids(state: State) -> np.ndarray:
    """Number everyone who lived here since the register moved into the computer, in order of registration."""
    stays = state.stays
    first = np.full(len(state.people), OPEN, np.int32)
    registered = stays.end > day_of(REGISTER_START)
    np.minimum.at(first, stays.pid[registered], np.maximum(stays.start[registered], day_of(REGISTER_START)))
    household = np.full(len(state.people), OPEN, np.int32)
    np.minimum.at(household, stays.pid[registered], stays.household[registered])
    order = np.lexsort((household, first))
    known = order[first[order] < OPEN]
    ids = np.full(len(first), "", object)
    ids[known] = numbered(len(known), FIRST_PERSON)
    return ids


def _household_ends(state: State) -> np.ndarray:
    ends = np.full(len(state.households), -OPEN, np.int32)
    np.maximum.at(ends, state.stays.household, state.stays.end)
    return _day(ends)


def _successions(rows: pd.DataFrame, household_end: np.ndarray) -> pd.DataFrame:
    """Let each row of a household end where its next one begins, the last one with the household."""
    rows = rows.sort_values(["household", "start"], kind="stable", ignore_index=True)
    household, start = rows["household"].to_numpy(), rows["start"].to_numpy()
    end = household_end[household]
    follows = np.flatnonzero(household[1:] == household[:-1])
    end[follows] = start[follows + 1]
    return rows.assign(end=end)


def _heads(state: State, household_end: np.ndarray) -> pd.DataFrame:
    """Let a head's time end with its stay too: an institution may be left empty for a while."""
    rows = _successions(_dated(state.heads), household_end)
    stays = _dated(state.stays).rename(columns={"pid": "head", "start": "came", "end": "left"})
    kept = rows.reset_index().merge(stays, on=["household", "head"])
    kept = kept[(kept["came"] <= kept["start"]) & ~(kept["left"] <= kept["start"])]
    kept = kept.assign(end=kept[["end", "left"]].min(axis=1)).sort_values("index", ignore_index=True)
    return kept[["household", "head", "start", "end"]]


def _places(state: State, household_end: np.ndarray, seed: int) -> pd.DataFrame:
    rows = _successions(_dated(state.places), household_end)
    texts, number = addresses.write(state.addresses.year, seed), rows["address"].to_numpy()
    columns = {"town": texts.town[number], "number": texts.number[number], "building": texts.building[number]}
    return rows.assign(**columns)[["household", "town", "number", "building", "start", "end"]]


def _outside(state: State) -> pd.DataFrame:
    outside = state.outside
    rows = _dated(outside).assign(address=addresses.elsewhere(outside.address))
    kept = rows[outside.start < outside.end]
    return kept.sort_values(["pid", "start"], kind="stable", ignore_index=True)
