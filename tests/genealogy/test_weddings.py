"""What a FAM record makes of two: marriages in order, ends whose day is not known, couples who never married."""

from datetime import date

import pytest

from ingest.reading.gedcom.lines import parse
from ingest.reading.gedcom.weddings import unions

NEVER = date.min  # of an end: from the beginning on it may have been
WED = "1 MARR\n2 DATE 1 APR 2005\n"


def _told(events, written=None, person=""):
    records, _ = parse(f"0 @I1@ INDI\n{person}\n0 @F1@ FAM\n{events}")
    return unions(records[1], [records[0]], written)


@pytest.mark.parametrize(
    ("said", "bond", "told"),
    [
        ("1 NO MARR", "", False), ("1 NO MARR\n1 RESI\n2 DATE 2010", "de_facto", False), ("1 MARR N", "", False),
        ("1 _STAT Never Married", "", False), ("1 EVEN\n2 TYPE unmarried", "", False), ("1 NOTE 未婚", "", False),
        ("1 MARR\n2 TYPE common law", "de_facto", False), ("1 EVEN\n2 TYPE 事実婚", "de_facto", False),
        ("1 _STAT partners", "de_facto", False), ("1 _NMR Y", "", False), ("1 _NMR N", "legal", False),
        ("1 NO CHIL", "legal", False), ("1 ENGA Y", "legal", False), ("", "legal", False),
        ("1 NOTE He delivered letters", "legal", False), ("1 MARR Y", "legal", True), ("1 MARR", "legal", True),
        ("1 NO MARR\n1 MARR\n2 DATE 2001", "legal", True), ("1 DIV Y", "legal", True),
    ],
)  # fmt: skip
def test_what_the_words_of_a_record_make_of_two(said, bond, told):
    (found,) = _told(said)
    assert (found.bond, found.told) == (bond, told)


def test_who_never_married_at_all_married_nobody_here():
    (found,) = _told("", person="1 NO MARR")
    assert found.bond == ""


def test_a_couple_is_known_from_when_it_lived_together():
    (found,) = _told("1 NO MARR\n1 RESI\n2 DATE FROM 2010 TO 2012")
    assert found.begin == date(2010, 1, 1)


@pytest.mark.parametrize(
    ("events", "spans"),
    [
        (WED, [(2005, None, None)]),
        (WED + "1 DIV N", [(2005, None, None)]),
        (WED + "1 MARR\n2 DATE 8 APR 2005\n2 TYPE religious", [(2005, None, None)]),
        (WED + "1 DIV\n2 DATE 2 MAY 2010", [(2005, None, 2010)]),
        (WED + "1 DIV\n2 DATE 2010", [(2005, 2010, 2010)]),
        (WED + "1 ANUL\n2 DATE BEF 2010", [(2005, 2005, 2009)]),
        (WED + "1 DIV\n2 DATE AFT 2010", [(2005, 2011, None)]),
        (WED + "1 DIV Y", [(2005, 2005, None)]),
        ("1 DIV Y\n" + WED, [(2005, 2005, None)]),
        ("1 DIV Y", [(None, 1, None)]),
        ("1 MARR Y\n1 DIV\n2 DATE 2 MAY 2010", [(None, None, 2010)]),
        ("1 DIV\n2 DATE 2 MAY 2010\n1 MARR Y", [(None, None, 2010)]),
        (WED + "1 DIV\n2 DATE 2 MAY 2010\n1 MARR Y", [(2005, None, 2010), (2010, None, None)]),
        (WED + "1 DIV Y\n1 MARR\n2 DATE 4 JUL 2012", [(2005, 2005, 2012), (2012, None, None)]),
        ("1 MARR\n2 DATE 4 JUL 2012\n1 DIV\n2 DATE 2 MAY 2010\n" + WED, [(2005, None, 2010), (2012, None, None)]),
        (
            WED + "1 DIV\n2 DATE 2010\n1 MARR\n2 DATE 4 JUL 2012\n1 DIV\n2 DATE 1 JAN 2015",
            [(2005, 2010, 2010), (2012, None, 2015)],
        ),
    ],
)
def test_marriages_come_in_order_each_with_its_end(events, spans):
    """Told by years: the wedding, the first day on which it may have ended (none: known to the day), the last."""
    found = _told(events)
    years = [tuple(day.year if day else None for day in (u.begin, u.may_end, u.end)) for u in found]
    assert years == spans
    assert [union.ended for union in found] == [may is not None or end is not None for _, may, end in spans]


def test_an_end_without_a_day_is_over_on_the_day_of_the_file():
    (found,) = _told(WED + "1 DIV Y", written=date(2024, 5, 31))
    assert (found.begin, found.may_end, found.end) == (date(2005, 4, 1), date(2005, 4, 1), date(2024, 5, 31))
