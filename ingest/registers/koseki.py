"""戸籍: the entries of one human in several registers become one person, a resident where one fits (K3, K5)."""

import duckdb

from ingest.registers import koseki_addresses

# The surname of a register is its 筆頭者's name without the given name of the entry that is the 筆頭者.
ENTRIES = r"""
CREATE OR REPLACE TEMP TABLE r_entry AS
WITH keyed AS (
    SELECT e.* EXCLUDE (prior_honseki, prior_head, new_honseki, new_head, made_earliest, made_latest, made_precision,
        closed_earliest, closed_latest, closed_precision, closed_text, birth_precision, entered_latest,
        entered_precision, entered_text, left_on_latest, left_on_precision, left_on_text, source),
        coalesce(e.left_on, e.left_on_latest, d.spoken) AS left_for_sure,
        register_key(p.key, h.key) AS reg, h.key AS head_key, g.key AS given_key,
        coalesce(e.birth::VARCHAR, e.birth_text) AS birth_key, f.key AS father_key, m.key AS mother_key,
        af.key AS adoptive_father_key, am.key AS adoptive_mother_key,
        register_key(pp.key, ph.key) AS prior_reg, register_key(np.key, nh.key) AS new_reg,
        ends_with(h.key, g.key) AND h.key <> g.key AS is_head,
        CASE WHEN e.sex <> '' THEN e.sex WHEN e.spouse_role = '夫' THEN 'M' WHEN e.spouse_role = '妻' THEN 'F'
            WHEN regexp_matches(e.relation_to_parents || e.adoptive_relation, '女') THEN 'F'
            WHEN regexp_matches(e.relation_to_parents, '男') THEN 'M' ELSE '' END AS known_sex
    FROM koseki_entry e
    JOIN r_place p ON p.text = e.honseki JOIN r_name h ON h.text = e.register_head
        JOIN r_name g ON g.text = e.given_name
    JOIN r_name f ON f.text = e.father JOIN r_name m ON m.text = e.mother
    JOIN r_name af ON af.text = e.adoptive_father JOIN r_name am ON am.text = e.adoptive_mother
    JOIN r_place pp ON pp.text = e.prior_honseki JOIN r_name ph ON ph.text = e.prior_head
    JOIN r_place np ON np.text = e.new_honseki JOIN r_name nh ON nh.text = e.new_head
    LEFT JOIN r_delivered d ON d.source = e.source AND d.file = e.file
), surnames AS (
    SELECT reg, min(left(head_key, length(head_key) - length(given_key))) AS surname FROM keyed WHERE is_head
        GROUP BY reg
)
SELECT row_number() OVER (ORDER BY reg, version, made, position, given_key, birth_key, file, line) AS entry, k.*,
    coalesce(surname, '') AS surname,
    left(regexp_replace(register_head, '\s', '', 'g'), coalesce(length(surname), 0)) AS spelled
FROM keyed k LEFT JOIN surnames USING (reg)
"""

# Entries are one person where given name and birth agree and they share a register — their own, 従前 or 新 — or the
# father.
BONDS = """
CREATE OR REPLACE TEMP TABLE r_bond AS
SELECT DISTINCT entry, hash(given_key, birth_key, unnest([reg, prior_reg, new_reg])) AS bond
FROM r_entry WHERE birth_key <> ''
UNION
SELECT entry, hash(given_key, birth_key, 'father', father_key) FROM r_entry WHERE birth IS NOT NULL AND father_key <> ''
UNION
SELECT entry, hash(given_key, reg) FROM r_entry WHERE birth_key = ''
UNION
SELECT entry, hash('person', person_id) FROM r_entry WHERE person_id <> ''
UNION
SELECT entry, hash('alone', entry) FROM r_entry
"""
NO_POINTER = "DELETE FROM r_bond WHERE bond IN (SELECT hash(given_key, birth_key, '') FROM r_entry)"
LABELS = "CREATE OR REPLACE TEMP TABLE r_label AS SELECT entry, entry AS label FROM r_entry"
SPREAD = """
CREATE OR REPLACE TEMP TABLE r_label AS
WITH least_of AS (SELECT bond, min(label) AS label FROM r_bond JOIN r_label USING (entry) GROUP BY bond)
SELECT entry, min(label) AS label FROM r_bond JOIN least_of USING (bond) GROUP BY entry
"""

