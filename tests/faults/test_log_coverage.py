"""Days of a log that were not delivered are named everywhere, and nothing else is (D1, D2)."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from ingest.deliveries.calendar import calendar
from ingest.deliveries.logs import map_of
from tests.commands import run

FAULTS = Path(__file__).parent
WEEK = [1, 2, 3, 4, 5]
FIRST, LAST = date(2017, 6, 1), date(2018, 7, 31)
SYSTEM = "住民基本台帳等事務システム"
Counts = dict[date, int]


def traffic(seed: int, rows: float, saturday: float = 0) -> Counts:
    """Draw a year of days with a weekday's share, a busy spring and days of their own."""
    rng, days = np.random.default_rng(seed), calendar(FIRST, LAST, WEEK)
    shares = np.array([1.2, 1, 0.95, 0.9, 1, saturday, 0, 0])[days.kinds]
    spring = np.array([1.5 if days.day(at).month in (3, 4) else 1 for at in range(len(shares))])
    own = rng.gamma(1 / 0.1**2, 0.1**2, len(shares))
    drawn = rng.poisson(rows * shares * spring * own)
    return {days.day(at): int(count) for at, count in enumerate(drawn) if count}


def named(counts: Counts) -> list[date]:
    found = map_of("x", counts, None, LAST, WEEK)
    return sorted([*found.absent, *(thin.day for thin in found.thin)])


@pytest.mark.parametrize("rows", [90, 130, 330, 3000])
def test_of_a_hundred_deliveries_with_a_day_removed_or_cut_to_a_quarter_each_is_named(rows):
    rng = np.random.default_rng(rows)
    for seed in range(25):
        counts = traffic(seed, rows)
        assert named(counts) == []
        day = sorted(counts)[int(rng.integers(1, len(counts) - 1))]
        cut = {**counts, day: counts[day] // 4} if rng.random() < 0.5 else {d: n for d, n in counts.items() if d != day}
        assert named(cut) == [day]


def test_a_saturday_counter_that_lacks_a_day_is_never_taken_for_delivered():
    counts = traffic(1, 100, saturday=0.15)
    saturday = date(2018, 1, 20)
    found = map_of("x", {day: n for day, n in counts.items() if day != saturday}, None, LAST, WEEK)
    assert saturday in [*found.absent, *found.unknown]
    assert date(2018, 2, 10) not in [*found.absent, *found.unknown]  # it has its rows


def test_two_months_of_one_log_in_the_middle_or_at_the_end_are_named():
    counts = traffic(2, 130)
    middle = map_of("x", {d: n for d, n in counts.items() if d.month not in (2, 3)}, None, LAST, WEEK)
    assert middle.silences == ((date(2018, 2, 1), date(2018, 3, 30)),) and len(middle.absent) == 40
    end = map_of("x", {d: n for d, n in counts.items() if d < date(2018, 6, 1)}, None, LAST, WEEK)
    assert end.absent == () and (end.ended[0], end.ended[-1]) == (date(2018, 6, 1), date(2018, 7, 31))
    late = map_of("x", {d: n for d, n in counts.items() if d >= date(2018, 1, 4)}, None, LAST, WEEK)
    assert late.absent == late.ended == late.thin == ()


def test_where_a_day_has_a_row_or_two_an_empty_one_is_unknown():
    found = map_of("x", traffic(3, 1.5), None, LAST, WEEK)
    assert found.absent == found.thin == () and found.unknown


@pytest.fixture(scope="module")
def cut(tmp_path_factory) -> Iterator[tuple[Path, int]]:
    """Ingest a log of three months, twelve rows a day, that lacks a fortnight and one day's afternoon; no roster."""
    (folder,) = FAULTS.glob("11-*")
    exports = tmp_path_factory.mktemp("cut") / "exports"
    exports.mkdir()
    for path in (folder / "exports").iterdir():
        (exports / path.name).write_bytes(path.read_bytes())
    log = exports / "jumin_log_202405.csv"
    head = log.read_text(encoding="utf-8").splitlines()[0]
    log.write_text("\n".join([head, *rows()]) + "\n", encoding="utf-8")
    done = run("ingest", exports, "--workspace", exports.parent / "w")
    yield exports.parent / "w", done.status


def rows() -> Iterator[str]:
    number, day = 0, datetime(2024, 3, 1, 9)
    open_ = calendar(date(2024, 3, 1), date(2024, 5, 31), WEEK)
    for at in np.flatnonzero(open_.office):
        for hour in range(12):
            number += 1
            moment = day + timedelta(days=int(at), minutes=30 * hour)
            lost = date(2024, 4, 8) <= moment.date() <= date(2024, 4, 19) or (
                moment.date() == date(2024, 5, 22) and hour > 5
            )
            odd = moment.date() == date(2024, 5, 8) and hour > 3  # delivered, in the quarantine
            code = "999" if odd else "102"
            if not lost:
                yield f"{number:08d},{moment:%Y-%m-%d %H:%M:%S},,J1,T1,{code},個人照会,1,000000000000102,,,"


def test_s2_every_answer_names_the_days_and_the_exit_status_is_4(cut):
    workspace, status = cut
    assert status == 4
    (told,) = json.loads(run("status", "--workspace", workspace, "--format", "json").out)["log_coverage"]
    assert (told["absent"][0], told["absent"][-1], len(told["absent"])) == ("2024-04-08", "2024-04-19", 10)
    assert [thin["day"] for thin in told["thin"]] == ["2024-05-22"]
    assert [gap["missing"] for gap in told["serial_gaps"]] == [120, 6]
    for words in (["--format", "table"], ["--format", "csv"], ["--format", "html"], ["--lang", "en"]):
        done = run("report", "--workspace", workspace, *words)
        assert done.status == 4 and "2024-04-08" in done.out and "2024-05-22" in done.out
    report = json.loads(run("report", "--workspace", workspace, "--format", "json").out)
    assert [entry["system"] for entry in report["log_coverage"]] == [SYSTEM]
    inside = run(
        "report", "--workspace", workspace, "--since", "2024-03-04", "--until", "2024-03-29", "--format", "json"
    )
    assert json.loads(inside.out)["log_coverage"] == []


def test_s2_a_disclosure_is_not_complete_and_says_for_which_days_it_is(cut):
    words = ("history", "000000000000102", "--disclosure", "--workspace", cut[0])
    assert json.loads(run(*words, "--format", "json").out)["complete"] is False
    told = run(*words).out
    assert "2024-03-01から2024-05-31まで" in told and "2024-04-08〜2024-04-19" in told


def test_s3_what_could_not_be_examined_stands_where_its_result_would(cut):
    report = json.loads(run("report", "--workspace", cut[0], "--format", "json", "--lang", "en").out)
    assert {each["part"] for each in report["not_examined"]} >= {"borrowed", "explanation"}
    for fmt in ("table", "csv", "html"):
        assert "勤務表がなく" in run("report", "--workspace", cut[0], "--format", fmt).out


def test_what_somebody_accepted_is_still_printed_and_no_longer_4(cut):
    name = f"{SYSTEM}:2024-04-08..2024-04-19"
    assert run("ingest", "--accept-refused", name, "--workspace", cut[0]).status == 0
    done = run("report", "--workspace", cut[0])
    assert done.status == 0 and "2024-04-08" in done.out
