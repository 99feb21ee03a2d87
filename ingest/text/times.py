"""Times of day and points in time as logs write them."""

import re
import unicodedata
from datetime import datetime, time, timedelta

from ingest.text.dates import read_date

JAPAN = timedelta(hours=9)
# The day and the time of day in one text, apart or run together; also what the columns of a log are split by.
APART = r"^(?P<day>[^\sT]+)[\sT]+(?P<clock>.+)$"
TOGETHER = r"^(?P<day>\d{8})(?P<clock>\d{4}(?:\d{2})?)$"
CLOCK = re.compile(
    r"(?P<half>午前|午後)?(?P<h>\d{1,2})[:時](?P<m>\d{1,2})(?:分|:(?P<s>\d{1,2})(?:\.\d+)?)?(?:(?P<sec>\d{1,2})秒)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?"
)


def read_time(text: str, *, style: str = "auto") -> datetime | None:
    """Read a point in time to the second, in the local time of its source; None where the text names none.

    >>> read_time("R05.04.06 09:57:43"), read_time("20230405 94049")
    (datetime.datetime(2023, 4, 6, 9, 57, 43), datetime.datetime(2023, 4, 5, 9, 40, 49))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = re.match(TOGETHER, plain) or re.match(APART, plain)
    day = read_date(parts["day"], style=style).value if parts else None
    clock = read_clock(parts["clock"]) if parts else None
    if day is None or clock is None:
        return None
    try:
        return datetime.combine(day, time()) + clock
    except OverflowError:
        return None


def read_clock(text: str) -> timedelta | None:
    """Read a time of day as the span since midnight in Japan; `24:00` is the next midnight.

    >>> read_clock("8:30"), read_clock("94049"), read_clock("00:30:00Z")
    (datetime.timedelta(seconds=30600), datetime.timedelta(seconds=34849), datetime.timedelta(seconds=34200))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = CLOCK.fullmatch(_with_colons(plain) if plain.isdigit() else plain)
    if found is None:
        return None
    hour, minute = int(found["h"]) + (12 if found["half"] == "午後" else 0), int(found["m"])
    second = int(found["s"] or found["sec"] or 0)
    span = timedelta(hours=hour, minutes=minute, seconds=second)
    in_range = minute < 60 and second < 60 and span <= timedelta(days=1)
    return span + JAPAN - _offset(found["zone"]) if in_range else None


def read_minutes(text: str) -> int | None:
    """Read a time of day as minutes after midnight."""
    span = read_clock(text)
    return None if span is None else int(span.total_seconds()) // 60


def _with_colons(digits: str) -> str:
    """Write HMM, HHMM, HMMSS or HHMMSS with colons: spreadsheets drop the leading zero."""
    full = digits.zfill(4 if len(digits) <= 4 else 6)
    return ":".join(full[at : at + 2] for at in range(0, len(full), 2))


def _offset(zone: str | None) -> timedelta:
    """Read an offset from UTC; a clock that states none shows Japan's time."""
    if zone is None:
        return JAPAN
    if zone == "Z":
        return timedelta(0)
    span = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -span if zone[0] == "-" else span
