"""Welfare cases: which households are in whose care, and since when (X1)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.population.timeline import day_number
from synthetic.staff.offices import CASEWORK, Places
from synthetic.staff.roster import FIRST, LAST, TRANSFER_DAY
from synthetic.work.town import Town

FIRST_CASE = 3001
DEPUTIES = 0.3
BEGUN_BEFORE, ENDED = 0.9, 0.05  # shares of cases that began before the logs, and that end while they run
ROUNDS = 20


@dataclass(frozen=True)
class Cases:
    """One row for each case: household, head, seat in charge, first and last day, deputy's seat or -1."""

    table: pd.DataFrame
    by_seat: np.ndarray  # cases, seat by seat
    first: np.ndarray  # where each seat's cases begin in `by_seat`
    count: np.ndarray

    def draw(self, seats: np.ndarray, times: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Draw for each moment one of the seat's running cases, -1 where it has none."""
        case = np.full(len(seats), -1)
        open_ = np.flatnonzero(self.count[seats] > 0)
        begin, end = (day_number(self.table[c].to_numpy()) for c in ("start", "end"))
        for _ in range(ROUNDS):
            if not len(open_):
                break
            mine = seats[open_]
            pick = self.by_seat[self.first[mine] + rng.integers(0, self.count[mine])]
            day = day_number(times[open_])
            running = (begin[pick] <= day) & (day <= end[pick])
            case[open_[running]] = pick[running]
            open_ = open_[~running]
        return case


def draw_cases(
    town: Town, places: Places, caseload: int, forced: pd.DataFrame, avoid: np.ndarray, rng: np.random.Generator
) -> Cases:
    """Deal households to caseworkers; `forced` (seat, household) are given, `avoid` are in nobody's care."""
    seats = places.seats
    working = np.flatnonzero(((seats["office"] == CASEWORK) & (seats["title"] != "課長")).to_numpy())
    free = town.homes[~np.isin(town.homes, np.concatenate([avoid, forced["household"].to_numpy(dtype=int)]))]
    dealt = rng.permutation(free)[: min(caseload * len(working), len(free) // 4)]
    households = np.concatenate([forced["household"].to_numpy(dtype=int), dealt])
    charge = np.concatenate([forced["seat"].to_numpy(dtype=int), np.resize(working, len(dealt))])
    table = _spans(pd.DataFrame({"household": households, "seat": charge}), len(forced), rng)
    table["head"] = _heads(town, households, table["start"].to_numpy())
    table["deputy"] = np.where(rng.random(len(table)) < DEPUTIES, _deputies(seats)[table["seat"].to_numpy()], -1)
    count = np.bincount(table["seat"], minlength=len(seats))
    by_seat = np.argsort(table["seat"].to_numpy(), kind="stable")
    return Cases(table, by_seat, count.cumsum() - count, count)


def _spans(table: pd.DataFrame, forced: int, rng: np.random.Generator) -> pd.DataFrame:
    n = len(table)
    early = (rng.random(n) < BEGUN_BEFORE) | (np.arange(n) < forced)
    before = FIRST - rng.integers(30, 2500, n)
    start = np.where(early, before, FIRST + rng.integers(0, 330, n))
    ended = (rng.random(n) < ENDED) & (np.arange(n) >= forced)
    end = np.where(ended, LAST - rng.integers(10, 80, n), np.datetime64("NaT"))
    return table.assign(start=start, end=end)


def _heads(town: Town, households: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Find who heads each household on a day (any member's number serves where nobody does)."""
    heads = town.city.heads
    wanted = pd.DataFrame({"case": np.arange(len(households)), "household": households, "day": day_number(days)})
    terms = heads[heads["household"].isin(households)]
    terms = terms.assign(start=day_number(terms["start"].to_numpy()), end=day_number(terms["end"].to_numpy()))
    found = wanted.merge(terms, on="household")
    found["distance"] = np.maximum(found["start"] - found["day"], 0) + np.maximum(found["day"] - found["end"], 0)
    nearest = found.sort_values(["case", "distance"], kind="stable").drop_duplicates("case")
    head = np.full(len(households), -1)
    head[nearest["case"].to_numpy()] = nearest["head"].to_numpy()
    return head


def _deputies(seats: pd.DataFrame) -> np.ndarray:
    """Give each seat the 係長 of its section (-1: none, or the seat itself)."""
    chiefs = seats[seats["title"] == "係長"].reset_index().drop_duplicates("section").set_index("section")["index"]
    deputy = seats["section"].map(chiefs).fillna(-1).to_numpy().astype(int)
    return np.where(deputy == seats.index.to_numpy(), -1, deputy)


def assignments(cases: Cases, places: Places) -> pd.DataFrame:
    """Write who was in charge of each case and when; a transfer hands a case on."""
    before, after = (np.argsort(places.seat[era], kind="stable") for era in (0, 1))
    main = cases.table.reset_index(names="case").assign(role="1", by=cases.table["seat"].to_numpy())
    deputy = main[main["deputy"] >= 0].assign(role="2", by=lambda t: t["deputy"])
    both = pd.concat([main, deputy], ignore_index=True)
    seat, start, end = both["by"].to_numpy(), both["start"].to_numpy(), both["end"].to_numpy()
    crosses = (before[seat] != after[seat]) & (start < TRANSFER_DAY) & ~(end < TRANSFER_DAY)
    early = both.assign(staff=np.where(start < TRANSFER_DAY, before[seat], after[seat]))
    early.loc[crosses, "end"] = TRANSFER_DAY - 1
    late = both[crosses].assign(staff=after[seat[crosses]], start=TRANSFER_DAY)
    rows = pd.concat([early, late], ignore_index=True)
    return rows.sort_values(["case", "role", "start"], kind="stable", ignore_index=True)
