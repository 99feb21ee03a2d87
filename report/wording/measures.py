"""What is counted and why rows were turned away, in words; the keys are those of the interface."""

from collections.abc import Mapping

from graph.model import Reason
from words import Words


def warning(key: str, words: Words) -> str:
    """Word one kind of what is odd in a file and no error; a genealogy's record with such characters is loaded."""
    return words.say("measure.unreadable") if key == Reason.UNDECODABLE else words.of("measure", key)


def measured(counts: Mapping[str, int], words: Words) -> str:
    """Word counts by their keys in one cell: 矛盾:2 キーなし:1."""
    return " ".join(f"{words.of('measure', key)}:{count:,}" for key, count in sorted(counts.items()))
