"""Hard negatives (Q5): lookups that look like the planted ones and have their reason, or no kin behind them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.staff.offices import CASEWORK, COUNTER, WELFARE, Places, era_of
from synthetic.staff.roster import FIRST, LAST, hour_weights, moments
from synthetic.work.town import Town
from synthetic.work.work import CALL, CASE, HOUSEHOLD, PERSON, Setting, acts, plain_operations

CASE_LOOKUPS = 4
CASE_OPERATIONS = (CASE, CALL, CALL, CASE)  # the relayed pair must count once
COUSIN_DEGREES = (3, 5)


@dataclass(frozen=True)
class Negatives:
    """Who is to be looked up by whom, and under which name."""

    rows: pd.DataFrame  # name, staff, subject (pid)

    def of(self, name: str) -> pd.DataFrame:
        """Give the rows of one sort."""
        return self.rows[self.rows["name"] == name]


def choose(
    pairs: pd.DataFrame, staff: pd.DataFrame, town: Town, places: Places, count: int, rng: np.random.Generator
) -> Negatives:
    """Choose up to `count` pairs of each sort among `staff` and their kin; a small place may have fewer."""
    office = places.office(np.zeros(places.seat.shape[1], int), np.arange(places.seat.shape[1]))
    still = (places.seat[0] == places.seat[1]) & (places.seats["title"].to_numpy()[places.seat[0]] != "課長")
    near = pairs[pairs["here"] & still[pairs["staff"].to_numpy()] & pairs["staff"].isin(staff.index)]
    theirs = office[near["staff"].to_numpy()]
    distant = near["kind"].isin(["blood", "affinity"]) & near["degree"].between(*COUSIN_DEGREES) & ~near["together"]
    parent = (near["kind"] == "blood") & (near["up"] == 1) & (near["down"] == 0)
    relative = near["kind"].isin(["blood", "affinity"]) & ~near["together"] & ~near["institution"]
    sorts = {
        "assigned_relative": near[distant & (theirs == CASEWORK) & ~near["institution"]],
        "counter_parent": near[parent & (theirs == COUNTER)],
        "household_view": near[relative & (theirs == COUNTER)],
        "namesake": _namesakes(near, town, places),
        "institution": _inmates(near, town, places),
        "outside_trap": _traps(staff, town, places),
    }
    chosen = [_some(name, rows, count, rng) for name, rows in sorts.items()]
    return Negatives(pd.concat(chosen, ignore_index=True))


def _some(name: str, rows: pd.DataFrame, count: int, rng: np.random.Generator) -> pd.DataFrame:
    rows = rows.iloc[rng.permutation(len(rows))].drop_duplicates("staff").head(count)
    return pd.DataFrame({"name": name, "staff": rows["staff"].to_numpy(), "subject": rows["b"].to_numpy()})


def _looking(places: Places, staff: np.ndarray) -> np.ndarray:
    """Mark staff who use a system in both eras."""
    rights = (places.operator[:, staff] != "").any(axis=2).all(axis=0)
    return np.asarray(rights)


def _namesakes(near: pd.DataFrame, town: Town, places: Places) -> pd.DataFrame:
    """Find residents who share a relative's full name and are no kin of that member of staff."""
    name = pd.Series(town.text("surname") + town.text("given"))
    wanted = near.loc[_looking(places, near["staff"].to_numpy()), ["staff", "b"]].assign(
        name=lambda t: name[t["b"]].values
    )
    pool = pd.DataFrame({"b": town.inhabitants, "name": name[town.inhabitants].to_numpy()})
    pool = pool[_through(town, pool["b"].to_numpy())]
    found = wanted[["staff", "name"]].merge(pool, on="name")
    kin = near[["staff", "b"]].assign(kin=True)
    found = found.merge(kin, on=["staff", "b"], how="left")
    return found[found["kin"].isna()]


