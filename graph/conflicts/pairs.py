"""One conflict for each viewer and subject: the lookups it counts, what they add up to, its score (Q4)."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import duckdb
import pyarrow as pa

from graph.conflicts.rules import Policy
from graph.conflicts.score import Bond, Evidence, score, to_json

COUNTED = """
CREATE TABLE work.counted AS
SELECT 'c-' || substr(sha256(l.staff_id || ' ' || r.person_id), 1, 12) AS conflict_id,
       r.row, l.lookup_id, l.staff_id, v.viewer_person, v.p, v.tier, r.person_id, r.view, r.tense,
       CASE WHEN x.row IS NULL THEN 'suspicious' ELSE 'explained' END AS outcome,
       coalesce(x.template, '') AS template, coalesce(x.record, '') AS record,
       l.time, l.day, l.system, l.account_id, l.printed
FROM work.related r JOIN work.lookup l USING (row) LEFT JOIN work.explained x USING (row)
JOIN work.tied v ON v.staff_id = l.staff_id AND v.subject = r.person_id
"""

OPEN = """
SELECT c.*, c.outcome = 'suspicious' AS open,
       isodow(c.time) NOT IN (SELECT unnest($weekdays))
       OR CAST(c.time AS TIME) < $opens OR CAST(c.time AS TIME) >= $closes AS off,
       c.row IN (SELECT f.row FROM work.counted f JOIN work.lookup s
                 ON s.view = 'search' AND s.account_id = f.account_id
                 AND s.time BETWEEN f.time - to_minutes($search_minutes) AND f.time) AS searched
FROM work.counted c
"""

DOUBLE_DAYS = """
SELECT conflict_id, count(*) AS days
FROM (SELECT conflict_id FROM work.counted WHERE outcome = 'suspicious'
      GROUP BY conflict_id, day HAVING count(DISTINCT system) > 1)
GROUP BY conflict_id
"""

EVIDENCE = f"""
SELECT o.conflict_id, min(o.staff_id) AS viewer, min(o.viewer_person) AS viewer_person, min(o.person_id) AS subject,
       count(*) AS lookups, count(*) FILTER (open) AS unexplained,
       count(DISTINCT date_trunc('month', o.time)) FILTER (open) AS months, coalesce(min(d.days), 0) AS double_days,
       count(*) FILTER (open AND off) AS off_hours, count(*) FILTER (open AND printed) AS printed,
       count(*) FILTER (open AND searched) AS name_searches,
       coalesce(list(DISTINCT o.system ORDER BY o.system) FILTER (open), []) AS open_systems,
       bool_and(o.view = 'household') AS household_only,
       list(DISTINCT o.system ORDER BY o.system) AS systems, min(o.time) AS first, max(o.time) AS last,
       min(o.tier) AS tier, min(o.p) AS p
FROM ({OPEN}) o LEFT JOIN ({DOUBLE_DAYS}) d USING (conflict_id)
GROUP BY o.conflict_id ORDER BY o.conflict_id
"""

# The ties that a pair had by its last lookup.
BONDS = """
SELECT DISTINCT c.conflict_id, t.kind, t.up + t.down AS degree, t.grade
FROM (SELECT conflict_id, viewer_person, person_id, max(day) AS day FROM work.counted GROUP BY ALL) c
JOIN graph_related_to t ON t.start = c.viewer_person AND t."end" = c.person_id
WHERE t.kind <> 'tie' AND t.valid_from <= c.day
ORDER BY ALL
"""


def count(con: duckdb.DuckDBPyConnection) -> None:
    """Make `work.counted`: one row for each lookup and each exposed person tied to the viewer."""
    con.execute(COUNTED)


def conflicts(con: duckdb.DuckDBPyConnection, policy: Policy) -> pa.Table:
    """Give the Conflict rows, by id."""
    bonds = _bonds(con)
    rows = [_row(evidence, bonds[evidence.conflict_id], policy) for evidence in _evidence(con, policy)]
    return pa.Table.from_pylist(rows)


def _evidence(con: duckdb.DuckDBPyConnection, policy: Policy) -> Iterable[Evidence]:
    office = policy.office
    values = {
        "weekdays": list(office.weekdays), "opens": office.opens, "closes": office.closes,
        "search_minutes": policy.weights.manner.name_search_minutes,
    }  # fmt: skip
    names = [field.name for field in fields(Evidence)]
    for row in con.execute(EVIDENCE, values).fetchall():
        known = dict(zip(names, row, strict=True))
        lists = {name: tuple(known[name]) for name in ("systems", "open_systems")}
        yield Evidence(**(known | lists))


def _bonds(con: duckdb.DuckDBPyConnection) -> dict[str, list[Bond]]:
    bonds: dict[str, list[Bond]] = {}
    for conflict_id, kind, degree, grade in con.execute(BONDS).fetchall():
        bonds.setdefault(conflict_id, []).append(Bond(kind=kind, degree=degree, grade=grade))
    return bonds


def _row(evidence: Evidence, bonds: list[Bond], policy: Policy) -> dict[str, Any]:
    value, factors = score(evidence, bonds, policy)
    return {
        "conflict_id": evidence.conflict_id, "viewer_id": evidence.viewer, "viewer_person": evidence.viewer_person,
        "subject_id": evidence.subject, "outcome": "suspicious" if evidence.unexplained else "explained",
        "score": value, "factors": to_json(factors), "identity_tier": evidence.tier, "identity_p": evidence.p,
        "first_lookup": evidence.first, "last_lookup": evidence.last, "systems": list(evidence.systems),
    }  # fmt: skip
