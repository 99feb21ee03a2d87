"""Addresses: however an address is written it has one key, and unknown is not outside (identity reference §3.4, §8)."""

import pytest

from ingest.text.addresses import Towns

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
