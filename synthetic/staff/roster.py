"""Who is at work when: working days, hours, leave, meetings and visits of every member of staff."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

FIRST, LAST = np.datetime64("2017-06-01"), np.datetime64("2018-07-31")
TRANSFER_DAY = np.datetime64("2018-04-01")
HOLIDAYS = (
    "2017-07-17", "2017-08-11", "2017-09-18", "2017-10-09", "2017-11-03", "2017-11-23", "2017-12-29", "2018-01-01",
    "2018-01-02", "2018-01-03", "2018-01-08", "2018-02-12", "2018-03-21", "2018-04-30", "2018-05-03", "2018-05-04",
    "2018-07-16",
)  # fmt: skip

SLOT = 15  # minutes
OPENING, SLOTS = 8 * 60, 44  # 8:00 … 19:00
DEFAULT_HOURS = (8 * 60 + 30, 17 * 60 + 15)
COUNTERS_OPEN = 8 * 60 + 45
ROUNDS = 60  # of drawing again where somebody is away


@dataclass(frozen=True)
class Absence:
    """One sort of exception from default hours: its code, how often a year, and its hours (None: the whole day)."""

    code: str
    name: str
    yearly: float
    hours: tuple[int, int] | None = None
    visitors_only: bool = False


ABSENCES = (
    Absence("21", "年次休暇", 14),
    Absence("22", "半日休暇", 4, (225, 225)),
    Absence("31", "出張", 4),
    Absence("32", "庁内会議", 24, (60, 120)),
    Absence("33", "研修", 2, (180, 300)),
    Absence("34", "家庭訪問", 50, (90, 180), visitors_only=True),
    Absence("35", "病気休暇", 1.5),
)
DEFAULT, COUNTER_DUTY = ("10", "通常勤務"), ("41", "窓口当番")


@dataclass(frozen=True)
class Roster:
    """The working days, the duty rows as written, and who is away in which quarter of an hour."""

    days: np.ndarray
    duty: pd.DataFrame  # staff, first, last, code, name, from_minute, to_minute (-1: whole day)
    away: np.ndarray  # staff × day × slot


def working_days() -> np.ndarray:
    """List the days on which the town hall is open."""
    days = np.arange(FIRST, LAST + 1)
    open_days: np.ndarray = days[np.is_busday(days, holidays=np.array(HOLIDAYS, "datetime64[D]"))]
    return open_days


def draw_roster(visits: np.ndarray, present: int, on: tuple[str, ...], rng: np.random.Generator) -> Roster:
    """Draw absences; `visits` marks those who go out to people's homes, `present` is at work `on` some days."""
    days = working_days()
    parts = [_absences(sort, visits, len(days), rng) for sort in ABSENCES]
    rows = pd.concat(parts, ignore_index=True).drop_duplicates(["staff", "day"])
    needed = np.flatnonzero(np.isin(days, np.array(on, "datetime64[D]")))
    rows = rows[~((rows["staff"] == present) & rows["day"].isin(needed))]
    away = _away(rows, len(visits), len(days))
    exceptions = rows.assign(first=days[rows["day"].to_numpy()], last=days[rows["day"].to_numpy()]).drop(columns="day")
    duty = pd.concat([_defaults(len(visits)), exceptions], ignore_index=True)
    return Roster(days, duty.sort_values(["staff", "first", "code"], kind="stable", ignore_index=True), away)


def _defaults(staff: int) -> pd.DataFrame:
    columns = {"first": FIRST, "last": LAST, "code": DEFAULT[0], "name": DEFAULT[1]}
    hours = {"from_minute": DEFAULT_HOURS[0], "to_minute": DEFAULT_HOURS[1]}
    return pd.DataFrame({"staff": np.arange(staff)} | columns | hours)


def _absences(sort: Absence, visits: np.ndarray, days: int, rng: np.random.Generator) -> pd.DataFrame:
    wanted = rng.poisson(sort.yearly * days / 243, len(visits))
    staff = np.repeat(np.arange(len(visits)), np.where(visits, wanted, 0) if sort.visitors_only else wanted)
    start, end = np.full(len(staff), -1), np.full(len(staff), -1)
    if sort.hours:
        length = rng.integers(sort.hours[0] // SLOT, sort.hours[1] // SLOT + 1, len(staff)) * SLOT
        start = DEFAULT_HOURS[0] + rng.integers(0, (DEFAULT_HOURS[1] - DEFAULT_HOURS[0] - length) // SLOT + 1) * SLOT
        end = start + length
    columns = {"staff": staff, "day": rng.integers(0, days, len(staff)), "code": sort.code, "name": sort.name}
    return pd.DataFrame(columns | {"from_minute": start, "to_minute": end})


def _away(rows: pd.DataFrame, staff: int, days: int) -> np.ndarray:
    start, end = rows["from_minute"].to_numpy(), rows["to_minute"].to_numpy()
    first = np.where(start < 0, 0, (start - OPENING) // SLOT)
    last = np.where(end < 0, SLOTS, -((OPENING - end) // SLOT))
    steps = np.zeros((staff, days, SLOTS + 1), np.int8)
    np.add.at(steps, (rows["staff"].to_numpy(), rows["day"].to_numpy(), first), 1)
    np.add.at(steps, (rows["staff"].to_numpy(), rows["day"].to_numpy(), last), -1)
    away: np.ndarray = steps.cumsum(axis=2)[:, :, :SLOTS] > 0
    return away


def hour_weights(overtime: float) -> np.ndarray:
    """Give the share of work in each quarter of an hour: quiet at noon, little after closing time."""
    minute = OPENING + SLOT * np.arange(SLOTS)
    usual = np.select([minute < COUNTERS_OPEN, minute >= DEFAULT_HOURS[1], minute // 60 == 12], [0, 0, 0.35], 1.0)
    late = np.where(minute >= DEFAULT_HOURS[1], 1.0, 0.0)
    weights: np.ndarray = (1 - overtime) * usual / usual.sum() + overtime * late / late.sum()
    return weights


def moments(roster: Roster, staff: np.ndarray, weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw one moment at work for each entry of `staff` (NaT where somebody is never there)."""
    day, slot = np.zeros(len(staff), int), np.zeros(len(staff), int)
    open_ = np.arange(len(staff))
    for _ in range(ROUNDS):
        day[open_] = rng.integers(0, len(roster.days), len(open_))
        slot[open_] = rng.choice(SLOTS, len(open_), p=weights)
        open_ = open_[roster.away[staff[open_], day[open_], slot[open_]]]
        if not len(open_):
            break
    times = at(roster, day, slot) + rng.integers(0, SLOT * 60, len(staff)).astype("timedelta64[s]")
    times[open_] = np.datetime64("NaT")
    return np.asarray(times)


def at(roster: Roster, day: np.ndarray, slot: np.ndarray) -> np.ndarray:
    """Turn a working day's number and a slot into a time."""
    minutes = (OPENING + SLOT * slot).astype("timedelta64[m]")
    times: np.ndarray = roster.days[day].astype("datetime64[s]") + minutes
    return times
