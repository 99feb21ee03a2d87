"""What the graph keeps of persons, registers, households and kin links, and by what a person is searched."""

import pyarrow as pa

from graph.steps.step import Stage, Step
from ingest.registers import register_keys
from japanese import names, searching

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
