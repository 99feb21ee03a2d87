"""The grammar of 続柄 (Z2, E1)."""

import pytest

from japanese.terms.zokugara import parse, unread


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


def test_a_blank_is_no_term_and_says_so_but_no_row_is_blamed_for_it():
    assert (parse("　").kind, parse("　").problem is None) == ("none", False)
    assert unread("", "") is None and unread("　", "") is None


# Z11: words that people wrote beside the standard.
WORDS = {
    "曾祖父": ("親の親の父", 3, 0, ""), "曽祖父": ("親の親の父", 3, 0, ""), "高祖父": ("親の親の親の父", 4, 0, ""),
    "大叔父": ("親の親の兄弟", 3, 1, ""), "大姪": ("兄弟姉妹の子の子", 1, 3, ""),
    "従姉": ("親の兄弟姉妹の子", 2, 2, ""),
    "再従兄弟": ("親の親の兄弟姉妹の子の子", 3, 3, ""), "はとこ": ("親の親の兄弟姉妹の子の子", 3, 3, ""),
    "従叔母": ("親の親の兄弟姉妹の子", 3, 2, ""), "孫娘": ("子の子", 0, 2, ""), "養孫": ("子の子", 0, 2, ""),
    "異母弟": ("弟", 1, 1, ""), "娘婿": ("子の夫", 0, 1, "relative"), "義理の母": ("配偶者の母", 1, 0, "spouse"),
    "聟": ("子の夫", 0, 1, "relative"), "第二女": ("子", 0, 1, ""),
}  # fmt: skip
# 07: a word that carries its own step says the one before it once more.
COMPOSED = {
    "長男の嫁": ("子の妻", 0, 1, "relative"), "弟の嫁": ("弟の妻", 1, 1, "relative"),
    "長女の婿": ("子の夫", 0, 1, "relative"), "妻の連れ子": ("妻の子", 0, 1, "spouse"),
    "孫の嫁": ("子の子の妻", 0, 2, "relative"), "甥の嫁": ("兄弟姉妹の子の妻", 1, 2, "relative"),
    "叔父の嫁": ("親の兄弟の妻", 2, 1, "relative"), "姪の聟": ("兄弟姉妹の子の夫", 1, 2, "relative"),
    "夫の連子": ("夫の子", 0, 1, "spouse"), "妻の継子": ("妻の子", 0, 1, "spouse"),
    "養子の嫁": ("子の妻", 0, 1, "relative"),
    "兄嫁": ("兄の妻", 1, 1, "relative"), "長男妻": ("子の妻", 0, 1, "relative"), "妻母": ("妻の母", 1, 0, "spouse"),
    "長男の養子": ("子の子", 0, 2, ""), "妻の伯父": ("妻の親の兄弟", 2, 1, "spouse"),
    "父の嫁": ("父の妻", 1, 0, "relative"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), (WORDS | COMPOSED).items())
def test_words_beside_the_standard(text, said):
    chain = parse(text)
    assert (chain.canonical, chain.up, chain.down, chain.side, chain.problem) == (*said, None)


@pytest.mark.parametrize(
    ("text", "canonical", "kind"),
    [
        ("事実上の妻", "妻(未届)", "de_facto"), ("妻(内縁)", "妻(未届)", "de_facto"), ("入夫", "夫", "spouse"),
        ("内縁の夫の連れ子", "夫(未届)の子", "tie"), ("嫁の連れ子", "子の妻の子", "tie"),
        ("長男の姑", "子の配偶者の母", "tie"),
    ],
)  # fmt: skip
def test_words_for_couples(text, canonical, kind):
    assert (parse(text).canonical, parse(text).kind, parse(text).problem) == (canonical, kind, None)


@pytest.mark.parametrize("text", ["婿養子", "二女の婿養子"])
def test_an_adopted_son_in_law_is_the_heads_child_and_a_childs_husband(text):
    assert (parse(text).steps, parse(text).also) == (("子",), "子の夫")


@pytest.mark.parametrize(
    ("text", "steps"), [("義兄", (1, 1)), ("義理の妹", (1, 1)), ("義叔母", (2, 1)), ("義娘", (0, 1))]
)
def test_affinity_whose_side_is_not_said(text, steps):
    chain = parse(text)
    assert (chain.kind, (chain.up, chain.down), chain.side, chain.problem) == ("affinity", steps, "", None)
    assert unread(text, "") is not None and unread(text, "妻の兄") is None


@pytest.mark.parametrize(
    "text",
    [
        "妻の姑",
        "夫の義父",
        "父の義母",
        "長男の連れ子",
        "長女の嫁",
        "弟の婿",
        "妻の嫁",
        "妻の義兄",
        "義弟の嫁",
        "いとこ違い",
    ],
)
def test_what_could_mean_this_or_that_is_a_problem(text):
    assert (parse(text).kind, parse(text).open, parse(text).problem is None) == ("none", True, False)
