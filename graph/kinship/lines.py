"""Every line of descent and marriage that starts at a set of people, walked set by set in DuckDB (A1, A11).

A line is a simple path: nobody stands on it twice. Blood is `up* down*` (A2) and affinity has exactly one marriage, at
its beginning or at its end (A3), so lines are bounded by law (C1) and enumerated whole; nothing else is ever walked.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import duckdb

from graph.model import UNKNOWN_START, Grade

BLOOD_REACH = 6  # C1: blood kin up to the sixth degree
AFFINITY_REACH = 3  # C1: affines up to the third

# Words as small numbers. Grades and natures are in an order in which the greater of two is what a line of both has.
TYPES = f"""
CREATE TYPE grade AS ENUM ({", ".join(f"'{grade}'" for grade in Grade)});
CREATE TYPE nature AS ENUM ('birth', 'recognised', 'adoptive', 'special_adoptive');
CREATE TYPE move AS ENUM ('up', 'down', 'spouse', 'de_facto');
CREATE TYPE link AS ENUM ('parent', 'spouse', 'de_facto');
CREATE TYPE form AS ENUM (
    'self', 'blood', 'married', 'partnered', 'in_law', 'kins_spouse', 'spouse', 'de_facto', 'household',
    'child_of_de_facto', 'co_parent', 'parents_of_childs_spouse', 'spouse_of_spouses_sibling')
"""

# Codes follow the order of ids, so that comparing codes is comparing ids (A12).
PEOPLE = """
CREATE TABLE person AS SELECT person_id AS id, birth_date, placeholder FROM people ORDER BY person_id
"""

# `since`: when the child came, which A6 holds against the day of an adoption above it.
LINKS = """
CREATE TABLE link AS
SELECT 'parent'::link AS type, a.rowid::INTEGER AS a, b.rowid::INTEGER AS b, nature::nature AS nature,
       grade::grade AS grade, valid_from, valid_to, valid_to AS affinity_to, source_file AS file, source_line AS line,
       CASE WHEN nature NOT IN ('birth', 'recognised') OR valid_from > $unknown THEN valid_from ELSE b.birth_date END
           AS since
FROM parent_of JOIN person a ON a.id = start JOIN person b ON b.id = "end"
UNION ALL
SELECT CASE nature WHEN 'legal' THEN 'spouse' ELSE 'de_facto' END::link, a.rowid, b.rowid, 'birth'::nature,
       grade::grade, valid_from, valid_to,
       CASE WHEN ended_by <> 'death' THEN valid_to END,  -- C4: death does not end affinity
       source_file, source_line, NULL
FROM spouse_of JOIN person a ON a.id = start JOIN person b ON b.id = "end"
"""

# `turn`: the how-manyeth of the steps that can be taken from `a`, in the order of ids: what orders lines (A12).
STEPS = """
CREATE TABLE step AS
SELECT *, row_number() OVER (PARTITION BY a ORDER BY b, move, nature, valid_from) AS turn
FROM (
    SELECT (2 * rowid)::INTEGER AS id, CASE type WHEN 'parent' THEN 'down' ELSE type::VARCHAR END::move AS move, a, b,
           nature, grade, valid_from, affinity_to AS valid_to
    FROM link
    UNION ALL
    SELECT (2 * rowid + 1)::INTEGER, CASE type WHEN 'parent' THEN 'up' ELSE type::VARCHAR END::move, b, a,
           nature, grade, valid_from, affinity_to
    FROM link
)
"""

# C3, A6: who was born before the parent's adoption is no kin of the adopter. Unknown order keeps the line.
BLOCKED = """
CREATE TABLE blocked AS
WITH pair AS (
    SELECT upper.rowid AS upper, lower.rowid AS lower
    FROM link upper JOIN link lower ON lower.a = upper.b
    WHERE upper.type = 'parent' AND lower.type = 'parent' AND upper.nature IN ('adoptive', 'special_adoptive')
          AND lower.since < upper.valid_from
)
SELECT 2 * upper AS first, 2 * lower AS second FROM pair
UNION ALL
SELECT 2 * lower + 1, 2 * upper + 1 FROM pair
"""

START = """
CREATE TABLE line AS
SELECT p.rowid::INTEGER AS source, p.rowid::INTEGER AS person, 'self'::form AS form,
       0::TINYINT AS up, 0::TINYINT AS down, 'birth'::nature AS nature, 'registered'::grade AS grade,
       $unknown::DATE AS valid_from, NULL::DATE AS valid_to,
       0::BIGINT AS trail, [p.rowid::INTEGER] AS path, []::INTEGER[] AS steps
