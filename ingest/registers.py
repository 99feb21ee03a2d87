"""Registers → graph: persons, households, 戸籍 and kin links from 住民基本台帳 and 戸籍 (design §4)."""

import datetime
from collections.abc import Iterable, Iterator

import duckdb
import pyarrow as pa

from graph.model import record
from graph.schema import KINDS
from ingest import honseki, juki, juki_links, koseki, koseki_links, koseki_marriages, parents, persons, spouses
from ingest.tables import KINDS as COLUMN_KINDS
from ingest.tables import TABLES

VIEWS = ("resident", "koseki_entry", "koseki_event")
RENAMED = (
    ("r_parent", "parent"),
    ("r_spouse", "a"),
    ("r_spouse", "b"),
    ("r_claim", "parent"),
    ("r_step", "anchor"),
    ("r_step", "member"),
)
TYPES = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), datetime.date: pa.date32()}
LINK = "nature, grade, valid_from, valid_to, ended_by, file AS source_file, line AS source_line"


@record
class Problem:
    """One statement of a register that the graph does not follow (A13, E12)."""

    file: str
    line: int
    what: str


@record
class Registers:
    """What the registers say: one table for each kind of the graph, and what was left out."""

    kinds: dict[str, pa.Table]
    problems: tuple[Problem, ...]


def build(con: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """Build the register kinds of the graph from the views `resident`, `koseki_entry` and `koseki_event`."""
    return read_registers(con).kinds


def read_registers(con: duckdb.DuckDBPyConnection) -> Registers:
    """Build the register kinds and list what was left out."""
    _fill_missing_views(con)
    _write_evidence(con)
    problems = [*_unread(con), *_guard(con)]
    kinds = {
        "Person": persons.persons(con),
        "Household": con.sql("SELECT household_id, institution FROM r_household ORDER BY ALL").to_arrow_table(),
        "FamilyRegister": con.sql(persons.REGISTER_COLUMNS).to_arrow_table(),
        "PARENT_OF": con.sql(
            f"SELECT parent AS start, child AS end, {LINK} FROM r_parent_link ORDER BY ALL"
        ).to_arrow_table(),
        "SPOUSE_OF": con.sql(f"SELECT a AS start, b AS end, {LINK} FROM r_spouse_link ORDER BY ALL").to_arrow_table(),
        "MEMBER_OF": con.sql(persons.MEMBERS).to_arrow_table(),
        "REGISTERED_IN": con.sql(persons.ENTERED).to_arrow_table(),
    }
    _drop_evidence(con)
    return Registers(kinds={kind: _shaped(kind, table) for kind, table in kinds.items()}, problems=tuple(problems))


def _write_evidence(con: duckdb.DuckDBPyConnection) -> None:
    honseki.write_keys(con)
    juki.write_spells(con)
    koseki.write_persons(con)
    koseki_links.write_parents(con)
    koseki_marriages.write_marriages(con)
    juki_links.write_steps(con)
    con.execute(parents.FROM_STEPS)
    con.execute(parents.SAME_PERSON)
    for table, column in RENAMED:
        con.execute(parents.RENAME.format(table=table, column=column))
    con.execute("UPDATE r_spouse SET a = b, b = a WHERE a > b")
    persons.write_persons(con)
    spouses.write_marriages(con)
    con.execute(parents.MERGED)
    con.execute(parents.SPECIAL)
    _write_anonymous(con)
    for table in ("r_place", "r_name", "r_claim", "r_known", "r_candidate", "r_said", "r_met", "r_event"):
        con.execute(f"DROP TABLE {table}")  # what follows needs room for the graph itself


def _write_anonymous(con: duckdb.DuckDBPyConnection) -> None:
    families = list(_families(con.sql(parents.APART).fetchall()))
    shape = pa.schema([("parent", pa.string()), ("child", pa.string())])
    con.register("families", pa.Table.from_pylist(families, schema=shape))
    con.execute(parents.ANONYMOUS)
    con.execute(parents.ANONYMOUS_PERSONS)
    con.unregister("families")


def _families(pairs: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Join siblings of siblings; a family's placeholder is named after its least member, whatever the order of rows."""
    family: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = family.get(a, {a}) | family.get(b, {b})
        family.update(dict.fromkeys(joined, joined))
    for child, members in sorted(family.items()):
        yield {"parent": f"anon:parent-of-{min(members)}", "child": child}


def _unread(con: duckdb.DuckDBPyConnection) -> list[Problem]:
    return [Problem(file=file, line=line, what=f"relation: {what}") for what, file, line in juki.unread(con)]


def _guard(con: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Drop links that cannot be: a parent not older than the child, a person among their own ancestors (A13)."""
    found = con.execute(parents.TOO_YOUNG).fetchall()
    con.execute(parents.DROP_TOO_YOUNG)
    return [Problem(file=file, line=line, what="parent not older than child") for file, line in found] + list(
        _circles(con)
    )


def _circles(con: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    """Peel away whoever has no ancestor left; links among the rest run in circles."""
    con.execute("CREATE OR REPLACE TEMP TABLE r_circle AS SELECT parent, child FROM r_parent_link")
    before, left = -1, _count(con, "r_circle")
    while left != before:
        con.execute(parents.PEEL)
        before, left = left, _count(con, "r_circle")
    for file, line in con.execute(parents.CIRCLES).fetchall():
        yield Problem(file=file, line=line, what="person among their own ancestors")
    con.execute(parents.DROP_CIRCLES)


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(con.sql(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _fill_missing_views(con: duckdb.DuckDBPyConnection) -> None:
    there = {name for (name,) in con.sql("SELECT table_name FROM information_schema.tables").fetchall()}
    for name in (view for view in VIEWS if view not in there):
        columns = [f"NULL::{kind} AS {column}" for column, kind in _columns(name)]
        con.execute(f"CREATE TEMP VIEW {name} AS SELECT {', '.join(columns)} WHERE false")


def _columns(name: str) -> Iterator[tuple[str, str]]:
    for column in TABLES[name].columns:
        yield column.name, COLUMN_KINDS[column.kind]
        if column.kind == "register_date":
            yield from ((f"{column.name}_{part}", "DATE") for part in ("earliest", "latest"))
            yield from ((f"{column.name}_{part}", "VARCHAR") for part in ("precision", "text"))
    yield from (("file", "VARCHAR"), ("line", "BIGINT"), ("source", "VARCHAR"), ("seen_until", "DATE"))


def _shaped(kind: str, table: pa.Table) -> pa.Table:
    fields = [pa.field(c.name, TYPES[c.type], nullable=c.nullable) for c in KINDS[kind].columns]
    return table.select([field.name for field in fields]).cast(pa.schema(fields))


def _drop_evidence(con: duckdb.DuckDBPyConnection) -> None:
    tables = con.sql(
        "SELECT table_name FROM duckdb_tables() WHERE temporary AND table_name LIKE 'r\\_%' ESCAPE '\\'"
    ).fetchall()
    for (table,) in tables:
        con.execute(f"DROP TABLE {table}")
