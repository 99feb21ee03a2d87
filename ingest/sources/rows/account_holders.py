"""What is odd in a list of accounts: an id that two people hold on one day (L5)."""

from pathlib import Path

import duckdb

from ingest.language.known_source import Mapping
from ingest.sources.duplicates import quoted

DOUBLED = """
WITH held AS (
    SELECT system, operator, staff_id, coalesce(valid_from, DATE '0001-01-01') AS since,
           coalesce(valid_to, DATE '9999-12-31') AS until
    FROM read_parquet({rows}) WHERE kind = 'personal'
)
SELECT count(DISTINCT row(a.system, a.operator)) FROM held a JOIN held b
  ON a.system = b.system AND a.operator = b.operator AND a.staff_id < b.staff_id
  AND a.since < b.until AND b.since < a.until
"""


def warnings(con: duckdb.DuckDBPyConnection, mapping: Mapping, rows: Path) -> dict[str, int]:
    """Count the accounts with two holders on one day; their lookups of such a day name nobody."""
    if mapping.table.name != "account":
        return {}
    ((count,),) = con.sql(DOUBLED.format(rows=quoted(rows))).fetchall()
    return {"two_holders": count} if count else {}