FROM person p JOIN sources ON sources.id = p.id
"""

EXTEND = """
INSERT INTO line
SELECT f.source, s.b, $form, f.up + (s.move = 'up')::TINYINT, f.down + (s.move = 'down')::TINYINT,
       greatest(f.nature, s.nature), greatest(f.grade, s.grade),
       greatest(f.valid_from, s.valid_from) AS since, least(f.valid_to, s.valid_to) AS until,
       f.trail * $turns + least(s.turn, $turns - 1), list_append(f.path, s.b), list_append(f.steps, s.id)
FROM line f JOIN step s ON s.a = f.person
     ANTI JOIN blocked ON blocked.first = f.steps[-1] AND blocked.second = s.id
WHERE f.form = $base AND f.up + f.down BETWEEN $least AND $most AND s.move = $move
      AND ($down IS NULL OR f.down = $down) AND NOT list_contains(f.path, s.b) AND (until IS NULL OR since < until)
"""

# What couples are to each other, which death does end (C4).
COUPLES = """
INSERT INTO line
SELECT source, person, CASE form WHEN 'married' THEN 'spouse' ELSE 'de_facto' END, up, down, line.nature, line.grade,
       line.valid_from, link.valid_to, trail, path, steps
FROM line JOIN link ON link.rowid = steps[1] // 2
WHERE form IN ('married', 'partnered') AND (link.valid_to IS NULL OR line.valid_from < link.valid_to)
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One more step for some of the lines there are: which lines, which step, and what they become."""

    base: str
    least: int  # degrees of the lines to stretch
    most: int
    move: str
    form: str
    down: int | None = None  # only lines with so many steps down; `up` is legal after none (A2)


def _degree_by_degree(first: str, form: str, reach: int) -> Iterator[Stretch]:
    for degree in range(reach):
        base = form if degree else first
        yield Stretch(base, degree, degree, "up", form, down=0)
        yield Stretch(base, degree, degree, "down", form)


def _within(blood: int, affinity: int) -> tuple[Stretch, ...]:
    """Give the steps of every line within these degrees.

    `married` and `partnered` only lead on; as relations of their own they are `spouse` and `de_facto`.
    """
    return (
        Stretch("self", 0, 0, "spouse", "married"),
        Stretch("self", 0, 0, "de_facto", "partnered"),
        *_degree_by_degree("self", "blood", blood),
        *_degree_by_degree("married", "in_law", affinity),
        Stretch("blood", 1, affinity, "spouse", "kins_spouse"),
    )


# C8 and design §5: no kin in law, shown as ties. Each is a line above and one step that the law does not take.
OUTSIDE_THE_LAW = (
    Stretch("partnered", 0, 0, "down", "child_of_de_facto"),
    Stretch("blood", 1, 1, "up", "co_parent", down=1),
    Stretch("in_law", 2, 2, "spouse", "spouse_of_spouses_sibling", down=1),
    Stretch("kins_spouse", 1, 1, "up", "parents_of_childs_spouse", down=1),
)


def _turns(con: duckdb.DuckDBPyConnection, longest: int) -> int:
    """Give the base in which the turns of a line are its digits: as many as anybody has, and fit into `trail`."""
    ((most,),) = con.sql("SELECT coalesce(max(turn), 0) FROM step").fetchall()
    return min(int(most) + 1, int(2 ** (63 / longest)) - 1)


def walk(con: duckdb.DuckDBPyConnection, blood: int = BLOOD_REACH, affinity: int = AFFINITY_REACH) -> None:
    """Fill `line` with every line of every form from the people in `sources`."""
    con.execute(TYPES)
    con.execute(PEOPLE)
    con.execute(LINKS, {"unknown": UNKNOWN_START})
    con.execute(STEPS)
    con.execute(BLOCKED)
    con.execute(START, {"unknown": UNKNOWN_START})
    turns = _turns(con, max(blood, affinity + 1))
    for stretch in _within(blood, affinity) + OUTSIDE_THE_LAW:
        con.execute(EXTEND, {**asdict(stretch), "turns": turns})
    con.execute(COUPLES)
