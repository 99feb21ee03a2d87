"""Lookups × relations: who looked, through which account on that day, at whom, and which of them are kin.

Everything is SQL on the bench. `work.lookup` has one row a lookup, `work.exposed` one for each person it showed,
`work.related` one for each exposed person who is tied to the viewer.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from graph.conflicts.clocks import set_clocks
from graph.conflicts.operators import recognise
from graph.conflicts.score import CERTAIN

ACCESS = """
CREATE TABLE work.access AS
SELECT row_number() OVER () AS row, l.system, l.row_key, l.time, l.operator, coalesce(l.terminal_id, '') AS terminal_id,
       l.operation, l.view,
       coalesce(c.person_id, CASE WHEN l.subject_space = '' THEN l.subject ELSE '' END) AS person_id,
       coalesce(l.household_id, '') AS household_id, l.via, l.calls, coalesce(l.printed, false) AS printed,
       l.file, l.line
FROM read_parquet($logs, hive_partitioning = false) l
LEFT JOIN work.crossref c ON c.space = l.subject_space AND c.subject_key = l.subject
"""

# L5: who held an account is a question of the day. Two holders on one day name nobody, as a shared account's do.
HOLDERS = """
CREATE TABLE work.holder AS
SELECT system, operator, day,
       CASE WHEN shared THEN 'shared' WHEN len(named) > 1 THEN 'doubled' WHEN named[1] <> '' THEN 'personal'
            ELSE 'unknown' END AS kind,
       CASE WHEN shared OR len(named) = 1 THEN named[1] END AS staff_id,
       CASE WHEN NOT shared AND len(named) > 1 THEN list_filter(named, lambda staff: staff <> '') END AS holders
FROM (SELECT d.system, d.operator, d.day, bool_or(a.kind <> 'personal') AS shared,
             list(DISTINCT a.staff_id ORDER BY a.staff_id) AS named
      FROM (SELECT DISTINCT system, operator, CAST(time AS DATE) AS day FROM work.access) d
      JOIN work.account a
        ON a.system = d.system AND a.operator = d.operator AND work.holds(d.day, a.valid_from, a.valid_to)
      GROUP BY ALL)
"""

# A relayed row and the calling rows that may stand behind it (L4): same subject, near in time as the clocks go.
CANDIDATES = """
CREATE TABLE work.candidate AS
SELECT r.row AS read_row, c.row AS caller_row, r.via, r.system, epoch_ms(r.time) - epoch_ms(c.time) AS delay,
       row(r.file, r.line, c.file, c.line) AS place, k.centre, 0::BIGINT AS gap
FROM work.access r
JOIN work.centre k ON k.via = r.via AND k.system = r.system
JOIN work.access c ON c.system = r.via AND c.calls = r.system
  AND c.person_id = r.person_id AND c.household_id = r.household_id
  AND c.time BETWEEN r.time - to_milliseconds(k.centre + 1000 * $seconds)
                 AND r.time - to_milliseconds(k.centre - 1000 * $seconds)
WHERE r.via <> '' AND (r.person_id <> '' OR r.household_id <> '')
QUALIFY row_number() OVER (PARTITION BY r.row, c.row ORDER BY abs(delay - k.centre), k.centre) = 1
"""

# Two systems' clocks differ by a nearly fixed delay: rows that can only belong together tell it, nearness is measured
# from there.
GAPS = """
UPDATE work.candidate SET gap = abs(delay - coalesce((
    SELECT CAST(median(u.delay) AS BIGINT)
    FROM (SELECT via, system, min(centre) AS centre, min(delay) AS delay FROM work.candidate
          GROUP BY via, system, read_row HAVING count(*) = 1) u
    WHERE u.via = candidate.via AND u.system = candidate.system AND u.centre = candidate.centre), centre))
"""

# One to one: a pair is taken when each is the other's nearest; the rest looks again without them.
PAIRS = """
INSERT INTO work.relay
SELECT read_row, caller_row FROM work.candidate
QUALIFY row_number() OVER (PARTITION BY read_row ORDER BY gap, place) = 1
    AND row_number() OVER (PARTITION BY caller_row ORDER BY gap, place) = 1
"""

PAIRED = """
DELETE FROM work.candidate WHERE read_row IN (SELECT read_row FROM work.relay)
                              OR caller_row IN (SELECT caller_row FROM work.relay)
