"""Small trees full of what files do wrong, as plain data and as GEDCOM text."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

WORDS = ("", "birth", "natural", "unknown", "adopted", "Adopted", "foster", "step", "sealing", "guardian", "RELATED")
ENDS = ("", "", "", "", "DIV", "DIV Y", "ANUL", "DIV N", "div n", "DIVF")
SHAPES = ((1, 1), (1, 1), (1, 1), (1, 0), (0, 1), (2, 0), (0, 2), (2, 1), (1, 2), (2, 2), (3, 0))
NOISE = ("garbage here", "", "   ", "9 NOTE too deep")


@dataclass(frozen=True)
class Child:
    """One mention of a child: `where` is FAM (under FAM.CHIL) or INDI (INDI.FAMC); None is a line that is not there."""

    where: str
    person: str
    pedi: str | None
    frel: str | None
    mrel: str | None


@dataclass(frozen=True)
class Family:
    """One FAM; `adoptions` are the ADOP events that name it: person and the word below, if any."""

    xref: str
    husbands: tuple[str, ...]
    wives: tuple[str, ...]
    ended: str
    children: tuple[Child, ...]
    adoptions: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Tree:
    """Everybody with an INDI record, and the families; GHOST is pointed to and has no record."""

    people: tuple[str, ...]
    families: tuple[Family, ...]


def tree(rng: random.Random) -> Tree:
    """Make up a tree of a few people, related in circles as often as not."""
    mark = rng.choice(("I", "I", "p", "X-", "あ"))
    people = tuple(f"{mark}{number}" for number in range(rng.randint(4, 14)))
    return Tree(people, tuple(_family(rng, f"F{number}", people) for number in range(rng.randint(2, 9))))


def _family(rng: random.Random, xref: str, people: tuple[str, ...]) -> Family:
    known = (*people * 4, "GHOST")
    husbands, wives = rng.choice(SHAPES)
    adopted = [(rng.choice(people), rng.choice((None, "HUSB", "WIFE", "BOTH", "husb")))] if rng.random() < 0.25 else []
    return Family(
        xref=xref,
        husbands=tuple(rng.choice(known) for _ in range(husbands)),
        wives=tuple(rng.choice(known) for _ in range(wives)),
        ended=rng.choice(ENDS),
        children=tuple(child for _ in range(rng.randint(0, 4)) for child in _child(rng, rng.choice(people))),
        adoptions=tuple(adopted),
    )


def _child(rng: random.Random, person: str) -> Iterator[Child]:
    def word(chance: float) -> str | None:
        return rng.choice(WORDS) if rng.random() < chance else None

    where = rng.choice(("FAM", "INDI", "both"))
    if where != "INDI":
        yield Child("FAM", person, None, word(0.3), word(0.3))
    if where != "FAM":
        yield Child("INDI", person, word(0.4), word(0.15), word(0.15))


def text(tree: Tree, rng: random.Random) -> str:
    """Write a tree as GEDCOM: records in any order, some in two parts, with lines that are none between them."""
    records = [part for family in tree.families for part in _parts(rng, family)]
    records += [_person(person, tree.families) for person in tree.people]
    rng.shuffle(records)
    lines = [line for record in records for line in record]
    noisy = [each for line in lines for each in ((rng.choice(NOISE), line) if rng.random() < 0.02 else (line,))]
    return rng.choice(("\n", "\r\n", "\r")).join(["0 HEAD", "1 CHAR UTF-8", *noisy, "0 TRLR", ""])


def _parts(rng: random.Random, family: Family) -> Iterator[list[str]]:
    groups = [[f"1 HUSB @{person}@"] for person in family.husbands] + [[f"1 WIFE @{p}@"] for p in family.wives]
    groups += [_told(f"1 CHIL @{each.person}@", each) for each in family.children if each.where == "FAM"]
    groups += [[f"1 {family.ended}"]] if family.ended else []
    rng.shuffle(groups)
    cut = rng.randint(0, len(groups)) if rng.random() < 0.2 else len(groups)
    for part in (groups[:cut], groups[cut:]):
        if part or part is groups[:cut]:
            yield [f"0 @{family.xref}@ FAM", *(line for group in part for line in group)]


def _person(person: str, families: tuple[Family, ...]) -> list[str]:
    lines = [f"0 @{person}@ INDI", "1 BIRT", "2 FAMC @F0@", "1 FAMS @F0@"]  # FAMS, and FAMC below BIRT, make nothing
    for family in families:
        for each in family.children:
            if (each.where, each.person) == ("INDI", person):
                lines += _told(f"1 FAMC @{family.xref}@", each)
        for adopted, by in family.adoptions:
            if adopted == person:
                lines += ["1 ADOP", f"2 FAMC @{family.xref}@", *([f"3 ADOP {by}"] if by else [])]
    return lines


def _told(line: str, each: Child) -> list[str]:
    words = {"PEDI": each.pedi, "_FREL": each.frel, "_MREL": each.mrel}
    return [line, *(f"2 {tag} {word}" for tag, word in words.items() if word is not None)]
