"""R3: lookups under the account of somebody who is no kin, where a colleague on duty beside that desk is.

Listed only where that colleague has an own unexplained conflict with the same person or household (Q3), or held the
account that day as well; everything else that kinship and duty alone would suggest is a count. The words ask, they
accuse nobody (Q2).
"""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from graph.steps.step import Stage, Step
from words import Message

HELD = """
SELECT l.row, l.person_id, l.day, l.time, l.holders, h.viewer
FROM (SELECT e.row, e.person_id, e.day, e.time, k.holders FROM lookup k JOIN exposed e USING (row)
      WHERE k.holders IS NOT NULL) l, unnest(l.holders) AS h(viewer)
"""

HELD_COVERED = """
SELECT h.row FROM held h
JOIN cover c ON c.staff_id = h.viewer AND c.person_id = h.person_id AND h.time BETWEEN c.since AND c.until
"""

HELD_KIN = """
SELECT DISTINCT u.row, u.person_id, u.day, u.time, u.holders, u.viewer FROM held u
JOIN viewer v ON v.staff_id = u.viewer AND v.certain
JOIN graph_related_to t ON t.start = v.person_id AND t."end" = u.person_id
  AND t.kind <> 'tie' AND t.valid_from <= u.day
WHERE u.row NOT IN (SELECT row FROM held_covered)
"""

OTHER_HOLDER = """
SELECT DISTINCT k.row, k.person_id, h.holder FROM held_kin k, unnest(k.holders) AS h(holder)
"""

ASKED = """
SELECT o.row, o.person_id, min(o.holder) FILTER (k.viewer IS NULL) AS other, min(o.holder) AS any_holder
FROM other_holder o LEFT JOIN held_kin k ON k.row = o.row AND k.person_id = o.person_id AND k.viewer = o.holder
GROUP BY o.row, o.person_id
"""

DOUBLED_LOOKUP = """
SELECT k.row, k.person_id, k.day, k.time, coalesce(a.other, a.any_holder) AS holder, k.viewer
FROM held_kin k JOIN asked a USING (row, person_id)
"""

DOUBLED = Stage(
    "doubled",
    "Lookups under an account that two people held on that day.",
    (
        Step("held", HELD, why="L5: each holder of an account that two held on the day of a lookup."),
        Step("held_covered", HELD_COVERED, why="X1: what any of them had a business reason for is no question.",
             kind="VIEW"),
        Step("held_kin", HELD_KIN, why="R3: the holders who are kin of the person shown."),
        Step("other_holder", OTHER_HOLDER, why="R3: all who held the account.", kind="VIEW"),
        Step("asked", ASKED, why="R3: the holder asked is one who is no kin, where there is one.", kind="VIEW"),
        Step("doubled", DOUBLED_LOOKUP, why="R3: a lookup, its holder who is kin, and the one who is asked."),
    ),
    results=("doubled",),
)  # fmt: skip

DESK = """
SELECT e.row, e.person_id, e.time, e.day, e.staff_id AS holder, p."end" AS section_id
FROM exposed e
JOIN graph_located_in p ON p.start = e.terminal_id AND holds(e.day, p.valid_from, p.valid_to)
WHERE e.class = 'joined' AND e.row NOT IN (SELECT row FROM explained) AND e.row NOT IN (SELECT row FROM related)
"""

DESK_KIN = """
SELECT DISTINCT d.row, d.person_id, d.time, d.day, d.holder, d.section_id, v.staff_id AS viewer FROM desk d
JOIN graph_related_to t ON t."end" = d.person_id AND t.kind <> 'tie' AND t.valid_from <= d.day
JOIN viewer v ON v.person_id = t.start AND v.staff_id <> d.holder AND v.certain
"""

COLLEAGUE = """
SELECT row, person_id, day, time, holder, viewer FROM doubled
UNION
SELECT k.row, k.person_id, k.day, k.time, k.holder, k.viewer
FROM desk_kin k
JOIN graph_on_duty o ON o.start = k.viewer AND o."end" = k.section_id AND o.present
  AND holds(k.time, o.valid_from, o.valid_to)
"""

ASKED_ROW = "SELECT DISTINCT row FROM colleague"

NEIGHBOUR = """
SELECT row, person_id, holder, viewer, person_id AS near FROM colleague
UNION
SELECT k.row, k.person_id, k.holder, k.viewer, b.start FROM colleague k
JOIN graph_member_of a ON a.start = k.person_id AND holds(k.day, a.valid_from, a.valid_to)
JOIN graph_member_of b ON b."end" = a."end" AND holds(k.day, b.valid_from, b.valid_to)
"""

OWN = """
SELECT n.row, n.person_id, n.holder, n.viewer, c.row AS own_row, n.near = n.person_id AS same
FROM neighbour n
JOIN counted c ON c.staff_id = n.viewer AND c.person_id = n.near AND c.outcome = 'suspicious'
UNION ALL
SELECT row, person_id, holder, viewer, NULL, true FROM doubled
"""

