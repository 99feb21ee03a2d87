"""Each step that follows a rule, on literal rows; and that finding conflicts runs the stages that are declared."""

import duckdb
import pytest

from graph.conflicts.plan import PLAN
from graph.errors import StepError
from graph.steps.duckdb import beside
from graph.steps.runner import run
from graph.steps.step import Stage, Step
from tests.conflicts.cases import accounts, borrowed, explained, matched, scored
from tests.literal import made, without_case

CASES = [*accounts.CASES, *matched.CASES, *explained.CASES, *borrowed.CASES, *scored.CASES]


@pytest.fixture(scope="module")
def engine():
    """An engine without any table."""
    with duckdb.connect() as con, beside(con) as engine:
        yield engine


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.step}: {case.shows}")
def test_a_step_on_literal_rows(engine, case):
    assert made(engine, PLAN, case) == case.made


def test_every_step_that_follows_a_rule_has_a_case():
    assert len(without_case(PLAN, [])) > 50
    assert without_case(PLAN, CASES) == set()


def test_what_is_declared_is_what_runs(town):
    town.log("2024-04-01 10:00:00", "0001", "sister")
    ran = [(timing.stage, timing.step) for timing in town.find().timings]
    assert ran == [(stage.name, step.name) for stage in PLAN.stages for step in stage.steps]


def stage(*steps, results):
    """Give a stage of tables and views out of (name, SQL, kind)."""
    return Stage("s", "", tuple(Step(name, sql, "", kind=kind) for name, sql, kind in steps), results)


def test_a_table_goes_after_its_last_reader():
    """One that a view rests on goes with the view's last reader; a result that is a view keeps what it rests on."""
    chain = stage(
        ("a", "SELECT 1 AS x", "TABLE"),
        ("b", "SELECT x FROM a", "VIEW"),
        ("c", "SELECT x FROM b", "TABLE"),
        ("d", "SELECT x FROM c", "TABLE"),
        ("e", "SELECT x FROM d", "VIEW"),
        results=("e",),
    )
    assert {name: [step.name for step in steps] for name, steps in chain.spent().items()} == {
        "c": ["a", "b"],
        "d": ["c"],
    }
    with duckdb.connect() as con, beside(con) as engine:
        timings = run(chain, engine)
        left = [name for name in "abcde" if not engine.lacks(name)]
        assert (left, engine.read("e").to_pylist()) == (["d", "e"], [{"x": 1}])
        assert [timing.step for timing in timings] == list("abcde")


def test_an_error_names_the_step_and_its_sql_and_leaves_the_connection_as_it_was():
    with duckdb.connect() as con:
        with pytest.raises(StepError, match=r"(?s)broken.*SELECT y FROM nowhere") as raised, beside(con) as engine:
            run(stage(("broken", "SELECT y FROM nowhere", "TABLE"), results=()), engine)
        assert raised.value.said.ja.startswith("処理 broken に失敗しました")
        assert con.execute("SELECT current_database(), current_setting('search_path')").fetchall() == [("memory", "")]
        assert con.execute("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'work'").fetchall() == [(0,)]
