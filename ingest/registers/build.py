"""From the resident register (住民基本台帳) and 戸籍 to the graph: persons, households, registers and kin links."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from graph.model import record
from graph.store.column_types import TYPES
from graph.store.schema import KINDS
from ingest.language.tables import TABLES
from ingest.registers import (
    contradictions,
    genealogies,
    juki,
    juki_links,
    koseki,
    koseki_links,
    koseki_marriages,
    parents,
    persons,
    register_keys,
    spouses,
    unite,
)
from ingest.registers.contradictions import Problem
from ingest.sources import renumbered

VIEWS = ("resident", "koseki_entry", "koseki_event", "koseki_address", "genealogy")
USED = ("r_place", "r_name", "r_claim", "r_known", "r_candidate", "r_said", "r_met", "r_event")  # room for the graph
# What a register tells without a day is no news: by the month in which it was delivered it had happened.
DELIVERED = """
CREATE OR REPLACE TEMP TABLE r_delivered AS
SELECT source, file, date_trunc('month', min(day))::DATE AS spoken FROM delivered GROUP BY ALL
"""
NO_DAYS = "CREATE TEMP TABLE delivered (source VARCHAR, file VARCHAR, day DATE)"
LINK = "nature, grade, valid_from, valid_to, ended_by, file AS source_file, line AS source_line, may_end"
QUERIES = {
    "Person": persons.PERSONS,
    "Household": "SELECT household_id, institution FROM r_household ORDER BY ALL",
    "FamilyRegister": persons.REGISTERS,
    "PARENT_OF": f"SELECT parent AS start, child AS end, {LINK} FROM r_parent_link ORDER BY ALL",
    "SPOUSE_OF": f"SELECT a AS start, b AS end, {LINK} FROM r_spouse_link ORDER BY ALL",
    "MEMBER_OF": persons.MEMBERS,
    "REGISTERED_IN": persons.ENTRIES,
}


@record
class Registers:
    """What the registers say: a table for each label and relationship type, and what was left out."""

    kinds: dict[str, pa.Table]
    problems: tuple[Problem, ...]


def build(con: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """Build the tables of `read_registers` alone, for callers that do not ask what was left out."""
    return read_registers(con).kinds


def read_registers(con: duckdb.DuckDBPyConnection) -> Registers:
    """Read the views named in VIEWS, as far as they are there, into the graph's tables; list what was left out."""
    _fill_missing_views(con)
    _write_evidence(con)
    problems = [*_unread(con), *contradictions.drop(con)]
    kinds = {kind: con.sql(query).to_arrow_table() for kind, query in QUERIES.items()}
    kinds["Person"] = persons.with_search_keys(kinds["Person"])
    _drop_evidence(con)
    return Registers(kinds={kind: _shaped(kind, table) for kind, table in kinds.items()}, problems=tuple(problems))


def _write_evidence(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(DELIVERED)
    register_keys.write_keys(con)
    juki.write_spells(con)
    koseki.write_persons(con)
    koseki_links.write_parents(con)
    koseki_marriages.write_marriages(con)
    genealogies.write_links(con)
    juki_links.write_steps(con)
    parents.write_claims(con)
    unite.unite(con)
    persons.write_persons(con)
    spouses.write_marriages(con)
    parents.write_links(con)
    for table in USED:
        con.execute(f"DROP TABLE {table}")


def _unread(con: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    for what, file, line in juki.unread(con):
        yield Problem(file=file, line=line, what=f"relation: {what}")


def _fill_missing_views(con: duckdb.DuckDBPyConnection) -> None:
    there = {name for (name,) in con.sql("SELECT table_name FROM information_schema.tables").fetchall()}
    if "united" not in there:
        con.execute(renumbered.NOBODY)
    if "delivered" not in there:
        con.execute(NO_DAYS)
    for name in (view for view in VIEWS if view not in there):
        columns = [f"NULL::{kind} AS {column}" for column, kind in _columns(name)]
        con.execute(f"CREATE TEMP VIEW {name} AS SELECT {', '.join(columns)} WHERE false")


def _columns(name: str) -> Iterator[tuple[str, str]]:
    for column in TABLES[name].columns:
        yield column.name, column.type.sql
        if column.kind == "register_date":
            yield from ((f"{column.name}_{part}", "DATE") for part in ("earliest", "latest"))
            yield from ((f"{column.name}_{part}", "VARCHAR") for part in ("precision", "text"))
    yield from (("file", "VARCHAR"), ("line", "BIGINT"), ("source", "VARCHAR"), ("seen_until", "DATE"))


def _shaped(kind: str, table: pa.Table) -> pa.Table:
    fields = [pa.field(c.name, TYPES[c.type].arrow, nullable=c.nullable) for c in KINDS[kind].columns]
    return table.select([field.name for field in fields]).cast(pa.schema(fields))


def _drop_evidence(con: duckdb.DuckDBPyConnection) -> None:
    tables = con.sql(
        "SELECT table_name FROM duckdb_tables() WHERE temporary AND table_name LIKE 'r\\_%' ESCAPE '\\'"
    ).fetchall()
    for (table,) in tables:
        con.execute(f"DROP TABLE {table}")
