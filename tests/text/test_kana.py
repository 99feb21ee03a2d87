"""Kana keys: one reading, one strict key; the loose key is weaker (F13)."""

import pytest

from japanese import kana


@pytest.mark.parametrize(("one", "other"), [("ｿｳﾏ ﾀｸﾔ", "そうま　たくや"), ("サト－", "サトー"), ("ﾊﾞ", "は゛")])
def test_one_reading_has_one_strict_key(one, other):
    assert kana.strict(one) == kana.strict(other)


def test_loose_kana_is_no_strict_equality():
    assert kana.strict("ミツコ") != kana.strict("ミヅコ")
    assert kana.loose("ミズコ") == kana.loose("ミヅコ")
