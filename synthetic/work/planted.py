"""Planted incidents: the 2018 case with its published totals, and serial lookups of relatives of all degrees."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from synthetic.settings import WorkRates
from synthetic.staff.offices import CASEWORK, OFFICES, TAX, WELFARE, Places, era_of
from synthetic.staff.roster import DEFAULT_HOURS, OPENING, SLOT, SLOTS, TRANSFER_DAY, Roster, at, hour_weights, moments
from synthetic.work.work import CALL, Setting, acts, plain_operations

WINDOW = ("2017-08-14", "2018-07-26")  # O7: first and last lookup, as published
TAX_LOOKUPS, RELAYED_LOOKUPS, BORROWED_LOOKUPS = 2, 5, 3  # O7
SERIAL_LOOKUPS = (2, 10)


@dataclass(frozen=True)
class Case:
    """The 2018 case before its days are drawn: who, whose session, and the two subjects (the first also in tax)."""

    viewer: int
    colleague: int
    subjects: tuple[int, int]


def candidates(pairs: pd.DataFrame, able: np.ndarray) -> pd.DataFrame:
    """List the pairs that the 2018 case may use: visible current kin of staff whom the registers can know.

    Kin first that the usual preset counts and that rest on no chain; where a small place has none, any visible tie.
    """
    usable = pairs[able[pairs["staff"].to_numpy()] & pairs["here"] & (pairs["kind"] != "self") & (pairs["staff"] >= 0)]
    good = usable[usable["visible"] & (usable["chain"] <= 1) & (usable["tense"] == "current")]
    near = good[good["kind"].isin(["blood", "affinity"]) & (good["degree"] <= 4) & ~good["together"]]
    for some in (near, good, usable[usable["visible"]], usable):
        some = some[some["adult"].groupby(some["staff"]).transform("any")]
        some = some[some.groupby("staff")["staff"].transform("size") >= 2]
        if len(some):
            return some
    return usable.iloc[:0]


def choose_viewer(choice: pd.DataFrame, rng: np.random.Generator) -> tuple[int, tuple[int, int]] | None:
    """Draw a viewer and two subjects, the first of full age."""
    if not len(choice):
        return None
    viewer = int(rng.choice(np.unique(choice["staff"])))
    mine = choice[choice["staff"] == viewer].sort_values("b", kind="stable")
    taxed = int(rng.choice(mine.loc[mine["adult"], "b"]))
    other = int(rng.choice(mine.loc[mine["b"] != taxed, "b"]))
    return viewer, (taxed, other)


def choose_colleague(viewer: int, kin: np.ndarray, places: Places, rng: np.random.Generator) -> int:
    """Draw somebody of the viewer's section who is not kin of the subjects."""
    section = places.seats["section"].to_numpy(dtype=object)[places.seat[0]]
    near = np.flatnonzero((section == section[viewer]) & (np.arange(len(section)) != viewer))
    office = places.seats["office"].to_numpy()[places.seat[0]]
    far = np.flatnonzero((office == CASEWORK) & (np.arange(len(office)) != viewer))
    for some in (near[~np.isin(near, kin)], near, far):
        if len(some):
            return int(rng.choice(some))
    raise ValueError("a casework office has at least three seats")


