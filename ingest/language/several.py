"""One file read more than once: into several tables, and group by group where its columns are numbered groups.

Each reading is a mapping of its own whose files are found by another one, which it stands beside.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.files.toml import one_of, refusal
from ingest.language.known_source import Mapping
from ingest.language.rule import NUMBER, Condition, Rule
from words import Said

NO_LIMIT = 1.0  # an event that moves from one group to another shrinks nothing


def together(mappings: Sequence[Mapping]) -> tuple[Mapping, ...]:
    """Give every reading, those beside one knowing it and each other. Raises ConfigError for one beside nothing."""
    _refuse_strays(mappings)
    readings = [reading for mapping in mappings for reading in _by_group(mapping)]
    return tuple(
        replace(reading, elsewhere=_elsewhere(reading, readings)) if not reading.beside else reading
        for reading in readings
    )


def _by_group(mapping: Mapping) -> Iterator[Mapping]:
    """Give the mapping once for each of its groups; the first keeps its name, the others stand beside it."""
    if not mapping.groups:
        yield mapping
    for number in range(1, mapping.groups + 1):
        rules = tuple(_numbered(rule, number) for rule in mapping.rules)
        pairs = zip(mapping.rules, rules, strict=True)
        filled = (part for was, rule in pairs if rule != was for part in rule.parts if part not in was.parts)
        reading = replace(mapping, rules=rules, group=number, filled=tuple(filled))
        yield reading if number == 1 else _further(reading, mapping)


def _further(reading: Mapping, first: Mapping) -> Mapping:
    digest = hashlib.sha256(f"{first.digest} {reading.group}".encode()).hexdigest()
    limit = first.max_shrink if first.max_shrink is None else NO_LIMIT
    name = f"{first.id}#{reading.group}"
    return replace(reading, id=name, beside=first.beside or first.id, digest=digest, max_shrink=limit, required=False)


def _numbered(rule: Rule, number: int) -> Rule:
    parts = tuple(tuple(name.replace(NUMBER, str(number)) for name in part) for part in rule.parts)
    when = tuple((name.replace(NUMBER, str(number)), values) for name, values in rule.when)
    return replace(rule, parts=parts, when=when)


def _elsewhere(first: Mapping, readings: Sequence[Mapping]) -> tuple[tuple[Condition, ...], ...]:
    return tuple(reading.where for reading in readings if reading.beside == first.id)


def _refuse_strays(mappings: Sequence[Mapping]) -> None:
    """Refuse a mapping that stands beside none that finds files, and two readings of one file into one table."""
    firsts = {mapping.id: mapping for mapping in mappings if not mapping.beside}
    filled: dict[tuple[str, str], Mapping] = {(mapping.id, mapping.table.name): mapping for mapping in firsts.values()}
    for mapping in (each for each in mappings if each.beside):
        if mapping.beside not in firsts:
            raise refusal(mapping.file, "same_file_as", mapping.beside, one_of(mapping.beside, sorted(firsts)))
        twin = filled.setdefault((mapping.beside, mapping.table.name), mapping)
        if twin is not mapping:
            why = Said(
                en=f"is read into {mapping.table.name} by {twin.file} too; write `groups`, or one mapping",
                ja=f"{twin.file} も同じ表 {mapping.table.name} に読みます。groups を使うか、1つにまとめてください",
            )
            raise refusal(mapping.file, "same_file_as", mapping.beside, why)
