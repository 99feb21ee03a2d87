"""Operator ids as people type and systems write them: another case or width, a domain, zeros lost (L10)."""

import re
import unicodedata
from collections.abc import Iterable

import duckdb

ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
KNOWN = "SELECT DISTINCT system, operator FROM work.account"
UNKNOWN = """
SELECT DISTINCT system, operator FROM work.access a
WHERE NOT EXISTS (FROM work.account k WHERE k.system = a.system AND k.operator = a.operator) ORDER BY ALL
"""
RENAMED = """
UPDATE work.access SET operator = s.known FROM work.spelled s
WHERE s.system = access.system AND s.operator = access.operator
"""


def key(operator: str) -> str:
    r"""Give what an id is recognised by.

    >>> key("CITY\\Ｊ0101"), key("j0101@city.lg.jp"), key("J 101")
    ('j101', 'j101', 'j101')
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", operator)).casefold()
    return ZEROS.sub("", re.split(r"[\\/]", plain)[-1].split("@")[0])


def recognise(con: duckdb.DuckDBPyConnection) -> None:
    """Give the lookups of an unknown id to the one account of its system that differs in nothing but writing.

    Two ids that are both known stay two, and what could be either of them stays unknown.
    """
    known = spellings(con.execute(KNOWN).fetchall())
    found = [
        (system, operator, known.get((system, key(operator)), ""))
        for system, operator in con.execute(UNKNOWN).fetchall()
    ]
    con.execute("CREATE TABLE work.spelled (system VARCHAR, operator VARCHAR, known VARCHAR)")
    if named := [row for row in found if row[2]]:
        con.executemany("INSERT INTO work.spelled VALUES (?, ?, ?)", named)
        con.execute(RENAMED)


def spellings(known: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Give the known id of every system and key that only one has."""
    found: dict[tuple[str, str], list[str]] = {}
    for system, operator in known:
        found.setdefault((system, key(operator)), []).append(operator)
    return {place: operators[0] for place, operators in found.items() if len(operators) == 1 and place[1]}
