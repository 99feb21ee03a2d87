"""戸籍: the entries of one human in several registers become one person, a resident where one fits (K3, K5, J7)."""

from graph.steps.step import Stage, Step
from ingest.registers.koseki.addresses import BRIDGE
from ingest.registers.koseki.matches import BOTH

IDENTITY = """
WITH latest AS (
    SELECT person_id, arg_max(status, history_no) = 'resident' AS here, max(starts) AS last FROM spell
    GROUP BY person_id
), best AS (
    SELECT label, person_id FROM entry_match JOIN latest USING (person_id)
    QUALIFY row_number() OVER (PARTITION BY label ORDER BY how, here DESC, last DESC, person_id) = 1
), ids AS (
    SELECT label, 'koseki:' || left(sha256(min(concat_ws('|', reg, given_key, birth_key))), 16) AS koseki_id
    FROM entry JOIN entry_label USING (entry) GROUP BY label
)
SELECT entry, coalesce(best.person_id, koseki_id) AS person_id
FROM entry_label JOIN ids USING (label) LEFT JOIN best USING (label)
"""

OWNED = "SELECT o.person_id, e.* FROM entry e JOIN entry_person o USING (entry)"

# What names and pointers are resolved against.
APPEARANCE = """
SELECT DISTINCT person_id, reg, surname || given_key AS name_key, given_key, birth_earliest AS birth,
       known_sex AS sex, is_head OR spouse_role <> '' AS adult, 0 AS source
FROM owned_entry WHERE reg <> ''
UNION
SELECT DISTINCT person_id, reg, name_key, given_key, birth, sex, true, 1 FROM spell WHERE reg <> ''
"""

IDENTITIES = Stage(
    "identities",
    "Whose entries these are, and where and how each person is met in the registers.",
    (
        Step("match_by_address", BRIDGE, why="K9: both have the same address, and what fits two is nobody."),
        Step("entry_match", BOTH.format("matched_by_birth", "match_by_address"),
             why="Every way of telling.", kind="VIEW"),
        Step("entry_person", IDENTITY,
             why="J7: of several 宛名番号 of one human, the one that lives here now, then the latest."),
        Step("owned_entry", OWNED, why="Each entry with whose it is (K1).", kind="VIEW"),
        Step("appearance", APPEARANCE,
             why="Every register in which a person is met, and how the person is called there."),
    ),
    results=("owned_entry", "appearance"),
)  # fmt: skip
