"""Clocks of a calling and a read system that lie apart, as readers are told of them (L9)."""

from collections.abc import Iterable

from graph.model import record
from words import Said

UNITS = ((3600, "時間", " h"), (60, "分", " min"), (1, "秒", " s"))


@record
class Clock:
    """A read system whose clock is `seconds` ahead of the one that called it, and the rows paired by that."""

    via: str
    system: str
    seconds: int
    rows: int


def clock_words(found: Iterable[Clock], lang: str) -> tuple[str, ...]:
    """Say of each pair of systems how far their clocks lie apart."""
    return tuple(_said(clock).to(lang) for clock in found)


def _said(clock: Clock) -> Said:
    ahead = clock.seconds > 0
    return Said(
        en=f"{clock.system}: rows that came through {clock.via} are timed {_length(clock.seconds, 2)} "
        f"{'after' if ahead else 'before'} the calls. {clock.rows:,} of them were joined with their callers by this "
        "offset of the clocks; it does not tell which clock is right.",
        ja=f"{clock.system}: {clock.via}経由の時刻は、呼出元より{_length(clock.seconds, 1)}"
        f"{'進んで' if ahead else '遅れて'}います。{clock.rows:,}件をこのずれで呼出元の行と突き合わせました。"
        "どちらの時計が正しいかは判断していません。",
    )


def _length(seconds: int, words: int) -> str:
    """Write a length of time.

    >>> _length(-32394, 1), _length(75, 2)
    ('8時間59分54秒', '1 min 15 s')
    """
    left, parts = abs(seconds), []
    for unit in UNITS:
        count, left = divmod(left, unit[0])
        parts += [f"{count}{unit[words]}"] if count else []
    return ("" if words == 1 else " ").join(parts)
