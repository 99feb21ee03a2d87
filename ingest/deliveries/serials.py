"""Row numbers that lack: a log that numbers its rows tells itself which were not delivered.

A row number is the last run of digits of `row_key`, without a date that it begins with. What stands before it names a
counter. A counter may start again, by day, by month or when it is full: numbers are followed within one stretch only.
Rows in the quarantine count as delivered.
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from graph.model import record

DATES = ("%Y%m%d", "%y%m%d", "%Y%m", "%Y")  # that a number may begin with, the longest first
MOST = 0.99  # of the rows have a number, or begin with the date
IN_TIME = 0.98  # of neighbours in number also follow each other in time
ROWS_A_COUNTER = 20  # fewer on average: the keys are names, not counters
LACKING = 0.01  # of a day's numbers; where half of the days lack more, numbers are skipped as a matter of course
FAR = 100  # times the rows of a day, for each day between: a leap of a counter, not rows that lack

NUMBERED = r"""
CREATE OR REPLACE TEMP TABLE d_key AS
SELECT system, row_key, time, line, CAST(time AS DATE) AS day, loaded,
       regexp_extract(row_key, '^(.*?)(\d{1,18})\D*$', ['prefix', 'digits']) AS part
FROM d_row
"""
DATED = """
SELECT system, count(*), count(*) FILTER (part.digits <> ''), {shares} FROM d_key GROUP BY system ORDER BY system
"""
COUNTED = """
CREATE OR REPLACE TEMP TABLE d_number AS
SELECT system, row_key, time, day, loaded, counter, number,
       sum(restart) OVER (PARTITION BY system, counter ORDER BY time, line ROWS UNBOUNDED PRECEDING) AS stretch
FROM (
    SELECT *, CAST(number * 2 <= before AND before - number >= 10 AS INTEGER) AS restart
    FROM (
        SELECT k.*, concat(part.prefix, part.digits[:w.width]) AS counter,
               CAST(nullif(part.digits[w.width + 1:], '') AS BIGINT) AS number,
               lag(number) OVER (PARTITION BY k.system, counter ORDER BY time, line) AS before
        FROM d_key k JOIN d_width w USING (system) WHERE part.digits <> ''
    )
    WHERE number IS NOT NULL
)
"""
NEIGHBOURS = """
CREATE OR REPLACE TEMP TABLE d_step AS
SELECT system, day, number, row_key, time, loaded, lag(number) OVER w AS before, lag(row_key) OVER w AS before_key,
       lag(day) OVER w AS before_day, lag(time) OVER w AS before_time, lag(loaded) OVER w AS before_loaded
FROM d_number WINDOW w AS (PARTITION BY system, counter, stretch ORDER BY number, time)
"""
ASCENDING = """
SELECT s.system, avg(CAST(time >= before_time AS INTEGER)) FILTER (loaded AND before_loaded), any_value(counters)
FROM d_step s
JOIN (SELECT system, count(DISTINCT counter) AS counters FROM d_number GROUP BY system) USING (system)
GROUP BY s.system
"""
STEPS = """
SELECT before_key, row_key, number - before - 1, before_day, day FROM d_step
WHERE system = ? AND number > before + 1 ORDER BY before_day, before, day
"""


@record
class Gap:
    """Numbers that lack between two rows, and the days of these."""

    after: str
    before: str
    missing: int
    after_day: date
    before_day: date


def gaps(con: duckdb.DuckDBPyConnection, rows: dict[str, dict[date, int]]) -> dict[str, tuple[Gap, ...]]:
    """Find the numbers that lack, by system, in `d_row` (system, row_key, time, line, loaded) with these rows a day."""
    con.execute(NUMBERED)
    widths = list(_widths(con))
    con.execute("CREATE OR REPLACE TEMP TABLE d_width (system VARCHAR, width INTEGER)")
    if not widths:
        return {}
    con.executemany("INSERT INTO d_width VALUES (?, ?)", widths)
    con.execute(COUNTED)
    con.execute(NEIGHBOURS)
    found = con.execute(ASCENDING).fetchall()
    sizes = {system: sum(days.values()) for system, days in rows.items()}
    ascending = [
        system for system, share, counters in found
        if (share or 0) >= IN_TIME and counters * ROWS_A_COUNTER <= sizes[system]
    ]  # fmt: skip
    return {system: _of_system(con, system, rows[system]) for system in sorted(ascending)}


def _widths(con: duckdb.DuckDBPyConnection) -> Iterable[tuple[str, int]]:
    """Say of each system whose rows are numbered how many digits at the front are the row's own date."""
    shares = ", ".join(f"avg(CAST(starts_with(part.digits, strftime(day, '{date}')) AS INTEGER))" for date in DATES)
    for system, rows, numbered, *dated in con.execute(DATED.format(shares=shares)).fetchall():
        if numbered >= MOST * rows:
            lengths = (len(date(2000, 1, 1).strftime(each)) for each in DATES)
            yield system, next((n for n, share in zip(lengths, dated, strict=True) if share >= MOST), 0)


def _of_system(con: duckdb.DuckDBPyConnection, system: str, rows: dict[date, int]) -> tuple[Gap, ...]:
    """Give one system's gaps; none where every other day has some, or where it is a leap."""
    a_day = sorted(rows.values())[len(rows) // 2]
    found = [Gap(after=a, before=b, missing=n, after_day=d, before_day=e)
             for a, b, n, d, e in con.execute(STEPS, [system]).fetchall()
             if n <= FAR * a_day * ((e - d).days + 1)]  # fmt: skip
    across = [gap for gap in found if gap.after_day != gap.before_day]
    if 2 * len({gap.after_day for gap in across}) > len(rows):  # each day counts from somewhere else
        found = [gap for gap in found if gap.after_day == gap.before_day]
    within: dict[date, int] = {}
    for gap in found:
        within[gap.after_day] = within.get(gap.after_day, 0) + gap.missing
    skipped = sum(missing > LACKING * (rows[day] + missing) for day, missing in within.items())
    return () if 2 * skipped > len(rows) else tuple(found)
