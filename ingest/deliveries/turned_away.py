"""Quarantined rows of a log were delivered: which system's, which number, when, as far as each row still tells.

What a row does not tell, or tells wrongly, stands in the row before it in its file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.language.values import Fault
from ingest.reading.columns import BETWEEN, ColumnReader
from ingest.reading.records import cells_of
from ingest.reading.source import Problem, Source

TOLD = ("system", "row_key", "time")
NEIGHBOUR = ("system", "time")
SCHEMA = pa.schema(
    [("system", pa.string()), ("row_key", pa.string()), ("time", pa.timestamp("us")), ("line", pa.int64())]
)


def rows(found: Source, problems: Sequence[Problem], typed: Path) -> pa.Table:
    """Give what is known of the quarantined rows of a log whose other rows are `typed`."""
    readers = [ColumnReader(rule, found.header) for rule in found.mapping.rules if rule.column.name in TOLD]
    told = [_readable(readers, cells_of(problem.text, found.mapping.delimiter), problem.column) for problem in problems]
    beside = pq.read_table(typed, columns=[*NEIGHBOUR, "line"]).sort_by("line")
    lines = np.array([problem.line for problem in problems], np.int64)
    places = np.maximum(np.searchsorted(beside.column("line").to_numpy(), lines) - 1, 0)
    for row, place in zip(told, places, strict=True):
        for name in NEIGHBOUR:
            row[name] = row[name] or (beside.column(name)[place].as_py() if len(beside) else None)
    known = [
        row | {"line": line} for row, line in zip(told, lines.tolist(), strict=True) if all(map(row.get, NEIGHBOUR))
    ]
    return pa.Table.from_pylist(known, SCHEMA)


def _readable(readers: Sequence[ColumnReader], cells: Sequence[str], wrong: str) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(TOLD)
    for reader in (reader for reader in readers if wrong not in reader.rule.names):
        raw = ["" if at is None or at >= len(cells) else cells[at] for at in reader.at]
        value = reader.value if reader.absent else reader.memo[BETWEEN.join(raw)]
        row[reader.rule.column.name] = None if isinstance(value, Fault) else value
    return row
