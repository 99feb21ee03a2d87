"""Every tie of every related pair in a genealogy, by the same closure that serves the registers."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from graph.kinship import words_en, words_ja
from graph.kinship.closure import closure
from graph.kinship.seen import Seen
from graph.model import UNKNOWN_START, Tense
from graph.store.tables import arrow_schema
from ingest.reading.gedcom.families import Genealogy
from ingest.reading.gedcom.persons import sex

HEADER = (
    "person_a", "person_b", "kind", "up", "down", "side", "degree", "nature", "half", "tense", "term_ja", "term_en",
    "path",
)  # fmt: skip
DISTINCT = HEADER[:10]  # what tells two ties of a pair apart
READ_KINDS = ("blood", "spouse", "affinity")
UNKNOWN = "?"
SAID = "kind, up, down, side, nature, half, tense, sexes"  # what the words for a relation depend on
NUMBERS = ("up", "down")
WORDS = pa.schema(
    [(name, pa.int64() if name in NUMBERS else pa.string()) for name in [*SAID.split(", "), *HEADER[10:12]]]
)
BETWEEN = ">"
# Dates play no part. Days that stand for nothing but an end, and that tell it from another marriage of the two.
DIVORCED = {"valid_from": date(1, 1, 2), "valid_to": date(1, 1, 3), "ended_by": "divorce"}


# DuckDB compares text by code point, as the order asks; of rows that differ in their line only the first stands.
ROWS = f"""
SELECT {", ".join(HEADER)}
FROM (SELECT start AS person_a, "end" AS person_b, kind, CASE WHEN kind <> 'spouse' THEN up::VARCHAR ELSE '' END AS up,
             CASE WHEN kind <> 'spouse' THEN down::VARCHAR ELSE '' END AS down, side,
             CASE WHEN kind <> 'spouse' THEN (up + down)::VARCHAR ELSE '' END AS degree, nature, half, tense,
             term_ja, term_en, path
      FROM told JOIN words USING (kind, up, down, side, nature, half, tense, sexes))
QUALIFY row_number() OVER (PARTITION BY {", ".join(DISTINCT)} ORDER BY path) = 1
ORDER BY ALL
"""


def pairs(found: Genealogy, file: str, *, blood: int = 6, affinity: int = 3) -> pa.Table:
    """Give one row of text for each unordered pair and distinct tie, sorted, with the columns of `HEADER`."""
    relations = closure(graph(found, file), sorted(found.people), blood=blood, affinity=affinity)
    wanted = pc.and_(pc.less(relations["start"], relations["end"]), pc.is_in(relations["kind"], pa.array(READ_KINDS)))
    with duckdb.connect() as con:
        con.register("told", _relation_rows(relations.filter(wanted), found))
        con.register("words", _words(con.sql(f"SELECT DISTINCT {SAID} FROM told").fetchall()))
        return con.sql(ROWS).to_arrow_table()


def _relation_rows(relations: pa.Table, found: Genealogy) -> pa.Table:
    """Put tense, path and the sexes along it as text beside the relations."""
    ended = pc.is_valid(relations["valid_to"])
    tense = pc.if_else(pc.equal(relations["kind"], "blood"), "", pc.if_else(ended, "former", "current"))
    path = relations["path"].combine_chunks()
    people = path.flatten().dictionary
    sexes = pa.array([sex(found.people[xref]) or UNKNOWN for xref in people.to_pylist()], pa.string())
    columns = {"tense": tense, "path": _joined(path, people, BETWEEN), "sexes": _joined(path, sexes, "")}
    kept = relations.select(["start", "end", "kind", "up", "down", "side", "nature", "half"])
    for name, column in columns.items():
        kept = kept.append_column(name, column)
    return kept


def _joined(path: pa.ListArray, words: pa.Array, between: str) -> pa.Array:
    """Write each path as one text, with a word for each person on it."""
    return pc.binary_join(pa.ListArray.from_arrays(path.offsets, words.take(path.flatten().indices)), between)


def write(rows: pa.Table) -> str:
    """Write the rows as CSV with LF, quoted only where needed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.column_names)
    for batch in rows.to_batches(max_chunksize=50_000):
        writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))
    return text.getvalue()


def graph(found: Genealogy, file: str) -> dict[str, pa.Table]:
    """Give a genealogy as the tables that kinship reads."""
    evidence = {
        "grade": "registered",
        "valid_from": UNKNOWN_START,
        "valid_to": None,
        "ended_by": "",
        "source_file": file,
    }
    parents = [
        evidence
        | {"start": p.parent, "end": p.child, "nature": "adoptive" if p.adoptive else "birth", "source_line": p.number}
        for p in found.parents
    ]
    spouses = [
        evidence
        | {"start": m.one, "end": m.other, "nature": "legal", "source_line": m.number}
        | (DIVORCED if m.ended else {})
        for m in found.marriages
    ]
    people = [{"person_id": xref, "placeholder": False} for xref in sorted(found.people)]
    rows = {"Person": people, "PARENT_OF": parents, "SPOUSE_OF": spouses, "Household": [], "MEMBER_OF": []}
    return {kind: pa.Table.from_pylist(content, schema=arrow_schema(kind)) for kind, content in rows.items()}


def _words(said: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Name each relation that occurs, once."""
    rows = [dict(zip(SAID.split(", "), each, strict=True)) for each in said]
    return pa.Table.from_pylist([row | _terms(**row) for row in rows], schema=WORDS)


def _terms(sexes: str, tense: str, **told: Any) -> dict[str, str]:
    line = tuple(sex.replace(UNKNOWN, "") for sex in sexes)
    births = (None,) * len(line)  # dates play no part, so nobody is elder
    seen = Seen(**told, label="", former=tense == Tense.FORMER, bereaved=False, sexes=line, births=births)
    return {"term_ja": words_ja.name(seen), "term_en": words_en.name(seen)}
