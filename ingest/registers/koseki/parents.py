"""Parents that 戸籍 names, each the person of that name who is met in a register of the child's (K1, K3)."""

from graph.steps.step import Stage, Step

CHILDS_ENTRY = """
SELECT e.*, coalesce(s.day <= coalesce(entered, made), false)
       AND adoptive_father || adoptive_mother = '' AS replaced
FROM owned_entry e LEFT JOIN (
    SELECT person_id, min(day) AS day FROM life_event WHERE event = 'special_adoption' GROUP BY person_id
) s USING (person_id)
"""

PARENT_NAME = """
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
FROM childs_entry
"""

PARENT_WANTED = """
WITH registers AS (
    SELECT DISTINCT person_id, unnest([reg, prior_reg]) AS reg, false AS pointed FROM parent_name
    UNION SELECT person_id, other_reg, true FROM life_event
    WHERE event IN ('recognition', 'adoption', 'special_adoption')
)
SELECT DISTINCT person_id, role, t.sex, text, birth, registers.reg, pointed
FROM parent_name t JOIN registers USING (person_id)
WHERE text <> '' AND registers.reg <> ''
"""

# The resident register does not tell a 筆頭者's wife from a daughter of her name.
REGISTER_COUPLE = """
SELECT x.person_id, y.person_id AS spouse
FROM owned_entry x JOIN owned_entry y ON y.reg = x.reg AND y.entry <> x.entry AND y.version = x.version
WHERE x.is_head AND x.spouse_role <> '' AND y.spouse_role <> ''
UNION SELECT head, person_id FROM relation_to_head WHERE steps = 1 AND last IN ('spouse', 'partner')
"""

# A given name alone says nothing in a register that is pointed to: there the father's wife may have it.
PARENT_MET = """
WITH met AS (
    SELECT w.person_id, w.role, w.sex, w.text, m.person_id AS parent, max(w.text IN (m.name_key, m.given_key)) AS exact
    FROM parent_wanted w JOIN appearance m ON m.reg = w.reg AND m.person_id <> w.person_id AND (m.adult OR w.pointed)
        AND m.sex IN ('', w.sex)
        AND (w.text = m.name_key OR (m.given_key <> '' AND ends_with(w.text, m.given_key) AND NOT w.pointed))
        AND (m.birth IS NULL OR w.birth IS NULL OR m.birth + CASE WHEN w.role <> 'birth' THEN INTERVAL 1 DAY
            WHEN m.source = 1 THEN INTERVAL 16 YEAR ELSE INTERVAL 12 YEAR END <= w.birth)
        AND (w.person_id, m.person_id) NOT IN (SELECT (person_id, spouse) FROM register_couple)
    GROUP BY ALL
)
SELECT person_id, role, sex, text, parent FROM met
QUALIFY rank() OVER (PARTITION BY person_id, role, sex, text ORDER BY exact DESC) = 1
"""

PARENT_NAMED = """
WITH sole AS (
    SELECT * FROM parent_met QUALIFY count(*) OVER (PARTITION BY person_id, role, sex, text) = 1
), stated AS (
    SELECT t.person_id AS child, t.role, t.sex, t.text, sole.parent, min(t.name) AS name,
        min_by(t.home, entry_order) AS home,
        min(birth) AS birth, min(entered) FILTER (entered_by LIKE '%縁組%') AS entered, min(entry_order) AS entry_order,
        min_by(file, entry_order) AS file, min_by(line, entry_order) AS line,
        CASE WHEN bool_or(seen_until IS NULL) THEN NULL ELSE max(seen_until) END AS seen_until
    FROM parent_name t LEFT JOIN sole USING (person_id, role, sex, text)
    WHERE t.text <> '' AND (sole.parent IS NOT NULL OR (t.person_id, t.role, t.sex, t.text) NOT IN
        (SELECT (person_id, role, sex, text) FROM parent_met))
    GROUP BY ALL
)
SELECT * EXCLUDE (parent), coalesce(parent, 'koseki:' || left(sha256(home || '|' || text), 16)) AS parent,
       parent IS NULL AS by_name
FROM stated
QUALIFY row_number() OVER (PARTITION BY child, role, sex, CASE WHEN role = 'birth' THEN '' ELSE text END
    ORDER BY parent IS NULL, entry_order, text) = 1
"""

NAMED_PARENTS = Stage(
    "named parents",
    "The parents and adoptive parents whom entries name, and who of that name they are.",
    (
        Step("childs_entry", CHILDS_ENTRY,
             why="C6: after a special adoption the register names the adoptive parents as 父 and 母.", kind="VIEW"),
        Step("parent_name", PARENT_NAME, why="An entry names parents by birth and adoptive parents (K1)."),
        Step("parent_wanted", PARENT_WANTED,
             why="K3: a name is sought in the child's own registers and in one that an event points to."),
        Step("register_couple", REGISTER_COUPLE, why="A 筆頭者's own wife is no mother of that name."),
        Step("parent_met", PARENT_MET,
             why="K3: a full match before one of the given name alone, for a mother's surname changes."),
        Step("parent_named", PARENT_NAMED,
             why="E9: who is met nowhere is known by register and name, so that siblings share them."),
    ),
    results=("parent_named",),
)  # fmt: skip
