"""How few rows a day may have by chance: counts that vary more than a Poisson's, learnt from the traffic itself."""

import numpy as np
import numpy.typing as npt

NORMAL_MAD = 1.4826  # of a normal spread, the standard deviation for each median absolute deviation

Floats = npt.NDArray[np.float64]


def spread(rows: Floats, level: Floats, least: float) -> float:
    """Give the variance, relative to the squared level, that days have beyond what counting alone gives.

    Never under `least` squared: a day has its own weather. Medians, so that days which lack rows do not widen it.
    """
    known = level > 0
    if not known.any():
        return least**2
    off = np.abs(rows[known] - level[known]) / level[known]
    seen = NORMAL_MAD * float(np.median(off))
    return float(max(least**2, seen**2 - 1 / np.median(level[known])))


def at_most(rows: int, level: float, spread: float) -> float:
    """Give the chance of a day with at most so many rows, where `level` is usual (negative binomial).

    >>> at_most(0, 8, 0.0225) < 0.001 < at_most(0, 5, 0.0225)
    True
    """
    if level <= 0:
        return 1.0
    shape = 1 / spread
    none, more = shape * np.log(shape / (shape + level)), np.log(level / (shape + level))
    counts = np.arange(rows)
    steps = np.log((counts + shape) / (counts + 1)) + more
    return float(np.exp(none + np.concatenate([[0.0], np.cumsum(steps)])).sum())
