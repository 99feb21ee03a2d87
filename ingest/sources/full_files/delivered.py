"""The day of each file, by which newer rows are told from older ones."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from ingest.sources.accepted import Kept

DAYS = pa.schema([("source", pa.string()), ("file", pa.string()), ("day", pa.date32())])


def write(con: duckdb.DuckDBPyConnection, held: Sequence[Kept]) -> None:
    """Make `delivered`: the files that have a day, with it."""
    rows = [{"source": each.source, "file": each.file, "day": each.seen_on} for each in held if each.day]
    con.register("days", pa.Table.from_pylist(rows, schema=DAYS))
    con.execute("CREATE OR REPLACE TABLE delivered AS SELECT * FROM days")
    con.unregister("days")
