"""Mapping files: which export a file is, and how its columns become those of a canonical table."""

import hashlib
import tomllib
import unicodedata
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

from graph.errors import ConfigError
from graph.model import record
from ingest.section import Section
from ingest.tables import TABLES, CanonicalTable, TableColumn

BUILT_IN = Path(__file__).parent / "mappings"
READER = "2"  # raised when the same file and mapping would be read differently: kept sources are then read again
BRACKETS = str.maketrans("", "", "()[]{}<>「」『』【】〔〕〈〉《》 \t\u3000\ufeff")
RELATION_LIMIT = 0.001  # Z14: more rows than this whose 続柄 text and codes disagree, and the file is refused
ENCODINGS = ("detect", "UTF-8", "CP932", "UTF-16", "EUC-JP")
DATED = ("day", "register_date", "time")
FORMATS = ("csv", "gedcom")
STYLES = ("auto", "dmy", "mdy", "clock")
TOP_KEYS = {
    "id", "title", "table", "files", "header", "skip", "encoding", "delimiter", "format", "extent", "day", "key",
    "required", "relation_limit", "constants", "columns",
}  # fmt: skip
RULE_KEYS = {
    "from", "optional", "codes", "otherwise", "join", "width", "last", "strip", "style", "inclusive", "open", "when",
    "check",
}  # fmt: skip


@record
class Rule:
    """How one canonical column is read: from which header names, and through what."""

    column: TableColumn
    parts: tuple[tuple[str, ...], ...] = ()  # for each part the header names it may have
    constant: str | None = None
    optional: bool = False
    codes: Dict[str, str] | None = None
    otherwise: str | None = None
    join: str = " "
    width: int = 0
    last: int = 0
    strip: tuple[str, ...] = ()
    style: str = "auto"
    inclusive: bool = False
    open: tuple[str, ...] = ()
    when: tuple[tuple[str, frozenset[str]], ...] = ()  # header name and the values with which the column counts
    check: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Give one header name for each part and condition that the rule needs."""
        return (*(part[0] for part in self.parts), *(name for name, _ in self.when))


@record
class Mapping:
    """One source: how to know its files, and what they fill."""

    id: str
    title: str
    table: CanonicalTable
    files: tuple[str, ...]
    header: tuple[str, ...]
    rules: tuple[Rule, ...]
    key: tuple[str, ...]
    full: bool
    day: str  # "name", or the canonical column whose latest date is the file's day
    skip: int
    encoding: str
    delimiter: str
    format: str
    required: bool
    relation_limit: float
    built_in: bool
    digest: str

    def named_like(self, name: str) -> bool:
        """Say whether a file of this name is this source."""
        plain = unicodedata.normalize("NFKC", name).casefold()
        return any(fnmatch(plain, unicodedata.normalize("NFKC", pattern).casefold()) for pattern in self.files)

    def lacking(self, header: Sequence[str]) -> tuple[str, ...]:
        """Name the columns that the mapping needs and the header does not have."""
        have = {header_key(name) for name in header}
        needed = [part for rule in self.rules if not rule.optional for part in _needed(rule)]
        return tuple(dict.fromkeys(part[0] for part in needed if not have & {header_key(name) for name in part}))

    def matches(self, name: str, header: Sequence[str]) -> bool:
        """Say whether a file of this name or with this header is this source."""
        have = {header_key(cell) for cell in header}
        return self.named_like(name) or (bool(self.header) and have.issuperset(map(header_key, self.header)))


def header_key(name: str) -> str:
    """Write a header name as it is compared: NFKC, lower case, without spaces and brackets (F4)."""
    return unicodedata.normalize("NFKC", name).translate(BRACKETS).casefold()


def code_key(text: str) -> str:
    """Write a code as it is looked up: NFKC, no spaces around, no leading zeros (Z13)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return (plain.lstrip("0") or "0") if plain.isdigit() else plain


def load(folders: Sequence[Path] = ()) -> tuple[Mapping, ...]:
    """Read the mappings of these folders and the built-in ones; a folder's mapping replaces a built-in of the same id.

    Raises ConfigError, naming file, key and what was expected.
    """
    own = [read(path, built_in=False) for folder in folders for path in _files(folder)]
    _refuse_twins(own)
    taken = {mapping.id for mapping in own}
    built_in = [
        mapping for mapping in (read(path, built_in=True) for path in _files(BUILT_IN)) if mapping.id not in taken
    ]
    return (*own, *built_in)


