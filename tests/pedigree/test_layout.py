"""Where a pedigree puts people: rows, couples, gaps; whatever the data, it draws and ends."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.pedigree.layout import layout
from graph.pedigree.picture import CARD_HEIGHT, CARD_WIDTH, Picture
from tests.pedigree.conftest import read
from tests.pedigree.families import FAMILIES

SOUND = {name: family for name, family in FAMILIES.items() if name != "circles"}


def cards(picture: Picture) -> dict:
    """Give the cards by person."""
    return {card.person.person_id: card for card in picture.cards}


def overlapping(picture: Picture) -> list:
    """List cards that lie over each other."""
    return [
        (a.person.person_id, b.person.person_id)
        for a, b in combinations(picture.cards, 2)
        if abs(a.x - b.x) < CARD_WIDTH and abs(a.y - b.y) < CARD_HEIGHT
    ]


@pytest.mark.parametrize("name", FAMILIES)
def test_everybody_has_a_card_and_none_lies_over_another(draw, name):
    picture = draw(*FAMILIES[name])
    assert len(picture.cards) == len(FAMILIES[name][0].split(","))
    assert overlapping(picture) == []


@pytest.mark.parametrize("name", SOUND)
def test_children_stand_below_their_parents(draw, name):
    found = cards(draw(*SOUND[name]))
    for link in SOUND[name][1].split(","):
        upper, lower = link.split()[0].split(">")
        assert found[upper].y < found[lower].y


@pytest.mark.parametrize("name", SOUND)
def test_couples_stand_in_one_row(draw, name):
    found = cards(draw(*SOUND[name]))
    for link in SOUND[name][2].split(","):
        one, other = link.split()[0].split("=")
        assert found[one].y == found[other].y


@pytest.mark.parametrize("name", SOUND)
def test_no_line_runs_over_a_third_persons_card(draw, name):
    picture = draw(*SOUND[name])
    for line in picture.lines:
        for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
            for card in picture.cards:
                across = min(x1, x2) < card.x + CARD_WIDTH and card.x < max(x1, x2)
                along = min(y1, y2) < card.y + CARD_HEIGHT and card.y < max(y1, y2)
                assert not (across and along) and not (x1 == x2 and along and card.x < x1 < card.x + CARD_WIDTH)


def test_who_married_again_stands_between_the_spouses_in_order_of_time(draw):
    found = cards(draw(*FAMILIES["remarriage"]))
    assert found["前妻"].x < found["夫"].x < found["二人目"].x < found["後妻"].x


def test_in_laws_stand_just_above_their_children(draw):
    found = cards(draw(*FAMILIES["four generations"]))
    assert found["義父"].y == found["父"].y < found["妻"].y == found["義弟"].y


def test_children_of_a_couple_hang_from_one_line_and_the_adopted_from_another(draw):
    picture = draw(*FAMILIES["adoption"])
    descents = [line for line in picture.lines if line.type == "parent"]
    assert sorted((line.nature, line.marked) for line in descents) == [
        ("adoptive", False), ("birth", True), ("birth", True),
    ]  # fmt: skip


def test_the_marked_line_is_marked_and_comes_last(draw):
    picture = draw(*FAMILIES["four generations"])
    steps = {card.person.person_id: card.step for card in picture.cards if card.step >= 0}
    assert steps == {"本人": 0, "父": 1, "祖父": 2, "伯父": 3, "いとこ": 4, "いとこの妻": 5}
    assert [line.marked for line in picture.lines[-5:]] == [True] * 5
    assert not any(line.marked for line in picture.lines[:-5])


def test_an_ended_marriage_is_ended_and_its_children_are_not(draw):
    ended = [(line.type, line.ended) for line in draw("a, b, c", "a>c, b>c", "a=b 1990-2000").lines]
    assert sorted(ended) == [("marriage", True), ("parent", False)]


def test_strangers_to_the_picture_are_left_out(draw):
    assert draw("a, b", "a>b, z>a", "a=y").lines[0].type == "parent"
    assert len(draw("a, b", "a>b, z>a", "a=y").lines) == 1


def test_nobody_is_an_empty_picture(draw):
    assert draw("").cards == ()


def test_the_order_of_people_and_links_changes_nothing():
    people, parents, spouses, path = read(*FAMILIES["four generations"])
    expected = layout(people, parents, spouses, path)
    for seed in range(5):
        shuffled = [random.Random(seed).sample(part, len(part)) for part in (people, parents, spouses)]
        assert layout(*shuffled, path) == expected


def test_a_hundred_cards_are_laid_out(draw):
    people = ", ".join(f"p{i}" for i in range(100))
    parents = ", ".join(f"p{(i - 1) // 3}>p{i}" for i in range(1, 100))
    picture = draw(people, parents)
    assert len(picture.lines) == 99
    assert overlapping(picture) == []


names = st.sampled_from("abcdefgh")
pairs = st.lists(st.tuples(names, names), max_size=14)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(pairs, pairs)
def test_any_links_at_all_are_drawn(descent, couples):
    people, parents, spouses, _ = read(
        ",".join("abcdefgh"), ",".join(f"{a}>{b}" for a, b in descent), ",".join(f"{a}={b}" for a, b in couples)
    )
    picture = layout(people, parents, spouses, ["a", "b"])
    assert overlapping(picture) == []
    assert len([line for line in picture.lines if line.type == "marriage"]) == len(
        {tuple(sorted(pair)) for pair in couples if pair[0] != pair[1]}
    )
