"""Where members of staff belonged and who was on duty on a day, in both stores."""

from datetime import date, datetime

import pytest

from graph import model
from graph.answers import history, postings

NUMBER = "0123456"
TERMS = (
    model.SectionTerm(start=NUMBER, end="s2", valid_from=date(2010, 4, 1), valid_to=date(2018, 4, 1)),
    model.SectionTerm(start=NUMBER, end="s1", valid_from=date(2018, 4, 1), valid_to=None),
)


@pytest.mark.parametrize(
    ("day", "section"),
    [
        (date(2018, 3, 31), "福祉課"),  # a lookup from before the transfer is that section's
        (date(2018, 4, 1), "税務課"),
        (date(2009, 1, 1), "税務課"),  # nothing is written down for it: the section now
    ],
)
def test_of_a_lookup_the_section_of_its_own_day_counts(store, make, day, section):
    make.fill(store, BELONGS_TO=TERMS)
    staff = postings.read(store, [NUMBER, ""])
    assert staff.section(NUMBER, day) == section and staff.name(NUMBER) == "山田 花子"
    assert (staff.section("", day), staff.name(""), postings.read(store, []).terms) == ("", "", {})
    assert [each.section for each in staff.history(NUMBER)] == ["福祉課", "税務課"]


def test_a_span_that_ends_at_midnight_is_not_of_the_next_day(store, make):
    off = model.DutySpan(
        start=NUMBER,
        end="s1",
        valid_from=datetime(2018, 5, 17),
        valid_to=datetime(2018, 5, 18),
        present=False,
        what="年休",
    )
    late = model.DutySpan(
        start=NUMBER,
        end="s1",
        valid_from=datetime(2018, 5, 18, 22),
        valid_to=datetime(2018, 5, 19, 6),
        present=True,
        what="宿直",
    )
    make.fill(store, ON_DUTY=(off, late))
    told = {
        day: [each.present for each in history.on_duty(store, "T1", date(2018, 5, day))] for day in (17, 18, 19, 20)
    }
    assert told == {17: [False], 18: [True], 19: [True], 20: []}
