"""Typed rows as the reading room gives them, from short dictionaries."""

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from ingest.language.tables import TABLES

Fill = Callable[..., None]


@pytest.fixture
def con(stage: None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with every canonical table, empty."""
    with duckdb.connect() as connection:
        for table in TABLES.values():
            columns = [(column.name, column.type.sql) for column in table.columns]
            columns += [("file", "VARCHAR"), ("line", "BIGINT"), ("source", "VARCHAR"), ("seen_until", "DATE")]
            spec = ", ".join(_column(name, kind) for name, kind in columns)
            connection.execute(f"CREATE TABLE {table.name} ({spec})")
        yield connection


def _column(name: str, kind: str) -> str:
    return f'"{name}" {kind}' + (" DEFAULT ''" if kind == "VARCHAR" else "")


@pytest.fixture
def fill(con: duckdb.DuckDBPyConnection) -> Fill:
    """Insert rows given as keyword arguments, or many of the same columns at once; what is left out is empty."""

    def insert(table: str, *rows: dict[str, Any], **row: Any) -> None:
        found = rows or (row,)
        names, marks = ", ".join(f'"{name}"' for name in found[0]), ", ".join("?" for _ in found[0])
        values = [value for each in found for value in each.values()]
        con.execute(f"INSERT INTO {table} ({names}) VALUES {', '.join([f'({marks})'] * len(found))}", values)

    return insert
