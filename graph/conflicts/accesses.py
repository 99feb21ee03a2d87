"""The rows of the logs with the subject and the account that they name, and who held each account on each day.

An operator id that people type and systems write in another case or width, with a domain or without its zeros is known
all the same (L10).
"""

import re
import unicodedata
from collections.abc import Iterable

import pyarrow as pa

from graph.steps.step import Stage, Step

ACCESS = """
SELECT row_number() OVER () AS row, l.system, l.row_key, l.time, l.operator, coalesce(l.terminal_id, '') AS terminal_id,
       l.operation, l.view,
       coalesce(c.person_id, CASE WHEN l.subject_space = '' THEN l.subject ELSE '' END) AS person_id,
       coalesce(l.household_id, '') AS household_id, l.via, l.calls, coalesce(l.printed, false) AS printed,
       l.file, l.line
FROM log l
LEFT JOIN subject_key c ON c.space = l.subject_space AND c.subject_key = l.subject
"""

ACCOUNT_DAY = """
SELECT DISTINCT a.system, coalesce(s.known, a.operator) AS operator, CAST(a.time AS DATE) AS day
FROM access a LEFT JOIN spelled s ON s.system = a.system AND s.operator = a.operator
"""

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
    "Every row of the logs once, its subject by the key that the registers use.",
    (Step("access", ACCESS, why="One row for each row of the logs."),),
    results=("access",),
)

HOLDERS = Stage(
    "holders",
    "Who held each account on each day it was used (L5).",
    (
        Step("account_day", ACCOUNT_DAY, why="L5: who held an account is a question of the day.", kind="VIEW"),
        Step("named", NAMED, why="L5: whom the account lists name for an account on a day.", kind="VIEW"),
        Step("holder", HOLDER, why="L5: two holders on one day name nobody, as a shared account's do."),
    ),
    results=("holder",),
)

ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
SPELLED = pa.schema({"system": pa.string(), "operator": pa.string(), "known": pa.string()})

OPERATORS = Stage(
    "operators",
    "Which operator ids the logs write otherwise than the accounts (L10).",
    (
        Step("known_operator", "SELECT DISTINCT system, operator FROM account_term", why="L10: ids of accounts."),
        Step(
            "unknown_operator",
            """
SELECT DISTINCT a.system, a.operator FROM access a
WHERE NOT EXISTS (SELECT 1 FROM account_term k WHERE k.system = a.system AND k.operator = a.operator)
ORDER BY a.system, a.operator
""",
            why="L10: ids in the logs that no account has.",
        ),
    ),
    results=("known_operator", "unknown_operator"),
)


def key(operator: str) -> str:
    r"""Give what an id is recognised by.

    >>> key("CITY\\Ｊ0101"), key("j0101@city.lg.jp"), key("J 101")
    ('j101', 'j101', 'j101')
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", operator)).casefold()
    return ZEROS.sub("", re.split(r"[\\/]", plain)[-1].split("@")[0])


def spelled(known: pa.Table, unknown: pa.Table) -> pa.Table:
    """Give the one account of its system that an unknown id differs from in nothing but writing.

    Two ids that are both known stay two, and what could be either of them stays unknown.
    """
    names = spellings(_pairs(known))
    found = [
        {"system": system, "operator": operator, "known": names[system, key(operator)]}
        for system, operator in _pairs(unknown)
        if (system, key(operator)) in names
    ]
    return pa.Table.from_pylist(found, SPELLED)


def _pairs(table: pa.Table) -> Iterable[tuple[str, str]]:
    return zip(table.column("system").to_pylist(), table.column("operator").to_pylist(), strict=True)


def spellings(known: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Give the known id of every system and key that only one has."""
    found: dict[tuple[str, str], list[str]] = {}
    for system, operator in known:
        found.setdefault((system, key(operator)), []).append(operator)
    return {place: operators[0] for place, operators in found.items() if len(operators) == 1 and place[1]}
