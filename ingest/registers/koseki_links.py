"""Kin links that 戸籍 states: parents, adoptions, recognitions; all graded registered."""

import duckdb

# 身分事項 of one person, the same event of several registers once. A register may hold two of one given name: then age
# decides, who had left by then, and whose entry begins or ends on that day; what still fits two is nobody's.
# `day` is the first on which it may have been, `latest` the last: of a day nobody knows, when the register spoke of it.
EVENTS = """
CREATE OR REPLACE TEMP TABLE r_event AS
WITH owned AS (
    SELECT i.person_id, e.reg, e.given_key, e.version, min(coalesce(birth, birth_earliest)) AS birth,
        list(entered) || list(left_on) AS days, max(coalesce(left_on, DATE '9999-12-31')) AS until
    FROM r_entry e JOIN r_identity i USING (entry) GROUP BY ALL
), keyed AS (
    SELECT v.event, coalesce(v.happened, v.happened_earliest, v.notified, v.notified_earliest) AS day,
        coalesce(v.happened, least(v.happened_latest, v.notified, v.notified_latest), d.spoken) AS latest,
        c.key AS counterpart,
        v.counterpart AS counterpart_text, v.file, v.line, v.source, v.seen_until, v.version,
        register_key(p.key, h.key) AS reg,
        g.key AS given_key, register_key(cp.key, ch.key) AS other_reg
    FROM koseki_event v
    JOIN r_place p ON p.text = v.honseki JOIN r_name h ON h.text = v.register_head
        JOIN r_name g ON g.text = v.given_name
    JOIN r_name c ON c.text = v.counterpart
    JOIN r_place cp ON cp.text = v.counterpart_honseki JOIN r_name ch ON ch.text = v.counterpart_head
    LEFT JOIN r_delivered d ON d.source = v.source AND d.file = v.file
), held AS (
    SELECT o.person_id, k.* FROM keyed k JOIN owned o USING (reg, given_key, version)
    WHERE (o.birth IS NULL OR k.day IS NULL OR CASE k.event
        WHEN 'marriage' THEN o.birth + INTERVAL 15 YEAR <= k.day WHEN 'recognition' THEN true ELSE o.birth <= k.day END)
        AND (k.day IS NULL OR k.day <= o.until)
    QUALIFY rank() OVER (
        PARTITION BY k.file, k.line, k.source ORDER BY coalesce(list_contains(o.days, k.day), false) DESC
    ) = 1
), sure AS (
    FROM held QUALIFY count(*) OVER (PARTITION BY file, line, source) = 1
)
SELECT row_number() OVER (ORDER BY person_id, event, day, counterpart) AS event_no, person_id, event, day,
    greatest(day, min(latest)) AS latest, counterpart, min(counterpart_text) AS counterpart_text,
    max(other_reg) AS other_reg,
    min_by(file, (file, line)) AS file, min_by(line, (file, line)) AS line,
    CASE WHEN bool_or(seen_until IS NULL) THEN NULL ELSE max(seen_until) END AS seen_until
FROM sure GROUP BY person_id, event, day, counterpart
"""

# After a special adoption (民法817条の9) the register names the adoptive parents as 父 and 母.
PARENT_TEXTS = """
CREATE OR REPLACE TEMP TABLE r_parent_text AS
WITH special AS (
    SELECT person_id, min(day) AS day FROM r_event WHERE event = 'special_adoption' GROUP BY person_id
), owned AS (
    SELECT i.person_id, e.*, coalesce(s.day <= coalesce(entered, made), false)
        AND adoptive_father || adoptive_mother = '' AS replaced
    FROM r_entry e JOIN r_identity i USING (entry) LEFT JOIN special s ON s.person_id = i.person_id
)
SELECT person_id, unnest([
        {'role': CASE WHEN replaced THEN 'adoptive' ELSE 'birth' END, 'sex': 'M', 'text': father_key, 'name': father},
        {'role': CASE WHEN replaced THEN 'adoptive' ELSE 'birth' END, 'sex': 'F', 'text': mother_key, 'name': mother},
        {'role': 'adoptive', 'sex': 'M', 'text': adoptive_father_key, 'name': adoptive_father},
        {'role': 'adoptive', 'sex': 'F', 'text': adoptive_mother_key, 'name': adoptive_mother}
    ], recursive := true),
    coalesce(birth, birth_earliest) AS birth, entry, entered, entered_by, reg, prior_reg, file, line, seen_until,
    CASE WHEN entered_by LIKE '%出生%' OR prior_reg = '' THEN reg ELSE prior_reg END AS home,
    (CASE WHEN entered_by LIKE '%出生%' THEN 0 ELSE 1 END, coalesce(entered, made, DATE '9999-01-01'),
        entry) AS entry_order
FROM owned
"""

