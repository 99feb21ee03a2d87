"""Full files that are cut off, or lack what the ones before them still have, do not stand for the register (D3)."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from graph.errors import UsageError
from ingest.language.known_source import Mapping
from ingest.sources import acceptance
from ingest.sources.acceptance import FileReport

MakeMapping = Callable[..., Mapping]
Export = Callable[..., Path]
HEADER = "端末ID,設置場所,使用開始\n"
NUMBERS = range(1, 41)
CUTS = [
    (HEADER + "T1,1階,H29.3.1\nT2,1階").encode("cp932"),
    (HEADER + "T1,1階,H29.3.1\nT2,1階,H29.3.1").encode("cp932")[:-9],
    (HEADER + "T1,1階,H29.3.1\nT2,本庁").encode("cp932")[:-1],
    (HEADER + "T1,1階,H29.3.1\nT2,1階,平成").encode("cp932")[:-1],
    (HEADER + "T1,1階,H29.3.1\nT2,本庁").encode()[:-2],
    (HEADER + 'T1,1階,H29.3.1\nT2,"1階').encode(),
    (HEADER + 'T1,1階,H29.3.1\nT2,1階,"H29').encode(),
    (HEADER + 'T1,1階,H29.3.1\nT2,"1階\n本庁\n').encode(),
    (HEADER + "T1,1階,H29.3.1\r\nT2,本").encode("utf-16")[:-1],
]
WHOLE = [
    HEADER + "T1,1階,H29.3.1\nT2,1階,H29.3.1",
    HEADER + "T1,1階,H29.3.1\nT2,1階,H29.3.1\n\x1a",
    HEADER + 'T1,1階,H29.3.1\nT2,"1階\n本庁",H29.3.1\n',
    HEADER + "T1,1階,H29.3.1\nT2,1階\n",
]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def rows(numbers: object, place: str = "1階") -> str:
    return HEADER + "".join(f"T{n},{place},\n" for n in numbers)  # type: ignore[attr-defined]


def accept(workspace: Path, path: Path, rule: Mapping, *named: str) -> FileReport:
    found = acceptance.accept(workspace, [path.parent], [rule], accept_shrink=named)
    (report,) = (report for report in found.files if report.file == path.name)
    assert report.rows == report.loaded + report.quarantined + report.duplicate
    return report


def held(workspace: Path) -> dict[str, date | None]:
    with duckdb.connect() as con:
        acceptance.effective(con, workspace)
        return dict(con.execute("SELECT terminal_id, seen_until FROM terminal ORDER BY ALL").fetchall())


@pytest.mark.parametrize("content", CUTS)
def test_a_full_file_whose_last_record_is_cut_is_refused_the_first_one_too(
    make_mapping: MakeMapping, export: Export, workspace: Path, content: bytes
) -> None:
    report = accept(workspace, export(content), make_mapping())
    assert "the last record is cut off" in str(report.problem)
    assert (report.rows, report.reasons) == (report.quarantined, {"truncated": report.rows})
    assert accept(workspace, export(content), make_mapping(), "term.csv").loaded >= 1


@pytest.mark.parametrize("content", WHOLE)
def test_a_file_that_ends_otherwise_is_no_cut_one(
    make_mapping: MakeMapping, export: Export, workspace: Path, content: str
) -> None:
    assert accept(workspace, export(content), make_mapping()).problem is None


def test_what_lacks_too_much_of_the_file_before_is_refused_with_figures(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    rule = make_mapping()
    accept(workspace, export(rows(NUMBERS), "term_20240401.csv"), rule)
    path = export(rows(NUMBERS[:35]), "term_20240501.csv")
    for _ in range(2):
        report = accept(workspace, path, rule)
        assert "5 of 40 keys that term_20240401.csv has" in str(report.problem)
        assert "(12.5%, the limit is 10%)" in str(report.problem)
    assert set(held(workspace).values()) == {None}
    assert accept(workspace, path, rule, "term_20240501.csv").loaded == 35
    assert accept(workspace, path, rule).duplicate == 35  # once accepted it is not refused again
    assert [seen for seen in held(workspace).values() if seen] == [date(2024, 5, 1)] * 5


@pytest.mark.parametrize(("before", "now"), [(40, 36), (12, 10)])
def test_a_tenth_or_two_keys_may_go(
    make_mapping: MakeMapping, export: Export, workspace: Path, before: int, now: int
) -> None:
    accept(workspace, export(rows(NUMBERS[:before]), "term_20240401.csv"), make_mapping())
    assert accept(workspace, export(rows(NUMBERS[:now]), "term_20240501.csv"), make_mapping()).problem is None


def test_a_mapping_says_how_much_its_files_may_lack(make_mapping: MakeMapping, export: Export, workspace: Path) -> None:
    accept(workspace, export(rows(NUMBERS), "term_20240401.csv"), make_mapping())
    path = export(rows(NUMBERS[:35]), "term_20240501.csv")
    assert "the limit is 12.4%" in str(accept(workspace, path, make_mapping(more="max_shrink = 0.124")).problem)
    assert accept(workspace, path, make_mapping(more="max_shrink = 0.125")).problem is None


def test_keys_whose_validity_has_passed_or_that_have_a_successor_do_not_count(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    rule = make_mapping(columns='valid_to = "終了"')
    header = "端末ID,設置場所,使用開始,終了\n"
    first = "".join(f"T{n},1階,H29.3.1,{'R6.4.30' if n <= 20 else ''}\n" for n in NUMBERS)
    then = "".join(f"T{n},2階,R6.4.15,\n" for n in NUMBERS[20:30])
    last = "".join(f"T{n},1階,H29.3.1,\n" for n in NUMBERS[30:])
    accept(workspace, export(header + first, "term_20240401.csv"), rule)
    assert accept(workspace, export(header + then + last, "term_20240501.csv"), rule).problem is None


def test_a_register_in_parts_is_judged_as_a_whole(make_mapping: MakeMapping, export: Export, workspace: Path) -> None:
    rule = make_mapping()
    accept(workspace, export(rows(NUMBERS), "term_20240401.csv"), rule)
    first = export(rows(NUMBERS[:20], "2階"), "term_20240501_1.csv")
    assert "20 of 40" in str(accept(workspace, first, rule).problem)
    second = export(rows(NUMBERS[20:], "2階"), "term_20240501_2.csv")
    assert accept(workspace, second, rule).problem is None
    assert set(held(workspace).values()) == {None}
    corrected = export(rows(NUMBERS[20:30], "3階"), "term_20240501_2.csv")
    assert "10 of 40 keys" in str(accept(workspace, corrected, rule).problem)
    whole = export(rows(NUMBERS[20:], "3階"), "term_20240501_2.csv")
    assert accept(workspace, whole, rule).problem is None
    assert set(held(workspace).values()) == {None}


def test_several_deliveries_of_one_run_are_judged_in_the_order_of_their_days(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    export(rows(NUMBERS[:10]), "term_20240601.csv")
    path = export(rows(NUMBERS), "term_20240501.csv")
    found = acceptance.accept(workspace, [path.parent], [make_mapping()])
    assert [bool(report.problem) for report in found.files] == [False, True]


def test_an_old_delivery_under_a_new_day_is_held_against_what_it_follows(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    rule = make_mapping()
    accept(workspace, export(rows(NUMBERS[:20]), "term_20240401.csv"), rule)
    accept(workspace, export(rows(NUMBERS), "term_20240501.csv"), rule)
    again = export(rows(NUMBERS[:20]), "term_20240601.csv")
    assert "20 of 40 keys" in str(accept(workspace, again, rule).problem)
    report = accept(workspace, again, rule, "term_20240601.csv")
    assert (report.same_as, report.duplicate) == ("term_20240401.csv", 20)
    assert sorted(filter(None, held(workspace).values())) == [date(2024, 6, 1)] * 20


def test_a_last_line_without_an_end_is_cut_where_the_file_before_goes_on(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    rule = make_mapping()
    accept(workspace, export(rows(NUMBERS), "term_20240401.csv"), rule)
    report = accept(workspace, export(rows(NUMBERS[:39]).rstrip("\n"), "term_20240501.csv"), rule)
    assert "the last line has no end" in str(report.problem)
    middle = rows([n for n in NUMBERS if n != 7]).rstrip("\n")
    assert accept(workspace, export(middle, "term_20240501.csv"), rule).problem is None


def test_a_full_file_of_which_too_much_cannot_be_read_is_refused(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    bad = "".join(f"T{n},1階,H30.2.31\n" for n in range(50, 55))
    report = accept(workspace, export(rows(NUMBERS) + bad), make_mapping())
    assert "5 of its 45 rows cannot be read (11.1%, the limit is 10%)" in str(report.problem)
    assert accept(workspace, export(rows(NUMBERS) + bad), make_mapping(), "term.csv").quarantined == 5


def test_a_delta_is_taken_but_its_cut_row_is_not(make_mapping: MakeMapping, export: Export, workspace: Path) -> None:
    rule = make_mapping(change=('"full"', '"delta"'))
    report = accept(workspace, export(HEADER + 'T1,1階,H29.3.1\nT2,1階,"H29.3.1'), rule)
    assert (report.loaded, report.reasons, report.warnings) == (1, {"truncated": 1}, {"cut_off": 1})


def test_a_name_that_was_not_delivered_cannot_be_accepted(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    path = export(rows(NUMBERS), "term_20240401.csv")
    with pytest.raises(UsageError, match=r"term_20240401\.csv"):
        accept(workspace, path, make_mapping(), "term_20240410.csv")


def test_no_cut_of_a_newer_delivery_is_taken_in_silence(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    rule, rng = make_mapping(), random.Random(10)
    content = HEADER + "".join(f"T{n:03},本庁{n % 5}階 税務課,H29.3.{n % 28 + 1}\n" for n in range(1, 101))
    accept(workspace, export(content, "term_20240401.csv", "cp932"), rule)
    data = content.encode("cp932")
    for at in rng.sample(range(len(data)), 12):
        report = accept(workspace, export(data[:at], "term_20240501.csv"), rule)
        assert report.problem, (at, data[max(at - 30, 0) : at])
    assert set(held(workspace).values()) == {None}
