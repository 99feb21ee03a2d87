"""Staff, sections, accounts, terminals and duty as graph records, from their typed rows."""

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb
import pyarrow as pa

OPEN = "least(coalesce(valid_to, DATE '9999-12-31'), coalesce(seen_until, DATE '9999-12-31'))"
ENDS = f"nullif({OPEN}, DATE '9999-12-31')"
STARTS = "coalesce(valid_from, DATE '0001-01-01')"

LASTING = f"{OPEN} > {STARTS}"
ORDER = f"row({STARTS}, file, line)"  # the latest row that says something counts: an empty cell says nothing

STAFF = f"""
SELECT staff_id, coalesce(arg_max(name, o) FILTER (name <> ''), '') AS name,
       coalesce(arg_max(kana, o) FILTER (kana <> ''), '') AS kana,
       coalesce(arg_max(sex, o) FILTER (sex <> ''), '') AS sex,
       arg_max(birth, o) FILTER (birth IS NOT NULL) AS birth_date,
       coalesce(arg_max(address, o) FILTER (address <> ''), '') AS address,
       coalesce(arg_max(section_id, o) FILTER (section_id <> '' AND lasting),
                arg_max(section_id, o) FILTER (section_id <> ''), '') AS section_id
FROM (SELECT *, {ORDER} AS o, {LASTING} AS lasting FROM staff)
GROUP BY staff_id ORDER BY staff_id
"""

SECTIONS = f"""
SELECT section_id, coalesce(max(name), '') AS name
FROM (SELECT section_id, arg_max(section_name, {ORDER}) FILTER (section_name <> '') AS name
      FROM staff GROUP BY ALL
      UNION ALL SELECT DISTINCT section_id, NULL FROM terminal)
WHERE section_id <> '' GROUP BY section_id ORDER BY section_id
"""

ACCOUNTS = f"""
SELECT system || ':' || operator AS account_id, any_value(system) AS system, any_value(operator) AS operator,
       arg_max(kind, {ORDER}) AS kind
FROM account GROUP BY account_id ORDER BY account_id
"""

TERMINALS = f"""
SELECT terminal_id, coalesce(arg_max(place, {ORDER}) FILTER (place <> ''), '') AS place
FROM terminal GROUP BY terminal_id ORDER BY terminal_id
"""

# A posting without an end ends where the same person's next one begins: of two that begin on one day neither ends the
# other, and one of no length is none.
TERMS = f"""
SELECT start, "end", valid_from, coalesce(valid_to, min(valid_from) OVER (PARTITION BY start ORDER BY valid_from
       RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING)::DATE) AS valid_to
FROM (SELECT staff_id AS start, section_id AS "end", {STARTS} AS valid_from, max({ENDS}) AS valid_to
      FROM staff WHERE section_id <> '' AND {LASTING} GROUP BY ALL)
ORDER BY start, valid_from, "end"
"""

USES = f"""
SELECT staff_id AS start, system || ':' || operator AS "end", {STARTS} AS valid_from, max({ENDS}) AS valid_to
FROM account WHERE staff_id IN (SELECT staff_id FROM staff) GROUP BY ALL ORDER BY ALL
"""

PLACES = f"""
SELECT terminal_id AS start, section_id AS "end", {STARTS} AS valid_from, max({ENDS}) AS valid_to
FROM terminal WHERE section_id <> '' GROUP BY ALL ORDER BY ALL
"""

# One row a weekday and default range, and one a day of every exception; a row without hours is the whole day. Hours
# that end before they begin end the next morning.
DUTY_DAYS = """
SELECT staff_id, CAST(day AS DATE) AS day, presence, what,
       coalesce(from_minute, 0) AS from_minute,
       coalesce(to_minute, 1440) + CASE WHEN to_minute < from_minute THEN 1440 ELSE 0 END AS to_minute
FROM (SELECT *, unnest(generate_series(first_day, coalesce(last_day, first_day), INTERVAL 1 DAY)) AS day FROM duty)
WHERE presence <> 'default' OR isodow(day) < 6
ORDER BY ALL
"""

