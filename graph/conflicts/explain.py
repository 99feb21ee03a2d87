"""Business reasons: approved templates, each a named join from a member of staff to a person for a stretch of time.

A template yields covers (staff, person, since, until, record); a lookup is explained when a cover of its viewer holds
at its time for any person it showed, so a household view is explained as a whole.
"""

import duckdb

from graph.conflicts.rules import Policy, Template

# Who is in charge of a case covers its household, as long as both hold (X1).
ASSIGNMENT = """
SELECT a.staff_id, a.person_id, CAST(a.valid_from AS TIMESTAMP) AS since,
       CAST(a.valid_to AS TIMESTAMP) - INTERVAL 1 MICROSECOND AS until, a.file || ' ' || a.case_id AS record
FROM work.assignment a WHERE a.person_id <> ''
UNION ALL
SELECT a.staff_id, m.start, CAST(greatest(a.valid_from, m.valid_from) AS TIMESTAMP),
       CAST(least(a.valid_to, coalesce(m.valid_to, a.valid_to)) AS TIMESTAMP) - INTERVAL 1 MICROSECOND,
       a.file || ' ' || a.case_id
FROM work.assignment a JOIN graph_member_of m ON m."end" = a.household_id
WHERE m.valid_from < a.valid_to AND (m.valid_to IS NULL OR m.valid_to > a.valid_from)
"""

# The clerk who took the request, for as long after it as the template says.
RECEPTION = """
SELECT coalesce(nullif(r.staff_id, ''), a.staff_id) AS staff_id, r.person_id, r.time AS since,
       r.time + to_minutes($minutes) AS until, r.file || ' ' || r.reception_id AS record
FROM work.reception r
LEFT JOIN work.account a ON r.staff_id = '' AND a.operator = r.operator AND a.kind = 'personal'
  AND work.holds(CAST(r.time AS DATE), a.valid_from, a.valid_to)
"""

# The clerk who issued a certificate, for as long before it; one of the whole household covers its members.
ISSUANCE = """
WITH issued AS (
    SELECT i.*, coalesce(nullif(i.staff_id, ''), a.staff_id) AS clerk,
           i.time - to_minutes($minutes) AS since, i.file || ' ' || i.issuance_id AS record
    FROM work.issuance i
    LEFT JOIN work.account a ON i.staff_id = '' AND a.operator = i.operator AND i.system IN ('', a.system)
      AND a.kind = 'personal' AND work.holds(CAST(i.time AS DATE), a.valid_from, a.valid_to)
)
SELECT clerk AS staff_id, person_id, since, time AS until, record FROM issued WHERE person_id <> ''
UNION ALL
SELECT i.clerk, m.start, i.since, i.time, i.record
FROM issued i JOIN graph_member_of m ON m."end" = i.household_id
  AND work.holds(CAST(i.time AS DATE), m.valid_from, m.valid_to)
"""

JOINS = {"assignment": ASSIGNMENT, "reception": RECEPTION, "issuance": ISSUANCE}

COVER = """
INSERT INTO work.cover
SELECT $rank, $template, staff_id, person_id, since, least(until, $expires), record FROM ({join})
"""

EXPLAINED = """
CREATE TABLE work.explained AS
SELECT row, first.template AS template, first.record AS record FROM (
    SELECT e.row, min(struct_pack(rank := c.rank, record := c.record, template := c.template)) AS first
    FROM work.exposed e
    JOIN work.cover c ON c.staff_id = e.staff_id AND c.person_id = e.person_id AND e.time BETWEEN c.since AND c.until
    WHERE e.class = 'joined' GROUP BY e.row)
"""


def explain(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Make `work.explained`: for each lookup that business accounts for, the first fitting template and its record."""
    con.execute(
        "CREATE TABLE work.cover (rank INTEGER, template VARCHAR, staff_id VARCHAR, person_id VARCHAR,"
        " since TIMESTAMP, until TIMESTAMP, record VARCHAR)"
    )
    for rank, template in enumerate(policy.approved):
        _cover(con, rank, template)
    con.execute(EXPLAINED)


def _cover(con: duckdb.DuckDBPyConnection, rank: int, template: Template) -> None:
    assert template.approved is not None
    join = JOINS[template.id]
    values = {"rank": rank, "template": template.id, "expires": template.approved.expires}
    if "$minutes" in join:
        values["minutes"] = template.minutes
    con.execute(COVER.format(join=join), values)
