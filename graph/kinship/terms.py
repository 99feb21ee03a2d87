"""The words for a relation, in Japanese and English (T1–T4). Numbers come from the line, never from text."""

from collections.abc import Callable, Mapping

from graph.kinship import words_en, words_ja
from graph.kinship.seen import Seen, seen
from graph.model import Kind, Person, Relation

NAMES: dict[str, Callable[[Seen], str]] = {"ja": words_ja.name, "en": words_en.name}
STANDINGS: dict[str, Callable[[Kind, int | None], str]] = {"ja": words_ja.standing, "en": words_en.standing}


def term(relation: Relation, people: Mapping[str, Person], tense: str, lang: str) -> str:
    """Name a relation as its first person would, from the sexes and births of the people on its line.

    An uncle older than the father is 父方の伯父; unknown sex or order has a word too.
    """
    return NAMES[lang](seen(relation, people, tense))


def standing(kind: str, degree: int | None, lang: str) -> str:
    """Say what a relation is in law (T4).

    >>> standing("blood", 4, "ja"), standing("tie", None, "en")
    ('血族4親等', 'no kin in law')
    """
    return STANDINGS[lang](Kind(kind), degree)
