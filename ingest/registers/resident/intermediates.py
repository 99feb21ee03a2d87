"""Whom a 続柄 chain leads through (E1): 兄の子 names nobody between, so the brother is looked for, here alone."""

from graph.steps.step import Stage, Step
from japanese.terms import zokugara_words

CHAINED_RELATION = f"""
SELECT *, min(said_on) OVER (PARTITION BY person_id, head, household_id, relation) AS first_said,
       CASE WHEN first_step IN {zokugara_words.MEN} THEN 'M'
            WHEN first_step IN {zokugara_words.WOMEN} THEN 'F' ELSE '' END AS first_sex,
       regexp_matches(prefix, '[子兄姉弟妹]') AS several,
       CASE split_part(relation, 'の', -1) WHEN '妻' THEN 'M' WHEN '夫' THEN 'F' ELSE '' END AS other_sex
FROM relation_to_head WHERE steps >= 2
"""

MEMBER_BETWEEN = """
SELECT c.person_id, c.history_no, s.person_id AS anchor, s.reg FROM chained_relation c
JOIN relation_to_head s ON s.head = c.head AND s.household_id = c.household_id AND s.relation = c.prefix
"""

KIN_BETWEEN = """
SELECT c.person_id, c.history_no, k.y AS anchor FROM chained_relation c JOIN chain f ON f.text = c.first_step
JOIN known_kin k ON k.x = c.head AND k.class = f.last
JOIN trait t ON t.person_id = k.y JOIN trait h ON h.person_id = c.head
WHERE c.steps = 2 AND (c.first_sex = '' OR t.sex IN ('', c.first_sex)) AND CASE
    WHEN c.first_step IN ('兄', '姉') THEN coalesce(t.birth <= h.birth, true)
    WHEN c.first_step IN ('弟', '妹') THEN coalesce(t.birth >= h.birth, true) ELSE true END
"""

POSSIBLE = """
SELECT person_id, history_no, anchor FROM member_between UNION SELECT person_id, history_no, anchor FROM kin_between
"""

CROWDED = """
WITH partners AS (
    SELECT c.household_id, c.head, c.prefix, c.person_id, count(DISTINCT s.anchor) AS own,
           bool_or(c.reg = s.reg OR '' IN (c.reg, s.reg)) AS paired
    FROM chained_relation c LEFT JOIN member_between s ON s.person_id = c.person_id AND s.history_no = c.history_no
    WHERE c.last = 'spouse' GROUP BY ALL
)
SELECT household_id, head, prefix FROM partners GROUP BY ALL
HAVING count(DISTINCT person_id) > max(own) OR NOT bool_and(coalesce(paired, false))
"""

PERSON_REGISTER = "SELECT DISTINCT person_id, reg FROM appearance"

REGISTER_SHARED = """
SELECT DISTINCT x.person_id, y.person_id AS anchor
FROM (SELECT DISTINCT person_id, anchor FROM possible_intermediate) f
JOIN person_register x ON x.person_id = f.person_id
JOIN person_register y ON y.person_id = f.anchor AND y.reg = x.reg
"""

UNMARRIED = """
SELECT person_id FROM spell WHERE person_id NOT IN (SELECT x FROM known_kin WHERE class = 'spouse')
GROUP BY person_id HAVING bool_and(head_key NOT IN ('', name_key))
"""

FITTING = """
SELECT c.*, f.anchor, t.surname, h.surname AS family
FROM possible_intermediate f JOIN chained_relation c USING (person_id, history_no)
JOIN trait t ON t.person_id = f.anchor JOIN trait h ON h.person_id = c.head
WHERE f.anchor NOT IN (c.person_id, c.head)
    AND (f.anchor, c.person_id) NOT IN (SELECT (one, other) FROM denied_link)
    AND (c.other_sex = '' OR t.sex IN ('', c.other_sex)) AND CASE c.last
    WHEN 'child' THEN coalesce(t.birth + INTERVAL 12 YEAR <= c.birth, true)
        AND (f.anchor, c.person_id) NOT IN (SELECT (parent, child) FROM unfit_parent)
    WHEN 'parent' THEN coalesce(c.birth + INTERVAL 12 YEAR <= t.birth, true)
        AND (c.person_id, f.anchor) NOT IN (SELECT (parent, child) FROM unfit_parent) ELSE true END
"""

