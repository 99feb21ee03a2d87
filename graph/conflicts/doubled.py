"""Accounts that two people held on one day: the one's last day is the other's first, or the first was never closed.

Such a lookup names nobody; where one of the holders is tied to the person shown, the other is asked.
"""

from graph.steps.step import Stage, Step

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
