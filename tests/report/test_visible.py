"""Whatever a name, a file name or a note holds: nothing hidden and nothing that steers reaches a reader (U2)."""

import csv
import io
import json
import unicodedata

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from report import output, xlsx
from words.visible import BLANKS, escape, visible

WRITTEN = [
    ("山田\x1b[31m太郎", "山田\\x1b[31m太郎"),
    ("山田\x07", "山田\\x07"),
    ("山\u202e田", "山\\u202e田"),
    ("山田\n太郎", "山田\\n太郎"),
    ("山\u200b田\u00ad", "山\\u200b田\\xad"),
    ("\u3164\u2800", "\\u3164\\u2800"),
    ("tan\udc8e.csv", "tan\\x8e.csv"),
    ("\U000e0041", "\\U000e0041"),
]
PLAIN = ["髙﨑　健一", "葛\U000e0100飾", "\ue000田", "O’Neil", "‐–—", "ﾔﾏﾀﾞ ﾀﾛｳ"]


@pytest.mark.parametrize(("text", "shown"), WRITTEN)
def test_what_is_not_seen_is_written_out_in_table_csv_html_and_workbook(text, shown):
    rows = [{"氏名": text}]
    assert output.as_table(rows).splitlines()[1] == shown
    (read,) = csv.DictReader(io.StringIO(output.as_csv(rows)))
    assert read["氏名"] in (shown, "'" + shown)
    assert escape(text) == shown
    assert cell_of(text) in (shown, "'" + shown)


def cell_of(text):
    """Write a text into a workbook as the report does, and read it again."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, xlsx.PLAIN) as book:
        xlsx._page(book, "x", [[text]], None)
    return openpyxl.load_workbook(buffer)["x"]["A1"].value


@pytest.mark.parametrize("text", PLAIN)
def test_letters_of_names_stay_as_they_are(text):
    assert visible(text) == text


def test_a_note_keeps_its_lines():
    assert visible("一\n二\u202e", lines=True) == "一\n二\\u202e"


@pytest.mark.parametrize("text", ["<b>x</b>", "a&b", '"'])
def test_markup_in_a_name_is_text(text):
    assert "<" not in escape(text).replace("&lt;", "") and escape(text) != text


def test_json_says_the_same_with_nothing_hidden():
    data = [{"氏名": text} for text, _ in WRITTEN]
    text = output.render(data, [], "json")
    assert json.loads(text) == data
    text.encode()
    assert not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs")]


@given(st.text(st.characters(), max_size=20))
def test_no_character_that_hides_or_steers_is_left(text):
    shown = visible(text)
    assert not [
        char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or char in BLANKS
    ]
    assert visible(shown) == shown


def test_every_control_and_format_character_is_written_out():
    codes = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert [char for char in codes if not visible(char).isascii()] == []
