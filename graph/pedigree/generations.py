"""Which row a person stands in: children below their parents, couples side by side, whatever the data say."""

from collections.abc import Iterable, Sequence

Pair = tuple[str, str]


class Groups:
    """People who stand side by side, in an order of rows that never closes a circle."""

    def __init__(self, people: Iterable[str]) -> None:
        """Begin with everyone alone."""
        self.of = {person: person for person in people}
        self.below: dict[str, set[str]] = {person: set() for person in self.of}

    def descend(self, parent: str, child: str) -> None:
        """Put a child's group below its parent's, unless it already stands above (A13)."""
        upper, lower = self.of[parent], self.of[child]
        if upper != lower and not self._reaches(lower, upper):
            self.below[upper].add(lower)

    def join(self, one: str, other: str) -> None:
        """Put two people side by side, unless one descends from the other's group."""
        kept, gone = sorted((self.of[one], self.of[other]))
        if kept == gone or self._reaches(kept, gone) or self._reaches(gone, kept):
            return
        self.below[kept] |= self.below.pop(gone)
        self.below = {group: {kept if g == gone else g for g in lower} for group, lower in self.below.items()}
        self.of = {person: kept if group == gone else group for person, group in self.of.items()}

    def _reaches(self, start: str, goal: str) -> bool:
        waiting, seen = [start], {start}
        while waiting:
            group = waiting.pop()
            if group == goal:
                return True
            new = self.below[group] - seen
            seen |= new
            waiting.extend(new)
        return False


def generations(people: Sequence[str], parents: Sequence[Pair], spouses: Sequence[Pair]) -> dict[str, int]:
    """Give each person a row, 0 on top; a tie that the rows cannot show is drawn, but does not shape them."""
    groups = Groups(people)
    for parent, child in parents:
        groups.descend(parent, child)
    for one, other in spouses:
        groups.join(one, other)
    depth = _depths(groups.below)
    return {person: depth[groups.of[person]] for person in people}


def _depths(below: dict[str, set[str]]) -> dict[str, int]:
    """Measure each group's longest way down from a top, then lower the tops to just above their children."""
    depth = dict.fromkeys(below, 0)
    for group in _top_down(below):
        for lower in below[group]:
            depth[lower] = max(depth[lower], depth[group] + 1)
    children = set().union(*below.values())
    for top in below.keys() - children:
        depth[top] = min((depth[lower] for lower in below[top]), default=1) - 1
    return depth


def _top_down(below: dict[str, set[str]]) -> list[str]:
    order: list[str] = []
    above = {group: sum(group in lower for lower in below.values()) for group in below}
    ready = [group for group, count in above.items() if not count]
    while ready:
        group = ready.pop()
        order.append(group)
        for lower in below[group]:
            above[lower] -= 1
            if not above[lower]:
                ready.append(lower)
    return order
