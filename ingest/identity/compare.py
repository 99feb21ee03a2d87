"""Runs the stages of identity linking: staff and residents are put side by side, and compared."""

import duckdb
import pyarrow as pa

from graph.steps.duckdb import DuckDB, within
from graph.steps.runner import run
from ingest.identity import keys
from ingest.identity.candidates import PAIRS
from ingest.identity.comparison import COMPARING, FACTS, NAMES
from ingest.identity.plan import PLAN
from ingest.identity.written import WRITTEN
from japanese.addresses import Towns


def compare(con: duckdb.DuckDBPyConnection, towns: Towns) -> tuple[pa.Table, list[str]]:
    """Give a row for each pair, with the level of every field and how many residents share what HR says; and all staff.

    `con` has the views `staff`, `dependant` and `resident`.
    """
    with within(con) as engine:
        write_keys(engine, towns)
        run(PAIRS, engine, PLAN.whole)
        engine.keep("told_place", keys.told(engine.read("told_home"), towns))
        for stage in (NAMES, FACTS, COMPARING):
            run(stage, engine, PLAN.whole)
        return engine.read("candidate"), sorted(engine.read("member")["staff_id"].to_pylist())


def write_keys(engine: DuckDB, towns: Towns) -> None:
    """Make the tables of what is written of everybody, and of its keys."""
    run(WRITTEN, engine, PLAN.whole)
    for name, table in keys.keyed(engine.read, towns):
        engine.keep(name, table)
