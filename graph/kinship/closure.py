"""Everyone's relatives at once (design §5): one row for each distinct relation of two people, with its witness."""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa

from graph.kinship import household, lines
from graph.model import UNKNOWN_START, Grade

INPUTS = {
    "Person": "people",
    "Household": "households",
    "PARENT_OF": "parent_of",
    "SPOUSE_OF": "spouse_of",
    "MEMBER_OF": "member_of",
}

# A7: the two children under the apex. Parents by any link count, but only known ones: a placeholder proves nothing.
HALF = """
CREATE TABLE half AS
WITH pair AS (SELECT DISTINCT path[up] AS x, path[up + 2] AS y FROM line WHERE form = 'blood' AND up > 0 AND down > 0),
     known AS (
         SELECT DISTINCT b AS child, a AS parent
         FROM link JOIN person ON person.rowid = a WHERE type = 'parent' AND NOT placeholder
     ),
     parents AS (SELECT child, count(*) AS n FROM known GROUP BY child),
     shared AS (
         SELECT x, y, count(*) AS n
         FROM pair JOIN known kx ON kx.child = x JOIN known ky ON ky.child = y AND ky.parent = kx.parent
         GROUP BY x, y
     )
SELECT x, y,
       CASE WHEN shared.n >= 2 THEN 'full' WHEN shared.n = 1 AND px.n > 1 AND py.n > 1 THEN 'half' ELSE 'unknown' END
           AS half
FROM pair LEFT JOIN shared USING (x, y)
     LEFT JOIN parents px ON px.child = x LEFT JOIN parents py ON py.child = y
"""

# What a line says: kin lines of the walk, then the marriages themselves with their own end (death ends those, C4).
READINGS = """
CREATE VIEW reading AS
SELECT source, person, CASE form WHEN 'blood' THEN 'blood' ELSE 'affinity' END AS kind, up, down,
       CASE form WHEN 'blood' THEN '' ELSE form END AS side,
       ['birth', 'recognised', 'adoptive'][nature + 1] AS nature,
       CASE WHEN form = 'blood' AND up > 0 AND down > 0 THEN half.half ELSE '' END AS half,
       valid_from, valid_to, grade, '' AS label, path, steps
FROM line LEFT JOIN half ON half.x = path[up] AND half.y = path[up + 2]
WHERE form IN ('blood', 'spouse', 'relative') AND up + down > 0
UNION ALL
SELECT source, person, form, -1, -1, '', '', '', line.valid_from, link.valid_to, line.grade, '', path, steps
FROM line JOIN link ON link.rowid = steps[1] // 2
WHERE form IN ('spouse', 'de_facto') AND up + down = 0 AND (link.valid_to IS NULL OR line.valid_from < link.valid_to)
UNION ALL
SELECT source, person, 'tie', CASE form WHEN 'child_of_de_facto' THEN 0 ELSE -1 END,
       CASE form WHEN 'child_of_de_facto' THEN 1 ELSE -1 END,
       CASE WHEN form IN ('child_of_de_facto', 'spouse_of_spouses_sibling') THEN 'spouse' ELSE '' END,
       '', '', valid_from, valid_to, grade, form, path, steps
FROM line WHERE form NOT IN ('blood', 'spouse', 'relative', 'de_facto')
UNION ALL
SELECT source, person, 'self', -1, -1, '', '', '', valid_from, valid_to, grade, '', path, steps
FROM line WHERE form = 'blood' AND up + down = 0
UNION ALL
SELECT source, person, 'household', -1, -1, '', '', '', valid_from, valid_to, grade, '', [source, person], [id]
FROM co_residence
"""

# The witness: a line that still holds, then the best founded, then the first by ids (A12). Nobody is related to a
# placeholder in words (E9), though lines pass through them.
RELATIONS = """
CREATE TABLE relation AS
SELECT source, person, kind, up, down, side, nature, half, valid_from,
       min({'ended': -coalesce(valid_to - $unknown, 9999999), 'grade': grade, 'label': label, 'path': path,
            'steps': steps, 'valid_to': valid_to}) AS best
FROM reading JOIN person p ON p.rowid = person
WHERE NOT p.placeholder
GROUP BY ALL
"""

