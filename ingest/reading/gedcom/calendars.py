"""Months as genealogies name them, and days of calendars other than the Gregorian (GEDCOM 5.5.1 and 7)."""

import unicodedata
from datetime import date, timedelta
from functools import cache

from graph.model import record

# A month's names in the languages that family trees come in; what begins one month's name only is that month.
NAMES = """
january janvier januar januari enero gennaio janeiro
february fevrier februar februari febrero febbraio fevereiro
march mars marz maerz maart marzo marco
april avril abril aprile
may mai mei mayo maggio maio maj
june juin juni junio giugno junho
july juillet juli julio luglio julho
august aout augustus agosto augusti
september septembre septiembre settembre setembro
october octobre oktober octubre ottobre outubro
november novembre noviembre novembro
december decembre dezember diciembre dicembre dezembro desember
"""
MONTHS = [line.split() for line in NAMES.strip().splitlines()]
FRENCH = ["VEND", "BRUM", "FRIM", "NIVO", "PLUV", "VENT", "GERM", "FLOR", "PRAI", "MESS", "THER", "FRUC", "COMP"]
HEBREW = ["TSH", "CSH", "KSL", "TVT", "SHV", "ADR", "ADS", "NSN", "IYR", "SVN", "TMZ", "AAV", "ELL"]


@record
class Span:
    """The first and the last day that a date may be."""

    first: date
    last: date


@cache
def month(word: str) -> int:
    """Give the number of a month by its name or the beginning of it, in any of these languages; 0 for none.

    >>> month("MAR"), month("Juillet"), month("ju"), month("févr.")
    (3, 7, 0, 2)
    """
    plain = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode().rstrip(".")
    found = [number for number, names in enumerate(MONTHS, 1) if any(name.startswith(plain) for name in names)]
    return found[0] if len(found) == 1 and len(plain) > 2 else 0


def julian(year: int, number: int, day: int) -> date | None:
    """Give the Gregorian day of a Julian one; None where there is no such day.

    >>> julian(1732, 2, 11), julian(1900, 2, 29)
    (datetime.date(1732, 2, 22), datetime.date(1900, 3, 13))
    """
    lengths = (31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (1 <= number <= 12 and 1 <= day <= lengths[number - 1] and year > 0):
        return None
    began = year - (number < 3)  # years that end with February: the leap day is the last
    days = 365 * began + began // 4 + (153 * ((number + 9) % 12) + 2) // 5 + day
    return date.fromordinal(days - 308) if days > 308 else None


def french(year: int, number: int, day: int) -> Span:
    """Give when a day of the French republic was, to within two days; a month or day of 0 is not told."""
    began = date(1791 + year, 9, 22)
    first = began + timedelta(days=30 * max(number - 1, 0) + max(day - 1, 0))
    length = 1 if day else 30 if number else 366
    return Span(first=first, last=first + timedelta(days=length + 1))


def hebrew(year: int, number: int) -> Span:
    """Give the days among which a Hebrew month was, whose year begins in September or October; 0 is the whole year."""
    began = date(year - 3761, 9, 5)
    first, last = (number - 1 - (number > 6), number) if number else (0, 13)  # the second ADR is of leap years only
    return Span(first=began + timedelta(days=29 * first), last=began + timedelta(days=30 * last + 31))
