"""A reader's words: a text by its key, its figures filled in, nothing guessed."""

import pytest

from words import Message, Said, Words, both

JA, EN = Words("ja"), Words("en")


def test_a_text_is_in_the_language_that_was_opened():
    assert (JA.say("report.period"), EN.say("report.period")) == ("対象期間", "Period examined")


def test_a_language_that_nobody_wrote_is_an_error():
    with pytest.raises(LookupError, match="ja and en, not in fr"):
        Words("fr")


def test_figures_are_filled_in_as_the_text_says():
    place = {"after": 3, "before": 1900, "missing": 1896}
    assert EN.say("delivery.serials_place", **place) == "3–1900 (1,896)"


def test_a_key_that_is_not_there_is_an_error_and_no_blank():
    for key in ("report.periode", "raport.period"):
        with pytest.raises(LookupError, match=f"the catalogue has no {key}"):
            JA.say(key)


def test_a_figure_that_lacks_is_an_error():
    with pytest.raises(LookupError, match=r"decision\.lookups of the catalogue needs count"):
        JA.say("decision.lookups")


def test_a_code_in_a_text_is_worded_with_the_figures_around_it():
    told = Message("score.factor.closeness", {"rule": "R1", "tie": "affinity", "degree": 3})
    assert both(told) == Said(en="R1: the record of kin by marriage of degree 3", ja="R1 3親等の姻族の記録")


def test_a_code_that_has_no_word_stands_as_it_is():
    assert (
        JA.of("report.template", "assignment") == "担当" and JA.of("report.template", "own template") == "own template"
    )


def test_what_a_list_holds_is_told_part_by_part():
    open_ = [Message("person.candidate", {"person": person, "p": 0.5}) for person in "12"]
    told = Message("person.open", {"staff": "7", "candidates": open_})
    assert "(1 (p 0.50)、2 (p 0.50))" in JA.tell(told) and "(1 (p 0.50), 2 (p 0.50))" in EN.tell(told)


def test_a_length_of_time_has_no_commas():
    parts = [Message("delivery.clock.minutes", {"count": 1}), Message("delivery.clock.seconds", {"count": 15})]
    figures = {"system": "税", "via": "住記", "rows": 1, "length": parts}
    assert "1分15秒進んで" in JA.say("delivery.clock.ahead", **figures)
    assert "1 min 15 s after" in EN.say("delivery.clock.ahead", **figures)


def test_what_a_figure_says_is_not_read_as_a_text():
    assert JA.say("delivery.file.not_taken", reason="{by} {0}") == "受け入れなかったファイル: {by} {0}"


def test_an_error_s_sentence_inside_another_is_in_the_same_language():
    assert EN.say("delivery.file.taken", reason=Said(en="too short", ja="短い")) == "Taken all the same: too short"
