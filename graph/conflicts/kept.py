"""What the graph keeps of it: conflicts' lookups and all they are joined to."""

from graph.steps.step import Stage, Step

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

# The step that makes each kind of the graph but Conflict (pairs.py).
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
