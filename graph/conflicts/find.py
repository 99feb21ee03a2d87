"""From register links and access logs to conflicts: match, explain, count, score, and what the graph keeps of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from graph.conflicts.accesses import ACCESSES, HOLDERS, OPERATORS, spelled
from graph.conflicts.aggregate import COUNT, SCORE, conflicts
from graph.conflicts.borrowed import BORROWED, DOUBLED, groups
from graph.conflicts.clocks import CLOCKS, OFFSETS, found_centres
from graph.conflicts.denominators import DAYS, days
from graph.conflicts.explain import EXPLAIN
from graph.conflicts.match import MATCH
from graph.conflicts.outcomes import JUDGED, KEEP, KINDS_OF
from graph.conflicts.plan import PLAN
from graph.conflicts.relay import pair
from graph.conflicts.rules import Policy
from graph.conflicts.work_tables import BUSINESS, bench
from graph.records.clocks import Clock
from graph.records.facts import Judged, ScoredBy
from graph.steps.duckdb import DuckDB
from graph.steps.runner import Timing, run
from graph.steps.step import Stage
from graph.store.schema import KINDS
from graph.store.tables import arrow_schema

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Findings:
    """The computed kinds as tables, the facts a report's denominators rest on, and each step's time."""

    tables: dict[str, pa.Table]
    facts: Judged
    timings: tuple[Timing, ...]


def find(
    graph: Mapping[str, pa.Table],
    business: duckdb.DuckDBPyConnection,
    logs: Sequence[Path],
    policy: Policy,
    progress: Progress,
    judged_to: Path | None = None,
) -> Findings:
    """Find every lookup that closes a loop between a member of staff and somebody tied to them (preset 725).

    `business` holds the canonical tables as views; `logs` are Parquet files of canonical lookup rows. Every lookup as
    judged is written to `judged_to`.
    """
    with bench(business, graph, logs, policy) as engine:
        timings = _match(engine, policy, progress)
        progress(0.5, "explain")
        timings += _stages(engine, EXPLAIN, COUNT)
        progress(0.7, "borrowed")
        timings += _stages(engine, DOUBLED, BORROWED)
        progress(0.8, "score")
        timings += _stages(engine, SCORE, KEEP, DAYS, JUDGED)
        if judged_to is not None:
            engine.write("judged", judged_to)
        return Findings(_tables(engine, policy), _facts(engine, policy), timings)


def _match(engine: DuckDB, policy: Policy, progress: Progress) -> tuple[Timing, ...]:
    """Make `lookup` and all that was seen in it; what steps cannot find is worked out between the stages."""
    progress(0.0, "match")
    timings = _stages(engine, BUSINESS, ACCESSES, OPERATORS)
    engine.show("spelled", spelled(engine.read("known_operator"), engine.read("unknown_operator")))
    timings += _stages(engine, HOLDERS, CLOCKS)
    centres = found_centres(engine.read("delay"), engine.read("calling"), policy.relay_seconds)
    engine.show("centre", centres)
    return timings + pair(engine) + _stages(engine, OFFSETS, MATCH)


def _stages(engine: DuckDB, *stages: Stage) -> tuple[Timing, ...]:
    return tuple(timing for stage in stages for timing in run(stage, engine, PLAN.whole))


def _tables(engine: DuckDB, policy: Policy) -> dict[str, pa.Table]:
    tables = {kind: engine.read(step) for kind, step in KINDS_OF.items()}
    tables["Conflict"] = conflicts(engine.read("evidence"), engine.read("bond"), policy)
    return {kind: _typed(kind, tables[kind]) for kind in KINDS if kind in tables}  # nodes before what joins them


def _facts(engine: DuckDB, policy: Policy) -> Judged:
    by_day = days(engine.read("day_count"))
    return Judged(
        as_of=by_day[-1].day if by_day else None,
        policy=ScoredBy(preset=policy.preset, sha256=policy.sha256),
        days=by_day,
        clocks=tuple(Clock(**row) for row in engine.read("clock_offset").to_pylist()),
        borrowed=groups(engine.read("borrowed")),
        borrowed_not_listed=engine.read("not_listed").column("lookups")[0].as_py(),
    )


def _typed(kind: str, table: pa.Table) -> pa.Table:
    """Give a table exactly the columns and types of its record."""
    schema = arrow_schema(kind)
    return table.select(schema.names).cast(schema) if table.num_columns else schema.empty_table()
