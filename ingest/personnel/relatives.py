"""Whom staff name as dependants and emergency contacts, and the residents among whom these may be (W7)."""

from graph.steps.step import Stage, Step

NAMED_RELATIVE = """
SELECT staff_id, name, kana, relation, birth, together, valid_from, valid_to, '' AS address, file, line
FROM dependant WHERE seen_until IS NULL
UNION ALL
SELECT staff_id, name, kana, relation, NULL, NULL, NULL, NULL, address, file, line
FROM emergency_contact WHERE seen_until IS NULL
ORDER BY staff_id, birth IS NULL, file, line
"""

STAFF_ENTRY = """
SELECT staff_id, arg_max(file, (file, line)) AS file, arg_max(line, (file, line)) AS line FROM staff GROUP BY staff_id
"""

RESIDENT_NAME = """
SELECT DISTINCT name FROM resident
ORDER BY name
"""

HOUSEMATE = """
SELECT DISTINCT l.staff_id, o.person_id, o.name, o.kana, o.birth FROM linked l
JOIN resident r ON r.person_id = l.person_id JOIN resident o USING (household_id)
WHERE o.person_id <> l.person_id AND household_id <> ''
ORDER BY ALL
"""

NAMESAKE = """
SELECT DISTINCT c.key, r.person_id, r.birth, r.town, r.number FROM resident r JOIN called c USING (name)
ORDER BY ALL
"""

NAMED = Stage(
    "relatives",
    "Whom staff name, and every name in the resident register.",
    (
        Step(
            "named_relative", NAMED_RELATIVE, why="W7: dependants and emergency contacts still declared.", kind="VIEW"
        ),
        Step("staff_entry", STAFF_ENTRY, why="Where a member of staff stands in the files.", kind="VIEW"),
        Step("resident_name", RESIDENT_NAME, why="Names are folded once each.", kind="VIEW"),
    ),
    results=("named_relative", "staff_entry", "resident_name"),
)
MET = Stage(
    "met",
    "The residents who may be named: who ever lived with a member of staff, and who has the name.",
    (
        Step("housemate", HOUSEMATE, why="W7: everyone who ever lived under one roof with staff.", kind="VIEW"),
        Step("namesake", NAMESAKE, why="W7: every resident who has, or had, a declared name.", kind="VIEW"),
    ),
    results=("housemate", "namesake"),
)