"""

# Whoever a member of staff may be: candidates exclude each other, so their probabilities add up (W4). As HR
# knows them (tier 0) they are themselves, whoever else they may be.
VIEWERS = f"""
CREATE TABLE work.viewer AS
SELECT start AS staff_id, "end" AS person_id, p, tier, coalesce(p, 1) >= {CERTAIN} AS certain
FROM graph_identified_as WHERE p IS NULL OR p > 0
"""

# L7: a household view exposes its members of that day.
SEEN = """
CREATE TABLE work.seen AS
SELECT a.row, a.person_id, 'direct' AS view FROM work.access a
JOIN graph_person p ON p.person_id = a.person_id
WHERE a.view = 'direct' OR (a.view = 'household' AND a.household_id = '')
UNION ALL
SELECT DISTINCT a.row, m.start, 'household' FROM work.access a
JOIN graph_member_of m ON m."end" = a.household_id AND work.holds(CAST(a.time AS DATE), m.valid_from, m.valid_to)
WHERE a.view = 'household'
"""

# A relayed lookup is what was read, by whom it was called. L8: the first class that fits; the classes are disjoint.
LOOKUPS = """
CREATE TABLE work.lookup AS
WITH read AS (
    SELECT r.* EXCLUDE (row_key, operator, terminal_id, calls, printed),
           CASE WHEN r.row_key <> '' THEN r.system || ':' || r.row_key
                ELSE r.system || ':' || r.file || ':' || r.line END AS lookup_id,
           CAST(r.time AS DATE) AS day, CAST(coalesce(c.time, r.time) AS DATE) AS account_day,
           coalesce(c.system, r.system) AS account_system, coalesce(c.operator, r.operator) AS operator,
           coalesce(c.terminal_id, r.terminal_id) AS terminal_id, r.printed OR coalesce(c.printed, false) AS printed,
           coalesce(c.file, '') AS caller_file, coalesce(c.line, 0) AS caller_line
    FROM work.access r
    LEFT JOIN work.relay p ON p.read_row = r.row
    LEFT JOIN work.access c ON c.row = p.caller_row
    WHERE r.row NOT IN (SELECT caller_row FROM work.relay)
)
SELECT l.* EXCLUDE (account_system, account_day, person_id, household_id),
       l.account_system || ':' || l.operator AS account_id,
       CASE WHEN l.via <> '' AND l.caller_line = 0 THEN 'relayed'
            WHEN h.kind IN ('shared', 'doubled') THEN 'shared'
            WHEN l.via <> '' THEN 'relayed' ELSE 'own' END AS attribution,
       CASE WHEN l.view = 'search' THEN 'search_only'
            WHEN l.via <> '' AND l.caller_line = 0 THEN 'relayed_operator_unknown'
            WHEN coalesce(h.kind, 'unknown') = 'unknown' THEN 'unknown_account'
            WHEN h.kind IN ('shared', 'doubled') THEN 'shared_account'
            WHEN l.row NOT IN (SELECT row FROM work.seen) THEN 'unknown_subject'
            ELSE 'joined' END AS class,
       h.staff_id, h.staff_id IN (
           SELECT staff_id FROM work.viewer WHERE tier > 0 AND certain) AS identified, h.holders
FROM read l
LEFT JOIN work.holder h ON h.system = l.account_system AND h.operator = l.operator AND h.day = l.account_day
"""

EXPOSED = """
CREATE TABLE work.exposed AS
SELECT e.row, e.person_id, e.view, l.time, l.day, l.class, l.staff_id, l.terminal_id
FROM work.lookup l JOIN work.seen e USING (row)
"""

# A9: the day of the lookup decides the tense, as law.tense says it for one relation; of several ties the one that holds
# best. A tie that only begins later is none; ties outside the law make no conflict.
RELATED = """
CREATE TABLE work.related AS
SELECT e.row, e.person_id, e.view,
       CASE WHEN bool_or((t.may_end IS NULL OR t.may_end > e.day)
                AND (t.valid_to IS NULL OR t.valid_to > e.day AND t.valid_from > DATE '0001-01-01')) THEN 'current'
            WHEN bool_or(t.valid_to IS NULL OR t.valid_to > e.day) THEN 'uncertain' ELSE 'former' END AS tense
FROM work.exposed e JOIN work.viewer v USING (staff_id)
JOIN graph_related_to t ON t.start = v.person_id AND t."end" = e.person_id
WHERE e.class = 'joined' AND t.kind <> 'tie' AND t.valid_from <= e.day
GROUP BY ALL
"""


# What a conflict's pair rests on: the likeliest of the viewer's candidates that is tied to the subject, and their sum.
TIED = """
CREATE TABLE work.tied AS
SELECT staff_id, subject, arg_max(candidate, row(coalesce(p, 1), candidate)) AS viewer_person,
       arg_max(tier, row(coalesce(p, 1), candidate)) AS tier, least(sum(p), 1) AS p
FROM (SELECT DISTINCT e.staff_id, e.person_id AS subject, v.person_id AS candidate, v.p, v.tier
      FROM work.related r JOIN work.exposed e USING (row, person_id) JOIN work.viewer v USING (staff_id)
      JOIN graph_related_to t ON t.start = v.person_id AND t."end" = e.person_id AND t.kind <> 'tie')
GROUP BY staff_id, subject
"""


def match(con: duckdb.DuckDBPyConnection, logs: Sequence[Path], relay_seconds: int) -> None:
    """Make `work.lookup`, `work.exposed`, `work.related` and `work.tied` out of the log files."""
    con.execute(ACCESS, {"logs": [str(path) for path in logs]})
    recognise(con)
    con.execute(HOLDERS)
    _pair_relayed(con, relay_seconds)
    for query in (VIEWERS, SEEN, LOOKUPS, EXPOSED, RELATED, TIED):
        con.execute(query)


def _pair_relayed(con: duckdb.DuckDBPyConnection, seconds: int) -> None:
    con.execute("CREATE TABLE work.relay (read_row BIGINT, caller_row BIGINT)")
    set_clocks(con, seconds)
    con.execute(CANDIDATES, {"seconds": seconds})
    con.execute(GAPS)
    while _left(con):
        con.execute(PAIRS)
        con.execute(PAIRED)


def _left(con: duckdb.DuckDBPyConnection) -> bool:
    return bool(con.execute("SELECT count(*) FROM work.candidate").fetchall()[0][0])