# A 子の妻 beside no 子 of her register tells that one of the 子 lives elsewhere, and who stands in the parents'
# register and has no spouse (K2) is hardly anybody's parent.
WEIGHED = """
SELECT c.*, (c.person_id, c.anchor) IN (SELECT (person_id, anchor) FROM register_shared)
           OR c.head_key <> '' AND (c.anchor, c.head_key) IN (SELECT (person_id, name_key) FROM spell)
           OR (c.person_id, CASE c.last WHEN 'child' THEN 'parent' WHEN 'parent' THEN 'child' ELSE c.last END,
               c.anchor) IN (SELECT (x, class, y) FROM known_kin) AS evident,
       EXISTS (SELECT 1 FROM membership m WHERE m.person_id = c.anchor AND m.household_id = c.household_id
           AND m.valid_from <= c.first_said AND (m.valid_to IS NULL OR m.valid_to > c.first_said)) AS present,
       regexp_matches(c.prefix, '[夫妻偶]')
           AND EXISTS (SELECT 1 FROM membership m WHERE m.person_id = c.anchor AND m.household_id <> c.household_id
           AND m.valid_from <= c.first_said AND (m.valid_to IS NULL OR m.valid_to > c.first_said)) AS elsewhere,
       (c.household_id, c.head, c.prefix) IN (SELECT (household_id, head, prefix) FROM crowded) OR c.last = 'child'
           AND (c.anchor IN (SELECT person_id FROM unmarried) OR c.several AND c.head_key = c.name_key) AS doubtful
FROM fitting_intermediate c
"""

# Couples of two nationals share a register, so two who never did are none; a child whose 筆頭者 is somebody else of the
# head's name is that one's, not this one's.
INTERMEDIATE = """
SELECT * FROM weighed_intermediate
WHERE evident OR reg = '' OR anchor NOT IN (SELECT person_id FROM person_register)
    OR last <> 'spouse' AND (last <> 'child' OR head_key = name_key OR surname <> family
        OR NOT starts_with(head_key, surname))
QUALIFY rank() OVER (PARTITION BY person_id, history_no ORDER BY evident DESC, present DESC) = 1
"""

INTERMEDIATES = Stage(
    "intermediates",
    "Whom a chain leads through (E1): by the head's words and by known kin, held against 続柄, sex, age and 戸籍.",
    (
        Step("chained_relation", CHAINED_RELATION,
             why="A chain's last term is said of whom its other terms lead to (Z6)."),
        Step("member_between", MEMBER_BETWEEN,
             why="E1: people of the household whom the head calls what the chain begins with."),
        Step("kin_between", KIN_BETWEEN, why="E1: the head's known kin of that sex, older or younger as the word says.",
             kind="VIEW"),
        Step("possible_intermediate", POSSIBLE, why="Whom a chain may lead through."),
        Step("crowded", CROWDED, why="Beside more spouses (子の妻) than such members one of these lives elsewhere."),
        Step("person_register", PERSON_REGISTER, why="The registers in which somebody is met."),
        Step("register_shared", REGISTER_SHARED, why="K5: two in one 戸籍 speak for each other."),
        Step("unmarried", UNMARRIED, why="K2: who stands in the parents' register and has no spouse."),
        Step("fitting_intermediate", FITTING, why="E1: an intermediate must fit by 続柄, sex and age.", kind="VIEW"),
        Step("weighed_intermediate", WEIGHED,
             why="E1: evidence is a register shared, being the 筆頭者, known as just that; then living there.",
             kind="VIEW"),
        Step("intermediate", INTERMEDIATE, why="E1: of those who fit, the ones with the best evidence."),
    ),
    results=("intermediate",),
)  # fmt: skip
