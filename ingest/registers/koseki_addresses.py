"""戸籍の附票 as the bridge to the resident register (K9): entries that name and birth led to no resident.

The two tell of one person where both have the same address and two of three agree: given name, birth date, the day the
address was taken. What fits two is nobody.
"""

import duckdb

from ingest.registers import register_keys

# Entries without a resident, residents without an entry, by what can be compared before any address is read.
PAIRS = """
CREATE OR REPLACE TEMP TABLE r_address_pair AS
WITH told AS (
    SELECT DISTINCT l.label, e.given_key, e.birth, e.birth_earliest, e.birth_latest, e.known_sex, c.address, c.since
    FROM koseki_address c JOIN r_place p ON p.text = c.honseki JOIN r_name h ON h.text = c.register_head
    JOIN r_name g ON g.text = c.given_name
    JOIN r_entry e ON e.reg = register_key(p.key, h.key) AND e.given_key = g.key AND e.version = c.version
    JOIN r_label l USING (entry)
    WHERE l.label NOT IN (SELECT label FROM r_match) AND e.reg <> ''
), lived AS (
    SELECT DISTINCT s.person_id, s.given_key, s.birth, s.birth_latest, s.sex, s.starts,
        r.town || r.number || r.building AS address
    FROM r_spell s JOIN resident r USING (person_id, history_no)
    WHERE s.person_id NOT IN (SELECT person_id FROM r_match) AND r.town <> ''
)
SELECT label, person_id, t.address AS told, l.address AS lived FROM told t JOIN lived l
    ON t.given_key = l.given_key AND t.birth_earliest <= l.birth_latest AND t.birth_latest >= l.birth
WHERE t.known_sex IN ('', l.sex) OR l.sex = ''
UNION SELECT label, person_id, t.address, l.address FROM told t JOIN lived l
    ON t.given_key = l.given_key AND t.since = l.starts WHERE t.known_sex IN ('', l.sex) OR l.sex = ''
UNION SELECT label, person_id, t.address, l.address FROM told t JOIN lived l
    ON t.birth = l.birth AND t.since = l.starts WHERE t.known_sex IN ('', l.sex) OR l.sex = ''
"""
BRIDGE = """
INSERT INTO r_match
WITH met AS (
    SELECT DISTINCT label, person_id FROM r_address_pair
    JOIN r_address a ON a.text = told JOIN r_address b ON b.text = lived AND b.key = a.key
)
SELECT label, person_id, 2 FROM met
QUALIFY count(*) OVER (PARTITION BY label) = 1 AND count(*) OVER (PARTITION BY person_id) = 1
"""
TEXTS = "SELECT DISTINCT unnest([told, lived]) FROM r_address_pair"


def bridge(con: duckdb.DuckDBPyConnection) -> None:
    """Add to `r_match` whom the 附票 leads to; needs the labels of the entries and what was matched without it."""
    con.execute(PAIRS)
    register_keys.write_places(con, "r_address", TEXTS)
    con.execute(BRIDGE)
    con.execute("DROP TABLE r_address_pair; DROP TABLE r_address")
