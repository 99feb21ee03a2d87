"""What is kept: every lookup as it was judged, and of conflicts the nodes and relationships of the graph."""

from graph.steps.step import Stage, Step

JUDGED_LOOKUP = """
SELECT coalesce(e.person_id, '') AS subject, coalesce(l.staff_id, '') AS viewer, l.lookup_id, l.time, l.system,
       l.via, l.account_id, l.terminal_id, l.operation, coalesce(e.view, l.view) AS view,
       CASE WHEN b.row IS NULL OR l.attribution = 'shared' THEN l.attribution ELSE 'borrowed' END AS attribution,
       l.class, l.printed, coalesce(l.identified, false) AS identified, k.row IS NOT NULL AS colleague,
       CASE WHEN x.row IS NOT NULL THEN 'explained' WHEN c.row IS NOT NULL THEN 'suspicious' ELSE 'unexplained' END
           AS outcome,
       coalesce(x.template, '') AS template, coalesce(x.record, '') AS record, coalesce(c.tense, '') AS tense,
       l.file, l.line, l.caller_file, l.caller_line
FROM lookup l LEFT JOIN exposed e USING (row)
LEFT JOIN explained x USING (row)
LEFT JOIN counted c ON c.row = l.row AND c.person_id = e.person_id
LEFT JOIN asked_row k ON k.row = l.row
LEFT JOIN listed_row b ON b.row = l.row AND b.subject = e.person_id
ORDER BY subject, l.time, l.lookup_id
"""

JUDGED = Stage(
    "judged",
    "Every lookup as it was judged. Sorted by subject, a history reads few blocks.",
    (
        Step("judged", JUDGED_LOOKUP, why="Q3: a lookup listed as borrowed is so for the subject it was listed with.",
             kind="VIEW"),
    ),
    results=("judged",),
)  # fmt: skip


KEPT = """
SELECT row FROM counted
UNION
SELECT row FROM listed_row
UNION
SELECT l.row FROM lookup l JOIN setting s ON s.every_lookup
"""

KEPT_LOOKUP = """
SELECT lookup_id, time, system, via, operation, view, attribution, file, line, caller_file, caller_line
FROM lookup WHERE row IN (SELECT row FROM kept) ORDER BY lookup_id
"""

MADE_BY = """
SELECT l.lookup_id AS start, a.account_id AS "end" FROM lookup l JOIN graph_account a USING (account_id)
WHERE l.row IN (SELECT row FROM kept) ORDER BY start, "end"
"""

AT_TERMINAL = """
SELECT l.lookup_id AS start, t.terminal_id AS "end" FROM lookup l JOIN graph_terminal t USING (terminal_id)
WHERE l.row IN (SELECT row FROM kept) ORDER BY start, "end"
"""

OF_PERSON = """
SELECT l.lookup_id AS start, e.person_id AS "end", e.view FROM exposed e JOIN lookup l USING (row)
WHERE e.row IN (SELECT row FROM kept) ORDER BY start, "end", e.view
"""

VIEWER_OF = 'SELECT DISTINCT conflict_id AS start, staff_id AS "end" FROM counted ORDER BY start, "end"'

SUBJECT_OF = 'SELECT DISTINCT conflict_id AS start, person_id AS "end" FROM counted ORDER BY start, "end"'

COUNTS = """
SELECT conflict_id AS start, lookup_id AS "end", outcome, template, record, tense
FROM counted ORDER BY start, "end", outcome, template, record, tense
"""

# The step that makes each kind of the graph but Conflict (aggregate.py).
KINDS_OF = {
    "Lookup": "kept_lookup", "MADE_BY": "made_by", "AT": "at_terminal", "OF": "of_person", "VIEWER": "viewer_of",
    "SUBJECT": "subject_of", "COUNTS": "counts",
}  # fmt: skip

KEEP = Stage(
    "keep",
    "The nodes and relationships that the graph keeps.",
    (
        Step("kept", KEPT, why="Only lookups in conflicts or listed as borrowed, or every one in small places."),
        Step("kept_lookup", KEPT_LOOKUP, why="Lookup nodes.", kind="VIEW"),
        Step("made_by", MADE_BY, why="An account that no file knows is no node.", kind="VIEW"),
        Step("at_terminal", AT_TERMINAL, why="A terminal that no file knows is no node.", kind="VIEW"),
        Step("of_person", OF_PERSON, why="L7: whom a lookup showed.", kind="VIEW"),
        Step("viewer_of", VIEWER_OF, why="Q4: one viewer a conflict.", kind="VIEW"),
        Step("subject_of", SUBJECT_OF, why="Q4: one subject a conflict.", kind="VIEW"),
        Step("counts", COUNTS, why="Q4: the lookups of a conflict, with what was found of each.", kind="VIEW"),
    ),
    results=tuple(KINDS_OF.values()),
)
