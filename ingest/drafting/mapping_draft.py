"""A first mapping for a file that none reads: what its header and first rows look like, every guess marked as one."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from graph.errors import SourceError
from ingest.language.known_source import Mapping as Known
from ingest.language.rule import Rule, code_key, header_key
from ingest.language.tables import TABLES, CanonicalTable, TableColumn
from ingest.reading import encodings, foreign
from words import Words

SAMPLE = 300  # rows that are looked at
FEW = 12  # so many different values look like codes
EXACT, ALIKE = 3, 1
SHORTEST = 2  # letters that two header names must share


class Guess(NamedTuple):
    """A header name that may be a canonical column, and whether it is the very name another source uses."""

    header: str
    exact: bool


def guess(path: Path, known: Sequence[Known], words: Words) -> str:
    """Write a mapping for a file as TOML, from the header names that the known mappings read.

    Raises SourceError where the file cannot be read or has no header of which anything is known.
    """
    foreign.refuse_others(path)
    header, rows = _sample(path)
    found = {name: _columns(header, table, [k for k in known if k.table is table]) for name, table in TABLES.items()}
    table = max(found, key=lambda name: sum(EXACT if each.exact else ALIKE for each in found[name].values()))
    if not found[table]:
        raise SourceError(
            f"{path.name}, line 1: no column of this header is known from any mapping: {', '.join(header)}",
            f"{path.name} 1行目: この見出しの列はどの対応表にもありません: {'、'.join(header)}",
        )
    whole = _elsewhere(header, TABLES[table], known, found[table]) | found[table]
    return "\n".join(_written(path, TABLES[table], header, rows, whole, known, words)) + "\n"


def _sample(path: Path) -> tuple[list[str], list[list[str]]]:
    with encodings.open_text(path, encodings.detect(path)) as handle:
        texts = list(islice(handle, SAMPLE + 1))
    try:
        header, *rows = csv.reader(texts, delimiter=max(",\t;", key=texts[0].count))
    except csv.Error as error:
        raise SourceError(
            f"{path.name}: its first {SAMPLE} lines are no rows of a table ({error})",
            f"{path.name}: 先頭{SAMPLE}行は表の行ではありません（{error}）",
        ) from error
    return header, [row for row in rows if len(row) == len(header)]


def _columns(header: Sequence[str], table: CanonicalTable, known: Sequence[Known]) -> dict[str, Guess]:
    """Find a header name for each canonical column of one table: the same name first, then one that contains it."""
    rules = [rule for mapping in known for rule in mapping.rules]
    names = [(rule.column.name, name) for rule in rules for part in rule.parts for name in part]
    names += [(column.name, column.name) for column in table.columns]
    exact = {column: Guess(cell, True) for column, name in reversed(names) for cell in header if _same(cell, name)}
    taken = {each.header for each in exact.values()}
    for column, name in names:
        alike = [cell for cell in header if cell not in taken and _alike(cell, name)]
        if column not in exact and alike:
            exact[column] = Guess(alike[0], False)
            taken.add(alike[0])
    return exact


def _elsewhere(
    header: Sequence[str], table: CanonicalTable, known: Sequence[Known], found: Mapping[str, Guess]
) -> dict[str, Guess]:
    """Find the columns of this table that other tables have too, under the header names that are read into those."""
    columns, taken = {column.name for column in table.columns}, {each.header for each in found.values()}
    rules = [rule for mapping in known for rule in mapping.rules if rule.column.name in columns]
    names = ((rule.column.name, name) for rule in rules for part in rule.parts for name in part)
    met = ((column, cell) for column, name in names for cell in header if cell not in taken and _same(cell, name))
    return {column: Guess(cell, False) for column, cell in met}


def _same(cell: str, name: str) -> bool:
    return header_key(cell) == header_key(name)


def _alike(cell: str, name: str) -> bool:
    one, other = header_key(cell), header_key(name)
    return min(len(one), len(other)) >= SHORTEST and (one in other or other in one)


def _written(
    path: Path, table: CanonicalTable, header: Sequence[str], rows: Sequence[Sequence[str]], found: Mapping[str, Guess],
    known: Sequence[Known], words: Words,
) -> Iterator[str]:  # fmt: skip
    mark = words.say("drafting.mapping.mark")
    yield from (f"# {line}" for line in words.say("drafting.mapping.head", file=path.name).splitlines())
    yield f"title = {_text(table.meaning.split(':')[0])}  # {mark}"
    counts = words.say("drafting.mapping.columns", found=len(found), all=len(table.columns))
    yield f"table = {_text(table.name)}  # {mark}: {counts}"
    yield f"files = [{_text(_pattern(path))}]"
    timed = any(column.kind == "time" and column.name in found for column in table.columns)
    extent = words.say("drafting.mapping.extent")
    yield f'extent = "{"delta" if timed else "full"}"  # {mark}: {extent}'
    yield from ("", "[columns]")
    rules = {rule.column.name: rule for mapping in known if mapping.table is table for rule in mapping.rules}
    for column in table.columns:
        if column.name in found:
            yield from _line(column, found[column.name], header, rows, rules.get(column.name), mark)
        elif column.required:
            required = words.say("drafting.mapping.required", meaning=column.meaning)
            yield f'# {column.name} = ""  # {required}'
    used = {each.header for each in found.values()}
    unread = [cell for cell in header if cell not in used]
    unread_words = words.say("drafting.mapping.unread")
    yield from (["", f"# {unread_words}: {'、'.join(unread)}"] if unread else [])


def _line(
    column: TableColumn,
    found: Guess,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    rule: Rule | None,
    mark: str,
) -> Iterator[str]:
    guessed = "" if found.exact else f"  # {mark}"
    values = Counter(row[header.index(found.header)] for row in rows)
    if column.values and 0 < len(values) <= FEW:
        known = {code_key(code): word for code, word in (rule.codes or {}).items()} if rule else {}
        codes = ", ".join(f"{_text(each)} = {_text(known.get(code_key(each), ''))}" for each in sorted(values))
        read = f"{{ from = {_text(found.header)}, codes = {{ {codes} }} }}"
        yield f"{column.name} = {read}  # {mark}: {'|'.join(column.values)}"
    else:
        yield f"{column.name} = {_text(found.header)}{guessed}"


def _pattern(path: Path) -> str:
    """Give the file's name with its digits open, for the file of the next day."""
    stem = "".join("?" if letter.isdigit() else letter for letter in path.stem)
    return f"{stem.rstrip('?')}*{path.suffix}" if stem.endswith("?") else path.name


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
