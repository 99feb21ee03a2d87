"""Whom the people of a genealogy are in the registers.

One is somebody of the registers under the same full name and birth date, or by a 宛名番号 written there; then who
stands in the same place beside somebody matched (parent, child or spouse) under the same given name. What fits two is
nobody. Everyone else is `ged:` with the genealogy's name and the person's id in it.
"""

from graph.steps.duckdb import DuckDB
from graph.steps.runner import Timing, run
from graph.steps.step import Stage, Step

# Residents also under the name before a marriage (旧氏).
KNOWN_NAME = """
SELECT DISTINCT person_id, name_key, given_key, sex, birth AS earliest, birth_latest AS latest FROM spell
UNION
SELECT DISTINCT s.person_id, f.key || s.given_key, s.given_key, s.sex, s.birth, s.birth_latest
FROM spell s JOIN resident r USING (person_id, history_no) JOIN name f ON f.text = r.former_surname
WHERE s.given_key <> '' AND f.key <> ''
UNION
SELECT DISTINCT person_id, surname || given_key, given_key, known_sex, birth_earliest,
       coalesce(birth, CAST(birth_earliest + INTERVAL 1 YEAR AS DATE))
FROM owned_entry
UNION
SELECT DISTINCT parent, text, '', sex, CAST(NULL AS DATE), CAST(NULL AS DATE) FROM parent_named WHERE by_name
UNION
SELECT DISTINCT other, counterpart, '', other_sex, CAST(NULL AS DATE), CAST(NULL AS DATE)
FROM counterpart WHERE by_name
"""

SAME_SEX = "(g.sex IN ('', m.sex) OR m.sex = '')"
ONE_EACH = """count(*) OVER (PARTITION BY known) = 1
    AND count(*) OVER (PARTITION BY tree, person_id) = 1"""

SAME = f"""
WITH met AS (
    SELECT DISTINCT g.tree, g.known, m.person_id FROM tree_person g JOIN tree_name n USING (known)
    JOIN known_name m ON m.name_key = n.name_key AND m.earliest = g.birth AND m.latest = g.birth
        AND {SAME_SEX}
    UNION
    SELECT g.tree, g.known, m.person_id FROM tree_person g JOIN tree_name n USING (known)
    JOIN known_name m ON m.person_id = g.number AND {SAME_SEX}
        AND (m.earliest <= g.birth AND m.latest >= g.birth OR n.name_key = m.name_key)
)
SELECT tree, known, person_id FROM met QUALIFY {ONE_EACH}
"""

TREE_PLACE = """
SELECT parent AS known, 'parent' AS role, child AS other FROM tree_parent
UNION SELECT child, 'child', parent FROM tree_parent
UNION SELECT unnest([a, b]), 'spouse', unnest([b, a]) FROM tree_spouse
"""

REGISTER_PLACE = """
SELECT parent AS person_id, 'parent' AS role, child AS other FROM parent_registered
UNION SELECT child, 'child', parent FROM parent_registered
UNION SELECT unnest([a, b]), 'spouse', unnest([b, a]) FROM spouse_registered
UNION SELECT person_id, last, head FROM relation_to_head WHERE steps = 1 AND last IN ('parent', 'child', 'spouse')
UNION SELECT head, CASE last WHEN 'parent' THEN 'child' WHEN 'child' THEN 'parent' ELSE last END, person_id
FROM relation_to_head WHERE steps = 1 AND last IN ('parent', 'child', 'spouse')
"""

NEXT = f"""
WITH met AS (
    SELECT DISTINCT g.tree, g.known, m.person_id FROM tree_person g JOIN tree_name n USING (known)
    JOIN tree_place p USING (known) JOIN tree_match_{{before}} s ON s.known = p.other
    JOIN register_place o ON o.other = s.person_id AND o.role = p.role
    JOIN known_name m ON m.person_id = o.person_id AND {SAME_SEX}
        AND (n.name_key = m.name_key OR n.given_key = m.given_key AND n.given_key <> ''
            OR m.given_key = '' AND n.given_key <> '' AND ends_with(m.name_key, n.given_key))
        AND coalesce(m.earliest <= g.latest AND m.latest >= g.earliest, true)
    WHERE g.known NOT IN (SELECT known FROM tree_match_{{before}})
        AND (g.tree, m.person_id) NOT IN (SELECT (tree, person_id) FROM tree_match_{{before}})
)
SELECT tree, known, person_id FROM tree_match_{{before}}
UNION ALL
SELECT tree, known, person_id FROM (SELECT * FROM met QUALIFY {ONE_EACH})
"""

TREES = Stage(
    "trees",
    "Who of a genealogy is met in the registers by name and birth date, or by number.",
    (
        Step("known_name", KNOWN_NAME, why="Everyone the registers know, under every name they know."),
        Step(
            "tree_match_0",
            SAME,
            why="A full name with its birth date, or a 宛名番号, is one person; what fits two is nobody.",
        ),
        Step("tree_place", TREE_PLACE, why="Who stands beside whom in a genealogy."),
        Step("register_place", REGISTER_PLACE, why="Who stands beside whom in the registers."),
    ),
    results=("known_name", "tree_match_0", "tree_place", "register_place"),
)


def beside(number: int) -> Stage:
    """Give one round: who stands in the same place beside somebody matched is matched, until that finds nobody."""
    made = f"tree_match_{number + 1}"
    why = "Who stands in the same place beside somebody matched, under the same given name."
    return Stage(
        f"beside matches {number}",
        "From person to person along a genealogy, until nobody more is met.",
        (Step(made, NEXT.format(before=number), why=why),),
        results=(f"tree_match_{number}", made),
    )


def matched(rounds: int) -> Stage:
    """Give the stage that says who is whom after so many rounds."""
    met = f"SELECT tree, known, person_id FROM tree_match_{rounds}"
    alone = "SELECT * FROM tree_person WHERE known NOT IN (SELECT known FROM tree_match)"
    return Stage(
        "tree matches",
        "Who of the genealogies is met in the registers, and who is not.",
        (
            Step("tree_match", met, why="After the last round."),
            Step("tree_only", alone, why="Whom only a genealogy knows."),
        ),
        results=("tree_match", "tree_only"),
    )


def match(engine: DuckDB, whole: Stage) -> tuple[Timing, ...]:
    """Make `tree_match` and `tree_only`: round after round, as long as a round matches somebody."""
    timings, rounds, before, now = run(TREES, engine, whole), 0, -1, 0
    while now != before:
        timings += run(beside(rounds), engine)
        rounds += 1
        before, now = now, engine.read(f"tree_match_{rounds}").num_rows
    return timings + run(matched(rounds), engine, whole)
