"""How the two of a pair compare, field by field, and how many residents share what HR says (W2, W3)."""

from graph.steps.step import Stage, Step
from ingest.identity.candidates import NEAR, TURNED

SIDE_BY_SIDE = f"""
SELECT p.staff_id, p.person_id, r.way, f.way AS written,
       f.surname, f.given, f.surname_kana, f.given_kana, f.latin, r.surname AS r_surname, r.given AS r_given,
       r.surname_kana AS r_surname_kana, r.given_kana AS r_given_kana, r.latin AS r_latin,
       f.whole = r.whole AND NOT contains(f.whole, '〓') AS whole, contains(f.whole || r.whole, '〓') AS unread,
       {TURNED} AS turned,
       (f.latin OR r.latin) AND f.reading = r.reading AND f.reading <> '' AS sounds
FROM pair p JOIN member_form f ON f.id = p.staff_id JOIN form r ON r.id = p.person_id
"""

# Levels, best first: 7 kana where one of the two is in Latin letters and nothing else can be compared, 6 kanji and
# kana, 5 kanji where one has no kana, 4 kanji only, 3 kana only, 2 a former surname, 1 alike, 0 differs, null where
# nothing can be compared: one is empty, or has 〓 for any one character.
LEVEL = """
CASE WHEN (latin OR r_latin) AND {part}_kana = r_{part}_kana AND {part}_kana <> '' THEN 7
     WHEN latin <> r_latin AND '' IN ({part}_kana, r_{part}_kana) THEN NULL
     WHEN latin <> r_latin THEN CASE WHEN starts_with({part}_kana, r_{part}_kana)
                                       OR starts_with(r_{part}_kana, {part}_kana) THEN 1 ELSE 0 END
     WHEN {part} = '' OR r_{part} = '' OR contains({part} || r_{part}, '〓')
          AND ({part} LIKE replace(r_{part}, '〓', '_') OR r_{part} LIKE replace({part}, '〓', '_'))
     THEN CASE WHEN {part}_kana <> '' AND {part}_kana = r_{part}_kana THEN 3 END
     WHEN {part} = r_{part} AND {part}_kana = r_{part}_kana AND {part}_kana <> '' THEN 6
     WHEN {part} = r_{part} AND ({part}_kana = '' OR r_{part}_kana = '') THEN 5
     WHEN {part} = r_{part} THEN 4
     WHEN {part}_kana = r_{part}_kana AND {part}_kana <> '' THEN 3
     WHEN jaro_winkler_similarity({part}, r_{part}) >= {alike} THEN 1 ELSE 0 END
""".strip()
SURNAME_LEVEL = f"SELECT *,\n{LEVEL.format(part='surname', alike=0.88)} AS s\nFROM side_by_side"
GIVEN_LEVEL = f"SELECT *,\n{LEVEL.format(part='given', alike=0.85)} AS g\nFROM surname_level"

SPELLING_LEVEL = """
SELECT * REPLACE (
    CASE WHEN whole OR turned THEN greatest(coalesce(s, 0), 5) WHEN sounds THEN 7 ELSE s END AS s,
    CASE WHEN whole OR turned THEN greatest(coalesce(g, 0), 5) WHEN sounds THEN 7 ELSE g END AS g)
FROM given_level
"""

NAME_LEVEL = """
SELECT staff_id, person_id,
       max(CASE WHEN way = 'past' AND s >= 3 THEN 2
                WHEN s < 2 AND (person_id, surname) IN (SELECT (person_id, former_surname) FROM former) THEN 2
                ELSE s END) AS surname,
       max(g) AS given, arg_max(surname, (s, surname)) AS surname_said, arg_max(given, (g, given)) AS given_said,
       arg_max(surname_kana, (s, surname_kana)) AS surname_kana_said,
       arg_max(given_kana, (g, given_kana)) AS given_kana_said,
       bool_or(unread) AS unreadable,
       bool_or(way = 'alias' AND g >= 3) AND NOT bool_or(way <> 'alias' AND g >= 3) AS alias_only,
       bool_or(written = 'turned') AND NOT bool_or(written <> 'turned' AND g >= 3) AS turned_only
FROM spelling_level WHERE written <> 'turned' OR g >= 3 AND (s >= 3 OR surname = '' AND surname_kana = '')
GROUP BY ALL
"""

