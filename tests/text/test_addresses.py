"""Addresses: however an address is written it has one key, and unknown is not outside (F15)."""

import pytest

from ingest.reading.towns import home
from japanese.addresses import Towns

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


def test_the_longest_town_wins_with_or_without_its_大字():
    towns = Towns(["大", "本町", "本町通"])
    written = ("大字本町3番地", "本町3番地", "字本町通3番地", "大3番地")
    assert [towns.parse(text).town for text in written] == ["本町", "本町", "本町通", "大"]


def test_a_town_name_may_be_long():
    town = "今出川通千本東入下る上る西入北入南入一筋目半丁目先通称長屋前町"
    assert Towns([town]).parse(f"{town}12番地").key == f"{town}-12"


OWN = Towns(
    ["永田町三丁目", "九条一丁目", "三条町", "四ツ谷一丁目", "八丁堀", "千日前二丁目", "本町", "霞ヶ関二丁目", "丸の内"]
)


@pytest.mark.parametrize(
    ("kanji", "digits"),
    [
        ("永田町三丁目十八番十二号", "永田町3-18-12"),
        ("九条一丁目二番三号", "九条1-2-3"),
        ("千日前二丁目三番地ノ四", "千日前2-3-4"),
        ("三条町五番地の二十", "三条町5-20"),
        ("八丁堀一二三番地", "八丁堀123"),
        ("八丁堀百二十三番地", "八丁堀123"),
        ("本町二〇番地廿一号", "本町20-21"),
        ("本町卅番", "本町30"),
        ("本町二番三号千代田荘二〇一号室", "本町2-3千代田荘201"),
        ("四ッ谷一丁目二十番", "四ツ谷1-20"),
        ("霞が関二丁目三番", "霞ヶ関2-3"),
        ("霞ガ関２丁目３番", "霞ケ関2-3"),
        ("丸ノ内十番", "丸の内10"),
        ("〒100-0014 永田町三丁目一番", "永田町3-1"),
    ],
)
def test_kanji_numerals_are_the_numbers_they_stand_for(kanji, digits):
    """Folder 14."""
    one, other = OWN.parse(kanji), OWN.parse(digits)
    assert one == other and one.place == "city" and one.key.count("-") >= 1


def test_the_register_may_write_its_numbers_in_kanji_too():
    assert OWN.register("永田町三丁目", "十八番十二号", "") == OWN.parse("永田町3-18-12")


@pytest.mark.parametrize("text", ["本町三十二十番", "本町十〇番"])
def test_what_is_no_number_is_not_guessed(text):
    assert OWN.parse(text).key == "本町"


FAR = Towns(["本町一丁目", "川端町ロ", "烏丸通寺之内上る東入相国寺門前町", "下村町"])
UNSEEN = (
    "川ばた町ロ15番地", "元本町3番地4", "京都市上京区相国寺門前町647番地", "川ばた町字東3", "古市場2-3", "しも村町12",
    "下村2", "さかえ町東3-5", "本町通り3",
)  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN)
def test_one_s_own_town_in_another_spelling_is_unknown(text):
    """Folder 13: outside comes from a recognised other municipality."""
    assert FAR.parse(text).place == "unknown"
    assert FAR.parse(text).town == ""


@pytest.mark.parametrize(
    "text", ["川ばた町ロ15番地", "青原県南沢郡椋川町川ばた町15", "椋川町旧本町3", "椋川町字本丁3", "椋川町"]
)
def test_under_the_own_name_it_is_never_outside(text):
    assert Towns(["川端町"], "椋川町", "青原県").parse(text).place in ("unknown", "city")


OTHERS = (
    "深見市緑町6-3-20", "東京都練馬区桜台3-1", "千葉県安房郡鋸南町下佐久間1", "南沢郡深見町大字緑3",
    "武蔵村山市本町1", "大阪市北区梅田3-1", "名古屋市中村区名駅1-1", "北区王子1-2", "東京都千代田区",
    "廿日市市下平良1", "郡山市朝日1-23",
)  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_a_real_other_municipality_stays_outside(text):
    assert TOWNS.parse(text).place == "outside"


def test_two_municipalities_of_one_name_are_two():
    """Towns of one name in two prefectures are two."""
    keys = {TOWNS.parse(f"{head}府中市本町1-2-3").key for head in ("東京都", "広島県")}
    assert len(keys) == 2
    assert TOWNS.parse("大阪府深見市緑町1").key == TOWNS.parse("深見市緑町1").key
    ours = Towns(["本町"], "府中市", "東京都")
    assert [ours.parse(f"{head}府中市本町1").place for head in ("", "東京都", "広島県")] == ["city", "city", "outside"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("東京都府中市本町1", ("府中市", "東京都")),
        ("福島県郡山市本町1", ("郡山市", "福島県")),
        ("太宰府市本町1", ("太宰府市", "")),
    ],
)
def test_the_own_name_is_heard_whole(text, name):
    assert home([text], ["本町"]) == name
