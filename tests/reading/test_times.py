"""Points in time and times of day."""

from datetime import datetime

import pytest

from japanese.calendar.times import read_minutes, read_time


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


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2024/05/10 午前12:04:05", 0), ("2024/05/10 午前0:04:05", 0), ("2024/05/10 AM 12:04:05", 0),
        ("2024/05/10 12:04:05 a.m.", 0), ("2024/05/10 午後12:04:05", 12), ("2024/05/10 午後0:04:05", 12),
        ("2024/05/10 3:04:05 PM", 15), ("2024/05/10 午後 3:04:05", 15), ("2024/05/10 午後15時4分5秒", 15),
        ("2024-05-10T15:04:05,1+09:00", 15), ("2024-05-10 15:04:05,123", 15), ("2024-05-10 15:04:05 +0900", 15),
        ("2024-05-10 15:04:05 JST", 15), ("2024-05-10 15:04:05(JST)", 15), ("2024-05-10 06:04:05 UTC", 15),
        ("2024-05-10 15:04:05+9", 15), ("20240510T060405Z", 15), ("2024/05/10(金) 15:04:05", 15),
        ("2024/05/10 (金) 15:04:05", 15), ("2024年5月10日金曜日 15:04:05", 15), ("2024/05/10 Fri 15:04:05", 15),
        ("令和6年5月10日15時4分5秒", 15), ("2024-05-10-15.04.05.123456", 15), ("2024-05-10_15:04:05", 15),
        ("20240510150405123", 15), ("20240510150405.123", 15), ("2024-05-09 39:04:05", None),
        ("2024-05-09 24:04:05", 0), ("2024-05-09 35:04:05", 11), ("2024-05-09 翌日6:04:05", 6),
    ],
)  # fmt: skip
def test_what_systems_write_for_the_same_minute(text: str, hour: int | None) -> None:
    assert read_time(text) == (None if hour is None else datetime(2024, 5, 10, hour, 4, 5))


def test_a_leap_second_is_the_last_second() -> None:
    assert read_time("2017-01-01 08:59:60") == datetime(2017, 1, 1, 8, 59, 59)


def test_minutes_only_and_midnight() -> None:
    assert read_time("2023/04/04 09:15") == datetime(2023, 4, 4, 9, 15)
    assert read_time("2023-04-04 24:00") == datetime(2023, 4, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-04-06",
        "20231131 101542",
        "2023-04-06 36:00",
        "2023-04-06 09:57:61",
        "2023-04-06 09:57:43+14:30",
        "2023-04-06 09:57:43 XYZ",
        "2023-04-06 午後3時 PM",
        "2023-04-06 09:61",
        "R05.04.00 09:00",
        "9999-12-31 24:00",
    ],
)
def test_what_is_no_point_in_time(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("8:30", 510), ("17:15", 1035), ("0830", 510), ("830", 510), ("x", None), ("30:00", 1800), ("翌6:00", 1800)],
)
def test_times_of_day(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes
