"""Which days an office is open: the weekdays of the policy, but for Japanese holidays and the turn of the year."""

from collections.abc import Collection
from datetime import date, timedelta

import holidays
import numpy as np
import numpy.typing as npt

from graph.model import record

CLOSED = 7  # beside the weekdays 0 (Monday) to 6: a day like no other
YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}  # 行政機関の休日に関する法律; local rules follow it


@record
class Calendar:
    """The days from `first` on, one after the other: each one's weekday (or CLOSED), and whether the office is open."""

    first: date
    kinds: npt.NDArray[np.int64]
    office: npt.NDArray[np.bool_]

    def day(self, at: int) -> date:
        """Give the day at a place."""
        return self.first + timedelta(days=int(at))

    def place(self, day: date) -> int:
        """Give the place of a day."""
        return (day - self.first).days


def calendar(first: date, last: date, weekdays: Collection[int]) -> Calendar:
    """Lay out the days of a span; `weekdays` are those of the policy, 1 is Monday.

    >>> [bool(open_) for open_ in calendar(date(2018, 4, 27), date(2018, 5, 1), [1, 2, 3, 4, 5]).office]
    [True, False, False, False, True]
    """
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    closed = holidays.country_holidays("JP", years=range(first.year, last.year + 1))
    free = np.array([day in closed or (day.month, day.day) in YEAR_END for day in days])
    kinds = np.where(free, CLOSED, [day.weekday() for day in days])
    return Calendar(first=first, kinds=kinds, office=np.isin(kinds, [day - 1 for day in weekdays]))
