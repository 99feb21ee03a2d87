"""Dates of genealogies: as GEDCOM 5.5.1 and 7 have them, as people write them, as Japanese registers do."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.reading.gedcom import calendars
from ingest.reading.gedcom.calendars import FRENCH, HEBREW, Span
from japanese.calendar import dates
from japanese.calendar.dates import NOTHING, DateReading

NO_DATE, TWO_DAYS = "not a date", "day or month"
UNREAD = frozenset({NO_DATE, TWO_DAYS, "no such day", "no such month"})
# Everything about a date that is no date: an era that no calendar here has, nothing, or that somebody lives no more.
SILENT = re.compile(
    r"|Y|N|UNKNOWN|UNBEKANNT|INCONNU|DECEASED|DEAD|LIVING|PRIVATE|[?.\s-]+|.*\d\s*B\.?\s*C\.?(?:\s*E\.?)?"
)
PHRASE = re.compile(r"\s*\(([^()]*)\)\s*")
CALENDAR = re.compile(r"@#D([^@]*)@\s*|\b(GREGORIAN|JULIAN|FRENCH_R|HEBREW)\s+")
PERIOD = re.compile(r"(?:BET(?:WEEN)?\.?|FROM)\s+(.+?)\s+(?:AND|TO|&|-)\s+(.+)")
YEARS = re.compile(r"(\d{4})\s*-\s*(\d{4})")
BEFORE = re.compile(r"(?:BEF(?:ORE)?\.?|VOR|AVANT|<)\s*(?=\S)(.+)")
AFTER = re.compile(r"(?:AFT(?:ER)?\.?|NACH|APR[EÈ]S|>)\s*(?=\S)(.+)")
FROM, TO = re.compile(r"FROM\s+(.+)"), re.compile(r"TO\s+(.+)")
ABOUT = re.compile(
    r"(?:(?:ABT|ABOUT|CAL|CALCULATED|EST|ESTIMATED|CIRCA|CA|C|UM|VERS|PROBABLY|SAY|WFT EST)[.,]?\s+|CA?\.|~)(.+)"
)
INTERPRETED = re.compile(r"INT(?:ERPRETED)?\.?\s+")
TIME = re.compile(r"(?<=\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$")
WEEKDAY = re.compile(r"^(?:MON|TUES?|WED(?:NES)?|THU(?:RS)?|FRI|SAT(?:UR)?|SUN)(?:DAY)?\.?,?\s+")
DAY_FIRST = re.compile(
    r"(?:(\d{1,2})(?:ST|ND|RD|TH|\.|º|ER)?[\s,./-]*(?:OF\s+|DE\s+)?)?([^\W\d]{3,}\.?)[\s,./-]*(?:OF\s+|DE\s+)?(\d{3,4})(?:/(\d{2,4}))?"
)
MONTH_FIRST = re.compile(r"([^\W\d]{3,}\.?)\s*(\d{1,2})(?:ST|ND|RD|TH)?[\s,]+(\d{3,4})(?:/(\d{2,4}))?")
YEAR_FIRST = re.compile(r"(\d{4})[\s,./-]+([^\W\d]{3,}\.?)(?:[\s,./-]+(\d{1,2}))?")
NUMBERS = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
YEAR = re.compile(r"(\d{3,4})(?:/(\d{2,4}))?")
FOREIGN = re.compile(r"(?:(?:(\d{1,2})\s+)?([A-Z]{3,4})\s+)?(\d{1,4})")
LEEWAY = timedelta(days=5 * 366)  # `about` a day may be so far from it


def read_date(text: str) -> DateReading:
    """Read a date; a warning says that it could not be. What is about, before or between names a span, and no day.

    >>> read_date("INT 5 MAY 1980 (昭和55年5月5日)").value, read_date("7 July 1983").value
    (datetime.date(1980, 5, 5), datetime.date(1983, 7, 7))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _read(TIME.sub("", WEEKDAY.sub("", PHRASE.sub(" ", plain).strip().upper())))
    if found.earliest is None and found.latest is None:
        said = (_japanese(phrase) for phrase in PHRASE.findall(plain))
        found = next((reading for reading in said if reading.earliest), found)
    return _unread() if found == NOTHING and PHRASE.fullmatch(plain) else found


def is_unread(reading: DateReading) -> bool:
    """Tell whether a date could not be read, or not as one day where it was meant as one."""
    return not UNREAD.isdisjoint(reading.warnings)


def _read(word: str) -> DateReading:
    """Read a date without its phrase, in capitals."""
    calendar = CALENDAR.search(word)
    if calendar:
        name = (calendar[1] or calendar[2]).strip().replace("_", " ")
        return _modified(CALENDAR.sub("", word).strip(), "GREGORIAN" if name == "ROMAN" else name)
    return _modified(word, "GREGORIAN")


def _modified(word: str, calendar: str) -> DateReading:
    """Read what stands before dates: BEF, BET … AND …, ABT and their like."""
    word = INTERPRETED.sub("", word)
    if SILENT.fullmatch(word):
        return NOTHING
    period = PERIOD.fullmatch(word) or YEARS.fullmatch(word)
    if period:
        first, last = (_modified(part, calendar) for part in period.groups())
        return _span(first.earliest, last.latest) if first.earliest and last.latest else _unread()
    for pattern, blurred in _MODIFIERS:
        found = pattern.fullmatch(word)
        if found:
            reading = _modified(found[1], calendar)
            return blurred(reading) if reading.earliest or reading.latest else reading
    return _CALENDARS.get(calendar, _unknown)(word)


