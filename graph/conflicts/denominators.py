"""The denominators of each day, over all lookups: what a report adds up for its period (L8).

A day has `rows` (log rows), `relayed_merged`, `search_only`, `unjoinable` by reason, `joined`, `explained` (of the
joined), `unlinked_viewer` (of the joined) and `borrowed` (lookups that kinship and duty of a colleague alone would
suggest). Related ones are not here: they depend on a report's preset and are counted from the conflicts' own lookups.
"""

from datetime import date
from typing import Any

import pyarrow as pa

from graph.model import Unjoinable
from graph.records.facts import DayCounts
from graph.steps.step import Stage, Step

OF_REASONS = ",\n       ".join(f"count(*) FILTER (l.class = '{reason}') AS {reason}" for reason in Unjoinable)

DAY_COUNT = f"""
SELECT CAST(l.day AS VARCHAR) AS day, count(*) AS lookups, count(*) FILTER (l.caller_line > 0) AS merged,
       count(*) FILTER (l.class = 'search_only') AS search_only, count(*) FILTER (l.class = 'joined') AS joined,
       count(*) FILTER (x.row IS NOT NULL) AS explained,
       count(*) FILTER (l.class = 'joined' AND NOT l.identified) AS unlinked_viewer,
       count(*) FILTER (b.row IS NOT NULL) AS borrowed,
       {OF_REASONS}
FROM lookup l
LEFT JOIN explained x USING (row)
LEFT JOIN asked_row b USING (row)
GROUP BY l.day ORDER BY l.day
"""

DAYS = Stage(
    "days",
    "The denominators of each day, over all lookups.",
    (Step("day_count", DAY_COUNT, why="L8: every lookup of every day in disjoint classes."),),
    results=("day_count",),
)


def days(counts: pa.Table) -> tuple[DayCounts, ...]:
    """Give every day's denominators, as a report adds them up."""
    return tuple(_day(row) for row in counts.to_pylist())


def _day(row: dict[str, Any]) -> DayCounts:
    names = ("search_only", "joined", "explained", "unlinked_viewer", "borrowed")
    return DayCounts(
        day=date.fromisoformat(row["day"]),
        rows=row["lookups"] + row["merged"],
        relayed_merged=row["merged"],
        unjoinable={reason: row[reason] for reason in Unjoinable if row[reason]},
        **{name: row[name] for name in names},
    )
