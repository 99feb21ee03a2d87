"""Accounts that two people held on one day: the one's last day is the other's first, or the first was never closed.

Such a lookup names nobody; where one of the holders is tied to the person shown, the other is asked.
"""

# The holder asked is one who is no kin, where there is one; what any of them had a business reason for is none.
DOUBLED = """
CREATE TABLE work.doubled AS
WITH held AS (
    SELECT e.row, e.person_id, e.day, e.time, l.holders, unnest(l.holders) AS viewer
    FROM work.lookup l JOIN work.exposed e USING (row) WHERE l.holders IS NOT NULL
), unexplained AS (
    SELECT * FROM held WHERE row NOT IN (
        SELECT h.row FROM held h JOIN work.cover c ON c.staff_id = h.viewer AND c.person_id = h.person_id
        AND h.time BETWEEN c.since AND c.until)
), kin AS (
    SELECT DISTINCT u.* FROM unexplained u JOIN work.viewer v ON v.staff_id = u.viewer AND v.certain
    JOIN graph_related_to t ON t.start = v.person_id AND t."end" = u.person_id
      AND t.kind <> 'tie' AND t.valid_from <= u.day
), asked AS (
    SELECT row, person_id, min(holder) FILTER (NOT is_kin) AS other, min(holder) AS any_holder FROM (
        SELECT k.row, k.person_id, h.holder,
               (k.row, k.person_id, h.holder) IN (SELECT (row, person_id, viewer) FROM kin) AS is_kin
        FROM kin k, unnest(k.holders) AS h(holder))
    GROUP BY ALL
)
SELECT k.row, k.person_id, k.day, k.time, coalesce(a.other, a.any_holder) AS holder, k.viewer
FROM kin k JOIN asked a USING (row, person_id)
"""
