"""Canonical views from a few lines of Python, so that each test shows the register rows it is about."""

from collections.abc import Callable, Iterable
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from ingest.tables import KINDS, TABLES, CanonicalTable

Row = dict[str, object]
Make = Callable[..., duckdb.DuckDBPyConnection]


def _columns(table: CanonicalTable) -> dict[str, str]:
    columns: dict[str, str] = {}
    for column in table.columns:
        columns[column.name] = KINDS[column.kind]
        if column.kind == "register_date":
            columns |= {f"{column.name}_earliest": "DATE", f"{column.name}_latest": "DATE"}
            columns |= {f"{column.name}_precision": "VARCHAR", f"{column.name}_text": "VARCHAR"}
    return columns | {"file": "VARCHAR", "line": "BIGINT", "source": "VARCHAR", "seen_until": "DATE"}


def _full(table: CanonicalTable, row: Row, line: int) -> Row:
    full: Row = {"file": f"{table.name}.csv", "line": line, "source": table.name} | row
    for column in (c for c in table.columns if c.kind == "register_date"):
        day = full.get(column.name)
        if isinstance(day, str):
            day = full[column.name] = date.fromisoformat(day)
        full.setdefault(f"{column.name}_earliest", day)
        full.setdefault(f"{column.name}_latest", day)
        full.setdefault(f"{column.name}_text", str(day or ""))
        full.setdefault(f"{column.name}_precision", "D" if day else "N")
    return full


def _load(con: duckdb.DuckDBPyConnection, name: str, rows: Iterable[Row]) -> None:
    table = TABLES[name]
    columns = _columns(table)
    con.execute(f"CREATE TABLE {name} ({', '.join(f'{c} {kind}' for c, kind in columns.items())})")
    for number, row in enumerate(rows, start=2):
        full = _full(table, row, number)
        values = [full.get(c, "" if kind == "VARCHAR" else None) for c, kind in columns.items()]
        con.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values))})", values)


@pytest.fixture
def views() -> Make:
    """Make a connection that holds the three register views, from rows as dicts."""

    def make(residents: list[Row], entries: list[Row] = [], events: list[Row] = []) -> duckdb.DuckDBPyConnection:  # noqa: B006
        con = duckdb.connect()
        _load(con, "resident", residents)
        _load(con, "koseki_entry", entries)
        _load(con, "koseki_event", events)
        return con

    return make


@pytest.fixture
def rows_of() -> Callable[[pa.Table], list[Row]]:
    """Turn a table into dicts."""
    return lambda table: table.to_pylist()
