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
from graph.steps.duckdb import beside
from graph.steps.runner import run
from graph.steps.step import Plan, Stage, Step
from graph.store.base import GraphStore

PAUSE = 10  # minutes

LOOKED = """
SELECT DISTINCT lookup_id, time, terminal_id, account_id, viewer FROM judged WHERE terminal_id <> '' AND viewer <> ''
"""

MARKED = f"""
SELECT *, coalesce(time - lag(time) OVER (PARTITION BY terminal_id, account_id ORDER BY time, lookup_id)
        > INTERVAL {PAUSE} MINUTE, true) AS starts,
    EXISTS (SELECT 1 FROM duty d WHERE d.start = viewer AND NOT present AND holds(time, d.valid_from, d.valid_to))
    AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.start = viewer AND present AND holds(time, d.valid_from, d.valid_to))
        AS away
FROM looked
"""

NUMBERED = """
SELECT *, count(*) FILTER (starts) OVER (PARTITION BY terminal_id, account_id ORDER BY time, lookup_id
    ROWS UNBOUNDED PRECEDING) AS session
FROM marked
"""

SESSION = """
SELECT terminal_id AS terminal, account_id, viewer AS holder, min(time) AS first, max(time) AS last,
    count(*) AS lookups, count(*) FILTER (away) AS while_away
FROM numbered GROUP BY terminal_id, account_id, viewer, session
"""

OTHERS = """
SELECT s.terminal, s.account_id, s.first, count(DISTINCT l.account_id) AS others FROM session s JOIN looked l
    ON l.terminal_id = s.terminal AND l.viewer <> s.holder AND l.time > s.first AND l.time < s.last
WHERE s.first < s.last GROUP BY ALL
"""

SHARED = """
SELECT s.*, coalesce(others, 0) AS other_accounts FROM session s LEFT JOIN others USING (terminal, account_id, first)
WHERE while_away > 0 OR others > 0
ORDER BY first, terminal, account_id
"""

SESSIONS = Stage(
    "sessions",
    "Runs of lookups under one account at one terminal, and those at which two people were (Q2).",
    (
        Step("looked", LOOKED, why="Each lookup of known terminal and viewer once."),
        Step(
            "marked", MARKED, why="A session begins after a pause; by the roster the holder may be away.", kind="VIEW"
        ),
        Step("numbered", NUMBERED, why="Every lookup with its session.", kind="VIEW"),
        Step("session", SESSION, why="What was done in a session, from when to when."),
        Step("others", OTHERS, why="Accounts of others that were used at that terminal meanwhile.", kind="VIEW"),
        Step("shared", SHARED, why="Q2: the holder was away, or somebody else was there in between.", kind="VIEW"),
    ),
    results=("shared",),
)
PLAN = Plan(
    "unattended",
    "Lookups become sessions at which two people were.",
    stages=(SESSIONS,),
    given={"judged": "every lookup as a generation judged it", "duty": "when who was present or away"},
    results=("shared",),
)


def sessions(store: GraphStore, judged: Path) -> list[Session]:
    """Give the sessions at which two people were, by time: terminal, section, account and its holder, what was done."""
    with duckdb.connect() as con, beside(con) as engine:
        engine.show("duty", store.read("ON_DUTY"))
        engine.scan("judged", [Path(there(judged))])
        run(SESSIONS, engine)
        found = engine.read("shared").to_pylist()
    staff = postings.read(store, (row["holder"] for row in found))
    return [_session(row, staff.section(row["holder"], row["first"].date())) for row in found]


def _session(row: Mapping[str, Any], section: str) -> Session:
    system, _, account = row["account_id"].partition(":")
    kept = {name: value for name, value in row.items() if name != "account_id"}
    return Session(**kept, section=section, system=system, account=account)


def report(store: GraphStore, judged: Path, day: date, wanted: Scope | None = None) -> Unattended:
    """Give the sessions, of one section or of all, and how many each section had; `day` is the last examined."""
    taken = tuple(each for each in sessions(store, judged) if wanted is None or _takes(wanted, each))
    counts = Counter(each.section for each in taken)
    return Unattended(
        as_of=day,
        sections=dict(sorted(counts.items())),
        sessions=taken,
        section=None if wanted is None else wanted.told,
    )


def _takes(wanted: Scope, session: Session) -> bool:
    return wanted.took_part(session.holder, session.terminal, session.first.date())