SECTION_ON = """
SELECT s.staff_id, s.day, s.present, s.what, s.from_minute, s.to_minute, t."end" AS section_id
FROM spans s JOIN terms t
  ON t.start = s.staff_id AND s.day >= t.valid_from AND (t.valid_to IS NULL OR s.day < t.valid_to)
"""

ON_DUTY = f"""
SELECT staff_id AS start, section_id AS "end",
       day + to_minutes(from_minute) AS valid_from, day + to_minutes(to_minute) AS valid_to, present, what
FROM ({SECTION_ON})
QUALIFY row_number() OVER (PARTITION BY staff_id, section_id, day, from_minute, what ORDER BY to_minute DESC) = 1
ORDER BY ALL
"""

Span = tuple[str, date, bool, str, int, int]


def build(con: duckdb.DuckDBPyConnection, p_nobody: Mapping[str, float] | None = None) -> dict[str, pa.Table]:
    """Make the Staff, Section, Account and Terminal nodes and their dated relationships from typed rows.

    `p_nobody` tells by member of staff how likely no resident is them.
    """
    plain = {
        "Staff": STAFF,
        "Section": SECTIONS,
        "Account": ACCOUNTS,
        "Terminal": TERMINALS,
        "BELONGS_TO": TERMS,
        "USES": USES,
        "LOCATED_IN": PLACES,
    }
    tables = {kind: con.sql(query).to_arrow_table() for kind, query in plain.items()}
    left = pa.array([(p_nobody or {}).get(staff) for staff in tables["Staff"]["staff_id"].to_pylist()], pa.float64())
    tables["Staff"] = tables["Staff"].append_column("p_nobody", left)
    return tables | {"ON_DUTY": _on_duty(con, tables["BELONGS_TO"])}


def _on_duty(con: duckdb.DuckDBPyConnection, terms: pa.Table) -> pa.Table:
    spans = _span_table(_spans(con.execute(DUTY_DAYS).fetchall()))
    con.register("spans", spans)
    con.register("terms", terms)
    try:
        return con.sql(ON_DUTY).to_arrow_table()
    finally:
        con.unregister("spans")
        con.unregister("terms")


def _span_table(spans: Iterable[Span]) -> pa.Table:
    names = ["staff_id", "day", "present", "what", "from_minute", "to_minute"]
    types = [pa.string(), pa.date32(), pa.bool_(), pa.string(), pa.int64(), pa.int64()]
    columns = list(zip(*spans, strict=True)) or [()] * len(names)
    return pa.table({name: pa.array(column, kind) for name, column, kind in zip(names, columns, types, strict=True)})


def _spans(rows: Iterable[tuple[str, date, str, str, int, int]]) -> Iterable[Span]:
    """Cut the hours away out of the hours on duty, day by day; rows come sorted by staff and day."""
    day: dict[tuple[str, date], list[tuple[str, str, int, int]]] = {}
    for staff, when, presence, what, start, end in rows:
        day.setdefault((staff, when), []).append((presence, what, start, end))
    for (staff, when), entries in day.items():
        away = [(start, end) for presence, _, start, end in entries if presence == "away"]
        for presence, what, start, end in entries:
            pieces = [(start, end)] if presence == "away" else _without(start, end, away)
            for piece in pieces:
                yield staff, when, presence != "away", what, *piece


def _without(start: int, end: int, away: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give what is left of `[start, end)` when the hours away are taken out.

    >>> _without(510, 1035, [(600, 720)])
    [(510, 600), (720, 1035)]
    """
    pieces = [(start, end)]
    for gone_from, gone_to in away:
        parts = [part for s, e in pieces for part in ((s, min(e, gone_from)), (max(s, gone_to), e))]
        pieces = [(s, e) for s, e in parts if s < e]
    return pieces
