"""What will have happened: offices, roster and cases, daily work, and the planted lookups among it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.personnel.personnel import VARIANTS
from synthetic.settings import WorkRates
from synthetic.staff.offices import CASEWORK, OFFICES, Places, furnish
from synthetic.staff.roster import draw_roster
from synthetic.work import negatives, planted
from synthetic.work.cases import draw_cases
from synthetic.work.ties import pairs
from synthetic.work.town import Town
from synthetic.work.work import Setting, daily_work

NOBODY = -1


@dataclass(frozen=True)
class Plan:
    """All acts of fourteen months, and who was chosen for what."""

    setting: Setting
    acts: pd.DataFrame
    negatives: negatives.Negatives


def draw_plan(
    town: Town, staff: pd.DataFrame, hr: pd.DataFrame, ties: pd.DataFrame, rates: WorkRates, rng: np.random.Generator
) -> Plan:
    """Choose who is planted, furnish the offices around them, and let everybody work."""
    kin = pairs(ties, town)
    choice = planted.candidates(kin, _linkable(staff, hr)) if rates.ikuno else kin.iloc[:0]
    chosen = planted.choose_viewer(choice, rng)
    viewer = chosen[0] if chosen else NOBODY
    places = furnish(len(staff), rates.transfers, viewer, rng)
    roster = draw_roster((_offices(places) == CASEWORK).any(axis=0), viewer, planted.WINDOW, rng)
    case = _case(chosen, kin, places, rng)
    serial = planted.serial_pairs(kin, _free(staff, places, case), rates.cases, rng)
    subjects = np.concatenate([serial["b"].to_numpy(dtype=int), case.subjects if case else np.zeros(0, int)])
    avoid = np.unique(town.stays.loc[town.stays["pid"].isin(subjects), "household"])
    apart = kin[~kin["b"].isin(town.members(avoid)["pid"])]
    busy = serial["staff"].tolist() + ([case.viewer, case.colleague] if case else [])
    hard = negatives.choose(apart, staff.drop(index=busy), town, places, rates.hard_negatives, rng)
    cases = draw_cases(town, places, rates.caseload, negatives.forced_cases(hard, town, places), avoid, rng)
    at = Setting(town, places, roster, cases, rates)
    incidents = _incidents(case, serial, kin, at, rng)
    ordinary = _without(daily_work(at, rng), incidents, town)
    parts = [ordinary, incidents, negatives.negative_acts(hard, at, rng)]
    return Plan(at, pd.concat(parts, ignore_index=True), hard)


def _linkable(staff: pd.DataFrame, hr: pd.DataFrame) -> np.ndarray:
    """Mark residents whom HR has under their present name and true birth date."""
    written = hr["name"].str.replace("　", "").str.translate(VARIANTS)
    named = written == (staff["surname"] + staff["given"]).str.translate(VARIANTS)
    born = hr["birth"].to_numpy() == staff["birth"].to_numpy().astype("datetime64[D]")
    marked: np.ndarray = named.to_numpy(dtype=bool) & born & staff["resident"].to_numpy(dtype=bool)
    return marked


def _offices(places: Places) -> np.ndarray:
    offices: np.ndarray = places.seats["office"].to_numpy()[places.seat]
    return offices


def _case(
    chosen: tuple[int, tuple[int, int]] | None, kin: pd.DataFrame, places: Places, rng: np.random.Generator
) -> planted.Case | None:
    if chosen is None:
        return None
    viewer, subjects = chosen
    related = kin.loc[kin["b"].isin(subjects), "staff"].to_numpy()
    return planted.Case(viewer, planted.choose_colleague(viewer, related, places, rng), subjects)


def _free(staff: pd.DataFrame, places: Places, case: planted.Case | None) -> np.ndarray:
    """Mark resident staff whose work is lookups before and after the transfers, and who are in no other case."""
    active = np.array([office.activity > 0 for office in OFFICES])[_offices(places)].all(axis=0)
    free: np.ndarray = active & staff["resident"].to_numpy(dtype=bool)
    if case:
        free[[case.viewer, case.colleague]] = False
    return free


def _incidents(
    case: planted.Case | None, serial: pd.DataFrame, kin: pd.DataFrame, at: Setting, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw the planted acts; `planted` numbers the cases from 0, the case of 2018 first."""
    rows = planted.serial(serial, kin, at, rng)
    number = serial.reset_index(drop=True).reset_index(names="n").set_index(["staff", "b"])["n"]
    rows["planted"] = [number[pair] + 1 for pair in zip(rows["staff"], rows["subject"], strict=True)]
    if not case:
        return rows
    return pd.concat([planted.ikuno(case, at.roster, at.rates, rng).assign(planted=0), rows], ignore_index=True)


def _without(ordinary: pd.DataFrame, incidents: pd.DataFrame, town: Town) -> pd.DataFrame:
    """Drop ordinary acts by which a viewer or an account of a case met the household of any subject of that case."""
    people = pd.concat(
        [incidents[["planted", who]].set_axis(["planted", "who"], axis=1) for who in ("staff", "holder")]
    )
    homes = town.stays.loc[town.stays["pid"].isin(incidents["subject"]), ["pid", "household"]]
    visited = incidents[["planted", "subject"]].merge(homes, left_on="subject", right_on="pid")[
        ["planted", "household"]
    ]
    met = pd.MultiIndex.from_frame(people.drop_duplicates().merge(visited.drop_duplicates())[["who", "household"]])
    household = town.household(ordinary["subject"].to_numpy(), ordinary["time"].to_numpy())
    bad = np.zeros(len(ordinary), bool)
    for who in ("staff", "holder"):
        bad |= pd.MultiIndex.from_arrays([ordinary[who].to_numpy(), household]).isin(met)
    return ordinary[~bad]
