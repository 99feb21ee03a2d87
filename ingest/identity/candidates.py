"""Pairs of staff and residents who may be one, and how they compare field by field (W2)."""

import duckdb
import pyarrow as pa

from ingest.identity import keys
from japanese.addresses import Towns

NEAR = """
(damerau_levenshtein(strftime({a}, '%Y%m%d'), strftime({b}, '%Y%m%d')) <= 1 OR abs({a} - {b}) = 1
 OR (year({a}), month({a}), day({a})) = (year({b}), day({b}), month({b})))
"""
PART = """
(f.surname = r.surname AND f.surname <> '' OR f.given = r.given AND f.given <> ''
 OR f.surname_kana = r.surname_kana AND f.surname_kana <> '' OR f.given_kana = r.given_kana AND f.given_kana <> '')
"""

# A name without a space whose halves stand in each other's place (folder 02).
TURNED = """
(f.way = 'turned' AND (
    f.surname = '' AND f.whole = r.given || r.surname AND r.given <> '' AND r.surname <> ''
    OR f.surname_kana = '' AND f.reading = r.given_kana || r.surname_kana
       AND r.given_kana <> '' AND r.surname_kana <> ''))
"""

# (a) birth date and a part of the name, (b) (c) the whole name, (d) the dwelling and the given name, (e) the
# dwelling and the birth date, whatever the name (W6). Of namesakes born
# on another day altogether only those of the same block stay: nobody else could be told from a stranger.
PAIRS = f"""
CREATE OR REPLACE TEMP TABLE i_pair AS
WITH namesakes AS (
    SELECT f.id AS staff_id, r.id AS person_id FROM i_staff_form f JOIN i_form r ON r.whole = f.whole AND f.whole <> ''
    UNION
    SELECT f.id, r.id FROM i_staff_form f JOIN i_form r ON r.reading = f.reading AND f.reading <> ''
), plausible AS (
    SELECT n.* FROM namesakes n JOIN i_staff s USING (staff_id) JOIN i_person p USING (person_id)
    WHERE s.birth IS NULL OR p.birth IS NULL OR s.birth = p.birth OR {NEAR.format(a="s.birth", b="p.birth")}
       OR EXISTS (FROM i_staff_place a JOIN i_place b ON b.block = a.block AND a.block <> ''
                  WHERE a.staff_id = n.staff_id AND b.person_id = n.person_id)
)
FROM plausible
UNION
SELECT s.staff_id, b.person_id FROM i_staff s JOIN i_birth b USING (birth)
JOIN i_staff_form f ON f.id = s.staff_id JOIN i_form r ON r.id = b.person_id WHERE {PART} OR {TURNED}
UNION
SELECT a.staff_id, b.person_id FROM i_staff_place a JOIN i_place b ON b.dwelling = a.dwelling AND a.dwelling <> ''
JOIN i_staff_form f ON f.id = a.staff_id JOIN i_form r ON r.id = b.person_id
WHERE f.given = r.given AND f.given <> '' OR f.given_kana = r.given_kana AND f.given_kana <> ''
UNION
SELECT a.staff_id, b.person_id FROM i_staff_place a JOIN i_place b ON b.dwelling = a.dwelling AND a.dwelling <> ''
JOIN i_staff s ON s.staff_id = a.staff_id JOIN i_birth d ON d.person_id = b.person_id AND d.birth = s.birth
"""