HOUSEHOLD_OF = """
SELECT DISTINCT person_id, household_id FROM resident SEMI JOIN pair USING (person_id) WHERE household_id <> ''
"""

HOUSEMATE = """
SELECT DISTINCT h.person_id, o.person_id AS mate, o.birth, n.given, n.given_kana
FROM household_of h JOIN resident o USING (household_id) JOIN form n ON n.id = o.person_id
WHERE o.person_id <> h.person_id AND o.birth IN (SELECT birth FROM declared)
"""

DEPENDANT_MET = """
SELECT p.staff_id, p.person_id, count(DISTINCT m.mate) AS found
FROM pair p JOIN declared d USING (staff_id) JOIN declared_form k USING (name, kana)
JOIN housemate m ON m.person_id = p.person_id AND m.birth = d.birth
WHERE m.given <> '' AND ends_with(k.whole, m.given) OR m.given_kana <> '' AND ends_with(k.reading, m.given_kana)
GROUP BY ALL
"""

ANY_PLACE = """
SELECT person_id, town, block, dwelling FROM place
UNION ALL SELECT person_id, town, block, dwelling FROM told_place
"""

ADDRESS_LEVEL = """
SELECT p.staff_id, p.person_id, a.dwelling, a.block, a.town,
       CASE WHEN a.dwelling <> '' AND a.dwelling = h.dwelling THEN 'dwelling'
            WHEN (p.person_id, a.dwelling) IN (SELECT (person_id, dwelling) FROM any_place WHERE dwelling <> '')
            THEN 'before'
            WHEN a.place = 'outside' THEN 'outside' WHEN a.place = 'unknown' OR a.town = '' THEN 'missing'
            WHEN (p.person_id, a.block) IN (SELECT (person_id, block) FROM any_place WHERE block <> '') THEN 'block'
            WHEN a.town = h.town THEN 'town' ELSE 'differs' END AS address
FROM pair p JOIN member_place a USING (staff_id) LEFT JOIN home h USING (person_id)
"""

FACT_LEVEL = f"""
SELECT p.staff_id, p.person_id, r.status, r.protected,
       CASE WHEN s.birth IS NULL OR r.birth IS NULL THEN 'missing'
            WHEN EXISTS (SELECT 1 FROM birth_date b WHERE b.person_id = p.person_id AND b.birth = s.birth) THEN 'equal'
            WHEN {NEAR.format(a="s.birth", b="r.birth")}
            THEN 'near' ELSE 'differs' END AS birth,
       CASE WHEN s.sex = '' OR r.sex = '' THEN 'missing' WHEN s.sex = r.sex THEN 'equal' ELSE 'differs' END AS sex,
       s.sex AS staff_sex, s.birth AS born,
       coalesce(d.found, CASE WHEN EXISTS (SELECT 1 FROM dependant e WHERE e.staff_id = p.staff_id) THEN 0 END)
           AS dependants
FROM pair p JOIN member s USING (staff_id) JOIN person r USING (person_id)
LEFT JOIN dependant_met d USING (staff_id, person_id)
"""

COUNTED = {"form": ("surname", "given", "surname_kana", "given_kana"), "home": ("dwelling", "block", "town")}
BEARERS = [
    f"SELECT '{name}' AS what, {name} AS value, count(DISTINCT {'id' if table == 'form' else 'person_id'}) AS n\n"
    f"FROM {table} WHERE {name} <> '' GROUP BY ALL"
    for table, names in COUNTED.items()
    for name in names
]
BORN_THAT_DAY = "SELECT 'birth' AS what, CAST(birth AS VARCHAR) AS value, count(*) AS n FROM person GROUP BY ALL"
BEARER = "\nUNION ALL\n".join([*BEARERS, BORN_THAT_DAY])

