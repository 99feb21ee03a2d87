"""Operator ids as people type and systems write them: another case or width, a domain, zeros lost (R17)."""

import re
import unicodedata
from collections.abc import Iterable

import pyarrow as pa

from graph.steps.step import Stage, Step

ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
SPELLED = pa.schema({"system": pa.string(), "operator": pa.string(), "known": pa.string()})

OPERATORS = Stage(
    "operators",
    "Which operator ids the logs write otherwise than the accounts (R17).",
    (
        Step("known_operator", "SELECT DISTINCT system, operator FROM account_term", why="R17: ids of accounts."),
        Step(
            "unknown_operator",
            """
SELECT DISTINCT a.system, a.operator FROM access a
WHERE NOT EXISTS (SELECT 1 FROM account_term k WHERE k.system = a.system AND k.operator = a.operator)
ORDER BY a.system, a.operator
""",
            why="R17: ids in the logs that no account has.",
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