def _inmates(near: pd.DataFrame, town: Town, places: Places) -> pd.DataFrame:
    """Find others who live in the institution where a relative lives."""
    wanted = near[near["institution"] & _looking(places, near["staff"].to_numpy())]
    home = pd.DataFrame({"staff": wanted["staff"], "household": town.household(wanted["b"].to_numpy(), _last(wanted))})
    members = town.members(home["household"].unique())[["household", "pid"]].rename(columns={"pid": "b"})
    found = home.merge(members, on="household").merge(near[["staff", "b"]].assign(kin=True), how="left")
    return found[found["kin"].isna() & _through(town, found["b"].to_numpy())]


def _traps(staff: pd.DataFrame, town: Town, places: Places) -> pd.DataFrame:
    """Take the household of the resident whose name and birth date a member of staff from elsewhere has."""
    rows = staff[(staff["trap"] >= 0) & _looking(places, staff.index.to_numpy())]
    home = pd.DataFrame({"staff": rows.index, "household": town.household(rows["trap"].to_numpy(), _last(rows))})
    members = town.members(home["household"].unique())[["household", "pid"]].rename(columns={"pid": "b"})
    found = home.merge(members, on="household")
    return found[_through(town, found["b"].to_numpy())]


def _last(rows: pd.DataFrame) -> np.ndarray:
    return np.full(len(rows), LAST)


def _through(town: Town, pids: np.ndarray) -> np.ndarray:
    first, last = (town.household(pids, np.full(len(pids), day)) for day in (FIRST, LAST))
    numbered = town.number[pids] != ""
    lives: np.ndarray = (first >= 0) & (last >= 0) & numbered
    return lives


def forced_cases(negatives: Negatives, town: Town, places: Places) -> pd.DataFrame:
    """Put the households of `assigned_relative` into their relatives' care."""
    rows = negatives.of("assigned_relative")
    household = town.household(rows["subject"].to_numpy(dtype=int), _last(rows))
    seat = places.seat[0][rows["staff"].to_numpy(dtype=int)]
    return pd.DataFrame({"seat": seat, "household": household})


def negative_acts(negatives: Negatives, at: Setting, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the acts of every hard negative; the cases of `assigned_relative` are the first in the case table."""
    names = negatives.rows["name"].to_numpy(dtype=object)
    lookups = np.where(names == "assigned_relative", CASE_LOOKUPS, 1)
    row = np.repeat(np.arange(len(names)), lookups)
    name, nth = names[row], np.arange(len(row)) - np.repeat(lookups.cumsum() - lookups, lookups)
    staff = negatives.rows["staff"].to_numpy(dtype=int)[row]
    times = moments(at.roster, staff, hour_weights(at.rates.overtime), rng)
    rights = at.places.operator[era_of(times), staff] != ""
    usual = 2 - rights[:, ::-1].argmax(axis=1)  # the last in the list: never tax, which does not know children
    assigned, parent, view = (name == n for n in ("assigned_relative", "counter_parent", "household_view"))
    system = np.where(assigned, WELFARE, usual)
    case_operation = np.array(CASE_OPERATIONS, object)[nth % CASE_LOOKUPS]
    plain = plain_operations(system, at.rates, rng)
    operation = np.select([assigned, parent, view], [case_operation, PERSON, HOUSEHOLD], plain)
    reason = np.where(assigned | parent | view, "recorded", "unrecorded")
    frame = acts(len(row), time=times, staff=staff, holder=staff, system=system, operation=operation, reason=reason,
                 subject=negatives.rows["subject"].to_numpy(dtype=int)[row], origin="hard:" + name)  # fmt: skip
    frame["case"] = np.where(assigned, row, -1)
    frame["reception"] = np.select([parent, view], ["証明", "相談"], "").astype(object)
    frame["certificate"] = np.where(parent, "1", "").astype(object)
    return frame[~np.isnat(times)].reset_index(drop=True)
