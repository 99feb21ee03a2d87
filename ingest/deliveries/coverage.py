"""What the registers leave unknown (E12): shares and counts that every report reader should see."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from graph.model import Grade
from graph.records.certainty import certain_sql

LIVING = "SELECT person_id FROM people WHERE status = 'resident'"

SHARES = f"""
SELECT coalesce(avg(CAST(coalesce(mother, false) AS INTEGER)), 0),
       coalesce(avg(CAST(coalesce(father, false) AS INTEGER)), 0),
       coalesce(avg(CAST(coalesce(firm, false) AS INTEGER)), 0)
FROM ({LIVING}) LEFT JOIN (
    SELECT l."end" AS person_id, bool_or(p.sex = 'F') AS mother, bool_or(p.sex = 'M') AS father,
           bool_or(l.grade IN ('registered', 'stated', 'composed')) AS firm
    FROM parents l JOIN people p ON p.person_id = l.start WHERE NOT p.placeholder GROUP BY ALL
) USING (person_id)
"""

# By the best grade that any of a resident's parents of that sex has.
BY_GRADE = f"""
SELECT sex, grade, count(*) FROM (
    SELECT l."end", p.sex, arg_min(l.grade, rank) AS grade
    FROM parents l JOIN people p ON p.person_id = l.start JOIN grades g ON g.grade = l.grade
    WHERE NOT p.placeholder AND l."end" IN ({LIVING}) GROUP BY ALL
) GROUP BY ALL
"""

# Chains that lead through somebody whom no register names, and those that only probably lead where they seem to: what a
# 戸籍 of the household would settle.
UNMATCHED = """
SELECT count(DISTINCT m.start) FROM members m WHERE m.valid_to IS NULL AND contains(relation_to_head, 'の') AND EXISTS (
    FROM ties t JOIN people p ON p.person_id = t.other WHERE t.one = m.start AND p.placeholder)
"""
TO_SETTLE = f"""
SELECT count(DISTINCT one) FROM ties JOIN people p ON p.person_id = other
WHERE one IN ({LIVING}) AND (grade = 'probable' OR p.placeholder)
"""

HEADLESS = """
SELECT count(*) FROM (
    SELECT "end" FROM members WHERE valid_to IS NULL GROUP BY "end" HAVING NOT bool_or(relation_to_head = '世帯主'))
"""

COUNTS = {
    "residents": "SELECT count(*) FROM people WHERE status = 'resident'",
    "placeholders": "SELECT count(*) FROM people WHERE placeholder",
    "households_without_head": HEADLESS,
    "unmatched_chains": UNMATCHED,
    "residents_a_koseki_would_settle": TO_SETTLE,
    "united_numbers": "SELECT count(*) FROM people WHERE other_numbers <> ''",
    "unspecified_ties": "SELECT count(*) FROM members WHERE valid_to IS NULL AND relation_to_head = '縁故者'",
    "staff": "SELECT count(*) FROM staff",
    "staff_linked": f"SELECT count(DISTINCT start) FROM linked WHERE tier > 0 AND {certain_sql('p')}",
}

TIES = """
CREATE VIEW ties AS
SELECT start AS one, "end" AS other, grade FROM parents UNION ALL SELECT "end", start, grade FROM parents
UNION ALL SELECT start, "end", grade FROM spouses UNION ALL SELECT "end", start, grade FROM spouses
"""
INPUTS = {
    "people": "Person",
    "parents": "PARENT_OF",
    "spouses": "SPOUSE_OF",
    "members": "MEMBER_OF",
    "staff": "Staff",
    "linked": "IDENTIFIED_AS",
}


def coverage(graph: Mapping[str, pa.Table]) -> dict[str, float]:
    """Give the share of residents with a known mother and father, and the counts of what stays open."""
    with duckdb.connect() as con:
        for name, kind in INPUTS.items():
            con.register(name, graph[kind])
        con.register("grades", pa.table({"grade": list(map(str, Grade)), "rank": range(len(Grade))}))
        con.execute(TIES)
        mother, father, firm = con.execute(SHARES).fetchall()[0]
        counts = {name: con.execute(query).fetchall()[0][0] for name, query in COUNTS.items()}
        graded = {(sex, grade): count for sex, grade, count in con.execute(BY_GRADE).fetchall()}
    shares = {"with_mother": mother, "with_father": father, "with_parent_registered_stated_or_composed": firm}
    shares |= {
        f"with_{parent}_{grade}": graded.get((sex, grade), 0) / (counts["residents"] or 1)
        for parent, sex in (("mother", "F"), ("father", "M"))
        for grade in map(str, Grade)
        if grade != Grade.HINT
    }
    return {name: round(share, 6) for name, share in shares.items()} | counts
