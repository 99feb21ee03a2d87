"""One human under two ids: known to 戸籍 by name or entry only, and to the resident register by number (E9)."""

import duckdb

# Whom 戸籍 knows but no register ties to a resident is the resident whom 続柄 puts in the same place: under the same
# given name — for an entry also the same birth date — or a foreigner, whose name 戸籍 writes otherwise (K6).
# Nobody is a parent of whom they are not twelve years older than (adoptive: older; 民法793条), whatever the names say.
SAME_PERSON = """
CREATE OR REPLACE TEMP TABLE r_alias AS
WITH foreigners AS (
    SELECT person_id FROM r_spell GROUP BY person_id HAVING bool_and(reg = '')
), parents AS (
    SELECT DISTINCT k.parent AS known, k.text, k.sex, k.by_name, c.parent AS resident, c.grade
    FROM r_koseki_parent k JOIN r_claim c USING (child) WHERE k.role = 'birth' AND k.parent LIKE 'koseki:%'
        AND k.parent <> c.parent
), couples AS (
    SELECT o.other AS known, o.counterpart AS text, o.other_sex AS sex, true AS by_name, t.other AS resident,
        t.grade, m.a IS NOT NULL
        AS stands
    FROM r_other o JOIN (
        SELECT unnest([anchor, member]) AS one, unnest([member, anchor]) AS other, grade FROM r_step
            WHERE last = 'spouse'
    ) t ON t.one = o.person_id
    LEFT JOIN r_spouse m ON m.a = least(o.person_id, o.other) AND m.b = greatest(o.person_id, o.other)
        AND m.valid_to IS NULL
    WHERE o.by_name
), met AS (
    SELECT known, resident FROM (SELECT *, true AS stands FROM parents UNION ALL FROM couples) p
    JOIN r_spell s ON s.person_id = p.resident AND (p.sex = '' OR s.sex IN ('', p.sex))
    WHERE (by_name AND s.given_key <> '' AND ends_with(text, s.given_key))
        OR (by_name AND stands AND grade <> 'probable' AND resident IN (FROM foreigners))
    UNION
    SELECT known, resident FROM parents p JOIN r_met m ON m.person_id = p.known
    JOIN r_spell s ON s.person_id = p.resident AND s.birth = m.birth AND ends_with(s.name_key, m.given_key)
    WHERE NOT by_name AND m.given_key <> ''
), young AS (
    SELECT DISTINCT known, resident FROM met
    JOIN r_koseki_parent k ON k.parent = met.known JOIN r_spell s ON s.person_id = met.resident
    WHERE k.birth < s.birth + CASE k.role WHEN 'birth' THEN INTERVAL 12 YEAR ELSE INTERVAL 1 DAY END
)
SELECT DISTINCT known, resident FROM met ANTI JOIN young USING (known, resident)
QUALIFY count(DISTINCT resident) OVER (PARTITION BY known) = 1
"""
RENAME = """
UPDATE {table} SET {column} = a.resident FROM r_alias a WHERE {column} = a.known
"""
# A wedding and its end, told of one person under two names, are one marriage (A9).
ENDED = """
UPDATE r_spouse w SET valid_to = e.valid_to, ended_by = e.ended_by,
    may_end = CASE WHEN e.may_end IS NOT NULL THEN greatest(e.may_end, w.valid_from) END
FROM (FROM r_spouse WHERE valid_from = DATE '0001-01-01' AND ended_by <> ''
      QUALIFY row_number() OVER (PARTITION BY a, b ORDER BY valid_to, may_end, ended_by) = 1) e
WHERE e.a = w.a AND e.b = w.b AND w.ended_by = '' AND w.valid_from > DATE '0001-01-01'
    AND (e.valid_to IS NULL OR w.valid_from < e.valid_to)
"""
TOLD_TWICE = """
DELETE FROM r_spouse e WHERE valid_from = DATE '0001-01-01' AND EXISTS (
    SELECT 1 FROM r_spouse w WHERE w.a = e.a AND w.b = e.b AND w.valid_from > e.valid_from AND e.ended_by <> ''
        AND w.ended_by = e.ended_by AND w.valid_to IS NOT DISTINCT FROM e.valid_to)
"""
RENAMED = (
    ("r_parent", "parent"),
    ("r_spouse", "a"),
    ("r_spouse", "b"),
    ("r_claim", "parent"),
    ("r_step", "anchor"),
    ("r_step", "member"),
)


def unite(con: duckdb.DuckDBPyConnection) -> None:
    """Write `r_alias(known, resident)` and let every link of the one be the other's."""
    con.execute(SAME_PERSON)
    for table, column in RENAMED:
        con.execute(RENAME.format(table=table, column=column))
    con.execute("UPDATE r_spouse SET a = b, b = a WHERE a > b")
    con.execute(ENDED)
    con.execute(TOLD_TWICE)
