"""Marriages that 戸籍 states: couples of one register, and what 婚姻, 離婚 and 姻族関係終了 events add."""

import duckdb

# The 筆頭者 and each spouse the register has had; K2 makes everyone else in it their child.
COUPLES = """
CREATE OR REPLACE TEMP TABLE r_wedding AS
WITH owned AS (SELECT i.person_id, e.* FROM r_entry e JOIN r_identity i USING (entry))
SELECT h.person_id AS a, o.person_id AS b,
    CASE WHEN o.entered_by LIKE '%婚姻%' THEN coalesce(o.entered, o.entered_earliest)
        WHEN h.entered_by LIKE '%婚姻%' THEN coalesce(h.entered, h.entered_earliest) END AS day,
    CASE WHEN o.left_by LIKE '%離婚%' THEN coalesce(o.left_on, o.left_on_earliest)
        WHEN h.left_by LIKE '%離婚%' THEN coalesce(h.left_on, h.left_on_earliest) END AS ended,
    CASE WHEN o.left_by LIKE '%離婚%' THEN o.left_for_sure
        WHEN h.left_by LIKE '%離婚%' THEN h.left_for_sure END AS latest,
    o.left_by || h.left_by LIKE '%離婚%' AS parted,
    o.version = 'current' AND o.left_on IS NULL AND o.left_by = '' AND h.left_on IS NULL AND h.left_by = '' AS stands,
    o.file, o.line, o.seen_until
FROM owned h JOIN owned o ON o.reg = h.reg AND o.version = h.version AND o.made IS NOT DISTINCT FROM h.made
WHERE h.is_head AND h.spouse_role <> '' AND o.spouse_role <> '' AND o.spouse_role <> h.spouse_role
    AND h.person_id <> o.person_id AND (h.person_id, o.person_id) NOT IN (SELECT (parent, child) FROM r_parent)
"""

# The other one of a 婚姻 or 離婚 is met in a register of one's own, in the 新戸籍, or in the one the event points to.
# The name there may be the one before the marriage, so the given name decides, but no parent, child or sibling is
# meant. Of registers that name no other, two events of one day that name each other in full are one. A name met nowhere
# is kept as such; it may be a parent's too, whom nobody marries.
OTHERS = """
CREATE OR REPLACE TEMP TABLE r_other AS
WITH events AS (
    SELECT * FROM r_event WHERE event IN ('marriage', 'divorce', 'affinity_end') AND counterpart <> ''
), registers AS (
    SELECT DISTINCT i.person_id, unnest([reg, new_reg]) AS reg FROM r_entry e JOIN r_identity i USING (entry)
    UNION SELECT person_id, other_reg FROM events
), couples AS (
    SELECT a, b FROM r_wedding UNION SELECT b, a FROM r_wedding
), born AS (
    FROM r_parent WHERE nature IN ('birth', 'recognised')
), close AS (
    SELECT parent AS one, child AS other FROM born UNION SELECT child, parent FROM born
    UNION SELECT p.child, q.child FROM born p JOIN born q USING (parent)
), met AS (
    SELECT e.event_no, m.person_id AS other,
        max(m.name_key = e.counterpart OR w.a IS NOT NULL) AS exact
    FROM events e JOIN registers r ON r.person_id = e.person_id AND r.reg <> ''
    JOIN r_met m ON m.reg = r.reg AND m.person_id <> e.person_id AND m.adult AND m.given_key <> ''
        AND ends_with(e.counterpart, m.given_key)
    JOIN r_sex own ON own.person_id = e.person_id
    LEFT JOIN couples w ON w.a = e.person_id AND w.b = m.person_id
    WHERE (own.sex = '' OR m.sex = '' OR own.sex <> m.sex)
        AND (w.a IS NOT NULL OR (e.person_id, m.person_id) NOT IN (FROM close))
    GROUP BY ALL
), told_by_both AS (
    SELECT DISTINCT e.event_no, f.person_id AS other
    FROM events e JOIN events f ON f.event = e.event AND f.day IS NOT DISTINCT FROM e.day
        AND f.person_id <> e.person_id
    JOIN r_met a ON a.person_id = e.person_id AND a.name_key = f.counterpart
    JOIN r_met b ON b.person_id = f.person_id AND b.name_key = e.counterpart
    WHERE e.event_no NOT IN (SELECT event_no FROM met)
), found AS (
    SELECT event_no, other FROM met QUALIFY rank() OVER (PARTITION BY event_no ORDER BY exact DESC) = 1
    UNION ALL FROM told_by_both
), sole AS (
    SELECT * FROM found QUALIFY count(*) OVER (PARTITION BY event_no) = 1
)
SELECT e.*, other IS NULL AS by_name, coalesce(other, CASE
    WHEN (e.person_id, alone) IN (SELECT (child, parent) FROM r_parent)
    THEN 'koseki:' || left(sha256('couple|' || alone), 16) ELSE alone END) AS other,
    CASE own.sex WHEN 'M' THEN 'F' WHEN 'F' THEN 'M' ELSE '' END AS other_sex
FROM (SELECT *, 'koseki:' || left(sha256(
        CASE WHEN other_reg <> '' THEN other_reg ELSE person_id END || '|' || counterpart), 16) AS alone FROM events) e
JOIN r_sex own USING (person_id) LEFT JOIN sole USING (event_no)
WHERE other IS NOT NULL OR e.event_no NOT IN (SELECT event_no FROM met)
"""
SEXES = "CREATE OR REPLACE TEMP TABLE r_sex AS SELECT person_id, max(sex) AS sex FROM r_met GROUP BY person_id"