# Levels, best first: 7 kana where one of the two is in Latin letters and nothing else can be compared, 6 kanji and
# kana, 5 kanji where one has no kana, 4 kanji only, 3 kana only, 2 a former surname, 1 alike, 0 differs, null where
# nothing can be compared: one is empty, or has 〓 for any one character.
LEVEL = """
CASE WHEN (f.latin OR r.latin) AND f.{part}_kana = r.{part}_kana AND f.{part}_kana <> '' THEN 7
     WHEN f.latin <> r.latin AND '' IN (f.{part}_kana, r.{part}_kana) THEN NULL
     WHEN f.latin <> r.latin THEN CASE WHEN starts_with(f.{part}_kana, r.{part}_kana)
                                         OR starts_with(r.{part}_kana, f.{part}_kana) THEN 1 ELSE 0 END
     WHEN f.{part} = '' OR r.{part} = '' OR contains(f.{part} || r.{part}, '〓')
          AND (f.{part} LIKE replace(r.{part}, '〓', '_') OR r.{part} LIKE replace(f.{part}, '〓', '_'))
     THEN CASE WHEN f.{part}_kana <> '' AND f.{part}_kana = r.{part}_kana THEN 3 END
     WHEN f.{part} = r.{part} AND f.{part}_kana = r.{part}_kana AND f.{part}_kana <> '' THEN 6
     WHEN f.{part} = r.{part} AND (f.{part}_kana = '' OR r.{part}_kana = '') THEN 5
     WHEN f.{part} = r.{part} THEN 4
     WHEN f.{part}_kana = r.{part}_kana AND f.{part}_kana <> '' THEN 3
     WHEN jaro_winkler_similarity(f.{part}, r.{part}) >= {alike} THEN 1 ELSE 0 END
"""
NAMES = f"""
CREATE OR REPLACE TEMP TABLE i_names AS
WITH compared AS (
    SELECT p.staff_id, p.person_id, r.way, f.way AS written, f.surname, f.given, f.surname_kana, f.given_kana,
           {LEVEL.format(part="surname", alike=0.88)} AS s, {LEVEL.format(part="given", alike=0.85)} AS g,
           f.whole = r.whole AND NOT contains(f.whole, '〓') AS whole, contains(f.whole || r.whole, '〓') AS unread,
           {TURNED} AS turned,
           (f.latin OR r.latin) AND f.reading = r.reading AND f.reading <> '' AS sounds
    FROM i_pair p JOIN i_staff_form f ON f.id = p.staff_id JOIN i_form r ON r.id = p.person_id
), unspaced AS (  -- a name written without its space is all surname; the whole says what the parts cannot
    SELECT * REPLACE (
        CASE WHEN whole OR turned THEN greatest(coalesce(s, 0), 5) WHEN sounds THEN 7 ELSE s END AS s,
        CASE WHEN whole OR turned THEN greatest(coalesce(g, 0), 5) WHEN sounds THEN 7 ELSE g END AS g) FROM compared
), kept AS (  -- a name turned round counts where all of it then agrees
    FROM unspaced WHERE written <> 'turned' OR g >= 3 AND (s >= 3 OR surname = '' AND surname_kana = '')
)
SELECT staff_id, person_id,
       max(CASE WHEN way = 'past' AND s >= 3 THEN 2
                WHEN s < 2 AND (person_id, surname) IN (SELECT (person_id, former_surname) FROM i_former) THEN 2
                ELSE s END) AS surname,
       max(g) AS given, arg_max(surname, (s, surname)) AS surname_said, arg_max(given, (g, given)) AS given_said,
       arg_max(surname_kana, (s, surname_kana)) AS surname_kana_said,
       arg_max(given_kana, (g, given_kana)) AS given_kana_said,
       bool_or(unread) AS unreadable,
       bool_or(way = 'alias' AND g >= 3) AND NOT bool_or(way <> 'alias' AND g >= 3) AS alias_only,
       bool_or(written = 'turned') AND NOT bool_or(written <> 'turned' AND g >= 3) AS turned_only
FROM kept GROUP BY ALL
"""

MATES = """
CREATE OR REPLACE TEMP TABLE i_dependants AS
WITH declared AS (
    SELECT DISTINCT staff_id, birth, name, kana FROM dependant WHERE birth IS NOT NULL AND seen_until IS NULL
), homes AS (
    SELECT DISTINCT p.person_id, r.household_id FROM (SELECT DISTINCT person_id FROM i_pair) p
    JOIN resident r USING (person_id) WHERE r.household_id <> ''
), mates AS (
    SELECT DISTINCT h.person_id, o.person_id AS mate, o.birth, n.given, n.given_kana
    FROM homes h JOIN resident o USING (household_id) JOIN i_form n ON n.id = o.person_id
    WHERE o.person_id <> h.person_id AND o.birth IN (SELECT birth FROM declared)
)
SELECT p.staff_id, p.person_id, count(DISTINCT m.mate) AS found
FROM i_pair p JOIN declared d USING (staff_id) JOIN i_declared k USING (name, kana)
JOIN mates m ON m.person_id = p.person_id AND m.birth = d.birth
WHERE m.given <> '' AND ends_with(k.whole, m.given) OR m.given_kana <> '' AND ends_with(k.reading, m.given_kana)
GROUP BY ALL
"""

# What both say of birth date, sex, address and dependants.
FACTS = f"""
CREATE OR REPLACE TEMP TABLE i_facts AS
SELECT p.staff_id, p.person_id, r.status, r.protected,
       CASE WHEN s.birth IS NULL OR r.birth IS NULL THEN 'missing'
            WHEN EXISTS (FROM i_birth b WHERE b.person_id = p.person_id AND b.birth = s.birth) THEN 'equal'
            WHEN {NEAR.format(a="s.birth", b="r.birth")} THEN 'near' ELSE 'differs' END AS birth,
       CASE WHEN s.sex = '' OR r.sex = '' THEN 'missing' WHEN s.sex = r.sex THEN 'equal' ELSE 'differs' END AS sex,
       s.sex AS staff_sex, s.birth AS born,
       CASE WHEN a.dwelling <> '' AND a.dwelling = h.dwelling THEN 'dwelling'
            WHEN (p.person_id, a.dwelling) IN (SELECT (person_id, dwelling) FROM i_place WHERE dwelling <> '')
            THEN 'before'
            WHEN a.place = 'outside' THEN 'outside' WHEN a.place = 'unknown' OR a.town = '' THEN 'missing'
            WHEN (p.person_id, a.block) IN (SELECT (person_id, block) FROM i_place WHERE block <> '') THEN 'block'
            WHEN a.town = h.town THEN 'town' ELSE 'differs' END AS address,
       a.dwelling, a.block, a.town,
       coalesce(d.found, CASE WHEN EXISTS (FROM dependant e WHERE e.staff_id = p.staff_id) THEN 0 END) AS dependants
FROM i_pair p JOIN i_staff s USING (staff_id) JOIN i_person r USING (person_id) JOIN i_staff_place a USING (staff_id)
LEFT JOIN i_home h USING (person_id) LEFT JOIN i_dependants d USING (staff_id, person_id)
"""

