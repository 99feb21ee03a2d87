"""Several sources of one table: rows that speak of one thing become one, and no empty cell hides what another says.

Of two values that differ, that of the newer file counts, then that of the source whose id comes first; the order in
which files were accepted counts for nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import duckdb

from graph.records.facts import SourceFile
from ingest.language.tables import CanonicalTable, TableColumn

TEXTS = ("text", "word", "id", "code")
DATE_PARTS = ("", "_earliest", "_latest", "_precision", "_text")
BESIDES = ("file", "line", "source")
DIFFERING = "CREATE OR REPLACE TABLE differing (source VARCHAR, file VARCHAR, cells BIGINT)"

# Rows in the order in which they count, each with whether its source tells states of its subjects apart.
WEIGHED = """
CREATE OR REPLACE TEMP TABLE c_weighed AS
WITH told AS (
    SELECT source, {tells} AS tells FROM c_said GROUP BY source
), dated AS (
    SELECT source, file, max(day) AS day FROM delivered GROUP BY ALL
)
SELECT c_said.*, tells, {state} AS state,
    row_number() OVER (ORDER BY day DESC NULLS LAST, source, file, line) AS rank
FROM c_said JOIN told USING (source) LEFT JOIN dated USING (source, file)
"""
# A source that never says which state of its subject it means speaks of the latest that still holds.
PLACED = """
CREATE OR REPLACE TEMP TABLE c_row AS
WITH latest AS (
    SELECT {subject}, max(state) AS latest FROM c_weighed WHERE tells AND seen_until IS NULL GROUP BY ALL
)
SELECT c_weighed.*, CASE WHEN tells THEN rank ELSE rank + count(*) OVER () END AS place,
    CASE WHEN tells THEN state WHEN seen_until IS NULL THEN latest END AS of_state
FROM c_weighed LEFT JOIN latest USING ({subject})
"""
# Where one source has several rows of one thing nobody can say which of them another's row is.
JOINT = """
CREATE OR REPLACE TEMP TABLE c_joint AS
WITH met AS (
    SELECT row_number() OVER () AS one, {subject}, of_state, {apart} AS apart FROM c_row
    GROUP BY {subject}, of_state
    HAVING count(*) > 1 AND count(*) = count(DISTINCT source)
)
SELECT r.*, one, apart FROM c_row r JOIN met m ON {same} AND r.of_state IS NOT DISTINCT FROM m.of_state
"""
# It holds as long as one source has it; a source that speaks of the latest state only ends none.
HOLDS = """
CASE WHEN bool_or(seen_until IS NULL AND (tells OR of_state IS NULL)) THEN NULL
     ELSE max(seen_until) FILTER (tells OR of_state IS NULL) END AS seen_until
