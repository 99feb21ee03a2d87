"""What staff do all day: whom they look up, where, and whether anybody wrote down why. Kinship plays no part in it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.settings import WorkRates
from synthetic.staff.offices import CASEWORK, COUNTER, OFFICES, RESIDENT, TAX, WELFARE, Places, era_of
from synthetic.staff.roster import Roster, hour_weights, moments
from synthetic.work.cases import Cases
from synthetic.work.town import Town

VIEW, PRINT, CASE, CALL, NOTE, PERSON, HOUSEHOLD = (
    "照会", "印刷", "ケース照会", "住基連携照会", "記録入力", "個人照会", "世帯照会",
)  # fmt: skip
TAX_AT_COUNTER = 0.5  # share of recorded tax work that has a reception; the rest is 課税調査 without any
CERTIFICATES, HOUSEHOLD_CERTIFICATES, NOTIFICATIONS = 0.8, 0.3, 0.15
ROWS_PER_ACT = np.array([1.0, 1.55, 1.7])  # of each system, before searches: what `logs` is divided by

ACT = {
    "staff": int, "holder": int, "system": int, "operation": object, "subject": int, "case": int, "reception": object,
    "certificate": object, "shared": bool, "searched": bool, "reason": object, "origin": object,
    "planted": int,
}  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """All that daily work happens in."""

    town: Town
    places: Places
    roster: Roster
    cases: Cases
    rates: WorkRates


def acts(n: int, **columns: object) -> pd.DataFrame:
    """Make a frame of `n` acts: `staff` looks `subject` up in a session of `holder`; what is not given is absent."""
    empty: dict[str, object] = {"case": -1, "reception": "", "certificate": "", "shared": False, "searched": False,
                                "planted": -1}  # fmt: skip
    frame = pd.DataFrame(empty | columns, index=range(n))
    return frame.astype(ACT)


def plain_operations(systems: np.ndarray, rates: WorkRates, rng: np.random.Generator) -> np.ndarray:
    """Draw what is done in a lookup without paper or case; planted lookups draw from here too."""
    chance = rng.random(len(systems))
    tax = np.where(chance < 0.85, VIEW, PRINT)
    welfare = np.select([chance < 0.55, chance < 0.9], [CALL, CASE], NOTE)
    resident = np.where(chance < rates.household_views, HOUSEHOLD, PERSON)
    operations: np.ndarray = np.select([systems == TAX, systems == WELFARE], [tax, welfare], resident).astype(object)
    return operations


def daily_work(at: Setting, rng: np.random.Generator) -> pd.DataFrame:
    """Draw all ordinary acts while the logs run."""
    staff, times = _who_and_when(at, rng)
    office = at.places.office(era_of(times), staff)
    system = _systems(office, rng)
    frame = acts(len(staff), time=times, staff=staff, holder=staff, system=system, operation="", subject=-1,
                 reason="unrecorded", origin="chance")  # fmt: skip
    frame["operation"] = plain_operations(system, at.rates, rng)
    frame["subject"] = _subjects(at, times, system, rng)
    frame = _casework(frame, at, office, rng)
    frame = _receptions(frame, at, office, rng)
    frame["searched"] = rng.random(len(frame)) < at.rates.searches
    return _sessions(frame, at, office, rng)


def _who_and_when(at: Setting, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw staff by the work of their section and moments they were there."""
    activity = np.array([office.activity for office in OFFICES])
    mix = np.array([office.mix for office in OFFICES])
    offices = at.places.seats["office"].to_numpy()[at.places.seat]
    weight = activity[offices].mean(axis=0)
    if not weight.sum():
        return np.zeros(0, int), np.zeros(0, "datetime64[s]")
    per_act = (mix @ ROWS_PER_ACT)[offices].mean(axis=0) + at.rates.searches
    rows = at.rates.logs * len(weight) * len(at.roster.days)
    n = int(rows / np.average(per_act, weights=weight))
    staff = rng.choice(len(weight), n, p=weight / weight.sum())
    times = moments(at.roster, staff, hour_weights(at.rates.overtime), rng)
    working = ~np.isnat(times) & (activity[at.places.office(era_of(times), staff)] > 0)
    return staff[working], times[working]


