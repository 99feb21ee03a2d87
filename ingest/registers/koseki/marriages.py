"""Marriages that 戸籍 states: each runs from a wedding to the next end; what begins after it is another (A9)."""

from graph.steps.step import Stage, Step

MARRIAGE_TOLD = """
SELECT least(a, b) AS a, greatest(a, b) AS b, day, ended, latest, parted, '' AS how, stands, file, line, seen_until
FROM wedding
UNION ALL
SELECT least(person_id, other), greatest(person_id, other), CASE WHEN event = 'marriage' THEN day END,
       CASE WHEN event <> 'marriage' THEN day END, CASE WHEN event <> 'marriage' THEN latest END, event <> 'marriage',
       CASE WHEN event = 'affinity_end' THEN 'termination' ELSE '' END, false, file, line, seen_until
FROM counterpart
"""

WEDDING_DAY = "SELECT DISTINCT a, b, day FROM marriage_told WHERE day IS NOT NULL"

END_TOLD = """
SELECT a, b, ended AS day, latest, max(CASE WHEN how = '' THEN 'divorce' ELSE how END) AS ended_by
FROM marriage_told WHERE parted GROUP BY ALL
"""

END_DATED = """
SELECT * FROM end_told s WHERE day IS NOT NULL AND NOT EXISTS (SELECT 1 FROM end_told n WHERE n.a = s.a AND n.b = s.b
    AND n.day >= s.day AND n.latest <= s.latest AND (n.day, n.latest) <> (s.day, s.latest))
"""

END_UNDATED = """
SELECT u.a, u.b, min(w.day) AS day, min(u.latest) AS latest, max(u.ended_by) AS ended_by
FROM end_told u LEFT JOIN (SELECT a, b, max(day) AS day FROM end_dated GROUP BY a, b) d USING (a, b)
LEFT JOIN wedding_day w ON w.a = u.a AND w.b = u.b AND w.day >= coalesce(d.day, w.day)
WHERE u.day IS NULL AND (d.day IS NULL OR (w.day IS NOT NULL AND (u.a, u.b) NOT IN
    (SELECT (a, b) FROM marriage_told WHERE stands)))
GROUP BY u.a, u.b
"""

MARRIAGE_END = """
SELECT e.*, least(e.latest, (SELECT min(w.day) FROM wedding_day w WHERE w.a = e.a AND w.b = e.b
           AND coalesce(e.day < e.latest, true) AND w.day > e.day AND w.day <= coalesce(e.latest, w.day)
           AND EXISTS (SELECT 1 FROM wedding_day v
               WHERE v.a = w.a AND v.b = w.b AND v.day + INTERVAL 1 YEAR <= w.day))) AS until
FROM (SELECT * FROM end_dated UNION ALL BY NAME SELECT * FROM end_undated) e
"""

MARRIAGE = """
WITH placed AS (
    SELECT t.*, (SELECT count(*) FROM marriage_end e WHERE e.a = t.a AND e.b = t.b
        AND e.until <= coalesce(t.day, t.ended - 1, DATE '0001-01-01')) AS segment
    FROM marriage_told t
)
SELECT a, b, segment, min(day) AS valid_from, bool_or(stands) AS stands, min_by(file, (file, line)) AS file,
       min_by(line, (file, line)) AS line,
       CASE WHEN bool_or(seen_until IS NULL) THEN NULL ELSE max(seen_until) END AS seen_until
FROM placed GROUP BY a, b, segment
"""

SPOUSE_REGISTERED = """
WITH ordered AS (
    SELECT *, row_number() OVER (PARTITION BY a, b ORDER BY until) - 1 AS segment FROM marriage_end
)
SELECT m.a, m.b, 'legal' AS nature, 'registered' AS grade, coalesce(m.valid_from, DATE '0001-01-01') AS valid_from,
       o.until AS valid_to, CASE WHEN o.a IS NOT NULL
           THEN nullif(greatest(o.day, m.valid_from, DATE '0001-01-01'), o.until) END AS may_end,
       coalesce(o.ended_by, '') AS ended_by, m.file, m.line, m.seen_until, m.stands
FROM marriage m LEFT JOIN ordered o USING (a, b, segment)
WHERE m.valid_from IS NOT NULL OR o.a IS NOT NULL
    OR (m.a, m.b) NOT IN (SELECT (a, b) FROM marriage WHERE valid_from IS NOT NULL)
"""

# `day` is the last on which somebody may have died, `earliest` the first.
DEATH_REGISTERED = """
SELECT person_id, coalesce(earliest, DATE '0001-01-01') AS earliest, day FROM (
    SELECT person_id, day AS earliest, latest AS day FROM life_event WHERE event = 'death'
    UNION ALL SELECT person_id, coalesce(left_on, left_on_earliest), left_for_sure FROM owned_entry
        WHERE left_by LIKE '%死亡%'
    UNION ALL SELECT person_id, starts, starts FROM spell WHERE status = 'dead'
) QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY day - earliest, day, earliest) = 1
"""

MARRIAGES = Stage(
    "marriages",
    "The marriages of 戸籍 with their ends, and who has died.",
    (
        Step("marriage_told", MARRIAGE_TOLD, why="Every wedding and every end that a register or an event tells."),
        Step("wedding_day", WEDDING_DAY, why="The days on which two are told to have married."),
        Step("end_told", END_TOLD, why="An end is a span of days, from `day` to `latest` (F10)."),
        Step("end_dated", END_DATED, why="F10: a narrower span inside a wider one is the same end told better."),
        Step("end_undated", END_UNDATED,
             why="K10: an end without a day counts where no dated end and no standing couple speaks against it."),
        Step("marriage_end", MARRIAGE_END,
             why="A9: where the two marry again within the span (a year on, for days differ) the end was before."),
        Step("marriage", MARRIAGE, why="A9: a marriage runs to the next end, what begins after it is another one."),
        Step("spouse_registered", SPOUSE_REGISTERED, why="What 戸籍 states of marriages is registered (E11)."),
        Step("death_registered", DEATH_REGISTERED,
             why="C4: a death ends a marriage; of several days the best known counts."),
    ),
    results=("spouse_registered", "death_registered"),
)  # fmt: skip
