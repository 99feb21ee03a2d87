"""Kanji keys: spellings of one name are equal, different names are not (F12)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.folds import build
from japanese.names import FOLDS, NORM_VERSION, fold, folds, matches, pairs_of, split

SAME = (
    "髙橋 高橋", "髙﨑 高崎", "渡邊 渡邉", "渡邊 渡辺", "渡邉 渡辺", "齋藤 斉藤", "齊藤 斎藤", "斉藤 斎藤", "田渕 田淵",
    "渊上 淵上", "夀 寿", "壽 寿", "𠮷田 吉田", "𡈽屋 土屋", "圡屋 土屋", "𣘺本 橋本", "槗本 橋本", "濵田 浜田",
    "濱田 浜田", "嶋田 島田", "嶌田 島田", "嵜 崎", "碕 崎", "瀧川 滝川", "龍田 竜田", "冨田 富田", "籠 篭", "藪 薮",
    "籔 薮", "檜山 桧山", "曾根 曽根", "峯 峰", "舘 館", "柗田 松田", "桒原 桑原", "栁田 柳田", "桺田 柳田", "廣 広",
    "瀨 瀬", "德永 徳永", "惠美 恵美", "眞由美 真由美", "國男 国男", "凜 凛", "遙 遥", "堯 尭", "槇原 槙原",
    "邨田 村田", "關根 関根", "條 条", "彥 彦", "㐂一 喜一", "櫻井 桜井", "學 学", "靜香 静香", "昻 昂", "埜 野",
    "舩 船",
)  # fmt: skip
DIFFERENT = (
    "玉 王", "埼 崎", "﨑 埼", "渡部 渡辺", "弘 宏", "川 河", "士 土", "太 大", "巳 己", "己 已", "塙 橋", "塙 激",
    "宏 艶", "艶 親", "佐 尤", "津 祐", "昴 昂", "阪 坂", "村 邑", "芦 葦", "窪 久保", "未 末", "田 由", "皂 香",
)  # fmt: skip


@pytest.mark.parametrize("pair", SAME)
def test_two_spellings_of_one_name_have_one_key(pair: str) -> None:
    one, other = pair.split()
    assert fold(one) == fold(other)


@pytest.mark.parametrize("pair", DIFFERENT)
def test_different_names_keep_different_keys(pair: str) -> None:
    one, other = pair.split()
    assert fold(one) != fold(other)


def test_田渕_is_田淵_for_the_table_has_no_cycle() -> None:
    assert fold("田渕") == fold("田淵") == "田淵"


def test_夀_folds_to_the_end_of_its_chain() -> None:
    assert fold("夀") == "寿"


def test_no_closure_over_several_hops_merges_塙_and_橋() -> None:
    assert len({fold(character) for character in "塙橋激銚宏艶親佐尤津祐"}) == 11


@pytest.mark.parametrize("selector", ["\ufe00", "\U000e0100", "\U000e0101", "\u180b"])
def test_variation_selectors_are_stripped_before_the_look_up(selector: str) -> None:
    assert fold(f"渡邊{selector}") == "渡辺"
    assert fold(f"辻{selector}葛{selector}") == "辻葛"


def test_compatibility_ideographs_are_their_plain_form() -> None:
    assert fold("\ufa19\ufa1b\ufa10\uf9dc\ufa26") == "神福塚隆都"


def test_々_is_the_character_before_it() -> None:
    assert fold("佐々木") == fold("佐佐木") == "佐佐木"
    assert fold("代々木々") == "代代木木"
    assert fold("奈々々") == "奈奈奈"
    assert fold("々木") == "々木"


def test_the_key_has_no_white_space_of_any_kind() -> None:
    assert {fold(f"相馬{space}拓也") for space in ("", " ", "　", "\t", " \u2003 ")} == {"相馬拓也"}


def test_the_space_between_surname_and_given_name_survives_splitting() -> None:
    assert split("髙﨑　健一") == ("髙﨑", "健一")
    assert split("ＮＧＵＹＥＮ　ＶＡＮ　ＭＩＮＨ") == ("ＮＧＵＹＥＮ", "ＶＡＮ ＭＩＮＨ")
    assert split("相馬拓也") == ("相馬拓也", "")


@pytest.mark.parametrize("unreadable", ["\ue000", "\uf8ff", "\U000f0001", "〓", "?", "？", "\ufffd"])
def test_an_unreadable_character_stands_for_any_one(unreadable: str) -> None:
    key = fold(f"{unreadable}田健一")
    assert key == "〓田健一"
    assert matches(key, fold("髙田健一")) and matches(fold("髙田健一"), key)
    assert not matches(key, fold("田健一")) and not matches(key, fold("髙山健一"))


def test_without_a_wildcard_only_equal_keys_match() -> None:
    assert matches("高田", "高田") and not matches("高田", "高山")


@given(st.text(max_size=8))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_no_target_is_a_source() -> None:
    assert not [plain for plain in folds().values() if ord(plain) in folds()]


def test_every_row_is_one_character_to_one() -> None:
    assert len(folds()) > 9000
    assert {(len(variant), len(plain)) for variant, plain in pairs_of(FOLDS)} == {(1, 1)}


def test_the_header_tells_the_version_and_the_rows_are_as_built() -> None:
    lines = FOLDS.read_text(encoding="utf-8").splitlines(keepends=True)
    header = "".join(line for line in lines if line.startswith("#"))
    rows = "".join(line for line in lines if not line.startswith("#"))
    assert f"norm_version {NORM_VERSION}, sha256 of the rows {hashlib.sha256(rows.encode()).hexdigest()}" in header


def test_every_hand_entry_is_in_the_table_or_kept() -> None:
    hand = dict(pairs_of(build.HAND))
    assert {variant: fold(variant) for variant in hand} == hand


def test_chains_are_followed_and_a_character_folded_to_itself_is_kept() -> None:
    assert build.resolved({"夀": "壽", "壽": "寿", "皀": "皀"}) == {"夀": "寿", "壽": "寿"}


def test_a_cycle_fails_the_build() -> None:
    with pytest.raises(SystemExit, match="cycle"):
        build.resolved({"渕": "淵", "淵": "渕"})


def test_only_a_unique_plain_target_is_taken_and_the_first_source_wins() -> None:
    first, second = {"邉": ["辺"], "業": ["業"], "㐄": ["井", "牛"]}, {"邉": ["部"], "㐄": ["牛", "丑"], "竜": ["龍"]}
    ranked = (lambda c: first.get(c, ()), lambda c: second.get(c, ()))
    assert build.generated(ranked, frozenset("辺部牛丑井業竜龍")) == {"邉": "辺"}


def test_level_1_has_its_2965_characters() -> None:
    assert len(build.level_1()) == 2965
    assert {"亜", "腕", "崎"} <= build.level_1() and not {"弌", "﨑"} & build.level_1()
