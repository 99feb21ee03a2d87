"""A score is the product of its factors, and every factor has a sentence."""

import json
import math
from datetime import datetime

import pytest

from graph.conflicts.score import Bond, Evidence, from_json, score
from words import Words, both


def factors(found):
    """Give the factors of the only conflict by name."""
    (conflict,) = found.tables["Conflict"].to_pylist()
    rows = json.loads(conflict["factors"])
    assert math.isclose(conflict["score"], math.prod(row["value"] for row in rows), rel_tol=1e-5)
    assert all(row.keys() == {"name", "value", "figures"} for row in rows)
    told = [both(factor.sentence) for factor in from_json(conflict["factors"])]
    assert all(said.ja and said.en and "{" not in said.ja + said.en for said in told)
    return {row["name"]: row["value"] for row in rows}


def test_a_plain_lookup_has_closeness_and_explanation_only(town):
    town.log("2024-04-01 10:00:00", "0001", "sister", system=town.RESIDENT)
    assert factors(town.find()) == {"closeness": 0.9, "unexplained": 1.0}


def test_the_explained_share_lowers_a_score(town):
    town.log("2024-04-01 10:01:00", "0001", "sister", system=town.RESIDENT)
    town.log("2024-04-01 10:30:00", "0001", "sister", system=town.RESIDENT)
    town.row("reception", reception_id="R", time=datetime(2024, 4, 1, 10), staff_id="0001", person_id="sister")
    assert factors(town.find())["unexplained"] == 0.55


def test_only_what_nothing_explains_makes_a_record_delicate(town):
    town.log("2024-04-01 10:01:00", "0001", "sister", system=town.TAX)
    town.log("2024-04-01 10:30:00", "0001", "sister", system=town.RESIDENT)
    town.row("reception", reception_id="R", time=datetime(2024, 4, 1, 10), staff_id="0001", person_id="sister")
    assert factors(town.find()) == {"closeness": 0.9, "unexplained": 0.55}


def test_returns_over_months(town):
    for month in ("01", "03", "05"):
        town.log(f"2024-{month}-01 10:00:00", "0001", "sister", system=town.RESIDENT)
    assert factors(town.find())["returns"] == 1.5


def test_two_systems_on_one_day(town):
    town.log("2024-04-01 10:00:00", "0001", "sister", system=town.RESIDENT)
    town.log("2024-04-01 11:00:00", "0001", "sister", system=town.TAX)
    found = factors(town.find())
    assert (found["same_day"], found["sensitivity"]) == (1.3, 1.3)


@pytest.mark.parametrize(
    ("time", "off"),
    [
        ("2024-04-01 08:29:59", True),
        ("2024-04-01 08:30:00", False),
        ("2024-04-01 17:15:00", True),
        ("2024-04-06 10:00:00", True),
    ],
)
def test_off_hours(town, time, off):
    town.log(time, "0001", "sister", system=town.RESIDENT)
    assert ("off_hours" in factors(town.find())) == off


def test_print_and_search_before(town):
    town.log("2024-04-01 09:58:00", "0001", view="search", system=town.RESIDENT, search_text="ｶﾅ=ｲﾓｳﾄ")
    town.log("2024-04-01 10:00:00", "0001", "sister", system=town.RESIDENT, printed=True)
    found = factors(town.find())
    assert (found["printed"], found["name_search"]) == (1.2, 1.2)


def test_a_household_view_weighs_less_and_a_weak_identity_too(town):
    town.graph["IDENTIFIED_AS"][0]["p"] = 0.75
    town.household("H", "sister")
    town.log("2024-04-01 10:00:00", "0001", view="household", household_id="H", system=town.RESIDENT)
    found = factors(town.find())
    assert (found["household_view"], found["identity"]) == (0.6, 0.75)


def test_two_who_may_be_the_viewer_and_are_both_kin_count_as_one_sum(town):
    first = town.graph["IDENTIFIED_AS"][0]
    first["p"] = 0.5
    town.graph["IDENTIFIED_AS"].append({**first, "end": "twin", "p": 0.49})
    town.people("twin")
    town.related("twin", "sister", up=1, down=1)
    town.log("2024-04-01 10:00:00", "0001", "sister", system=town.RESIDENT)
    (conflict,) = town.find().tables["Conflict"].to_pylist()
    assert conflict["identity_p"] == pytest.approx(0.99)  # not 1 - .5 * .51: they exclude each other


def test_the_tie_that_weighs_most_counts(policy):
    evidence = Evidence(
        conflict_id="c", viewer="v", viewer_person="p", subject="s", lookups=1, unexplained=1, months=1, double_days=0,
        off_hours=0, printed=0, name_searches=0, open_systems=("x",), household_only=False, systems=("x",),
        first=datetime(2024, 1, 1), last=datetime(2024, 1, 1), tier=1, p=None,
    )  # fmt: skip
    bonds = [
        Bond(kind="household", degree=-2, grade="stated"),
        Bond(kind="blood", degree=4, grade="probable"),
        Bond(kind="affinity", degree=2, grade="registered"),
    ]
    value, found = score(evidence, bonds, policy)
    assert value == 0.9
    assert Words("ja").tell(found[0].sentence) == "R1 2親等の姻族の記録"
    first = score(evidence, bonds[:1], policy)[1][0]
    assert Words("ja").tell(first.sentence) == "R2 同じ世帯（過去を含む）の記録"
    assert Words("ja").tell(score(evidence, bonds[:1], policy)[1][0].sentence) == "R2 同じ世帯（過去を含む）の記録"
