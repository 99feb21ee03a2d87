"""One file → typed rows and problems: ids, codes, dates, and the row-level reasons."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SourceError
from ingest.language import mapping
from ingest.language.known_source import Mapping
from ingest.reading.source import Problem, identify

MakeMapping = Callable[..., Mapping]
Export = Callable[..., Path]
ReadRows = Callable[..., tuple[list[dict[str, Any]], list[Problem]]]

HEADER = "端末ID,設置場所,使用開始\n"

LOG = """
table = "lookup"
files = ["log*.csv"]
extent = "delta"
[constants]
system = "税務事務システム"
subject_space = "納税義務者番号"
[columns]
row_key = "通番"
time = { from = ["日", "時刻"] }
operator = "ID"
view = { from = "区分", codes = { 1 = "direct", 2 = "household", 9 = "search" } }
subject = { from = "対象", width = 9, when = { "区分" = ["1"] } }
household_id = { from = "対象", width = 12, when = { "区分" = ["2"] } }
via = { from = "経由", codes = { "福祉" = "総合福祉システム" } }
printed = { from = "枚数" }
"""


def test_a_row_is_typed_and_says_where_it_stands(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows
) -> None:
    rows, problems = read_rows(export(HEADER + "T01,　1階 ,H29.3.1\n"), [make_mapping()])
    assert problems == []
    assert rows == [
        {
            "terminal_id": "T01", "place": "1階", "section_id": "", "main_user": "", "valid_from": date(2017, 3, 1),
            "valid_to": None, "file": "term.csv", "line": 2, "source": "terminals",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "cell", "value"),
    [
        ("width = 7", "1410", "0001410"),
        ("width = 7", "０００１４１０", "0001410"),
        ("width = 7", "1410.0", "0001410"),
        ("width = 7", "0000001410", "0001410"),
        ("width = 7", "", ""),
        ("last = 10", "000000000100234", "0000100234"),
        ("last = 4, width = 6", "123456789", "006789"),
        ('strip = "M-", width = 7', "M-12", "0000012"),
        ('strip = ["M-", "S-"]', "S-A12", "A12"),
    ],
)
def test_ids_come_in_their_canonical_width(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows, options: str, cell: str, value: str
) -> None:
    found = make_mapping(columns=f'main_user = {{ from = "利用者", {options} }}')
    rows, problems = read_rows(export(f"端末ID,設置場所,使用開始,利用者\nT,,,{cell}\n"), [found])
    assert (rows[0]["main_user"], problems) == (value, [])


@pytest.mark.parametrize("cell", ["12345678", "1.2E+06", "abc"])
def test_an_id_that_fits_no_width_is_a_problem(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows, cell: str
) -> None:
    found = make_mapping(columns='main_user = { from = "利用者", width = 7 }')
    rows, problems = read_rows(export(f"端末ID,設置場所,使用開始,利用者\nT,,,{cell}\nU,,,7\n"), [found])
    assert [row["main_user"] for row in rows] == ["0000007"]
    assert problems == [Problem(line=2, column="利用者", reason="impossible_value", text=f"T,,,{cell}")]


@pytest.mark.parametrize(
    ("options", "cell", "value"),
    [
        ("inclusive = true", "2024-03-31", date(2024, 4, 1)),
        ("inclusive = false", "2024-03-31", date(2024, 3, 31)),
        ("inclusive = true", "9999-12-31", None),
        ("inclusive = true", "99999999", None),
        ("inclusive = true", "9999999", None),
        ("inclusive = true", "", None),
        ("inclusive = true, open = ['2999-12-31']", "2999-12-31", None),
        ("inclusive = true", "R6.3.00", date(2024, 4, 1)),
        ("inclusive = false", "R6.3.00", date(2024, 3, 1)),
        ("style = 'dmy'", "31/03/2024", date(2024, 3, 31)),
    ],
)
def test_the_end_of_validity(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows, options: str, cell: str, value: date | None
) -> None:
    found = make_mapping(columns=f'valid_to = {{ from = "終了", {options} }}')
    rows, problems = read_rows(export(f"端末ID,設置場所,使用開始,終了\nT,,,{cell}\n"), [found])
    assert ([row["valid_to"] for row in rows], problems) == ([value], [])


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("T01,1階", "設置場所", "truncated"),
        ("T01,1階,H29.3.1,more", "使用開始", "extra_columns"),
        ("T01,1階,20231131", "使用開始", "impossible_value"),
        ("T01,1階,soon", "使用開始", "impossible_value"),
        (",1階,H29.3.1", "端末ID", "no_key"),
    ],
)
def test_a_bad_row_is_a_problem_and_the_next_is_read(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows, row: str, column: str, reason: str
) -> None:
    rows, problems = read_rows(export(f"{HEADER}{row}\nT02,2階,H29.3.1\n"), [make_mapping()])
    assert [(found["terminal_id"], found["line"]) for found in rows] == [("T02", 3)]
    assert problems == [Problem(line=2, column=column, reason=reason, text=row)]


def test_undecodable_bytes_are_a_problem_with_their_text(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows
) -> None:
    good = (HEADER + "T01,町民課,H29.3.1\n").encode("cp932")
    rows, problems = read_rows(export(good + b"T02,\x92\xac\x8c,H29.3.1\n"), [make_mapping()])
    assert [row["terminal_id"] for row in rows] == ["T01"]
    assert problems == [Problem(line=3, column="設置場所", reason="undecodable", text="T02,町\\x8c,H29.3.1")]


def test_a_log_row_through_every_kind_of_rule(make_mapping: MakeMapping, export: Export, read_rows: ReadRows) -> None:
    text = (
        "通番,日,時刻,ID,区分,対象,経由,枚数\n"
        "1,20230405,94049,Z1,1,12345,,0\n"
        "2,20230405,094050,Z1,02,12345,福祉,1\n"
        "3,20230405,094051,Z1,9,,,\n"
        "4,20230405,094052,Z1,5,1,,\n"
    )
    rows, problems = read_rows(export(text, "log1.csv"), [make_mapping(LOG)])
    assert [(row["view"], row["subject"], row["household_id"], row["via"], row["printed"]) for row in rows] == [
        ("direct", "000012345", "", "", False),
        ("household", "", "000000012345", "総合福祉システム", True),
        ("search", "", "", "", False),
    ]
    assert rows[0]["time"] == datetime(2023, 4, 5, 9, 40, 49)
    assert {row["system"] for row in rows} == {"税務事務システム"}
    assert [(problem.line, problem.column, problem.reason) for problem in problems] == [(5, "区分", "unknown_code")]


def test_times_of_mixed_notation_are_read_one_by_one(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows
) -> None:
    text = "通番,日,時刻,ID,区分,対象,経由,枚数\n1,20230405094049,,Z1,9,,,\n2,R05.04.05,09:40:49,Z1,9,,,\n3,,,Z1,9,,,\n"
    rows, problems = read_rows(export(text, "log1.csv"), [make_mapping(LOG)])
    assert [row["time"] for row in rows] == [datetime(2023, 4, 5, 9, 40, 49)] * 2
    assert [(problem.line, problem.reason) for problem in problems] == [(4, "no_key")]


def test_a_header_in_other_width_and_brackets_is_the_same(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows
) -> None:
    rows, _ = read_rows(export("端末ＩＤ,(設置場所), 使用開始\nT01,1階,\n"), [make_mapping()])
    assert rows[0]["place"] == "1階"


def test_alternatives_and_optional_columns(make_mapping: MakeMapping, export: Export, read_rows: ReadRows) -> None:
    found = make_mapping(columns='section_id = "課|所属|部署"\nmain_user = { from = "主", optional = true }')
    rows, _ = read_rows(export("端末ID,設置場所,使用開始,所属\nT01,,,210\n"), [found])
    assert (rows[0]["section_id"], rows[0]["main_user"]) == ("210", "")


def test_lines_above_the_header_and_another_delimiter(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows
) -> None:
    found = make_mapping(more='skip = 1\ndelimiter = "\\t"')
    rows, _ = read_rows(export("端末一覧\n端末ID\t設置場所\t使用開始\nT01\t1階\t\n"), [found])
    assert [(row["terminal_id"], row["line"]) for row in rows] == [("T01", 3)]


def test_a_stated_encoding_is_not_second_guessed(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows
) -> None:
    path = export(HEADER + "T01,町民課,\n", encoding="euc_jp")
    assert identify(path, [make_mapping(more='encoding = "EUC-JP"')]).encoding.name == "EUC-JP"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "term.csv: the file is empty; expected a header in line 1"),
        (b"\xef\xbb\xbf\r\n", "term.csv: the file is empty; expected a header in line 1"),
        (b"\n<!DOCTYPE html><html></html>", "term.csv: line 1: this is a web page or XML, not a CSV export"),
        (b"PK\x03\x04....", "term.csv: line 1: this is an Excel workbook or a ZIP archive, not a CSV export"),
        (
            "端末ID,場所\n".encode(),
            "term.csv: line 1: read as UTF-8, the header lacks 設置場所、使用開始, which the mapping terminals needs",
        ),
    ],
)
def test_a_file_that_is_no_such_export_gets_one_sentence(
    make_mapping: MakeMapping, export: Export, data: bytes, sentence: str
) -> None:
    with pytest.raises(SourceError) as error:
        identify(export(data), [make_mapping()])
    assert str(error.value) == sentence


def test_a_wrong_encoding_is_told_from_the_header(make_mapping: MakeMapping, export: Export) -> None:
    with pytest.raises(SourceError, match=r"^term.csv: line 1: read as CP932, the header lacks 端末ID、設置場所"):
        identify(export(HEADER), [make_mapping(more='encoding = "CP932"')])


def test_a_bad_byte_in_the_header_of_an_unread_column_is_shown(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows
) -> None:
    data = HEADER.strip().encode("cp932") + b",\x8c\nT1,\x92\xac,H1.2.3,x\nT2,,,\x8c\n"
    rows, problems = read_rows(export(data), [make_mapping()])
    assert ([row["place"] for row in rows], [problem.column for problem in problems]) == (["町"], ["\\x8c"])


def test_a_file_no_mapping_knows(make_mapping: MakeMapping, export: Export) -> None:
    with pytest.raises(SourceError, match=r"^other.csv: line 1: neither its name nor its header fits any mapping$"):
        identify(export("a,b\n1,2\n", "other.csv"), [make_mapping()])


def test_a_file_is_known_by_header_words_whatever_its_name(make_mapping: MakeMapping, export: Export) -> None:
    found = make_mapping(more='header = ["端末ID", "使用開始"]')
    assert identify(export(HEADER, "2024.txt"), [found]).mapping.id == "terminals"


def test_a_towns_own_mapping_goes_before_a_built_in(make_mapping: MakeMapping, export: Export) -> None:
    own = make_mapping(change=('"term*.csv"', '"tanmatsu_*.csv"'))
    text = "端末ID,設置場所,所属コード,主使用者,使用開始日,使用終了日,使用開始\nT,,,,,,\n"
    assert identify(export(text, "tanmatsu_20240531.csv"), [*mapping.load(), own]).mapping.id == "terminals"


def test_reading_in_small_batches_changes_nothing(
    make_mapping: MakeMapping, export: Export, read_rows: ReadRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEADER + "".join(f"T{n},場所{n % 3},H{n % 40}.1.1\n" for n in range(50)) + "T99\n"
    whole = read_rows(export(text), [make_mapping()])
    monkeypatch.setattr("ingest.reading.records.PIECE", 5)
    assert read_rows(export(text), [make_mapping()]) == whole
    monkeypatch.setattr("ingest.reading.records.BATCH", 7)
    monkeypatch.setattr("ingest.reading.columns.MEMO_SIZE", 3)
    assert read_rows(export(text), [make_mapping()]) == whole
    assert len(whole[1]) == 3  # 平成0年 is no year, and the last row is cut off
