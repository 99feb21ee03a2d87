"""Every lookup as it was judged, one row for each person it showed: what histories and lookups by day are read from."""

from pathlib import Path

import duckdb

# A lookup listed as borrowed is so for the subject it was listed with. Sorted by subject, a history reads few blocks.
JUDGED = """
COPY (
    WITH listed AS (SELECT subject, unnest(rows) AS row FROM work.borrowed)
    SELECT coalesce(e.person_id, '') AS subject, coalesce(l.staff_id, '') AS viewer, l.lookup_id, l.time, l.system,
           l.via, l.account_id, l.terminal_id, l.operation, coalesce(e.view, l.view) AS view,
           CASE WHEN b.row IS NULL OR l.attribution = 'shared' THEN l.attribution ELSE 'borrowed' END AS attribution,
           l.class, l.printed, coalesce(l.identified, false) AS identified, k.row IS NOT NULL AS colleague,
           CASE WHEN x.row IS NOT NULL THEN 'explained' WHEN c.row IS NOT NULL THEN 'suspicious' ELSE 'unexplained' END
               AS outcome,
           coalesce(x.template, '') AS template, coalesce(x.record, '') AS record, coalesce(c.tense, '') AS tense,
           l.file, l.line, l.caller_file, l.caller_line
    FROM work.lookup l LEFT JOIN work.exposed e USING (row)
    LEFT JOIN work.explained x USING (row)
    LEFT JOIN work.counted c ON c.row = l.row AND c.person_id = e.person_id
    LEFT JOIN (SELECT DISTINCT row FROM work.colleague) k ON k.row = l.row
    LEFT JOIN listed b ON b.row = l.row AND b.subject = e.person_id
    ORDER BY subject, l.time, l.lookup_id
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""


def keep(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the judged lookups as one Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    con.execute(JUDGED, {"path": str(path)})