# A resident is met in any register that the person's entries name; in one register given name and birth tell (K5).
MATCHES = """
CREATE OR REPLACE TEMP TABLE r_match AS
WITH named AS (
    SELECT DISTINCT entry, given_key, birth_earliest, birth_latest, known_sex,
        unnest([reg, prior_reg, new_reg]) AS reg FROM r_entry
), met AS (
    SELECT l.label, s.person_id, 1 AS how
    FROM named n JOIN r_label l USING (entry)
    JOIN r_spell s ON s.reg = n.reg AND n.reg <> '' AND ends_with(s.name_key, n.given_key)
        AND n.birth_earliest <= s.birth_latest AND n.birth_latest >= s.birth
            AND (n.known_sex IN ('', s.sex) OR s.sex = '')
    UNION
    SELECT l.label, e.person_id, 0 FROM r_entry e JOIN r_label l USING (entry)
    WHERE e.person_id IN (SELECT person_id FROM r_spell)
)
SELECT * FROM met
"""
# Where no register is shared any more: the full name and the exact birth date, if both sides have it once.
SAME_NAME = """
INSERT INTO r_match
WITH left_over AS (
    SELECT DISTINCT label, surname || given_key AS name_key, birth, known_sex FROM r_entry JOIN r_label USING (entry)
    WHERE surname <> '' AND birth IS NOT NULL AND label NOT IN (SELECT label FROM r_match)
), free AS (
    SELECT DISTINCT person_id, name_key, birth, sex FROM r_spell
    WHERE birth = birth_latest AND person_id NOT IN (SELECT person_id FROM r_match)
), met AS (
    SELECT DISTINCT label, person_id FROM left_over l JOIN free f USING (name_key, birth)
    WHERE l.known_sex IN ('', f.sex) OR f.sex = ''
)
SELECT label, person_id, 2 FROM met
QUALIFY count(*) OVER (PARTITION BY label) = 1 AND count(*) OVER (PARTITION BY person_id) = 1
"""
# One of the two registers misspells the given name: whoever is left over on both sides in one register, of one birth
# date and sex, is one person. A register names a twin too, who leaves it open; one that is only pointed to may not.
MISSPELLED = """
INSERT INTO r_match
WITH left_over AS (
    SELECT DISTINCT label, reg, birth, known_sex
    FROM r_entry JOIN r_label USING (entry) WHERE birth IS NOT NULL AND label NOT IN (SELECT label FROM r_match)
), free AS (
    SELECT DISTINCT person_id, reg, birth, sex FROM r_spell
    WHERE birth = birth_latest AND reg <> '' AND person_id NOT IN (SELECT person_id FROM r_match)
), met AS (
    SELECT DISTINCT label, person_id FROM left_over l JOIN free f USING (reg, birth) WHERE l.known_sex IN ('', f.sex)
)
SELECT label, person_id, 3 FROM met
QUALIFY count(*) OVER (PARTITION BY label) = 1 AND count(*) OVER (PARTITION BY person_id) = 1
"""
# J7: of several 宛名番号 of one human, the one that lives here now, then the latest.
IDENTITIES = """
CREATE OR REPLACE TEMP TABLE r_identity AS
WITH latest AS (
    SELECT person_id, arg_max(status, history_no) = 'resident' AS here, max(starts) AS last FROM r_spell
        GROUP BY person_id
), best AS (
    SELECT label, person_id FROM r_match JOIN latest USING (person_id)
    QUALIFY row_number() OVER (PARTITION BY label ORDER BY how, here DESC, last DESC, person_id) = 1
), ids AS (
    SELECT label, 'koseki:' || left(sha256(min(concat_ws('|', reg, given_key, birth_key))), 16) AS koseki_id
    FROM r_entry JOIN r_label USING (entry) GROUP BY label
)
SELECT entry, coalesce(best.person_id, koseki_id) AS person_id
FROM r_label JOIN ids USING (label) LEFT JOIN best USING (label)
"""

# Every register in which a person is met, and how the person is called there: what names and pointers are resolved
# against.
MET = """
CREATE OR REPLACE TEMP TABLE r_met AS
SELECT DISTINCT i.person_id, e.reg, e.surname || e.given_key AS name_key, e.given_key, e.birth_earliest AS birth,
    e.known_sex AS sex, e.is_head OR e.spouse_role <> '' AS adult, 0 AS source
FROM r_entry e JOIN r_identity i USING (entry) WHERE e.reg <> ''
UNION
SELECT DISTINCT person_id, reg, name_key, given_key, birth, sex, true, 1 FROM r_spell WHERE reg <> ''
"""

FORGET = "DROP TABLE r_bond; DROP TABLE r_label; DROP TABLE r_match"  # a city's would fill the memory


def write_persons(con: duckdb.DuckDBPyConnection) -> None:
    """Write `r_entry`, `r_identity(entry, person_id)` and `r_met`; needs the spells of the resident register."""
    for statement in (ENTRIES, BONDS, NO_POINTER, LABELS):
        con.execute(statement)
    _join_bonds(con)
    for statement in (MATCHES, SAME_NAME, MISSPELLED):
        con.execute(statement)
    koseki_addresses.bridge(con)
    for statement in (IDENTITIES, MET, FORGET):
        con.execute(statement)


def _join_bonds(con: duckdb.DuckDBPyConnection) -> None:
    """Give every entry the least entry it is bonded with, through any number of others."""
    before, total = -1, 0
    while before != total:
        before = total
        con.execute(SPREAD)
        total = con.sql("SELECT coalesce(sum(label), 0)::BIGINT FROM r_label").fetchall()[0][0]
