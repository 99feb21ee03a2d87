"""Dates of GEDCOM (5.5.1 and 7): `12 MAR 1950` of the Gregorian calendar, or as Japanese registers write them."""

import re

from ingest.text import dates
from ingest.text.dates import NOTHING, DateReading

MONTHS = {
    month: number
    for number, month in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), start=1
    )
}
GREGORIAN = re.compile(r"(?:@#DGREGORIAN@|GREGORIAN)\s*")
PLAIN = re.compile(rf"(?:(?:(\d{{1,2}})\s+)?({'|'.join(MONTHS)})\s+)?(\d{{3,4}})")


def read_date(text: str) -> DateReading:
    """Read a date; what is about, before, between, of another calendar or of two years names no day and no interval.

    >>> read_date("12 MAR 1950").value, read_date("昭和25年3月12日").value, read_date("ABT 1950").value
    (datetime.date(1950, 3, 12), datetime.date(1950, 3, 12), None)
    """
    word = GREGORIAN.sub("", text.strip().upper())
    found = PLAIN.fullmatch(word)
    if found:
        day, month, year = found.groups()
        parts = [year.zfill(4), *([f"{MONTHS[month]:02}"] if month else []), *([day.zfill(2)] if day else [])]
        return dates.read_date("-".join(parts))
    return NOTHING if word.isascii() else dates.read_date(text)
