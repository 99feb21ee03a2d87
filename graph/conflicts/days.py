"""The denominators of each day, over all lookups: what a report adds up for its period (L8).

A day has `rows` (log rows), `relayed_merged`, `search_only`, `unjoinable` by reason, `joined`, `explained` (of the
joined), `unlinked_viewer` (of the joined) and `borrowed` (lookups that kinship and duty of a colleague alone would
suggest). Related ones are not here: they depend on a report's preset and are counted from the conflicts' own lookups.
"""

from typing import Any

import duckdb

REASONS = ("unknown_account", "shared_account", "unknown_subject", "relayed_operator_unknown")

DAYS = f"""
SELECT CAST(l.day AS VARCHAR), count(*), count(*) FILTER (l.caller_line > 0),
       count(*) FILTER (l.class = 'search_only'), count(*) FILTER (l.class = 'joined'),
       count(*) FILTER (x.row IS NOT NULL),
       count(*) FILTER (l.class = 'joined' AND NOT l.identified),
       count(*) FILTER (b.row IS NOT NULL),
       {", ".join(f"count(*) FILTER (l.class = '{reason}')" for reason in REASONS)}
FROM work.lookup l
LEFT JOIN work.explained x USING (row)
LEFT JOIN (SELECT DISTINCT row FROM work.colleague) b USING (row)
GROUP BY l.day ORDER BY l.day
"""


def days(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Count every lookup of every day in disjoint classes."""
    return [_day(*row) for row in con.execute(DAYS).fetchall()]


def _day(
    day: str,
    lookups: int,
    merged: int,
    search: int,
    joined: int,
    explained: int,
    unlinked: int,
    borrowed: int,
    *unjoinable: int,
) -> dict[str, Any]:
    reasons = {reason: n for reason, n in zip(REASONS, unjoinable, strict=True) if n}
    return {
        "day": day, "rows": lookups + merged, "relayed_merged": merged, "search_only": search, "joined": joined,
        "explained": explained, "unlinked_viewer": unlinked, "borrowed": borrowed, "unjoinable": reasons,
    }  # fmt: skip
