"""家系図 (GEDCOM): the records of every tree as tables of people, names, parents and couples."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, groupby
from typing import Any

import duckdb
import pyarrow as pa

from graph.records.facts import UnmatchedTree
from ingest.reading.gedcom.families import Genealogy, genealogy
from ingest.reading.gedcom.lines import Node, parse
from ingest.reading.gedcom.persons import Person, dated, person
from ingest.reading.gedcom.weddings import Bond, Union, unions

TEXT, DAY = pa.string(), pa.date32()
PLACE = {"file": TEXT, "line": pa.int64()}
SCHEMAS = {
    "tree_person": {"tree": TEXT, "known": TEXT, "name": TEXT, "kana": TEXT, "sex": TEXT, "birth": DAY,
                     "earliest": DAY, "latest": DAY, "birth_text": TEXT, "dead": pa.bool_(), "death": DAY,
                     "death_earliest": DAY, "number": TEXT} | PLACE,
    "tree_name": {"known": TEXT, "name_key": TEXT, "given_key": TEXT},
    "tree_parent": {"parent": TEXT, "child": TEXT, "nature": TEXT, "day": DAY} | PLACE,
    "tree_spouse": {"a": TEXT, "b": TEXT, "nature": TEXT, "grade": TEXT, "day": DAY, "may_end": DAY, "ended": DAY,
                     "ended_by": TEXT} | PLACE,
}  # fmt: skip


def trees(lines: pa.Table) -> dict[str, pa.Table]:
    """Read the lines of all genealogies, sorted, into one table for each entry of `SCHEMAS`."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    columns = (lines[name].to_pylist() for name in ("source", "file", "line", "text", "written"))
    for source, rows in groupby(zip(*columns, strict=True), key=lambda row: row[0]):
        for name, row in _tree(source, list(rows)):
            found[name].append(row)
    return {
        name: pa.Table.from_pylist(found[name], schema=pa.schema(list(fields.items())))
        for name, fields in SCHEMAS.items()
    }


# The trees of which nobody stands in the registers: all their people are persons of their own.
UNMATCHED = """
SELECT file, count(*) AS people FROM (
    SELECT DISTINCT file, concat_ws(':', 'ged', split_part(source, ':', 2), xref) AS id FROM genealogy
    WHERE what = 'person' AND seen_until IS NULL)
GROUP BY file HAVING bool_and(id IN (SELECT person_id FROM people)) ORDER BY file
"""


def unmatched(con: duckdb.DuckDBPyConnection, people: pa.Table) -> tuple[UnmatchedTree, ...]:
    """List the trees of which nobody is matched, each with its file and how many people it has."""
    con.register("people", people)
    found = con.sql(UNMATCHED).fetchall()
    con.unregister("people")
    return tuple(UnmatchedTree(file=file, people=count) for file, count in found)


def _tree(source: str, rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give one genealogy as rows of the tables it goes into."""
    _, file, _, _, written = rows[0]
    name = source.partition(":")[2]
    found = genealogy(chain.from_iterable(parse(text, line)[0] for _, _, line, text, _ in rows))
    ids = {xref: f"ged:{name}:{xref}" for xref in found.people}
    yield from _people(found, ids, name, file, written)
    for link in found.parents:
        day = _first_day(found.people[link.child], "ADOP") if link.adoptive else None
        nature = "adoptive" if link.adoptive else "birth"
        told = {"parent": ids[link.parent], "child": ids[link.child], "nature": nature, "day": day}
        yield "tree_parent", told | {"file": file, "line": link.number}
    for marriage in found.marriages:
        row: dict[str, Any] = {"a": ids[marriage.one], "b": ids[marriage.other], "file": file, "line": marriage.number}
        couple = [found.people[marriage.one], found.people[marriage.other]]
        for union in unions(found.families[marriage.family], couple, written):
            if union.bond != Bond.APART:
                yield "tree_spouse", row | _time(union)


def _people(
    found: Genealogy, ids: dict[str, str], tree: str, file: str, written: date | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    for xref, node in found.people.items():
        read = person(node)
        yield (
            "tree_person",
            {"tree": tree, "known": ids[xref], "file": file, "line": read.number} | _traits(read, written),
        )
        for name in read.names:
            yield "tree_name", {"known": ids[xref], "name_key": name.key, "given_key": name.given_key}


def _traits(read: Person, written: date | None) -> dict[str, Any]:
    return {
        "name": read.names[0].written if read.names else "",
        "kana": read.kana,
        "sex": read.sex,
        "birth": read.birth.value,
        "earliest": read.birth.earliest,
        "latest": read.birth.latest,
        "birth_text": read.birth_text,
        "dead": read.dead,
        "death": read.death.latest or written,
        "death_earliest": read.death.earliest,
        "number": read.person_id,
    }


def _time(union: Union) -> dict[str, Any]:
    """Give what a union is, and from when to when."""
    legal = union.bond == Bond.MARRIED
    return {
        "nature": str(union.bond),
        "grade": "registered" if legal and union.told else "stated",
        "day": union.begin,
        "may_end": union.may_end,
        "ended": union.end,
        "ended_by": ("divorce" if legal else "parted") if union.ended else "",
    }


def _first_day(node: Node, tag: str) -> date | None:
    """Give the first day on which an event may have been."""
    days = (reading.earliest for event in node.all(tag) for _, reading in dated(event))
    return min(filter(None, days), default=None)
