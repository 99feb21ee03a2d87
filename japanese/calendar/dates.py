"""Dates as Japanese registers write them: 和暦 and 西暦, unknown parts, impossible days (F7–F9)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from japanese.calendar.date_text import plain, says_nothing

# First day and day after the last; a change of era is one day in both. Those before 明治 stand only in old 除籍.
ERAS = {
    "明治": (date(1868, 1, 25), date(1912, 7, 31)),
    "大正": (date(1912, 7, 30), date(1926, 12, 26)),
    "昭和": (date(1926, 12, 25), date(1989, 1, 8)),
    "平成": (date(1989, 1, 8), date(2019, 5, 1)),
    "令和": (date(2019, 5, 1), date(9999, 12, 31)),
    "文政": (date(1818, 5, 26), date(1831, 1, 24)),
    "天保": (date(1831, 1, 23), date(1845, 1, 10)),
    "弘化": (date(1845, 1, 9), date(1848, 4, 2)),
    "嘉永": (date(1848, 4, 1), date(1855, 1, 16)),
    "安政": (date(1855, 1, 15), date(1860, 4, 9)),
    "万延": (date(1860, 4, 8), date(1861, 3, 30)),
    "文久": (date(1861, 3, 29), date(1864, 3, 28)),
    "元治": (date(1864, 3, 27), date(1865, 5, 2)),
    "慶応": (date(1865, 5, 1), date(1868, 10, 24)),
}
FIRST_YEARS = {"天保": 1830, "弘化": 1844, "安政": 1854} | {
    "明治": 1868
}  # where the lunar year began in the one before
SHORT = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
SHORT |= {"明": "明治", "大": "大正", "昭": "昭和", "平": "平成", "令": "令和"}
SHORT |= {str(code): era for code, era in enumerate(("明治", "大正", "昭和", "平成", "令和"), start=1)}
OPEN_YEAR = 9000  # 9999-12-31 and the like: the way of old systems to say that there is no date
GREGORIAN = date(1873, 1, 1)  # 明治6年: before it the calendar was lunar

ERA = "|".join(ERAS) + "|[MTSHRmtshr]|[明大昭平令]"
COMPACT = re.compile(rf"(?:(?P<era>{ERA}|[1-5])(?P<y>\d\d)|(?P<year>\d{{4}}))(?P<m>\d\d)(?P<d>\d\d)")
# Six digits are year and month only where they cannot be year, month and day of an era that is left out.
YEAR_MONTH = re.compile(r"(?P<year>(?:1[89]|20)(?!0[1-9]|1[0-2])\d\d)(?P<m>\d\d)(?P<d>)")
PARTED = re.compile(
    rf"(?P<era>{ERA})?(?P<y>元|\d{{1,4}})[年./-]?(?:(?<=[年./-])(?P<m>\d{{1,2}}|\?)[月./-]?(?:(?<=[月./-])(?P<d>\d{{1,2}}|\?)日?)?)?"
)
DAY_FIRST = re.compile(r"(?P<a>\d{1,2})[./-](?P<b>\d{1,2})[./-](?P<y>\d{4})")
BETWEEN = re.compile(r"(?P<a>.+?)から(?P<b>.+?)まで(?:の?間)?")
GLOSS = re.compile(r"(?P<before>.+?)\((?P<gloss>[^()]*\d[^()]*)\)(?P<after>.*)")
ABOUT = re.compile(r"頃|ころ|ごろ")
ESTIMATED = re.compile(r"推定|約|およそ")
THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初旬": (1, 10)}
SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}
PART_OF = re.compile(rf"(?P<head>.+?)(?P<part>{'|'.join((*THIRDS, *SEASONS))})")


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a date text says: the day where it names one, else the interval it leaves open."""

    value: date | None
    earliest: date | None
    latest: date | None
    precision: str  # D, M, Y, or N where nothing is known
    warnings: tuple[str, ...] = ()