# A4: one's own mother is trivially 父の配偶者. A blood relation that has ended hides no affinity that holds.
TRIVIAL_AFFINITY = """
DELETE FROM relation a WHERE kind = 'affinity' AND EXISTS (
    SELECT 1 FROM relation b
    WHERE b.kind = 'blood' AND b.source = a.source AND b.person = a.person AND b.up = a.up AND b.down = a.down
          AND (b.best.valid_to IS NULL OR a.best.valid_to IS NOT NULL))
"""

# A couple are trivially co-parents: a tie outside the law is told only of people the law or a home does not tie closer.
TRIVIAL_TIES = """
DELETE FROM relation a WHERE kind = 'tie' AND EXISTS (
    SELECT 1 FROM relation b
    WHERE b.kind IN ('blood', 'spouse', 'de_facto') AND b.source = a.source AND b.person = a.person)
"""

RESULT = """
SELECT source, person, kind, up::BIGINT AS up, down::BIGINT AS down, side, nature, half,
       $grades[best.grade] AS grade, valid_from, best.valid_to, best.label, best.path, best.steps
FROM relation ORDER BY source, person, kind, up, down, side, nature, half, valid_from
"""

EVIDENCE = """
WITH used AS (SELECT DISTINCT unnest(best.steps) AS id FROM relation),
     told AS (
         SELECT s.id, s.a, s.b, link.type, link.grade, link.file, link.line
         FROM step s JOIN link ON link.rowid = s.id // 2
         UNION ALL
         SELECT id, source, person, 'household', $stated, file, line FROM co_residence
     )
SELECT id,
       to_json({'from': a.id, 'to': b.id, 'type': type, 'grade': grade, 'file': file, 'line': line})::VARCHAR AS edge
FROM told JOIN used USING (id) JOIN person a ON a.rowid = told.a JOIN person b ON b.rowid = told.b
ORDER BY id
"""


def closure(graph: Mapping[str, pa.Table], sources: Sequence[str]) -> pa.Table:
    """Give every relation of every source person as a table with the columns of `graph.model.Relation`.

    `graph` holds the kinds named in `INPUTS`, in any row order; the result is sorted by its key.
    """
    with duckdb.connect() as con:
        for kind, name in INPUTS.items():
            con.register(name, graph[kind])
        con.register("sources", pa.table({"id": pa.array(sorted(set(sources)), pa.string())}))
        lines.walk(con)
        household.meet(con, list(Grade).index(Grade.STATED) + 1)
        con.execute(HALF)
        con.execute(READINGS)
        con.execute(RELATIONS, {"unknown": UNKNOWN_START})
        con.execute(TRIVIAL_AFFINITY)
        con.execute(TRIVIAL_TIES)
        return _table(con)


def _table(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Read the relations, and put ids and evidence where codes stood."""
    coded = con.sql(RESULT, params={"grades": list(Grade)}).to_arrow_table()
    people = con.sql("SELECT id FROM person ORDER BY rowid").to_arrow_table()["id"].combine_chunks()
    evidence = con.sql(EVIDENCE, params={"stated": Grade.STATED}).to_arrow_table()
    paths = _named(coded["path"], people)
    steps = coded["steps"].combine_chunks()
    at = np.searchsorted(evidence["id"].to_numpy(), steps.flatten().to_numpy())
    edges = pa.DictionaryArray.from_arrays(pa.array(at, pa.int32()), evidence["edge"].combine_chunks())
    return pa.table(
        {
            "start": people.take(coded["source"].combine_chunks()),
            "end": people.take(coded["person"].combine_chunks()),
            **{name: coded[name] for name in coded.column_names[2:-2]},
            "path": paths,
            "links": pa.ListArray.from_arrays(steps.offsets, edges),
        }
    )


def _named(lists: pa.ChunkedArray, words: pa.Array) -> pa.Array:
    """Turn lists of codes into lists of words; each word is kept once."""
    codes = lists.combine_chunks()
    return pa.ListArray.from_arrays(codes.offsets, pa.DictionaryArray.from_arrays(codes.flatten(), words))
