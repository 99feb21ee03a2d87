"""The day of an export file: from its name, else the latest date in its rows."""

import re
from calendar import monthrange
from datetime import date
from pathlib import Path

import duckdb

from ingest.language.known_source import Mapping
from ingest.language.mapping import DATED
from japanese.calendar.dates import read_date

IN_NAME = re.compile(r"(?<!\d)(\d{8}|\d{4}-\d\d-\d\d|\d{6})(?!\d)")
JAPANESE = re.compile(r"(?<![A-Za-z])([MTSHRmtshr]\d{6})(?!\d)")

ENDS = ("valid_to", "last_day")  # may lie ahead of the file's day


def day_of(name: str, mapping: Mapping, con: duckdb.DuckDBPyConnection, rows: Path) -> tuple[str, bool]:
    """Give the day of a file as ISO text, empty where nothing tells it, and whether its name does."""
    named = in_name(name) if mapping.day == "name" else None
    day = named or _latest(mapping, con, rows)
    return day.isoformat() if day else "", named is not None


def in_name(name: str) -> date | None:
    """Read the day, or the month's last day, from a file name.

    >>> in_name("juki_rireki_20240531.csv"), in_name("zei_log_202402.csv")
    (datetime.date(2024, 5, 31), datetime.date(2024, 2, 29))
    """
    texts = [*IN_NAME.findall(name), *JAPANESE.findall(name)]
    days = [reading.latest for text in reversed(texts) if (reading := read_date(_as_date(text))).precision in "DM"]
    return next((day for day in days if day), None)


def without(name: str) -> str:
    """Give a file's name without its ending and its day: what deliveries of one thing have in common.

    >>> without("相馬家_20240531.ged")
    '相馬家'
    """
    stem = Path(name).stem
    return JAPANESE.sub("", IN_NAME.sub("", stem)).strip("_- ") or stem


def _as_date(text: str) -> str:
    if len(text) != 6 or not text.isdigit():
        return text
    year, month = int(text[:4]), int(text[4:])
    return f"{text}{monthrange(year, month)[1]:02}" if 1 <= month <= 12 and year else text


def _latest(mapping: Mapping, con: duckdb.DuckDBPyConnection, rows: Path) -> date | None:
    """Find the latest date of the column the mapping names, else of any that is no end of validity."""
    dated = [c.name for c in mapping.table.columns if c.kind in DATED and c.name not in ENDS]
    columns = [mapping.day] if mapping.day != "name" else dated
    if not columns:
        return None
    values = ", ".join(f"max(CAST({name} AS DATE))" for name in columns)
    row = con.execute(f"SELECT {values} FROM read_parquet(?)", [str(rows)]).fetchall()[0]
    return max((day for day in row if day), default=None)
