"""Kin links that a plain 続柄 states, and what is known of everybody before chains are walked (E2, E5)."""

from graph.steps.step import Stage, Step

PLAIN = """
SELECT head AS anchor, person_id AS member, last, 'stated' AS grade, also, household_id, starts, ends, reg, head_key,
       birth, file, line, seen_until
FROM relation_to_head WHERE steps = 1 AND last NOT IN ('', 'apart')
"""

# The wife's child is no contradiction (Z8), for an adoption may follow.
STEP_PARENTS = "'妻の子', '夫の子', '配偶者の子', '妻(未届)の子', '夫(未届)の子'"
STEP_CHILDREN = "'父の妻', '母の夫'"
OTHERWISE = f"""
WITH said AS (
    SELECT head, person_id FROM relation_to_head WHERE steps >= 2 AND last NOT IN ('', 'apart')
        AND relation NOT IN ({STEP_PARENTS}, {STEP_CHILDREN})
)
SELECT head AS one, person_id AS other FROM said UNION SELECT person_id, head FROM said
"""

# 母の妹 is not the parent of 姉, nor 妻 that of 姉の子, nor 弟の妻 that of 妻の子, whatever a chain seen from another
# head would allow.
UNFIT = """
SELECT DISTINCT a.person_id AS parent, b.person_id AS child
FROM relation_to_head a JOIN relation_to_head b USING (household_id, head)
WHERE a.person_id <> b.person_id AND CASE
    WHEN b.kind = 'affinity' AND b.side = 'spouse' AND b.up = 0 THEN a.kind IN ('blood', 'affinity') AND b.down = 1
    WHEN b.kind <> 'blood' OR b.up = 0 THEN false
    WHEN a.kind = 'blood' THEN NOT (b.up = a.up AND b.down = a.down + 1
        OR a.down = 0 AND b.down = 0 AND b.up = a.up - 1)
    ELSE a.kind IN ('spouse', 'de_facto') END
"""

KNOWN_PARENT = """
SELECT parent, child FROM parent_known UNION SELECT anchor, member FROM plain_link WHERE last = 'child'
UNION SELECT member, anchor FROM plain_link WHERE last = 'parent'
"""

KNOWN_KIN = """
SELECT DISTINCT x, class, y FROM (
    SELECT anchor AS x, last AS class, member AS y FROM plain_link WHERE last IN ('spouse', 'partner', 'sibling')
    UNION ALL SELECT member, last, anchor FROM plain_link WHERE last IN ('spouse', 'partner', 'sibling')
    UNION ALL SELECT parent, 'child', child FROM known_parent UNION ALL SELECT child, 'parent', parent FROM known_parent
    UNION ALL SELECT a, 'spouse', b FROM spouse_known UNION ALL SELECT b, 'spouse', a FROM spouse_known
    UNION ALL SELECT p.child, 'sibling', q.child FROM known_parent p JOIN known_parent q USING (parent)
        WHERE p.child <> q.child
)
"""

TRAIT = """
SELECT person_id, max(sex) AS sex, min(birth) AS birth,
       max_by(left(name_key, length(name_key) - length(given_key)), history_no) AS surname
FROM (
    SELECT person_id, sex, birth, name_key, given_key, history_no FROM spell
    UNION ALL SELECT person_id, sex, birth, name_key, given_key, 0 FROM appearance
) GROUP BY person_id
"""

PLAIN_LINKS = Stage(
    "plain links",
    "What plain terms say, what chains deny, and who is known to be what of whom before any chain is walked.",
    (
        Step("plain_link", PLAIN, why="E2: a plain term says what its member is of the head."),
        Step("denied_link", OTHERWISE,
             why="Whom a chain says to be something else than a plain term would: no other row makes them that."),
        Step("unfit_parent", UNFIT,
             why="E2: two people in one head's words are parent and child only where the words fit."),
        Step("known_parent", KNOWN_PARENT, why="Parents and children by plain terms and by 戸籍."),
        Step("known_kin", KNOWN_KIN, why="Who is a child, spouse, partner, parent or sibling of whom, by the same."),
        Step("trait", TRAIT, why="Sex, birth and surname of everybody whom a register knows."),
    ),
    results=("plain_link", "denied_link", "unfit_parent", "known_kin", "trait"),
)  # fmt: skip
