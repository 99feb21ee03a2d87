"""Kin links that 続柄 states (E1–E5): each row says how its member is related to somebody of the head's family.

A link (anchor, member, last, grade, …) is one such statement: member is `last` (child, spouse, partner, parent or
sibling) of anchor. For a plain term the anchor is the head, for a chain it is whom the chain's other terms lead to.
"""

from graph.steps.step import Stage, Step
from ingest.registers.resident.plain_links import STEP_CHILDREN, STEP_PARENTS

# Composed is what has evidence; or who lives there and is the only one to fit, unless there may be others and the
# member heads a register of their own; or a parent or spouse, of whom there is one, unless a spouse lives elsewhere.
CHAINED = """
SELECT anchor, person_id AS member, last,
       CASE WHEN count(*) OVER (PARTITION BY person_id, history_no) = 1
           AND (evident OR present AND NOT doubtful OR NOT several AND NOT elsewhere)
           THEN 'composed' ELSE 'probable' END AS grade,
       '' AS also, household_id, starts, ends, reg, head_key, birth, file, line, seen_until
FROM intermediate
"""

# Members of one 戸籍 share the one who stands between.
PLACEHOLDER = """
SELECT s.*, 'anon:' || left(sha256(s.head || '|' || s.prefix || '|' || CASE WHEN s.reg <> '' THEN s.reg
           ELSE s.person_id END), 16) AS anon, f.last AS class
FROM relation_to_head s JOIN chain f ON f.text = s.prefix
WHERE s.steps = 2 AND s.last <> ''
    AND (s.person_id, s.history_no) NOT IN (SELECT (person_id, history_no) FROM intermediate)
    AND CASE s.last WHEN 'child' THEN s.person_id NOT IN (SELECT child FROM parent_known)
        WHEN 'spouse' THEN s.person_id NOT IN (SELECT unnest([a, b]) FROM spouse_known) ELSE true END
"""

STATED = """
SELECT * FROM plain_link
UNION ALL SELECT * FROM chained_link
UNION ALL SELECT head, anon, class, 'composed', '', household_id, starts, ends, '', '', NULL, file, line, seen_until
FROM placeholder
UNION ALL SELECT anon, person_id, last, 'composed', '', household_id, starts, ends, reg, head_key, birth, file, line,
       seen_until
FROM placeholder
"""

REFUTED = f"""
SELECT k.y AS parent, c.person_id AS child, c.starts AS day
FROM intermediate c JOIN chain f ON f.text = c.prefix
JOIN known_kin k ON k.x = c.anchor AND k.class IN ('spouse', 'partner')
JOIN membership m ON m.person_id = k.y AND m.household_id = c.household_id
    AND m.valid_from <= c.said_on AND (m.valid_to IS NULL OR m.valid_to > c.said_on)
WHERE c.last = 'child' AND f.last IN ('spouse', 'partner')
UNION SELECT head, person_id, starts FROM relation_to_head
WHERE relation IN ({STEP_PARENTS})
UNION SELECT person_id, head, starts FROM relation_to_head WHERE relation IN ({STEP_CHILDREN})
"""

LINKS = Stage(
    "links",
    "What 続柄 states of kin, each statement between two people.",
    (
        Step("chained_link", CHAINED, why="E1: where several fit each is only probable."),
        Step("placeholder", PLACEHOLDER,
             why="E9: where nobody fits, somebody whom the registers do not name stands between."),
        Step("link_stated", STATED, why="Every statement: plain terms, chains, and through whom nobody names."),
        Step("refuted_parent", REFUTED,
             why="E5: 妻の子 is no child of the head, nor 父の妻 their mother, from that day on."),
    ),
    results=("link_stated", "placeholder", "refuted_parent"),
)  # fmt: skip
