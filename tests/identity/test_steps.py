"""Each step of identity linking and of personnel that follows a rule, on literal rows."""

import duckdb
import pytest

from graph.steps.duckdb import within
from ingest.identity.plan import PLAN as IDENTITY
from ingest.personnel.plan import PLAN as PERSONNEL
from tests.identity.cases import compared, paired, personnel
from tests.literal import made, without_case

LINKED = [*paired.CASES, *compared.CASES]
CASES = [(IDENTITY, case) for case in LINKED] + [(PERSONNEL, case) for case in personnel.CASES]


@pytest.fixture(scope="module")
def engine():
    """An engine without any table."""
    with duckdb.connect() as con, within(con) as engine:
        yield engine


@pytest.mark.parametrize(("plan", "case"), CASES, ids=[f"{case.step}: {case.shows}" for _, case in CASES])
def test_a_step_on_literal_rows(engine, plan, case):
    assert made(engine, plan, case) == case.made


def test_every_step_that_follows_a_rule_has_a_case():
    assert len(without_case(IDENTITY, [])) > 15
    assert without_case(IDENTITY, LINKED) == without_case(PERSONNEL, personnel.CASES) == set()
