"""Kin links that 続柄 states (E1–E5): each row says how its member is related to somebody of the head's family.

`r_step(anchor, member, last, grade, …)` is one such statement: member is `last` (child, spouse, partner, parent or
sibling) of anchor. For a plain term the anchor is the head, for a chain it is whom the chain's other terms lead to.
"""

import duckdb

PLAIN = """
CREATE OR REPLACE TEMP TABLE r_step AS
SELECT head AS anchor, person_id AS member, last, 'stated' AS grade, also, household_id, starts, ends, reg, head_key,
    birth, file, line, seen_until
FROM r_said WHERE steps = 1 AND last NOT IN ('', 'apart')
"""

# Head and member whom a chain says to be something else than a plain term would: no other row makes them that. The
# wife's child is no contradiction (Z8), for an adoption may follow.
STEP_PARENTS = "'妻の子', '夫の子', '配偶者の子', '妻(未届)の子', '夫(未届)の子'"
STEP_CHILDREN = "'父の妻', '母の夫'"
OTHERWISE = f"""
CREATE OR REPLACE TEMP TABLE r_otherwise AS
WITH said AS (
    SELECT head, person_id FROM r_said WHERE steps >= 2 AND last NOT IN ('', 'apart')
        AND relation NOT IN ({STEP_PARENTS}, {STEP_CHILDREN})
)
SELECT head AS one, person_id AS other FROM said UNION SELECT person_id, head FROM said
"""

# E2: two people in one head's words are parent and child only where the words fit: 母の妹 is not the parent of 姉, nor
# 妻 that of 姉の子, nor 弟の妻 that of 妻の子, whatever a chain seen from another head would allow.
UNFIT = """
CREATE OR REPLACE TEMP TABLE r_unfit AS
SELECT DISTINCT a.person_id AS parent, b.person_id AS child FROM r_said a JOIN r_said b USING (household_id, head)
WHERE a.person_id <> b.person_id AND CASE
    WHEN b.kind = 'affinity' AND b.side = 'spouse' AND b.up = 0 THEN a.kind IN ('blood', 'affinity') AND b.down = 1
    WHEN b.kind <> 'blood' OR b.up = 0 THEN false
    WHEN a.kind = 'blood' THEN NOT (b.up = a.up AND b.down = a.down + 1
        OR a.down = 0 AND b.down = 0 AND b.up = a.up - 1)
    ELSE a.kind IN ('spouse', 'de_facto') END
"""

# Who is a child, spouse, partner, parent or sibling of whom, from plain terms and from 戸籍: candidates for a chain.
KNOWN = """
CREATE OR REPLACE TEMP TABLE r_known AS
WITH parents AS (
    SELECT parent, child FROM r_parent UNION SELECT anchor, member FROM r_step WHERE last = 'child'
    UNION SELECT member, anchor FROM r_step WHERE last = 'parent'
)
SELECT DISTINCT x, class, y FROM (
    SELECT anchor AS x, last AS class, member AS y FROM r_step WHERE last IN ('spouse', 'partner', 'sibling')
    UNION ALL SELECT member, last, anchor FROM r_step WHERE last IN ('spouse', 'partner', 'sibling')
    UNION ALL SELECT parent, 'child', child FROM parents UNION ALL SELECT child, 'parent', parent FROM parents
    UNION ALL SELECT a, 'spouse', b FROM r_spouse UNION ALL SELECT b, 'spouse', a FROM r_spouse
    UNION ALL SELECT p.child, 'sibling', q.child FROM parents p JOIN parents q USING (parent) WHERE p.child <> q.child
)
"""
TRAITS = """
CREATE OR REPLACE TEMP TABLE r_trait AS
SELECT person_id, max(sex) AS sex, min(birth) AS birth,
    max_by(left(name_key, length(name_key) - length(given_key)), history_no) AS surname FROM (
    SELECT person_id, sex, birth, name_key, given_key, history_no FROM r_spell
    UNION ALL SELECT person_id, sex, birth, name_key, given_key, 0 FROM r_met
) GROUP BY person_id
"""

