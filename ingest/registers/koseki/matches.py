"""Which resident an entry of 戸籍 is, by register, name and birth date (K3, K5)."""

from graph.steps.step import Stage, Step

BY_REGISTER = """
WITH named AS (
    SELECT DISTINCT entry, given_key, birth_earliest, birth_latest, known_sex,
           unnest([reg, prior_reg, new_reg]) AS reg FROM entry
)
SELECT l.label, s.person_id, 1 AS how
FROM named n JOIN entry_label l USING (entry)
JOIN spell s ON s.reg = n.reg AND n.reg <> '' AND ends_with(s.name_key, n.given_key)
    AND n.birth_earliest <= s.birth_latest AND n.birth_latest >= s.birth
    AND (n.known_sex IN ('', s.sex) OR s.sex = '')
UNION
SELECT l.label, e.number, 0 FROM entry e JOIN entry_label l USING (entry)
WHERE e.number IN (SELECT person_id FROM spell)
"""

BY_NAME = """
WITH left_over AS (
    SELECT DISTINCT label, surname || given_key AS name_key, birth, known_sex FROM entry JOIN entry_label USING (entry)
    WHERE surname <> '' AND birth IS NOT NULL AND label NOT IN (SELECT label FROM match_by_register)
), free AS (
    SELECT DISTINCT person_id, name_key, birth, sex FROM spell
    WHERE birth = birth_latest AND person_id NOT IN (SELECT person_id FROM match_by_register)
), met AS (
    SELECT DISTINCT label, person_id FROM left_over l JOIN free f USING (name_key, birth)
    WHERE l.known_sex IN ('', f.sex) OR f.sex = ''
)
SELECT label, person_id, 2 AS how FROM met
QUALIFY count(*) OVER (PARTITION BY label) = 1 AND count(*) OVER (PARTITION BY person_id) = 1
"""

# One of the two registers misspells the given name. A register names a twin too, who leaves it open; one that is only
# pointed to may not.
BY_BIRTH = """
WITH left_over AS (
    SELECT DISTINCT label, reg, birth, known_sex
    FROM entry JOIN entry_label USING (entry)
    WHERE birth IS NOT NULL AND label NOT IN (SELECT label FROM matched_by_name)
), free AS (
    SELECT DISTINCT person_id, reg, birth, sex FROM spell
    WHERE birth = birth_latest AND reg <> '' AND person_id NOT IN (SELECT person_id FROM matched_by_name)
), met AS (
    SELECT DISTINCT label, person_id FROM left_over l JOIN free f USING (reg, birth) WHERE l.known_sex IN ('', f.sex)
)
SELECT label, person_id, 3 AS how FROM met
QUALIFY count(*) OVER (PARTITION BY label) = 1 AND count(*) OVER (PARTITION BY person_id) = 1
"""

BOTH = "SELECT label, person_id, how FROM {} UNION ALL SELECT label, person_id, how FROM {}"

MATCHES = Stage(
    "matches",
    "Which resident an entry is, each way of telling asked of those whom the ways before it did not meet.",
    (
        Step("match_by_register", BY_REGISTER,
             why="K5: a resident is met in any register that the entries name; in it given name and birth tell."),
        Step("match_by_name", BY_NAME,
             why="Where no register is shared any more: full name and exact birth date, if both sides have it once."),
        Step("matched_by_name", BOTH.format("match_by_register", "match_by_name"),
             why="Both ways so far.", kind="VIEW"),
        Step("match_by_birth", BY_BIRTH,
             why="K5: whoever is left over on both sides in one register, of one birth date and sex, is one person."),
        Step("matched_by_birth", BOTH.format("matched_by_name", "match_by_birth"), why="All ways so far.", kind="VIEW"),
    ),
    results=("matched_by_birth",),
)  # fmt: skip
