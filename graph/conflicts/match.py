"""Lookups × relations: who looked, through which account on that day, at whom, and which of them are kin.

`lookup` has one row a lookup, `exposed` one for each person it showed, `related` one for each exposed person who is
tied to the viewer.
"""

from graph.records.certainty import certain_sql
from graph.steps.step import Stage, Step

VIEWER = f"""
SELECT start AS staff_id, "end" AS person_id, p, tier, {certain_sql("p")} AS certain
FROM graph_identified_as WHERE p IS NULL OR p > 0
"""

SEEN = """
SELECT a.row, a.person_id, 'direct' AS view FROM access a
JOIN graph_person p ON p.person_id = a.person_id
WHERE a.view = 'direct' OR (a.view = 'household' AND a.household_id = '')
UNION ALL
SELECT DISTINCT a.row, m.start, 'household' FROM access a
JOIN graph_member_of m ON m."end" = a.household_id AND holds(CAST(a.time AS DATE), m.valid_from, m.valid_to)
WHERE a.view = 'household'
"""

MERGED = """
SELECT r.row, r.system, r.time, r.operation, r.view, r.via, r.file, r.line,
       CASE WHEN r.row_key <> '' THEN r.system || ':' || r.row_key
            ELSE r.system || ':' || r.file || ':' || r.line END AS lookup_id,
       CAST(r.time AS DATE) AS day, CAST(coalesce(c.time, r.time) AS DATE) AS account_day,
       coalesce(c.system, r.system) AS account_system, coalesce(s.known, c.operator, r.operator) AS operator,
       coalesce(c.terminal_id, r.terminal_id) AS terminal_id, r.printed OR coalesce(c.printed, false) AS printed,
       coalesce(c.file, '') AS caller_file, coalesce(c.line, 0) AS caller_line
FROM access r
LEFT JOIN relay p ON p.read_row = r.row
LEFT JOIN access c ON c.row = p.caller_row
LEFT JOIN spelled s ON s.system = coalesce(c.system, r.system) AND s.operator = coalesce(c.operator, r.operator)
WHERE r.row NOT IN (SELECT caller_row FROM relay)
"""

LOOKUP = """
SELECT l.row, l.system, l.time, l.operation, l.view, l.via, l.file, l.line, l.lookup_id, l.day, l.operator,
       l.terminal_id, l.printed, l.caller_file, l.caller_line,
       l.account_system || ':' || l.operator AS account_id,
       CASE WHEN l.via <> '' AND l.caller_line = 0 THEN 'relayed'
            WHEN h.kind IN ('shared', 'doubled') THEN 'shared'
            WHEN l.via <> '' THEN 'relayed' ELSE 'own' END AS attribution,
       CASE WHEN l.view = 'search' THEN 'search_only'
            WHEN l.via <> '' AND l.caller_line = 0 THEN 'relayed_operator_unknown'
            WHEN coalesce(h.kind, 'unknown') = 'unknown' THEN 'unknown_account'
            WHEN h.kind IN ('shared', 'doubled') THEN 'shared_account'
            WHEN l.row NOT IN (SELECT row FROM seen) THEN 'unknown_subject'
            ELSE 'joined' END AS class,
       h.staff_id, h.staff_id IN (SELECT staff_id FROM viewer WHERE tier > 0 AND certain) AS identified, h.holders
FROM merged l
LEFT JOIN holder h ON h.system = l.account_system AND h.operator = l.operator AND h.day = l.account_day
"""

EXPOSED = """
SELECT e.row, e.person_id, e.view, l.time, l.day, l.class, l.staff_id, l.terminal_id
FROM lookup l JOIN seen e USING (row)
"""

# As law.tense says it for one relation; of several ties the one that holds best.
RELATED = """
SELECT e.row, e.person_id, e.view,
       CASE WHEN bool_or((t.may_end IS NULL OR t.may_end > e.day)
                AND (t.valid_to IS NULL OR t.valid_to > e.day AND t.valid_from > DATE '0001-01-01')) THEN 'current'
            WHEN bool_or(t.valid_to IS NULL OR t.valid_to > e.day) THEN 'uncertain' ELSE 'former' END AS tense
FROM exposed e JOIN viewer v USING (staff_id)
JOIN graph_related_to t ON t.start = v.person_id AND t."end" = e.person_id
WHERE e.class = 'joined' AND t.kind <> 'tie' AND t.valid_from <= e.day
GROUP BY e.row, e.person_id, e.view
"""

TIED_CANDIDATE = """
SELECT DISTINCT e.staff_id, e.person_id AS subject, v.person_id AS candidate, v.p, v.tier
FROM related r JOIN exposed e USING (row, person_id) JOIN viewer v USING (staff_id)
JOIN graph_related_to t ON t.start = v.person_id AND t."end" = e.person_id AND t.kind <> 'tie'
"""

TIED = """
SELECT staff_id, subject, arg_max(candidate, struct_pack(p := coalesce(p, 1), candidate := candidate)) AS viewer_person,
       arg_max(tier, struct_pack(p := coalesce(p, 1), candidate := candidate)) AS tier, least(sum(p), 1) AS p
FROM tied_candidate GROUP BY staff_id, subject
"""

MATCH = Stage(
    "match",
    "Who looked, through which account, at whom, and which of them are tied to each other.",
    (
        Step("viewer", VIEWER, why="Identity 5.5: candidates exclude each other, so their probabilities add up; as the"
             " personnel office knows somebody (tier 0) they are themselves, whoever else they may be."),
        Step("seen", SEEN, why="L7: a household view exposes its members of that day."),
        Step("merged", MERGED, why="L4: a relayed lookup is what was read, by whom it was called.", kind="VIEW"),
        Step("lookup", LOOKUP, why="L8: the first class that fits; the classes are disjoint."),
        Step("exposed", EXPOSED, why="L7: each person that a lookup showed."),
        Step("related", RELATED, why="A9: the day of the lookup decides the tense. A tie that only begins later is"
             " none; ties outside the law make no conflict."),
        Step("tied_candidate", TIED_CANDIDATE, why="Whoever of the viewer's candidates is tied to the subject.",
             kind="VIEW"),
        Step("tied", TIED, why="What a conflict's pair rests on: the likeliest candidate that is tied, and their sum."),
    ),
    results=("viewer", "lookup", "exposed", "related", "tied"),
)  # fmt: skip
