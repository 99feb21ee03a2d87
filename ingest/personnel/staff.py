"""The graph's staff, sections, accounts, terminals and duty: runs the stages that read personnel records."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from graph.steps.duckdb import DuckDB, within
from graph.steps.runner import run
from ingest.personnel import duty
from ingest.personnel.postings import KINDS_OF, STAFF


def build(con: duckdb.DuckDBPyConnection, p_nobody: Mapping[str, float] | None = None) -> dict[str, pa.Table]:
    """Make the Staff, Section, Account and Terminal nodes and their dated relationships from typed rows.

    `p_nobody` tells by member of staff how likely no resident is them.
    """
    with within(con) as engine:
        run(STAFF, engine)
        tables = {kind: engine.read(step) for kind, step in KINDS_OF.items()}
        left = [(p_nobody or {}).get(staff) for staff in tables["Staff"]["staff_id"].to_pylist()]
        tables["Staff"] = tables["Staff"].append_column("p_nobody", pa.array(left, pa.float64()))
        return tables | {"ON_DUTY": _on_duty(engine)}


def _on_duty(engine: DuckDB) -> pa.Table:
    run(duty.DAYS, engine)
    engine.show("duty_span", duty.spans(engine.read("duty_day")))
    run(duty.DUTY, engine)
    return engine.read("on_duty")
