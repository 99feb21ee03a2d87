"""Which person gets a new row in the resident register on which day, and why (J6, J9)."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from synthetic.population.city import REGISTER_START, City
from synthetic.population.timeline import FOREVER, Timeline, day_number

# In the order of which one gives the reason where several fall on one day.
DEATH, OUT, BIRTH, IN, MADE, MOVE, SPLIT, MERGE, HEAD, FIX = range(10)
REASON_CODES = np.array(["23", "21", "03", "01", "07", "41", "50", "51", "53", "43"], object)
LEAVING = (DEATH, OUT)
START = int(day_number(np.array([REGISTER_START]))[0])


def stays_of(city: City) -> pd.DataFrame:
    """List the stays the register knows, in order, with day numbers and whether they continue the one before."""
    stays = city.stays[["pid", "household"]].astype(np.int64)
    stays = stays.assign(start=day_number(city.stays["start"]), end=day_number(city.stays["end"]))
    stays = stays[stays["end"] > stays["start"]].sort_values(["pid", "start"], kind="stable", ignore_index=True)
    same = stays["pid"].eq(stays["pid"].shift()) & stays["start"].eq(stays["end"].shift())
    arrival = stays["start"].where(~same).ffill().astype(np.int64)
    stays = stays.assign(continues=same, goes_on=same.shift(-1, fill_value=False), arrival=arrival)
    numbered = (city.people["person_id"] != "").to_numpy()[stays["pid"]]
    return stays[numbered & (stays["end"] > START)].reset_index(drop=True)


def register_events(city: City, stays: pd.DataFrame) -> pd.DataFrame:
    """List pid, day and reason of every row to write, at most one for a person and day."""
    parts = [_comings(city, stays), _goings(city, stays)]
    parts += [_shared(_beginnings(city.places), stays, MOVE), _shared(_beginnings(city.heads), stays, HEAD)]
    parts.append(_shared(_family_days(city, stays), stays, FIX))
    events = pd.concat(parts, ignore_index=True)
    number = np.argsort(np.argsort(city.people["person_id"].to_numpy(object), kind="stable"))  # as files are sorted
    events = events.assign(number=number[events["pid"]]).sort_values(["number", "day", "reason"], kind="stable")
    return events.drop_duplicates(["pid", "day"], ignore_index=True).drop(columns="number")


def _comings(city: City, stays: pd.DataFrame) -> pd.DataFrame:
    start, pid = stays["start"].to_numpy(), stays["pid"].to_numpy()
    born = day_number(city.people["birth"].to_numpy())[pid] == start
    arrived = np.where(start < START, MADE, np.where(born, BIRTH, IN))
    reason = np.where(stays["continues"] & (start >= START), _moved(city, stays), arrived)
    return pd.DataFrame({"pid": pid, "day": np.maximum(start, START), "reason": reason})


def _moved(city: City, stays: pd.DataFrame) -> np.ndarray:
    """Tell a move from a split or merger of households at one address."""
    places = city.places
    where = Timeline(places["household"], day_number(places["start"]))
    address = pd.factorize(places["town"] + "|" + places["number"] + "|" + places["building"])[0]
    household, day = stays["household"].to_numpy(), stays["start"].to_numpy()
    before, now = where.row(np.roll(household, 1), day - 1), where.row(household, day)
    same = (before >= 0) & (now >= 0) & (address[before] == address[now])
    founded = stays.groupby("household")["start"].min().reindex(household).to_numpy()
    return np.where(same, np.where(founded == day, SPLIT, MERGE), MOVE)


def _goings(city: City, stays: pd.DataFrame) -> pd.DataFrame:
    gone = stays[(stays["end"] < FOREVER) & ~stays["goes_on"]]
    died = day_number(city.people["death"].to_numpy())[gone["pid"]] == gone["end"]
    return pd.DataFrame({"pid": gone["pid"], "day": gone["end"], "reason": np.where(died, DEATH, OUT)})


def _beginnings(rows: pd.DataFrame) -> pd.DataFrame:
    """List the days on which a household's place or head became another."""
    days = pd.DataFrame({"household": rows["household"].to_numpy(np.int64), "day": day_number(rows["start"])})
    first = days.groupby("household")["day"].transform("min")
    return days[days["day"] > first].drop_duplicates()


def _family_days(city: City, stays: pd.DataFrame) -> pd.DataFrame:
    """List the days on which a family event touched a household."""
    people, days = zip(*_family_events(city), strict=True)
    pid, day = np.concatenate(people), np.concatenate(days)
    row = Timeline(stays["pid"], stays["start"], stays["end"]).row(pid, day)
    touched = pd.DataFrame({"household": stays["household"].to_numpy()[row], "day": day})
    return touched[(row >= 0) & (day > START)].drop_duplicates()


def _family_events(city: City) -> Iterable[tuple[np.ndarray, np.ndarray]]:
    divorced = city.marriages[city.marriages["ended_by"] == "divorce"]
    for rows, people, day in (
        (city.marriages, ("husband", "wife"), "start"),
        (divorced, ("husband", "wife"), "end"),
        (city.marriages, ("husband", "wife"), "terminated"),
        (city.adoptions, ("child", "parent"), "start"),
        (city.adoptions, ("child", "parent"), "end"),
        (city.recognitions, ("child", "father"), "date"),
        (city.partnerships, ("a", "b"), "start"),
        (city.partnerships, ("a", "b"), "end"),
        (city.names, ("pid",), "start"),
    ):
        happened = rows[rows[day].notna()]
        for person in people:
            yield happened[person].to_numpy(np.int64), day_number(happened[day])


def _shared(days: pd.DataFrame, stays: pd.DataFrame, reason: int) -> pd.DataFrame:
    """Spread a household's day over everyone living in it, before and after that day."""
    rows = days.merge(stays[["household", "pid", "start", "end"]], on="household")
    rows = rows[(rows["start"] < rows["day"]) & (rows["day"] < rows["end"]) & (rows["day"] > START)]
    return pd.DataFrame({"pid": rows["pid"], "day": rows["day"], "reason": reason})
