"""Times of logs and of duty: every notation is read, what cannot be stays out of every period (D6)."""

import json
from pathlib import Path

import pytest

from tests.commands import run

FAULTS = Path(__file__).parent
PERSON = "000000000000102"


def test_folder_10_a_night_shift_ends_the_next_morning(faulty):
    found = json.loads(run("report", "--workspace", faulty("10"), "--format", "json").out)
    (group,) = found["borrowed"]
    assert (group["holder"], group["subject"]) == ("0000101", "000000000000104")
    assert [lookup["time"][11:16] for lookup in group["lookups"]] == ["23:30", "00:30"]


@pytest.mark.parametrize("hours", ["17:15,翌8:30"])
def test_folder_10_other_ways_to_write_it(hours: str, tmp_path):
    (folder,) = FAULTS.glob("10-*")
    exports = tmp_path / "exports"
    exports.mkdir()
    for path in (folder / "exports").iterdir():
        text = path.read_text(encoding="utf-8")
        (exports / path.name).write_text(text.replace("22:00,6:00", hours), encoding="utf-8")
    assert run("ingest", exports, "--workspace", tmp_path / "w").status == 0
    found = json.loads(run("report", "--workspace", tmp_path / "w", "--format", "json").out)
    assert [len(group["lookups"]) for group in found["borrowed"]] == [2]


def test_folder_11_every_notation_is_read(faulty):
    found = json.loads(run("history", PERSON, "--workspace", faulty("11"), "--format", "json").out)
    times = [lookup["time"][:19] for lookup in found["lookups"]]
    assert times == ["2017-01-01T08:59:59", "2024-05-10T00:04:05", "2024-05-10T12:04:05"] + 9 * ["2024-05-10T15:04:05"]


IMPOSSIBLE = (
    "9999-12-31 10:00:00", "9999-12-31 25:00:00", "0001-01-01 00:00:00", "R99.01.01 10:00:00", "2024-06-02 10:00:00",
    "2004-05-30 10:00:00", "2024-05-10T10:00:00+25:00", "2024-05-10T10:00:00-14:30",
)  # fmt: skip
POSSIBLE = ("2024-06-01 10:00:00", "2004-06-01 10:00:00", "2024-05-10T10:00:00+14:00")


def test_r11_a_time_that_cannot_be_costs_its_row_and_no_more(tmp_path):
    (folder,) = FAULTS.glob("11-*")
    exports = tmp_path / "exports"
    exports.mkdir()
    for path in (folder / "exports").iterdir():
        (exports / path.name).write_bytes(path.read_bytes())
    log = exports / "jumin_log_202405.csv"
    rows = [f"{90 + at:08d},{text},,J1,T1,102,個人照会,1,{PERSON},,," for at, text in enumerate(IMPOSSIBLE + POSSIBLE)]
    log.write_text(log.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    told = json.loads(run("ingest", exports, "--workspace", tmp_path / "w", "--format", "json").out)
    (counted,) = (file for file in told["files"] if file["file"] == log.name)
    assert counted["reasons"] == {"impossible_value": len(IMPOSSIBLE)}
    assert counted["rows"] == counted["loaded"] + counted["quarantined"] == 12 + len(IMPOSSIBLE) + len(POSSIBLE)
    report = json.loads(run("report", "--workspace", tmp_path / "w", "--format", "json").out)
    assert (report["as_of"], report["period"]) == ("2024-06-01", {"since": "2004-06-01", "until": "2024-06-01"})
    (log_days,) = json.loads(run("status", "--workspace", tmp_path / "w", "--format", "json").out)["log_coverage"]
    assert (log_days["first"], log_days["last"]) == ("2004-06-01", "2024-06-01")


def test_r11_a_row_with_two_faults_of_which_one_is_its_time_is_no_day_of_the_log(tmp_path):
    (folder,) = FAULTS.glob("11-*")
    exports = tmp_path / "exports"
    exports.mkdir()
    for path in (folder / "exports").iterdir():
        (exports / path.name).write_bytes(path.read_bytes())
    log = exports / "jumin_log_202405.csv"
    row = f"00000090,9999-12-31 10:00:00,,J1,T1,999,個人照会,1,{PERSON},,,"
    log.write_text(log.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    assert run("ingest", exports, "--workspace", tmp_path / "w").status == 0
    (told,) = json.loads(run("status", "--workspace", tmp_path / "w", "--format", "json").out)["log_coverage"]
    assert told["last"] <= "2024-06-01"


def test_r11_a_file_whose_name_tells_no_day_is_held_against_its_own_rows(tmp_path):
    (folder,) = FAULTS.glob("11-*")
    exports = tmp_path / "exports"
    exports.mkdir()
    for path in (folder / "exports").iterdir():
        name = "jumin_log_all.csv" if path.name.startswith("jumin_log") else path.name
        (exports / name).write_bytes(path.read_bytes())
    log = exports / "jumin_log_all.csv"
    rows = [f"{90 + at:08d},{text},,J1,T1,102,個人照会,1,{PERSON},,," for at, text in enumerate(IMPOSSIBLE[:4])]
    log.write_text(log.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    told = json.loads(run("ingest", exports, "--workspace", tmp_path / "w", "--format", "json").out)
    assert next(f["reasons"] for f in told["files"] if f["file"] == log.name) == {"impossible_value": 4}
    report = json.loads(run("report", "--workspace", tmp_path / "w", "--format", "json").out)
    assert report["as_of"] == "2024-05-10"


def test_r11_a_file_named_by_its_first_day_keeps_its_rows(tmp_path):
    (folder,) = FAULTS.glob("11-*")
    exports = tmp_path / "exports"
    exports.mkdir()
    for path in (folder / "exports").iterdir():
        name = "jumin_log_20240501.csv" if path.name.startswith("jumin_log") else path.name
        (exports / name).write_bytes(path.read_bytes())
    told = json.loads(run("ingest", exports, "--workspace", tmp_path / "w", "--format", "json").out)
    assert told["totals"]["quarantined"] == 0
