"""Parents that 続柄 states, and those who probably are: who lived beside a stated parent as their spouse (E2)."""

from graph.steps.step import Stage, Step

CLAIM_TOLD = """
SELECT anchor AS parent, member AS child, also, grade, birth, reg, head_key, household_id, starts, ends, file,
       line, seen_until
FROM link_stated WHERE last = 'child'
UNION ALL
SELECT s.member, s.anchor, '', grade, t.birth, '', '', household_id, starts, ends, file, line, seen_until
FROM link_stated s LEFT JOIN trait t ON t.person_id = s.anchor WHERE last = 'parent'
"""

PARTNERS_CHILD = """
SELECT t.child, t.parent, s.member AS mother, t.starts FROM claim_told t JOIN link_stated s ON s.anchor = t.parent
    AND s.last = 'partner'
    AND s.household_id = t.household_id AND s.starts <= t.starts AND (s.ends IS NULL OR s.ends > t.starts)
WHERE t.head_key <> '' AND (t.head_key IN (SELECT name_key FROM spell n WHERE n.person_id = s.member)
    OR (t.reg = s.reg AND (t.parent, t.reg) NOT IN (SELECT (person_id, reg) FROM appearance)))
"""

CLAIM_PLAIN = """
SELECT parent, child, CASE
           WHEN also <> '' OR EXISTS (SELECT 1 FROM refuted_parent r WHERE r.parent = t.parent AND r.child = t.child
               AND r.day < t.starts) THEN 'adoptive'
           WHEN (child, parent) IN (SELECT (p.child, p.parent) FROM partners_child p) THEN 'recognised'
           ELSE 'birth' END AS nature,
       grade, birth, starts, ends, household_id, file, line, seen_until FROM claim_told t
"""

STATED_COUPLE = """
SELECT a, b FROM spouse_known UNION SELECT b, a FROM spouse_known
UNION SELECT anchor, member FROM link_stated WHERE last = 'spouse' AND grade <> 'probable'
UNION SELECT member, anchor FROM link_stated WHERE last = 'spouse' AND grade <> 'probable'
"""

CLAIM_BESIDE = """
SELECT c.b AS parent, p.child, 'birth' AS nature, 'probable' AS grade, p.birth, p.starts, p.ends, p.household_id,
       p.file, p.line, p.seen_until
FROM claim_plain p JOIN stated_couple c ON c.a = p.parent
JOIN membership m ON m.person_id = c.b AND m.household_id = p.household_id
    AND m.valid_from <= p.starts AND (m.valid_to IS NULL OR m.valid_to > p.starts)
JOIN trait s ON s.person_id = c.b JOIN trait o ON o.person_id = p.parent
WHERE p.grade <> 'probable' AND p.nature = 'birth' AND s.sex <> o.sex AND c.b <> p.child
    AND s.birth + INTERVAL 15 YEAR <= p.birth AND s.birth + INTERVAL 55 YEAR >= p.birth
UNION ALL
SELECT mother, p.child, 'birth', 'probable', p.birth, p.starts, p.ends, p.household_id, p.file, p.line, p.seen_until
FROM claim_plain p JOIN partners_child USING (child, parent, starts)
"""

CLAIM_STATED = "SELECT * FROM claim_plain UNION ALL SELECT * FROM claim_beside"

CLAIMS = Stage(
    "claims",
    "The parents that 続柄 states.",
    (
        Step("claim_told", CLAIM_TOLD, why="Every statement that one is the child or the parent of another."),
        Step("partners_child", PARTNERS_CHILD,
             why="Z9: 子 of a man whose partner (未届) is the child's 筆頭者 or shares its register is theirs."),
        Step("claim_plain", CLAIM_PLAIN,
             why="Z7: a child-in-law written 子 too is adopted; so is 子 after 妻の子."),
        Step("stated_couple", STATED_COUPLE, why="Couples by 戸籍 and by 続柄, not those who are only probable."),
        Step("claim_beside", CLAIM_BESIDE, why="E2: that the head's spouse is the other parent is only probable."),
        Step("claim_stated", CLAIM_STATED, why="Both kinds together.", kind="VIEW"),
    ),
    results=("claim_stated",),
)  # fmt: skip
