"""Who works for the municipality: residents, people from elsewhere, and a few with a resident's name and birth date."""

import numpy as np
import pandas as pd

from synthetic.population.city import City
from synthetic.settings import WorkRates
from synthetic.staff.roster import FIRST

YOUNGEST, OLDEST = 20, 63  # in the year the logs begin
HIRED_FROM = 18
INVENTED = -1  # the pid of somebody who is in no family
COLUMNS = ("pid", "sex", "birth", "surname", "given", "surname_kana", "given_kana")


def hire(city: City, rates: WorkRates, rng: np.random.Generator) -> pd.DataFrame:
    """Choose staff; index = number of the member of staff, in order of 職員番号."""
    residents = round(rates.staff * rates.resident_staff)
    traps = round(rates.staff * rates.outside_traps)
    leavers = round((rates.staff - residents - traps) * rates.outside_kin)
    here, gone, foreign = _pools(city)
    foreigners = min(round(residents * rates.foreign_staff), len(foreign))
    special = _special(city, here, rates, residents, rng)
    others = np.setdiff1d(here, special)
    natives = rng.choice(others, min(residents - foreigners - len(special), len(others)), replace=False)
    chosen = np.concatenate([special, natives, rng.choice(foreign, foreigners, replace=False)])
    away = rng.choice(gone, min(leavers, len(gone)), replace=False)
    known = city.people.loc[np.concatenate([chosen, away])].rename_axis("pid").reset_index()
    invented = _invented(city, here, rates.staff - len(known) - traps, rng)
    trap = city.people.loc[rng.choice(np.setdiff1d(here, chosen), traps, replace=False)].assign(pid=INVENTED)
    staff = pd.concat([known.loc[:, COLUMNS], invented, trap.loc[:, COLUMNS]], ignore_index=True)
    staff["trap"] = np.concatenate([np.full(len(staff) - traps, INVENTED), trap.index.to_numpy()])
    staff["resident"] = np.isin(staff["pid"].to_numpy(), chosen) & (staff["pid"] >= 0)
    return _numbered(staff, rng)


def _pools(city: City) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """List people of working age: who live here, who live elsewhere, and foreigners who live here."""
    people = city.people
    born = people["birth"].to_numpy().astype("datetime64[D]")
    working = (born <= FIRST - YOUNGEST * 366) & (born > FIRST - OLDEST * 365)
    foreign, here = people["foreign"].to_numpy(dtype=bool), people["resident"].to_numpy(dtype=bool)
    able, pids = working & people["death"].isna().to_numpy(), people.index.to_numpy()
    away = able & ~foreign & ~here & _has_family_here(city)
    return pids[able & ~foreign & here], pids[away], pids[able & foreign & here]


def _special(city: City, here: np.ndarray, rates: WorkRates, residents: int, rng: np.random.Generator) -> np.ndarray:
    """Choose twins and namesakes, who are rare, so that there are some among the staff."""
    people = city.people[city.people["resident"].astype(bool)]
    twins = people[people.duplicated(["mother", "birth"], keep=False) & (people["mother"] >= 0)].index
    namesakes = people[people.duplicated(["surname_kana", "given_kana", "birth"], keep=False)].index
    pools = ((np.intersect1d(here, twins), rates.twin_staff), (np.intersect1d(here, namesakes), rates.namesake_staff))
    found = [rng.choice(pool, min(round(residents * share), len(pool)), replace=False) for pool, share in pools]
    return np.unique(np.concatenate(found))


def _has_family_here(city: City) -> np.ndarray:
    """Mark those with a number of their own, or with a parent or a child who has one."""
    numbered = (city.people["person_id"] != "").to_numpy(dtype=bool)
    linked = numbered.copy()
    for column in ("mother", "father"):
        parent = city.people[column].to_numpy()
        known = parent >= 0
        linked[known] |= numbered[parent[known]]
        np.logical_or.at(linked, parent[known], numbered[known])
    return np.asarray(linked)


def _invented(city: City, pool: np.ndarray, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Make people up from surnames, given names and birth dates that occur."""
    people = city.people
    given = people.loc[rng.choice(pool, n)]
    surname = people.loc[rng.choice(pool, n)]
    birth = given["birth"].to_numpy() + rng.integers(-700, 700, n).astype("timedelta64[D]")
    columns = {"pid": INVENTED, "sex": given["sex"].to_numpy(), "birth": birth}
    names = {c: source[c].to_numpy() for source, cs in ((surname, COLUMNS[3::2]), (given, COLUMNS[4::2])) for c in cs}
    return pd.DataFrame(columns | names)[list(COLUMNS)]


def _numbered(staff: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    n = len(staff)
    age = (FIRST - staff["birth"].to_numpy().astype("datetime64[D]")).astype(int) // 365
    years = (rng.random(n) * (age - HIRED_FROM + 1)).astype(int).clip(0, 40)
    staff["hired"] = (2017 - years - 1970).astype("datetime64[Y]").astype("datetime64[M]") + 3
    staff["hired"] = staff["hired"].to_numpy().astype("datetime64[D]")
    staff = staff.iloc[rng.permutation(n)].sort_values("hired", kind="stable", ignore_index=True)
    numbers = 1000 + rng.integers(1, 8, n).cumsum()
    return staff.assign(staff_id=[f"{number:07d}" for number in numbers])
