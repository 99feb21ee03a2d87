"""Dates: eras, notations, unknown parts and impossible days (F7–F9)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.calendar.dates import read_date

SAME_DAY = (
    "S54.03.12", "S54.3.12", "s54/3/12", "S540312", "昭54.3.12", "昭和54年3月12日", "昭和五十四年三月十二日",
    "㍼54年3月12日", "Ｓ５４．０３．１２", "3540312", "1979-03-12", "1979/3/12", "1979.03.12", "19790312",
    "1979年3月12日", "一九七九年三月十二日", " 昭和 54年 3月12日 ",
)  # fmt: skip


@pytest.mark.parametrize("text", SAME_DAY)
def test_every_notation_of_a_day_gives_that_day(text: str) -> None:
    reading = read_date(text)
    assert (reading.value, reading.precision, reading.warnings) == (date(1979, 3, 12), "D", ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5051001", date(2023, 10, 1)),
        ("3600401", date(1985, 4, 1)),
        ("昭和廿年三月廿日", date(1945, 3, 20)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("明治45年7月30日", date(1912, 7, 30)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("M6.1.1", date(1873, 1, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
    ],
)
def test_eras_and_their_edges(text: str, day: date) -> None:
    reading = read_date(text)
    assert (reading.value, reading.warnings) == (day, ())


@pytest.mark.parametrize(
    ("text", "day"),
    [("昭和64年1月8日", date(1989, 1, 8)), ("平成31年5月1日", date(2019, 5, 1)), ("S70.4.1", date(1995, 4, 1))],
)
def test_a_day_outside_its_era_is_read_with_a_warning(text: str, day: date) -> None:
    reading = read_date(text)
    assert (reading.value, reading.warnings) == (day, ("outside era",))


@pytest.mark.parametrize("text", ["明治5年12月2日", "慶応3年1月1日", "天保10年4月"])
def test_days_before_1873_are_of_the_lunar_calendar(text: str) -> None:
    assert read_date(text).warnings == ("lunar calendar",)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("S11.03.00", "1936-03-01", "1936-03-31", "M"),
        ("S54.00.00", "1979-01-01", "1979-12-31", "Y"),
        ("昭和20年3月不詳日", "1945-03-01", "1945-03-31", "M"),
        ("昭和20年3月日不詳", "1945-03-01", "1945-03-31", "M"),
        ("昭和20年月日不詳", "1945-01-01", "1945-12-31", "Y"),
        ("昭和20年不詳月不詳日", "1945-01-01", "1945-12-31", "Y"),
        ("昭和53年12月0日", "1978-12-01", "1978-12-31", "M"),
        ("昭和20年頃", "1945-01-01", "1945-12-31", "Y"),
        ("昭和20年3月頃", "1945-03-01", "1945-03-31", "M"),
        ("昭和20年3月10日頃", "1945-03-01", "1945-03-31", "M"),
        ("推定昭和20年3月", "1945-03-01", "1945-03-31", "M"),
        ("昭和20年春", "1945-03-01", "1945-05-31", "Y"),
        ("昭和20年冬", "1945-12-01", "1946-02-28", "Y"),
        ("昭和20年3月上旬", "1945-03-01", "1945-03-10", "M"),
        ("昭和20年2月下旬", "1945-02-21", "1945-02-28", "M"),
        ("昭和20年3月中旬頃", "1945-03-11", "1945-03-20", "M"),
        ("昭和20年3月1日から10日までの間", "1945-03-01", "1945-03-10", "M"),
        ("昭和20年3月1日から4月3日までの間", "1945-03-01", "1945-04-03", "Y"),
        ("平成元年", "1989-01-08", "1989-12-31", "Y"),
        ("20230300", "2023-03-01", "2023-03-31", "M"),
        ("202304", "2023-04-01", "2023-04-30", "M"),
    ],
)
def test_what_is_unknown_is_an_interval(text: str, earliest: str, latest: str, precision: str) -> None:
    reading = read_date(text)
    assert reading.value is None
    assert (str(reading.earliest), str(reading.latest), reading.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("平成3年2月29日", "1991-02-28", "1991-03-01"),
        ("S20.02.29", "1945-02-28", "1945-03-01"),
        ("20231131", "2023-11-30", "2023-12-01"),
        ("S20.02.45", "1945-02-01", "1945-02-28"),
    ],
)
def test_an_impossible_day_never_rolls_over(text: str, earliest: str, latest: str) -> None:
    reading = read_date(text)
    assert (reading.value, reading.warnings) == (None, ("no such day",))
    assert (str(reading.earliest), str(reading.latest)) == (earliest, latest)


AROUND = (
    "昭和60年4月1日生", "昭和六十年四月一日生まれ", "昭和60年4月1日生れ", "西暦1985年4月1日", "生年月日1985年4月1日",
    "昭和60年4月1日付", "昭和60年4月1日満了", "昭和60年4月1日(月)", "昭和60年4月1日月曜日", "昭和60(1985)年4月1日",
    "1985年(昭和60年)4月1日", "1985-04-01 00:00:00", "1985-04-01T00:00:00+09:00", "1985/4/1 0:00",
    "昭和60年4月1日午前10時30分", "昭和六十年四月一日午後三時", "19850401000000", "昭和\u200b60年4月1日",
    "昭和六十年\u3164四月一日", "1985\ufeff-04-01",
)  # fmt: skip


@pytest.mark.parametrize("text", AROUND)
def test_what_stands_around_a_date_does_not_hide_it(text: str) -> None:
    """Invisible characters and words around a date change nothing."""
    reading = read_date(text)
    assert (reading.value, reading.precision, reading.warnings) == (date(1985, 4, 1), "D", ())


NONE = (
    "", "　", "不詳", "不明", "年月日不詳", "-", "***", "00000000", "S00.00.00", "99999999", "9999999", "999999",
    "9999-12-31", "9999/99/99", "99.99.99", "9999", "8888", "88888888", "0", "0000-00-00", "年月日",
    "昭和　年　月　日", "H..", "//", "\u200b",
)  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_nothing_known_is_missing_not_wrong(text: str) -> None:
    reading = read_date(text)
    assert (reading.value, reading.precision, reading.warnings) == (None, "N", ())


UNSURE = (
    "600401", "200104", "190612", "850401", "明治0年", "昭和〇年", "昭和三十二十年", "昭和十〇年", "S三十二十.4.1",
    "1985年(昭和61年)4月1日", "1985-04-01T15:00:00Z",
)  # fmt: skip


@pytest.mark.parametrize(
    "text", ["abc", "20.3.4", "12/31/2020", "昭和", "昭和20年13日", "8123456", "明日", "H0.1.1", *UNSURE]
)
def test_what_is_no_date_says_so(text: str) -> None:
    reading = read_date(text)
    assert (reading.precision, reading.warnings) == ("N", ("not a date",))


def test_an_estimated_day_is_kept_with_a_warning() -> None:
    reading = read_date("推定昭和20年3月10日")
    assert (reading.value, reading.warnings) == (date(1945, 3, 10), ("estimated",))


def test_day_first_only_where_the_mapping_says_so() -> None:
    assert read_date("03/04/2020", style="dmy").value == date(2020, 4, 3)
    assert read_date("03/04/2020", style="mdy").value == date(2020, 3, 4)


@given(st.dates(date(1873, 1, 1), date(2019, 4, 30)))
def test_a_day_written_in_its_era_is_read_back(day: date) -> None:
    starts = {"M": 1867, "T": 1911, "S": 1925, "H": 1988}
    edges = [("H", date(1989, 1, 8)), ("S", date(1926, 12, 26)), ("T", date(1912, 7, 31)), ("M", date(1868, 1, 25))]
    era = next(era for era, edge in edges if day >= edge)
    assert read_date(f"{era}{day.year - starts[era]:02}.{day.month:02}.{day.day:02}").value == day


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = read_date(text)
    if reading.earliest and reading.latest:
        assert reading.earliest <= reading.latest
    if reading.value:
        assert reading.earliest == reading.value == reading.latest or reading.latest - reading.earliest < timedelta(366)
