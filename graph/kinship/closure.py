"""Everyone's relatives at once (design §5): one row for each distinct relation of two people, with its witness."""

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa

from graph.kinship import household, lines
from graph.model import Grade

FOREVER = date(9999, 12, 31)

INPUTS = {
    "Person": "people",
    "Household": "households",
    "PARENT_OF": "parent_of",
    "SPOUSE_OF": "spouse_of",
    "MEMBER_OF": "member_of",
}

# A7: the two children under the apex. Parents by any link count, but only known ones: a placeholder proves nothing.
HALF = """
CREATE TYPE half AS ENUM ('full', 'half', 'unknown');
CREATE TABLE half AS
WITH pair AS (SELECT DISTINCT path[up] AS x, path[up + 2] AS y FROM line WHERE form = 'blood' AND up > 0 AND down > 0),
     child AS (SELECT x AS id FROM pair UNION SELECT y FROM pair),
     known AS (
         SELECT DISTINCT b AS child, a AS parent
         FROM link JOIN child ON child.id = b JOIN person ON person.rowid = a WHERE type = 'parent' AND NOT placeholder
     ),
     parents AS (SELECT child, count(*) AS n FROM known GROUP BY child),
     shared AS (
         SELECT x, y, count(*) AS n
         FROM pair JOIN known kx ON kx.child = x JOIN known ky ON ky.child = y AND ky.parent = kx.parent
         GROUP BY x, y
     )
SELECT x, y,
       CASE WHEN shared.n >= 2 THEN 'full' WHEN shared.n = 1 AND px.n > 1 AND py.n > 1 THEN 'half' ELSE 'unknown' END
           ::half AS half
FROM pair LEFT JOIN shared USING (x, y)
     LEFT JOIN parents px ON px.child = x LEFT JOIN parents py ON py.child = y
"""

# What a line of each form says; `stepped` where up and down are told, `bred` where the nature of the links is.
MEANINGS = """
CREATE TYPE kind AS ENUM ('affinity', 'blood', 'de_facto', 'household', 'self', 'spouse', 'tie');
CREATE TYPE side AS ENUM ('', 'relative', 'spouse');
CREATE TABLE meaning AS
SELECT form::form AS form, kind::kind AS kind, side::side AS side, stepped, bred
FROM (VALUES ('self', 'self', '', false, false),
             ('blood', 'blood', '', true, true),
             ('in_law', 'affinity', 'spouse', true, true),
             ('kins_spouse', 'affinity', 'relative', true, true),
             ('spouse', 'spouse', '', false, false),
             ('de_facto', 'de_facto', '', false, false),
             ('household', 'household', '', false, false),
             ('child_of_de_facto', 'tie', 'spouse', true, false),
             ('co_parent', 'tie', '', false, false),
             ('parents_of_childs_spouse', 'tie', '', false, false),
             ('spouse_of_spouses_sibling', 'tie', 'spouse', false, false)) v(form, kind, side, stepped, bred)
"""

READINGS = """
CREATE VIEW reading AS
SELECT source, person, form, kind, side, grade, valid_from, valid_to, trail, line.rowid AS line,
       CASE WHEN stepped THEN up ELSE -1 END AS up, CASE WHEN stepped THEN down ELSE -1 END AS down,
       CASE WHEN bred THEN least(nature, 'adoptive'::nature) END AS nature,
       CASE WHEN form = 'blood' THEN half END AS half
FROM line JOIN meaning USING (form) LEFT JOIN half ON x = path[line.up] AND y = path[line.up + 2]
"""

# The witness: a line that still holds, then the best founded, then the first by ids (A12). Nobody is related to a
# placeholder in words (E9), though lines pass through them.
RELATIONS = """
CREATE TABLE relation AS
SELECT source, person, kind, up, down, side, nature, half, valid_from,
       nullif(max(coalesce(valid_to, $forever)), $forever) AS valid_to,
       arg_min(line, {'left': $forever - coalesce(valid_to, $forever), 'grade': grade, 'form': form, 'trail': trail})
           AS line
FROM reading ANTI JOIN (SELECT rowid AS nobody FROM person WHERE placeholder) ON nobody = person
GROUP BY ALL
"""

# A4: one's own mother is trivially 父の配偶者. A blood relation that has ended hides no affinity that holds, one that
# began later (a stepchild adopted) none from before; readers leave out what is trivial on their day.
TRIVIAL_AFFINITY = """
DELETE FROM relation a WHERE kind = 'affinity' AND EXISTS (
    SELECT 1 FROM relation b
    WHERE b.kind = 'blood' AND b.source = a.source AND b.person = a.person AND b.up = a.up AND b.down = a.down
          AND b.valid_from <= a.valid_from AND (b.valid_to IS NULL OR a.valid_to IS NOT NULL))
"""

