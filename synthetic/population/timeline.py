"""Dated facts about many keys, found by key and day with one binary search."""

import numpy as np

EPOCH = np.datetime64("1700-01-01")
FOREVER = (1 << 18) - 1  # a day no register reaches; key and day share one sortable number
SPAN = FOREVER + 1


def day_number(days: np.ndarray) -> np.ndarray:
    """Count days from the epoch; a missing day is FOREVER."""
    stamps = np.asarray(days).astype("datetime64[D]")
    return np.where(np.isnat(stamps), FOREVER, (stamps - EPOCH).astype(np.int64))


def as_day(numbers: np.ndarray) -> np.ndarray:
    """Turn day numbers into dates; FOREVER is missing."""
    days = EPOCH + np.asarray(numbers).astype("timedelta64[D]")
    return np.where(np.asarray(numbers) == FOREVER, np.datetime64("NaT"), days)


class Timeline:
    """For each key the rows that begin on certain days; a row holds until the next begins or, where given, its end."""

    def __init__(self, keys: np.ndarray, starts: np.ndarray, ends: np.ndarray | None = None) -> None:
        """Index rows by key and first day number."""
        keys, starts = np.asarray(keys, np.int64), np.asarray(starts, np.int64)
        self._order = np.lexsort((starts, keys))
        self._codes = (keys * SPAN + starts)[self._order]
        self._ends = np.full(len(keys), FOREVER) if ends is None else np.asarray(ends, np.int64)

    def row(self, keys: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Give the number of the row that holds for each key on each day, -1 where none does."""
        if not len(self._codes):
            return np.full(len(keys), -1)
        place = np.searchsorted(self._codes, np.asarray(keys, np.int64) * SPAN + days, side="right") - 1
        known = (place >= 0) & (self._codes[place] // SPAN == keys)
        row = self._order[place]
        return np.where(known & (days < self._ends[row]), row, -1)