# A name stands for a person met in one of the child's registers or in one that an event points to (K3): a full match
# before one of the given name alone (a mother's surname changes), which says nothing in a register that is pointed to:
# there the father's wife may have it; nor does a 筆頭者's own wife of that name. The resident register does not tell a
# 筆頭者's wife from a daughter of her name.
PARENTS_MET = """
CREATE OR REPLACE TEMP TABLE r_parent_met AS
WITH registers AS (
    SELECT DISTINCT person_id, unnest([reg, prior_reg]) AS reg, false AS pointed FROM r_parent_text
    UNION SELECT person_id, other_reg, true FROM r_event WHERE event IN ('recognition', 'adoption', 'special_adoption')
), wanted AS (
    SELECT DISTINCT person_id, role, t.sex, text, birth, registers.reg, pointed FROM r_parent_text t
        JOIN registers USING (person_id)
    WHERE text <> '' AND registers.reg <> ''
), couples AS (
    SELECT a.person_id, b.person_id AS spouse FROM r_entry x JOIN r_entry y ON y.reg = x.reg AND y.entry <> x.entry
        AND y.version = x.version AND x.is_head AND x.spouse_role <> '' AND y.spouse_role <> ''
    JOIN r_identity a ON a.entry = x.entry JOIN r_identity b ON b.entry = y.entry
    UNION SELECT head, person_id FROM r_said WHERE steps = 1 AND last IN ('spouse', 'partner')
), met AS (
    SELECT w.person_id, w.role, w.sex, w.text, m.person_id AS parent, max(w.text IN (m.name_key, m.given_key)) AS exact
    FROM wanted w JOIN r_met m ON m.reg = w.reg AND m.person_id <> w.person_id AND (m.adult OR w.pointed)
        AND m.sex IN ('', w.sex)
        AND (w.text = m.name_key OR (m.given_key <> '' AND ends_with(w.text, m.given_key) AND NOT w.pointed))
        AND (m.birth IS NULL OR w.birth IS NULL OR m.birth + CASE WHEN w.role <> 'birth' THEN INTERVAL 1 DAY
            WHEN m.source = 1 THEN INTERVAL 16 YEAR ELSE INTERVAL 12 YEAR END <= w.birth)
        AND (w.person_id, m.person_id) NOT IN (FROM couples)
    GROUP BY ALL
)
SELECT person_id, role, sex, text, parent FROM met
QUALIFY rank() OVER (PARTITION BY person_id, role, sex, text ORDER BY exact DESC) = 1
"""

