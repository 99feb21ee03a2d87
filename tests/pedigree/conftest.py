"""Families to draw, written as short text."""

from collections.abc import Callable
from datetime import date

import pytest

from graph.model import UNKNOWN_START, ParentLink, Person, SpouseLink
from graph.pedigree.layout import layout
from graph.pedigree.picture import Picture


def _person(name: str) -> Person:
    """Read `id`, `id:M1954` or `id:F1931-2019`; `?id` is a placeholder."""
    placeholder = name.startswith("?")
    person_id, _, facts = name.lstrip("?").partition(":")
    born, _, died = facts[1:].partition("-")
    return Person(
        person_id=person_id,
        name="" if placeholder else person_id,
        kana="",
        sex=facts[:1],
        birth_date=date(int(born), 1, 1) if born else None,
        birth_text="",
        death_date=date(int(died), 1, 1) if died else None,
        status="",
        address="",
        search_key="",
        placeholder=placeholder,
        source_file="f.csv",
        source_line=1,
    )


def _parent(text: str) -> ParentLink:
    """Read `parent>child` or `parent>child adoptive`."""
    pair, _, nature = text.partition(" ")
    start, end = pair.split(">")
    return ParentLink(
        start=start, end=end, nature=nature or "birth", grade="registered", valid_from=UNKNOWN_START, valid_to=None,
        ended_by="", source_file="f.csv", source_line=2,
    )  # fmt: skip


def _spouse(text: str) -> SpouseLink:
    """Read `one=other`, `one=other 1990`, `one=other 1990-2001` or `one=other de_facto`."""
    pair, _, years = text.partition(" ")
    start, end = sorted(pair.split("="))
    de_facto = years == "de_facto"
    since, _, until = years.removeprefix("de_facto").partition("-")
    return SpouseLink(
        start=start, end=end, nature="de_facto" if de_facto else "legal", grade="stated",
        valid_from=date(int(since), 1, 1) if since else UNKNOWN_START,
        valid_to=date(int(until), 1, 1) if until else None,
        ended_by="divorce" if until else "", source_file="f.csv", source_line=3,
    )  # fmt: skip


Family = tuple[list[Person], list[ParentLink], list[SpouseLink], list[str]]


def read(people: str, parents: str = "", spouses: str = "", path: str = "") -> Family:
    """Read a family: `people`, `parents` and `spouses` are words parted by commas, `path` by blanks."""
    words = [[word.strip() for word in text.split(",") if word.strip()] for text in (people, parents, spouses)]
    return [_person(w) for w in words[0]], [_parent(w) for w in words[1]], [_spouse(w) for w in words[2]], path.split()


@pytest.fixture
def draw() -> Callable[..., Picture]:
    """Lay out a family as `read` reads it."""
    return lambda *family: layout(*read(*family))
