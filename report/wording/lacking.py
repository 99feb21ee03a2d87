"""What a report lacks: files not taken, days of logs not delivered, parts that could not be examined.

Beside them stands what its times rest on: clocks that lie apart.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.records.accepted import DoubtfulFile
from graph.records.clocks import clock_words
from graph.records.deliveries import NotExamined, told, whole
from graph.records.results import Report, plain
from words import Message, Words


def refused_words(refused: Mapping[str, Any], words: Words) -> str:
    """Say of a file (in its JSON shape) what speaks against it, and who accepted that."""
    known = refused["accepted"]
    if not known:
        return str(refused["reason"])
    return words.say("delivery.file.accepted", reason=refused["reason"], by=known["by"], day=known["at"][:10])


def lacking(report: Report, words: Words) -> tuple[str, ...]:
    """Name what the report lacks (files not taken or cut off, days of logs, parts not examined) and clocks apart."""
    files = _files("refused", report.refused, words) + _files("shrunk", report.shrunk, words)
    clocks = map(words.tell, clock_words(report.clocks))
    return (*files, *log_words(report.log_coverage, words), *clocks, *parts_lacking(report.not_examined, words))


def _files(part: str, found: Iterable[DoubtfulFile], words: Words) -> list[str]:
    reasons = (refused_words(plain(each, words), words) for each in found)
    return [words.say(f"delivery.file.{part}", reason=reason) for reason in reasons]


def log_words(holes: Iterable[Mapping[str, Any]], words: Words) -> tuple[str, ...]:
    """Say of each log which days were not delivered, or not whole."""
    return tuple(words.tell(said) for entry in holes for said in told(entry))


def part_lacking(report: Report, part: str, words: Words) -> tuple[str, ...]:
    """Say where a part's result would stand why it could not be examined; nothing where it was."""
    return parts_lacking([each for each in report.not_examined if each.part == part], words)


def parts_lacking(found: Iterable[NotExamined], words: Words) -> tuple[str, ...]:
    """Say of parts of the report that they could not be examined, and why."""
    return tuple(words.tell(Message("delivery.not_examined", {"part": x.part, "reason": x.reason})) for x in found)


def except_for(report: Report, words: Words) -> str:
    """Say that what was examined does not reach the days that were not delivered; empty where all were."""
    if whole(report.log_coverage):
        return ""
    return words.say("delivery.except", systems=[entry["system"] for entry in report.log_coverage])
