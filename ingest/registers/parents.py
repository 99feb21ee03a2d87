"""Parent links: what 続柄 states beside what 戸籍 states, one link for a pair, the best grade winning (E2, E4, E11)."""

from graph.steps.step import Stage, Step

SETTLED_SEX = """
SELECT DISTINCT p.child, t.sex FROM parent_united p JOIN person_known t ON t.person_id = p.parent
WHERE p.nature IN ('birth', 'recognised') AND t.sex <> ''
"""

CLAIM_HELD = """
SELECT c.*, t.sex, (c.child, t.sex) IN (SELECT (child, sex) FROM settled_sex) AS settled,
       min(starts) FILTER (grade <> 'probable') OVER (PARTITION BY child, t.sex) AS first_said,
       min(starts) OVER (PARTITION BY parent, child) AS said_first
FROM claim c LEFT JOIN person_known t ON t.person_id = c.parent
WHERE (c.parent, c.child) NOT IN (SELECT (parent, child) FROM parent_united)
    AND (grade = 'stated' OR (c.parent, c.child) NOT IN (SELECT (one, other) FROM denied_link))
"""

CLAIM_FIRM = """
SELECT parent, child, CASE
           WHEN nature = 'birth' AND sex <> '' AND (settled OR said_first > first_said) THEN 'adoptive'
           ELSE nature END AS nature,
       grade, sex, birth, min(starts) OVER (PARTITION BY parent, child) AS starts, file, line, seen_until
FROM claim_held WHERE grade = 'stated' OR (grade = 'composed' AND NOT settled)
"""

CLAIM_PROBABLE = """
SELECT parent, child, nature, grade, sex, birth, starts, file, line, seen_until FROM claim_held
WHERE grade = 'probable' AND NOT settled AND (parent, child) NOT IN (SELECT (f.parent, f.child) FROM claim_firm f)
    AND (parent, child) NOT IN (SELECT (r.parent, r.child) FROM refuted_parent r)
    AND (sex = '' OR (child, sex) NOT IN (SELECT (f.child, f.sex) FROM claim_firm f WHERE f.nature <> 'adoptive'))
"""

PARENT_TOGETHER = """
SELECT parent, child, nature, grade, valid_from, valid_to, may_end, ended_by, file, line, seen_until FROM parent_united
UNION ALL
SELECT parent, child, nature, grade,
       coalesce(CASE WHEN nature = 'adoptive' THEN starts ELSE birth END, DATE '0001-01-01'),
       NULL, NULL, '', file, line, seen_until
FROM (SELECT * FROM claim_firm UNION ALL SELECT * FROM claim_probable)
"""

PARENT_EVIDENCE = """
SELECT parent, child, bool_or(seen_until IS NULL) AS stands, max(seen_until) AS gone FROM (
    SELECT parent, child, seen_until FROM parent_united UNION ALL SELECT parent, child, seen_until FROM claim
) GROUP BY ALL
"""

PARENT_MERGED = """
WITH one AS (
    SELECT * FROM parent_together
    QUALIFY row_number() OVER (PARTITION BY parent, child, CASE WHEN grade = 'registered' THEN nature ELSE '' END
        ORDER BY CASE grade WHEN 'registered' THEN 0 WHEN 'stated' THEN 1 WHEN 'composed' THEN 2 ELSE 3 END,
            seen_until IS NOT NULL, valid_from, nature, file, line) = 1
)
SELECT o.* EXCLUDE (seen_until, valid_to, ended_by),
       CASE WHEN e.stands OR valid_to <= gone THEN valid_to ELSE gone END AS valid_to,
       CASE WHEN e.stands OR valid_to <= gone THEN ended_by ELSE 'vanished' END AS ended_by
FROM one o JOIN parent_evidence e USING (parent, child)
"""

BY_SPECIAL_ADOPTION = """
WITH special AS (
    SELECT parent, child, valid_from FROM parent_merged WHERE nature = 'special_adoptive'
), married AS (
    SELECT unnest([a, b]) AS one, unnest([b, a]) AS other, valid_from, valid_to FROM spouse_link
), kept AS (
    SELECT m.one AS parent, p.child FROM special p JOIN married m ON m.other = p.parent
        AND m.valid_from <= p.valid_from AND (m.valid_to IS NULL OR m.valid_to > p.valid_from)
)
SELECT p.* EXCLUDE (valid_to, may_end, ended_by, stays),
       CASE WHEN s.child IS NULL THEN p.valid_to ELSE s.since END AS valid_to,
       CASE WHEN s.child IS NULL THEN p.may_end END AS may_end,
       CASE WHEN s.child IS NULL THEN p.ended_by ELSE 'special_adoption' END AS ended_by
FROM (SELECT *, nature = 'special_adoptive' OR (parent, child) IN (SELECT (k.parent, k.child) FROM kept k) AS stays
      FROM parent_merged) p
LEFT JOIN (SELECT child, min(valid_from) AS since FROM special GROUP BY child) s
    ON s.child = p.child AND NOT p.stays AND (p.valid_to IS NULL OR p.valid_to > s.since)
"""

PARENTS = Stage(
    "parents",
    "Parent links: 戸籍 and 続柄 together, one link for a pair, the best grade winning.",
    (
        Step("settled_sex", SETTLED_SEX, why="E2: what 戸籍 says of a birth parent settles that sex."),
        Step("claim_held", CLAIM_HELD,
             why="E1: what only follows from a chain gives way to a chain that says the two are something else."),
        Step("claim_firm", CLAIM_FIRM,
             why="Z8: 子 of another than 戸籍 names is adopted, as is a second father's or mother's by 続柄."),
        Step("claim_probable", CLAIM_PROBABLE,
             why="E2: a probable other parent was a mistake where a firm one is known."),
        Step("parent_together", PARENT_TOGETHER, why="Every parent by 戸籍 and by 続柄.", kind="VIEW"),
        Step("parent_evidence", PARENT_EVIDENCE,
             why="Whether any row that says a link still stands in the newest files."),
        Step("parent_merged", PARENT_MERGED, why="E11: one link for a pair, the best grade winning."),
        Step("parent_settled", BY_SPECIAL_ADOPTION,
             why="C6: special adoption ends the ties by birth, but not to the parent whose spouse adopts."),
    ),
    results=("parent_settled",),
)  # fmt: skip