NOTHING = DateReading(value=None, earliest=None, latest=None, precision="N")


@lru_cache(maxsize=1 << 16)
def read_date(text: str, *, style: str = "auto") -> DateReading:
    """Read a date; `style` is `auto`, or `dmy`, `mdy` where the day or the month stands before a four-digit year.

    >>> read_date("S54.3.12").value, read_date("昭和20年3月不詳日").precision, read_date("平成3年2月29日").value
    (datetime.date(1979, 3, 12), 'M', None)
    """
    written = plain(text)
    if says_nothing(written):
        return NOTHING
    between = BETWEEN.fullmatch(written)
    if between:
        return _between(between["a"], between["b"], style)
    gloss = GLOSS.fullmatch(written)
    if gloss:
        return _glossed(gloss["before"] + gloss["after"], gloss["gloss"], style)
    part = PART_OF.fullmatch(ABOUT.sub("", written))
    if part:
        return _part(part["head"], part["part"], style)
    return _single(written, style)


def _glossed(outer: str, inner: str, style: str) -> DateReading:
    """Read 昭和60(1985)年4月1日, whose two years must be one."""
    reading, gloss = _single(outer, style), _single(inner, style)
    return reading if _overlap(reading, gloss) else _warned(NOTHING, "not a date")


def _overlap(one: DateReading, other: DateReading) -> bool:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    return other.earliest <= one.latest and one.earliest <= other.latest


def _single(written: str, style: str) -> DateReading:
    about, estimated = ABOUT.search(written), ESTIMATED.search(written)
    fields = _fields(ESTIMATED.sub("", ABOUT.sub("", written)), style)
    if fields is None:
        return _warned(NOTHING, "not a date")
    reading = _in_era(*fields)
    if estimated:
        reading = _warned(reading, "estimated")
    return _blurred(reading) if about else reading


def _fields(written: str, style: str) -> tuple[str, int, int, int] | None:
    """Split into era, year, month and day; 0 is unknown."""
    turned = DAY_FIRST.fullmatch(written)
    if turned:
        day, month = (turned["a"], turned["b"]) if style == "dmy" else (turned["b"], turned["a"])
        return ("", int(turned["y"]), int(month), int(day)) if style in ("dmy", "mdy") else None
    compact = COMPACT.fullmatch(written) or YEAR_MONTH.fullmatch(written)
    if compact:
        groups = compact.groupdict()
        era = _era(groups.get("era"))
        return era, int(groups.get("y") or groups["year"]), _number(groups["m"]), _number(groups["d"])
    parted = PARTED.fullmatch(written)
    if parted is None or not (parted["era"] or len(parted["y"]) == 4):
        return None
    year = 1 if parted["y"] == "元" else int(parted["y"])
    return _era(parted["era"]), year, _number(parted["m"]), _number(parted["d"])


def _era(text: str | None) -> str:
    return SHORT.get(text.upper(), text) if text else ""


def _number(text: str | None) -> int:
    return int(text) if text and text != "?" else 0


def _in_era(era: str, year: int, month: int, day: int) -> DateReading:
    """Place the fields in the calendar; an era's own edges narrow an interval and warn about a day outside them."""
    if year == 0:
        return _warned(NOTHING, "not a date")
    if not era:
        return _calendar(year, month, day)
    begin, end = ERAS[era]
    reading = _calendar(FIRST_YEARS.get(era, begin.year) + year - 1, month, day)
    if reading.earliest is None or reading.latest is None:
        return reading
    if reading.latest < GREGORIAN:
        return _warned(reading, "lunar calendar")
    last = end - timedelta(days=1) if era != "昭和" else date(1989, 1, 7)
    if reading.latest < begin or reading.earliest > last:
        return _warned(reading, "outside era")
    if reading.precision == "D":
        return reading
    return _spanned(reading, max(reading.earliest, begin), min(reading.latest, last))


