"""Which rows of a file repeat what is there already: within the file, and for deltas in files accepted before."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from graph.model import record
from ingest.language.known_source import Mapping
from ingest.language.values import schema

BESIDES = ("file", "line", "source")
BATCH = 100_000


@record
class Repeated:
    """Lines that say again what was said, and lines that say something else under a key already used."""

    duplicate: tuple[int, ...]
    conflicting: tuple[int, ...]


def repeated(con: duckdb.DuckDBPyConnection, mapping: Mapping, rows: Path, before: Sequence[Path]) -> Repeated:
    """Find the repeated lines of a file's typed rows (Parquet); `before` are typed rows that count as said."""
    content = [name for name in schema(mapping.table).names if name not in BESIDES]
    key = ", ".join(key_of(mapping))
    said = f"UNION ALL SELECT {key}, said, 0 AS line FROM earlier SEMI JOIN rows USING ({key})" if before else ""
    _view(con, "rows", [rows], content)
    if before:
        _view(con, "earlier", before, content)
    found = con.execute(f"""
        SELECT line, said = first_value(said) OVER same
        FROM (SELECT {key}, said, line FROM rows {said}) {_numbered(mapping)}
        WINDOW same AS (PARTITION BY {key} ORDER BY line)
        QUALIFY line > 0 AND row_number() OVER same > 1
        ORDER BY line
    """).fetchall()
    same = [line for line, is_same in found if is_same]
    return Repeated(duplicate=tuple(same), conflicting=tuple(line for line, is_same in found if not is_same))


def key_of(mapping: Mapping) -> tuple[str, ...]:
    """Give the columns that identify a row: the whole row where the mapping names none."""
    return mapping.key or tuple(name for name in schema(mapping.table).names if name not in BESIDES)


def sharing(con: duckdb.DuckDBPyConnection, mapping: Mapping, rows: Path, keys: Sequence[str]) -> list[str]:
    """Find which of these files of keys share one with a file's typed rows."""
    if not keys:
        return []
    con.execute(f"CREATE OR REPLACE TEMP VIEW new_rows AS SELECT * FROM read_parquet({quoted(rows)})")
    key = ", ".join(key_of(mapping))
    query = f"SELECT DISTINCT filename FROM read_parquet(?, filename = true) SEMI JOIN new_rows USING ({key})"
    return sorted(name for (name,) in con.execute(query, [list(keys)]).fetchall())


def ordered(
    con: duckdb.DuckDBPyConnection, rows: Path, without: Sequence[int], order: str, columns: str = "*"
) -> Iterator[pa.RecordBatch]:
    """Give the typed rows but for some lines, in this order."""
    con.register("without_lines", pa.table({"line": pa.array(without, pa.int64())}))
    query = f"SELECT {columns} FROM read_parquet({quoted(rows)}) ANTI JOIN without_lines USING (line) ORDER BY {order}"
    yield from con.sql(query).to_arrow_reader(BATCH)


def _view(con: duckdb.DuckDBPyConnection, name: str, paths: Sequence[Path], content: Sequence[str]) -> None:
    files = ", ".join(quoted(path) for path in paths)
    rows = f"read_parquet([{files}], hive_partitioning = false)"
    con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT *, hash({', '.join(content)}) AS said FROM {rows}")


def _numbered(mapping: Mapping) -> str:
    """Leave out log rows without a number: file and line stand in for it, so none repeats another."""
    return "WHERE row_key <> ''" if mapping.table.name == "lookup" and "row_key" in mapping.key else ""


def quoted(path: Path) -> str:
    """Write a path as an SQL string."""
    return "'" + str(path).replace("'", "''") + "'"
