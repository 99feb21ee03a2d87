"""One conflict for each viewer and subject: the lookups it counts, what they add up to, its score (Q4)."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from graph.conflicts.rules import Policy
from graph.conflicts.score import Bond, Evidence, score, to_json
from graph.steps.step import Stage, Step

COUNTED = """
SELECT 'c-' || substr(sha256(l.staff_id || ' ' || r.person_id), 1, 12) AS conflict_id,
       r.row, l.lookup_id, l.staff_id, v.viewer_person, v.p, v.tier, r.person_id, r.view, r.tense,
       CASE WHEN x.row IS NULL THEN 'suspicious' ELSE 'explained' END AS outcome,
       coalesce(x.template, '') AS template, coalesce(x.record, '') AS record,
       l.time, l.day, l.system, l.account_id, l.printed
FROM related r JOIN lookup l USING (row) LEFT JOIN explained x USING (row)
JOIN tied v ON v.staff_id = l.staff_id AND v.subject = r.person_id
"""

SEARCHED = """
SELECT DISTINCT f.row FROM counted f
CROSS JOIN setting s
JOIN lookup l ON l.view = 'search' AND l.account_id = f.account_id
  AND l.time BETWEEN f.time - s.search_minutes * INTERVAL 1 MINUTE AND f.time
"""

# 1900-01-01 was a Monday, which is 1: engines number the days of a week in ways of their own.
WEIGHED = """
SELECT c.conflict_id, c.staff_id, c.viewer_person, c.person_id, c.time, c.printed, c.view, c.system, c.tier, c.p,
       c.outcome = 'suspicious' AS unexplained,
       datediff('day', DATE '1900-01-01', CAST(c.time AS DATE)) % 7 + 1 NOT IN (SELECT weekday FROM workday)
       OR datediff('microsecond', date_trunc('day', c.time), c.time) < s.opens
       OR datediff('microsecond', date_trunc('day', c.time), c.time) >= s.closes AS off,
       c.row IN (SELECT row FROM searched) AS searched
FROM counted c CROSS JOIN setting s
"""

SYSTEM_DAY = """
SELECT conflict_id FROM counted WHERE outcome = 'suspicious'
GROUP BY conflict_id, day HAVING count(DISTINCT system) > 1
"""

DOUBLE_DAY = "SELECT conflict_id, count(*) AS days FROM system_day GROUP BY conflict_id"

EVIDENCE = """
SELECT o.conflict_id, min(o.staff_id) AS viewer, min(o.viewer_person) AS viewer_person, min(o.person_id) AS subject,
       count(*) AS lookups, count(*) FILTER (o.unexplained) AS unexplained,
       count(DISTINCT date_trunc('month', o.time)) FILTER (o.unexplained) AS months,
       coalesce(min(d.days), 0) AS double_days, count(*) FILTER (o.unexplained AND o.off) AS off_hours,
       count(*) FILTER (o.unexplained AND o.printed) AS printed,
       count(*) FILTER (o.unexplained AND o.searched) AS name_searches,
       coalesce(list_sort(list(DISTINCT o.system) FILTER (o.unexplained)), []) AS open_systems,
       bool_and(o.view = 'household') AS household_only,
       list_sort(list(DISTINCT o.system)) AS systems, min(o.time) AS first, max(o.time) AS last,
       min(o.tier) AS tier, min(o.p) AS p
FROM weighed o LEFT JOIN double_day d USING (conflict_id)
GROUP BY o.conflict_id ORDER BY o.conflict_id
"""

LAST_DAY = """
SELECT conflict_id, viewer_person, person_id, max(day) AS day
FROM counted GROUP BY conflict_id, viewer_person, person_id
"""

BOND = """
SELECT DISTINCT c.conflict_id, t.kind, t.up + t.down AS degree, t.grade
FROM last_day c JOIN graph_related_to t ON t.start = c.viewer_person AND t."end" = c.person_id
WHERE t.kind <> 'tie' AND t.valid_from <= c.day
ORDER BY c.conflict_id, t.kind, degree, t.grade
"""

COUNT = Stage(
    "count",
    "Every lookup of a conflict.",
    (Step("counted", COUNTED, why="Q4: one row for each lookup and each exposed person tied to the viewer."),),
    results=("counted",),
)

SCORE = Stage(
    "score",
    "What the lookups of a conflict add up to, and the ties it rests on: what a score is made of (Q1).",
    (
        Step("searched", SEARCHED, why="Q1: lookups shortly after a search by name under the same account."),
        Step("weighed", WEIGHED, why="Q1: how each lookup was done.", kind="VIEW"),
        Step("system_day", SYSTEM_DAY, why="Q1: days with lookups in more than one system.", kind="VIEW"),
        Step("double_day", DOUBLE_DAY, why="Q1: how many such days.", kind="VIEW"),
        Step("evidence", EVIDENCE, why="Q4: one conflict for each viewer and subject."),
        Step("last_day", LAST_DAY, why="The day of a pair's last lookup.", kind="VIEW"),
        Step("bond", BOND, why="A9: the ties that a pair had by its last lookup."),
    ),
    results=("evidence", "bond"),
)


def conflicts(evidence: pa.Table, bonds: pa.Table, policy: Policy) -> pa.Table:
    """Give the Conflict rows, by id."""
    tied = _bonds(bonds)
    return pa.Table.from_pylist([_row(each, tied[each.conflict_id], policy) for each in _evidence(evidence)])


def _evidence(table: pa.Table) -> Iterable[Evidence]:
    for row in table.to_pylist():
        lists = {name: tuple(row[name]) for name in ("systems", "open_systems")}
        yield Evidence(**(row | lists))


def _bonds(table: pa.Table) -> dict[str, list[Bond]]:
    bonds: dict[str, list[Bond]] = {}
    for row in table.to_pylist():
        bonds.setdefault(row.pop("conflict_id"), []).append(Bond(**row))
    return bonds


def _row(evidence: Evidence, bonds: list[Bond], policy: Policy) -> dict[str, Any]:
    value, factors = score(evidence, bonds, policy)
    return {
        "conflict_id": evidence.conflict_id, "viewer_id": evidence.viewer, "viewer_person": evidence.viewer_person,
        "subject_id": evidence.subject, "outcome": "suspicious" if evidence.unexplained else "explained",
        "score": value, "factors": to_json(factors), "identity_tier": evidence.tier, "identity_p": evidence.p,
        "first_lookup": evidence.first, "last_lookup": evidence.last, "systems": list(evidence.systems),
    }  # fmt: skip
