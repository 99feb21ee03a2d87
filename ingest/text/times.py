"""Times of day and points in time as logs write them."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from ingest.text.dates import read_date

JAPAN = timedelta(hours=9)
SPLIT = re.compile(r"(?P<day>[^\sT]+)[\sT]+(?P<clock>.+)")
DIGITS = re.compile(r"(?P<day>\d{8})(?P<clock>\d{4}(?:\d{2})?)")
CLOCK = re.compile(
    r"(?P<half>午前|午後)?(?P<h>\d{1,2})[:時](?P<m>\d{1,2})(?:分|:)?(?:(?<=[:分])(?P<s>\d{1,2})(?:\.\d+)?秒?)?(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
ZONE = re.compile(r"(?P<sign>[+-])(?P<h>\d\d):?(?P<m>\d\d)")


def read_time(text: str, *, style: str = "auto") -> datetime | None:
    """Read a point in time to the second, in the local time of its source; None where the text names none.

    >>> read_time("R05.04.06 09:57:43"), read_time("20230405 94049")
    (datetime.datetime(2023, 4, 6, 9, 57, 43), datetime.datetime(2023, 4, 5, 9, 40, 49))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = DIGITS.fullmatch(plain) or SPLIT.fullmatch(plain)
    if parts is None:
        return None
    day, clock = read_date(parts["day"], style=style).value, read_clock(parts["clock"])
    if day is None or clock is None:
        return None
    return _at(day, clock, parts["clock"])


def read_clock(text: str) -> timedelta | None:
    """Read a time of day as the span since midnight; `24:00` is the next midnight.

    >>> read_clock("8:30"), read_clock("94049")
    (datetime.timedelta(seconds=30600), datetime.timedelta(seconds=34849))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.isdigit():
        plain = _with_colons(plain)
    found = CLOCK.fullmatch(plain)
    if found is None:
        return None
    hour = int(found["h"]) + (12 if found["half"] == "午後" else 0)
    span = timedelta(hours=hour, minutes=int(found["m"]), seconds=int(found["s"] or 0))
    in_range = int(found["m"]) < 60 and int(found["s"] or 0) < 60 and span <= timedelta(days=1)
    return span if in_range else None


def read_minutes(text: str) -> int | None:
    """Read a time of day as minutes after midnight."""
    span = read_clock(text)
    return None if span is None else int(span.total_seconds()) // 60


def _with_colons(digits: str) -> str:
    """Write HMM, HHMM, HMMSS or HHMMSS with colons: spreadsheets drop the leading zero."""
    full = digits.zfill(4 if len(digits) <= 4 else 6)
    return ":".join(full[at : at + 2] for at in range(0, len(full), 2))


def _at(day: date, clock: timedelta, text: str) -> datetime | None:
    """Put day and time together; a stated offset that is not Japan's is turned into Japan's."""
    zone = ZONE.search(text)
    offset = JAPAN
    if zone:
        span = timedelta(hours=int(zone["h"]), minutes=int(zone["m"]))
        offset = -span if zone["sign"] == "-" else span
    elif text.rstrip().endswith("Z"):
        offset = timedelta(0)
    try:
        return datetime.combine(day, time()) + clock + (JAPAN - offset)
    except OverflowError:
        return None
