"""A step on literal rows: what it is given, what it makes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from graph.steps.duckdb import DuckDB
from graph.steps.step import Plan

FROM, ALWAYS = date(2000, 1, 1), None
EMPTY = {"time": pa.timestamp("us"), "row": pa.int64()}  # types that steps reckon with; any other column is text
MONDAY, TUESDAY = date(2024, 4, 1), date(2024, 4, 2)


@dataclass(frozen=True)
class Case:
    """One step, what the case shows, the rows of each table the step reads, and the rows that it makes.

    Of a row that has more to it than the case is about, `columns` names what it is held to.
    """

    step: str
    shows: str
    given: Mapping[str, pa.Table]
    made: Sequence[tuple[Any, ...]]
    columns: str = ""


def rows(columns: str, *values: Sequence[Any]) -> pa.Table:
    """Give a table of these columns; a single column's values need no tuple."""
    names = columns.split()
    stated = [value if isinstance(value, tuple) else (value,) for value in values]
    table = pa.table({name: [row[at] for row in stated] for at, name in enumerate(names)})
    return table if stated else pa.table({name: pa.array([], EMPTY.get(name, pa.string())) for name in names})


def at(clock: str, day: date = MONDAY) -> datetime:
    """Give a time of a day, the Monday of the cases."""
    return datetime.fromisoformat(f"{day} {clock}")


def made(engine: DuckDB, plan: Plan, case: Case) -> list[tuple[Any, ...]]:
    """Run a case's step on the rows that the case gives; sorted, unless the step sorts its rows itself."""
    (step,) = (step for step in plan.steps if step.name == case.step)
    assert set(case.given) == step.reads
    for name, table in case.given.items():
        engine.show(name, table)
    engine.make(step)
    try:
        table = engine.read(step.name)
        found = [tuple(row.values()) for row in table.select(case.columns.split() or table.column_names).to_pylist()]
    finally:
        engine.drop(step)
        engine.forget()
    return found if step.sql.splitlines()[-1].startswith("ORDER BY") else sorted(found, key=repr)


def without_case(plan: Plan, cases: Sequence[Case]) -> set[str]:
    """Name the steps that follow a rule and of which no case shows that."""
    return {step.name for step in plan.steps if re.match(r"[A-Z]\d+: ", step.why)} - {case.step for case in cases}
