"""What agrees and what differs between a member of staff and a candidate: kept as codes, worded for a reader.

A code is what is compared, its outcome, and where it counts something that number: `surname:6`, `dependants:3`. Its
mark says at a glance whether it speaks for the candidate, against, or leaves a doubt; its words are in the catalogue.
"""

from collections.abc import Iterable, Mapping

from words import Message

FOR, DOUBT, AGAINST = "○", "△", "×"

MARKS: Mapping[str, str] = {
    "surname:7": FOR,
    "surname:6": FOR,
    "surname:5": FOR,
    "surname:4": AGAINST,
    "surname:3": AGAINST,
    "surname:2": DOUBT,
    "surname:1": DOUBT,
    "surname:0": AGAINST,
    "given:7": FOR,
    "given:6": FOR,
    "given:5": FOR,
    "given:4": AGAINST,
    "given:3": AGAINST,
    "given:1": DOUBT,
    "given:0": AGAINST,
    "unreadable": FOR,
    "birth:equal": FOR,
    "birth:near": DOUBT,
    "birth:missing": DOUBT,
    "birth:differs": AGAINST,
    "address:dwelling": FOR,
    "address:before": DOUBT,
    "address:block": FOR,
    "address:town": FOR,
    "address:differs": AGAINST,
    "address:outside": AGAINST,
    "sex:differs": AGAINST,
    "dependants": FOR,
    "dependants:none": AGAINST,
    "alias_only": DOUBT,
    "turned_only": FOR,
    "protected": DOUBT,
    "moved": AGAINST,
    "personnel": FOR,
}


def lines(codes: Iterable[str]) -> list[Message]:
    """Give the short lines that say what agrees and what differs."""
    return [line(code) for code in codes]


def line(code: str) -> Message:
    """Give the line of one code; a code of nobody's stands as it is."""
    name, count = _counted(code)
    return Message(f"evidence.{name}", {"count": count}) if name in MARKS else Message("evidence.other", {"code": code})


def mark(code: str) -> str:
    """Give the mark of a code."""
    return MARKS.get(_counted(code)[0], FOR)


def _counted(code: str) -> tuple[str, str]:
    """Part a code from the number it counts.

    >>> _counted("birth:near"), _counted("dependants:3")
    (('birth:near', ''), ('dependants', '3'))
    """
    name, _, count = code.partition(":")
    return (code, "") if code in MARKS else (name, count)
