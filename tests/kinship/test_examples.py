"""The drawn rules say what the law says, by hand; the pictures in docs are those the program draws."""

import pytest

from graph.kinship.examples import AS_OF, EXAMPLES, Family
from graph.kinship.law import civil_degree, tense
from report.drawn import kinship

LAW = {  # rule: what the second is to the first, as (kind, degree, tense) with the closest first
    "C2": [("blood", 4, "current")],
    "C1": [("spouse", None, "current")],
    "A3": [("affinity", 3, "current")],
    "C8": [("tie", None, "current")],
    "A2": [("tie", None, "current")],
    "A4": [("affinity", 1, "current"), ("blood", 5, "current")],
    "A7": [("blood", 2, "current")],
    "C3": [],
    "A6": [("blood", 2, "current")],
    "C5": [("blood", 1, "former")],
    "C6": [("blood", 1, "former")],
    "C4": [("affinity", 1, "current")],
    "A9": [("affinity", 1, "former")],
    "A8": [],
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_an_example_says_what_the_law_says(example):
    found = {(r.kind, civil_degree(r), str(tense(r, AS_OF))) for r in Family(example).relations}
    assert found == set(LAW[example.rule])


def test_every_rule_is_drawn_once():
    assert [example.rule for example in EXAMPLES] == list(LAW)


def test_the_page_shows_what_the_program_draws():
    page = (kinship.DOCS / "kinship.md").read_text(encoding="utf-8")
    assert kinship.table() in page
    for number, example in enumerate(EXAMPLES, 1):
        drawn = kinship.DOCS / "images" / "kinship" / f"{number:02}-{example.rule}.svg"
        assert drawn.read_text(encoding="utf-8") == kinship.picture(example)
