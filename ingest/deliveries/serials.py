"""Row numbers that lack: a log that numbers its rows tells itself which were not delivered.

A row number is the last run of digits of `row_key`, without a date that it begins with. What stands before it names a
counter. A counter may start again, by day, by month or when it is full: numbers are followed within one stretch only.
Rows in the quarantine count as delivered.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from graph.records.deliveries import SerialGap
from graph.steps.duckdb import DuckDB
from graph.steps.runner import run
from graph.steps.step import Stage, Step

DATES = ("%Y%m%d", "%y%m%d", "%Y%m", "%Y")  # that a number may begin with, the longest first
MOST = 0.99  # of the rows have a number, or begin with the date
IN_TIME = 0.98  # of neighbours in number also follow each other in time
ROWS_A_COUNTER = 20  # fewer on average: the keys are names, not counters
LACKING = 0.01  # of a day's numbers; where half of the days lack more, numbers are skipped as a matter of course
FAR = 100  # times the rows of a day, for each day between: a leap of a counter, not rows that lack

PARTED_KEY = r"""
SELECT system, row_key, time, line, CAST(time AS DATE) AS day, loaded,
       regexp_extract(row_key, '^(.*?)(\d{1,18})\D*$', ['prefix', 'digits']) AS part
FROM log_row
"""

DATED = """
SELECT system, count(*) AS rows, count(*) FILTER (part.digits <> '') AS numbered,
       {shares}
FROM parted_key GROUP BY system
ORDER BY system
"""
SHARES = ",\n".join(
    f"avg(CAST(starts_with(part.digits, strftime(day, '{date}')) AS INTEGER)) AS dated_{at}"
    for at, date in enumerate(DATES)
)

COUNTED = """
SELECT k.*, concat(part.prefix, part.digits[:w.width]) AS counter,
       CAST(nullif(part.digits[w.width + 1:], '') AS BIGINT) AS number,
       lag(number) OVER (PARTITION BY k.system, counter ORDER BY time, line) AS before
FROM parted_key k JOIN width w USING (system) WHERE part.digits <> ''
"""

NUMBERED = """
SELECT system, row_key, time, day, loaded, counter, number,
       sum(CAST(number * 2 <= before AND before - number >= 10 AS INTEGER))
           OVER (PARTITION BY system, counter ORDER BY time, line ROWS UNBOUNDED PRECEDING) AS stretch
FROM counted WHERE number IS NOT NULL
"""

NEIGHBOUR = """
SELECT system, counter, day, number, row_key, time, loaded,
       lag(number) OVER w AS before, lag(row_key) OVER w AS before_key, lag(day) OVER w AS before_day,
       lag(time) OVER w AS before_time, lag(loaded) OVER w AS before_loaded
FROM numbered WINDOW w AS (PARTITION BY system, counter, stretch ORDER BY number, time)
"""

COUNTER_SIZE = """
SELECT system, count(DISTINCT counter) AS counters,
       (SELECT count(*) FROM parted_key k WHERE k.system = n.system) AS rows
FROM neighbour n GROUP BY system
"""

ASCENDING = f"""
SELECT n.system FROM neighbour n JOIN counter_size z USING (system) WHERE z.counters * {ROWS_A_COUNTER} <= z.rows
GROUP BY n.system
HAVING avg(CAST(time >= before_time AS INTEGER)) FILTER (loaded AND before_loaded) >= {IN_TIME}
ORDER BY n.system
"""

LACK = """
SELECT system, before_key, row_key, number - before - 1 AS missing, before_day, day
FROM neighbour SEMI JOIN ascending USING (system) WHERE number > before + 1
ORDER BY system, before_day, before, day
"""

KEYS = Stage(
    "keys",
    "The last run of digits of every row's key, and how many begin with the row's own date.",
    (
        Step("parted_key", PARTED_KEY, why="The row number is the last run of digits of a key."),
        Step("dated", DATED.format(shares=SHARES), why="A number may begin with the date.", kind="VIEW"),
    ),
    results=("parted_key", "dated"),
)
NUMBERS = Stage(
    "numbers",
    "Row numbers that lack between two rows of one counter.",
    (
        Step("counted", COUNTED, why="What stands before the number names a counter.", kind="VIEW"),
        Step("numbered", NUMBERED, why="A counter may start again, by day, by month or when it is full.", kind="VIEW"),
        Step("neighbour", NEIGHBOUR, why="Rows in the order of their numbers."),
        Step("counter_size", COUNTER_SIZE, why="Few rows a counter are names, not numbers.", kind="VIEW"),
        Step("ascending", ASCENDING, why="Numbers that follow each other in time count rows."),
        Step("lack", LACK, why="D1: a number that lacks is a row that was not delivered.", kind="VIEW"),
    ),
    results=("ascending", "lack"),
)
WIDTH = pa.schema([("system", pa.string()), ("width", pa.int64())])


def gaps(engine: DuckDB, rows: dict[str, dict[date, int]]) -> dict[str, tuple[SerialGap, ...]]:
    """Find the numbers that lack, by system, in `log_row`, of which each system has these rows a day."""
    run(KEYS, engine)
    widths = [{"system": system, "width": width} for system, width in _widths(engine.read("dated"))]
    engine.show("width", pa.Table.from_pylist(widths, schema=WIDTH))
    run(NUMBERS, engine)
    found: dict[str, list[SerialGap]] = {system: [] for system in engine.read("ascending")["system"].to_pylist()}
    for system, after, before, missing, since, until in _rows(engine.read("lack")):
        found[system].append(SerialGap(after=after, before=before, missing=missing, since=since, until=until))
    return {system: _of_system(lacking, rows[system]) for system, lacking in found.items()}


def _rows(table: pa.Table) -> Iterable[tuple[Any, ...]]:
    return zip(*(table.column(name).to_pylist() for name in table.column_names), strict=True)


def _widths(shares: pa.Table) -> Iterable[tuple[str, int]]:
    """Say of each system whose rows are numbered how many digits at the front are the row's own date."""
    lengths = [len(date(2000, 1, 1).strftime(each)) for each in DATES]
    for system, rows, numbered, *dated in _rows(shares):
        if numbered >= MOST * rows:
            yield system, next((n for n, share in zip(lengths, dated, strict=True) if share >= MOST), 0)


def _of_system(lacking: Sequence[SerialGap], rows: dict[date, int]) -> tuple[SerialGap, ...]:
    """Give one system's gaps; none where every other day has some, or where it is a leap."""
    a_day = sorted(rows.values())[len(rows) // 2]
    found = [gap for gap in lacking if gap.missing <= FAR * a_day * ((gap.until - gap.since).days + 1)]
    across = [gap for gap in found if gap.since != gap.until]
    if 2 * len({gap.since for gap in across}) > len(rows):  # each day counts from somewhere else
        found = [gap for gap in found if gap.since == gap.until]
    within: dict[date, int] = {}
    for gap in found:
        within[gap.since] = within.get(gap.since, 0) + gap.missing
    skipped = sum(missing > LACKING * (rows[day] + missing) for day, missing in within.items())
    return () if 2 * skipped > len(rows) else tuple(found)
