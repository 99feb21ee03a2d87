"""Whom identity linking compares, as personnel records and registers write them."""

from graph.steps.step import Stage, Step

PERSON = """
SELECT person_id, arg_max(sex, latest) AS sex, arg_max(birth, latest) AS birth, arg_max(status, latest) AS status,
       bool_or(contains(note, '支援措置')) AS protected, max(history_no) AS history_no
FROM (SELECT *, struct_pack(history_no := history_no, file := file, line := line) AS latest FROM resident)
GROUP BY person_id HAVING arg_max(status, latest) IN ('resident', 'moved')
"""

BIRTH_DATE = """
SELECT DISTINCT person_id, birth FROM resident SEMI JOIN person USING (person_id) WHERE birth IS NOT NULL
"""

SPELLING = """
SELECT person_id AS id, name, kana, CASE WHEN bool_or(way = 'now') THEN 'now' ELSE min(way) END AS way FROM (
    SELECT r.person_id, name, kana, CASE WHEN r.history_no = p.history_no THEN 'now' ELSE 'past' END AS way
    FROM resident r JOIN person p USING (person_id)
    UNION ALL SELECT person_id, latin_name, kana, 'now' FROM resident SEMI JOIN person USING (person_id)
    UNION ALL SELECT person_id, alias, '', 'alias' FROM resident SEMI JOIN person USING (person_id)
) WHERE name <> '' GROUP BY ALL
ORDER BY ALL
"""

FORMER_NAME = """
SELECT DISTINCT person_id, former_surname AS name FROM resident WHERE former_surname <> ''
ORDER BY ALL
"""

LIVED_AT = """
SELECT DISTINCT person_id, town, number FROM resident SEMI JOIN person USING (person_id)
ORDER BY ALL
"""

LIVES_AT = """
SELECT person_id, town, number FROM resident JOIN person USING (person_id, history_no)
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY file, line) = 1
"""

MEMBER = """
SELECT staff_id, arg_max(birth, latest) FILTER (birth IS NOT NULL) AS birth,
       coalesce(arg_max(sex, latest) FILTER (sex <> ''), '') AS sex,
       coalesce(arg_max(address, latest) FILTER (address <> ''), '') AS address
FROM (
    SELECT *, struct_pack(since := coalesce(valid_from, DATE '0001-01-01'), file := file, line := line) AS latest
    FROM staff WHERE seen_until IS NULL
) GROUP BY staff_id
"""

MEMBER_SPELLING = """
SELECT DISTINCT staff_id AS id, name, kana, 'now' AS way FROM (
    SELECT *, name <> '' OR kana <> '' AS named FROM staff WHERE seen_until IS NULL
    QUALIFY named OR NOT bool_or(named) OVER (PARTITION BY staff_id)
)
ORDER BY ALL
"""

DECLARED = """
SELECT DISTINCT staff_id, birth, name, kana FROM dependant WHERE birth IS NOT NULL AND seen_until IS NULL
"""

DECLARED_NAME = """
SELECT DISTINCT '' AS id, name, kana, 'now' AS way FROM dependant
ORDER BY ALL
"""

WRITTEN = Stage(
    "written",
    "What the registers and personnel records write of everybody; keys of names and addresses are worked out of it.",
    (
        Step("person", PERSON, why="The dead and the struck-off are no staff; who moved away may still be."),
        Step("birth_date", BIRTH_DATE, why="A birth date that was once written, and corrected, is met as well."),
        Step("spelling", SPELLING, why="Names of now and before, in Latin letters too, or as 通称 only.", kind="VIEW"),
        Step("former_name", FORMER_NAME, why="Surnames before a marriage (旧氏).", kind="VIEW"),
        Step("lived_at", LIVED_AT, why="Every dwelling that a person has had here.", kind="VIEW"),
        Step("lives_at", LIVES_AT, why="The dwelling of the latest row.", kind="VIEW"),
        Step("member", MEMBER, why="The latest row of a member of staff counts; an empty cell says nothing."),
        Step("member_spelling", MEMBER_SPELLING, why="A posting without a name is no other spelling.", kind="VIEW"),
        Step("declared", DECLARED, why="W7: dependants who are still declared and have a birth date."),
        Step("declared_name", DECLARED_NAME, why="Dependants' names bear no space as often as not.", kind="VIEW"),
    ),
    results=(
        "person", "birth_date", "spelling", "former_name", "lived_at", "lives_at", "member", "member_spelling",
        "declared", "declared_name",
    ),
)  # fmt: skip
