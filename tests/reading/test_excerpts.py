"""Columns that are a part of a cell: replaced, cut, found by a pattern, chosen by how a text begins."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language import excerpts, values
from ingest.language.known_source import Mapping
from ingest.reading.source import Source, identify, read

MakeMapping = Callable[..., Mapping]


def read_as(mapping: Mapping, export: Callable[..., object], *cells: str) -> list[str]:
    """Give what the column `main_user` of a file with these cells is read as."""
    text = "端末ID,設置場所,使用開始,利用者,別名\n" + "".join(
        f"T{at},x,2019-04-01,{cell}\n" for at, cell in enumerate(cells)
    )
    source: Source = identify(export(text), [mapping])  # type: ignore[arg-type]
    return [row for chunk in read(source) for row in chunk.rows.column("main_user").to_pylist()]


CASES = [
    ('replace = { "〃" = "", "号" = "" }', "〃12号", "12"),
    ('replace = { "a" = "b", "b" = "c" }', "a", "c"),
    ('before = "（"', "課税係（本庁", "課税係"),
    ('before = "（"', "課税係", "課税係"),
    ('after = "]"', "[端末]CM01", "CM01"),
    ('after = "]"', "CM01", ""),
    ('after = "]", before = "/"', "[端末] CM01 /本庁/2階", "CM01"),
    (r"pattern = '-(\d+)号'", "R5受付-000123号", "000123"),
    (r"pattern = '\d+'", "R5受付-000123号", "5"),
    (r"pattern = '-(\d+)号'", "なし", ""),
    ('codes = { "20" = "甲", "2001" = "乙" }, codes_by = "prefix"', "200199", "乙"),
    ('codes = { "20" = "甲", "2001" = "乙" }, codes_by = "prefix"', "２０９", "甲"),
    ('codes = { "01" = "甲", "1" = "乙" }, codes_by = "prefix"', "0123", "甲"),
    (r"codes = { 'KZ\d+' = '課税', 'K.*' = '他' }, codes_by = 'pattern'", "KZ0417", "課税"),
    (r"codes = { 'KZ\d+' = '課税', 'K.*' = '他' }, codes_by = 'pattern'", "KZ0417x", "他"),
    ('codes = { "9" = "甲" }, codes_by = "prefix", otherwise = "丙"', "1", "丙"),
    ('after = "-", width = 4', "R5-12", "0012"),
]


@pytest.mark.parametrize(("options", "cell", "value"), CASES)
def test_a_column_is_a_part_of_a_cell(
    make_mapping: MakeMapping, export: Callable[..., object], options: str, cell: str, value: str
) -> None:
    mapping = make_mapping(columns=f'main_user = {{ from = "利用者", {options} }}')
    assert read_as(mapping, export, f"{cell},", ",") == [value, "丙" if "otherwise" in options else ""]


def test_of_several_columns_the_first_that_is_not_empty_counts(
    make_mapping: MakeMapping, export: Callable[..., object]
) -> None:
    mapping = make_mapping(columns='main_user = { from = ["別名", "利用者"], first = true }')
    assert read_as(mapping, export, "甲,乙", "甲,", "甲,　", ",") == ["乙", "甲", "甲", ""]


def test_a_code_that_begins_like_none_is_quarantined(make_mapping: MakeMapping, export: Callable[..., object]) -> None:
    mapping = make_mapping(columns='main_user = { from = "利用者", codes = { "9" = "甲" }, codes_by = "prefix" }')
    source: Source = identify(export("端末ID,設置場所,使用開始,利用者\nT1,x,2019-04-01,81\n"), [mapping])  # type: ignore[arg-type]
    assert [problem.reason for chunk in read(source) for problem in chunk.problems] == ["unknown_code"]


def test_no_pattern_takes_longer_than_its_text_is_long() -> None:
    """A pattern that other engines try in 2^n ways; ten times the text in at most some thirty times the time."""

    def seconds(length: int) -> float:
        begun = time.process_time()
        for _ in range(20):
            assert excerpts.matched("(a+)+$", "a" * length + "b") == ""
        return time.process_time() - begun

    seconds(1000)
    assert seconds(100_000) < 30 * max(seconds(10_000), 0.001)


@given(st.text(max_size=30), st.text(min_size=1, max_size=3), st.text(min_size=1, max_size=3))
def test_between_is_a_part_of_the_text(text: str, after: str, before: str) -> None:
    rule = values.Rule(column=None, after=after, before=before)  # type: ignore[arg-type]
    assert excerpts.excerpt(rule, text) in text
