"""The tables that matching works on: a database on disk beside the caller's connection, so that memory does not grow
with the log (a register of 130 k and a log of millions both fit in what DuckDB's memory limit allows)."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

STARTS = "coalesce(valid_from, DATE '0001-01-01')"
# A row that a newer full file no longer has ends on that file's day.
ENDS = "least(coalesce(valid_to, DATE '9999-12-31'), coalesce(seen_until, DATE '9999-12-31'))"

# What the matching reads of each business table; a table that the municipality did not hand over is empty.
BUSINESS = {
    "account": (
        "system VARCHAR, operator VARCHAR, staff_id VARCHAR, kind VARCHAR, valid_from DATE, valid_to DATE",
        f"SELECT DISTINCT system, operator, coalesce(staff_id, ''), kind, {STARTS}, {ENDS} FROM account",
    ),
    "crossref": (
        "space VARCHAR, subject_key VARCHAR, person_id VARCHAR",
        # A key that stands for two people names nobody.
        """SELECT space, subject_key, min(person_id) FROM crossref
           GROUP BY ALL HAVING min(person_id) = max(person_id)""",
    ),
    "assignment": (
        "case_id VARCHAR, household_id VARCHAR, person_id VARCHAR, staff_id VARCHAR, valid_from DATE, valid_to DATE,"
        " file VARCHAR",
        f"""SELECT case_id, coalesce(household_id, ''), coalesce(person_id, ''), staff_id, {STARTS}, {ENDS}, file
            FROM assignment""",
    ),
    "reception": (
        "reception_id VARCHAR, time TIMESTAMP, staff_id VARCHAR, operator VARCHAR, person_id VARCHAR, file VARCHAR",
        """SELECT reception_id, time, coalesce(staff_id, ''), coalesce(operator, ''), coalesce(person_id, ''), file
           FROM reception""",
    ),
    "issuance": (
        "issuance_id VARCHAR, time TIMESTAMP, person_id VARCHAR, household_id VARCHAR, system VARCHAR,"
        " operator VARCHAR, staff_id VARCHAR, file VARCHAR",
        """SELECT issuance_id, time, coalesce(person_id, ''), coalesce(household_id, ''), coalesce(system, ''),
                  coalesce(operator, ''), coalesce(staff_id, ''), file FROM issuance""",
    ),
}

# Validity is half-open; no end is open.
HOLDS = """
CREATE MACRO work.holds(moment, valid_from, valid_to) AS
    moment >= valid_from AND (valid_to IS NULL OR moment < valid_to)
"""

GRAPH = ("Person", "Staff", "Account", "Terminal", "MEMBER_OF", "IDENTIFIED_AS", "ON_DUTY", "LOCATED_IN", "RELATED_TO")


@contextmanager
def bench(con: duckdb.DuckDBPyConnection, graph: Mapping[str, pa.Table]) -> Iterator[None]:
    """Attach a database `work` on disk, with the business tables in it and the graph's as `graph_…`; drop it after."""
    with tempfile.TemporaryDirectory(prefix="enkan-") as folder:
        con.execute(f"ATTACH '{Path(folder) / 'work.duckdb'}' AS work")
        try:
            con.execute(HOLDS)
            _business(con)
            for kind in GRAPH:
                con.register(f"graph_{kind.lower()}", graph[kind])
            yield
        finally:
            for kind in GRAPH:
                con.unregister(f"graph_{kind.lower()}")
            con.execute("DETACH work")


def _business(con: duckdb.DuckDBPyConnection) -> None:
    there = {name for (name,) in con.execute("SELECT DISTINCT table_name FROM information_schema.tables").fetchall()}
    for name, (columns, query) in BUSINESS.items():
        con.execute(f"CREATE TABLE work.{name} ({columns})")
        if name in there:
            con.execute(f"INSERT INTO work.{name} {query}")
