"""Adoption, recognition and 離縁 as 身分事項 tell them, and the parent links that 戸籍 states with them (A5, C5)."""

from graph.steps.step import Stage, Step

# Of a 婿養子 the wife's own register tells both on one day; nobody adopts whom they marry. Who is named as 養父 or 養母
# is known already.
ADOPTION_MET = """
WITH named AS (
    SELECT child, text FROM parent_named WHERE role = 'adoptive'
)
SELECT DISTINCT e.person_id, m.person_id AS other, e.event, e.day, e.file, e.line, e.seen_until
FROM life_event e JOIN appearance m ON m.reg = e.other_reg AND m.person_id <> e.person_id
    AND (e.counterpart = m.name_key OR (m.given_key <> '' AND ends_with(e.counterpart, m.given_key)))
WHERE e.event IN ('recognition', 'adoption', 'special_adoption')
    AND NOT EXISTS (SELECT 1 FROM life_event w
        WHERE w.event = 'marriage' AND w.person_id = e.person_id AND w.counterpart = e.counterpart)
    AND (e.person_id, e.counterpart) NOT IN (SELECT (child, text) FROM named)
    AND NOT EXISTS (SELECT 1 FROM appearance own
        WHERE own.person_id = e.person_id AND (m.person_id, own.name_key) IN (SELECT (child, text) FROM named))
QUALIFY count(DISTINCT m.person_id) OVER (PARTITION BY e.person_id, e.event, e.day, e.counterpart) = 1
"""

PARENT_BY_EVENT = """
WITH ages AS (
    SELECT person_id, min(birth) AS birth FROM appearance GROUP BY person_id
)
SELECT CASE WHEN a.birth < b.birth THEN met.person_id ELSE other END AS parent,
       CASE WHEN a.birth < b.birth THEN other ELSE met.person_id END AS child,
       event, min(day) AS day, greatest(a.birth, b.birth) AS birth, min_by(met.file, (met.file, line)) AS file,
       min_by(line, (met.file, line)) AS line,
       CASE WHEN bool_or(seen_until IS NULL) THEN NULL ELSE max(seen_until) END AS seen_until
FROM adoption_met met JOIN ages a ON a.person_id = met.person_id JOIN ages b ON b.person_id = other
WHERE a.birth <> b.birth AND (event <> 'recognition' OR abs(a.birth - b.birth) >= 12 * 365)
GROUP BY ALL
"""

ADOPTION_DATED = """
WITH adopted AS (
    SELECT person_id, counterpart, event, min(day) AS day FROM life_event
    WHERE event IN ('adoption', 'special_adoption') GROUP BY ALL
)
SELECT k.child, k.text, k.sex, coalesce(
           min_by(a.event, coalesce(a.day, DATE '9999-12-31')) FILTER (a.counterpart = k.text),
           min_by(a.event, coalesce(a.day, DATE '9999-12-31')), 'adoption') AS event,
       coalesce(min(a.day) FILTER (a.counterpart = k.text), min(a.day), k.entered) AS day
FROM parent_named k LEFT JOIN adopted a ON a.person_id = k.child WHERE k.role = 'adoptive'
GROUP BY k.child, k.text, k.sex, k.entered
"""

RECOGNISED_CHILD = """
SELECT DISTINCT person_id AS child FROM life_event r WHERE event = 'recognition'
    AND NOT EXISTS (SELECT 1 FROM parent_by_event p WHERE p.parent = r.person_id AND p.event = 'recognition')
"""

PARENT_BY_NAME = """
SELECT parent, child, CASE
           WHEN role = 'adoptive' THEN CASE WHEN event = 'special_adoption' THEN 'special_adoptive' ELSE 'adoptive' END
           WHEN k.sex = 'M' AND child IN (SELECT r.child FROM recognised_child r) THEN 'recognised'
           ELSE 'birth' END AS nature,
       CASE WHEN role = 'adoptive' THEN d.day ELSE birth END AS valid_from, file, line, seen_until
FROM parent_named k LEFT JOIN adoption_dated d USING (child, text, sex)
"""

