"""Each step of the registers that follows a rule, on literal rows; and that reading them runs what is declared."""

import duckdb
import pyarrow as pa
import pytest

from graph.steps.duckdb import within
from ingest.registers.contradictions import circles
from ingest.registers.koseki.entries import bonded
from ingest.registers.plan import PLAN
from tests.literal import made, without_case
from tests.registers.cases import kept, linked, stated, walked, wed

CASES = [*kept.CASES, *stated.CASES, *wed.CASES, *walked.CASES, *linked.CASES]


@pytest.fixture(scope="module")
def engine():
    """An engine without any table."""
    with duckdb.connect() as con, within(con) as engine:
        yield engine


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.step}: {case.shows}")
def test_a_step_on_literal_rows(engine, case):
    assert made(engine, PLAN, case) == case.made


def test_every_step_that_follows_a_rule_has_a_case():
    assert len(without_case(PLAN, [])) > 70
    assert without_case(PLAN, CASES) == set()


def test_what_is_declared_is_what_runs(read):
    """Rounds along a genealogy go on until one matches nobody; none does without a genealogy."""
    ran = [timing.step for timing in read([]).registers.timings]
    declared = [step.name for step in PLAN.steps]
    assert [name for name in ran if not name.startswith("tree_match")] == [
        name for name in declared if not name.startswith("tree_match")
    ]
    assert len(ran) == len(set(ran))


def test_bonds_reach_through_any_number_of_entries():
    bonds = pa.table({"entry": [1, 2, 2, 3, 3, 4, 5, 9], "bond": [70, 70, 80, 80, 60, 50, 60, 90]})
    assert bonded(bonds).to_pydict() == {"entry": [1, 2, 3, 4, 5, 9], "label": [1, 1, 1, 4, 1, 9]}
    assert bonded(bonds.slice(0, 0)).num_rows == 0


def test_what_runs_in_circles_is_what_no_peeling_reaches():
    links = pa.table({"parent": ["a", "b", "c", "x", "c"], "child": ["b", "c", "b", "a", "z"], "line": [1, 2, 3, 4, 5]})
    assert circles(links).to_pydict() == {"parent": ["b", "c"], "child": ["c", "b"]}
    assert circles(links.slice(0, 0)).num_rows == 0
