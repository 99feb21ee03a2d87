"""Who is kin to whom in truth: a plain walk, independent of the product's, to plant cases and write the answer key."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from graph.model import record
from synthetic.kin.kin_links import ALWAYS, NEVER, Link, Links
from synthetic.population.city import City

BLOOD_DEGREES, AFFINITY_DEGREES = 6, 3  # 民法725
COLUMNS = ["a", "b", "kind", "up", "down", "side", "nature", "half", "valid_from", "valid_to", "line"]


@record
class Line:
    """One way of being related: the people along it and the links between them."""

    people: tuple[int, ...]
    links: tuple[Link, ...]
    up: int
    down: int
    start: int
    end: int

    @property
    def degree(self) -> int:
        """Civil degree (民法726)."""
        return self.up + self.down

    def follow(self, link: Link, *, up: int = 0, down: int = 0) -> "Line | None":
        """Go one link further; None where somebody would stand on the line twice or its links never held together."""
        person = link.other(self.people[-1])
        start, end = max(self.start, link.start), min(self.end, link.affinity_end)
        if person in self.people or start >= end:
            return None
        return Line(
            people=(*self.people, person),
            links=(*self.links, link),
            up=self.up + up,
            down=self.down + down,
            start=start,
            end=end,
        )


@record
class Tie:
    """One relation by one line; up and down are -1 where the kind has no degrees."""

    kind: str
    line: Line
    up: int = -1
    down: int = -1
    side: str = ""
    half: str = ""
    end: int = NEVER


def true_kin(city: City, pids: Sequence[int] | np.ndarray) -> pd.DataFrame:
    """List every tie of every person of `pids`, one row for each line that makes it.

    `line` lists links as (link, a, b), parent before child and couples in order; `valid_from` is NaT where a tie
    always was (self), `valid_to` where it holds on. Kinds: self, spouse, de_facto, blood, affinity, household.
    """
    links = Links(city)
    wanted = sorted({int(pid) for pid in pids})
    kin = pd.DataFrame([_row(tie) for pid in wanted for tie in ties(links, pid)], columns=COLUMNS)
    rows = pd.concat([kin, _co_residence(city, wanted)], ignore_index=True)
    rows = rows.assign(valid_from=_dates(rows["valid_from"]), valid_to=_dates(rows["valid_to"]))
    return rows.sort_values(COLUMNS[:-1], kind="stable", ignore_index=True)


def ties(links: Links, person: int) -> Iterator[Tie]:
    """Give self, couples, blood and affinity of one person, line by line."""
    own = Line(people=(person,), links=(), up=0, down=0, start=ALWAYS, end=NEVER)
    yield Tie(kind="self", line=own)
    for link in links.spouses(person) + links.partners(person):
        line = own.follow(link)
        if line is not None:
            yield Tie(kind=link.kind, line=line, end=link.end)
    blood = list(_blood(links, own, BLOOD_DEGREES))
    yield from (_blood_tie(links, line) for line in blood)
    ends = [(line.people[-1], line.up, line.down, line.start, line.end) for line in blood]
    yield from (tie for tie in _affinity(links, own, blood) if not _trivial(tie, ends))


def _blood(links: Links, line: Line, reach: int) -> Iterator[Line]:
    """Go up and then down, never up again (A2)."""
    steps = [(link, 0, 1) for link in links.children(line.people[-1])]
    if line.down == 0:
        steps += [(link, 1, 0) for link in links.parents(line.people[-1])]
    for link, up, down in steps if line.degree < reach else ():
        longer = None if _before_adoption(line, link) else line.follow(link, up=up, down=down)
        if longer is not None:
            yield longer
            yield from _blood(links, longer, reach)


def _before_adoption(line: Line, link: Link) -> bool:
    """Say whether the line meets an adopter and a child whom the adopted person had before the adoption (C3, A6)."""
    if not line.links:
        return False
    last, middle = line.links[-1], line.people[-1]
    upper, lower = (last, link) if last.b == middle else (link, last)
    descent = last.kind == "parent" and upper.b == middle and lower.a == middle
    return descent and upper.nature == "adoptive" and lower.start < upper.start


def _blood_tie(links: Links, line: Line) -> Tie:
    half = ""
    if line.up and line.down:
        half = _half(links, line.people[line.up - 1], line.people[line.up + 1])
    return Tie(kind="blood", line=line, up=line.up, down=line.down, half=half, end=line.end)


def _half(links: Links, one: int, other: int) -> str:
    """Count the parents that two children of an apex share (A7)."""
    parents, others = links.parent_ids(one), links.parent_ids(other)
    shared = len(parents & others)
    if shared > 1:
        return "full"
    return "half" if shared == 1 and len(parents) > 1 and len(others) > 1 else "unknown"


def _affinity(links: Links, own: Line, blood: Sequence[Line]) -> Iterator[Tie]:
    """Take exactly one marriage, first (one's spouse's blood) or last (a blood relative's spouse) (A3)."""
    for marriage in links.spouses(own.people[0]):
        wed = own.follow(marriage)
        for line in _blood(links, wed, AFFINITY_DEGREES) if wed is not None else ():
            yield Tie(kind="affinity", line=line, up=line.up, down=line.down, side="spouse", end=line.end)
    for line in blood:
        for marriage in links.spouses(line.people[-1]) if line.degree <= AFFINITY_DEGREES else ():
            longer = line.follow(marriage)
            if longer is not None:
                yield Tie(kind="affinity", line=longer, up=line.up, down=line.down, side="relative", end=longer.end)


def _trivial(tie: Tie, blood: Sequence[tuple[int, int, int, int, int]]) -> bool:
    """Say whether blood says it already: one's mother is trivially 父の配偶者 (A4).

    Blood that has ended hides no affinity, and blood that began later (a stepchild adopted) none that was there before.
    """
    person = tie.line.people[-1]
    return any(
        (kin, up, down) == (person, tie.up, tie.down) and start <= tie.line.start and (end == NEVER or tie.end != NEVER)
        for kin, up, down, start, end in blood
    )


def _row(tie: Tie) -> tuple[object, ...]:
    line = tie.line
    natures = {link.nature for link in line.links}
    nature = next((each for each in ("adoptive", "recognised", "birth") if each in natures), "")
    keys = tuple(link.key() for link in line.links)
    ends = (line.people[0], line.people[-1])
    return (*ends, tie.kind, tie.up, tie.down, tie.side, nature, tie.half, line.start, tie.end, keys)


def _dates(days: pd.Series) -> np.ndarray:
    numbers = days.to_numpy(np.int64)
    unknown = (numbers <= ALWAYS) | (numbers >= NEVER)
    dates = np.where(unknown, 0, numbers).astype("datetime64[D]").astype("datetime64[s]")
    dates[unknown] = np.datetime64("NaT")
    return dates


def _co_residence(city: City, pids: Sequence[int]) -> pd.DataFrame:
    """List the stretches of days on which two people lived in one household, institutions apart (Z10)."""
    stays = city.stays[~city.stays["household"].isin(city.institutions)]
    days = stays.assign(**{end: _numbers(stays[end]) for end in ("start", "end")})
    met = days[days["pid"].isin(pids)].merge(days, on="household", suffixes=("", "_b"))
    met = met[met["pid"] != met["pid_b"]]
    met = met.assign(start=met[["start", "start_b"]].max(axis=1), end=met[["end", "end_b"]].min(axis=1))
    met = met[met["start"] < met["end"]].sort_values(["pid", "pid_b", "start"], kind="stable")
    pair = met.groupby(["pid", "pid_b"])
    latest = pair["end"].cummax().groupby([met["pid"], met["pid_b"]]).shift()
    stretch = (~(met["start"] <= latest)).cumsum().rename("stretch")
    joined = met.groupby(["pid", "pid_b", stretch]).agg(start=("start", "min"), end=("end", "max")).reset_index()
    rows = [
        (a, b, "household", -1, -1, "", "", "", start, end, (("household", min(a, b), max(a, b)),))
        for a, b, start, end in joined[["pid", "pid_b", "start", "end"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _numbers(dates: pd.Series) -> np.ndarray:
    days = dates.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), NEVER, days.astype(np.int64))