"""
MADE = """
CREATE OR REPLACE TABLE combined_{table} AS
SELECT {names} FROM (SELECT {cells}, {holds} FROM c_joint WHERE NOT apart GROUP BY one)
UNION ALL SELECT {names} FROM c_row WHERE rank NOT IN (SELECT rank FROM c_joint WHERE NOT apart)
"""
COUNTED = """
INSERT INTO differing
SELECT source, file, sum(cells) FROM c_joint
JOIN (SELECT one, CASE WHEN bool_or(apart) THEN 1 ELSE {cells} END AS cells FROM c_joint GROUP BY one) USING (one)
WHERE cells > 0 GROUP BY ALL
"""


def combine(con: duckdb.DuckDBPyConnection, table: CanonicalTable, rows: str) -> str:
    """Put the rows (SQL) of several sources together; give SQL for what they make.

    What they say differently is counted in `differing`.
    """
    subject, state = table.subject, next((name for name in table.joined_by if name not in table.subject), "")
    columns = {column.name: column for column in table.columns}
    tells, at = _state(columns[state]) if state else ("true", "0")
    same = " AND ".join(f"r.{name} = m.{name}" for name in subject)
    apart = " OR ".join(f"count(DISTINCT nullif({name}, '')) > 1" for name in table.apart) or "false"
    con.execute(f"CREATE OR REPLACE TEMP VIEW c_said AS {rows}")
    con.execute(WEIGHED.format(tells=tells, state=at))
    con.execute(PLACED.format(subject=", ".join(subject)))
    con.execute(JOINT.format(subject=", ".join(subject), apart=apart, same=same))
    cells = [_cell(column, column.name == state) for column in table.columns]
    cells += [f"arg_min({name}, place) AS {name}" for name in BESIDES]
    names = ", ".join([*_names(table), *BESIDES, "seen_until"])
    con.execute(MADE.format(table=table.name, names=names, cells=", ".join(cells), holds=HOLDS))
    differ = [_differs(column) for column in table.columns if column.name not in table.joined_by]
    con.execute(COUNTED.format(cells=" + ".join(filter(None, differ))))
    con.execute("DROP TABLE c_joint; DROP TABLE c_row; DROP TABLE c_weighed; DROP VIEW c_said")
    return f"SELECT * FROM combined_{table.name}"


def differing(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], int]:
    """Give by source and file how many cells another source says otherwise."""
    rows = con.execute("SELECT source, file, sum(cells)::BIGINT FROM differing GROUP BY ALL").fetchall()
    return {(source, file): cells for source, file, cells in rows}


def warned(source: SourceFile, differing: Mapping[tuple[str, str], int]) -> SourceFile:
    """Add to the warnings of a generation's source how many of its cells another source says otherwise."""
    cells = differing.get((source.file, source.source), 0)
    return replace(source, warnings={**source.warnings, "differs": cells}) if cells else source


def _state(column: TableColumn) -> tuple[str, str]:
    """Say in SQL whether a source tells states of its subjects apart by a column, and which is the later."""
    if column.kind == "int":  # a history whose every row is the first is none
        return f"coalesce(max({column.name}) > 1, false)", f"coalesce({column.name}, 0)"
    return f"bool_or({column.name} IS NOT NULL)", f"coalesce({column.name}, DATE '0001-01-01')"


def _names(table: CanonicalTable) -> Iterator[str]:
    for column in table.columns:
        yield from _parts(column)


def _parts(column: TableColumn) -> tuple[str, ...]:
    parts = DATE_PARTS if column.kind == "register_date" else ("",)
    return tuple(f"{column.name}{part}" for part in parts)


def _cell(column: TableColumn, is_state: bool) -> str:
    """Give in SQL the first cell that says something."""
    name = column.name
    if is_state:
        return f"arg_min({name}, place) AS {name}"
    if column.kind == "register_date":  # its five columns are one cell
        whole = f"row({', '.join(_parts(column))})"
        known, written = f"{name}_earliest IS NOT NULL", f"{name}_text <> ''"
        first = ", ".join(f"arg_min({whole}, rank) FILTER ({said})" for said in (known, written, "true"))
        fields = enumerate(_parts(column), 1)
        return ", ".join(f"struct_extract(coalesce({first}), {at}) AS {part}" for at, part in fields)
    if column.kind in TEXTS:
        return f"coalesce(arg_min({name}, rank) FILTER ({name} <> ''), '') AS {name}"
    return f"bool_or({name}) AS {name}" if column.kind == "bool" else f"arg_min({name}, rank) AS {name}"


def _differs(column: TableColumn) -> str:
    """Give in SQL 1 where the rows say different things of a column; spaces in a text are none."""
    if column.kind == "bool":  # what is not ticked is not said
        return ""
    name = f"{column.name}_earliest" if column.kind == "register_date" else column.name
    if column.kind in TEXTS:
        name = f"nullif(regexp_replace({name}, '[\\s\\x{{3000}}]', '', 'g'), '')"
    return f"coalesce(min({name}) <> max({name}), false)::INT"
