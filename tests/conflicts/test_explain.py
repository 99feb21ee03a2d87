"""Business reasons: each template, its window, its approval."""

from datetime import date, datetime

import pytest


def explanations(found):
    """Give template and record of each counted lookup."""
    return {row["end"]: (row["template"], row["record"]) for row in found.tables["COUNTS"].to_pylist()}


def received(town, time, *, staff="0001", person="sister", **values):
    """Take a request at the counter."""
    town.row(
        "reception", reception_id="R1", time=datetime.fromisoformat(time), staff_id=staff, person_id=person, **values
    )


def issued(town, time, *, operator="0001", person="sister", **values):
    """Issue a certificate."""
    town.row("issuance", issuance_id="K1", time=datetime.fromisoformat(time), operator=operator, system=town.RESIDENT,
             person_id=person, **values)  # fmt: skip


@pytest.mark.parametrize(
    ("time", "explained"),
    [("09:59:59", False), ("10:00:00", True), ("10:15:00", True), ("10:15:01", False)],
)
def test_a_reception_explains_the_quarter_hour_after_it(town, time, explained):
    received(town, "2024-04-01 10:00:00")
    lookup = town.log(f"2024-04-01 {time}", "0001", "sister")
    assert explanations(town.find())[lookup] == (("reception", "reception.csv R1") if explained else ("", ""))


@pytest.mark.parametrize(
    ("time", "explained"),
    [("09:44:59", False), ("09:45:00", True), ("10:00:00", True), ("10:00:01", False)],
)
def test_an_issuance_explains_the_quarter_hour_before_it(town, time, explained):
    issued(town, "2024-04-01 10:00:00")
    lookup = town.log(f"2024-04-01 {time}", "0001", "sister")
    assert explanations(town.find())[lookup] == (("issuance", "issuance.csv K1") if explained else ("", ""))


@pytest.mark.parametrize(("staff", "person"), [("0002", "sister"), ("0001", "stranger")])
def test_another_clerks_or_another_persons_reception_explains_nothing(town, staff, person):
    received(town, "2024-04-01 10:00:00", staff=staff, person=person)
    lookup = town.log("2024-04-01 10:01:00", "0001", "sister")
    assert explanations(town.find())[lookup] == ("", "")


def test_a_reception_may_name_its_clerk_by_an_operator_id(town):
    town.account(town.RESIDENT, "J1", "0001")
    received(town, "2024-04-01 10:00:00", staff="", operator="J1")
    lookup = town.log("2024-04-01 10:01:00", "0001", "sister")
    assert explanations(town.find())[lookup] == ("reception", "reception.csv R1")


def test_a_certificate_of_the_whole_household_explains_its_members(town):
    town.household("H", "stranger", "sister")
    issued(town, "2024-04-01 10:00:00", person="stranger", household_id="H")
    lookup = town.log("2024-04-01 09:58:00", "0001", "sister")
    assert explanations(town.find())[lookup] == ("issuance", "issuance.csv K1")


def test_a_household_view_is_explained_as_a_whole(town):
    town.people("brother")
    town.related("clerk", "brother")
    town.household("H", "sister", "brother")
    received(town, "2024-04-01 10:00:00", person="brother")
    town.log("2024-04-01 10:01:00", "0001", view="household", household_id="H")
    outcomes = town.find().tables["Conflict"].column("outcome").to_pylist()
    assert outcomes == ["explained", "explained"]


@pytest.mark.parametrize(
    ("day", "explained"),
    [("2023-09-30", False), ("2023-10-01", True), ("2024-03-31", True), ("2024-04-01", False)],
)
def test_a_case_explains_while_one_is_in_charge_of_it(town, day, explained):
    town.household("H", "sister", "stranger")
    town.row("assignment", case_id="3005", household_id="H", person_id="stranger", staff_id="0001",
             valid_from=date(2023, 10, 1), valid_to=date(2024, 4, 1))  # fmt: skip
    lookup = town.log(f"{day} 23:30:00", "0001", "sister")
    assert explanations(town.find())[lookup] == (("assignment", "assignment.csv 3005") if explained else ("", ""))


def test_a_case_covers_its_household_of_that_day_only(town):
    town.household("H", "sister", until="2024-01-01")
    town.row("assignment", case_id="3005", household_id="H", staff_id="0001", valid_from=date(2023, 10, 1))
    before = town.log("2023-12-31 10:00:00", "0001", "sister")
    after = town.log("2024-01-01 10:00:00", "0001", "sister")
    found = explanations(town.find())
    assert (found[before][0], found[after][0]) == ("assignment", "")


def test_the_worst_lookup_makes_the_outcome(town):
    received(town, "2024-04-01 10:00:00")
    town.log("2024-04-01 10:01:00", "0001", "sister")
    assert town.find().tables["Conflict"].column("outcome").to_pylist() == ["explained"]
    town.log("2024-05-01 10:01:00", "0001", "sister")
    assert town.find().tables["Conflict"].column("outcome").to_pylist() == ["suspicious"]


def test_explained_lookups_of_strangers_are_counted(town):
    received(town, "2024-04-01 10:00:00", person="stranger")
    town.log("2024-04-01 10:01:00", "0001", "stranger")
    town.log("2024-04-01 10:31:00", "0001", "stranger")
    (day,) = town.find().facts.days
    assert (day.joined, day.explained) == (2, 1)


def test_a_template_explains_nothing_until_it_is_approved(town, policy):
    received(town, "2024-04-01 10:00:00")
    town.log("2024-04-01 10:01:00", "0001", "sister")
    unapproved = tuple(template.model_copy(update={"approved": None}) for template in policy.templates)
    assert town.find(templates=unapproved).tables["Conflict"].column("outcome").to_pylist() == ["suspicious"]


def test_an_approval_ends(town, policy):
    received(town, "2024-04-01 10:00:00")
    town.log("2024-04-01 10:01:00", "0001", "sister")
    ended = tuple(
        template.model_copy(update={"approved": template.approved.model_copy(update={"expires": date(2024, 4, 1)})})
        for template in policy.templates
    )
    assert town.find(templates=ended).tables["Conflict"].column("outcome").to_pylist() == ["suspicious"]


def test_the_first_fitting_template_is_named(town):
    received(town, "2024-04-01 10:00:00")
    issued(town, "2024-04-01 10:05:00")
    lookup = town.log("2024-04-01 10:01:00", "0001", "sister")
    assert explanations(town.find())[lookup] == ("reception", "reception.csv R1")
