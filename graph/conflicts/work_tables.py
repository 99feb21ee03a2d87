"""The tables that matching works on: what a municipality handed over, the graph's own, and what a policy says."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

import duckdb
import pyarrow as pa

from graph.conflicts.rules import Policy
from graph.steps.duckdb import DuckDB, beside
from graph.steps.step import Stage, Step

# A row that a newer full file no longer has ends on that file's day.
TERM = """
       coalesce(valid_from, DATE '0001-01-01') AS valid_from,
       least(coalesce(valid_to, DATE '9999-12-31'), coalesce(seen_until, DATE '9999-12-31')) AS valid_to
""".strip()

ACCOUNT_TERM = f"""
SELECT DISTINCT system, operator, coalesce(staff_id, '') AS staff_id, kind,
       {TERM}
FROM account
"""

SUBJECT_KEY = """
SELECT space, subject_key, min(person_id) AS person_id
FROM crossref GROUP BY space, subject_key HAVING min(person_id) = max(person_id)
"""

CASE_WORKER = f"""
SELECT case_id, coalesce(household_id, '') AS household_id, coalesce(person_id, '') AS person_id, staff_id, file,
       {TERM}
FROM assignment
"""

REQUEST = """
SELECT reception_id, time, coalesce(staff_id, '') AS staff_id, coalesce(operator, '') AS operator,
       coalesce(person_id, '') AS person_id, file
FROM reception
"""

CERTIFICATE = """
SELECT issuance_id, time, coalesce(person_id, '') AS person_id, coalesce(household_id, '') AS household_id,
       coalesce(system, '') AS system, coalesce(operator, '') AS operator, coalesce(staff_id, '') AS staff_id, file
FROM issuance
"""

BUSINESS = Stage(
    "business",
    "What matching needs of the canonical tables: no value is the empty text, no end a far day.",
    (
        Step("account_term", ACCOUNT_TERM, why="L5: who held an account, and when."),
        Step("subject_key", SUBJECT_KEY, why="A key that stands for two people names nobody."),
        Step("case_worker", CASE_WORKER, why="X1: who was in charge of a case, and when."),
        Step("request", REQUEST, why="X1: requests taken at the counter."),
        Step("certificate", CERTIFICATE, why="X1: certificates that were issued."),
    ),
    results=("account_term", "subject_key", "case_worker", "request", "certificate"),
)

# What is read of each canonical table; one that the municipality did not hand over is empty.
COLUMNS = {
    "account": ("system", "operator", "staff_id", "kind", "valid_from", "valid_to", "seen_until"),
    "crossref": ("space", "subject_key", "person_id"),
    "assignment": (
        "case_id", "household_id", "person_id", "staff_id", "valid_from", "valid_to", "seen_until", "file",
    ),
    "reception": ("reception_id", "time", "staff_id", "operator", "person_id", "file"),
    "issuance": ("issuance_id", "time", "person_id", "household_id", "system", "operator", "staff_id", "file"),
}  # fmt: skip
TYPES = {
    "time": pa.timestamp("us"), "valid_from": pa.date32(), "valid_to": pa.date32(), "seen_until": pa.date32(),
}  # fmt: skip

GRAPH = ("Person", "Staff", "Account", "Terminal", "MEMBER_OF", "IDENTIFIED_AS", "ON_DUTY", "LOCATED_IN", "RELATED_TO")
SETTING = pa.schema(
    {
        "relay_seconds": pa.int64(), "borrowed_limit": pa.int64(), "search_minutes": pa.int64(),
        "opens": pa.int64(), "closes": pa.int64(), "every_lookup": pa.bool_(),
    }
)  # fmt: skip
TEMPLATE = pa.schema({"rank": pa.int32(), "id": pa.string(), "minutes": pa.int64(), "expires": pa.date32()})
WORKDAY = pa.schema({"weekday": pa.int64()})


@contextmanager
def bench(
    con: duckdb.DuckDBPyConnection, graph: Mapping[str, pa.Table], logs: Sequence[Path], policy: Policy
) -> Iterator[DuckDB]:
    """Give an engine on which steps find all that matching starts from: `log`, `graph_…`, the policy, business."""
    with beside(con) as engine:
        for name, columns in COLUMNS.items():
            if engine.lacks(name):
                engine.show(name, _empty(columns))
        for kind in GRAPH:
            engine.show(f"graph_{kind.lower()}", graph[kind])
        for name, table in settings(policy).items():
            engine.show(name, table)
        engine.scan("log", logs)
        yield engine


def settings(policy: Policy) -> dict[str, pa.Table]:
    """Give what steps need of a policy as tables."""
    office = policy.office
    setting = {
        "relay_seconds": policy.relay_seconds, "borrowed_limit": policy.borrowed_limit,
        "search_minutes": policy.weights.manner.name_search_minutes, "opens": _moment(office.opens),
        "closes": _moment(office.closes), "every_lookup": policy.graph_lookups == "all",
    }  # fmt: skip
    templates = [
        {"rank": rank, "id": template.id, "minutes": template.minutes, "expires": template.approved.expires}
        for rank, template in enumerate(policy.approved)
        if template.approved
    ]
    return {
        "setting": pa.Table.from_pylist([setting], SETTING),
        "template": pa.Table.from_pylist(templates, TEMPLATE),
        "workday": pa.Table.from_pylist([{"weekday": day} for day in office.weekdays], WORKDAY),
    }


def _moment(clock: time) -> int:
    """Give a time of day as microseconds since midnight."""
    return round((datetime.combine(date.min, clock) - datetime.min).total_seconds() * 1_000_000)


def _empty(columns: Sequence[str]) -> pa.Table:
    return pa.schema([(name, TYPES.get(name, pa.string())) for name in columns]).empty_table()
