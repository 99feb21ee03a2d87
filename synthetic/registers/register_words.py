"""Dates as the registers write them, short (S54.03.12) and long (昭和54年3月12日), as far as they are known."""

from collections.abc import Callable
from functools import cache

import numpy as np

from synthetic.population.timeline import EPOCH, FOREVER, day_number

# Era, letter, first day, first year.
ERAS = (
    ("令和", "R", "2019-05-01", 2019), ("平成", "H", "1989-01-08", 1989), ("昭和", "S", "1926-12-25", 1926),
    ("大正", "T", "1912-07-30", 1912), ("明治", "M", "1868-01-25", 1868), ("慶応", "", "1865-05-01", 1865),
    ("元治", "", "1864-03-27", 1864), ("文久", "", "1861-03-29", 1861), ("万延", "", "1860-04-08", 1860),
    ("安政", "", "1855-01-15", 1854), ("嘉永", "", "1848-04-01", 1848), ("弘化", "", "1845-01-09", 1844),
    ("天保", "", "0001-01-01", 1830),
)  # fmt: skip
KNOWN, DAY_UNKNOWN, MONTH_UNKNOWN = range(3)
MONTHS_TOO = 0.3  # of unknown birth dates, share of which not even the month is known
SOLAR = int(day_number(np.array(["1873-01-01"], "datetime64[D]"))[0])  # older dates are lunar: only the year is told


def unknown_parts(n: int, share: float, rng: np.random.Generator) -> np.ndarray:
    """Choose whose birth date is not fully known."""
    draw = rng.random(n)
    return np.where(draw < share * MONTHS_TOO, MONTH_UNKNOWN, np.where(draw < share, DAY_UNKNOWN, KNOWN))


def short_date(days: np.ndarray, unknown: np.ndarray | int = KNOWN) -> np.ndarray:
    """Write day numbers like S54.03.12; unknown parts are 00, a missing day is empty."""
    return _written(_short, days, unknown)


def long_date(days: np.ndarray, unknown: np.ndarray | int = KNOWN) -> np.ndarray:
    """Write day numbers like 昭和54年3月12日; unknown parts are 不詳, a missing day is empty."""
    return _written(_long, days, np.where(days < SOLAR, MONTH_UNKNOWN, unknown))


def dotted_date(days: np.ndarray) -> np.ndarray:
    """Write day numbers like 1996.04.18, as for foreigners (F7)."""
    return _written(_dotted, days, KNOWN)


def _written(write: Callable[[str, int], str], days: np.ndarray, unknown: np.ndarray | int) -> np.ndarray:
    distinct, inverse = np.unique(np.asarray(days, np.int64) * 3 + unknown, return_inverse=True)
    return np.array([_text(write, code) for code in distinct.tolist()], object)[inverse]


@cache
def _text(write: Callable[[str, int], str], code: int) -> str:
    day, unknown = divmod(code, 3)
    return "" if day == FOREVER else write(str(EPOCH + day), unknown)


def _era(iso: str) -> tuple[str, str, int, int, int]:
    name, letter, _, first = next(era for era in ERAS if iso >= era[2])
    year, month, day = (int(part) for part in iso.split("-"))
    return name, letter, year - first + 1, month, day


def _dotted(iso: str, _: int) -> str:
    return iso.replace("-", ".")


def _short(iso: str, unknown: int) -> str:
    _, letter, year, month, day = _era(iso)
    return f"{letter}{year:02d}.{month * (unknown != MONTH_UNKNOWN):02d}.{day * (unknown == KNOWN):02d}"


def _long(iso: str, unknown: int) -> str:
    name, _, year, month, day = _era(iso)
    start = f"{name}{'元' if year == 1 else year}年"
    return start + (f"{month}月{day}日", f"{month}月日不詳", "月日不詳")[unknown]


def delay(pid: np.ndarray, day: np.ndarray, longest: int) -> np.ndarray:
    """Give how many days after an event it was notified: scattered, the same for the same person and day."""
    mixed = (np.asarray(pid, np.uint64) * np.uint64(2654435761) + np.asarray(day, np.uint64)) >> np.uint64(7)
    return np.asarray(mixed % np.uint64(longest + 1), np.int64)
