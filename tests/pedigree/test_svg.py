"""The drawing: well-formed, named for screen readers, escaped, and honest about what is not known."""

from xml.etree import ElementTree

import pytest

from graph.pedigree.svg import svg
from tests.pedigree.families import FAMILIES
from words import Words

SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture, lang="ja", **options):
    """Parse a drawing."""
    return ElementTree.fromstring(svg(picture, Words(lang), **options))


def card(root, person):
    """Give one person's group."""
    return root.find(f"{SVG}g[@data-person='{person}']")


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_is_drawn_with_a_named_card_each(draw, name):
    picture = draw(*FAMILIES[name])
    root = drawn(picture)
    groups = root.findall(f"{SVG}g")
    assert [group.get("data-person") for group in groups] == [card.person.person_id for card in picture.cards]
    assert all(group.get("tabindex") == "0" and group.get("aria-label") for group in groups)
    assert root.get("role") == "group"


def test_the_title_tells_the_line_in_words(draw):
    root = drawn(draw(*FAMILIES["cousin marriage"]))
    assert root.find(f"{SVG}title").text == "家系図: 経路 夫 → 父 → 祖父 → 叔母 → 妻"


def test_cards_say_sex_year_and_place_on_the_line(draw):
    root = drawn(draw(*FAMILIES["half-siblings"]), "en")
    assert card(root, "甲").get("aria-label") == "甲, b. 1980, male, on the line"
    assert card(root, "甲").get("class") == "card M path"
    assert card(root, "母").get("class") == "card F"
    assert [text.text for text in card(root, "母").findall(f"{SVG}text")] == ["母", "b. 1950"]


def test_a_placeholder_is_named_as_one_and_never_by_its_id(draw):
    picture = draw(*FAMILIES["half-siblings"])
    assert [text.text for text in card(drawn(picture), "名無し").findall(f"{SVG}text")] == ["氏名不明の親"]
    assert "parent, name unknown" in svg(picture, Words("en"))
    assert ">名無し<" not in svg(picture)


def test_the_dead_have_both_years(draw):
    assert "1925–2001年" in svg(draw(*FAMILIES["four generations"]))


def test_names_are_escaped(draw):
    text = svg(draw("<b>&\"':M1950"))
    assert "<b>" not in text
    assert [group.get("data-person") for group in ElementTree.fromstring(text).findall(f"{SVG}g")] == ["<b>&\"'"]


def test_those_who_live_together_have_one_stripe_and_who_lives_alone_none(draw):
    picture = draw("a, b, c, d", "a>b, a>c")
    root = drawn(picture, households={"a": "h1", "b": "h1", "c": "h2", "d": "h3", "z": "h2"})
    fills = {who: [r.get("fill") for r in card(root, who).findall(f"{SVG}rect") if r.get("fill")] for who in "abcd"}
    assert fills["a"] == fills["b"] != []
    assert fills["c"] == fills["d"] == []
    assert "同じ世帯" in svg(picture, households={"a": "h1", "b": "h1"})
    assert "同じ世帯" not in svg(picture)


def test_strokes_say_grade_and_end_and_the_legend_explains_those_that_occur(draw):
    text = svg(draw("a, b, c", "a>c, b>c", "a=b 1990-2000"))
    assert 'class="tie marriage stated ended"' in text
    assert 'class="tie parent registered"' in text
    assert "終了した関係" in text
    assert "推定" not in text


def test_adoption_is_written_at_the_child(draw):
    assert svg(draw(*FAMILIES["adoption"])).count(">養</text>") == 1


def test_long_names_are_squeezed_into_their_card(draw):
    text = svg(draw("ナショナルユナイテッドの長い名前:M1980, 甲"))
    assert text.count("textLength") == 1


def test_a_picture_fetches_nothing(draw):
    text = svg(draw(*FAMILIES["four generations"])).replace("http://www.w3.org/2000/svg", "")
    assert "http" not in text
    assert "url(" not in text
    assert "<script" not in text


def test_a_de_facto_marriage_is_written_between_the_two(draw):
    picture = draw("a, b", "", "a=b de_facto")
    (line,) = picture.lines
    (note,) = [text for text in drawn(picture).findall(f"{SVG}text") if text.text == "未届"]
    assert line.points[0][0] < float(note.get("x")) < line.points[1][0]