# Who is met nowhere is a person known by name, keyed by register and name so that siblings share it; of the several
# spellings of one unmet birth parent only that of the first entry counts.
PARENTS = """
CREATE OR REPLACE TEMP TABLE r_koseki_parent AS
WITH sole AS (
    SELECT * FROM r_parent_met QUALIFY count(*) OVER (PARTITION BY person_id, role, sex, text) = 1
), stated AS (
    SELECT t.person_id AS child, t.role, t.sex, t.text, sole.parent, min(t.name) AS name,
        min_by(t.home, entry_order) AS home,
        min(birth) AS birth, min(entered) FILTER (entered_by LIKE '%縁組%') AS entered, min(entry_order) AS entry_order,
        min_by(file, entry_order) AS file, min_by(line, entry_order) AS line,
        CASE WHEN bool_or(seen_until IS NULL) THEN NULL ELSE max(seen_until) END AS seen_until
    FROM r_parent_text t LEFT JOIN sole USING (person_id, role, sex, text)
    WHERE t.text <> '' AND (sole.parent IS NOT NULL OR (t.person_id, t.role, t.sex, t.text) NOT IN
        (SELECT (person_id, role, sex, text) FROM r_parent_met))
    GROUP BY ALL
)
SELECT * EXCLUDE (parent), coalesce(parent, 'koseki:' || left(sha256(home || '|' || text), 16)) AS parent,
    parent IS NULL AS by_name
FROM stated
QUALIFY row_number() OVER (PARTITION BY child, role, sex, CASE WHEN role = 'birth' THEN '' ELSE text END
    ORDER BY parent IS NULL, entry_order, text) = 1
"""

# 縁組 and 認知 as the other side's register tells them: the older of the two is the parent. Of a 婿養子 the wife's own
# register tells both on one day; nobody adopts whom they marry. Who is named as 養父 or 養母 is known already.
FROM_EVENTS = """
CREATE OR REPLACE TEMP TABLE r_event_parent AS
WITH ages AS (
    SELECT person_id, min(birth) AS birth, max(sex) AS sex FROM r_met GROUP BY person_id
), named AS (
    SELECT child, text FROM r_koseki_parent WHERE role = 'adoptive'
), met AS (
    SELECT DISTINCT e.person_id, m.person_id AS other, e.event, e.day, e.file, e.line, e.seen_until
    FROM r_event e JOIN r_met m ON m.reg = e.other_reg AND m.person_id <> e.person_id
        AND (e.counterpart = m.name_key OR (m.given_key <> '' AND ends_with(e.counterpart, m.given_key)))
    WHERE e.event IN ('recognition', 'adoption', 'special_adoption') AND NOT EXISTS (FROM r_event w
        WHERE w.event = 'marriage' AND w.person_id = e.person_id AND w.counterpart = e.counterpart)
        AND (e.person_id, e.counterpart) NOT IN (FROM named) AND NOT EXISTS (FROM r_met own
            WHERE own.person_id = e.person_id AND (m.person_id, own.name_key) IN (FROM named))
    QUALIFY count(DISTINCT m.person_id) OVER (PARTITION BY e.person_id, e.event, e.day, e.counterpart) = 1
)
SELECT CASE WHEN a.birth < b.birth THEN met.person_id ELSE other END AS parent,
    CASE WHEN a.birth < b.birth THEN other ELSE met.person_id END AS child,
    event, min(day) AS day, greatest(a.birth, b.birth) AS birth, min_by(met.file, (met.file, line)) AS file,
    min_by(line, (met.file, line)) AS line, CASE WHEN bool_or(seen_until IS NULL) THEN NULL
        ELSE max(seen_until) END AS seen_until
FROM met JOIN ages a ON a.person_id = met.person_id JOIN ages b ON b.person_id = other
WHERE a.birth <> b.birth AND (event <> 'recognition' OR abs(a.birth - b.birth) >= 12 * 365)
GROUP BY ALL
"""
CLAIMS = """
CREATE OR REPLACE TEMP TABLE r_parent AS
WITH adopted AS (
    SELECT person_id, counterpart, event, min(day) AS day FROM r_event
        WHERE event IN ('adoption', 'special_adoption') GROUP BY ALL
), dated AS (
    SELECT k.child, k.text, k.sex, coalesce(
            min_by(a.event, coalesce(a.day, DATE '9999-12-31')) FILTER (a.counterpart = k.text),
            min_by(a.event, coalesce(a.day, DATE '9999-12-31')), 'adoption') AS event,
        coalesce(min(a.day) FILTER (a.counterpart = k.text), min(a.day), k.entered) AS day
    FROM r_koseki_parent k LEFT JOIN adopted a ON a.person_id = k.child WHERE k.role = 'adoptive'
    GROUP BY k.child, k.text, k.sex, k.entered
), recognised AS (
    SELECT DISTINCT person_id AS child FROM r_event r WHERE event = 'recognition'
        AND NOT EXISTS (FROM r_event_parent p WHERE p.parent = r.person_id AND p.event = 'recognition')
), stated AS (
    SELECT parent, child, CASE
            WHEN role = 'adoptive' THEN CASE WHEN event = 'special_adoption' THEN 'special_adoptive' ELSE 'adoptive' END
            WHEN k.sex = 'M' AND child IN (FROM recognised) THEN 'recognised' ELSE 'birth' END AS nature,
        CASE WHEN role = 'adoptive' THEN d.day ELSE birth END AS valid_from, file, line, seen_until
    FROM r_koseki_parent k LEFT JOIN dated d USING (child, text, sex)
), told AS (
    SELECT parent, child, CASE event WHEN 'recognition' THEN 'recognised' WHEN 'adoption' THEN 'adoptive'
            ELSE 'special_adoptive' END AS nature,
        CASE WHEN event = 'recognition' THEN birth ELSE day END AS valid_from, file, line, seen_until
    FROM r_event_parent WHERE (parent, child) NOT IN (SELECT (parent, child) FROM stated)
)
SELECT parent, child, nature, 'registered' AS grade, coalesce(valid_from, DATE '0001-01-01') AS valid_from,
    NULL::DATE AS valid_to, NULL::DATE AS may_end, '' AS ended_by, file, line, seen_until, NULL::DATE AS said
FROM (FROM stated UNION ALL FROM told)
"""

