"""The rows of the logs with the subject and the account that they name, and who held each account on each day."""

from graph.steps.step import Stage, Step

ACCESS = """
SELECT row_number() OVER () AS row, l.system, l.row_key, l.time, coalesce(s.known, l.operator) AS operator,
       coalesce(l.terminal_id, '') AS terminal_id, l.operation, l.view,
       coalesce(c.person_id, CASE WHEN l.subject_space = '' THEN l.subject ELSE '' END) AS person_id,
       coalesce(l.household_id, '') AS household_id, l.via, l.calls, coalesce(l.printed, false) AS printed,
       l.file, l.line
FROM log l
LEFT JOIN subject_key c ON c.space = l.subject_space AND c.subject_key = l.subject
LEFT JOIN spelled s ON s.system = l.system AND s.operator = l.operator
"""

ACCOUNT_DAY = "SELECT DISTINCT system, operator, CAST(time AS DATE) AS day FROM access"

NAMED = """
SELECT d.system, d.operator, d.day, bool_or(a.kind <> 'personal') AS shared,
       list_sort(list(DISTINCT a.staff_id)) AS named
FROM account_day d
JOIN account_term a ON a.system = d.system AND a.operator = d.operator AND holds(d.day, a.valid_from, a.valid_to)
GROUP BY d.system, d.operator, d.day
"""

HOLDER = """
SELECT system, operator, day,
       CASE WHEN shared THEN 'shared' WHEN array_length(named) > 1 THEN 'doubled'
            WHEN named[1] <> '' THEN 'personal' ELSE 'unknown' END AS kind,
       CASE WHEN shared OR array_length(named) = 1 THEN named[1] END AS staff_id,
       CASE WHEN NOT shared AND array_length(named) > 1
            THEN list_filter(named, lambda staff: staff <> '') END AS holders
FROM named
"""

ACCESSES = Stage(
    "accesses",
    "Every row of the logs once, its operator and subject by the keys that the other files use.",
    (
        Step("access", ACCESS, why="One row for each row of the logs."),
        Step("account_day", ACCOUNT_DAY, why="L5: who held an account is a question of the day.", kind="VIEW"),
        Step("named", NAMED, why="L5: whom the account lists name for an account on a day.", kind="VIEW"),
        Step("holder", HOLDER, why="L5: two holders on one day name nobody, as a shared account's do."),
    ),
    results=("access", "holder"),
)