# One marriage runs from a wedding to the next end; what begins again after an end is another one (A9). An end is a
# span of days, from `day` to `latest`: a narrower one inside a wider one is the same end told better, and where the two
# marry again within it (a year on: registers differ by days) it was before that wedding.
MARRIAGES = """
CREATE OR REPLACE TEMP TABLE r_spouse AS
WITH told AS (
    SELECT least(a, b) AS a, greatest(a, b) AS b, day, ended, latest, parted, '' AS how, stands, file, line, seen_until
    FROM r_wedding
    UNION ALL
    SELECT least(person_id, other), greatest(person_id, other), CASE WHEN event = 'marriage' THEN day END,
        CASE WHEN event <> 'marriage' THEN day END, CASE WHEN event <> 'marriage' THEN latest END, event <> 'marriage',
        CASE WHEN event = 'affinity_end' THEN 'termination' ELSE '' END, false, file, line, seen_until
    FROM r_other
), weddings AS (
    SELECT DISTINCT a, b, day FROM told WHERE day IS NOT NULL
), spans AS (
    SELECT a, b, ended AS day, latest, max(CASE WHEN how = '' THEN 'divorce' ELSE how END) AS ended_by FROM told
    WHERE parted GROUP BY ALL
), dated AS (
    FROM spans s WHERE day IS NOT NULL AND NOT EXISTS (FROM spans n WHERE n.a = s.a AND n.b = s.b
        AND n.day >= s.day AND n.latest <= s.latest AND (n.day, n.latest) <> (s.day, s.latest))
), undated AS (
    SELECT u.a, u.b, min(w.day) AS day, min(u.latest) AS latest, max(u.ended_by) AS ended_by
    FROM spans u LEFT JOIN (SELECT a, b, max(day) AS day FROM dated GROUP BY a, b) d USING (a, b)
    LEFT JOIN weddings w ON w.a = u.a AND w.b = u.b AND w.day >= coalesce(d.day, w.day)
    WHERE u.day IS NULL AND (d.day IS NULL OR (w.day IS NOT NULL AND (u.a, u.b) NOT IN
        (SELECT (a, b) FROM told WHERE stands)))
    GROUP BY u.a, u.b
), ends AS (
    SELECT e.*, least(e.latest, (SELECT min(w.day) FROM weddings w WHERE w.a = e.a AND w.b = e.b
        AND coalesce(e.day < e.latest, true) AND w.day > e.day AND w.day <= coalesce(e.latest, w.day) AND EXISTS (
            FROM weddings v WHERE v.a = w.a AND v.b = w.b AND v.day + INTERVAL 1 YEAR <= w.day))) AS until
    FROM (FROM dated UNION ALL BY NAME FROM undated) e
), placed AS (
    SELECT t.*, (SELECT count(*) FROM ends e WHERE e.a = t.a AND e.b = t.b
        AND e.until <= coalesce(t.day, t.ended - 1, DATE '0001-01-01'))
        AS segment
    FROM told t
), marriages AS (
    SELECT a, b, segment, min(day) AS valid_from, bool_or(stands) AS stands, min_by(file, (file, line)) AS file,
        min_by(line, (file, line)) AS line, CASE WHEN bool_or(seen_until IS NULL) THEN NULL
            ELSE max(seen_until) END AS seen_until
    FROM placed GROUP BY a, b, segment
), ordered AS (
    SELECT *, row_number() OVER (PARTITION BY a, b ORDER BY until) - 1 AS segment FROM ends
)
SELECT m.a, m.b, 'legal' AS nature, 'registered' AS grade, coalesce(m.valid_from, DATE '0001-01-01') AS valid_from,
    o.until AS valid_to, CASE WHEN o.a IS NOT NULL
        THEN nullif(greatest(o.day, m.valid_from, DATE '0001-01-01'), o.until) END AS may_end,
    coalesce(o.ended_by, '') AS ended_by, m.file, m.line, m.seen_until, m.stands
FROM marriages m LEFT JOIN ordered o USING (a, b, segment)
WHERE m.valid_from IS NOT NULL OR o.a IS NOT NULL
    OR (m.a, m.b) NOT IN (SELECT (a, b) FROM marriages WHERE valid_from IS NOT NULL)
"""

# `day` is the last on which somebody may have died, `earliest` the first.
DEATHS = """
CREATE OR REPLACE TEMP TABLE r_death AS
SELECT person_id, coalesce(earliest, DATE '0001-01-01') AS earliest, day FROM (
    SELECT person_id, day AS earliest, latest AS day FROM r_event WHERE event = 'death'
    UNION ALL SELECT i.person_id, coalesce(left_on, left_on_earliest), left_for_sure FROM r_entry JOIN r_identity i
        USING (entry) WHERE left_by LIKE '%死亡%'
    UNION ALL SELECT person_id, starts, starts FROM r_spell WHERE status = 'dead'
) QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY day - earliest, day, earliest) = 1
"""


def write_marriages(con: duckdb.DuckDBPyConnection) -> None:
    """Start `r_spouse` with the marriages of 戸籍, and write `r_death`; needs `koseki_links.write_parents`."""
    for statement in (SEXES, COUPLES, OTHERS, MARRIAGES, DEATHS):
        con.execute(statement)
