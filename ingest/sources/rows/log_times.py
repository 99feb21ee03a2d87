"""Times that cannot be: rows of a log long before, or after, the day of its file (D6).

One such row would set what every report takes for the last day examined.
"""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from graph.model import Reason
from ingest.reading import file_date, source
from ingest.reading.source import Problem, Source
from ingest.sources.duplicates import quoted

LONGEST_AGO = 20  # years
AHEAD = timedelta(days=1)  # a file may be written after midnight, or where the day is a day further
LEAP = 366  # days without a row between the rows of a file whose name tells no day: what lies beyond does not belong

DAYS = """
SELECT least(greatest(CAST(time AS DATE), DATE '0001-01-01'), DATE '9999-12-31') AS day, count(*)
FROM read_parquet(?) WHERE time IS NOT NULL GROUP BY day ORDER BY day
"""
OUTSIDE = "SELECT line FROM read_parquet(?) WHERE CAST(time AS DATE) NOT BETWEEN ? AND ? ORDER BY line"
WITHOUT = """
COPY (SELECT * FROM read_parquet($rows) WHERE line NOT IN (SELECT unnest($lines)) ORDER BY line)
TO {out} (FORMAT parquet)
"""


def take_out(con: duckdb.DuckDBPyConnection, found: Source, rows: Path) -> tuple[Problem, ...]:
    """Take the rows whose time cannot be out of a file's typed rows; give them as problems."""
    rule = next((rule for rule in found.mapping.rules if rule.column.kind == "time"), None)
    if rule is None or rule.column.name != "time":
        return ()
    days: dict[date, int] = dict(con.execute(DAYS, [str(rows)]).fetchall())
    if not days:
        return ()
    last = _last(days, file_date.in_name(found.path.name) if found.mapping.day == "name" else None)
    first = _years_before(last, LONGEST_AGO)
    if first <= min(days) and max(days) <= last:
        return ()
    lines = [line for (line,) in con.execute(OUTSIDE, [str(rows), first, last]).fetchall()]
    _rewrite(con, rows, lines)
    texts = source.raw_texts(found, set(lines))
    name = rule.names[0] if rule.names else rule.column.name
    return tuple(Problem(line=line, column=name, reason=Reason.IMPOSSIBLE_VALUE, text=texts[line]) for line in lines)


def _last(days: dict[date, int], named: date | None) -> date:
    """Give the last day that a file's rows may have; where most are later than its name tells, that is its first."""
    rows = sum(days.values())
    if named and 2 * sum(count for day, count in days.items() if day > named + AHEAD) <= rows:
        return named + AHEAD
    seen, middle = 0, date.min
    for day, count in days.items():
        if 2 * seen > rows and (day - middle).days > LEAP:
            break
        seen, middle = seen + count, day
    return middle


def _years_before(day: date, years: int) -> date:
    year = max(day.year - years, 1)
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _rewrite(con: duckdb.DuckDBPyConnection, rows: Path, lines: list[int]) -> None:
    out = rows.with_suffix(".kept")
    con.execute(WITHOUT.format(out=quoted(out)), {"rows": str(rows), "lines": lines})
    out.replace(rows)
