"""What `enkan zokugara` says of a term, against a table written by hand, and spellings (Z5–Z11)."""

import pytest

from ingest.drafting.zokugara_terms import describe
from words import Words

LINES = {
    "子の子": ("blood", 0, 2, "", "孫", "grandchild"),
    "父の父": ("blood", 2, 0, "", "父方の祖父", "paternal grandfather"),
    "兄の子": ("blood", 1, 2, "", "甥・姪", "nephew or niece"),
    "父の兄": ("blood", 2, 1, "", "父方の伯父", "paternal uncle"),
    "母の妹": ("blood", 2, 1, "", "母方の叔母", "maternal aunt"),
    "父の兄の子": ("blood", 2, 2, "", "父方のいとこ", "paternal first cousin"),
    "妻の父": ("affinity", 1, 0, "spouse", "配偶者の父", "spouse's father"),
    "子の妻": ("affinity", 0, 1, "relative", "子の妻", "wife of the child"),
    "父の妻": ("affinity", 1, 0, "relative", "父の妻", "wife of the father"),
    "妻の子": ("affinity", 0, 1, "spouse", "配偶者の子", "spouse's child"),
    "妻の弟": ("affinity", 1, 1, "spouse", "配偶者の弟", "spouse's younger brother"),
    "弟の妻": ("affinity", 1, 1, "relative", "弟の妻", "wife of the younger brother"),
    "子の子の夫": ("affinity", 0, 2, "relative", "孫の夫", "husband of the grandchild"),
    "妻の父の姉": ("affinity", 2, 1, "spouse", "配偶者の父方の伯母", "spouse's paternal aunt"),
    "妻の兄の子": ("affinity", 1, 2, "spouse", "配偶者の甥・姪", "spouse's nephew or niece"),
    "兄の子の妻": ("affinity", 1, 2, "relative", "甥・姪の妻", "wife of the nephew or niece"),
}


@pytest.mark.parametrize(("text", "line"), LINES.items())
def test_a_chain_has_the_line_and_the_words_of_the_table(text, line):
    found = describe(text)
    assert (found["kind"], found["up"], found["down"], found["side"], found["term_ja"], found["term_en"]) == line
    assert found["degree"] == line[1] + line[2] and found["problem"] is None


@pytest.mark.parametrize("text", ["妻の兄の妻", "子の妻の母", "兄の妻の父", "子の妻の子"])
def test_no_kin_in_law_is_a_tie_without_degree(text):
    found = describe(text)
    assert (found["kind"], found["degree"], found["needs_match"]) == ("tie", None, False)
    assert found["term_ja"] == text


@pytest.mark.parametrize("text", ["父の子", "子の父", "兄の母"])
def test_what_a_chain_cannot_tell_must_be_matched(text):
    found = describe(text)
    assert found["needs_match"] and found["degree"] is None


@pytest.mark.parametrize(
    ("text", "steps", "term"),
    [
        ("世帯主", ["世帯主"], "世帯主"),
        ("本人", ["世帯主"], "世帯主"),
        ("未届の妻", ["妻(未届)"], "事実婚の妻"),
        ("妻（未届）", ["妻(未届)"], "事実婚の妻"),
        ("長男", ["子"], "息子"),
        ("弐女", ["子"], "娘"),
        ("養女", ["子"], "養女"),
        ("養父", ["父"], "養父"),
        ("孫", ["子", "子"], "孫"),
        ("曾孫", ["子", "子", "子"], "曽孫"),
        ("伯父", ["親", "兄弟"], "伯父"),
        ("叔母", ["親", "姉妹"], "叔母"),
        ("甥", ["兄弟姉妹", "子"], "甥"),
        ("妻の姪", ["妻", "兄弟姉妹", "子"], "配偶者の姪"),
        ("連れ子", ["配偶者", "子"], "配偶者の子"),
        ("同居", ["同居人"], "同居人"),
        ("縁故", ["縁故者"], "縁故者"),
    ],
)
def test_spellings_and_everyday_words(text, steps, term):
    found = describe(text)
    assert (found["steps"], found["term_ja"], found["problem"]) == (steps, term, None)


@pytest.mark.parametrize("text", ["妻の姑", "XX", "子の子の子の子の子", "", "　"])
def test_what_is_no_term_is_a_sentence_in_either_language(text):
    japanese, english = describe(text), describe(text, Words("en"))
    assert japanese["kind"] == "none" and japanese["problem"] and english["problem"] != japanese["problem"]


def test_affinity_whose_side_is_not_said_has_a_word():
    found = describe("義兄")
    assert (found["degree"], found["side"], found["term_ja"]) == (2, "", "義兄")
    assert found["term_en"] == "elder brother by marriage (side not said)" and found["problem"] is None
