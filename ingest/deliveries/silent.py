"""Accounts and sections that fall silent: steady use that stops while the account, or the section, still stands."""

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb
import pyarrow as pa

from graph.records.deliveries import FellSilent

STEADY_DAYS = 40  # open days, two months, before a silence says anything
SILENT_DAYS = {"account": 20, "section": 5}  # people go on leave, sections do not
BY_CHANCE = 1e-9  # of so many days without, where use was as steady as it was
USUAL_PAUSES = 2  # a silence is longer than the longest pause before it by this

SECTIONS = """
CREATE OR REPLACE TEMP TABLE d_who AS
SELECT DISTINCT r.system, b."end" AS who, r.day FROM d_used r
JOIN graph_uses u ON u."end" = concat(r.system, ':', r.operator)
    AND r.day >= coalesce(u.valid_from, DATE '0001-01-01') AND (u.valid_to IS NULL OR r.day < u.valid_to)
JOIN graph_belongs_to b ON b.start = u.start
    AND r.day >= coalesce(b.valid_from, DATE '0001-01-01') AND (b.valid_to IS NULL OR r.day < b.valid_to)
"""
ACCOUNTS = "CREATE OR REPLACE TEMP TABLE d_who AS SELECT DISTINCT system, operator AS who, day FROM d_used"

# Every pause between two days of use, and the one since the last, in days on which the system's log was delivered.
PAUSES = """
WITH used AS (SELECT w.system, w.who, o.place, o.day FROM d_who w JOIN d_open o USING (system, day)),
ends AS (SELECT system, max(place) + 1 AS end_place, max(day) AS end_day FROM d_open GROUP BY system),
steps AS (
    SELECT system, who, place, day, coalesce(lead(place) OVER w, end_place) - place - 1 AS pause,
           lead(place) OVER w IS NULL AS final, coalesce(lead(day) OVER w, end_day) AS until, end_day
    FROM used JOIN ends USING (system)
    WINDOW w AS (PARTITION BY system, who ORDER BY place)
)
SELECT system, who, day, until, end_day, pause, final, use.days, use.span - pause AS others,
       use.longest[CASE WHEN pause = use.longest[1] THEN 2 ELSE 1 END] AS other
FROM steps JOIN (
    SELECT system, who, count(*) AS days, sum(pause) + count(*) AS span, list_sort(list(pause), 'DESC') AS longest
    FROM steps GROUP BY system, who
) use USING (system, who)
WHERE pause >= ? AND use.days >= ?
ORDER BY system, who, day
"""

# A new posting, or none any more, explains why somebody's account stops; the end of the account does too.
EXPLAINED = """
SELECT NOT EXISTS (FROM graph_uses WHERE "end" = $account AND (valid_to IS NULL OR valid_to > $until))
    AND EXISTS (FROM graph_uses WHERE "end" = $account)
    OR EXISTS (FROM graph_uses WHERE "end" = $account)
    AND NOT EXISTS (
        FROM graph_uses u JOIN graph_belongs_to b ON b.start = u.start
        WHERE u."end" = $account AND coalesce(b.valid_from, DATE '0001-01-01') <= $day
          AND (b.valid_to IS NULL OR b.valid_to > $until))
"""
STANDS = 'SELECT count(*) > 0 FROM graph_belongs_to WHERE "end" = $section AND (valid_to IS NULL OR valid_to > $until)'


def silent(con: duckdb.DuckDBPyConnection, graph: Mapping[str, pa.Table]) -> dict[str, list[FellSilent]]:
    """Give by system who fell silent, from `d_used` (system, operator, day) and `d_open` (system, day, place)."""
    for kind in ("USES", "BELONGS_TO"):
        con.register(f"graph_{kind.lower()}", graph[kind])
    found = [*_found(con, "account", ACCOUNTS), *_found(con, "section", SECTIONS)]
    for kind in ("USES", "BELONGS_TO"):
        con.unregister(f"graph_{kind.lower()}")
    by_system: dict[str, list[FellSilent]] = {}
    for system, entry in found:
        by_system.setdefault(system, []).append(entry)
    return by_system


def _found(con: duckdb.DuckDBPyConnection, what: str, who: str) -> Iterable[tuple[str, FellSilent]]:
    con.execute(who)
    for system, name, day, until, end, pause, last, days, others, longest in con.execute(
        PAUSES, [SILENT_DAYS[what], STEADY_DAYS // 2]
    ).fetchall():
        if not _steady(pause, days, others, longest or 0) or (what == "account" and not last):
            continue
        if _stands(con, what, f"{system}:{name}" if what == "account" else name, day, end if last else until):
            resumed = None if last else until
            yield system, FellSilent(what=what, id=name, last=day, days=pause, resumed=resumed)


def _steady(pause: int, days: int, others: int, longest: int) -> bool:
    """Say whether a pause is none that this use would have by itself."""
    unused = 1 - days / others
    return others >= STEADY_DAYS and float(unused) ** pause < BY_CHANCE and pause > USUAL_PAUSES * longest


def _stands(con: duckdb.DuckDBPyConnection, what: str, name: str, day: date, until: date) -> bool:
    """Say whether account or section are still there when the silence ends."""
    if what == "section":
        return bool(con.execute(STANDS, {"section": name, "until": until}).fetchall()[0][0])
    return not con.execute(EXPLAINED, {"account": name, "day": day, "until": until}).fetchall()[0][0]