COMPARED = """
SELECT n.*, f.* EXCLUDE (staff_id, person_id), l.* EXCLUDE (staff_id, person_id),
       (SELECT count(*) FROM person) AS residents,
       coalesce(s.n, 0) AS n_surname, coalesce(g.n, 0) AS n_given, coalesce(sk.n, 0) AS n_surname_kana,
       coalesce(gk.n, 0) AS n_given_kana, coalesce(b.n, 0) AS n_birth, coalesce(d.n, 0) AS n_dwelling,
       coalesce(k.n, 0) AS n_block, coalesce(t.n, 0) AS n_town
FROM name_level n JOIN fact_level f USING (staff_id, person_id) JOIN address_level l USING (staff_id, person_id)
LEFT JOIN bearer s ON s.what = 'surname' AND s.value = surname_said
LEFT JOIN bearer g ON g.what = 'given' AND g.value = given_said
LEFT JOIN bearer sk ON sk.what = 'surname_kana' AND sk.value = surname_kana_said
LEFT JOIN bearer gk ON gk.what = 'given_kana' AND gk.value = given_kana_said
LEFT JOIN bearer b ON b.what = 'birth' AND b.value = CAST(f.born AS VARCHAR)
LEFT JOIN bearer d ON d.what = 'dwelling' AND d.value = l.dwelling
LEFT JOIN bearer k ON k.what = 'block' AND k.value = l.block
LEFT JOIN bearer t ON t.what = 'town' AND t.value = l.town
"""

RETURNED = """
SELECT o.staff_id, o.person_id AS here, m.person_id AS gone, m.address IN ('dwelling', 'before', 'block') AS fits
FROM compared o JOIN compared m USING (staff_id, sex)
WHERE o.status = 'resident' AND m.status = 'moved' AND o.birth = 'equal' AND m.birth = 'equal'
  AND o.surname >= 4 AND m.surname >= 4 AND o.given >= 4 AND m.given >= 4
"""

CANDIDATE = """
SELECT c.* REPLACE (CASE WHEN c.address NOT IN ('dwelling', 'before', 'block')
                          AND (staff_id, person_id) IN (SELECT (staff_id, here) FROM returned WHERE fits)
                         THEN 'before' ELSE c.address END AS address)
FROM compared c WHERE (staff_id, person_id) NOT IN (SELECT (staff_id, gone) FROM returned)
ORDER BY staff_id, person_id
"""

NAMES = Stage(
    "names",
    "How well the names of a pair agree, the best of all spellings of both (W2, W3).",
    (
        Step("side_by_side", SIDE_BY_SIDE, why="Each spelling of the one beside each of the other.", kind="VIEW"),
        Step("surname_level", SURNAME_LEVEL, why="W2: how well the surnames agree.", kind="VIEW"),
        Step("given_level", GIVEN_LEVEL, why="W2: how well the given names agree.", kind="VIEW"),
        Step(
            "spelling_level",
            SPELLING_LEVEL,
            why="A name written without its space is all surname; the whole says what its parts cannot.",
            kind="VIEW",
        ),
        Step("name_level", NAME_LEVEL, why="W6: a name turned round counts where all of it then agrees."),
    ),
    results=("name_level",),
)
FACTS = Stage(
    "facts",
    "What both say of birth date, sex, address and dependants (W2).",
    (
        Step("household_of", HOUSEHOLD_OF, why="The households in which candidates have lived.", kind="VIEW"),
        Step("housemate", HOUSEMATE, why="Who lived there and was born on the day of somebody declared.", kind="VIEW"),
        Step("dependant_met", DEPENDANT_MET, why="W2: dependants who lived in the candidate's household."),
        Step("any_place", ANY_PLACE, why="The register's own addresses and those that people told."),
        Step("address_level", ADDRESS_LEVEL, why="W2: how near the address is to one of the candidate's."),
        Step("fact_level", FACT_LEVEL, why="W2: how birth date, sex and dependants agree."),
    ),
    results=("address_level", "fact_level"),
)
COMPARING = Stage(
    "comparing",
    "Every pair with the levels of all its fields; of two records of one human the one that is here.",
    (
        Step("bearer", BEARER, why="W3: how many residents bear a name or live there: the register's own frequencies."),
        Step("compared", COMPARED, why="W3: each pair with its levels and how common what HR says is."),
        Step("returned", RETURNED, why="J7: who moved away and came back under a new number stands there twice."),
        Step(
            "candidate",
            CANDIDATE,
            why="J7: the record that is here stands for both; what fits the older address fits a former home.",
            kind="VIEW",
        ),
    ),
    results=("candidate",),
)
