"""What a run cannot examine because nobody delivered what it would rest on (D2)."""

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

RECORDS = ("assignment", "reception", "issuance")


def not_examined(con: duckdb.DuckDBPyConnection, graph: Mapping[str, pa.Table]) -> list[dict[str, str]]:
    """Name each part of a report that lacks its source, and the source that lacks."""
    return [{"part": part, "lacks": lacks} for part, lacks in _lacking(con, graph)]


def _lacking(con: duckdb.DuckDBPyConnection, graph: Mapping[str, pa.Table]) -> Iterable[tuple[str, str]]:
    if not len(graph["ON_DUTY"]):
        yield "borrowed", "roster"
    if not len(graph["LOCATED_IN"]):
        yield "borrowed", "terminals"
    if not _any(con, "SELECT count(*) FROM staff WHERE birth_earliest IS NOT NULL"):
        yield "identity", "births"
    if not len(graph["USES"]):
        yield "viewers", "accounts"
    if not _any(con, "SELECT count(*) FROM koseki_entry"):
        yield "kinship", "koseki"
    for table in RECORDS:
        if not _any(con, f"SELECT count(*) FROM {table}"):
            yield "explanation", table


def _any(con: duckdb.DuckDBPyConnection, query: str) -> bool:
    return bool(con.execute(query).fetchall()[0][0])
