"""Links that cannot be are dropped and told (A13): a parent not old enough for the child, an ancestor of oneself."""

from collections.abc import Iterator

import duckdb

from graph.model import record

IMPOSSIBLE = """
    FROM r_parent_link p JOIN r_attribute x ON x.person_id = p.parent JOIN r_attribute y ON y.person_id = p.child
    WHERE p.parent = p.child OR x.born >= y.born
        OR p.nature IN ('birth', 'recognised') AND x.birth + INTERVAL 12 YEAR > y.birth
"""
TOO_YOUNG = f"SELECT p.file, p.line {IMPOSSIBLE} ORDER BY ALL"
DROP_TOO_YOUNG = f"DELETE FROM r_parent_link WHERE (parent, child) IN (SELECT (p.parent, p.child) {IMPOSSIBLE})"
PEEL = """
DELETE FROM r_circle WHERE parent NOT IN (SELECT child FROM r_circle) OR child NOT IN (SELECT parent FROM r_circle)
"""
IN_CIRCLES = "(parent, child) IN (SELECT (parent, child) FROM r_circle)"
CIRCLES = f"SELECT file, line FROM r_parent_link WHERE {IN_CIRCLES} ORDER BY ALL"
DROP_CIRCLES = f"DELETE FROM r_parent_link WHERE {IN_CIRCLES}"


@record
class Problem:
    """One statement of a register that the graph does not follow (A13, E12)."""

    file: str
    line: int
    what: str


def drop(con: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    """Take what cannot be out of `r_parent_link`, and tell which lines it came from."""
    yield from _told(con, TOO_YOUNG, "parent not old enough for child")
    con.execute(DROP_TOO_YOUNG)
    _peel(con)
    yield from _told(con, CIRCLES, "person among their own ancestors")
    con.execute(DROP_CIRCLES)


def _told(con: duckdb.DuckDBPyConnection, lines: str, what: str) -> Iterator[Problem]:
    for file, line in con.sql(lines).fetchall():
        yield Problem(file=file, line=line, what=what)


def _peel(con: duckdb.DuckDBPyConnection) -> None:
    """Peel away whoever has no ancestor or no descendant left; the links that remain run in circles."""
    con.execute("CREATE OR REPLACE TEMP TABLE r_circle AS SELECT parent, child FROM r_parent_link")
    before, left = -1, _left(con)
    while left != before:
        con.execute(PEEL)
        before, left = left, _left(con)


def _left(con: duckdb.DuckDBPyConnection) -> int:
    return int(con.sql("SELECT count(*) FROM r_circle").fetchall()[0][0])
