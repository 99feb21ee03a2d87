"""`enkan normalise`: one text of each kind, read as the registers are read (interface: normalise)."""

from pathlib import Path

import pytest

from graph.errors import ConfigError
from ingest.drafting.normalise import SHAPE, normalise

STYLES = (
    "大阪府緑市柳町一丁目2番3号", "緑市柳町1-2-3", "柳町１丁目２番３号", "緑市柳町１－２－３", "柳町1の2の3",
    "大字柳町一丁目2番3号",
)  # fmt: skip


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    path = tmp_path / "towns.txt"
    path.write_bytes("柳町一丁目\r\n本町\r\n".encode("cp932"))
    return path


def test_every_kind_has_the_shape_of_the_interface(towns):
    for kind in ("name", "kana", "date"):
        assert tuple(normalise(kind, ["髙橋"])[0]) == SHAPE
    assert tuple(normalise("address", ["柳町一丁目2"], towns)[0]) == (*SHAPE, "place")


def test_two_spellings_of_a_name_have_one_key():
    one, other = normalise("name", ["髙橋　一郎", "高橋一郎"])
    assert one["key"] == other["key"] == "高橋一郎"


def test_a_private_use_character_is_warned_of():
    found = normalise("name", ["\ue001田"])[0]
    assert found["key"] == "〓田" and found["warnings"]


def test_names_in_latin_letters_agree_in_any_order():
    one, other = normalise("name", ["NGUYỄN, Van An", "An Van Nguyen"])
    assert one["key"] == other["key"]


def test_kana_has_a_strict_and_a_loose_key():
    mori, mouri = normalise("kana", ["ﾓﾘ", "もうり"])
    assert (mori["key"], mouri["key"]) == ("モリ", "モウリ")
    assert mori["loose_key"] == mouri["loose_key"] == "モリ"


def test_an_impossible_date_is_an_interval_with_a_warning():
    found = normalise("date", ["平成3年2月29日"])[0]
    assert (found["value"], found["earliest"], found["latest"]) == (None, "1991-02-28", "1991-03-01")
    assert found["precision"] == "M" and found["warnings"]


def test_six_styles_of_one_address_have_one_key(towns):
    found = normalise("address", STYLES, towns)
    assert {(row["key"], row["place"]) for row in found} == {("柳町1丁目-2-3", "city")}


def test_another_municipality_is_outside_and_nonsense_is_unknown(towns):
    outside, unknown = normalise("address", ["東京都千代田区丸の内1-1-1", "不明"], towns)
    assert (outside["place"], unknown["place"]) == ("outside", "unknown")


def test_part_of_a_designated_city_is_the_city_too(towns):
    whole, ward = normalise("address", ["大阪市北区本町2-3", "北区本町2-3"], towns)
    assert whole["key"] == ward["key"] and ward["place"] == "city"


def test_without_a_town_list_the_reader_is_told(tmp_path):
    assert normalise("address", ["柳町1-2"])[0]["warnings"]
    with pytest.raises(ConfigError, match=r"nowhere\.txt"):
        normalise("address", ["柳町1-2"], tmp_path / "nowhere.txt")
