"""The rows of the access logs that were delivered, loaded or turned away, and how many there are of a day (D1)."""

import pyarrow as pa

from graph.steps.step import Stage, Step

LOADED_ROW = """
SELECT system, coalesce(row_key, '') AS row_key, time, line, operator, true AS loaded FROM log
"""

LOG_ROW = """
SELECT system, row_key, time, line, operator, loaded FROM loaded_row
UNION ALL
SELECT system, coalesce(row_key, ''), time, line, NULL, false FROM turned_away
WHERE time BETWEEN (SELECT min(time) - INTERVAL 31 DAY FROM loaded_row)
    AND (SELECT max(time) + INTERVAL 31 DAY FROM loaded_row)
"""

DAY_COUNT = """
SELECT system, CAST(time AS DATE) AS day, count(*) AS rows FROM log_row GROUP BY ALL
ORDER BY ALL
"""

ROWS = Stage(
    "rows",
    "Every row of a log that was delivered, loaded or not, and how many there are of a day.",
    (
        Step("loaded_row", LOADED_ROW, why="The rows that were loaded."),
        Step(
            "log_row",
            LOG_ROW,
            why="A row that was turned away was delivered, unless its time cannot be either.",
            kind="VIEW",
        ),
        Step("day_count", DAY_COUNT, why="D1: of each log every day is counted.", kind="VIEW"),
    ),
    results=("log_row", "day_count"),
)
TURNED_AWAY = pa.schema([
    ("system", pa.string()), ("row_key", pa.string()), ("time", pa.timestamp("us")), ("line", pa.int64()),
])  # fmt: skip