def _about(reading: DateReading) -> DateReading:
    first, last = reading.earliest or date.max, reading.latest or date.min
    return _span(max(first, date.min + LEEWAY) - LEEWAY, min(last, date.max - LEEWAY) + LEEWAY)


def _before(reading: DateReading) -> DateReading:
    return _span(None, reading.earliest - timedelta(days=1) if reading.earliest else reading.latest)


def _after(reading: DateReading) -> DateReading:
    return _span(reading.latest + timedelta(days=1) if reading.latest else reading.earliest, None)


def _since(reading: DateReading) -> DateReading:
    return _span(reading.earliest, None)


def _until(reading: DateReading) -> DateReading:
    return _span(None, reading.latest)


_MODIFIERS = ((ABOUT, _about), (BEFORE, _before), (AFTER, _after), (FROM, _since), (TO, _until))


def _span(first: date | None, last: date | None) -> DateReading:
    if first and last and first > last:
        return _unread()
    return DateReading(value=None, earliest=first, latest=last, precision="N")


def _unread() -> DateReading:
    return DateReading(value=None, earliest=None, latest=None, precision="N", warnings=(NO_DATE,))


def _unknown(_: str) -> DateReading:
    return _unread()


def _gregorian(word: str) -> DateReading:
    fields = _fields(word)
    if fields:
        year, number, day, dual = fields
        return _of_two_years(year, dual) if dual and not number else _day(dual or year, number, day)
    numbers = NUMBERS.fullmatch(word)
    return _numbers(*map(int, numbers.groups())) if numbers else _japanese(word)


def _fields(word: str) -> tuple[int, int, int, int] | None:
    """Find year, month, day (0: not told) and the second year of a dual one (1750/51; 0: none)."""
    found = DAY_FIRST.fullmatch(word)
    if found and (number := calendars.month(found[2])):
        return int(found[3]), number, int(found[1] or 0), _second(found[3], found[4])
    found = MONTH_FIRST.fullmatch(word)
    if found and (number := calendars.month(found[1])):
        return int(found[3]), number, int(found[2]), _second(found[3], found[4])
    found = YEAR_FIRST.fullmatch(word)
    if found and (number := calendars.month(found[2])):
        return int(found[1]), number, int(found[3] or 0), 0
    found = YEAR.fullmatch(word)
    return (int(found[1]), 0, 0, _second(found[1], found[2])) if found else None


def _second(year: str, dual: str | None) -> int:
    """Give the second of two years; two that do not follow each other are no dual year."""
    return int(year) + 1 if dual and (int(year) + 1) % 10 ** len(dual) == int(dual) else 0


def _of_two_years(first: int, last: int) -> DateReading:
    return _span(date(first, 1, 1), date(last, 12, 31))


def _numbers(first: int, second: int, year: int) -> DateReading:
    """Read two numbers before a year where only one of them can be the month; else it is the one day or the other."""
    readings = [_day(year, number, day) for day, number in ((first, second), (second, first)) if 1 <= number <= 12]
    days = sorted({reading.value for reading in readings if reading.value})
    if len(days) == 1:
        return next(reading for reading in readings if reading.value)
    return replace(_span(days[0], days[-1]), warnings=(TWO_DAYS,)) if days else _unread()


def _day(year: int, number: int, day: int) -> DateReading:
    parts = [f"{year:04}", *([f"{number:02}"] if number else []), *([f"{day:02}"] if number and day else [])]
    return dates.read_date("-".join(parts))


def _japanese(word: str) -> DateReading:
    return dates.read_date(word)


def _julian(word: str) -> DateReading:
    fields = _fields(word)
    if not fields:
        return _unread()
    year, number, day, dual = fields
    first, last = (calendars.julian(dual or year, number or end, day or 1) for end in (1, 12))
    if first and number and day:
        return DateReading(value=first, earliest=first, latest=first, precision="D")
    length = timedelta(days=30)
    return _span(first, last + length) if first and last else _unread()


def _french(word: str) -> DateReading:
    return _foreign(word, FRENCH, lambda year, number, day: calendars.french(year, number, day) if year < 20 else None)


def _hebrew(word: str) -> DateReading:
    return _foreign(word, HEBREW, lambda year, number, _: calendars.hebrew(year, number) if year > 3761 else None)


def _foreign(word: str, months: list[str], spanned: Callable[[int, int, int], Span | None]) -> DateReading:
    found = FOREIGN.fullmatch(word)
    if not found or (found[2] and found[2] not in months):
        return _unread()
    span = spanned(int(found[3]), months.index(found[2]) + 1 if found[2] else 0, int(found[1] or 0))
    return _span(span.first, span.last) if span else _unread()


_CALENDARS = {"GREGORIAN": _gregorian, "JULIAN": _julian, "FRENCH R": _french, "HEBREW": _hebrew}
