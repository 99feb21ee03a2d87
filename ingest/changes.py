"""What a run changed in the registers' part of the graph: rows added, gone and altered since the generation before."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from graph.model import Generation, record
from graph.records import facts
from graph.store.base import GraphStore
from graph.store.tables import key_of

COMPARED = ("Person", "PARENT_OF", "SPOUSE_OF", "MEMBER_OF", "IDENTIFIED_AS")
COUNTS = """
SELECT count(*) FILTER (before.said IS NULL), count(*) FILTER (now.said IS NULL),
    count(*) FILTER (before.said <> now.said)
FROM (SELECT {key}, hash({columns}) AS said FROM before_rows) before
FULL JOIN (SELECT {key}, hash({columns}) AS said FROM now_rows) now USING ({key})
"""


@record
class Change:
    """How many rows of one kind came, went, or bear another property under the same key."""

    kind: str
    added: int
    gone: int
    changed: int


def since(
    con: duckdb.DuckDBPyConnection, store: GraphStore, before: Generation | None, now: Mapping[str, pa.Table]
) -> tuple[Change, ...]:
    """Compare a generation being written with the one published before; with none, or another schema, nothing."""
    if before is None or not facts.is_current(before):
        return ()
    return tuple(_change(con, kind, store.read(kind, before.run_id), now[kind]) for kind in COMPARED)


def _change(con: duckdb.DuckDBPyConnection, kind: str, before: pa.Table, now: pa.Table) -> Change:
    con.register("before_rows", before)
    con.register("now_rows", now)
    names = {
        name: ", ".join(f'"{column}"' for column in columns)
        for name, columns in (("key", key_of(kind)), ("columns", before.column_names))
    }
    added, gone, changed = con.execute(COUNTS.format(**names)).fetchall()[0]
    con.unregister("before_rows")
    con.unregister("now_rows")
    return Change(kind=kind, added=added, gone=gone, changed=changed)
