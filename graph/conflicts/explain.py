"""Business reasons: approved templates, each a named join from a member of staff to a person for a stretch of time.

A template yields covers (staff, person, since, until, record); a lookup is explained when a cover of its viewer holds
at its time for any person it showed, so a household view is explained as a whole.
"""

from graph.steps.step import Stage, Step

CASE = """
SELECT a.staff_id, a.person_id, CAST(a.valid_from AS TIMESTAMP) AS since,
       CAST(a.valid_to AS TIMESTAMP) - INTERVAL 1 MICROSECOND AS until, a.file || ' ' || a.case_id AS record
FROM case_worker a WHERE a.person_id <> ''
UNION ALL
SELECT a.staff_id, m.start, CAST(greatest(a.valid_from, m.valid_from) AS TIMESTAMP),
       CAST(least(a.valid_to, coalesce(m.valid_to, a.valid_to)) AS TIMESTAMP) - INTERVAL 1 MICROSECOND,
       a.file || ' ' || a.case_id
FROM case_worker a JOIN graph_member_of m ON m."end" = a.household_id
WHERE m.valid_from < a.valid_to AND (m.valid_to IS NULL OR m.valid_to > a.valid_from)
"""

RECEIVED = """
SELECT coalesce(nullif(r.staff_id, ''), a.staff_id) AS staff_id, r.person_id, r.time,
       r.file || ' ' || r.reception_id AS record
FROM request r
LEFT JOIN account_term a ON r.staff_id = '' AND a.operator = r.operator AND a.kind = 'personal'
  AND holds(CAST(r.time AS DATE), a.valid_from, a.valid_to)
"""

ISSUED = """
SELECT coalesce(nullif(i.staff_id, ''), a.staff_id) AS staff_id, i.person_id, i.household_id, i.time,
       i.file || ' ' || i.issuance_id AS record
FROM certificate i
LEFT JOIN account_term a ON i.staff_id = '' AND a.operator = i.operator AND i.system IN ('', a.system)
  AND a.kind = 'personal' AND holds(CAST(i.time AS DATE), a.valid_from, a.valid_to)
"""

ISSUED_FOR = """
SELECT staff_id, person_id, time, record FROM issued WHERE person_id <> ''
UNION ALL
SELECT i.staff_id, m.start, i.time, i.record
FROM issued i JOIN graph_member_of m ON m."end" = i.household_id
  AND holds(CAST(i.time AS DATE), m.valid_from, m.valid_to)
"""

COVER = """
SELECT t.rank, t.id AS template, c.staff_id, c.person_id, c.since,
       least(c.until, CAST(t.expires AS TIMESTAMP)) AS until, c.record
FROM case_cover c JOIN template t ON t.id = 'assignment'
UNION ALL
SELECT t.rank, t.id, c.staff_id, c.person_id, c.time,
       least(c.time + t.minutes * INTERVAL 1 MINUTE, CAST(t.expires AS TIMESTAMP)), c.record
FROM received c JOIN template t ON t.id = 'reception'
UNION ALL
SELECT t.rank, t.id, c.staff_id, c.person_id, c.time - t.minutes * INTERVAL 1 MINUTE,
       least(c.time, CAST(t.expires AS TIMESTAMP)), c.record
FROM issued_for c JOIN template t ON t.id = 'issuance'
"""

FIRST_COVER = """
SELECT e.row, min(struct_pack(rank := c.rank, record := c.record, template := c.template)) AS cover
FROM exposed e
JOIN cover c ON c.staff_id = e.staff_id AND c.person_id = e.person_id AND e.time BETWEEN c.since AND c.until
WHERE e.class = 'joined' GROUP BY e.row
"""

EXPLAINED = "SELECT row, cover.template AS template, cover.record AS record FROM first_cover"

EXPLAIN = Stage(
    "explain",
    "Which lookups business accounts for: the first fitting template that the policy approves (X2), and its record.",
    (
        Step("case_cover", CASE, why="X1: who is in charge of a case covers its household, as long as both hold.",
             kind="VIEW"),
        Step("received", RECEIVED, why="X1: the clerk who took the request.", kind="VIEW"),
        Step("issued", ISSUED, why="X1: the clerk who issued a certificate."),
        Step("issued_for", ISSUED_FOR, why="X1: a certificate of the whole household covers its members.", kind="VIEW"),
        Step("cover", COVER, why="X2: approved templates only, until the approval ends: so long after a request and"
             " before a certificate as they say."),
        Step("first_cover", FIRST_COVER, why="X2: templates go in the policy's order.", kind="VIEW"),
        Step("explained", EXPLAINED, why="A lookup is explained as a whole."),
    ),
    results=("cover", "explained"),
)  # fmt: skip