def _systems(office: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    limits = np.array([kind.mix for kind in OFFICES]).cumsum(axis=1)[office]
    systems: np.ndarray = (rng.random(len(office))[:, None] >= limits).sum(axis=1).clip(max=RESIDENT)
    return systems


def _subjects(at: Setting, times: np.ndarray, system: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    subject = np.full(len(times), -1)
    for tax, pool in ((True, at.town.adults), (False, at.town.inhabitants)):
        mine = np.flatnonzero((system == TAX) == tax)
        subject[mine] = at.town.draw(pool, times[mine], rng)
    return subject


def _casework(frame: pd.DataFrame, at: Setting, office: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Caseworkers mostly look up members of their own cases; the assignment is the record."""
    own = (office == CASEWORK) & (rng.random(len(frame)) >= at.rates.consultations)
    own = np.flatnonzero(own)
    times, staff = frame["time"].to_numpy(), frame["staff"].to_numpy()
    case = at.cases.draw(at.places.seat[era_of(times[own]), staff[own]], times[own], rng)
    own, case = own[case >= 0], case[case >= 0]
    subject = case_members(at, case, times[own], rng)
    known = (subject >= 0) & (~np.isin(frame["system"].to_numpy()[own], [TAX]) | np.isin(subject, at.town.adults))
    own = own[known]
    for column, values in (("case", case[known]), ("subject", subject[known]), ("reason", "recorded")):
        frame.loc[own, column] = values
    return frame


def case_members(at: Setting, case: np.ndarray, times: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw a member of each case's household on that day, half of the time its head; -1 where nobody lives there."""
    table = at.cases.table
    household = table["household"].to_numpy()[case]
    members = at.town.members(np.unique(household)).sort_values("household", kind="stable")
    homes = members["household"].to_numpy()
    first, last = np.searchsorted(homes, household), np.searchsorted(homes, household, side="right")
    pick = members["pid"].to_numpy()[first + rng.integers(0, np.maximum(last - first, 1))]
    head = table["head"].to_numpy()[case]
    pick = np.where(rng.random(len(case)) < 0.5, head, pick)
    for fallback in (head, np.full(len(head), -1)):
        pick = np.where((pick >= 0) & (at.town.household(pick, times) == household), pick, fallback)
    return np.asarray(pick)


def _receptions(frame: pd.DataFrame, at: Setting, office: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Most work outside casework begins at a counter; certificates and notifications follow there."""
    n, system = len(frame), frame["system"].to_numpy()
    share = np.where(system == TAX, TAX_AT_COUNTER, 1.0) * (1 - at.rates.unrecorded)
    recorded = (frame["case"].to_numpy() < 0) & (rng.random(n) < share)
    counter = recorded & (office == COUNTER)
    chance = rng.random(n)
    certificate = counter & (chance < CERTIFICATES)
    notified = counter & ~certificate & (chance < CERTIFICATES + NOTIFICATIONS)
    whole = certificate & (rng.random(n) < HOUSEHOLD_CERTIFICATES)
    kind = rng.choice(np.array(["1", "3", "5"], object), n, p=[0.6, 0.3, 0.1])
    frame["certificate"] = np.select([whole, certificate], ["2", kind], "").astype(object)
    frame["reception"] = np.select([certificate, notified, recorded], ["証明", "届出", "相談"], "").astype(object)
    frame.loc[certificate | notified, "operation"] = np.where(whole, HOUSEHOLD, PERSON)[certificate | notified]
    frame.loc[recorded, "reason"] = "recorded"
    return frame


def _sessions(frame: pd.DataFrame, at: Setting, office: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """A few acts happen under shared accounts, and a very few in a session a colleague left open."""
    frame["shared"] = (office == COUNTER) & (rng.random(len(frame)) < at.rates.shared_account)
    careless = np.flatnonzero((rng.random(len(frame)) < at.rates.careless) & (frame["reception"] == "").to_numpy())
    frame.loc[careless, "holder"] = neighbours(frame.iloc[careless], at, rng)
    return frame


def neighbours(frame: pd.DataFrame, at: Setting, rng: np.random.Generator) -> np.ndarray:
    """Draw for each act a colleague of the same section with a terminal there (the same person where there is none)."""
    holder = frame["staff"].to_numpy().copy()
    era = era_of(frame["time"].to_numpy())
    section = at.places.seats["section"].to_numpy(dtype=object)
    for n, (when, who) in enumerate(zip(era, frame["staff"].to_numpy(), strict=True)):
        here = section[at.places.seat[when]] == section[at.places.seat[when, who]]
        colleagues = np.flatnonzero(here & (np.arange(len(here)) != who))
        holder[n] = rng.choice(colleagues) if len(colleagues) else who
    return np.asarray(holder)
