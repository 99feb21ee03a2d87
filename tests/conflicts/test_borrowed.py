"""R3: lookups under a colleague's account."""

import pytest

from graph.conflicts.borrowed import sentences
from words import both


@pytest.fixture
def office(town):
    """Clerk 0001 is the subject's sibling and on duty; 0002 is no kin, desk FK03 stands in their section."""
    town.clerk("0002")
    town.desk("FK03")
    town.duty("0001", "2024-04-01 08:30", "2024-04-01 17:15")
    return town


def borrow(town, time="2024-04-01 10:00:00", subject="sister"):
    """Look somebody up under the colleague's account at the colleague's desk."""
    return town.log(time, "0002", subject, terminal_id="FK03")


def own(town, subject="sister"):
    """Look somebody up under the kin's own account."""
    return town.log("2024-03-01 10:00:00", "0001", subject)


def test_a_colleagues_own_conflict_makes_the_lookup_a_question(office):
    own(office)
    lookup = borrow(office)
    found = office.find()
    (group,) = found.facts["borrowed"]
    assert (group["subject"], group["holder"], group["lookups"]) == ("sister", "0002", [lookup])
    assert group["candidates"] == [{"viewer": "0001"}]
    assert found.facts["borrowed_not_listed"] == 0
    assert lookup in found.tables["Lookup"].column("lookup_id").to_pylist()
    assert lookup not in found.tables["COUNTS"].column("end").to_pylist()


def test_kinship_and_duty_alone_are_a_count(office):
    borrow(office)
    found = office.find()
    assert (found.facts["borrowed"], found.facts["borrowed_not_listed"]) == ([], 1)
    assert found.facts["days"][0]["borrowed"] == 1


def test_an_own_conflict_with_the_household_is_enough(office):
    office.people("nephew")
    office.related("clerk", "nephew", up=1, down=2)
    office.household("H", "sister", "nephew")
    own(office, "nephew")
    borrow(office)
    assert [group["subject"] for group in office.find().facts["borrowed"]] == ["sister"]


def test_a_household_view_is_listed_once(office):
    office.people("brother")
    office.related("clerk", "brother")
    office.household("H", "brother", "sister")
    own(office, "sister")
    view = office.log("2024-04-01 10:00:00", "0002", view="household", household_id="H", terminal_id="FK03")
    found = office.find()
    assert [(group["subject"], group["lookups"]) for group in found.facts["borrowed"]] == [("sister", [view])]
    assert found.facts["borrowed_not_listed"] == 0


@pytest.mark.parametrize("time", ["2024-04-01 08:29:59", "2024-04-01 17:15:00", "2024-04-02 10:00:00"])
def test_a_colleague_off_duty_is_no_candidate(office, time):
    own(office)
    borrow(office, time)
    found = office.find()
    assert (found.facts["borrowed"], found.facts["borrowed_not_listed"]) == ([], 0)


def test_a_desk_of_another_section_is_none(office):
    own(office)
    office.desk("ZM01", section="220")
    office.log("2024-04-01 10:00:00", "0002", "sister", terminal_id="ZM01")
    assert office.find().facts["borrowed"] == []


def test_an_explained_lookup_is_none(office):
    own(office)
    office.row("assignment", case_id="1", person_id="sister", staff_id="0002")
    borrow(office)
    assert office.find().facts["borrowed"] == []


def test_a_holder_who_is_kin_is_no_holder(office):
    office.people("cousin")
    office.clerk("0003", "cousin")
    office.related("cousin", "sister", up=2, down=2)
    own(office)
    office.log("2024-04-01 10:00:00", "0003", "sister", terminal_id="FK03")
    assert office.find().facts["borrowed"] == []


def test_the_limit_cuts_and_counts(office):
    office.people("brother")
    office.related("clerk", "brother")
    for subject in ("sister", "brother", "brother"):
        own(office, subject)
    borrow(office, subject="sister")
    borrow(office, subject="brother")
    found = office.find(borrowed_limit=1)
    assert [group["subject"] for group in found.facts["borrowed"]] == ["brother"]
    assert found.facts["borrowed_not_listed"] == 1


def test_the_words_ask_the_holder_and_accuse_nobody(office):
    own(office)
    borrow(office)
    office.duty("0002", "2024-04-01 09:00", "2024-04-01 12:00", present=False)
    (group,) = office.find().facts["borrowed"]
    assert group["away"] == 1
    asked = both(sentences(group)[0])
    assert asked.en == "Check with member of staff 0002: were these 1 lookups their own?"
    assert "職員0002に確認してください" in asked.ja
    assert len(sentences(group)) == 4
    assert len(sentences(group | {"away": 0})) == 3


@pytest.fixture
def handed_over(town):
    """0001, the subject's sibling, and 0002 hold one account; nobody has a desk or hours."""
    town.clerk("0002", "stranger")
    for staff in ("0001", "0002"):
        town.account(town.TAX, "Z1", staff)
    return town


def test_of_an_account_with_two_holders_both_are_looked_at(handed_over):
    """Folder 08: listed without any other lookup, for the account was theirs that day."""
    key = handed_over.log("2024-04-01 10:00:00", "Z1", "sister")
    found = handed_over.find()
    (group,) = found.facts["borrowed"]
    assert (group["holder"], group["candidates"], group["lookups"]) == ("0002", [{"viewer": "0001"}], [key])
    assert (group["own"], group["doubled"], found.facts["borrowed_not_listed"]) == (0, 1, 0)
    assert len(sentences(group)) == 3
    assert found.facts["days"][0]["borrowed"] == 1


def test_three_holders_of_whom_two_are_kin(handed_over):
    handed_over.people("brother")
    handed_over.clerk("0003", "brother")
    handed_over.related("brother", "sister")
    handed_over.account(handed_over.TAX, "Z1", "0003")
    handed_over.log("2024-04-01 10:00:00", "Z1", "sister")
    (group,) = handed_over.find().facts["borrowed"]
    assert (group["holder"], group["candidates"]) == ("0002", [{"viewer": "0001"}, {"viewer": "0003"}])


def test_of_holders_who_are_no_kin_nobody_is_asked(handed_over):
    handed_over.people("far")
    handed_over.log("2024-04-01 10:00:00", "Z1", "far")
    assert handed_over.find().facts["borrowed"] == []


def test_what_one_of_the_holders_had_to_do_is_no_question(handed_over):
    handed_over.row("assignment", case_id="1", person_id="sister", staff_id="0002")
    handed_over.log("2024-04-01 10:00:00", "Z1", "sister")
    assert handed_over.find().facts["borrowed"] == []