def _calendar(year: int, month: int, day: int) -> DateReading:
    if not 1 <= year <= 9999:
        return _warned(NOTHING, "not a date")
    if year >= OPEN_YEAR:
        return NOTHING
    if not 1 <= month <= 12:
        whole = _interval(date(year, 1, 1), date(year, 12, 31), "Y")
        return whole if month == 0 else _warned(whole, "no such month")
    days = monthrange(year, month)[1]
    if day == 0:
        return _interval(date(year, month, 1), date(year, month, days), "M")
    if day <= days:
        value = date(year, month, day)
        return DateReading(value=value, earliest=value, latest=value, precision="D")
    return _no_such_day(year, month, day, days)


def _no_such_day(year: int, month: int, day: int, days: int) -> DateReading:
    """Never roll over (F8): 2月30日 was meant as a day around the month's end, the 45th could be any day of it."""
    last = date(year, month, days)
    if day <= 31 and last < date.max:
        return _warned(_interval(last, last + timedelta(days=1), "M"), "no such day")
    return _warned(_interval(last.replace(day=1), last, "M"), "no such day")


def _interval(earliest: date, latest: date, precision: str) -> DateReading:
    return DateReading(value=None, earliest=earliest, latest=latest, precision=precision)


def _spanned(reading: DateReading, earliest: date, latest: date) -> DateReading:
    return DateReading(
        value=reading.value, earliest=earliest, latest=latest, precision=reading.precision, warnings=reading.warnings
    )


def _warned(reading: DateReading, warning: str) -> DateReading:
    return DateReading(
        value=reading.value,
        earliest=reading.earliest,
        latest=reading.latest,
        precision=reading.precision,
        warnings=(*reading.warnings, warning),
    )


def _blurred(reading: DateReading) -> DateReading:
    """Read 頃: a day stands for its month; a month or a year stays the interval it is."""
    if reading.value is None:
        return _warned(reading, "about")
    days = monthrange(reading.value.year, reading.value.month)[1]
    month = _interval(reading.value.replace(day=1), reading.value.replace(day=days), "M")
    return _warned(month, "about")


def _between(first: str, second: str, style: str) -> DateReading:
    """Read 「…日から…日までの間」; the second date may leave out the year, or year and month."""
    begin = _single(first, style)
    lead = next((prefix for prefix in _prefixes(first) if _single(prefix + second, style).latest), "")
    end = _single(lead + second, style)
    if begin.earliest is None or end.latest is None or begin.earliest > end.latest:
        return _warned(NOTHING, "not a date")
    same_month = begin.earliest.replace(day=1) == end.latest.replace(day=1)
    same_year = begin.earliest.year == end.latest.year
    return _interval(begin.earliest, end.latest, "M" if same_month else "Y" if same_year else "N")


def _prefixes(first: str) -> tuple[str, ...]:
    year, month = first.find("年") + 1, first.find("月") + 1
    return "", first[:year], first[:month]


def _part(head: str, part: str, style: str) -> DateReading:
    """Read 上旬, 春 …: a part of the month or year before it."""
    whole = _single(head, style)
    if whole.earliest is None or whole.latest is None:
        return _warned(NOTHING, "not a date")
    if part in THIRDS and whole.precision == "M":
        first, last = THIRDS[part]
        return _interval(whole.earliest.replace(day=first), min(whole.latest, _day(whole.earliest, 0, last)), "M")
    if part in SEASONS and whole.precision == "Y":
        first, last = SEASONS[part]
        return _interval(_day(whole.earliest, first, 1), _day(whole.earliest, last, 31), "Y")
    return _warned(NOTHING, "not a date")


def _day(within: date, month: int, day: int) -> date:
    """Give a day of the year of `within` (month 0: of its month), the month's last where it is shorter."""
    years, index = divmod((month or within.month) - 1, 12)
    year = within.year + years
    return date(year, index + 1, min(day, monthrange(year, index + 1)[1]))
