"""What genealogies add to the links of the registers: what the registers know of two people counts."""

from graph.model import UNKNOWN_START
from graph.steps.step import Stage, Step

RENAMED = "coalesce((SELECT person_id FROM tree_match WHERE known = {0}), {0})"

TREE_PARENT_LINK = f"""
SELECT {RENAMED.format("parent")} AS parent,
       {RENAMED.format("child")} AS child, nature,
       coalesce(CASE WHEN nature = 'adoptive' THEN day ELSE c.birth END, DATE '{UNKNOWN_START}') AS valid_from,
       p.file, p.line
FROM tree_parent p JOIN tree_person c ON c.known = p.child
"""

PARENT_KNOWN = """
SELECT * FROM parent_registered
UNION ALL BY NAME
SELECT parent, child, nature, 'registered' AS grade, min(valid_from) AS valid_from, '' AS ended_by,
       min_by(file, (file, line)) AS file, min_by(line, (file, line)) AS line
FROM tree_parent_link t WHERE NOT EXISTS (SELECT 1 FROM parent_registered r
    WHERE r.parent = t.parent AND r.child = t.child
        AND (t.nature = 'birth' OR r.nature IN ('adoptive', 'special_adoptive')))
GROUP BY parent, child, nature
"""

TREE_COUPLE = f"""
WITH named AS (
    SELECT *, {RENAMED.format("a")} AS one,
           {RENAMED.format("b")} AS other
    FROM tree_spouse
)
SELECT * EXCLUDE (a, b), least(one, other) AS a, greatest(one, other) AS b FROM named
"""

SPOUSE_KNOWN = f"""
WITH unregistered AS (
    SELECT least(head, person_id) AS a, greatest(head, person_id) AS b FROM relation_to_head
    WHERE steps = 1 AND last = 'partner'
), added AS (
    SELECT a, b, nature, grade, coalesce(day, DATE '{UNKNOWN_START}') AS valid_from, ended AS valid_to, may_end,
           ended_by, file, line, false AS stands
    FROM tree_couple WHERE (a, b) NOT IN (SELECT (a, b) FROM spouse_registered)
        AND NOT (grade = 'stated' AND nature = 'legal' AND (a, b) IN (SELECT (a, b) FROM unregistered))
    QUALIFY row_number() OVER (PARTITION BY a, b, nature, day ORDER BY ended_by = '', ended, file, line) = 1
)
SELECT * FROM spouse_registered UNION ALL BY NAME SELECT * FROM added
"""

DEATH = f"""
WITH told AS (
    SELECT coalesce(s.person_id, g.known) AS person_id, coalesce(g.death_earliest, DATE '{UNKNOWN_START}') AS earliest,
           g.death AS day
    FROM tree_person g LEFT JOIN tree_match s USING (known) WHERE g.dead
)
SELECT person_id, earliest, day FROM death_registered
UNION ALL
SELECT person_id, earliest, day FROM (
    SELECT * FROM told WHERE person_id NOT IN (SELECT d.person_id FROM death_registered d)
    QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY day - earliest, day) = 1
)
"""

TREE_LINKS = Stage(
    "genealogies",
    "The links of genealogies beside those of the registers.",
    (
        Step("tree_parent_link", TREE_PARENT_LINK, why="Each parent of a genealogy, matched people under their number.",
             kind="VIEW"),
        Step("parent_known", PARENT_KNOWN,
             why="A5: an adoption stands beside a birth that the registers know, a birth does not."),
        Step("tree_couple", TREE_COUPLE,
             why="Each couple of a genealogy, matched people under their number.", kind="VIEW"),
        Step("spouse_known", SPOUSE_KNOWN,
             why="Z9: a marriage that only the record's being there tells is none where a register says 未届."),
        Step("death", DEATH, why="Who has died by the registers, else by a genealogy."),
    ),
    results=("parent_known", "spouse_known", "death"),
)  # fmt: skip
