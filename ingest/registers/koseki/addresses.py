"""戸籍の附票 as the bridge to the resident register (K9): entries that name and birth led to no resident.

The two tell of one person where both have the same address and two of three agree: given name, birth date, the day the
address was taken. What fits two is nobody.
"""

from graph.steps.step import Stage, Step

WITHOUT_RESIDENT = """
SELECT DISTINCT l.label, e.given_key, e.birth, e.birth_earliest, e.birth_latest, e.known_sex, c.address, c.since
FROM koseki_address c JOIN written_register w ON w.honseki = c.honseki AND w.head = c.register_head
JOIN name g ON g.text = c.given_name
JOIN entry e ON e.reg = w.reg AND e.given_key = g.key AND e.version = c.version
JOIN entry_label l USING (entry)
WHERE l.label NOT IN (SELECT label FROM matched_by_birth) AND e.reg <> ''
"""

WITHOUT_ENTRY = """
SELECT DISTINCT s.person_id, s.given_key, s.birth, s.birth_latest, s.sex, s.starts,
       r.town || r.number || r.building AS address
FROM spell s JOIN resident r USING (person_id, history_no)
WHERE s.person_id NOT IN (SELECT person_id FROM matched_by_birth) AND r.town <> ''
"""

ADDRESS_PAIR = """
SELECT label, person_id, t.address AS told, l.address AS lived
FROM entry_without_resident t JOIN resident_without_entry l
    ON t.given_key = l.given_key AND t.birth_earliest <= l.birth_latest AND t.birth_latest >= l.birth
WHERE t.known_sex IN ('', l.sex) OR l.sex = ''
UNION SELECT label, person_id, t.address, l.address FROM entry_without_resident t JOIN resident_without_entry l
    ON t.given_key = l.given_key AND t.since = l.starts WHERE t.known_sex IN ('', l.sex) OR l.sex = ''
UNION SELECT label, person_id, t.address, l.address FROM entry_without_resident t JOIN resident_without_entry l
    ON t.birth = l.birth AND t.since = l.starts WHERE t.known_sex IN ('', l.sex) OR l.sex = ''
"""

ADDRESSES = Stage(
    "addresses",
    "Entries without a resident beside residents without an entry, by what can be compared before any address is read.",
    (
        Step("entry_without_resident", WITHOUT_RESIDENT,
             why="Entries of which nobody is known, where they lived by the 附票 (K9)."),
        Step("resident_without_entry", WITHOUT_ENTRY, why="Residents whom no entry met, where they lived."),
        Step("address_pair", ADDRESS_PAIR,
             why="K9: two of given name, birth date and the day the address was taken agree."),
        Step("address_text", "SELECT DISTINCT unnest([told, lived]) AS text FROM address_pair",
             why="The addresses to be read.", kind="VIEW"),
    ),
    results=("address_pair", "address_text"),
)  # fmt: skip

BRIDGE = """
WITH met AS (
    SELECT DISTINCT label, person_id FROM address_pair
    JOIN address a ON a.text = told JOIN address b ON b.text = lived AND b.key = a.key
)
SELECT label, person_id, 2 AS how FROM met
QUALIFY count(*) OVER (PARTITION BY label) = 1 AND count(*) OVER (PARTITION BY person_id) = 1
"""
