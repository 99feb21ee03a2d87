"""A log's days judged by its own traffic: delivered, thin, absent, or not to be told.

A day is held against its like, the same weekday before and after it. What a day may have is the lower of the two
sides, so that a busy season, a growing town or a system's first weeks make no other day look thin.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from statistics import median

import numpy as np
import numpy.typing as npt

from graph.model import record
from ingest.deliveries.calendar import CLOSED, Calendar
from ingest.deliveries.chance import Floats, at_most, spread

RARE = 0.001  # the quantile below which a day is thin, and none at all is no chance
LIKE_DAYS = 8  # fewer tell nothing
SIDE = 4  # of them before, and as many after; at the ends of a span, where they are fewer, other open days stand in
SILENCE = 5  # open days in a row without a row: a week; it teaches nothing about what an ordinary day has
SILENT_BY_CHANCE = 1e-6  # of a week and more in which each single day might be empty
OWN_DAY = 0.2  # a day's rows vary by this share of their own, beyond what counting gives
SEASON = 0.3  # and over a whole span by this

Days = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class State(StrEnum):
    """What is known of one day of a log."""

    DELIVERED = "delivered"
    THIN = "thin"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    CLOSED = "closed"  # no rows, and none were to be expected


@record
class Judged:
    """Each day of a calendar: its state, and how many rows its like have."""

    states: tuple[State, ...]
    expected: Floats


def judge(calendar: Calendar, rows: Days) -> Judged:
    """Say of each day of a log what its number of rows says."""
    quiet = silences(calendar, rows)
    judged = _used(calendar, rows, quiet)
    near, enough = _levels(calendar, rows, judged & ~quiet, judged, near=SIDE)
    far, _ = _levels(calendar, rows, judged & ~quiet, judged, near=len(rows))
    taught = judged & ~quiet
    own = spread(rows[taught].astype(float), near[taught], OWN_DAY)
    season = spread(rows[taught].astype(float), _medians(calendar, rows, taught)[taught], SEASON)
    states = np.full(len(rows), State.CLOSED, object)
    states[rows > 0] = State.DELIVERED
    states[judged & ~enough] = State.UNKNOWN
    for at in np.flatnonzero(judged & (rows > 0) & enough & ((rows < near) | (rows < far))).tolist():
        few = at_most(rows[at], near[at], own) < RARE or at_most(rows[at], far[at], season) < RARE
        states[at] = State.THIN if few else State.DELIVERED
    for at, lost in _empty(calendar, rows, judged, near, own):
        states[at] = State.ABSENT if lost else State.UNKNOWN
    return Judged(states=tuple(states), expected=near)


def silences(calendar: Calendar, rows: Days) -> Mask:
    """Mark the weeks in which no open day has a row; none where most weeks are like that."""
    quiet = np.zeros(len(rows), bool)
    for run in _runs(rows == 0, calendar.office | (rows > 0)):
        if len(run) >= SILENCE:
            quiet[run[0] : run[-1] + 1] = True
    return quiet if (quiet & calendar.office).sum() * 2 <= calendar.office.sum() else np.zeros(len(rows), bool)


def _runs(wanted: Mask, counted: Mask) -> list[Days]:
    """Give the counted days that are wanted, those without another counted one between them together."""
    places = np.flatnonzero(counted)
    groups = groupby(places.tolist(), key=lambda at: bool(wanted[at]))
    return [np.array(list(group)) for is_wanted, group in groups if is_wanted]


def _used(calendar: Calendar, rows: Days, quiet: Mask) -> Mask:
    """Mark the days that should have rows: open ones, and those of a weekday that mostly has some."""
    used = calendar.office.copy()
    for kind in set(calendar.kinds.tolist()) - {CLOSED}:
        like = calendar.kinds == kind
        usual = (rows[like & ~quiet] > 0).mean() if (like & ~quiet).any() else 0
        used |= like & (usual > 0.5)
    return used


def _levels(calendar: Calendar, rows: Days, taught: Mask, judged: Mask, near: int) -> tuple[Floats, Mask]:
    """Give what the like days around each one have, and whether they are enough; where too few are, all days count."""
    level, enough = np.zeros(len(rows)), np.zeros(len(rows), bool)
    whole = np.flatnonzero(taught & calendar.office)
    level[judged & calendar.office] = np.median(rows[whole]) if len(whole) > LIKE_DAYS else 0
    for kind in set(calendar.kinds[judged].tolist()):
        like = np.flatnonzero(taught & (calendar.kinds == kind))
        for at in np.flatnonzero(judged & (calendar.kinds == kind)).tolist():
            if len(like) - bool(taught[at]) >= LIKE_DAYS:
                sides = zip(_sides(like, at, near), _sides(whole, at, SIDE), strict=True)
                level[at], enough[at] = _lower([a if len(a) >= SIDE else b for a, b in sides], rows), True
    return level, enough


def _sides(days: Days, at: int, near: int) -> tuple[Days, Days]:
    """Give the nearest of these days before and after a day."""
    start, end = np.searchsorted(days, [at, at + 1])
    return days[max(start - near, 0) : start], days[end : end + near]


def _lower(sides: Sequence[Days], rows: Days) -> float:
    """Give what days have on the side where they have less; on a span's first and last day there is one side only."""
    return min((float(median(rows[side].tolist())) for side in sides if len(side)), default=0.0)


def _medians(calendar: Calendar, rows: Days, taught: Mask) -> Floats:
    level = np.zeros(len(rows))
    for kind in set(calendar.kinds[taught].tolist()):
        like = taught & (calendar.kinds == kind)
        level[like] = np.median(rows[like])
    return level


def _empty(calendar: Calendar, rows: Days, judged: Mask, level: Floats, own: float) -> list[tuple[int, bool]]:
    """Give the days without a row and whether that is no chance: of one day alone, or of all of a week or more."""
    found: list[tuple[int, bool]] = []
    for run in _runs((rows == 0) & judged, judged | (rows > 0)):
        chances = [at_most(0, level[at], own) for at in run]
        together = len(run) >= SILENCE and float(np.prod(chances)) < SILENT_BY_CHANCE
        found += [(int(at), together or chance < RARE) for at, chance in zip(run, chances, strict=True)]
    return found
