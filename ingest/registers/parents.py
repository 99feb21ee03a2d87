"""Parent links: what 続柄 states beside what 戸籍 states, one link for a pair, the best grade winning (E2, E4, E11)."""

from collections.abc import Iterable, Iterator

import duckdb
import pyarrow as pa

# 子 of a man whose partner (未届) is the child's 筆頭者 or shares its register: recognised, and she is probably the
# mother.
FROM_STEPS = """
CREATE OR REPLACE TEMP TABLE r_claim AS
WITH told AS (
    SELECT anchor AS parent, member AS child, also, grade, birth, reg, head_key, household_id, starts, ends, file,
        line, seen_until
    FROM r_step WHERE last = 'child'
    UNION ALL
    SELECT s.member, s.anchor, '', grade, t.birth, '', '', household_id, starts, ends, file, line, seen_until
    FROM r_step s LEFT JOIN r_trait t ON t.person_id = s.anchor WHERE last = 'parent'
), partners AS (
    SELECT t.child, t.parent, s.member AS mother, t.starts FROM told t JOIN r_step s ON s.anchor = t.parent
        AND s.last = 'partner'
        AND s.household_id = t.household_id AND s.starts <= t.starts AND (s.ends IS NULL OR s.ends > t.starts)
    WHERE t.head_key <> '' AND (t.head_key IN (SELECT name_key FROM r_spell n WHERE n.person_id = s.member)
        OR (t.reg = s.reg AND (t.parent, t.reg) NOT IN (SELECT (person_id, reg) FROM r_met)))
), plain AS (
    SELECT parent, child, CASE
            WHEN also <> '' OR EXISTS (FROM r_refuted r WHERE r.parent = t.parent AND r.child = t.child
                AND r.day < t.starts) THEN 'adoptive'
            WHEN (child, parent) IN (SELECT (p.child, p.parent) FROM partners p) THEN 'recognised'
                ELSE 'birth' END AS nature,
        grade, birth, starts, ends, household_id, file, line, seen_until FROM told t
), couples AS (
    SELECT a, b FROM r_spouse UNION SELECT b, a FROM r_spouse
    UNION SELECT anchor, member FROM r_step WHERE last = 'spouse' AND grade <> 'probable'
    UNION SELECT member, anchor FROM r_step WHERE last = 'spouse' AND grade <> 'probable'
), beside AS (
    SELECT c.b AS parent, p.child, 'birth' AS nature, 'probable' AS grade, p.birth, p.starts, p.ends, p.household_id,
        p.file, p.line, p.seen_until
    FROM plain p JOIN couples c ON c.a = p.parent JOIN r_membership m ON m.person_id = c.b
        AND m.household_id = p.household_id
        AND m.valid_from <= p.starts AND (m.valid_to IS NULL OR m.valid_to > p.starts)
    JOIN r_trait s ON s.person_id = c.b JOIN r_trait o ON o.person_id = p.parent
    WHERE p.grade <> 'probable' AND p.nature = 'birth' AND s.sex <> o.sex AND c.b <> p.child
        AND s.birth + INTERVAL 15 YEAR <= p.birth AND s.birth + INTERVAL 55 YEAR >= p.birth
    UNION ALL
    SELECT mother, p.child, 'birth', 'probable', p.birth, p.starts, p.ends, p.household_id, p.file, p.line, p.seen_until
    FROM plain p JOIN partners USING (child, parent, starts)
)
FROM plain UNION ALL FROM beside
"""

# What 戸籍 says of a child's birth parent settles that sex: a probable or composed other one was a mistake, but 子
# stated of another one must then rest on an adoption (Z8) — as must a second father or mother by 続柄. What only
# follows from a chain gives way to a chain that says the two are something else.
MERGED = """
CREATE OR REPLACE TEMP TABLE r_parent_link AS
WITH registered AS (
    SELECT p.*, t.sex FROM r_parent p LEFT JOIN r_attribute t ON t.person_id = p.parent
), settled AS (
    SELECT DISTINCT child, sex FROM registered WHERE nature IN ('birth', 'recognised') AND sex <> ''
), claims AS (
    SELECT c.*, t.sex, (c.child, t.sex) IN (SELECT (child, sex) FROM settled) AS settled,
        min(starts) FILTER (grade <> 'probable') OVER (PARTITION BY child, t.sex) AS first_said,
        min(starts) OVER (PARTITION BY parent, child) AS said_first
    FROM r_claim c LEFT JOIN r_attribute t ON t.person_id = c.parent
    WHERE (c.parent, c.child) NOT IN (SELECT (parent, child) FROM r_parent)
        AND (grade = 'stated' OR (c.parent, c.child) NOT IN (FROM r_otherwise))
), firm AS (
    SELECT parent, child, CASE
            WHEN nature = 'birth' AND sex <> '' AND (settled OR said_first > first_said) THEN 'adoptive'
                ELSE nature END AS nature,
        grade, sex, birth, min(starts) OVER (PARTITION BY parent, child) AS starts, file, line, seen_until
    FROM claims WHERE grade = 'stated' OR (grade = 'composed' AND NOT settled)
), probable AS (
    SELECT parent, child, nature, grade, sex, birth, starts, file, line, seen_until FROM claims
    WHERE grade = 'probable' AND NOT settled AND (parent, child) NOT IN (SELECT (parent, child) FROM firm)
        AND (parent, child) NOT IN (SELECT (parent, child) FROM r_refuted)
        AND (sex = '' OR (child, sex) NOT IN (SELECT (child, sex) FROM firm WHERE nature <> 'adoptive'))
), together AS (
    SELECT parent, child, nature, grade, valid_from, valid_to, may_end, ended_by, file, line, seen_until FROM registered
    UNION ALL
    SELECT parent, child, nature, grade,
        coalesce(CASE WHEN nature = 'adoptive' THEN starts ELSE birth END, DATE '0001-01-01'),
        NULL, NULL, '', file, line, seen_until
    FROM (FROM firm UNION ALL FROM probable)
), evidence AS (
    SELECT parent, child, bool_or(seen_until IS NULL) AS stands, max(seen_until) AS gone FROM (
        SELECT parent, child, seen_until FROM r_parent UNION ALL SELECT parent, child, seen_until FROM r_claim
    ) GROUP BY ALL
), one AS (
    FROM together
    QUALIFY row_number() OVER (PARTITION BY parent, child, CASE WHEN grade = 'registered' THEN nature ELSE '' END
        ORDER BY CASE grade WHEN 'registered' THEN 0 WHEN 'stated' THEN 1 WHEN 'composed' THEN 2 ELSE 3 END,
            seen_until IS NOT NULL, valid_from, nature, file, line) = 1
)
SELECT o.* EXCLUDE (seen_until, valid_to, ended_by),
    CASE WHEN e.stands OR valid_to <= gone THEN valid_to ELSE gone END AS valid_to,
    CASE WHEN e.stands OR valid_to <= gone THEN ended_by ELSE 'vanished' END AS ended_by
FROM one o JOIN evidence e USING (parent, child)
"""

