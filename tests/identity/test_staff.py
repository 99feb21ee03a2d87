"""Staff, accounts and duty as graph records."""

from datetime import date, datetime

from ingest.personnel.staff import build


def test_a_transfer_is_two_terms(con, fill):
    fill("staff", staff_id="1", section_id="220", section_name="税務課", valid_from=date(2004, 4, 1), line=2)
    fill("staff", staff_id="1", section_id="210", section_name="町民課", valid_from=date(2024, 4, 1), line=3)
    terms = build(con)["BELONGS_TO"].to_pylist()
    assert [(t["end"], t["valid_from"], t["valid_to"]) for t in terms] == [
        ("220", date(2004, 4, 1), date(2024, 4, 1)),
        ("210", date(2024, 4, 1), None),
    ]
    assert build(con)["Staff"].to_pylist()[0]["section_id"] == "210"


def test_an_account_passes_to_another_person(con, fill):
    for staff_id in "12":
        fill("staff", staff_id=staff_id, section_id="220")
    common = {"system": "税", "operator": "Z034", "kind": "personal"}
    fill("account", staff_id="1", valid_from=date(2016, 4, 1), valid_to=date(2024, 4, 1), **common)
    fill("account", staff_id="2", valid_from=date(2024, 4, 1), **common)
    uses = build(con)["USES"].to_pylist()
    assert [(u["start"], u["end"], u["valid_to"]) for u in uses] == [
        ("1", "税:Z034", date(2024, 4, 1)),
        ("2", "税:Z034", None),
    ]


def test_an_account_that_vanished_ends_that_day(con, fill):
    fill("staff", staff_id="1", section_id="220")
    fill("account", system="税", operator="Z1", staff_id="1", kind="personal", seen_until=date(2024, 6, 1))
    assert build(con)["USES"].to_pylist()[0]["valid_to"] == date(2024, 6, 1)


def test_a_meeting_cuts_the_usual_hours(con, fill):
    fill("staff", staff_id="1", section_id="310", valid_from=date(2020, 4, 1))
    day = {"staff_id": "1", "first_day": date(2023, 9, 11), "last_day": date(2023, 9, 12)}
    fill("duty", presence="default", what="通常", from_minute=510, to_minute=1035, **day)
    day["first_day"] = date(2023, 9, 12)
    fill("duty", presence="away", what="会議", from_minute=810, to_minute=870, **day)
    spans = [(s["valid_from"], s["valid_to"], s["present"]) for s in build(con)["ON_DUTY"].to_pylist()]
    assert spans == [
        (datetime(2023, 9, 11, 8, 30), datetime(2023, 9, 11, 17, 15), True),
        (datetime(2023, 9, 12, 8, 30), datetime(2023, 9, 12, 13, 30), True),
        (datetime(2023, 9, 12, 13, 30), datetime(2023, 9, 12, 14, 30), False),
        (datetime(2023, 9, 12, 14, 30), datetime(2023, 9, 12, 17, 15), True),
    ]


def test_the_usual_hours_are_weekdays_only(con, fill):
    fill("staff", staff_id="1", section_id="310")
    fill("duty", staff_id="1", first_day=date(2023, 9, 9), last_day=date(2023, 9, 10), presence="default")
    assert build(con)["ON_DUTY"].num_rows == 0


def test_leave_of_a_whole_day_leaves_no_presence(con, fill):
    fill("staff", staff_id="1", section_id="310")
    common = {"staff_id": "1", "first_day": date(2023, 9, 12), "last_day": date(2023, 9, 12)}
    fill("duty", presence="default", from_minute=510, to_minute=1035, **common)
    fill("duty", presence="away", what="年休", **common)
    assert [span["present"] for span in build(con)["ON_DUTY"].to_pylist()] == [False]