# E1: an intermediate must fit by 続柄, sex and age. Couples of two nationals share a register, so two who never did
# are none;
# a child whose 筆頭者 is somebody else of the head's name is that one's, not this one's.
# Evidence for one of several: a register shared with the member, being the member's 筆頭者, or known as just that; then
# living there when it was first said. A 子の妻 beside no 子 of her register tells that one of the
# 子 lives elsewhere, and who stands in the parents' register and has no spouse (K2) is hardly anybody's parent.
CANDIDATES = """
CREATE OR REPLACE TEMP TABLE r_candidate AS
WITH chains AS (
    SELECT *, min(said_on) OVER (PARTITION BY person_id, head, household_id, relation) AS first_said,
        CASE WHEN first_step IN ('夫', '父', '兄', '弟', '兄弟', '夫(未届)') THEN 'M'
            WHEN first_step IN ('妻', '母', '姉', '妹', '姉妹', '妻(未届)') THEN 'F' ELSE '' END AS first_sex,
        regexp_matches(prefix, '[子兄姉弟妹]') AS several,
        CASE split_part(relation, 'の', -1) WHEN '妻' THEN 'M' WHEN '夫' THEN 'F' ELSE '' END AS other_sex
    FROM r_said WHERE steps >= 2
), found AS (
    SELECT c.person_id, c.history_no, s.person_id AS anchor FROM chains c
    JOIN r_said s ON s.head = c.head AND s.household_id = c.household_id AND s.relation = c.prefix
    UNION
    SELECT c.person_id, c.history_no, k.y FROM chains c JOIN r_chain f ON f.text = c.first_step
    JOIN r_known k ON k.x = c.head AND k.class = f.last JOIN r_trait t ON t.person_id = k.y
        JOIN r_trait h ON h.person_id = c.head
    WHERE c.steps = 2 AND (c.first_sex = '' OR t.sex IN ('', c.first_sex)) AND CASE
        WHEN c.first_step IN ('兄', '姉') THEN coalesce(t.birth <= h.birth, true)
        WHEN c.first_step IN ('弟', '妹') THEN coalesce(t.birth >= h.birth, true) ELSE true END
), partners AS (
    SELECT c.household_id, c.head, c.prefix, c.person_id, count(DISTINCT s.person_id) AS own,
        bool_or(c.reg = s.reg OR '' IN (c.reg, s.reg)) AS paired
    FROM chains c LEFT JOIN r_said s ON s.household_id = c.household_id AND s.head = c.head AND s.relation = c.prefix
    WHERE c.last = 'spouse' GROUP BY ALL
), crowded AS (
    SELECT household_id, head, prefix FROM partners GROUP BY ALL
    HAVING count(DISTINCT person_id) > max(own) OR NOT bool_and(coalesce(paired, false))
), registers AS (
    SELECT DISTINCT person_id, reg FROM r_met
), unmarried AS (
    SELECT person_id FROM r_spell WHERE person_id NOT IN (SELECT x FROM r_known WHERE class = 'spouse')
    GROUP BY person_id HAVING bool_and(head_key NOT IN ('', name_key))
), shared AS (
    SELECT DISTINCT x.person_id, y.person_id AS anchor FROM (SELECT DISTINCT person_id, anchor FROM found) f
    JOIN registers x ON x.person_id = f.person_id JOIN registers y ON y.person_id = f.anchor AND y.reg = x.reg
), fitting AS (
    SELECT c.*, f.anchor, t.surname, h.surname AS family, (c.person_id, f.anchor) IN (FROM shared)
            OR c.head_key <> '' AND (f.anchor, c.head_key) IN (SELECT (person_id, name_key) FROM r_spell)
            OR (c.person_id, CASE c.last WHEN 'child' THEN 'parent' WHEN 'parent' THEN 'child' ELSE c.last END,
                f.anchor) IN (FROM r_known) AS evident,
        EXISTS (FROM r_membership m WHERE m.person_id = f.anchor AND m.household_id = c.household_id
            AND m.valid_from <= c.first_said AND (m.valid_to IS NULL OR m.valid_to > c.first_said)) AS present,
        regexp_matches(c.prefix, '[夫妻偶]')
            AND EXISTS (FROM r_membership m WHERE m.person_id = f.anchor AND m.household_id <> c.household_id
            AND m.valid_from <= c.first_said AND (m.valid_to IS NULL OR m.valid_to > c.first_said)) AS elsewhere,
        (c.household_id, c.head, c.prefix) IN (FROM crowded) OR c.last = 'child'
            AND (f.anchor IN (FROM unmarried) OR c.several AND c.head_key = c.name_key) AS doubtful
    FROM found f JOIN chains c USING (person_id, history_no) JOIN r_trait t ON t.person_id = f.anchor
    JOIN r_trait h ON h.person_id = c.head
    WHERE f.anchor NOT IN (c.person_id, c.head) AND (f.anchor, c.person_id) NOT IN (FROM r_otherwise)
        AND (c.other_sex = '' OR t.sex IN ('', c.other_sex)) AND CASE c.last
        WHEN 'child' THEN coalesce(t.birth + INTERVAL 12 YEAR <= c.birth, true)
            AND (f.anchor, c.person_id) NOT IN (FROM r_unfit)
        WHEN 'parent' THEN coalesce(c.birth + INTERVAL 12 YEAR <= t.birth, true)
            AND (c.person_id, f.anchor) NOT IN (FROM r_unfit) ELSE true END
)
SELECT * FROM fitting
WHERE evident OR reg = '' OR anchor NOT IN (SELECT person_id FROM registers)
    OR last <> 'spouse' AND (last <> 'child' OR head_key = name_key OR surname <> family
        OR NOT starts_with(head_key, surname))
QUALIFY rank() OVER (PARTITION BY person_id, history_no ORDER BY evident DESC, present DESC) = 1
"""

