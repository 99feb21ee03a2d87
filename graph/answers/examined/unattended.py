"""Sessions in which two people were at one logged-in terminal: for the training of a section, accusing nobody (Q2).

A session is a run of lookups under one account at one terminal without a pause of more than `PAUSE` minutes. Two people
were at it where the account's holder was away by the roster, or where an account of somebody else was used in between.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from graph.answers import postings
from graph.answers.history import there
from graph.answers.sections import Scope
from graph.records.answers import Session, Unattended
from graph.store.base import GraphStore

PAUSE = 10  # minutes
SESSIONS = """
WITH looked AS (
    SELECT DISTINCT lookup_id, time, terminal_id, account_id, viewer FROM read_parquet($path)
    WHERE terminal_id <> '' AND viewer <> ''
), marked AS (
    SELECT *, coalesce(time - lag(time) OVER (PARTITION BY terminal_id, account_id ORDER BY time, lookup_id)
        > to_minutes($pause), true) AS starts,
        EXISTS (FROM duty d WHERE d.start = viewer AND NOT present AND time >= valid_from AND time < valid_to)
        AND NOT EXISTS (FROM duty d WHERE d.start = viewer AND present AND time >= valid_from AND time < valid_to)
            AS away
    FROM looked
), numbered AS (
    SELECT *, count(*) FILTER (starts) OVER (PARTITION BY terminal_id, account_id ORDER BY time, lookup_id
        ROWS UNBOUNDED PRECEDING) AS session FROM marked
), sessions AS (
    SELECT terminal_id AS terminal, account_id, viewer AS holder, min(time) AS first, max(time) AS last,
        count(*) AS lookups, count(*) FILTER (away) AS while_away
    FROM numbered GROUP BY terminal_id, account_id, viewer, session
), between_ AS (
    SELECT s.terminal, s.account_id, s.first, count(DISTINCT o.account_id) AS others FROM sessions s JOIN looked o
        ON o.terminal_id = s.terminal AND o.viewer <> s.holder AND o.time > s.first AND o.time < s.last
    GROUP BY ALL
)
SELECT s.*, coalesce(others, 0) AS other_accounts FROM sessions s LEFT JOIN between_ USING (terminal, account_id, first)
WHERE while_away > 0 OR others > 0 ORDER BY first, terminal, account_id
"""


def sessions(store: GraphStore, judged: Path) -> list[Session]:
    """Give the sessions at which two people were, by time: terminal, section, account and its holder, what was done."""
    with duckdb.connect() as con:
        con.register("duty", store.read("ON_DUTY"))
        found = con.sql(SESSIONS, params={"path": there(judged), "pause": PAUSE}).to_arrow_table().to_pylist()
    staff = postings.read(store, (row["holder"] for row in found))
    return [_session(row, staff.section(row["holder"], row["first"].date())) for row in found]


def _session(row: Mapping[str, Any], section: str) -> Session:
    system, _, account = row["account_id"].partition(":")
    kept = {name: value for name, value in row.items() if name != "account_id"}
    return Session(**kept, section=section, system=system, account=account)


def report(store: GraphStore, judged: Path, day: date, wanted: Scope | None = None) -> Unattended:
    """Give the sessions, of one section or of all, and how many each section had; `day` is the last examined."""
    found = tuple(each for each in sessions(store, judged) if wanted is None or _takes(wanted, each))
    counts = Counter(each.section for each in found)
    return Unattended(
        as_of=day,
        sections=dict(sorted(counts.items())),
        sessions=found,
        section=None if wanted is None else wanted.told,
    )


def _takes(wanted: Scope, session: Session) -> bool:
    return wanted.took_part(session.holder, session.terminal, session.first.date())
