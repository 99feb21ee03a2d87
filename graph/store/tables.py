"""Tables as both stores exchange them: Arrow types from the schema, checked rows, their order, records and hashes."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import Any

import duckdb
import pyarrow as pa

from graph.errors import StoreError
from graph.store.column_types import TYPES
from graph.store.schema import KINDS, Node


def arrow_schema(kind: str) -> pa.Schema:
    """Give the Arrow columns of a kind, in the record's order."""
    return pa.schema([(column.name, TYPES[column.type].arrow) for column in KINDS[kind].columns])


def key_of(kind: str) -> tuple[str, ...]:
    """Name the columns that tell two rows of a kind apart within a run."""
    entry = KINDS[kind]
    return (entry.key,) if isinstance(entry, Node) else ("start", "end", *entry.parallel)


def parts(tables: pa.Table | Iterable[pa.Table]) -> Iterable[pa.Table]:
    """Give the tables of one write, whether it came as one or as several."""
    return (tables,) if isinstance(tables, pa.Table) else tables


def checked(kind: str, table: pa.Table) -> pa.Table:
    """Bring a table to its kind's columns and types; of rows with one key the last stands.

    Raises StoreError for missing or unknown columns, for values of another type and for a null where none may be.
    """
    schema = arrow_schema(kind)
    if set(table.column_names) != set(schema.names):
        odd = sorted(set(table.column_names) ^ set(schema.names))
        raise StoreError(
            f"{kind}: columns {', '.join(odd)} are missing or unknown",
            f"{kind}: 列 {'、'.join(odd)} が無いか、定義されていません",
        )
    try:
        typed = table.select(schema.names).cast(schema)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise StoreError(
            f"{kind}: a value has another type than the schema says ({error})",
            f"{kind}: 定義と異なる型の値があります（{error}）",
        ) from error
    _refuse_nulls(kind, typed)
    return _last_of_each_key(kind, typed)


def _refuse_nulls(kind: str, table: pa.Table) -> None:
    required = [column.name for column in KINDS[kind].columns if not column.nullable]
    empty = [name for name in required if table.column(name).null_count]
    if empty:
        raise StoreError(
            f"{kind}: {', '.join(empty)} may not be null; an unknown start is UNKNOWN_START",
            f"{kind}: {'、'.join(empty)} は空にできません。始期不明は UNKNOWN_START です",
        )


def _last_of_each_key(kind: str, table: pa.Table) -> pa.Table:
    numbered = table.append_column("row", pa.array(range(table.num_rows), pa.int64()))
    last = numbered.group_by(list(key_of(kind)), use_threads=False).aggregate([("row", "max")])["row_max"]
    return table if len(last) == table.num_rows else table.take(last.combine_chunks().sort())


def ordered(kind: str, table: pa.Table) -> pa.Table:
    """Sort a table by its kind's key, with the kind's types."""
    return table.cast(arrow_schema(kind)).sort_by([(name, "ascending") for name in key_of(kind)])


def gathered(batches: Iterable[pa.RecordBatch], schema: pa.Schema, size: int) -> Iterator[pa.Table]:
    """Put batches together to tables of so many rows or a few more; one without rows where there are none."""
    held: list[pa.RecordBatch] = []
    none = True
    for batch in batches:
        held.append(batch)
        if sum(map(len, held)) >= size:
            yield pa.Table.from_batches(held, schema)
            held, none = [], False
    if held or none:
        yield pa.Table.from_batches(held, schema)


def records(kind: str, table: pa.Table) -> list[Any]:
    """Turn the rows of a table into the records of graph/model.py."""
    record, rows = KINDS[kind].record, table.to_pylist()
    for column in KINDS[kind].columns:
        if column.type is tuple:
            for row in rows:
                row[column.name] = tuple(row[column.name])
        if column.members is not None:
            _name_members(kind, column.name, column.members, rows)
    return [record(**row) for row in rows]


def _name_members(kind: str, name: str, members: type[StrEnum], rows: Iterable[dict[str, Any]]) -> None:
    """Put the member of a closed set for each word. Raises StoreError for a word that is none."""
    known = {member.value: member for member in members}
    for row in rows:
        word = row[name]
        if word not in known:
            raise StoreError(
                f"{kind}.{name}: {word!r} is none of {', '.join(filter(None, known))}",
                f"{kind}.{name}: {word!r} という値は定義されていません",
            )
        row[name] = known[word]


def table_of(kind: str, rows: Iterable[Any]) -> pa.Table:
    """Turn records of graph/model.py into the rows of a table."""
    return pa.Table.from_pylist([asdict(row) for row in rows], schema=arrow_schema(kind))


def fingerprint_of(table: pa.Table) -> str:
    """Hash a table's rows as sorted canonical JSON, so that neither row nor column order matters."""
    digest = hashlib.sha256()
    with duckdb.connect() as con:
        con.register("content", table.select(sorted(table.column_names)))
        lines = con.execute("SELECT CAST(to_json(content) AS VARCHAR) AS line FROM content ORDER BY line")
        while chunk := lines.fetchmany(50_000):
            digest.update("".join(f"{line}\n" for (line,) in chunk).encode())
    return digest.hexdigest()
