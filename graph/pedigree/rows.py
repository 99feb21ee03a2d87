"""Where in its row a person stands: couples together, families under each other, few crossings."""

from collections.abc import Mapping, Sequence

from graph.pedigree.generations import Pair

SWEEPS = 12  # enough for families of 100 to settle; the order no longer changes after a few


def blocks(row: Sequence[str], spouses: Sequence[Pair]) -> list[list[str]]:
    """Part a row into people bound by marriage; who married again stands between the spouses, in time's order."""
    partners: dict[str, list[str]] = {person: [] for person in row}
    for one, other in spouses:
        if one in partners and other in partners:
            partners[one].append(other)
            partners[other].append(one)
    placed: set[str] = set()
    couples = []
    for person in sorted(row, key=lambda p: (-len(partners[p]), p)):
        if person not in placed:
            couples.append(_block(person, partners, placed))
    return couples


def _block(hub: str, partners: Mapping[str, list[str]], placed: set[str]) -> list[str]:
    placed.add(hub)
    left: list[str] = []
    right: list[str] = []
    for number, partner in enumerate(partners[hub]):
        if partner not in placed:
            further = _block(partner, partners, placed)
            first = number == 0 and len(partners[hub]) > 1
            left, right = ([*reversed(further), *left], right) if first else (left, [*right, *further])
    return [*left, hub, *right]


def places(rows: Sequence[list[list[str]]], parents: Sequence[Pair], width: float, gap: float) -> dict[str, float]:
    """Give everyone the x of their middle: sweeps pull each block towards its parents, then its children."""
    up, down = _neighbours(parents, 1, 0), _neighbours(parents, 0, 1)
    x = {person: float(i) * (width + gap) for row in rows for i, person in enumerate(p for b in row for p in b)}
    for sweep in range(SWEEPS):
        towards = up if sweep % 2 == 0 else down
        for row in rows if towards is up else reversed(rows):
            _settle(row, towards, x, width + gap)
    for row in reversed(rows):
        _settle(row, {p: [*up.get(p, ()), *down.get(p, ())] for block in row for p in block}, x, width + gap)
    left = min(x.values(), default=0.0)
    return {person: at - left + width / 2 for person, at in x.items()}


def _neighbours(parents: Sequence[Pair], of: int, to: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in parents:
        found.setdefault(pair[of], []).append(pair[to])
    return found


def _settle(row: list[list[str]], towards: Mapping[str, list[str]], x: dict[str, float], pitch: float) -> None:
    """Order a row's blocks by where they want to be, then place them there without overlap."""
    for block in row:
        _turn(block, towards, x)
    wishes = [(_wish(block, towards, x), block) for block in row]
    wishes.sort(key=lambda wish: (wish[0], wish[1][0]))
    row[:] = [block for _, block in wishes]
    starts = _apart([wish - pitch * (len(block) - 1) / 2 for wish, block in wishes], [len(b) * pitch for b in row])
    for start, block in zip(starts, row, strict=True):
        x.update({person: start + i * pitch for i, person in enumerate(block)})


def _turn(block: list[str], towards: Mapping[str, list[str]], x: Mapping[str, float]) -> None:
    """Turn a couple round where each stands on the other's side."""
    if len(block) == 2:
        pulls = [_mean(towards.get(person, ()), x) for person in block]
        if None not in pulls and pulls[0] > pulls[1]:  # type: ignore[operator]
            block.reverse()


def _wish(block: list[str], towards: Mapping[str, list[str]], x: Mapping[str, float]) -> float:
    pulls = [(i, at) for i, p in enumerate(block) if (at := _mean(towards.get(p, ()), x)) is not None]
    if not pulls:
        return sum(x[person] for person in block) / len(block)
    return sum(at for _, at in pulls) / len(pulls)


def _mean(people: Sequence[str], x: Mapping[str, float]) -> float | None:
    return sum(x[person] for person in people) / len(people) if people else None


def _apart(wishes: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Move wished starts as little as needed for none to overlap: neighbours in conflict merge and share their mean."""
    merged: list[tuple[float, int, float]] = []  # mean offset-free start, members, width
    offset = 0.0
    for wish, width in zip(wishes, widths, strict=True):
        at, members = wish - offset, 1
        while merged and merged[-1][0] > at:
            before, count, _ = merged.pop()
            at, members = (before * count + at * members) / (count + members), count + members
        merged.append((at, members, width))
        offset += width
    starts = [at for at, members, _ in merged for _ in range(members)]
    offsets = [sum(widths[:i]) for i in range(len(widths))]
    return [start + before for start, before in zip(starts, offsets, strict=True)]
