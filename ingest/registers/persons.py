"""Everyone whom a register knows with what it tells of them, by the latest row; and the family registers."""

from graph.steps.step import Stage, Step

OF_RESIDENT = """
WITH latest AS (
    SELECT r.*, s.status AS now FROM spell s JOIN resident r USING (person_id, history_no)
    QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY history_no DESC, r.file, r.line) = 1
)
SELECT person_id, name, kana, sex, birth, birth_text, CASE WHEN now = 'removed' THEN 'moved' ELSE now END AS status,
       CASE WHEN now = 'moved' AND moved_to <> '' THEN moved_to
            ELSE concat_ws(' ', nullif(town || number, ''), nullif(building, '')) END AS address,
       false AS placeholder, file, line, coalesce(birth, birth_earliest) AS born FROM latest
"""

OF_ENTRY = """
SELECT person_id, concat_ws('　', nullif(spelled, ''), given_name) AS name, kana, known_sex AS sex, birth, birth_text,
       '' AS status, '' AS address, false AS placeholder, file, line, coalesce(birth, birth_earliest) AS born
FROM owned_entry WHERE person_id NOT IN (SELECT r.person_id FROM person_of_resident r)
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY version = 'current' DESC,
    coalesce(entered, made) DESC, entry) = 1
"""

BY_NAME = """
WITH by_name AS (
    SELECT parent AS person_id, name, sex, file, line FROM parent_named WHERE by_name
    UNION ALL SELECT other, counterpart_text, other_sex, file, line FROM counterpart WHERE by_name
)
SELECT person_id, name, '' AS kana, sex, CAST(NULL AS DATE) AS birth, '' AS birth_text, '' AS status, '' AS address,
       false AS placeholder, file, line, CAST(NULL AS DATE) AS born
FROM by_name WHERE person_id NOT IN (SELECT known FROM same_person)
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY file, line, name) = 1
"""

ANONYMOUS = """
SELECT anon AS person_id, '' AS name, '' AS kana, '' AS sex, CAST(NULL AS DATE) AS birth, '' AS birth_text,
       '' AS status, '' AS address, true AS placeholder, file, line, CAST(NULL AS DATE) AS born
FROM placeholder QUALIFY row_number() OVER (PARTITION BY anon ORDER BY file, line) = 1
"""

PERSON_KNOWN = """
SELECT k.*, CASE WHEN d.earliest > DATE '0001-01-01' THEN d.day END AS death_date
FROM (
    SELECT * FROM person_of_resident
    UNION ALL SELECT * FROM person_of_entry
    UNION ALL SELECT * FROM person_by_name
    UNION ALL SELECT known, name, kana, sex, birth, birth_text, '', '', name = '', file, line, earliest FROM tree_only
    UNION ALL SELECT * FROM person_anonymous
) k LEFT JOIN death d USING (person_id)
"""

FAMILY_REGISTER = """
WITH held AS (
    SELECT DISTINCT reg, version, CASE WHEN version = 'current' THEN '' ELSE made_text END AS made, honseki,
           register_head FROM entry
    UNION
    SELECT DISTINCT s.reg, 'current', '', r.honseki, r.register_head FROM spell s
        JOIN resident r USING (person_id, history_no)
)
SELECT 'register:' || left(sha256(concat_ws('|', reg, version, made)), 16) AS register_id, reg, version, made,
       min(honseki) AS honseki, min(register_head) AS head_name
FROM held WHERE reg <> '' GROUP BY reg, version, made
"""

PERSONS = Stage(
    "persons",
    "Residents by their latest row, then whom only 戸籍 knows, by entry or by name, then whom nobody names.",
    (
        Step("person_of_resident", OF_RESIDENT, why="J6: a resident is as the latest row says."),
        Step("person_of_entry", OF_ENTRY, why="Whom only an entry knows, by the current one (K1)."),
        Step("person_by_name", BY_NAME, why="Whom 戸籍 knows by name only (E9)."),
        Step("person_anonymous", ANONYMOUS, why="Somebody between whom nobody names is a placeholder (E9)."),
        Step("person_known", PERSON_KNOWN, why="Everyone, with the day of death where one is known."),
        Step("family_register", FAMILY_REGISTER, why="K5: a 戸籍 is known by 本籍, 筆頭者 and version."),
    ),
    results=("person_known", "family_register"),
)  # fmt: skip