# A couple are trivially co-parents: a tie outside the law is told only of people the law or a home does not tie closer.
TRIVIAL_TIES = """
DELETE FROM relation a WHERE kind = 'tie' AND EXISTS (
    SELECT 1 FROM relation b
    WHERE b.kind IN ('blood', 'spouse', 'de_facto') AND b.source = a.source AND b.person = a.person)
"""

RESULT = """
SELECT r.source, r.person, kind::VARCHAR AS kind, r.up::BIGINT AS up, r.down::BIGINT AS down, side::VARCHAR AS side,
       coalesce(r.nature::VARCHAR, '') AS nature, coalesce(half::VARCHAR, '') AS half, grade::VARCHAR AS grade,
       r.valid_from, r.valid_to, CASE kind WHEN 'tie' THEN form::VARCHAR ELSE '' END AS label, r.line
FROM relation r JOIN line ON line.rowid = r.line
ORDER BY r.source, r.person, r.kind, r.up, r.down, r.side, 7, 8, r.valid_from
"""

EVIDENCE = """
WITH used AS (SELECT DISTINCT unnest(steps) AS id FROM line JOIN relation ON relation.line = line.rowid),
     told AS (
         SELECT s.id, s.a, s.b, link.type, link.grade, link.file, link.line
         FROM used JOIN step s USING (id) JOIN link ON link.rowid = s.id // 2
         UNION ALL
         SELECT id, source, person, 'household', $stated, file, line FROM used JOIN co_residence USING (id)
     )
SELECT told.id,
       to_json({'from': a.id, 'to': b.id, 'type': type, 'grade': grade, 'file': file, 'line': line})::VARCHAR AS edge
FROM told JOIN person a ON a.rowid = told.a JOIN person b ON b.rowid = told.b
"""


def closure(
    graph: Mapping[str, pa.Table],
    sources: Sequence[str],
    *,
    blood: int = lines.BLOOD_REACH,
    affinity: int = lines.AFFINITY_REACH,
) -> pa.Table:
    """Give every relation of every source person as a table with the columns of `graph.model.Relation`.

    `graph` holds the kinds named in `INPUTS`, in any row order; the result is sorted by its key. `blood` and `affinity`
    are the furthest degrees (C1).
    """
    with duckdb.connect() as con:
        for kind, name in INPUTS.items():
            con.register(name, graph[kind])
        con.register("sources", pa.table({"id": pa.array(sorted(set(sources)), pa.string())}))
        lines.walk(con, blood, affinity)
        household.meet(con)
        con.execute(HALF)
        con.execute(MEANINGS)
        con.execute(READINGS)
        con.execute(RELATIONS, {"forever": FOREVER})
        con.execute(TRIVIAL_AFFINITY)
        con.execute(TRIVIAL_TIES)
        return _table(con)


def _table(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Read the relations, and put ids and evidence where codes stood."""
    found = con.sql(RESULT).to_arrow_table()
    people = _column(con.sql("SELECT id FROM person ORDER BY rowid").to_arrow_table(), "id")
    evidence = con.sql(EVIDENCE, params={"stated": Grade.STATED}).to_arrow_table()
    witness = con.sql("SELECT path, steps FROM line ORDER BY rowid").to_arrow_table().take(found["line"])
    path, steps = _column(witness, "path"), _column(witness, "steps")
    edges = _places(steps.flatten().to_numpy(), evidence["id"].to_numpy())
    return pa.table(
        {
            "start": people.take(_column(found, "source")),
            "end": people.take(_column(found, "person")),
            **{name: found[name] for name in found.column_names[2:-1]},
            "path": pa.ListArray.from_arrays(path.offsets, _words(path.flatten(), people)),
            "links": pa.ListArray.from_arrays(steps.offsets, _words(pa.array(edges), _column(evidence, "edge"))),
        }
    )


def _column(table: pa.Table, name: str) -> pa.Array:
    return table[name].combine_chunks()


def _words(codes: pa.Array, words: pa.Array) -> pa.Array:
    """Stand for words by codes: each word is kept once, however often it occurs."""
    return pa.DictionaryArray.from_arrays(codes.cast(pa.int32()), words)


def _places(wanted: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """Give the place of each wanted id among ids that are in no order."""
    place = np.zeros(ids.max(initial=0) + 1, dtype=np.int32)
    place[ids] = np.arange(len(ids), dtype=np.int32)
    return np.take(place, wanted)
