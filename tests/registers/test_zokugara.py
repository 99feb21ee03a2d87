"""The grammar of 続柄 (§2, §3.1)."""

import pytest

from ingest.zokugara import parse


@pytest.mark.parametrize(
    ("text", "kind", "up", "down", "side"),
    [
        ("子の子", "blood", 0, 2, ""), ("父の父", "blood", 2, 0, ""), ("兄の子", "blood", 1, 2, ""),
        ("父の兄", "blood", 2, 1, ""), ("父の兄の子", "blood", 2, 2, ""), ("父の父の弟の子", "blood", 3, 2, ""),
        ("妻の父", "affinity", 1, 0, "spouse"), ("子の妻", "affinity", 0, 1, "relative"),
        ("父の妻", "affinity", 1, 0, "relative"), ("妻の子", "affinity", 0, 1, "spouse"),
        ("妻の弟", "affinity", 1, 1, "spouse"), ("弟の妻", "affinity", 1, 1, "relative"),
        ("妻の父の姉", "affinity", 2, 1, "spouse"), ("兄の子の妻", "affinity", 1, 2, "relative"),
        ("妻", "spouse", None, None, ""), ("夫(未届)", "de_facto", None, None, ""), ("世帯主", "self", None, None, ""),
        ("同居人", "household", None, None, ""), ("縁故者", "tie", None, None, ""),
    ],
)  # fmt: skip
def test_chains_of_the_table(text, kind, up, down, side):
    chain = parse(text)
    assert (chain.kind, chain.up, chain.down, chain.side, chain.problem) == (kind, up, down, side, None)


@pytest.mark.parametrize(
    "text", ["妻の兄の妻", "子の妻の母", "兄の妻の父", "子の妻の子", "妻(未届)の子", "妻の父の父の弟"]
)
def test_a_marriage_in_the_middle_or_at_both_ends_or_too_far_is_no_kin(text):
    assert (parse(text).kind, parse(text).degree, parse(text).needs_match) == ("tie", None, False)


@pytest.mark.parametrize("text", ["子の父", "兄の母", "父の子", "子の兄"])
def test_up_after_down_must_be_matched(text):
    assert parse(text).needs_match


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("妻（未届）", "妻(未届)"), ("未届の妻", "妻(未届)"), ("未届の妻の子", "妻(未届)の子"), ("長男", "子"),
        ("弐男", "子"),
        ("２男", "子"), ("養子", "子"), ("孫", "子の子"), ("嫁", "子の妻"), ("長男の妻", "子の妻"), ("継母", "父の妻"),
        ("本人", "世帯主"), ("同居", "同居人"), ("縁故", "縁故者"), (" 子 の 妻 ", "子の妻"),
    ],
)  # fmt: skip
def test_old_spellings(text, canonical):
    assert (parse(text).canonical, parse(text).problem) == (canonical, None)


def test_the_child_in_law_who_is_also_adopted():
    chain = parse("子（子の夫）")
    assert (chain.steps, chain.also, chain.degree) == (("子",), "子の夫", 1)


@pytest.mark.parametrize("text", ["準世帯主", "子の子の子の子の子", "妻の猫"])
def test_what_is_no_relation_says_so(text):
    assert (parse(text).kind, parse(text).problem is None) == ("none", False)


def test_a_blank_is_nothing_to_complain_about():
    assert (parse("　").kind, parse("　").problem) == ("none", None)
