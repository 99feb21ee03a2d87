"""How one export file would be read, for whoever writes its mapping; nothing is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.model import record
from ingest.language.mapping import Mapping
from ingest.language.rule import Rule, header_key
from ingest.reading import source
from ingest.reading.source import Problem, Source
from ingest.sources.duplicates import BESIDES
from words import Said

TYPED = 10  # rows shown
WORDS = {
    "ja": {
        "file": "ファイル",
        "counts": "{told.encoding}、{extent}: {told.rows}行のうち{told.readable}行を読めます",
        "full": "全件",
        "delta": "追加分",
        "unread": "読みません",
        "line": "{}行目",
        "kept": "取り込む形",
    },
    "en": {
        "file": "file",
        "counts": "{told.encoding}, {extent}: {told.readable} of {told.rows} rows can be read",
        "full": "full",
        "delta": "delta",
        "unread": "not read",
        "line": "line {}",
        "kept": "kept as",
    },
}


@record
class ColumnUse:
    """A canonical column, the header names it is read from, and what is done to their cells."""

    column: str
    kind: str
    read_from: tuple[str, ...]
    how: Said


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
    read = {name for reading in (first, *others) for name in _read(reading)}
    unread = tuple(name for name in first.header if header_key(name) not in read)
    beside = tuple(_explained(reading, ()) for reading in others)
    return replace(_explained(first, unread), beside=beside)


def _explained(found: Source, unread: tuple[str, ...]) -> Explanation:
    readable, problems, typed = 0, list[Problem](), list[dict[str, str]]()
    for chunk in source.read(found):
        readable += len(chunk.rows)
        typed += map(_told, chunk.rows.slice(0, TYPED - len(typed)).to_pylist())
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


def rows(told: Explanation, lang: str) -> list[dict[str, str]]:
    """Lay an explanation out as a table: the file, its columns, the header names nobody reads, the first problems."""
    words = WORDS[lang]
    counts = words["counts"].format(told=told, extent=words[told.extent])
    lines = [(words["file"], told.file, f"{told.source} → {told.table}", counts)]
    lines += [(use.column, " + ".join(use.read_from), use.kind, use.how.to(lang)) for use in told.columns]
    lines += [("", name, "", words["unread"]) for name in told.unread]
    lines += [(words["line"].format(one.line), one.column, one.reason, one.text) for one in told.examples]
    lines += [(words["line"].format(row["line"]), "", words["kept"], _words(row)) for row in told.typed]
    laid = [dict(zip(("column", "from", "kind", "how"), line, strict=True)) for line in lines]
    return laid + [row for reading in told.beside for row in rows(reading, lang)]


def _told(row: dict[str, Any]) -> dict[str, str]:
    told = {name: value for name, value in row.items() if value not in ("", None) and name not in BESIDES}
    return {"line": str(row["line"])} | {name: " ".join(str(value).splitlines()) for name, value in told.items()}


def _words(row: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in row.items() if name != "line")


def _use(rule: Rule) -> ColumnUse:
    return ColumnUse(column=rule.column.name, kind=rule.column.kind, read_from=rule.names, how=_how(rule))


BY = {"prefix": "コードは先頭の文字で比べる", "pattern": "コードは正規表現で比べる"}


def _how(rule: Rule) -> Said:
    """Put a rule's options in words."""
    prefixes, names = rule.strip, [name for name, _ in rule.when]
    codes = len(rule.codes or ())
    steps = (
        (rule.constant is not None, f"always {rule.constant}", f"常に {rule.constant}"),
        (bool(names), f"only where {', '.join(names)} fits", f"{'、'.join(names)}が合う行だけ"),
        (bool(prefixes), f"without the prefix {' or '.join(prefixes)}", f"先頭の {'、'.join(prefixes)} を除く"),
        (bool(rule.last), f"the last {rule.last} digits", f"末尾の{rule.last}桁"),
        (bool(rule.width), f"filled with zeros to {rule.width} digits", f"{rule.width}桁に0で埋める"),
        (rule.first, "the first that is not empty", "空でない最初のもの"),
        (bool(rule.replace), f"with replacements: {len(rule.replace)}", f"{len(rule.replace)}件の置き換え"),
        (bool(rule.after), f"what follows {rule.after}", f"「{rule.after}」より後"),
        (bool(rule.before), f"what stands before {rule.before}", f"「{rule.before}」より前"),
        (bool(rule.pattern), f"what {rule.pattern} finds", f"正規表現 {rule.pattern} に合う部分"),
        (rule.codes_by != "whole", f"codes are compared by {rule.codes_by}", BY.get(rule.codes_by, "")),
        (rule.codes is not None, f"through a dictionary of {codes} codes", f"{codes}件のコード表で読み替える"),
        (rule.inclusive, "the last day is included", "終わりの日を含む"),
        (rule.style != "auto", f"style {rule.style}", f"書式 {rule.style}"),
        (rule.optional, "may lack", "なくてもよい"),
    )
    told = [(en, ja) for holds, en, ja in steps if holds]
    return Said(en="; ".join(en for en, _ in told), ja="、".join(ja for _, ja in told))


def _read(found: Source) -> set[str]:
    """Give the header names that a reading reads, as they are compared."""
    mapping = found.mapping
    parts = {header_key(name) for rule in mapping.rules for part in rule.parts for name in part}
    conditions = (*mapping.where, *mapping.pass_over, *(each for rule in mapping.rules for each in rule.when))
    return parts | {header_key(name) for name, _ in conditions}
