"""Times of day and points in time as logs write them."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from japanese.calendar.dates import read_date

JAPAN = timedelta(hours=9)
FURTHEST = timedelta(hours=14)  # no clock of the world is further from UTC
LONGEST = timedelta(hours=36)  # a day of work may be told to 35:59: the next morning
# The day and the time of day in one text, apart or run together; also what the columns of a log are split by.
APART = r"^(?P<day>[^\sT]+)[\sT]+(?P<clock>.+)$"
TOGETHER = r"^(?P<day>\d{8})(?P<clock>\d{4}(?:\d{2})?)$"
# Less usual: thousandths run together, a database's 2024-05-10-15.04.05.123456, 2024年5月10日15時4分.
RUN_ON = (
    r"^(?P<day>\d{8})(?P<clock>\d{6})[.,]?\d{3,9}$",
    r"^(?P<day>\d{4}[-/.]\d\d?[-/.]\d\d?)[-_](?P<clock>.+)$",
    r"^(?P<day>.+?日(?:[(].+?[)]|.曜日?)?)(?P<clock>.+)$",
)
LATIN = r"(?:mon|tue|wed|thu|fri|sat|sun)"
WEEKDAY = rf"(?:[(](?:[月火水木金土日]|{LATIN}[a-z]*)(?:曜日?)?[)]|[月火水木金土日]曜日?|\b{LATIN}\b)"
AFTER_DAY = re.compile(rf"{WEEKDAY}$", re.I)
BEFORE_CLOCK = re.compile(rf"^{WEEKDAY}\s*", re.I)
NEXT_DAY = re.compile(r"^(?:翌日|翌朝|翌)(?:の)?\s*")
HALF = r"午前|午後|[ap]\.?m\.?"
CLOCK = re.compile(
    rf"(?P<half>{HALF})?\s*(?P<h>\d{{1,2}})[:時.](?P<m>\d{{1,2}})(?:分|[:.](?P<s>\d{{1,2}})(?:[.,:]\d+)?)?"
    rf"(?:(?P<sec>\d{{1,2}})秒)?\s*(?P<after>{HALF})?\s*(?P<zone>.*)",
    re.I,
)
DIGITS = re.compile(r"(?P<clock>\d{1,6})(?:[.,]\d+)?\s*(?P<zone>Z|[+-][\d:]+|[a-z]{3})?", re.I)
ZONE = re.compile(r"[(]?(?P<sign>[+-])(?P<h>\d\d?)(?::?(?P<m>\d\d))?[)]?")
ZONES = {"": JAPAN, "JST": JAPAN, "Z": timedelta(0), "UTC": timedelta(0), "GMT": timedelta(0)}


def read_time(text: str, *, style: str = "auto") -> datetime | None:
    """Read a point in time to the second, in the local time of its source; None where the text names none.

    >>> read_time("R05.04.06 09:57:43"), read_time("20230405 94049")
    (datetime.datetime(2023, 4, 6, 9, 57, 43), datetime.datetime(2023, 4, 5, 9, 40, 49))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    for pattern in (TOGETHER, APART, *RUN_ON):
        parts = re.match(pattern, plain)
        day = read_day(parts["day"], style=style) if parts else None
        clock = read_clock(parts["clock"]) if parts else None
        if day is not None and clock is not None:
            return _at(day, clock)
    return None


def read_day(text: str, *, style: str = "auto") -> date | None:
    """Read the day of a point in time; a weekday after it says nothing.

    >>> read_day("2024/05/10(金)")
    datetime.date(2024, 5, 10)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    return read_date(AFTER_DAY.sub("", plain), style=style).value


def read_clock(text: str) -> timedelta | None:
    """Read a time of day as the span since midnight in Japan; `24:00` to `35:59` are the next day's.

    >>> read_clock("8:30"), read_clock("00:30:00Z"), read_clock("午前12:04")
    (datetime.timedelta(seconds=30600), datetime.timedelta(seconds=34200), datetime.timedelta(seconds=240))
    """
    plain = BEFORE_CLOCK.sub("", unicodedata.normalize("NFKC", text).strip())
    today = NEXT_DAY.sub("", plain)
    digits = DIGITS.fullmatch(today)
    match = CLOCK.fullmatch(_with_colons(digits["clock"]) + (digits["zone"] or "") if digits else today)
    offset = _offset(match["zone"]) if match else None
    if match is None or offset is None:
        return None
    span = _span(match)
    return None if span is None else span + JAPAN - offset + timedelta(days=today != plain)


def read_minutes(text: str) -> int | None:
    """Read a time of day as minutes after midnight.

    >>> read_minutes("翌6:00")
    1800
    """
    span = read_clock(text)
    return None if span is None else int(span.total_seconds()) // 60


def _at(day: date, clock: timedelta) -> datetime | None:
    try:
        return datetime.combine(day, time()) + clock
    except OverflowError:
        return None


def _span(match: re.Match[str]) -> timedelta | None:
    """Give the time since midnight; None where there is no such time of day. A leap second is the last second."""
    half = (match["half"] or match["after"] or "").replace(".", "").lower()
    hour, minute, second = int(match["h"]), int(match["m"]), int(match["s"] or match["sec"] or 0)
    if half in ("午前", "am", "午後", "pm") and hour == 12:
        hour = 0
    if half in ("午後", "pm") and hour < 12:
        hour += 12
    span = timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    too_late = span >= (timedelta(days=1) if half else LONGEST)
    return None if minute > 59 or second > 60 or too_late or (match["half"] and match["after"]) else span


def _with_colons(digits: str) -> str:
    """Write HMM, HHMM, HMMSS or HHMMSS with colons: spreadsheets drop the leading zero."""
    full = digits.zfill(4 if len(digits) <= 4 else 6)
    return ":".join(full[at : at + 2] for at in range(0, len(full), 2))


def _offset(zone: str) -> timedelta | None:
    """Read an offset from UTC; a clock that states none shows Japan's time. None for what is no offset."""
    named = ZONES.get(zone.strip("() ").upper())
    if named is not None:
        return named
    match = ZONE.fullmatch(zone)
    if match is None:
        return None
    minutes = int(match["m"] or 0)
    span = timedelta(hours=int(match["h"]), minutes=minutes)
    if minutes > 59 or span > FURTHEST:
        return None
    return -span if match["sign"] == "-" else span