# Composed is what has evidence; or who lives there and is the only one to fit, unless there may be others and the
# member heads a register of their own; or a parent or spouse, of whom there is one, unless a spouse lives elsewhere.
CHAINED = """
INSERT INTO r_step
SELECT anchor, person_id, last,
    CASE WHEN count(*) OVER (PARTITION BY person_id, history_no) = 1
        AND (evident OR present AND NOT doubtful OR NOT several AND NOT elsewhere)
        THEN 'composed' ELSE 'probable' END,
    '', household_id, starts, ends, reg, head_key, birth, file, line, seen_until
FROM r_candidate
"""

# E1, E9: nobody fits, so somebody whom the registers do not name stands between; members of one 戸籍 share that one.
PLACEHOLDERS = """
CREATE OR REPLACE TEMP TABLE r_placeholder AS
SELECT s.*, 'anon:' || left(sha256(s.head || '|' || s.prefix || '|' || CASE WHEN s.reg <> '' THEN s.reg
    ELSE s.person_id END), 16)
    AS anon, f.last AS class
FROM r_said s JOIN r_chain f ON f.text = s.prefix
WHERE s.steps = 2 AND s.last <> ''
    AND (s.person_id, s.history_no) NOT IN (SELECT (person_id, history_no) FROM r_candidate)
    AND CASE s.last WHEN 'child' THEN s.person_id NOT IN (SELECT child FROM r_parent)
        WHEN 'spouse' THEN s.person_id NOT IN (SELECT unnest([a, b]) FROM r_spouse) ELSE true END
"""
THROUGH_PLACEHOLDERS = """
INSERT INTO r_step
SELECT head, anon, class, 'composed', '', household_id, starts, ends, '', '', NULL, file, line, seen_until
    FROM r_placeholder
UNION ALL
SELECT anon, person_id, last, 'composed', '', household_id, starts, ends, reg, head_key, birth, file, line, seen_until
FROM r_placeholder
"""

# Who is said *not* to be a parent, from a day on: 妻の子 is no child of the head (E5), 父の妻 no mother of the head.
REFUTED = f"""
CREATE OR REPLACE TEMP TABLE r_refuted AS
SELECT k.y AS parent, c.person_id AS child, c.starts AS day FROM r_candidate c JOIN r_chain f ON f.text = c.prefix
JOIN r_known k ON k.x = c.anchor AND k.class IN ('spouse', 'partner')
JOIN r_membership m ON m.person_id = k.y AND m.household_id = c.household_id
    AND m.valid_from <= c.said_on AND (m.valid_to IS NULL OR m.valid_to > c.said_on)
WHERE c.last = 'child' AND f.last IN ('spouse', 'partner')
UNION SELECT head, person_id, starts FROM r_said WHERE relation IN
    ({STEP_PARENTS})
UNION SELECT person_id, head, starts FROM r_said WHERE relation IN ({STEP_CHILDREN})
"""


def write_steps(con: duckdb.DuckDBPyConnection) -> None:
    """Write `r_step`, `r_known`, `r_refuted`, `r_otherwise`, `r_placeholder`; needs spells and the links of 戸籍."""
    for statement in (PLAIN, OTHERWISE, UNFIT, KNOWN, TRAITS, CANDIDATES, CHAINED):
        con.execute(statement)
    for statement in (PLACEHOLDERS, THROUGH_PLACEHOLDERS, REFUTED):
        con.execute(statement)
