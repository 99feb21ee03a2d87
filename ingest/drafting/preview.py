"""How one export file would be read, for whoever writes its mapping; nothing is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.model import record
from ingest.language.known_source import Mapping
from ingest.language.rule import PATTERN, PREFIX, Rule, header_key
from ingest.reading import source
from ingest.reading.source import Problem, Source
from ingest.sources.duplicates import BESIDES
from words import Message, Words

TYPED = 10  # rows shown


@record
class ColumnUse:
    """A canonical column, the header names it is read from, and what is done to their cells."""

    column: str
    kind: str
    read_from: tuple[str, ...]
    how: Message


@record
class Explanation:
    """What a file is taken for and what would become of its rows."""

    file: str
    source: str
    table: str
    encoding: str
    extent: str
    columns: tuple[ColumnUse, ...]
    unread: tuple[str, ...]  # header names that no rule reads
    rows: int
    readable: int
    reasons: dict[str, int]
    examples: tuple[Problem, ...]  # the first problem for each reason
    typed: tuple[dict[str, str], ...]  # the first rows as they would be kept, `line` and what is not empty
    beside: tuple["Explanation", ...] = ()  # the other readings of the file


def explain(path: Path, mappings: Sequence[Mapping]) -> Explanation:
    """Say how a file would be read.

    Raises SourceError with one sentence where it cannot be read at all.
    """
    first, *others = source.readings(source.identify(path, mappings), mappings)
    read = {header_key(name) for each in (first, *others) for part in each.mapping.reads() for name in part}
    unread = tuple(name for name in first.header if header_key(name) not in read)
    beside = tuple(_explained(reading, ()) for reading in others)
    return replace(_explained(first, unread), beside=beside)


def _explained(found: Source, unread: tuple[str, ...]) -> Explanation:
    readable, problems, typed = 0, list[Problem](), list[dict[str, str]]()
    for chunk in source.read(found):
        readable += len(chunk.rows)
        typed += map(_stated, chunk.rows.slice(0, TYPED - len(typed)).to_pylist())
        problems += chunk.problems
    first = {problem.reason: problem for problem in reversed(problems)}
    return Explanation(
        file=found.path.name,
        source=found.mapping.id,
        table=found.mapping.table.name,
        encoding=found.encoding.name,
        extent="full" if found.mapping.full else "delta",
        columns=tuple(_use(rule) for rule in found.mapping.rules),
        unread=unread,
        rows=readable + len(problems),
        readable=readable,
        reasons=dict(sorted(Counter(problem.reason for problem in problems).items())),
        examples=tuple(sorted(first.values(), key=lambda problem: problem.line)),
        typed=tuple(typed),
    )


def rows(told: Explanation, words: Words) -> list[dict[str, str]]:
    """Lay an explanation out as a table: the file, its columns, the header names nobody reads, the first problems."""
    counts = words.say(
        "drafting.preview.counts", encoding=told.encoding, extent=told.extent, rows=told.rows, readable=told.readable
    )
    lines = [(words.say("drafting.preview.file"), told.file, f"{told.source} → {told.table}", counts)]
    lines += [(use.column, " + ".join(use.read_from), use.kind, words.tell(use.how)) for use in told.columns]
    lines += [("", name, "", words.say("drafting.preview.unread")) for name in told.unread]
    lines += [(_line(one.line, words), one.column, one.reason, one.text) for one in told.examples]
    lines += [(_line(row["line"], words), "", words.say("drafting.preview.kept"), _cells(row)) for row in told.typed]
    laid = [dict(zip(("column", "from", "kind", "how"), line, strict=True)) for line in lines]
    return laid + [row for reading in told.beside for row in rows(reading, words)]


def _line(number: int | str, words: Words) -> str:
    return words.say("drafting.preview.line", line=number)


def _stated(row: dict[str, Any]) -> dict[str, str]:
    stated = {name: value for name, value in row.items() if value not in ("", None) and name not in BESIDES}
    return {"line": str(row["line"])} | {name: " ".join(str(value).splitlines()) for name, value in stated.items()}


def _cells(row: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in row.items() if name != "line")


def _use(rule: Rule) -> ColumnUse:
    return ColumnUse(column=rule.column.name, kind=rule.column.kind, read_from=rule.names, how=_how(rule))


def _how(rule: Rule) -> Message:
    """Name what a rule does to a cell."""
    steps: dict[str, tuple[bool, dict[str, object]]] = {
        "constant": (rule.constant is not None, {"value": rule.constant}),
        "when": (bool(rule.when), {"names": [name for name, _ in rule.when]}),
        "strip": (bool(rule.strip), {"prefixes": list(rule.strip)}),
        "last": (bool(rule.last), {"digits": rule.last}),
        "width": (bool(rule.width), {"digits": rule.width}),
        "first": (rule.first, {}),
        "replace": (bool(rule.replace), {"count": len(rule.replace)}),
        "after": (bool(rule.after), {"text": rule.after}),
        "before": (bool(rule.before), {"text": rule.before}),
        "pattern": (bool(rule.pattern), {"pattern": rule.pattern}),
        "codes_by_prefix": (rule.codes_by == PREFIX, {}),
        "codes_by_pattern": (rule.codes_by == PATTERN, {}),
        "codes": (rule.codes is not None, {"count": len(rule.codes or ())}),
        "inclusive": (rule.inclusive, {}),
        "style": (rule.style != "auto", {"style": rule.style}),
        "optional": (rule.optional, {}),
    }
    told = [Message(f"drafting.how.{step}", figures) for step, (holds, figures) in steps.items() if holds]
    return Message("drafting.preview.how", {"steps": told})