# 離縁 as either side's register tells it; without a name it ends every adoption of that person, and so does an entry
# that was left by 離縁 where no 身分事項 says it.
DISSOLUTIONS = """
UPDATE r_parent SET valid_to = d.latest, may_end = nullif(greatest(d.day, d.valid_from), d.latest),
    ended_by = 'dissolution'
FROM (
    WITH events AS (
        SELECT person_id, counterpart, day, latest FROM r_event WHERE event = 'dissolution'
    ), told AS (
        FROM events UNION ALL
        SELECT i.person_id, '', coalesce(left_on, left_on_earliest), left_for_sure FROM r_entry JOIN r_identity i
            USING (entry)
        WHERE left_by LIKE '%離縁%' AND i.person_id NOT IN (SELECT person_id FROM events)
    )
    SELECT parent, child, valid_from, e.day, e.latest FROM (
        SELECT parent, child, valid_from, unnest([parent, child]) AS one, unnest([child, parent]) AS other
        FROM r_parent WHERE nature = 'adoptive'
    ) p JOIN told e ON e.person_id = p.one AND (e.latest IS NULL OR e.latest > p.valid_from)
    LEFT JOIN r_called c ON c.person_id = p.other AND ends_with(e.counterpart, c.given_key)
    WHERE e.counterpart = '' OR c.person_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY parent, child, valid_from ORDER BY e.day, e.latest) = 1
) d
WHERE r_parent.parent = d.parent AND r_parent.child = d.child AND r_parent.valid_from = d.valid_from
    AND nature = 'adoptive'
"""
# The given names (of people known by name: the whole) that a counterpart's name may end with.
CALLED = """
CREATE OR REPLACE TEMP TABLE r_called AS
SELECT DISTINCT person_id, given_key FROM r_met WHERE given_key <> ''
UNION SELECT DISTINCT parent, text FROM r_koseki_parent WHERE by_name
"""

FORGET = "DROP TABLE r_parent_text; DROP TABLE r_parent_met; DROP TABLE r_called"


def write_parents(con: duckdb.DuckDBPyConnection) -> None:
    """Write `r_event` and start `r_parent` with the parents that 戸籍 names; needs `koseki.write_persons`."""
    for statement in (EVENTS, PARENT_TEXTS, PARENTS_MET, PARENTS, FROM_EVENTS, CLAIMS, CALLED, DISSOLUTIONS, FORGET):
        con.execute(statement)
