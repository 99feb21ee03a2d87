"""Names, kana and addresses: equal keys for one name, different keys for two (identity reference §8)."""

import pytest

from ingest.text import kana
from ingest.text.addresses import Towns
from ingest.text.names import fold, split


@pytest.mark.parametrize(
    ("one", "other"),
    [("髙﨑", "高崎"), ("渡邊", "渡邉"), ("渡邊", "渡辺"), ("佐々木", "佐佐木"), ("田渕", "田淵"), ("夀", "寿"),
     ("𠮷田", "吉田"), ("辻\U000e0100", "辻"), ("神", "神"), ("齋藤", "斉藤"), ("相馬　拓也", "相馬拓也")],
)  # fmt: skip
def test_variants_fold_to_one_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("埼", "崎"), ("渡部", "渡辺"), ("弘", "宏"), ("士", "土"), ("塙", "橋")])
def test_different_kanji_stay_different(one, other):
    assert fold(one) != fold(other)


def test_no_fold_ends_on_a_folded_character():
    from ingest.text.names import _folds

    assert not [chr(source) for source, target in _folds().items() if ord(target) in _folds()]


def test_splitting_keeps_the_given_name():
    assert split("ＮＧＵＹＥＮ　ＶＡＮ　ＭＩＮＨ") == ("ＮＧＵＹＥＮ", "ＶＡＮ ＭＩＮＨ")


@pytest.mark.parametrize(("one", "other"), [("ｿｳﾏ ﾀｸﾔ", "そうま　たくや"), ("サト－", "サトー"), ("ﾊﾞ", "は゛")])
def test_one_reading_has_one_strict_key(one, other):
    assert kana.strict(one) == kana.strict(other)


def test_loose_kana_is_no_strict_equality():
    assert kana.strict("ミツコ") != kana.strict("ミヅコ")
    assert kana.loose("ミズコ") == kana.loose("ミヅコ")


TOWNS = Towns(["本町一丁目", "本町二丁目", "三軒屋", "十日市", "大字北椋"], "椋川町")


@pytest.mark.parametrize(
    "text",
    ["椋川町本町一丁目14番5号", "青原県南沢郡椋川町本町1丁目14-5", "本町１－１４－５", "椋川町本町一丁目１４の５"],
)
def test_four_ways_to_write_one_address(text):
    assert TOWNS.parse(text).key == "本町1丁目-14-5"


def test_towns_that_begin_with_a_numeral():
    assert TOWNS.parse("椋川町三軒屋18-1").block == "三軒屋18"
    assert TOWNS.parse("椋川町十日市40番地").block == "十日市40"


@pytest.mark.parametrize(
    ("text", "place"), [("深見市緑町6-3-20", "outside"), ("", "unknown"), ("寮", "unknown"), ("椋川町新開地2", "city")]
)
def test_unknown_is_not_outside(text, place):
    assert TOWNS.parse(text).place == place


def test_the_register_and_the_staff_file_give_one_key():
    assert TOWNS.register("大字北椋", "205番地3", "").key == TOWNS.parse("椋川町大字北椋205-3").key
