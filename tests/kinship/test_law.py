"""Presets and the order of a pair's relations."""

import pytest

from graph.kinship import law
from graph.model import UNKNOWN_START, Relation


def relation(kind: str, up: int = -1, down: int = -1, **facts: str) -> Relation:
    """Give a relation of which only the numbers matter."""
    blank = {"side": "", "nature": "", "half": "", "grade": "registered", "label": ""}
    return Relation(
        start="a", end="b", kind=kind, up=up, down=down, valid_from=UNKNOWN_START, valid_to=None, path=("a", "b"),
        links=(), **(blank | facts),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "up", "down", "presets"),
    [
        ("self", None, None, "core 4 725"),
        ("spouse", None, None, "core 4 725"),
        ("de_facto", None, None, "core 4 725"),
        ("household", None, None, "core 4 725"),
        ("tie", 0, 1, ""),
        ("tie", None, None, ""),
        ("blood", 1, 0, "core 4 725"),
        ("blood", 0, 2, "core 4 725"),
        ("blood", 1, 1, "core 4 725"),
        ("blood", 2, 1, "4 725"),
        ("blood", 2, 2, "4 725"),
        ("blood", 0, 5, "core 725"),
        ("blood", 4, 1, "725"),
        ("blood", 3, 3, "725"),
        ("affinity", 1, 0, "4 725"),
        ("affinity", 2, 1, "4 725"),
    ],
)
def test_presets(kind, up, down, presets):
    assert [name for name in law.PRESETS if law.in_preset(name, kind, up, down)] == presets.split()


def test_the_closest_comes_first():
    closest_first = [
        (relation("self"), "current"),
        (relation("spouse"), "former"),
        (relation("de_facto"), "current"),
        (relation("blood", 0, 1, nature="birth"), "current"),
        (relation("blood", 0, 1, nature="adoptive"), "current"),
        (relation("affinity", 0, 1, nature="birth"), "current"),
        (relation("blood", 1, 0, nature="birth"), "former"),
        (relation("affinity", 1, 1, nature="birth"), "current"),
        (relation("blood", 2, 2, nature="birth", half="full"), "current"),
        (relation("blood", 2, 2, nature="birth", half="half"), "current"),
        (relation("tie"), "current"),
        (relation("household"), "current"),
    ]
    keys = [law.closeness(each, tense) for each, tense in closest_first]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_spouses_and_ties_have_no_degree():
    assert law.civil_degree(relation("blood", 2, 1)) == 3
    assert [law.civil_degree(relation(kind)) for kind in ("spouse", "household", "tie")] == [None, None, None]
