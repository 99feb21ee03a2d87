"""Loaded rows that say nothing: counted for each file with the reason, and never the end of another row (D5)."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from ingest.language.tables import TABLES

Counts = dict[tuple[str, str], dict[str, int]]

NO_LENGTH = "SELECT file, source, line, 'no_length' AS reason FROM {table} WHERE valid_to <= valid_from"
ENDS_BEFORE = "SELECT file, source, line, 'no_length' FROM duty WHERE last_day < first_day"
# A row of the resident register holds until the person's next one; one that the next cancels is undone on purpose.
SPELLS = """
SELECT file, source, line, 'no_length' FROM (
    SELECT *, lead(day) OVER w AS ends, lead(reason) OVER w AS later FROM (
        SELECT *, coalesce(event, event_earliest, resident_since, resident_since_earliest) AS day FROM resident)
    WINDOW w AS (PARTITION BY person_id ORDER BY history_no)
) WHERE status = 'resident' AND household_id <> '' AND later IS DISTINCT FROM 'cancelled'
    AND least(ends, seen_until) <= day
"""
NO_SECTION = """
SELECT file, source, line, 'no_section' FROM duty d WHERE NOT EXISTS (
    FROM idle_terms t WHERE t.start = d.staff_id AND t.valid_from <= coalesce(d.last_day, d.first_day)
        AND (t.valid_to IS NULL OR t.valid_to > d.first_day))
"""
UNKNOWN_STAFF = """
SELECT file, source, line, 'unknown_staff' FROM {table}
WHERE staff_id <> '' AND staff_id NOT IN (SELECT staff_id FROM staff)
"""
NO_SUBJECT = "SELECT file, source, line, 'no_subject' FROM {table} WHERE {empty}"
UNKNOWN_PERSON = """
SELECT file, source, line, 'unknown_person' FROM crossref
WHERE file <> '' AND person_id NOT IN (SELECT person_id FROM resident)
"""
NOTHING_SAID = """
SELECT file, source, line, 'nothing_said' FROM staff
WHERE section_id = '' AND name = '' AND kana = '' AND address = '' AND birth_text = '' AND sex = ''
"""
DATED = tuple(table.name for table in TABLES.values() if any(column.name == "valid_to" for column in table.columns))
OF_STAFF = ("account", "duty", "assignment", "dependant", "emergency_contact")
SUBJECTS = {
    "assignment": "household_id = '' AND person_id = ''",
    "reception": "person_id = ''",
    "issuance": "household_id = '' AND person_id = ''",
}
QUERIES = (
    *(NO_LENGTH.format(table=table) for table in DATED),
    ENDS_BEFORE,
    SPELLS,
    *(UNKNOWN_STAFF.format(table=table) for table in OF_STAFF),
    NO_SECTION,
    *(NO_SUBJECT.format(table=table, empty=empty) for table, empty in SUBJECTS.items()),
    UNKNOWN_PERSON,
    NOTHING_SAID,
)
COUNTED = """
SELECT file, source, reason, count(*) FROM (
    SELECT file, source, line, arg_min(reason, rank) AS reason FROM ({rows}) GROUP BY file, source, line)
GROUP BY ALL ORDER BY ALL
"""


def counted(con: duckdb.DuckDBPyConnection, terms: pa.Table) -> Counts:
    """Count by file, source and reason the rows that say nothing; of several reasons the first counts.

    `terms` are the postings (BELONGS_TO): who has none on a day is on duty nowhere.
    """
    rows = " UNION ALL ".join(f"SELECT *, {at} AS rank FROM ({query})" for at, query in enumerate(QUERIES))
    con.register("idle_terms", terms)
    found: Counts = defaultdict(dict)
    for file, source, reason, count in con.execute(COUNTED.format(rows=rows)).fetchall():
        found[file, source][reason] = count
    con.unregister("idle_terms")
    return dict(found)


def figures(counts: Counts, file: str, source: str) -> dict[str, Any]:
    """Give one file's figures as the reconciliation has them."""
    reasons: Mapping[str, int] = counts.get((file, source), {})
    return {"idle": sum(reasons.values()), "idle_reasons": dict(reasons)}
