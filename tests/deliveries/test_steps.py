"""Each step about deliveries and sessions that follows a rule, on literal rows."""

from datetime import timedelta

import duckdb
import pytest

from graph.answers.examined.unattended import PLAN as UNATTENDED
from graph.steps.duckdb import within
from ingest.deliveries.plan import PLAN as DELIVERIES
from tests.literal import MONDAY, TUESDAY, Case, at, made, rows, without_case

TEN, ELEVEN = at("10:00:00"), at("11:00:00")
NEIGHBOUR = "system before_key row_key number before before_day day"
COUNTED = [
    Case("day_count", "rows that were turned away count as delivered",
         {"log_row": rows("system time loaded", ("T", TEN, True), ("T", ELEVEN, False), ("T", TEN + timedelta(1), True),
                          ("S", TEN, True))},
         [("S", MONDAY, 1), ("T", MONDAY, 2), ("T", TUESDAY, 1)]),
    Case("lack", "between neighbours of a counter that goes up with time",
         {"ascending": rows("system", "T"),
          "neighbour": rows(NEIGHBOUR, ("T", "a2", "a5", 5, 2, MONDAY, TUESDAY),
                            ("T", "a1", "a2", 2, 1, MONDAY, MONDAY),
                            ("S", "x1", "x9", 9, 1, MONDAY, MONDAY))},
         [("T", "a2", "a5", 2, MONDAY, TUESDAY)]),
]  # fmt: skip
SESSION = "terminal account_id holder first last lookups while_away"
SHARED = [
    Case("shared", "the holder was away, or another account was used in between",
         {"session": rows(SESSION, ("t", "T:a", "1", TEN, ELEVEN, 3, 1), ("u", "T:a", "1", TEN, ELEVEN, 3, 0),
                          ("v", "T:a", "1", TEN, ELEVEN, 3, 0)),
          "others": rows("terminal account_id first others", ("u", "T:a", TEN, 2))},
         [("t", "T:a", "1", TEN, ELEVEN, 3, 1, 0), ("u", "T:a", "1", TEN, ELEVEN, 3, 0, 2)]),
]  # fmt: skip
CASES = [(DELIVERIES, case) for case in COUNTED] + [(UNATTENDED, case) for case in SHARED]


@pytest.fixture(scope="module")
def engine():
    """An engine without any table."""
    with duckdb.connect() as con, within(con) as engine:
        yield engine


@pytest.mark.parametrize(("plan", "case"), CASES, ids=[f"{case.step}: {case.shows}" for _, case in CASES])
def test_a_step_on_literal_rows(engine, plan, case):
    assert made(engine, plan, case) == case.made


def test_every_step_that_follows_a_rule_has_a_case():
    assert len(without_case(DELIVERIES, [])) > 1
    assert without_case(DELIVERIES, COUNTED) == without_case(UNATTENDED, SHARED) == set()
