"""What a tree must give, enumerated walk by walk from the contract of `enkan genealogy`; shares no code with it."""

from collections.abc import Iterator
from itertools import combinations, product

from tests.genealogy.random_trees import Family, Tree

NO_LINK = {"foster", "step", "sealing", "sealed", "guardian", "related"}
Link = tuple[str, str, str]  # parent, child, nature
Marriage = tuple[str, str, bool]  # two people, and whether it ended
Row = tuple[str, ...]


def rows(tree: Tree, blood: int = 6, affinity: int = 3) -> list[Row]:
    """Give the first ten columns of every row, sorted."""
    return sorted(_Graph(tree).rows(blood, affinity))


def links(tree: Tree) -> set[Link]:
    """Give every parent link (rules 4 to 8)."""
    return {link for family in tree.families for link in _of_family(family, tree.people)}


def _of_family(family: Family, people: tuple[str, ...]) -> Iterator[Link]:
    for parent, child in product({*family.husbands, *family.wives} & set(people), people):
        if parent != child:
            for nature in _natures(family, parent, child):
                yield parent, child, nature


def _natures(family: Family, parent: str, child: str) -> set[str]:
    roles = {role for role, those in (("HUSB", family.husbands), ("WIFE", family.wives)) if parent in those}
    told = [each for each in family.children if each.person == child]
    own = [word for each in told for role, word in (("HUSB", each.frel), ("WIFE", each.mrel)) if role in roles and word]
    words = [word.lower() for word in own or [each.pedi for each in told if each.pedi]]
    by = [(word or "BOTH").upper() for person, word in family.adoptions if person == child]
    adopted = any(word == "BOTH" or word in roles for word in by)
    found = {"adoptive" if word == "adopted" else "birth" for word in words if word not in NO_LINK}
    found |= {"adoptive"} if adopted else set()
    return {"birth"} if told and not words and not adopted else found


def marriages(tree: Tree) -> Iterator[Marriage]:
    """Give every marriage, a family's each of its own (rules 9 to 11)."""
    for family in tree.families:
        husbands, wives = (
            [p for p in dict.fromkeys(those) if p in tree.people] for those in (family.husbands, family.wives)
        )
        partners = list(dict.fromkeys(husbands + wives))
        pairs = combinations(partners, 2) if len(partners) == 2 else product(husbands, wives)
        tag, _, value = family.ended.upper().partition(" ")
        ended = tag in ("DIV", "ANUL") and value != "N"
        yield from ((a, b, ended) for a, b in {tuple(sorted(pair)) for pair in pairs if len(set(pair)) == 2})


class _Graph:
    def __init__(self, tree: Tree) -> None:
        self.people = tree.people
        self.links, self.marriages = links(tree), list(marriages(tree))

    def rows(self, blood: int, affinity: int) -> set[Row]:
        found, seen = set(), set()
        for start in self.people:
            for path, up, down, nature in self.lines(start, blood):
                seen.add((start, path[-1], up, down))
                found.add((start, path[-1], "blood", str(up), str(down), "", str(up + down), nature,
                           self.half(path, up, down), ""))  # fmt: skip
        found |= {(*sorted(pair), "spouse", *[""] * 6, _tense(ended)) for *pair, ended in self.marriages}
        for start, end, up, down, side, nature, tense in self.in_laws(affinity):
            if (start, end, up, down) not in seen:
                found.add((start, end, "affinity", str(up), str(down), side, str(up + down), nature, "", tense))
        return {row for row in found if row[0] < row[1]}

    def in_laws(self, limit: int) -> Iterator[tuple[str, str, int, int, str, str, str]]:
        for one, other, ended in self.marriages:
            for spouse, start in ((one, other), (other, one)):
                for path, up, down, nature in self.lines(spouse, limit):
                    if start not in path:
                        yield start, path[-1], up, down, "spouse", nature, _tense(ended)
                        back = (down, up)
                        yield path[-1], start, *back, "relative", nature, _tense(ended)

    def lines(self, start: str, limit: int) -> Iterator[tuple[tuple[str, ...], int, int, str]]:
        """Walk up, then down, never back to somebody."""
        open_: list[tuple[tuple[str, ...], int, int, str]] = [((start,), 0, 0, "birth")]
        while open_:
            path, up, down, nature = open_.pop()
            if up + down:
                yield path, up, down, nature
            if up + down < limit:
                open_ += self.steps(path, up, down, nature)

    def steps(
        self, path: tuple[str, ...], up: int, down: int, nature: str
    ) -> Iterator[tuple[tuple[str, ...], int, int, str]]:
        for parent, child, link in self.links:
            now = "adoptive" if "adoptive" in (nature, link) else "birth"
            if child == path[-1] and not down and parent not in path:
                yield (*path, parent), up + 1, down, now
            if parent == path[-1] and child not in path:
                yield (*path, child), up, down + 1, now

    def half(self, path: tuple[str, ...], up: int, down: int) -> str:
        if not up or not down:
            return ""
        one, other = ({parent for parent, child, _ in self.links if child == path[at]} for at in (up - 1, up + 1))
        if len(one & other) >= 2:
            return "full"
        return "half" if len(one) >= 2 and len(other) >= 2 else "unknown"


def _tense(ended: bool) -> str:
    return "former" if ended else "current"
