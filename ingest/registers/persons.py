"""Person, Household and FamilyRegister nodes with their memberships, as the registers give them."""

import pyarrow as pa

from graph.steps.step import Stage, Step
from ingest.registers import register_keys
from japanese import names, searching

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

# A sibling's anonymous parent is somebody too.
PERSON = """
WITH everybody AS (
    SELECT person_id, name, kana, sex, birth, birth_text, death_date, status, address, placeholder, file, line
    FROM person_known
    UNION ALL SELECT parent, '', '', '', NULL, '', NULL, '', '', true, min_by(file, (file, line)),
           min_by(line, (file, line))
    FROM sibling_parent GROUP BY parent
), older AS (
    SELECT now AS person_id, string_agg(number || '(' || told || ')', '、' ORDER BY number) AS other_numbers
    FROM united WHERE number <> now GROUP BY now
)
SELECT person_id, name, kana, sex, birth AS birth_date, birth_text, death_date, status, address, placeholder,
       file AS source_file, line AS source_line, coalesce(other_numbers, '') AS other_numbers
FROM everybody LEFT JOIN older USING (person_id)
ORDER BY person_id
"""

REGISTERED_IN = """
WITH written AS (
    SELECT e.person_id, register_id, coalesce(e.entered, e.made, e.birth, DATE '0001-01-01') AS valid_from,
           least(coalesce(e.left_on, e.left_on_earliest), e.closed, e.seen_until) AS valid_to, e.file, e.line
    FROM owned_entry e JOIN family_register g ON g.reg = e.reg AND g.version = e.version
        AND g.made = CASE WHEN e.version = 'current' THEN '' ELSE e.made_text END
), seen AS (
    SELECT person_id, register_id, min(starts) AS valid_from,
           CASE WHEN bool_or(s.ends IS NULL AND status = 'resident') THEN NULL ELSE max(s.ends) END AS valid_to,
           min_by(file, history_no) AS file, min_by(line, history_no) AS line
    FROM spell s JOIN family_register g ON g.reg = s.reg AND version = 'current'
    WHERE (person_id, register_id) NOT IN (SELECT (w.person_id, w.register_id) FROM written w)
    GROUP BY person_id, register_id
)
SELECT person_id AS start, register_id AS "end", valid_from, valid_to, file AS source_file, line AS source_line
FROM (SELECT * FROM written UNION ALL SELECT * FROM seen) WHERE valid_to IS NULL OR valid_to > valid_from
QUALIFY row_number() OVER (PARTITION BY person_id, register_id, valid_from ORDER BY file, line) = 1
ORDER BY ALL
"""

MEMBER_OF = """
SELECT person_id AS start, household_id AS "end", relation AS relation_to_head, valid_from, valid_to,
       file AS source_file, line AS source_line
FROM membership ORDER BY ALL
"""

PARENT_OF = """
SELECT parent AS start, child AS "end", nature, grade, valid_from, valid_to, ended_by, file AS source_file,
       line AS source_line, may_end
FROM parent_link ORDER BY ALL
"""

SPOUSE_OF = """
SELECT a AS start, b AS "end", nature, grade, valid_from, valid_to, ended_by, file AS source_file,
       line AS source_line, may_end
FROM spouse_link ORDER BY ALL
"""

KINDS_OF = {
    "Person": "person", "Household": "household_kept", "FamilyRegister": "register_kept", "PARENT_OF": "parent_of",
    "SPOUSE_OF": "spouse_of", "MEMBER_OF": "member_of", "REGISTERED_IN": "registered_in",
}  # fmt: skip

KEEP = Stage(
    "kept",
    "The kinds of the graph that registers give.",
    (
        Step("person", PERSON, why="Everyone, who stands between without a name too (E9).", kind="VIEW"),
        Step("household_kept", "SELECT household_id, institution FROM household ORDER BY ALL",
             why="The households.", kind="VIEW"),
        Step("register_kept", "SELECT register_id, honseki, head_name, version FROM family_register ORDER BY ALL",
             why="The family registers.", kind="VIEW"),
        Step("parent_of", PARENT_OF, why="Each link has its days, its source and a grade (E11).", kind="VIEW"),
        Step("spouse_of", SPOUSE_OF, why="Each link has its days, its source and a grade (E11).", kind="VIEW"),
        Step("member_of", MEMBER_OF, why="Every row of a history is a dated membership (E8).", kind="VIEW"),
        Step("registered_in", REGISTERED_IN, why="Who was in which 戸籍, by an entry or by a row of a resident (K5).",
             kind="VIEW"),
    ),
    results=tuple(KINDS_OF.values()),
)  # fmt: skip


def with_search_keys(table: pa.Table) -> pa.Table:
    """Add to Person rows the key that searches match: name, reading, address and numbers as shown, and the birth."""
    columns = ("birth_date", "birth_text", "address", "name", "kana", "person_id", "other_numbers")
    rows = zip(*(table[column].to_pylist() for column in columns), strict=True)
    keys = [
        searching.key((*shown, register_keys.key(address), "" if birth else text), birth, names.folds())
        for birth, text, address, *shown in rows
    ]
    return table.append_column("search_key", pa.array(keys, pa.string()))
