"""Choose whom a pedigree shows: the lines of a conflict, their spouses, parents and households, and no crowd."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from graph.model import ParentLink, SpouseLink
from graph.pedigree.layout import layout
from graph.pedigree.svg import svg
from graph.store.base import GraphStore
from words import Words

MOST_CARDS = 60

Link = TypeVar("Link", ParentLink, SpouseLink)


def drawing(store: GraphStore, lines: Sequence[Sequence[str]], words: Words) -> str:
    """Draw the people on some lines, by their ids, and those right beside them, with the first line marked."""
    if not lines:
        return ""
    path, core = lines[0], list(dict.fromkeys(person for line in lines for person in line))
    parents, spouses = store.links(core)
    shown = set(list(dict.fromkeys([*core, *_beside(parents, spouses, set(core))]))[:MOST_CARDS])
    people = store.people(sorted(shown))
    households = {m.start: m.end for m in store.memberships(sorted(shown)) if m.valid_to is None}
    picture = layout(people, _inside(parents, shown), _inside(spouses, shown), path)
    return svg(picture, words, households=households)


def _beside(parents: Iterable[ParentLink], spouses: Iterable[SpouseLink], core: set[str]) -> list[str]:
    """Give the spouses of those on the line, and the parents that link them."""
    near = [end for link in spouses for end in (link.start, link.end)]
    near += [link.start for link in parents if link.end in core]
    return [person for person in sorted(near) if person not in core]


def _inside(links: Iterable[Link], shown: set[str]) -> list[Link]:
    return [link for link in links if link.start in shown and link.end in shown]
