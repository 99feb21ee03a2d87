"""The line grammar of GEDCOM: what a line says, what stands under it, and which lines are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.model import Reason
from words import Said

ENDS = re.compile(r"\r\n|\r|\n")  # nothing else ends a line: str.splitlines knows too many
LINE = re.compile(r"([0-9]{1,9})[ \t]+(?:@([^@]+)@[ \t]+)?([A-Za-z0-9_]+)(?:[ \t](.*))?", re.DOTALL)
POINTER = re.compile(r"@([^@]+)@")


@dataclass(frozen=True, slots=True)
class Node:
    """One line with the lines below it; tags are upper-case, `xref` and a pointer's text stand without their @."""

    number: int
    xref: str
    tag: str
    value: str
    below: list["Node"] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator["Node"]:
        """Give the lines right below this one that bear one of the tags."""
        return (node for node in self.below if node.tag in tags)

    def words(self, *tags: str) -> Iterator[str]:
        """Give the values of the lines right below, in lower case; an empty one counts as absent."""
        return (word for node in self.all(*tags) if (word := node.value.strip().lower()))

    @property
    def pointer(self) -> str:
        """Give what the value points to, or nothing where it is no pointer."""
        found = POINTER.fullmatch(self.value.strip())
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A line that does not count, and why."""

    number: int
    sentence: Said
    reason: Reason = Reason.INCONSISTENT


NO_LINE = Said("is not `level [@xref@] TAG [value]`", "「level [@xref@] TAG [value]」の形ではありません")


def _too_deep(level: str) -> Said:
    return Said(
        f"has level {level}, more than one above the line before", f"水準 {level} が前の行より2つ以上深くなっています"
    )


def parse(text: str, first: int = 1) -> tuple[list[Node], list[BadRecord]]:
    """Read a file's records (its lines of level 0), and what stands in no record; lines are numbered from `first`."""
    records: list[Node] = []
    problems: list[BadRecord] = []
    open_at: list[Node] = []  # the accepted line of each level that the next may stand under
    for number, line in enumerate(ENDS.split(text), start=first):
        if not line.strip():
            continue
        found = LINE.fullmatch(line.lstrip(" \t"))
        if not found:
            problems.append(BadRecord(number, NO_LINE, Reason.TRUNCATED))
        elif int(found[1]) > len(open_at):
            problems.append(BadRecord(number, _too_deep(found[1])))
        else:
            level = int(found[1])
            node = Node(number, found[2] or "", found[3].upper(), found[4] or "")
            (open_at[level - 1].below if level else records).append(node)
            open_at[level:] = [node]
    return records, problems
