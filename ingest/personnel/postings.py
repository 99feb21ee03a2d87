"""Staff, sections, accounts and terminals, and which belonged to which, from their typed rows."""

from graph.steps.step import Stage, Step

# A row holds from its day, or from ever, to its end or to the day of the newer full file that lacks it.
DATED = """
SELECT *, nullif(open_until, DATE '9999-12-31') AS ends, open_until > since AS lasting,
       struct_pack(since := since, file := file, line := line) AS latest
FROM (
    SELECT *, coalesce(valid_from, DATE '0001-01-01') AS since,
           least(coalesce(valid_to, DATE '9999-12-31'), coalesce(seen_until, DATE '9999-12-31')) AS open_until
    FROM {table}
)
"""

STAFF_NODE = """
SELECT staff_id, coalesce(arg_max(name, latest) FILTER (name <> ''), '') AS name,
       coalesce(arg_max(kana, latest) FILTER (kana <> ''), '') AS kana,
       coalesce(arg_max(sex, latest) FILTER (sex <> ''), '') AS sex,
       arg_max(birth, latest) FILTER (birth IS NOT NULL) AS birth_date,
       coalesce(arg_max(address, latest) FILTER (address <> ''), '') AS address,
       coalesce(arg_max(section_id, latest) FILTER (section_id <> '' AND lasting),
                arg_max(section_id, latest) FILTER (section_id <> ''), '') AS section_id
FROM staff_row GROUP BY staff_id
ORDER BY staff_id
"""

SECTION_NODE = """
SELECT section_id, coalesce(max(name), '') AS name
FROM (SELECT section_id, arg_max(section_name, latest) FILTER (section_name <> '') AS name
      FROM staff_row GROUP BY ALL
      UNION ALL SELECT DISTINCT section_id, NULL FROM terminal_row)
WHERE section_id <> '' GROUP BY section_id
ORDER BY section_id
"""

ACCOUNT_NODE = """
SELECT system || ':' || operator AS account_id, any_value(system) AS system, any_value(operator) AS operator,
       arg_max(kind, latest) AS kind
FROM account_row GROUP BY account_id
ORDER BY account_id
"""

TERMINAL_NODE = """
SELECT terminal_id, coalesce(arg_max(place, latest) FILTER (place <> ''), '') AS place
FROM terminal_row GROUP BY terminal_id
ORDER BY terminal_id
"""

POSTING = """
SELECT staff_id AS start, section_id AS "end", since AS valid_from, max(ends) AS valid_to
FROM staff_row WHERE section_id <> '' AND lasting GROUP BY ALL
"""

# Of two postings that begin on one day neither ends the other.
BELONGS_TO = """
SELECT start, "end", valid_from, coalesce(valid_to, min(valid_from) OVER (PARTITION BY start ORDER BY valid_from
       RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING)::DATE) AS valid_to
FROM posting
ORDER BY start, valid_from, "end"
"""

USES = """
SELECT staff_id AS start, system || ':' || operator AS "end", since AS valid_from, max(ends) AS valid_to
FROM account_row WHERE staff_id IN (SELECT staff_id FROM staff_row) GROUP BY ALL
ORDER BY ALL
"""

LOCATED_IN = """
SELECT terminal_id AS start, section_id AS "end", since AS valid_from, max(ends) AS valid_to
FROM terminal_row WHERE section_id <> '' GROUP BY ALL
ORDER BY ALL
"""

KINDS_OF = {
    "Staff": "staff_node", "Section": "section_node", "Account": "account_node", "Terminal": "terminal_node",
    "BELONGS_TO": "belongs_to", "USES": "uses", "LOCATED_IN": "located_in",
}  # fmt: skip
STAFF = Stage(
    "staff",
    "Staff, sections, accounts and terminals, and which belonged to which, from when to when.",
    (
        Step(
            "staff_row", DATED.format(table="staff"), why="A row that a newer full file lacks ends on that file's day."
        ),
        Step("account_row", DATED.format(table="account"), why="The same of accounts."),
        Step("terminal_row", DATED.format(table="terminal"), why="The same of terminals."),
        Step("staff_node", STAFF_NODE, why="The latest row that says something counts: an empty cell says nothing."),
        Step("section_node", SECTION_NODE, why="A section is known by staff or by its terminals.", kind="VIEW"),
        Step("account_node", ACCOUNT_NODE, why="An operator id is one system's.", kind="VIEW"),
        Step("terminal_node", TERMINAL_NODE, why="The place that was told last.", kind="VIEW"),
        Step("posting", POSTING, why="A posting of no length is none.", kind="VIEW"),
        Step("belongs_to", BELONGS_TO, why="A posting without an end ends where the same person's next one begins."),
        Step("uses", USES, why="L5: who held which account from when to when.", kind="VIEW"),
        Step("located_in", LOCATED_IN, why="In which section a terminal stood.", kind="VIEW"),
    ),
    results=tuple(KINDS_OF.values()),
)
