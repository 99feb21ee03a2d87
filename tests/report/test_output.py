"""Plain output: no spreadsheet runs a cell, full width counts twice, files are whole or absent."""

import csv
import io

import pytest

from graph.errors import ConfigError
from report import output
from words.visible import visible


@pytest.mark.parametrize("text", ["=1+1", "+81", "-x", "@a", "\tx", "＝1", "＋1", "－1", "＠a", "\nx"])
def test_a_cell_that_a_spreadsheet_would_run_gets_a_quote(text):
    assert output.safe_cell(text) == "'" + visible(text)


@pytest.mark.parametrize(("value", "cell"), [(-1, "-1"), (2.5, "2.5"), (None, ""), ("元妻", "元妻")])
def test_numbers_and_plain_words_stay(value, cell):
    assert output.safe_cell(value) == cell


def test_csv_survives_quotes_and_commas():
    rows = [{"氏名": '山田,"花子"', "備考": "一行目、二行目"}]
    assert list(csv.DictReader(io.StringIO(output.as_csv(rows)))) == rows


def test_a_table_aligns_full_width_text():
    lines = output.as_table([{"氏名": "山田", "x": "1"}, {"氏名": "abcdef", "x": "2"}]).splitlines()
    assert lines == ["氏名    x", "山田    1", "abcdef  2"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    output.write("一\n", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "一\n"
    with pytest.raises(ConfigError, match="cannot be written"):
        output.write("x", tmp_path / "none" / "out.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]
