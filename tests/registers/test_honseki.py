"""The key of a 戸籍 (K5)."""

import pytest

from ingest.registers.register_keys import key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青原県南沢郡椋川町本町一丁目１２番地", "椋川町本町1丁目12番地"),
        ("青原県深見市緑町３丁目１番地", "深見市緑町三丁目1番"),
        ("椋川町 川端町８番地の２", "椋川町川端町8-2"),
        ("椋川町大字北椋二十一番地", "椋川町北椋21番地"),
        ("椋川町北椋百廿番地の五", "椋川町北椋120番地5"),
        ("福島県郡山市本町\u200b1番地", "郡山市本町1番地"),
    ],
)
def test_spellings_of_one_place(one, other):
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("椋川町1番地", "深見市1番地"),
        ("椋川町1番地2", "椋川町12番地"),
        ("郡山市1番地", "山市1番地"),
        ("東京都府中市1番地", "広島県府中市1番地"),
    ],
)
def test_places_that_differ(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize("text", ["", "なし", "不明", "　"])
def test_no_place(text):
    assert key(text) == ""