# Special adoption ends the ties by birth (C6), but not to the parent whose spouse adopts.
SPECIAL = """
UPDATE r_parent_link SET valid_to = s.valid_from, may_end = NULL, ended_by = 'special_adoption'
FROM (SELECT child, min(valid_from) AS valid_from FROM r_parent_link WHERE nature = 'special_adoptive' GROUP BY child) s
WHERE r_parent_link.child = s.child AND nature <> 'special_adoptive' AND (valid_to IS NULL OR valid_to > s.valid_from)
    AND (parent, r_parent_link.child) NOT IN (
        SELECT (m.one, p.child) FROM r_parent_link p JOIN (
            SELECT unnest([a, b]) AS one, unnest([b, a]) AS other, valid_from, valid_to FROM r_spouse_link
        ) m ON m.other = p.parent AND m.valid_from <= p.valid_from AND (m.valid_to IS NULL OR m.valid_to > p.valid_from)
        WHERE p.nature = 'special_adoptive')
"""

# E4: siblings without a known common parent share an anonymous one, however often the register says so.
APART = """
SELECT DISTINCT least(anchor, member) AS a, greatest(anchor, member) AS b FROM r_step s
WHERE last = 'sibling' AND grade <> 'probable' AND NOT EXISTS (
    FROM r_parent_link p JOIN r_parent_link q USING (parent)
    WHERE p.child = s.anchor AND q.child = s.member AND p.grade <> 'probable' AND q.grade <> 'probable')
ORDER BY ALL
"""
ANONYMOUS = """
INSERT INTO r_parent_link BY NAME
SELECT f.parent, f.child, 'birth' AS nature, 'stated' AS grade, coalesce(t.birth, DATE '0001-01-01') AS valid_from,
    CASE WHEN bool_or(s.seen_until IS NULL) THEN NULL ELSE max(s.seen_until) END AS valid_to,
    CASE WHEN bool_or(s.seen_until IS NULL) THEN '' ELSE 'vanished' END AS ended_by,
    min_by(s.file, (s.file, s.line)) AS file, min_by(s.line, (s.file, s.line)) AS line
FROM families f JOIN r_step s ON s.last = 'sibling' AND f.child IN (s.anchor, s.member)
    LEFT JOIN r_trait t ON t.person_id = f.child
GROUP BY f.parent, f.child, t.birth
"""
ANONYMOUS_PERSONS = """
INSERT INTO r_attribute BY NAME
SELECT p.parent AS person_id, '' AS name, '' AS kana, '' AS sex, '' AS birth_text, '' AS status, '' AS address,
    true AS placeholder,
    min_by(p.file, (p.file, p.line)) AS file, min_by(p.line, (p.file, p.line)) AS line
FROM r_parent_link p WHERE p.parent IN (SELECT parent FROM families) GROUP BY p.parent
"""

FAMILY = pa.schema([("parent", pa.string()), ("child", pa.string())])


def write_claims(con: duckdb.DuckDBPyConnection) -> None:
    """Write `r_claim`, the parents that 続柄 states; needs `juki_links.write_steps`."""
    con.execute(FROM_STEPS)


def write_links(con: duckdb.DuckDBPyConnection) -> None:
    """Write `r_parent_link`; needs `r_parent`, `r_claim`, everyone's attributes and the spouse links."""
    con.execute(MERGED)
    con.execute(SPECIAL)
    families = list(_families(con.sql(APART).fetchall()))
    con.register("families", pa.Table.from_pylist(families, schema=FAMILY))
    con.execute(ANONYMOUS)
    con.execute(ANONYMOUS_PERSONS)
    con.unregister("families")


def _families(pairs: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Join siblings of siblings; a family's placeholder is named after its least member, whatever the order of rows."""
    family: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = family.get(a, {a}) | family.get(b, {b})
        family.update(dict.fromkeys(joined, joined))
    for child, members in sorted(family.items()):
        yield {"parent": f"anon:parent-of-{min(members)}", "child": child}
