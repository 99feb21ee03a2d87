"""What the registers leave unknown (E12): shares and counts that every report reader should see."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from graph.conflicts.score import CERTAIN

LIVING = "SELECT person_id FROM people WHERE status = 'resident'"

SHARES = f"""
SELECT coalesce(avg(CAST(coalesce(mother, false) AS INTEGER)), 0), coalesce(avg(CAST(coalesce(father, false) AS INTEGER)), 0),
       coalesce(avg(CAST(coalesce(firm, false) AS INTEGER)), 0)
FROM ({LIVING}) LEFT JOIN (
    SELECT l."end" AS person_id, bool_or(p.sex = 'F') AS mother, bool_or(p.sex = 'M') AS father,
           bool_or(l.grade IN ('registered', 'stated', 'composed')) AS firm
    FROM parents l JOIN people p ON p.person_id = l.start WHERE NOT p.placeholder GROUP BY ALL
) USING (person_id)
"""  # noqa: E501

HEADLESS = """
SELECT count(*) FROM (
    SELECT "end" FROM members WHERE valid_to IS NULL GROUP BY "end" HAVING NOT bool_or(relation_to_head = '世帯主'))
"""

COUNTS = {
    "residents": "SELECT count(*) FROM people WHERE status = 'resident'",
    "placeholders": "SELECT count(*) FROM people WHERE placeholder",
    "households_without_head": HEADLESS,
    "unspecified_ties": "SELECT count(*) FROM members WHERE valid_to IS NULL AND relation_to_head = '縁故者'",
    "staff": "SELECT count(*) FROM staff",
    "staff_linked": f"SELECT count(DISTINCT start) FROM linked WHERE tier > 0 AND coalesce(p, 1) >= {CERTAIN}",
}

INPUTS = {
    "people": "Person",
    "parents": "PARENT_OF",
    "members": "MEMBER_OF",
    "staff": "Staff",
    "linked": "IDENTIFIED_AS",
}


def coverage(graph: Mapping[str, pa.Table]) -> dict[str, float]:
    """Give the share of residents with a known mother and father, and the counts of what stays open."""
    with duckdb.connect() as con:
        for name, kind in INPUTS.items():
            con.register(name, graph[kind])
        mother, father, firm = con.execute(SHARES).fetchall()[0]
        counts = {name: con.execute(query).fetchall()[0][0] for name, query in COUNTS.items()}
    shares = {"with_mother": mother, "with_father": father, "with_parent_registered_stated_or_composed": firm}
    return {name: round(share, 6) for name, share in shares.items()} | counts
