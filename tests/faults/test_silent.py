"""Accounts and sections that fall silent are named while they stand; a retirement or a posting explains it (D1)."""

from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pytest

from graph.steps.duckdb import beside
from ingest.deliveries.silent import silent

FIRST = date(2024, 1, 1)
SPANS = pa.schema(
    [("start", pa.string()), ("end", pa.string()), ("valid_from", pa.date32()), ("valid_to", pa.date32())]
)


def day(place: int) -> date:
    return FIRST + timedelta(days=place)


def fell_silent(stops: int, *, account: int | None = None, posting: int | None = None, resumes: int = 200):
    """Let one account of two be used on two of three days until a day; its account or posting may end on another."""
    used = [("x", "A", day(at)) for at in range(200) if at % 3 and not stops <= at < resumes]
    used += [("x", "B", day(at)) for at in range(200) if at % 3]
    ends = [None if at is None else day(at) for at in (account, posting)]
    uses = [("a", "x:A", FIRST, ends[0]), ("b", "x:B", FIRST, None)]
    posted = [("a", "S", FIRST, ends[1]), ("b", "T", FIRST, None)]
    used += [("x", "every day", day(at)) for at in range(200)]
    rows = [{"system": system, "operator": operator, "time": when, "loaded": True} for system, operator, when in used]
    with duckdb.connect() as con, beside(con) as engine:
        engine.keep("log_row", pa.Table.from_pylist(rows))
        found = silent(engine, {"USES": spans(uses), "BELONGS_TO": spans(posted)})
    return [(each.what, each.id, each.last, each.days) for each in found.get("x", [])]


def spans(rows: list[tuple[str, str, date, date | None]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(SPANS.names, row, strict=True)) for row in rows], SPANS)


def test_an_account_that_stops_while_it_is_valid_is_named_and_its_section_too():
    last = day(119)
    assert fell_silent(120) == [("account", "A", last, 80), ("section", "S", last, 80)]


def test_steady_use_to_the_end_is_no_silence():
    assert fell_silent(200) == []


@pytest.mark.parametrize("ended", [{"account": 121}, {"posting": 121}])
def test_a_retirement_or_a_posting_explains_an_account_that_stops(ended):
    assert [each for each in fell_silent(120, **ended) if each[0] == "account"] == []


def test_a_section_whose_last_member_left_is_no_silence():
    assert fell_silent(120, posting=121) == []


def test_an_account_that_comes_back_was_away():
    assert [each for each in fell_silent(100, resumes=150) if each[0] == "account"] == []
