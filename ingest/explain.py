"""How one export file would be read, for whoever writes its mapping; nothing is kept."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph.model import record
from ingest import source
from ingest.mapping import Mapping
from ingest.rule import Rule, header_key
from ingest.settling import BESIDES
from ingest.source import Problem, Source

TYPED = 10  # rows shown


@record
class ColumnUse:
    """A canonical column, the header names it is read from, and what is done to their cells."""

    column: str
    kind: str
    read_from: tuple[str, ...]
    how: str


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


def explain(path: Path, mappings: Sequence[Mapping]) -> Explanation:
    """Say how a file would be read.

    Raises SourceError with one sentence where it cannot be read at all.
    """
    found = source.identify(path, mappings)
    readable, problems, typed = 0, list[Problem](), list[dict[str, str]]()
    for chunk in source.read(found):
        readable += len(chunk.rows)
        typed += map(_told, chunk.rows.slice(0, TYPED - len(typed)).to_pylist())
        problems += chunk.problems
    first = {problem.reason: problem for problem in reversed(problems)}
    return Explanation(
        file=path.name,
        source=found.mapping.id,
        table=found.mapping.table.name,
        encoding=found.encoding.name,
        extent="full" if found.mapping.full else "delta",
        columns=tuple(_use(rule) for rule in found.mapping.rules),
        unread=_unread(found),
        rows=readable + len(problems),
        readable=readable,
        reasons=dict(sorted(Counter(problem.reason for problem in problems).items())),
        examples=tuple(sorted(first.values(), key=lambda problem: problem.line)),
        typed=tuple(typed),
    )


def rows(told: Explanation) -> list[dict[str, str]]:
    """Lay an explanation out as a table: the file, its columns, the header names nobody reads, the first problems."""
    counts = f"{told.encoding}, {told.extent}: {told.readable} of {told.rows} rows can be read"
    lines = [("file", told.file, f"{told.source} → {told.table}", counts)]
    lines += [(use.column, " + ".join(use.read_from), use.kind, use.how) for use in told.columns]
    lines += [("", name, "", "not read") for name in told.unread]
    lines += [(f"line {one.line}", one.column, one.reason, one.text) for one in told.examples]
    lines += [(f"line {row['line']}", "", "kept as", _words(row)) for row in told.typed]
    return [dict(zip(("column", "from", "kind", "how"), line, strict=True)) for line in lines]


def _told(row: dict[str, Any]) -> dict[str, str]:
    told = {name: value for name, value in row.items() if value not in ("", None) and name not in BESIDES}
    return {"line": str(row["line"])} | {name: " ".join(str(value).splitlines()) for name, value in told.items()}


def _words(row: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in row.items() if name != "line")


def _use(rule: Rule) -> ColumnUse:
    return ColumnUse(column=rule.column.name, kind=rule.column.kind, read_from=rule.names, how="; ".join(_how(rule)))


def _how(rule: Rule) -> list[str]:
    """Put a rule's options in words."""
    steps = {
        f"always {rule.constant}": rule.constant is not None,
        f"only where {', '.join(name for name, _ in rule.when)} fits": bool(rule.when),
        f"without the prefix {' or '.join(rule.strip)}": bool(rule.strip),
        f"the last {rule.last} digits": bool(rule.last),
        f"filled with zeros to {rule.width} digits": bool(rule.width),
        f"through a dictionary of {len(rule.codes or ())} codes": rule.codes is not None,
        "the last day is included": rule.inclusive,
        f"style {rule.style}": rule.style != "auto",
        "may lack": rule.optional,
    }
    return [step for step, holds in steps.items() if holds]


def _unread(found: Source) -> tuple[str, ...]:
    read = {header_key(name) for rule in found.mapping.rules for part in rule.parts for name in part}
    read |= {header_key(name) for rule in found.mapping.rules for name, _ in rule.when}
    return tuple(name for name in found.header if header_key(name) not in read)
