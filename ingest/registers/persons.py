"""Person, Household and FamilyRegister nodes with their memberships, as the registers give them."""

import duckdb
import pyarrow as pa

from ingest.registers import register_keys
from japanese import names, searching

# Residents by their latest row; after them whom only 戸籍 knows, by entry or by name; after them whom nobody names.
ATTRIBUTES = """
CREATE OR REPLACE TEMP TABLE r_attribute AS
WITH latest AS (
    SELECT r.*, s.status AS now FROM r_spell s JOIN resident r USING (person_id, history_no)
    QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY history_no DESC, r.file, r.line) = 1
), entries AS (
    SELECT i.person_id, e.* EXCLUDE (person_id) FROM r_entry e JOIN r_identity i USING (entry)
    WHERE i.person_id NOT IN (SELECT person_id FROM latest)
    QUALIFY row_number() OVER (PARTITION BY i.person_id ORDER BY version = 'current' DESC,
        coalesce(entered, made) DESC, entry) = 1
), by_name AS (
    SELECT parent AS person_id, name, sex, file, line FROM r_koseki_parent WHERE by_name
    UNION ALL SELECT other, counterpart_text, other_sex, file, line FROM r_other WHERE by_name
), named AS (
    FROM by_name WHERE person_id NOT IN (SELECT known FROM r_alias)
    QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY file, line, name) = 1
), known AS (
    SELECT person_id, name, kana, sex, birth, birth_text, CASE WHEN now = 'removed' THEN 'moved' ELSE now END AS status,
        CASE WHEN now = 'moved'
            AND moved_to <> '' THEN moved_to ELSE concat_ws(' ', nullif(town || number, ''), nullif(building, '')) END
            AS address,
        false AS placeholder, file, line, coalesce(birth, birth_earliest) AS born FROM latest
    UNION ALL
    SELECT person_id, concat_ws('　', nullif(spelled, ''), given_name), kana, known_sex, birth, birth_text, '', '',
        false, file, line, coalesce(birth, birth_earliest) FROM entries
    UNION ALL
    SELECT person_id, name, '', sex, NULL, '', '', '', false, file, line, NULL FROM named
    UNION ALL
    SELECT known, name, kana, sex, birth, birth_text, '', '', name = '', file, line, earliest FROM r_ged_person
), anonymous AS (
    SELECT anon AS person_id, '' AS name, '' AS kana, '' AS sex, NULL AS birth, '' AS birth_text, '' AS status,
        '' AS address,
        true AS placeholder, file, line, NULL AS born
    FROM r_placeholder QUALIFY row_number() OVER (PARTITION BY anon ORDER BY file, line) = 1
)
SELECT k.*,
    CASE WHEN d.earliest > DATE '0001-01-01' THEN d.day END AS death_date
FROM (FROM known UNION ALL FROM anonymous) k LEFT JOIN r_death d USING (person_id)
"""
PERSONS = """
SELECT person_id, name, kana, sex, birth AS birth_date, birth_text, death_date, status, address, placeholder,
    file AS source_file, line AS source_line, coalesce(other_numbers, '') AS other_numbers
FROM r_attribute LEFT JOIN (
    SELECT now AS person_id, string_agg(number || '(' || told || ')', '、' ORDER BY number) AS other_numbers
    FROM united WHERE number <> now GROUP BY now) USING (person_id)
ORDER BY person_id
"""

WRITE_REGISTERS = """
CREATE OR REPLACE TEMP TABLE r_register AS
WITH held AS (
    SELECT DISTINCT reg, version, CASE WHEN version = 'current' THEN '' ELSE made_text END AS made, honseki,
        register_head FROM r_entry
    UNION
    SELECT DISTINCT s.reg, 'current', '', r.honseki, r.register_head FROM r_spell s
        JOIN resident r USING (person_id, history_no)
)
SELECT 'register:' || left(sha256(concat_ws('|', reg, version, made)), 16) AS register_id, reg, version, made,
    min(honseki) AS honseki, min(register_head) AS head_name
FROM held WHERE reg <> '' GROUP BY reg, version, made
"""
REGISTERS = "SELECT register_id, honseki, head_name, version FROM r_register ORDER BY register_id"
ENTRIES = """
WITH written AS (
    SELECT i.person_id, register_id, coalesce(e.entered, e.made, e.birth, DATE '0001-01-01') AS valid_from,
        least(coalesce(e.left_on, e.left_on_earliest), e.closed, e.seen_until) AS valid_to, e.file, e.line
    FROM r_entry e JOIN r_identity i USING (entry) JOIN r_register g ON g.reg = e.reg AND g.version = e.version
        AND g.made = CASE WHEN e.version = 'current' THEN '' ELSE e.made_text END
), seen AS (
    SELECT person_id, register_id, min(starts) AS valid_from, CASE
        WHEN bool_or(s.ends IS NULL AND status = 'resident') THEN NULL
        ELSE max(s.ends) END AS valid_to, min_by(file, history_no) AS file, min_by(line, history_no) AS line
    FROM r_spell s JOIN r_register g ON g.reg = s.reg AND version = 'current'
    WHERE (person_id, register_id) NOT IN (SELECT (person_id, register_id) FROM written)
    GROUP BY person_id, register_id
)
SELECT person_id AS start, register_id AS end, valid_from, valid_to, file AS source_file, line AS source_line
FROM (FROM written UNION ALL FROM seen) WHERE valid_to IS NULL OR valid_to > valid_from
QUALIFY row_number() OVER (PARTITION BY person_id, register_id, valid_from ORDER BY file, line) = 1
ORDER BY ALL
"""
MEMBERS = """
SELECT person_id AS start, household_id AS end, relation AS relation_to_head, valid_from, valid_to, file AS source_file,
    line AS source_line
FROM r_membership ORDER BY ALL
"""


def write_persons(con: duckdb.DuckDBPyConnection) -> None:
    """Write `r_attribute`, everything known of every person of the registers, and `r_register`."""
    con.execute(ATTRIBUTES)
    con.execute(WRITE_REGISTERS)


def with_search_keys(table: pa.Table) -> pa.Table:
    """Add to Person rows the key that searches match: name, reading, address and numbers as shown, and the birth."""
    columns = ("birth_date", "birth_text", "address", "name", "kana", "person_id", "other_numbers")
    rows = zip(*(table[column].to_pylist() for column in columns), strict=True)
    keys = [
        searching.key((*shown, register_keys.key(address), "" if birth else text), birth, names.folds())
        for birth, text, address, *shown in rows
    ]
    return table.append_column("search_key", pa.array(keys, pa.string()))
