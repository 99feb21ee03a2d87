"""Mapping files: which export a file is, and how its columns become those of a canonical table."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from graph.errors import ConfigError
from graph.files import toml
from graph.files.toml import refusal
from ingest.language import several
from ingest.language.known_source import Mapping
from ingest.language.mapping_file import IGNORED, IgnoredFile, MappingFile
from ingest.language.mapping_rules import filled, rules
from ingest.language.rule import Rule, conditions
from ingest.language.tables import NOTHING, TABLES, CanonicalTable
from words import Said

__all__ = ["Mapping", "load", "read"]

BUILT_IN = Path(__file__).parent / "mappings"
READER = "5"  # raised when the same file and mapping would be read differently: kept sources are then read again
DATED = ("day", "register_date", "time")


def load(folders: Sequence[Path] = ()) -> tuple[Mapping, ...]:
    """Read the mappings of these folders and the built-in ones; a folder's mapping replaces a built-in of the same id.

    Raises ConfigError, naming file, key, value and what would be right.
    """
    own = [read(path, built_in=False) for folder in folders for path in _files(folder)]
    _refuse_twins(own)
    taken = {mapping.id for mapping in own}
    built_in = (read(path, built_in=True) for path in sorted(BUILT_IN.glob("*.toml")))
    return several.together((*own, *(mapping for mapping in built_in if mapping.id not in taken)))


def read(path: Path, *, built_in: bool) -> Mapping:
    """Read one mapping file."""
    values, content = toml.parsed(path)
    if "ignore" in values:
        return _ignored(path, toml.checked(path.name, values, IgnoredFile), content)
    found = toml.checked(path.name, values, MappingFile)
    table = TABLES[found.table]
    made = _tree(path.name, found) if found.format == "gedcom" else rules(path.name, found, table)
    day = found.day if found.day == "name" else _dated(path.name, found.day, table, made)
    key = table.key if found.key is None else found.key
    text = content.decode("utf-8-sig")
    return Mapping(
        id=found.id or path.stem,
        file=path.name,
        title=found.title or table.meaning,
        table=table,
        files=found.files,
        header=found.header,
        rules=made,
        key=key if found.format == "gedcom" else filled(path.name, "key", key, made),
        full=found.extent == "full",
        day=day,
        skip=found.skip,
        encoding=found.encoding,
        delimiter=found.delimiter,
        format=found.format,
        required=found.required,
        relation_limit=found.relation_limit,
        max_shrink=table.max_shrink if found.max_shrink is None else found.max_shrink,
        built_in=built_in,
        digest=hashlib.sha256((READER + text).encode()).hexdigest(),
        beside=found.same_file_as or "",
        where=conditions(found.where),
        pass_over=conditions(found.pass_over),
        groups=found.groups,
    )


def _ignored(path: Path, found: IgnoredFile, content: bytes) -> Mapping:
    """Give what names files that are not to be read."""
    return Mapping(
        id=found.id or path.stem,
        file=path.name,
        title=found.ignore,
        table=NOTHING,
        files=found.files,
        format=IGNORED,
        digest=hashlib.sha256(content).hexdigest(),
        ignore=found.ignore,
    )


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder of mapping files", f"{folder}: マッピングのフォルダがありません")
    found = sorted(folder.glob("*.toml"))
    if not found:
        raise ConfigError(
            f"{folder}: no mapping file (*.toml) in this folder", f"{folder}: マッピング（*.toml）がありません"
        )
    return found


def _refuse_twins(mappings: Sequence[Mapping]) -> None:
    seen: dict[str, Mapping] = {}
    for mapping in mappings:
        twin = seen.setdefault(mapping.id, mapping)
        if twin is not mapping:
            both = f"{twin.file}, {mapping.file}"
            raise ConfigError(
                f"{both}: id: two mapping files have the id {mapping.id}; give each its own",
                f"{both}: id: 2つのマッピングが同じ id {mapping.id} です。別の id にしてください",
            )


def _tree(file: str, found: MappingFile) -> tuple[Rule, ...]:
    """Give the rules of a genealogy: it has none."""
    if found.table != "genealogy":
        raise refusal(file, "format", found.format, Said(en="fills genealogy only", ja="genealogy の表だけに使えます"))
    if found.columns or found.constants:
        why = Said(en="must be left out: a genealogy has no columns", ja="系図には列がありません。消してください")
        raise refusal(file, "columns" if found.columns else "constants", {}, why)
    return ()


def _dated(file: str, name: str, table: CanonicalTable, made: Sequence[Rule]) -> str:
    """Give the column whose latest date is a file's day."""
    dated = [rule for rule in made if rule.column.kind in DATED]
    return filled(file, "day", [name], dated)[0]
