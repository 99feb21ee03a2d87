"""Points in time and times of day."""

from datetime import datetime

import pytest

from ingest.text.times import read_minutes, read_time


@pytest.mark.parametrize(
    "text",
    [
        "2023-04-06T09:57:43+09:00", "2023-04-06 09:57:43", "2023/04/06 9:57:43", "R05.04.06 09:57:43",
        "20230406095743", "20230406 095743", "20230406 95743", "2023-04-06T00:57:43Z", "2023-04-06T09:57:43.120",
        "令和5年4月6日 午前9時57分43秒", "２０２３／０４／０６　０９：５７：４３", "5050406 09:57:43",
    ],
)  # fmt: skip
def test_every_notation_of_a_second(text: str) -> None:
    assert read_time(text) == datetime(2023, 4, 6, 9, 57, 43)


def test_minutes_only_and_midnight() -> None:
    assert read_time("2023/04/04 09:15") == datetime(2023, 4, 4, 9, 15)
    assert read_time("2023-04-04 24:00") == datetime(2023, 4, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-04-06",
        "20231131 101542",
        "2023-04-06 25:00",
        "2023-04-06 09:61",
        "R05.04.00 09:00",
        "9999-12-31 24:00",
    ],
)
def test_what_is_no_point_in_time(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"), [("8:30", 510), ("17:15", 1035), ("0830", 510), ("830", 510), ("x", None)]
)
def test_times_of_day(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes
