"""From register links and access logs to conflicts: match, explain, count, score, and what the graph keeps of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from graph.conflicts.bench import bench
from graph.conflicts.borrowed import find_borrowed
from graph.conflicts.clocks import offsets
from graph.conflicts.days import days
from graph.conflicts.explain import explain
from graph.conflicts.judged import keep
from graph.conflicts.match import match
from graph.conflicts.pairs import conflicts, count
from graph.conflicts.rules import Policy
from graph.schema import KINDS, Column

Progress = Callable[[float, str], None]

KEPT = {
    "related": """
        CREATE TABLE work.kept AS
        SELECT row FROM work.counted UNION SELECT unnest(rows) FROM work.borrowed""",
    "all": "CREATE TABLE work.kept AS SELECT row FROM work.lookup",
}

# Only relationships whose two ends are nodes: an account or a terminal that no file knows has none.
TABLES = {
    "Lookup": """
        SELECT lookup_id, time, system, via, operation, view, attribution, file, line, caller_file, caller_line
        FROM work.lookup WHERE row IN (FROM work.kept) ORDER BY lookup_id""",
    "MADE_BY": """
        SELECT l.lookup_id AS start, a.account_id AS "end" FROM work.lookup l JOIN graph_account a USING (account_id)
        WHERE l.row IN (FROM work.kept) ORDER BY ALL""",
    "AT": """
        SELECT l.lookup_id AS start, t.terminal_id AS "end" FROM work.lookup l JOIN graph_terminal t USING (terminal_id)
        WHERE l.row IN (FROM work.kept) ORDER BY ALL""",
    "OF": """
        SELECT l.lookup_id AS start, e.person_id AS "end", e.view FROM work.exposed e JOIN work.lookup l USING (row)
        WHERE e.row IN (FROM work.kept) ORDER BY ALL""",
    "VIEWER": 'SELECT DISTINCT conflict_id AS start, staff_id AS "end" FROM work.counted ORDER BY ALL',
    "SUBJECT": 'SELECT DISTINCT conflict_id AS start, person_id AS "end" FROM work.counted ORDER BY ALL',
    "COUNTS": """
        SELECT conflict_id AS start, lookup_id AS "end", outcome, template, record, tense
        FROM work.counted ORDER BY ALL""",
}

ARROW = {"str": pa.string(), "int": pa.int64(), "float": pa.float64(), "datetime": pa.timestamp("us"),
         "tuple": pa.list_(pa.string())}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Findings:
    """The computed kinds as tables, and the facts a report's denominators rest on (see `find`)."""

    tables: dict[str, pa.Table]
    facts: dict[str, Any]


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
    judged is written to `judged_to`. The facts are
    `as_of`, `policy`, `days` (see days.py), `clocks` (see clocks.py), `borrowed` and `borrowed_not_listed`.
    """
    with bench(business, graph):
        progress(0.0, "match")
        match(business, logs, policy.relay_seconds)
        progress(0.5, "explain")
        explain(business, policy)
        count(business)
        progress(0.7, "borrowed")
        groups, not_listed = find_borrowed(business, policy.borrowed_limit)
        progress(0.8, "score")
        tables = _tables(business, policy)
        if judged_to is not None:
            keep(business, judged_to)
        by_day, clocks = days(business), offsets(business)
    facts = {"days": by_day, "clocks": clocks, "borrowed": groups, "borrowed_not_listed": not_listed} | _stamp(
        by_day, policy
    )
    return Findings(tables, facts)


def _tables(con: duckdb.DuckDBPyConnection, policy: Policy) -> dict[str, pa.Table]:
    con.execute(KEPT[policy.graph_lookups])
    tables = {kind: con.sql(query).to_arrow_table() for kind, query in TABLES.items()}
    tables["Conflict"] = conflicts(con, policy)
    return {kind: _typed(kind, tables[kind]) for kind in KINDS if kind in tables}  # nodes before what joins them


def _stamp(by_day: list[dict[str, Any]], policy: Policy) -> dict[str, Any]:
    as_of = by_day[-1]["day"] if by_day else None
    return {"as_of": as_of, "policy": {"preset": policy.preset, "sha256": policy.sha256}}


def _typed(kind: str, table: pa.Table) -> pa.Table:
    """Give a table exactly the columns and types of its record."""
    schema = pa.schema([_field(column) for column in KINDS[kind].columns])
    return table.select(schema.names).cast(schema) if table.num_columns else schema.empty_table()


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, ARROW[column.type.__name__])
