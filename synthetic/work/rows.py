"""From acts to log rows: searches before, paper after, relays beside them, each in the log of its system."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.staff.offices import RELAY_ACCOUNT, RELAY_TERMINAL, RESIDENT, WELFARE, era_of
from synthetic.work.work import CALL, HOUSEHOLD, PERSON, Setting

SEARCH, ISSUE, UPDATE, RELAY = "検索", "証明発行", "異動入力", "連携照会"
SEARCH_LEAD = (8, 60)  # seconds from a search to the lookup it found
ISSUE_LAG, HANDOVER_LAG = (60, 240), (0, 20)  # seconds from view to print, from print to counter
RELAY_LAG = (2, 10)
WHOLE_HOUSEHOLD = "2"  # 証明種別 世帯全員
RECEPTION_LEAD = (1, 13)  # minutes from reception to lookup
FIRST_NUMBER, GAPS = 102, 3  # receptions and certificates share their numbers with other counters


@dataclass(frozen=True)
class Business:
    """Receptions and certificates, in order of time and numbered."""

    receptions: pd.DataFrame  # act, number, time, what, kind, staff, subject
    issuances: pd.DataFrame  # act, number, time, reception (number), kind, subject, household, operator, terminal


def log_rows(acts: pd.DataFrame, at: Setting, rng: np.random.Generator) -> tuple[pd.DataFrame, Business]:
    """Expand acts (one frame, planted ones among the others) into all rows of all logs, in order of time."""
    base = _sessions(acts, at, rng)
    issued = _follow_ups(base, rng)
    receptions = _receptions(base, rng)
    issuances = _issuances(issued, receptions, rng)
    issued = issued.merge(issuances[["act", "number"]], on="act", how="left").rename(columns={"number": "issuance"})
    calls = base[(base["system"] == WELFARE) & (base["operation"] == CALL)]
    orphans = (rng.random(len(calls)) < at.rates.relays_without_caller) & (calls["planted"] < 0)
    parts = [base.drop(index=calls.index[orphans]), issued, _relays(calls, rng), _searches(base, rng)]
    rows = pd.concat(parts, ignore_index=True)
    rows["issuance"] = rows["issuance"].fillna("")
    rows["order"] = rng.random(len(rows))  # within one second no row comes first by its sort
    rows = rows.sort_values(["system", "time", "order"], kind="stable", ignore_index=True).drop(columns="order")
    return rows, Business(receptions, issuances)


def _sessions(acts: pd.DataFrame, at: Setting, rng: np.random.Generator) -> pd.DataFrame:
    """Say under which operator id, at which terminal and on which household each act happens."""
    time, holder, system = acts["time"].to_numpy(), acts["holder"].to_numpy(), acts["system"].to_numpy()
    era, seats = era_of(time), at.places.seats
    seat = at.places.seat[era, holder]
    terminal = _terminals(seat, at, rng)
    operator = at.places.operator[era, holder, system]
    section = seats["section"].to_numpy(dtype=object)[seat]
    for place in np.flatnonzero(acts["shared"].to_numpy()):
        operator[place], terminal[place] = at.places.shared[section[place]]
    own = seats["terminal"].to_numpy(dtype=object)[seat]
    terminal = np.where((holder != acts["staff"].to_numpy()), own, terminal)
    household = at.town.household(acts["subject"].to_numpy(), time)
    operation = acts["operation"].where((household >= 0) | (acts["operation"] != HOUSEHOLD), PERSON)
    frame = acts.assign(operator=operator, terminal=terminal, household=household, operation=operation)
    return frame.assign(act=np.arange(len(acts)), sort="view", issuance="")


def _terminals(seat: np.ndarray, at: Setting, rng: np.random.Generator) -> np.ndarray:
    """People work at their own terminal, now and then at another of their section."""
    seats = at.places.seats
    code = pd.factorize(seats["section"])[0]
    order = np.argsort(code, kind="stable")
    count = np.bincount(code)
    first = count.cumsum() - count
    other = order[first[code[seat]] + rng.integers(0, count[code[seat]])]
    chosen = np.where(rng.random(len(seat)) < at.rates.other_terminal, other, seat)
    terminals: np.ndarray = seats["terminal"].to_numpy(dtype=object)[chosen]
    return terminals


def _seconds(low_high: tuple[int, int], n: int, rng: np.random.Generator) -> np.ndarray:
    return rng.integers(*low_high, n).astype("timedelta64[s]")


def _follow_ups(base: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    rows = base[(base["certificate"] != "") | (base["reception"] == "届出")]
    issued = rows["certificate"] != ""
    time = rows["time"] + _seconds(ISSUE_LAG, len(rows), rng)
    sort = np.where(issued, "issue", "update")
    return rows.assign(operation=np.where(issued, ISSUE, UPDATE), time=time, sort=sort).drop(columns="issuance")


def _receptions(base: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    rows = base[base["reception"] != ""]
    ahead = rng.integers(*RECEPTION_LEAD, len(rows)).astype("timedelta64[m]")
    time = rows["time"].to_numpy().astype("datetime64[m]") - ahead
    columns = {"act": rows["act"], "what": rows["reception"], "kind": rows["certificate"], "staff": rows["staff"]}
    table = pd.DataFrame(columns | {"subject": rows["subject"], "system": rows["system"]})
    table = table.assign(time=time.astype("datetime64[s]"))
    table = table.sort_values(["time", "act"], kind="stable", ignore_index=True)
    year = table["time"].dt.year - (table["time"].dt.month < 4) - 1988
    number = FIRST_NUMBER + rng.integers(1, GAPS + 1, len(table)).cumsum()
    table["number"] = [f"H{y:02d}-{n:07d}" for y, n in zip(year, number, strict=True)]
    return table


def _issuances(issued: pd.DataFrame, receptions: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    rows = issued[issued["sort"] == "issue"]
    rows = rows.merge(receptions[["act", "number"]].rename(columns={"number": "reception_number"}), on="act")
    rows["time"] = rows["time"] + _seconds(HANDOVER_LAG, len(rows), rng)
    rows = rows.sort_values(["time", "act"], kind="stable", ignore_index=True)
    rows["household"] = rows["household"].where(rows["certificate"] == WHOLE_HOUSEHOLD, -1)
    number = FIRST_NUMBER + rng.integers(1, GAPS + 1, len(rows)).cumsum()
    rows["number"] = [f"{n:09d}" for n in number]
    names = ["act", "number", "time", "reception_number", "certificate", "subject", "household", "operator", "terminal"]
    return rows[names]


def _relays(calls: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    time = calls["time"] + _seconds(RELAY_LAG, len(calls), rng)
    relay = {"operator": RELAY_ACCOUNT, "terminal": RELAY_TERMINAL, "operation": RELAY, "sort": "relay"}
    return calls.assign(system=RESIDENT, time=time, case=-1, **relay)


def _searches(base: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    rows = base[base["searched"]]
    time = rows["time"] - _seconds(SEARCH_LEAD, len(rows), rng)
    return rows.assign(operation=SEARCH, time=time, sort="search", case=-1, planted=-1, household=-1)