PARENT_STATED = """
WITH told AS (
    SELECT parent, child, CASE event WHEN 'recognition' THEN 'recognised' WHEN 'adoption' THEN 'adoptive'
               ELSE 'special_adoptive' END AS nature,
           CASE WHEN event = 'recognition' THEN birth ELSE day END AS valid_from, file, line, seen_until
    FROM parent_by_event WHERE (parent, child) NOT IN (SELECT (parent, child) FROM parent_by_name)
)
SELECT parent, child, nature, 'registered' AS grade, coalesce(valid_from, DATE '0001-01-01') AS valid_from,
       file, line, seen_until
FROM (SELECT * FROM parent_by_name UNION ALL SELECT * FROM told)
"""

# Of people known by name: the whole.
CALLED = """
SELECT DISTINCT person_id, given_key FROM appearance WHERE given_key <> ''
UNION SELECT DISTINCT parent, text FROM parent_named WHERE by_name
"""

# What an entry that was left by 離縁 tells where no 身分事項 says it is without a name.
DISSOLUTION = """
WITH events AS (
    SELECT person_id, counterpart, day, latest FROM life_event WHERE event = 'dissolution'
)
SELECT person_id, counterpart, day, latest FROM events
UNION ALL
SELECT person_id, '', coalesce(left_on, left_on_earliest), left_for_sure FROM owned_entry
WHERE left_by LIKE '%離縁%' AND person_id NOT IN (SELECT e.person_id FROM events e)
"""

ADOPTION_ENDED = """
SELECT parent, child, valid_from, e.day, e.latest FROM (
    SELECT parent, child, valid_from, unnest([parent, child]) AS one, unnest([child, parent]) AS other
    FROM parent_stated WHERE nature = 'adoptive'
) p JOIN dissolution e ON e.person_id = p.one AND (e.latest IS NULL OR e.latest > p.valid_from)
LEFT JOIN called c ON c.person_id = p.other AND ends_with(e.counterpart, c.given_key)
WHERE e.counterpart = '' OR c.person_id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY parent, child, valid_from ORDER BY e.day, e.latest) = 1
"""

PARENT_REGISTERED = """
SELECT p.parent, p.child, p.nature, p.grade, p.valid_from, d.latest AS valid_to,
       CASE WHEN d.parent IS NOT NULL THEN nullif(greatest(d.day, d.valid_from), d.latest) END AS may_end,
       CASE WHEN d.parent IS NOT NULL THEN 'dissolution' ELSE '' END AS ended_by, p.file, p.line, p.seen_until
FROM parent_stated p LEFT JOIN adoption_ended d
    ON d.parent = p.parent AND d.child = p.child AND d.valid_from = p.valid_from AND p.nature = 'adoptive'
"""

PARENTS = Stage(
    "registered parents",
    "Parent links that 戸籍 states: by birth, by recognition, by adoption until 離縁.",
    (
        Step("adoption_met", ADOPTION_MET,
             why="A5: 縁組 and 認知 as the other side's register tells them.", kind="VIEW"),
        Step("parent_by_event", PARENT_BY_EVENT, why="A13: the older of the two is the parent."),
        Step("adoption_dated", ADOPTION_DATED, why="A5: an adoption holds from its day, by an event or by the entry."),
        Step("recognised_child", RECOGNISED_CHILD, why="Whom an event of their own says to be recognised."),
        Step("parent_by_name", PARENT_BY_NAME, why="K1: an entry's parents are by birth, recognised or adoptive."),
        Step("parent_stated", PARENT_STATED,
             why="E11: what 戸籍 states is registered; who is named comes before an event."),
        Step("called", CALLED, why="The given names that a counterpart's name may end with."),
        Step("dissolution", DISSOLUTION, why="C5: 離縁 as either side's register tells it."),
        Step("adoption_ended", ADOPTION_ENDED,
             why="C5: 離縁 ends the adoption by whom it names; without a name it ends every adoption of that person."),
        Step("parent_registered", PARENT_REGISTERED, why="A5: an adoption ends with its dissolution."),
    ),
    results=("parent_registered",),
)  # fmt: skip