OFTEN = """
SELECT row, person_id, count(DISTINCT own_row) FILTER (same) AS often FROM own GROUP BY row, person_id
"""

SUBJECT = """
SELECT row, person_id FROM often
QUALIFY row_number() OVER (PARTITION BY row ORDER BY often DESC, person_id) = 1
"""

AWAY = """
SELECT DISTINCT k.row FROM colleague k
JOIN graph_on_duty o ON o.start = k.holder AND NOT o.present AND holds(k.time, o.valid_from, o.valid_to)
"""

BORROWED_GROUP = """
SELECT o.person_id AS subject, o.holder, list_sort(list(DISTINCT o.viewer)) AS viewers,
       list_sort(list(DISTINCT l.lookup_id)) AS lookups, list(DISTINCT o.row) AS rows,
       count(DISTINCT o.own_row) AS own, count(DISTINCT a.row) AS away, count(DISTINCT d.row) AS doubled
FROM own o JOIN subject USING (row, person_id) JOIN lookup l USING (row)
LEFT JOIN away a USING (row)
LEFT JOIN (SELECT DISTINCT row FROM doubled) d USING (row)
GROUP BY o.person_id, o.holder
"""

RANKED = """
SELECT subject, holder, viewers, lookups, rows, own, away, doubled,
       row_number() OVER (ORDER BY own DESC, away DESC, array_length(lookups) DESC, subject, holder) AS place
FROM borrowed_group
"""

BORROWED_LISTED = """
SELECT g.subject, g.holder, g.viewers, g.lookups, g.rows, g.own, g.away, g.doubled, g.place
FROM ranked g JOIN setting p ON g.place <= p.borrowed_limit
ORDER BY g.place
"""

LISTED_ROW = "SELECT b.subject, r.row FROM borrowed b, unnest(b.rows) AS r(row)"

NOT_LISTED = """
SELECT count(DISTINCT row) AS lookups FROM colleague WHERE row NOT IN (SELECT row FROM listed_row)
"""

BORROWED = Stage(
    "borrowed",
    "Lookups under the account of somebody who is no kin, beside a colleague who is (R3).",
    (
        Step("desk", DESK, why="R3: unexplained lookups whose holder is tied to nobody they showed, with the section"
             " the terminal stood in that day."),
        Step("desk_kin", DESK_KIN, why="R3: colleagues who are kin of the person shown."),
        Step("colleague", COLLEAGUE, why="R3: those of them on duty in that section in that very minute, and who held"
             " the account that day as well."),
        Step("asked_row", ASKED_ROW, why="R3: lookups that a colleague is asked about."),
        Step("neighbour", NEIGHBOUR, why="Q3: the person shown, and who lived in the same household that day."),
        Step("own", OWN, why="Q3: own unexplained lookups of the colleague at any of these."),
        Step("often", OFTEN, why="Q3: whom the colleagues themselves looked up how often.", kind="VIEW"),
        Step("subject", SUBJECT, why="Q3: a household view shows many: it is listed once, under the person whom the"
             " colleagues themselves looked up most."),
        Step("away", AWAY, why="R3: lookups at whose time the duty roster has the holder away."),
        Step("borrowed_group", BORROWED_GROUP, why="Q3: one group for each person shown and holder."),
        Step("ranked", RANKED, why="Q3: most own unexplained lookups first.", kind="VIEW"),
        Step("borrowed", BORROWED_LISTED, why="Q3: as many as the policy lists; the rest is a count."),
        Step("listed_row", LISTED_ROW, why="Q3: the lookups that are listed."),
        Step("not_listed", NOT_LISTED, why="Q3: how many are not."),
    ),
    results=("asked_row", "borrowed", "listed_row", "not_listed"),
)  # fmt: skip


def groups(borrowed: pa.Table) -> list[dict[str, Any]]:
    """Give the groups to check, those with most own unexplained lookups first."""
    return [_group(row) for row in borrowed.to_pylist()]


def sentences(group: Mapping[str, Any]) -> tuple[Message, ...]:
    """Put a group as a question to its account holder."""
    doubled = group.get("doubled", 0)
    told = (("ask", True), ("away", group["away"]), ("kin", group["own"]), ("two_holders", doubled), ("caution", True))
    figures = {
        "holder": group["holder"],
        "lookups": len(group["lookups"]),
        "viewers": [candidate["viewer"] for candidate in group["candidates"]],
        "own": group["own"],
        "away": group["away"],
        "doubled": doubled,
    }
    return tuple(Message(f"borrowed.{key}", figures) for key, holds in told if holds)


def _group(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("subject", "holder", "lookups", "own", "away", "doubled")
    return {name: row[name] for name in names} | {"candidates": [{"viewer": viewer} for viewer in row["viewers"]]}
