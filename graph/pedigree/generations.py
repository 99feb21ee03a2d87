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
    """Count rows from group to neighbouring group, then push down whoever would not stand below a parent."""
    depth = _counted(below)
    for group in _top_down(below):
        for lower in below[group]:
            depth[lower] = max(depth[lower], depth[group] + 1)
    top = min(depth.values(), default=0)
    return {group: row - top for group, row in depth.items()}


def _counted(below: dict[str, set[str]]) -> dict[str, int]:
    """Give each group one row more than a parent's and one less than a child's, whichever is met first."""
    depth: dict[str, int] = {}
    for first in sorted(below):
        waiting = [] if first in depth else [first]
        depth.setdefault(first, 0)
        for group in waiting:
            near = {upper: -1 for upper, lower in below.items() if group in lower} | dict.fromkeys(below[group], 1)
            new = sorted(near.keys() - depth.keys())
            depth |= {other: depth[group] + near[other] for other in new}
            waiting += new
    return depth


def _top_down(below: dict[str, set[str]]) -> list[str]:
    """Order groups so that each comes before all below it."""
    order: list[str] = []
    above = {group: sum(group in lower for lower in below.values()) for group in below}
    ready = sorted(group for group, count in above.items() if not count)
    while ready:
        group = ready.pop()
        order.append(group)
        for lower in sorted(below[group]):
            above[lower] -= 1
            if not above[lower]:
                ready.append(lower)
    return order
