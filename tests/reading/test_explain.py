"""How one file would be read, before it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import SourceError
from ingest.drafting.preview import explain, rows
from ingest.language.known_source import Mapping
from words import Said, Words, both


def test_it_says_what_each_column_becomes_and_what_nobody_reads(
    make_mapping: Callable[..., Mapping], export: Callable[..., Path]
) -> None:
    found = make_mapping(columns='main_user = { from = "利用者", width = 7 }')
    path = export("端末ID,設置場所,使用開始,利用者,IP\nT1,,,12,x\nT2,,\n", encoding="cp932")
    told = explain(path, [found])
    assert (told.source, told.table, told.encoding, told.extent) == ("terminals", "terminal", "CP932", "full")
    assert (told.rows, told.readable, told.reasons) == (2, 1, {"truncated": 1})
    assert told.unread == ("IP",)
    user = told.columns[-1]
    assert (user.column, user.read_from, both(user.how)) == (
        "main_user",
        ("利用者",),
        Said("filled with zeros to 7 digits", "7桁に0で埋める"),
    )
    assert [(problem.line, problem.reason) for problem in told.examples] == [(3, "truncated")]
    table = [tuple(row.values()) for row in rows(told, Words("en"))]
    assert table[0] == ("file", "term.csv", "terminals → terminal", "CP932, full: 1 of 2 rows can be read")
    assert table[-3:] == [
        ("", "IP", "", "not read"),
        ("line 3", "使用開始", "truncated", "T2,,"),
        ("line 2", "", "kept as", "terminal_id=T1 main_user=0000012"),
    ]
    assert told.typed == ({"line": "2", "terminal_id": "T1", "main_user": "0000012"},)


def test_it_shows_the_first_ten_rows_as_they_would_be_kept(
    make_mapping: Callable[..., Mapping], export: Callable[..., Path]
) -> None:
    lines = "".join(f"T{n},本庁,H29.3.1\n" for n in range(12))
    told = explain(export("端末ID,設置場所,使用開始\n" + lines), [make_mapping()])
    assert [row["terminal_id"] for row in told.typed] == [f"T{n}" for n in range(10)]
    assert told.typed[0]["valid_from"] == "2017-03-01"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none.csv: no such file$"):
        explain(tmp_path / "none.csv", [])
