"""The other one of a 婚姻, 離婚 or 姻族関係終了 of 戸籍 (A3, K2): met in a register, told by both, or a name."""

from graph.steps.step import Stage, Step

PERSON_SEX = "SELECT person_id, max(sex) AS sex FROM appearance GROUP BY person_id"

# K2 makes everyone else in it their child.
WEDDING = """
SELECT h.person_id AS a, o.person_id AS b,
       CASE WHEN o.entered_by LIKE '%婚姻%' THEN coalesce(o.entered, o.entered_earliest)
            WHEN h.entered_by LIKE '%婚姻%' THEN coalesce(h.entered, h.entered_earliest) END AS day,
       CASE WHEN o.left_by LIKE '%離婚%' THEN coalesce(o.left_on, o.left_on_earliest)
            WHEN h.left_by LIKE '%離婚%' THEN coalesce(h.left_on, h.left_on_earliest) END AS ended,
       CASE WHEN o.left_by LIKE '%離婚%' THEN o.left_for_sure
            WHEN h.left_by LIKE '%離婚%' THEN h.left_for_sure END AS latest,
       o.left_by || h.left_by LIKE '%離婚%' AS parted,
       o.version = 'current' AND o.left_on IS NULL AND o.left_by = '' AND h.left_on IS NULL
           AND h.left_by = '' AS stands,
       o.file, o.line, o.seen_until
FROM owned_entry h
JOIN owned_entry o ON o.reg = h.reg AND o.version = h.version AND o.made IS NOT DISTINCT FROM h.made
WHERE h.is_head AND h.spouse_role <> '' AND o.spouse_role <> '' AND o.spouse_role <> h.spouse_role
    AND h.person_id <> o.person_id
    AND (h.person_id, o.person_id) NOT IN (SELECT (parent, child) FROM parent_registered)
"""

MARRIAGE_EVENT = """
SELECT * FROM life_event WHERE event IN ('marriage', 'divorce', 'affinity_end') AND counterpart <> ''
"""

SPOUSE_REGISTER = """
SELECT DISTINCT person_id, unnest([reg, new_reg]) AS reg FROM owned_entry
UNION SELECT person_id, other_reg FROM marriage_event
"""

NEAR_KIN = """
WITH born AS (
    SELECT parent, child FROM parent_registered WHERE nature IN ('birth', 'recognised')
)
SELECT parent AS one, child AS other FROM born UNION SELECT child, parent FROM born
UNION SELECT p.child, q.child FROM born p JOIN born q USING (parent)
"""

COUNTERPART_MET = """
WITH couples AS (
    SELECT a, b FROM wedding UNION SELECT b, a FROM wedding
)
SELECT e.event_no, m.person_id AS other, max(m.name_key = e.counterpart OR w.a IS NOT NULL) AS exact
FROM marriage_event e JOIN spouse_register r ON r.person_id = e.person_id AND r.reg <> ''
JOIN appearance m ON m.reg = r.reg AND m.person_id <> e.person_id AND m.adult AND m.given_key <> ''
    AND ends_with(e.counterpart, m.given_key)
JOIN person_sex own ON own.person_id = e.person_id
LEFT JOIN couples w ON w.a = e.person_id AND w.b = m.person_id
WHERE (own.sex = '' OR m.sex = '' OR own.sex <> m.sex)
    AND (w.a IS NOT NULL OR (e.person_id, m.person_id) NOT IN (SELECT (one, other) FROM near_kin))
GROUP BY ALL
"""

TOLD_BY_BOTH = """
SELECT DISTINCT e.event_no, f.person_id AS other
FROM marriage_event e JOIN marriage_event f ON f.event = e.event AND f.day IS NOT DISTINCT FROM e.day
    AND f.person_id <> e.person_id
JOIN appearance a ON a.person_id = e.person_id AND a.name_key = f.counterpart
JOIN appearance b ON b.person_id = f.person_id AND b.name_key = e.counterpart
WHERE e.event_no NOT IN (SELECT event_no FROM counterpart_met)
"""

SOLE_COUNTERPART = """
SELECT event_no, other FROM (
    SELECT event_no, other FROM counterpart_met
    QUALIFY rank() OVER (PARTITION BY event_no ORDER BY exact DESC) = 1
    UNION ALL SELECT event_no, other FROM told_by_both
) QUALIFY count(*) OVER (PARTITION BY event_no) = 1
"""

# A name met nowhere may be a parent's too, whom nobody marries.
COUNTERPART = """
SELECT e.*, other IS NULL AS by_name, coalesce(other, CASE
           WHEN (e.person_id, alone) IN (SELECT (child, parent) FROM parent_registered)
           THEN 'koseki:' || left(sha256('couple|' || alone), 16) ELSE alone END) AS other,
       CASE own.sex WHEN 'M' THEN 'F' WHEN 'F' THEN 'M' ELSE '' END AS other_sex
FROM (SELECT *, 'koseki:' || left(sha256(
          CASE WHEN other_reg <> '' THEN other_reg ELSE person_id END || '|' || counterpart), 16) AS alone
      FROM marriage_event) e
JOIN person_sex own USING (person_id) LEFT JOIN sole_counterpart USING (event_no)
WHERE other IS NOT NULL OR e.event_no NOT IN (SELECT event_no FROM counterpart_met)
"""

COUNTERPARTS = Stage(
    "counterparts",
    "Couples of one register, and who the other one of a marriage or its end is.",
    (
        Step("person_sex", PERSON_SEX, why="Of which sex somebody is by the registers that say it."),
        Step("wedding", WEDDING, why="K2: the 筆頭者 and each spouse the register has had."),
        Step("marriage_event", MARRIAGE_EVENT, why="What 身分事項 tell of marriages and their ends."),
        Step("spouse_register", SPOUSE_REGISTER,
             why="K2: where the other one is met: one's own registers, the 新戸籍, the one the event points to."),
        Step("near_kin", NEAR_KIN, why="Parents, children, brothers and sisters, whom nobody marries."),
        Step("counterpart_met", COUNTERPART_MET,
             why="K2: the name may be the one before the marriage, so the given name decides."),
        Step("told_by_both", TOLD_BY_BOTH,
             why="Of registers that name no other, two events of one day that name each other in full are one."),
        Step("sole_counterpart", SOLE_COUNTERPART, why="What fits two is nobody.", kind="VIEW"),
        Step("counterpart", COUNTERPART, why="E9: a name met nowhere is kept as such."),
    ),
    results=("wedding", "counterpart"),
)  # fmt: skip
