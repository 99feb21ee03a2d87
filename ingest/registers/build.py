"""From the resident register (住民基本台帳) and 戸籍 to the graph: persons, households, registers and kin links."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from graph.model import record
from graph.steps.duckdb import DuckDB, within
from graph.steps.runner import Timing, run
from graph.steps.step import Stage
from graph.store.column_types import TYPES
from graph.store.schema import KINDS
from ingest.language.tables import TABLES
from ingest.registers import kept, plan, register_keys, siblings
from ingest.registers.contradictions import Problem, circles, problems
from ingest.registers.genealogy import matches
from ingest.registers.genealogy.records import trees
from ingest.registers.koseki.entries import bonded
from ingest.registers.resident import chains

VIEWS = ("resident", "koseki_entry", "koseki_event", "koseki_address", "genealogy")
RUN_VIEWS = {
    "united": {"number": "VARCHAR", "now": "VARCHAR", "told": "VARCHAR"},
    "delivered": {"source": "VARCHAR", "file": "VARCHAR", "day": "DATE"},
}


@record
class Registers:
    """What the registers say: a table for each label and relationship type, what was left out, and each step's time."""

    kinds: dict[str, pa.Table]
    problems: tuple[Problem, ...]
    timings: tuple[Timing, ...] = ()


def build(con: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """Build the tables of `read_registers` alone, for callers that do not ask what was left out."""
    return read_registers(con).kinds


def read_registers(con: duckdb.DuckDBPyConnection) -> Registers:
    """Read the views named in VIEWS, as far as they are there, into the graph's tables; list what was left out."""
    with within(con) as engine:
        _show_missing(con, engine)
        timings = _run(engine)
        kinds = {kind: engine.read(step) for kind, step in kept.KINDS_OF.items()}
        kinds["Person"] = kept.with_search_keys(kinds["Person"])
        return Registers(
            kinds={kind: _shaped(kind, table) for kind, table in kinds.items()},
            problems=tuple(_problems(engine)),
            timings=timings,
        )


def _run(engine: DuckDB) -> tuple[Timing, ...]:
    """Run every stage; what steps cannot find is worked out between them."""
    whole = plan.PLAN.whole
    timings, home = _read(engine, whole)
    engine.show("entry_label", bonded(engine.read("bond")))
    timings += _stages(engine, whole, *plan.MET)
    engine.show("address", register_keys.placed(_texts(engine, "address_text"), *home))
    timings += _stages(engine, whole, *plan.REGISTERED) + matches.match(engine, whole)
    timings += _stages(engine, whole, *plan.STATED)
    engine.show("sibling_family", siblings.families(engine.read("siblings_apart")))
    timings += _stages(engine, whole, *plan.CHECKED)
    engine.show("circle", circles(engine.read("parent_possible")))
    return timings + _stages(engine, whole, *plan.LAST)


def _read(engine: DuckDB, whole: Stage) -> tuple[tuple[Timing, ...], tuple[str, str]]:
    """Read what is read letter by letter, then the registers' rows; give the municipality's own name with it."""
    timings = _stages(engine, whole, register_keys.SPELLINGS)
    home = register_keys.home(_texts(engine, "kept_place"))
    relations = engine.read("relation_text")
    engine.show("place", register_keys.placed(_texts(engine, "place_text"), *home))
    engine.show("name", register_keys.named(_texts(engine, "name_text")))
    engine.show("chain", chains.chains(relations))
    engine.show("unread_relation", chains.unread(relations))
    for name, table in trees(engine.read("genealogy_line")).items():
        engine.show(name, table)
    return timings + _stages(engine, whole, *plan.READ), home


def _stages(engine: DuckDB, whole: Stage, *stages: Stage) -> tuple[Timing, ...]:
    return tuple(timing for stage in stages for timing in run(stage, engine, whole))


def _texts(engine: DuckDB, name: str) -> list[str]:
    return list(engine.read(name).column(0).to_pylist())


def _problems(engine: DuckDB) -> Iterator[Problem]:
    yield from problems(engine.read("unread_row"))
    yield from problems(engine.read("impossible_line"), "parent not old enough for child")
    yield from problems(engine.read("circular_line"), "person among their own ancestors")


def _show_missing(con: duckdb.DuckDBPyConnection, engine: DuckDB) -> None:
    """Show what a municipality did not hand over as empty tables."""
    for name, columns in (RUN_VIEWS | {view: dict(_columns(view)) for view in VIEWS}).items():
        if engine.lacks(name):
            stated = ", ".join(f"NULL::{kind} AS {column}" for column, kind in columns.items())
            engine.show(name, con.sql(f"SELECT {stated} WHERE false").to_arrow_table())


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
