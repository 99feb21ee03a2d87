"""What 戸籍 says to have ended, but not on which day: the link may have ended from one day on, and has by another."""

from datetime import date

import pytest

HOME = "椋川町1番地"
WED, YEAR = "1975-03-03", ("2000-01-01", "2000-12-31")


def _couple(rows, **left):
    wed = {"entered": WED, "entered_by": "婚姻"}
    return [
        rows.entry("一郎", "1950-01-01", "山田一郎", HOME, spouse_role="夫", **wed),
        rows.entry("花子", "1952-01-01", "山田一郎", HOME, position=2, spouse_role="妻", **wed | left),
    ]


def _span(name, first, last):
    """Give a date of which only so much is known."""
    days = {"": None, "_earliest": first and date.fromisoformat(first), "_latest": last and date.fromisoformat(last)}
    return {f"{name}{part}": day for part, day in days.items()}


def _told(found, kind="SPOUSE_OF"):
    kept = ("valid_from", "may_end", "valid_to", "ended_by")
    return [tuple(str(row[name] or "") for name in kept) for row in found.rows(kind)]


def _divorce(rows, first, last, **more):
    return rows.event(
        "一郎", "divorce", None, "山田一郎", HOME, counterpart="山田花子", **_span("happened", first, last) | more
    )


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((None, None), (WED, WED, "", "divorce")),
        (YEAR, (WED, *YEAR, "divorce")),
        (("2000-05-01", "2000-05-31"), (WED, "2000-05-01", "2000-05-31", "divorce")),
        (("1975-01-01", "1975-12-31"), (WED, WED, "1975-12-31", "divorce")),
    ],
)
def test_a_divorce_whose_day_is_not_known(read, rows, days, told):
    left = {"left_by": "離婚"} | _span("left_on", *days)
    assert _told(read([], _couple(rows, **left))) == [told]
    assert _told(read([], _couple(rows, left_by="離婚", left_on=None), [_divorce(rows, *days)])) == [told]


def test_the_narrower_of_two_tellings_counts(read, rows):
    left = {"left_by": "離婚", "left_on": "2000-05-01"}
    found = read([], _couple(rows, **left), [_divorce(rows, *YEAR), _divorce(rows, None, None)])
    assert _told(found) == [(WED, "", "2000-05-01", "divorce")]


def test_a_divorce_of_an_unknown_day_was_notified_on_a_known_one(read, rows):
    found = read([], _couple(rows, left_by="離婚"), [_divorce(rows, None, None, **rows_notified("2000-05-02"))])
    assert _told(found) == [(WED, "", "2000-05-02", "divorce")]


def rows_notified(day):
    """Give the columns of a known day of notice."""
    return dict.fromkeys(("notified", "notified_earliest", "notified_latest"), date.fromisoformat(day))


def test_who_married_each_other_again_had_divorced_before(read, rows):
    again = [
        rows.event("一郎", "marriage", day, "山田一郎", HOME, counterpart="山田花子") for day in (WED, "2005-06-06")
    ]
    found = read([], _couple(rows), [*again, _divorce(rows, None, None)])
    assert _told(found) == [(WED, WED, "2005-06-06", "divorce"), ("2005-06-06", "", "", "")]


def test_who_married_somebody_else_had_divorced_before(read, rows):
    second = rows.entry(
        "春子", "1960-01-01", "山田一郎", HOME, position=3, spouse_role="妻", entered="2006-01-01", entered_by="婚姻"
    )
    found = read([], [*_couple(rows, left_by="離婚", left_on=None), second])
    assert sorted(_told(found)) == [(WED, WED, "2006-01-01", "divorce"), ("2006-01-01", "", "", "")]


def test_a_death_whose_day_is_not_known(read, rows):
    found = read([], _couple(rows, left_by="死亡", **_span("left_on", *YEAR)))
    assert _told(found) == [(WED, *YEAR, "death")]
    assert _told(read([], _couple(rows, left_by="死亡", left_on=None))) == [(WED, WED, "", "death")]


def test_nobody_is_parted_by_a_death_before_a_known_divorce(read, rows):
    events = [rows.event("一郎", "divorce", "2000-05-01", "山田一郎", HOME, counterpart="山田花子")]
    found = read([], _couple(rows, left_by="死亡", left_on=None), events)
    assert _told(found) == [(WED, "", "2000-05-01", "divorce")]


@pytest.mark.parametrize(("days", "may_end"), [((None, None), "2007-06-26"), (YEAR, "2015-01-01")])
@pytest.mark.parametrize("by_event", [True, False])
def test_a_dissolved_adoption_whose_day_is_not_known(read, rows, days, may_end, by_event):
    days = days if days[0] is None else ("2015-01-01", "2015-12-31")
    child = rows.entry(
        "結", "2001-12-12", "山田一郎", HOME, position=5, adoptive_father="山田一郎", entered="2007-06-26",
        entered_by="養子縁組", left_by="" if by_event else "養子離縁", **_span("left_on", *days),
    )  # fmt: skip
    events = [rows.event("結", "adoption", "2007-06-26", "山田一郎", HOME, counterpart="山田一郎")]
    if by_event:
        gone = _span("happened", *days)
        events.append(rows.event("結", "dissolution", None, "山田一郎", HOME, counterpart="山田一郎", **gone))
    found = read([], [*_couple(rows), child], events)
    assert _told(found, "PARENT_OF") == [("2007-06-26", may_end, days[1] or "", "dissolution")]


def test_a_wife_known_by_name_only_is_left_by_the_one_who_married_her(read, rows):
    alone = [rows.entry("一郎", "1950-01-01", "山田一郎", HOME, spouse_role="夫")]
    events = [rows.event("一郎", "marriage", WED, "山田一郎", HOME, counterpart="森花子")]
    gone = _span("happened", None, None)
    events.append(rows.event("一郎", "divorce", None, "山田一郎", HOME, counterpart="森花子", **gone))
    assert _told(read([], alone, events)) == [(WED, WED, "", "divorce")]
