"""One human under several 宛名番号: who moved away and came back under a new number (J7).

Name, sex and birth date alone prove nothing (J7: they only raise an alert). Two numbers are united where the registers
say one thing more: the same 本籍 and 筆頭者, or the address the one left for and the other came from. What spoke for it
is kept with the person. Of a birth whose day is unknown (不詳日) the same must be known.
"""

from collections.abc import Iterator
from typing import NamedTuple

import duckdb
import pyarrow as pa

from ingest.language.tables import TABLES, CanonicalTable
from ingest.reading.towns import read_towns
from japanese import columns, names

GONE = """
SELECT r.person_id, r.name, r.sex, r.birth_earliest, r.birth_latest, r.honseki, r.register_head, r.moved_to AS address,
       coalesce(r.event, r.event_earliest) AS day
FROM resident r JOIN (SELECT person_id, max(history_no) AS history_no FROM resident GROUP BY person_id)
    USING (person_id, history_no)
WHERE status IN ('moved', 'removed') AND birth_earliest IS NOT NULL AND name <> ''
"""
CAME = """
SELECT r.person_id, r.name, r.sex, r.birth_earliest, r.birth_latest, r.honseki, r.register_head,
       r.previous_address AS address, coalesce(r.resident_since, r.event, r.event_earliest) AS day
FROM resident r JOIN (SELECT person_id, min(history_no) AS history_no FROM resident GROUP BY person_id)
    USING (person_id, history_no)
WHERE name <> '' AND (birth_earliest, birth_latest, sex) IN (SELECT (birth_earliest, birth_latest, sex) FROM j_gone)
"""
MET = """
SELECT g.person_id AS older, c.person_id AS newer, g.honseki, g.register_head, g.address AS left_for,
       c.honseki AS honseki_now, c.register_head AS register_head_now, c.address AS came_from
FROM j_gone g JOIN j_came c ON c.birth_earliest = g.birth_earliest AND c.birth_latest = g.birth_latest
    AND c.sex = g.sex AND c.key = g.key AND c.person_id <> g.person_id
WHERE g.day <= c.day ORDER BY ALL
"""
SAME_REGISTER, SAME_WAY = "本籍・筆頭者", "転出先と転入前の住所"
UNITED = pa.schema([("number", pa.string()), ("now", pa.string()), ("told", pa.string())])

NUMBERED = """
INSERT INTO united
WITH humans AS (
    SELECT number, now, told FROM j_united UNION SELECT DISTINCT now, now, '' FROM j_united
), sized AS (
    SELECT h.*, max(r.history_no) AS rows, min(coalesce(r.event, r.event_earliest)) AS since
    FROM humans h JOIN resident r ON r.person_id = h.number GROUP BY ALL
)
SELECT number, now, told, coalesce(sum(rows) OVER (
    PARTITION BY now ORDER BY number = now, since, number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS shift
FROM sized
"""
NOBODY = "CREATE OR REPLACE TABLE united (number VARCHAR, now VARCHAR, told VARCHAR, shift BIGINT)"
# Each canonical table is read from where it is as written; only tables that name persons change.
VIEW = "CREATE OR REPLACE VIEW {table} AS SELECT r.*{replaced} FROM written.{table} r{joined}"
JOINED = " LEFT JOIN united u ON u.number = r.person_id"
NOW = "coalesce(u.now, r.person_id) AS person_id"
REPLACED = {"resident": f"{NOW}, (coalesce(r.history_no, 1) + coalesce(u.shift, 0))::BIGINT AS history_no"}
# Logs name people by what number they had: an older one is looked up as the number of another space is.
OLDER_NUMBERS = """
 UNION ALL BY NAME SELECT '' AS space, number AS subject_key, now AS person_id FROM united WHERE number <> now
"""


class Met(NamedTuple):
    """Two numbers under one name, sex and birth date, the later begun after the earlier had left."""

    older: str
    newer: str
    honseki: str
    register_head: str
    left_for: str
    honseki_now: str
    register_head_now: str
    came_from: str


def unite(con: duckdb.DuckDBPyConnection) -> None:
    """Write `united(number, now, told, shift)` and make each table of `written` a view that gives the number in use.

    The rows of a human's older numbers come first in the history of the newest.
    """
    con.execute(NOBODY)
    for table in (table for table in TABLES.values() if table.name != "lookup"):
        con.execute(_view(table))
    _keep(con, "j_gone", GONE)
    _keep(con, "j_came", CAME)
    con.register("j_united", _united(con))
    con.execute(NUMBERED)
    con.unregister("j_united")
    con.execute("DROP TABLE j_gone; DROP TABLE j_came")


def _view(table: CanonicalTable) -> str:
    if not any(column.name == "person_id" for column in table.columns):
        return VIEW.format(table=table.name, replaced="", joined="")
    replaced = f" REPLACE ({REPLACED.get(table.name, NOW)})"
    view = VIEW.format(table=table.name, replaced=replaced, joined=JOINED)
    return view + OLDER_NUMBERS if table.name == "crossref" else view


def _keep(con: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Keep a query's rows with the key of their name."""
    rows = con.sql(query).to_arrow_table()
    keyed = rows.append_column("key", columns.fold_column(rows["name"]))
    con.register("j_rows", keyed)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM j_rows")
    con.unregister("j_rows")


def _united(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Give the number that each older one stands for, and what spoke for it."""
    newer: dict[str, dict[str, str]] = {}
    for older, now, told in _proved(con):
        newer.setdefault(older, {})[now] = told
    sure = {older: next(iter(found.items())) for older, found in newer.items() if len(found) == 1}
    last = {older: _last(older, sure) for older in sorted(sure)}
    rows = [{"number": older, "now": now, "told": sure[older][1]} for older, now in last.items() if now]
    return pa.Table.from_pylist(rows, schema=UNITED)


def _last(number: str, newer: dict[str, tuple[str, str]]) -> str:
    """Give the number in use now; nothing where impossible days lead back to where it began (A13)."""
    seen: set[str] = set()
    while number in newer:
        if number in seen:
            return ""
        seen.add(number)
        number = newer[number][0]
    return number


def _proved(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, str]]:
    towns = read_towns(con)
    for row in con.sql(MET).fetchall():
        met = Met(*row)
        same_head = names.fold(met.register_head) == names.fold(met.register_head_now) != ""
        told = [SAME_REGISTER] if met.honseki == met.honseki_now != "" and same_head else []
        left, came = (towns.parse(text) for text in (met.left_for, met.came_from))
        told += [SAME_WAY] if left.place == "outside" and left.key == came.key != "" else []
        if told:
            yield met.older, met.newer, "、".join(told)
