"""What shows nothing stands in no key (folder 12)."""

import unicodedata

import pyarrow as pa
import pytest

from japanese import kana, latin, names
from japanese.addresses import Towns
from japanese.invisible import BLANK, count_strange, visible, visible_column

FORMATS = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
SELECTORS = [*map(chr, range(0xFE00, 0xFE10)), "\U000e0100", "\U000e01ef", "\u180b", "\u034f"]


def test_every_format_character_is_left_out():
    assert [char for char in (*FORMATS, *SELECTORS) if visible(f"南{char}原") != "南原"] == []


HIDDEN = (
    "\u200b", "\u00ad", "\ufeff", "\u202e", "\u2066", "\u3164", "\uffa0", "\u115f", "\u2800", "\ufe0f", "\U000e0100",
    "\u00a0", "\u3000", "\u2009", "\x07",
)  # fmt: skip


@pytest.mark.parametrize("char", HIDDEN)
def test_no_key_of_a_name_or_an_address_holds_one(char):
    assert names.fold(f"南{char}原九郎") == "南原九郎"
    assert kana.strict(f"ミナミ{char}ハラ") == kana.strict("ミナミハラ")
    assert kana.loose(f"ミナミ{char}ハラ") == kana.loose("ミナミハラ")
    assert Towns(["川端町"]).parse(f"川{char}端町1{char}番地").key == "川端町-1"


def test_a_zero_width_space_parts_no_latin_word():
    assert latin.key("BRO\u200bWN EMI\u00adLY") == latin.key("Brown Emily")


@pytest.mark.parametrize("blank", BLANK)
def test_a_filler_between_surname_and_given_name_is_a_space(blank):
    assert names.split(f"南原{blank}九郎") == ("南原", "九郎")


def test_lines_drawn_under_a_kanji_are_no_part_of_it():
    assert names.fold("南\u0332原\u20dd") == "南原" and names.fold("か\u3099") == names.fold("が")


def test_selectors_of_glyphs_are_left_out_and_not_counted():
    cells = pa.array(["葛\U000e0100飾", "南\u200b原", "\u3164", "山田", ""])
    assert visible_column(cells).to_pylist() == ["葛飾", "南原", " ", "山田", ""]
    assert count_strange(cells) == 2
