"""The unions that a FAM record tells of: marriages in order, each with its end; couples who never married."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ingest.reading.gedcom.families import ends
from ingest.reading.gedcom.lines import Node
from ingest.reading.gedcom.persons import dated
from japanese.calendar.dates import NOTHING, DateReading

YEAR = 365  # days: of two weddings closer than that the second is another ceremony
NO = ("n", "no")
LONGEST_WORD = 60  # a longer text is no statement about the couple alone
TOGETHER_WORDS = (
    r"partner|common.?law|cohabit|de.?facto|liv(?:e|es|ed|ing) together|domestic|未届|内縁|事実婚|同居|同棲|パートナー"
)
TOGETHER = re.compile(TOGETHER_WORDS)
NOT_MARRIED = re.compile(
    rf"not married|unmarried|never married|no marriage|non.?married|unwed|friend|未婚|非婚|婚姻せず|{TOGETHER_WORDS}"
)
ALIVE_TOGETHER = ("RESI", "CENS")  # events of a couple, not of one of them
SAID_BY_TAG = {"_NMR": "unmarried", "_UNMARRIED": "unmarried", "_COML": "common law", "_COHAB": "cohabiting"}
STATING = ("TYPE", "_TYPE", "_STAT", "STAT", "_MSTAT", "_STATUS", "_MARRIED", "_MARR", "NOTE", "FACT", "EVEN", "MARR")


class Bond(StrEnum):
    """What two partners of a FAM are to each other."""

    MARRIED = "legal"
    TOGETHER = "de_facto"
    APART = ""  # the parents of a child, perhaps; no couple


@dataclass(frozen=True, slots=True)
class Union:
    """One union: from a day that may be unknown; `ended` says that it ended, `may_end` and `end` between which days."""

    bond: Bond
    told: bool  # by an event, not only by the record's being there
    begin: date | None = None
    ended: bool = False
    may_end: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A wedding or an end, where it stands in the record."""

    number: int
    ends: bool
    when: DateReading

    @property
    def day(self) -> date | None:
        """Give the first day on which it may have been, the last where only that is known."""
        return self.when.earliest or self.when.latest


def unions(family: Node, people: Iterable[Node], written: date | None) -> list[Union]:
    """List the unions of a couple in order; `people` are the two, `written` is the file's own day."""
    weddings = [Event(node.number, False, _when(node)) for node in family.all("MARR") if _is_wedding(node)]
    partings = [Event(node.number, True, _when(node)) for node in ends(family)]
    bond = Bond.MARRIED if weddings else _unmarried(family, people)
    begin = _begin(family) if bond == Bond.TOGETHER else None
    started = Union(bond, told=bool(weddings or partings), begin=begin)
    found = _in_order([*weddings, *partings], started) or [started]
    return list(_closed(_undated(found, weddings, partings), written))


def _when(event: Node) -> DateReading:
    readings = [reading for _, reading in dated(event)]
    return next((each for each in readings if each.earliest or each.latest), NOTHING)


def _is_wedding(event: Node) -> bool:
    said = [*event.words("TYPE", "_STAT", "STAT", "_TYPE"), event.value.strip().lower()]
    return event.value.strip().lower() not in NO and not any(NOT_MARRIED.search(word) for word in said)


def _unmarried(family: Node, people: Iterable[Node]) -> Bond:
    """Say what two are for whom there is no wedding: a couple all the same, unless the file says that they are none."""
    words = [word for person in people for word in _denied(person)] + [*_denied(family), *_stated(family)]
    if not words:
        return Bond.MARRIED
    together = any(TOGETHER.search(word) for word in words) or any(True for _ in family.all(*ALIVE_TOGETHER))
    return Bond.TOGETHER if together else Bond.APART


def _denied(node: Node) -> Iterator[str]:
    """Give the words that deny a marriage: `NO MARR`, `MARR N`, `_NMR Y`."""
    if any(line.value.strip().upper() == "MARR" for line in node.all("NO")):
        yield "no marriage"
    yield from (f"no {line.tag}" for line in node.all("MARR", "_MARRIED") if line.value.strip().lower() in NO)
    yield from (
        word for tag, word in SAID_BY_TAG.items() for line in node.all(tag) if line.value.strip().lower() not in NO
    )


def _stated(family: Node) -> Iterator[str]:
    for line in (each for each in family.all(*STATING) if len(each.value) < LONGEST_WORD):
        for word in (line.value.strip().lower(), *line.words("TYPE", "_STAT", "STAT", "_TYPE", "NOTE")):
            if NOT_MARRIED.search(word):
                yield word


def _begin(family: Node) -> date | None:
    """Give the first day on which a couple is known to live together."""
    days = (_when(event).earliest for event in family.all(*ALIVE_TOGETHER, "MARR", "EVEN", "FACT", *SAID_BY_TAG))
    return min(filter(None, days), default=None)


def _in_order(events: Iterable[Event], started: Union) -> list[Union]:
    """Walk the dated events: a wedding begins a union, an end closes the one that is open or was before the first."""
    found: list[Union] = []
    for event in sorted((each for each in events if each.day), key=lambda each: (each.day, each.ends)):
        open_ = bool(found) and not found[-1].ended
        if not event.ends and not open_:
            found.append(Union(Bond.MARRIED, told=True, begin=event.when.earliest))
        elif event.ends and (open_ or not found):
            union = found.pop() if open_ else started
            found.append(replace(union, ended=True, may_end=event.when.earliest, end=event.when.latest))
    return found


def _undated(found: list[Union], weddings: list[Event], partings: list[Event]) -> list[Union]:
    """Place events without a day: an end closes the union that is open, a wedding after the last end begins another."""
    for _ in (event for event in partings if not event.day):
        later = _next_wedding(weddings, found[-1].begin)
        if not found[-1].ended:
            found = [*found[:-1], replace(found[-1], ended=True, end=later)]
            if later:
                found.append(Union(Bond.MARRIED, told=True, begin=later))
    last = max((event.number for event in partings), default=0)
    if found[-1].ended and len(weddings) > 1 and any(not event.day and event.number > last for event in weddings):
        before = found[-1]
        found.append(Union(Bond.MARRIED, told=True, begin=before.may_end or before.end or before.begin))
    return found


def _next_wedding(weddings: Iterable[Event], begin: date | None) -> date | None:
    """Give the day on which two marry who married more than a year before."""
    days = [event.day for event in weddings if event.day and begin and (event.day - begin).days > YEAR]
    return min(days, default=None)


def _closed(found: list[Union], written: date | None) -> Iterator[Union]:
    """Give each end its span: not before the wedding, and over by the next one or by the day of the file."""
    following = [*(union.begin for union in found[1:]), None]
    for union, later in zip(found, following, strict=True):
        if not union.ended:
            yield union
            continue
        end = min(filter(None, (union.end or written, later)), default=None)
        first = max(filter(None, (union.may_end, union.begin)), default=None)
        yield replace(union, may_end=None if end and first == end else first or date.min, end=end)
