"""Clocks of a calling and a read system that lie apart, as readers are told of them (L9)."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.model import record
from words import Message

UNITS = (("hours", 3600), ("minutes", 60), ("seconds", 1))


@record
class Clock:
    """A read system whose clock is `seconds` ahead of the one that called it, and the rows paired by that."""

    via: str
    system: str
    seconds: int
    rows: int


def clocks(facts: Mapping[str, Any]) -> tuple[Clock, ...]:
    """Give the clocks that lie further apart than the policy's window."""
    return tuple(Clock(**each) for each in facts.get("clocks", ()))


def clock_words(found: Iterable[Clock | Mapping[str, Any]]) -> tuple[Message, ...]:
    """Say of each pair of systems (records, or in their JSON shape) how far their clocks lie apart."""
    return tuple(_told(clock if isinstance(clock, Clock) else Clock(**clock)) for clock in found)


def _told(clock: Clock) -> Message:
    figures = {"system": clock.system, "via": clock.via, "rows": clock.rows, "length": _length(clock.seconds)}
    return Message("delivery.clock.ahead" if clock.seconds > 0 else "delivery.clock.behind", figures)


def _length(seconds: int) -> list[Message]:
    """Give a length of time, unit by unit."""
    left, parts = abs(seconds), []
    for unit, length in UNITS:
        count, left = divmod(left, length)
        parts += [Message(f"delivery.clock.{unit}", {"count": count})] if count else []
    return parts
