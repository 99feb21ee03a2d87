"""Dates as family trees hold them."""

from datetime import date

import pytest

from ingest.reading.gedcom.dates import is_unread, read_date

FIFTH = date(1980, 5, 5)
DAYS = [
    "5 MAY 1980", "05 may 1980", "INT 5 MAY 1980 (昭和55年5月5日)", "@#DGREGORIAN@ 5 MAY 1980", "GREGORIAN 5 MAY 1980",
    "1980-05-05", "1980/5/5", "1980.05.05", "19800505", "1980-05-05T00:00:00", "5 May 1980 12:30", "5-MAY-1980",
    "May 5, 1980", "May 5th 1980", "5th of May 1980", "1980 May 5", "Monday, 5 May 1980", "5/5/1980", "5. Mai 1980",
    "5 mai 1980", "5 de mayo de 1980", "5 maggio 1980", "昭和55年5月5日", "S55.5.5", "昭和五十五年五月五日",
    "(昭和55年5月5日)", "５ MAY １９８０", "@#DJULIAN@ 22 APR 1980", "JULIAN 22 APR 1980",
]  # fmt: skip
SPANS = {
    "1980": ("1980-01-01", "1980-12-31"), "MAY 1980": ("1980-05-01", "1980-05-31"),
    "00 MAY 1980": ("1980-05-01", "1980-05-31"),
    "INT 1980 (about)": ("1980-01-01", "1980-12-31"), "BET 1980 AND 1981": ("1980-01-01", "1981-12-31"),
    "BET 1 MAY 1980 AND 5 MAY 1980": ("1980-05-01", "1980-05-05"), "FROM 1980 TO 1981": ("1980-01-01", "1981-12-31"),
    "FROM 1980": ("1980-01-01", ""), "TO 1980": ("", "1980-12-31"), "BEF 1980": ("", "1979-12-31"),
    "AFT 5 MAY 1980": ("1980-05-06", ""), "BEF 昭和55年": ("", "1979-12-31"), "1980-1981": ("1980-01-01", "1981-12-31"),
    "昭和55年5月": ("1980-05-01", "1980-05-31"), "1750/51": ("1750-01-01", "1751-12-31"),
    "@#DHEBREW@ 5740": ("1979-09-05", "1980-10-30"), "@#DFRENCH R@ 1 VEND 3": ("1794-09-22", "1794-09-24"),
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_a_day_however_it_is_written(text):
    assert (read_date(text).value, is_unread(read_date(text))) == (FIFTH, False)


@pytest.mark.parametrize(("text", "span"), SPANS.items())
def test_what_names_no_day_names_a_span(text, span):
    found = read_date(text)
    assert (found.value, str(found.earliest or ""), str(found.latest or "")) == (None, *span)
    assert not is_unread(found)


@pytest.mark.parametrize("text", ["ABT 1980", "ABT. 1980", "CAL 5 MAY 1980", "EST 1980", "ca 1980", "~1980", "c. 1980"])
def test_what_is_about_a_year_is_no_day_and_leaves_room(text):
    found = read_date(text)
    assert found.value is None and found.earliest < date(1977, 1, 1) and found.latest > date(1983, 1, 1)


def test_of_two_years_the_second_is_meant():
    assert read_date("11 FEB 1731/32").value == date(1732, 2, 11)


@pytest.mark.parametrize("text", ["", "Y", "?", "unknown", "44 BC", "44 B.C.", "不詳"])
def test_what_tells_no_date_is_no_fault(text):
    assert (read_date(text).earliest, is_unread(read_date(text))) == (None, False)


@pytest.mark.parametrize(
    "text",
    ["sometime in spring", "5 MAY 80", "(stillborn)", "BET 1950 AND", "31 FEB 1950", "BET 1960 AND 1950", "04/05/1980"],
)
def test_what_cannot_be_read_as_it_was_meant_is_a_fault(text):
    assert (read_date(text).value, is_unread(read_date(text))) == (None, True)


def test_day_and_month_that_could_be_each_other_are_the_one_or_the_other():
    assert (read_date("04/05/1980").earliest, read_date("04/05/1980").latest) == (date(1980, 4, 5), date(1980, 5, 4))
    assert read_date("04/13/1980").value == read_date("13/04/1980").value == date(1980, 4, 13)
