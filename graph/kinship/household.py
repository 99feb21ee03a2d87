"""Who lived in one household on the same days; told as a relation, never walked as kinship (E6, E10)."""

import duckdb

# Moves into the next household together, and new rows of an unchanged one, are one stretch of days; its witness is the
# other person's latest row. Institutions make nobody kin (Z10).
CO_RESIDENCE = """
CREATE TABLE co_residence AS
WITH met AS (
    SELECT a.rowid::INTEGER AS source, b.rowid::INTEGER AS person,
           greatest(m.valid_from, n.valid_from) AS since, least(m.valid_to, n.valid_to) AS until,
           coalesce(until, DATE '9999-12-31') AS last, n.source_file AS file, n.source_line AS line
    FROM member_of m JOIN sources ON sources.id = m.start
         JOIN households ON household_id = m."end" AND NOT institution
         JOIN member_of n ON n."end" = m."end" AND n.start <> m.start
         JOIN person a ON a.id = m.start JOIN person b ON b.id = n.start
    WHERE since < last
),
marked AS (
    SELECT *, since > max(last) OVER (PARTITION BY source, person ORDER BY since, last, file, line
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS parted
    FROM met
),
stretches AS (
    SELECT *, count(*) FILTER (parted) OVER (PARTITION BY source, person ORDER BY since, last, file, line
                                             ROWS UNBOUNDED PRECEDING) AS stretch
    FROM marked
),
joined AS (
    SELECT source, person, min(since) AS valid_from, nullif(max(last), DATE '9999-12-31') AS valid_to,
           max({'last': last, 'file': file, 'line': line}) AS witness
    FROM stretches GROUP BY source, person, stretch
)
SELECT (first_id + row_number() OVER (ORDER BY source, person, valid_from))::INTEGER AS id, source, person,
       valid_from, valid_to, witness.file, witness.line
FROM joined, (SELECT coalesce(max(id), 0) AS first_id FROM step)
"""


LINES = """
INSERT INTO line
SELECT source, person, 'household', 0, 0, 'birth', 'stated', valid_from, valid_to, 0, [source, person], [id]
FROM co_residence
"""


def meet(con: duckdb.DuckDBPyConnection) -> None:
    """Add a line for each stretch of days that somebody in `sources` shared a household with somebody else."""
    con.execute(CO_RESIDENCE)
    con.execute(LINES)