# Where residents lived before they came or moved, and where they went, as they told it: read for candidates only.
TOLD = """
SELECT DISTINCT person_id, unnest([previous_address, moved_to]) AS address
FROM resident r SEMI JOIN i_pair p ON p.person_id = r.person_id ORDER BY ALL
"""

RESULT = """
SELECT n.*, f.* EXCLUDE (staff_id, person_id),
       (SELECT count(*) FROM i_person) AS residents,
       coalesce(s.n, 0) AS n_surname, coalesce(g.n, 0) AS n_given, coalesce(sk.n, 0) AS n_surname_kana,
       coalesce(gk.n, 0) AS n_given_kana, coalesce(b.n, 0) AS n_birth, coalesce(d.n, 0) AS n_dwelling,
       coalesce(k.n, 0) AS n_block, coalesce(t.n, 0) AS n_town
FROM i_names n JOIN i_facts f USING (staff_id, person_id)
LEFT JOIN i_count s ON s.what = 'surname' AND s.value = surname_said
LEFT JOIN i_count g ON g.what = 'given' AND g.value = given_said
LEFT JOIN i_count sk ON sk.what = 'surname_kana' AND sk.value = surname_kana_said
LEFT JOIN i_count gk ON gk.what = 'given_kana' AND gk.value = given_kana_said
LEFT JOIN i_count b ON b.what = 'birth' AND b.value = CAST(f.born AS VARCHAR)
LEFT JOIN i_count d ON d.what = 'dwelling' AND d.value = f.dwelling
LEFT JOIN i_count k ON k.what = 'block' AND k.value = f.block
LEFT JOIN i_count t ON t.what = 'town' AND t.value = f.town
ORDER BY n.staff_id, n.person_id
"""
COUNTED = {"i_form": ("surname", "given", "surname_kana", "given_kana"), "i_home": ("dwelling", "block", "town")}


def compare(con: duckdb.DuckDBPyConnection, towns: Towns) -> pa.Table:
    """Give one row for each pair: the level of every field, and how many residents share what HR says."""
    con.execute(PAIRS)
    _add_earlier_homes(con, towns)
    _write_declared(con)
    for statement in (NAMES, MATES, FACTS):
        con.execute(statement)
    _count(con)
    return con.sql(RESULT).to_arrow_table()


def _add_earlier_homes(con: duckdb.DuckDBPyConnection, towns: Towns) -> None:
    rows = [(person, text) for person, text in con.sql(TOLD).fetchall() if text]
    read = {text: towns.parse(text) for text in sorted({text for _, text in rows})}
    homes = [(person, read[text]) for person, text in rows if read[text].place != "unknown"]
    columns = {
        "person_id": [person for person, _ in homes],
        "town": [home.town for _, home in homes],
        "block": [home.block if home.block != home.town else "" for _, home in homes],
        "dwelling": [keys.dwelling(home) for _, home in homes],
    }
    schema = pa.schema([(name, pa.string()) for name in columns])
    con.register("i_incoming", pa.table(columns, schema=schema))
    con.execute("INSERT INTO i_place BY NAME FROM i_incoming")
    con.unregister("i_incoming")


def _write_declared(con: duckdb.DuckDBPyConnection) -> None:
    """Write the name keys of declared dependants, whose names bear no space as often as not."""
    named = con.sql("SELECT DISTINCT '' AS id, name, kana, 'now' AS way FROM dependant ORDER BY ALL").to_arrow_table()
    keys.keep(
        con, "i_declared", keys.named(named).append_column("name", named["name"]).append_column("kana", named["kana"])
    )


def _count(con: duckdb.DuckDBPyConnection) -> None:
    """Count how many residents bear each name, birth date and dwelling: the register's own frequencies."""
    parts = [
        f"SELECT '{name}' AS what, {name} AS value, count(DISTINCT {'id' if table == 'i_form' else 'person_id'}) AS n "
        f"FROM {table} WHERE {name} <> '' GROUP BY ALL"
        for table, names in COUNTED.items()
        for name in names
    ]
    births = "SELECT 'birth', CAST(birth AS VARCHAR), count(*) FROM i_person GROUP BY ALL"
    con.execute(f"CREATE OR REPLACE TEMP TABLE i_count AS {' UNION ALL '.join([*parts, births])}")
