"""Every lookup as it was judged, one row for each person it showed: what histories and lookups by day are read from."""

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