def read(path: Path, *, built_in: bool) -> Mapping:
    """Read one mapping file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path.name}: cannot be read as TOML in UTF-8: {error}") from error
    return _mapping(Section(path.name, table), text, path.stem, built_in)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder of mapping files")
    return sorted(folder.glob("*.toml"))


def _refuse_twins(mappings: Sequence[Mapping]) -> None:
    seen: set[str] = set()
    for mapping in mappings:
        if mapping.id in seen:
            raise ConfigError(f"{mapping.id}: two mapping files have this id; expected one")
        seen.add(mapping.id)


def _mapping(top: Section, text: str, stem: str, built_in: bool) -> Mapping:
    top.only(TOP_KEYS)
    table = TABLES[top.choice("table", tuple(TABLES))]
    rules = () if top.table.get("format") == "gedcom" else _rules(top, table)
    return Mapping(
        id=top.one("id", str, stem),
        title=top.one("title", str, table.meaning),
        table=table,
        files=top.words("files"),
        header=top.words("header"),
        rules=rules,
        key=_key(top, table, rules),
        full=top.choice("extent", ("full", "delta")) == "full",
        day=top.choice("day", ("name", *(column.name for column in table.columns if column.kind in DATED)), "name"),
        skip=top.one("skip", int, 0),
        encoding=top.choice("encoding", ENCODINGS, "detect"),
        delimiter=_delimiter(top),
        format=top.choice("format", FORMATS, FORMATS[0]),
        required=top.one("required", bool, False),
        relation_limit=float(top.one("relation_limit", float, RELATION_LIMIT)),
        built_in=built_in,
        digest=hashlib.sha256((READER + text).encode()).hexdigest(),
    )


def _delimiter(top: Section) -> str:
    delimiter = top.one("delimiter", str, ",")
    if len(delimiter) != 1:
        raise top.fail("delimiter", "one character")
    return str(delimiter)


def _key(top: Section, table: CanonicalTable, rules: Sequence[Rule]) -> tuple[str, ...]:
    key = top.words("key") if "key" in top.table else table.key
    read = {rule.column.name for rule in rules}
    for name in key:
        if name not in read:
            raise top.fail("key", f"columns that the mapping fills; {name} is not among them")
    return key


def _rules(top: Section, table: CanonicalTable) -> tuple[Rule, ...]:
    columns = {column.name: column for column in table.columns}
    constants, mapped = top.one("constants", dict, {}), top.one("columns", dict, {})
    for name in (*constants, *mapped):
        if name not in columns:
            raise top.fail(f"columns.{name}", f"a column of {table.name}: {', '.join(columns)}")
    rules = [_constant(top, columns[name], value) for name, value in constants.items()]
    rules += [_rule(top, columns[name], spec) for name, spec in mapped.items() if name not in constants]
    read = {rule.column.name for rule in rules}
    for column in table.columns:
        if column.required and column.name not in read:
            raise top.fail(f"columns.{column.name}", f"where to find it: {table.name} needs it")
    return tuple(rules)


def _constant(top: Section, column: TableColumn, value: object) -> Rule:
    if not isinstance(value, str | int):
        raise top.fail(f"constants.{column.name}", "a text")
    if column.values and str(value) not in column.values:
        raise top.fail(f"constants.{column.name}", f"one of {', '.join(column.values)}")
    return Rule(column=column, constant=str(value))


def _rule(top: Section, column: TableColumn, spec: object) -> Rule:
    if isinstance(spec, str):
        spec = {"from": spec}
    if not isinstance(spec, dict):
        raise top.fail(f"columns.{column.name}", "a header name or a table")
    section = Section(f"{top.where}: columns.{column.name}", spec)
    section.only(RULE_KEYS)
    parts = tuple(tuple(name.strip() for name in part.split("|")) for part in section.words("from"))
    if not parts:
        raise section.fail("from", "a header name or a list of them")
    chain = column.name == "relation_codes"
    return Rule(
        column=column,
        parts=parts,
        optional=section.one("optional", bool, False),
        codes=_codes(section, column),
        otherwise=section.one("otherwise", str, "") if "otherwise" in spec else None,
        join=section.one("join", str, "の" if chain else " "),
        width=section.one("width", int, 0),
        last=section.one("last", int, 0),
        strip=section.words("strip"),
        style=section.choice("style", STYLES, "auto"),
        inclusive=section.one("inclusive", bool, False),
        open=tuple(code_key(word) for word in section.words("open")),
        when=_conditions(section),
        check=section.choice("check", ("", "M11W2-7"), ""),
    )


def _codes(section: Section, column: TableColumn) -> Dict[str, str] | None:
    if "codes" not in section.table:
        return None
    codes: dict[str, str] = {}
    for raw, word in section.one("codes", dict).items():
        if not isinstance(word, str) or (column.values and word not in column.values):
            raise section.fail(
                f"codes.{raw}", f"one of {', '.join(filter(None, column.values)) or 'any text'}, not {word!r}"
            )
        if codes.setdefault(code_key(raw), word) != word:
            raise section.fail(f"codes.{raw}", "one word for a code, with or without leading zeros")
    return codes


def _conditions(section: Section) -> tuple[tuple[str, frozenset[str]], ...]:
    when = Section(section.where, section.one("when", dict, {}))
    return tuple((name, frozenset(code_key(word) for word in when.words(name))) for name in when.table)


def _needed(rule: Rule) -> tuple[tuple[str, ...], ...]:
    return (*rule.parts, *((name,) for name, _ in rule.when))