def ikuno(case: Case, roster: Roster, rates: WorkRates, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the seven lookups: two in tax, five through welfare, three in the colleague's session while away (O7)."""
    order, borrowed = _arrangement(rng)
    times = _days(case, roster, borrowed, rates, rng)
    while times is None:
        order, borrowed = _arrangement(rng)
        times = _days(case, roster, borrowed, rates, rng)
    system = np.where(order == 0, TAX, WELFARE)
    subject = np.where(order == 2, case.subjects[1], case.subjects[0])
    operation = np.where(system == TAX, plain_operations(system, rates, rng), CALL)
    holder = np.where(borrowed, case.colleague, case.viewer)
    return acts(len(order), time=times, staff=case.viewer, holder=holder, system=system, operation=operation,
                subject=subject, reason="none", origin="ikuno")  # fmt: skip


def _arrangement(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Order the lookups (0 tax, 1 and 2 relayed on the two subjects) and choose the borrowed ones.

    Under the viewer's own account stay one tax row and one relayed row of each subject: without them nothing ties the
    borrowed rows to anybody.
    """
    first = int(rng.integers(1, RELAYED_LOOKUPS))
    sorts = np.repeat([0, 1, 2], [TAX_LOOKUPS, first, RELAYED_LOOKUPS - first])
    while True:
        order = rng.permutation(sorts)
        borrowed = np.isin(np.arange(len(order)), rng.choice(len(order), BORROWED_LOOKUPS, replace=False))
        if len(set(order[~borrowed])) == 3:
            return order, borrowed


def _days(
    case: Case, roster: Roster, borrowed: np.ndarray, rates: WorkRates, rng: np.random.Generator
) -> np.ndarray | None:
    """Draw a moment for each lookup, the first and last on the published days; None where nobody was away then."""
    first, last = np.searchsorted(roster.days, np.array(WINDOW, "datetime64[D]"))
    middle = np.sort(rng.choice(np.arange(first + 1, last), len(borrowed) - 2, replace=False))
    weights = hour_weights(rates.overtime)
    whole_day = roster.away[case.colleague].all(axis=1)
    here = ~roster.away[case.viewer] & (OPENING + SLOT * np.arange(SLOTS) < DEFAULT_HOURS[1])
    gone = here & roster.away[case.colleague] & ~whole_day[:, None]
    days = _moved(np.array([first, *middle, last]), borrowed, gone.any(axis=1), rng)
    free = [(gone if other else here)[day] * weights for day, other in zip(days, borrowed, strict=True)]
    if not all(slots.sum() for slots in free):
        return None
    slot = np.array([rng.choice(SLOTS, p=slots / slots.sum()) for slots in free])
    return np.asarray(at(roster, days, slot) + rng.integers(0, SLOT * 60, len(days)).astype("timedelta64[s]"))


def _moved(days: np.ndarray, borrowed: np.ndarray, gone: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Move each borrowed lookup to a day on which the colleague was briefly away, keeping the order."""
    moved = days.copy()
    for n in np.flatnonzero(borrowed[1:-1]) + 1:
        between = np.arange(moved[n - 1] + 1, days[n + 1])
        possible = between[gone[between]]
        moved[n] = rng.choice(possible) if len(possible) else days[n]
    return moved


def serial_pairs(pairs: pd.DataFrame, able: np.ndarray, cases: int, rng: np.random.Generator) -> pd.DataFrame:
    """Choose pairs so that every sort of tie has its turn, the rare ones first; nobody is in two of them."""
    usable = pairs[able[pairs["staff"].to_numpy()] & pairs["here"] & (pairs["kind"] != "self")]
    usable = usable.iloc[rng.permutation(len(usable))]
    rarest = usable["pattern"].value_counts().sort_index(kind="stable").sort_values(kind="stable").index
    queues = [iter(usable[usable["pattern"] == pattern].itertuples()) for pattern in rarest]
    chosen: list[int] = []
    taken: set[int] = set()  # viewers as -1 - number, subjects as pid
    while queues and len(chosen) < cases:
        found = [_next(queue, taken) for queue in queues]
        queues = [queue for queue, pair in zip(queues, found, strict=True) if pair is not None]
        chosen += [pair for pair in found if pair is not None]
    return usable.loc[chosen[:cases]]


def _next(queue: Iterator[Any], taken: set[int]) -> int | None:
    """Take the next pair of people who are not taken yet."""
    for row in queue:
        people = {-1 - row.staff, row.b}
        if not people & taken:
            taken |= people
            return int(row.Index)
    return None


def serial(pairs: pd.DataFrame, kin: pd.DataFrame, at: Setting, rng: np.random.Generator) -> pd.DataFrame:
    """Draw two to nine lookups of each pair, like the viewer's other work but for the reason, which lacks."""
    if not len(pairs):
        return acts(0, time=np.zeros(0, "datetime64[s]"), staff=0, holder=0, system=0, operation="", subject=0,
                    reason="none", origin="")  # fmt: skip
    count = rng.integers(*SERIAL_LOOKUPS, len(pairs))
    extra = rng.random(len(pairs)) < at.rates.borrowed_cases
    row = np.repeat(np.arange(len(pairs)), count + extra)
    staff, subject = pairs["staff"].to_numpy()[row], pairs["b"].to_numpy()[row]
    times = moments(at.roster, staff, hour_weights(at.rates.overtime), rng)
    system = _systems(at.places.office(era_of(times), staff), pairs["adult"].to_numpy()[row], rng)
    holder = staff.copy()
    for n in np.flatnonzero(extra):
        last = int(np.flatnonzero(row == n)[-1])
        holder[last] = _stranger(staff[last], subject[last], times[last], kin, at, rng)
    operation, pattern = plain_operations(system, at.rates, rng), pairs["pattern"].to_numpy()[row]
    frame = acts(len(row), time=times, staff=staff, holder=holder, system=system, operation=operation,
                 subject=subject, reason="none", origin=pattern)  # fmt: skip
    frame["searched"] = rng.random(len(frame)) < at.rates.searches
    return frame


def _systems(office: np.ndarray, adult: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw systems as the viewer's office uses them; children are not in the tax system."""
    mix = np.array([kind.mix for kind in OFFICES])[office]
    mix[~adult, TAX] *= 1e-9
    limits = (mix / mix.sum(axis=1, keepdims=True)).cumsum(axis=1)
    systems: np.ndarray = (rng.random(len(office))[:, None] >= limits).sum(axis=1).clip(max=2)
    return systems


def _stranger(
    viewer: int, subject: int, time: np.datetime64, kin: pd.DataFrame, at: Setting, rng: np.random.Generator
) -> int:
    """Draw the colleague whose session is used: of the same section and no kin of the subject."""
    seat = at.places.seat[int(time >= TRANSFER_DAY)]
    section = at.places.seats["section"].to_numpy(dtype=object)[seat]
    near = np.flatnonzero((section == section[viewer]) & (np.arange(len(seat)) != viewer))
    near = near[~np.isin(near, kin.loc[kin["b"] == subject, "staff"].to_numpy())]
    return int(rng.choice(near)) if len(near) else viewer
