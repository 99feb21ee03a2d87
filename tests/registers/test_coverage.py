"""What the registers leave unknown (E12), counted on families small enough to count by hand."""

import pytest

from graph.store.tables import arrow_schema
from ingest.deliveries.coverage import coverage


@pytest.fixture
def covered(read):
    """Give the coverage of registers from rows, with no staff at all."""

    def found(*rows):
        kinds = read(*rows).registers.kinds
        none = {kind: arrow_schema(kind).empty_table() for kind in ("Staff", "IDENTIFIED_AS")}
        return coverage(kinds | none)

    return found


def test_parents_are_counted_by_sex_and_by_the_best_grade(covered, rows):
    found = covered([
        rows.resident("head", "世帯主", "山田　一郎", "1950-01-01"),
        rows.resident("wife", "妻", "山田　花子", "1952-01-01", "F"),
        rows.resident("son", "子", "山田　太郎", "1980-01-01"),
        rows.resident("grandson", "子の子", "山田　湊", "2012-01-01"),
    ])  # fmt: skip
    assert (found["residents"], found["with_father"], found["with_mother"]) == (4, 0.5, 0.25)
    grades = {key: value for key, value in found.items() if key.startswith(("with_father_", "with_mother_")) and value}
    assert grades == {"with_father_stated": 0.25, "with_father_composed": 0.25, "with_mother_probable": 0.25}
    assert found["residents_a_koseki_would_settle"] == 2  # the son and his probable mother


def test_a_chain_through_nobody_known_is_unmatched(covered, rows):
    found = covered([
        rows.resident("head", "世帯主", "山田　一郎", "1950-01-01"),
        rows.resident("nephew", "弟の子", "山田　湊", "1985-01-01"),
        rows.resident("guest", "縁故者", "森　守", "1960-01-01"),
    ])  # fmt: skip
    assert (found["unmatched_chains"], found["unspecified_ties"], found["households_without_head"]) == (1, 1, 0)
    assert found["placeholders"] >= 1 and found["residents_a_koseki_would_settle"] >= 1


def test_no_resident_at_all_is_no_division_by_nothing(covered):
    assert covered([])["with_mother"] == 0
