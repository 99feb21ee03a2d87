"""A mapping as it is written: its keys, and what may stand under each (docs/data-formats.md explains them)."""

import string
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from graph.files.toml import Once, Table, Text, Words, Wrong, among, listed
from ingest.language import excerpts
from ingest.language.rule import NUMBER, PATTERN, PREFIX, WHOLE, header_key
from ingest.language.tables import TABLES
from words import Said

RELATION_LIMIT = 0.001  # Z14: more rows than this whose 続柄 text and codes disagree, and the file is refused
LONGEST_ID = 64  # digits
DELIMITERS = set(string.punctuation + "\t ") - {'"'}
ENCODINGS = ("detect", "UTF-8", "CP932", "UTF-16", "EUC-JP")
EXTENTS = ("full", "delta")
FORMATS = ("csv", "gedcom")
IGNORED = "ignored"  # the format of what is not read
STYLES = ("auto", "dmy", "mdy", "clock")
CHECKS = ("", "M11W2-7")


def _delimiter(text: str) -> str:
    """Refuse what cannot stand between the cells of a row."""
    if text not in DELIMITERS:
        raise Wrong(
            Said(
                en='must be one character such as , or ; or a tab, "\\t"',
                ja=', や ; かタブ "\\t" の1文字にしてください',
            )
        )
    return text


def _headers(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse header names of which nothing is left to compare."""
    if not all(header_key(name) for part in parts for name in part.split("|")):
        raise Wrong(Said(en="has an empty header name", ja="空の見出しがあります"))
    return parts


def _written(value: object) -> object:
    """Take the value of a constant as the text that a cell would hold."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str | int):
        raise Wrong(
            Said(
                en="must be a text, a whole number, a day or true or false",
                ja="文字列、整数、日付、true か false にしてください",
            )
        )
    return str(value)


def _column(value: Any) -> Any:
    """Take a mere header name for a column read from it."""
    if not isinstance(value, str | dict):
        raise Wrong(Said(en="must be a header name or a table", ja="見出しか、表 { } にしてください"))
    return {"from": value} if isinstance(value, str) else value


Width = Annotated[int, Field(ge=0, le=LONGEST_ID)]
Answers = Annotated[tuple[str, ...], BeforeValidator(listed)]
Where = dict[Text, Annotated[Answers, Field(min_length=1)]]
Headers = Annotated[Words, Field(min_length=1), AfterValidator(_headers)]


class ColumnFile(Table):
    """Where one canonical column comes from."""

    from_: Headers = Field(alias="from")
    optional: bool = False
    codes: dict[str, str] | None = None
    otherwise: str | None = None
    join: Annotated[str, Field(max_length=20)] | None = None
    width: Width = 0
    last: Width = 0
    strip: Words = ()
    style: Annotated[str, AfterValidator(among(*STYLES))] = "auto"
    inclusive: bool = False
    open: Answers = ()
    when: Where = Field(default_factory=dict)
    check: Annotated[str, AfterValidator(among(*CHECKS))] = ""
    first: bool = False
    replace: dict[Text, str] = Field(default_factory=dict)
    after: str = ""
    before: str = ""
    pattern: Annotated[str, AfterValidator(excerpts.checked)] = ""
    codes_by: Annotated[str, AfterValidator(among(WHOLE, PREFIX, PATTERN))] = WHOLE

    @model_validator(mode="after")
    def _codes_are_patterns(self) -> "ColumnFile":
        if self.codes is None and self.codes_by != WHOLE:
            raise Wrong(Said(en="needs `codes` beside it", ja="codes と一緒に書いてください"), "codes_by")
        return self

    @model_validator(mode="after")
    def _first_of_several(self) -> "ColumnFile":
        if self.first and (len(self.from_) == 1 or self.join is not None):
            raise Wrong(
                Said(
                    en="goes with a list of several names in `from`, and without `join`",
                    ja="from に見出しを2つ以上並べたときだけ使えます（join とは併用できません）",
                ),
                "first",
            )
        return self

    @model_validator(mode="after")
    def _codes_go_first(self) -> "ColumnFile":
        if self.otherwise is not None and self.codes is None:
            raise Wrong(
                Said(en="needs `codes` beside it, or write a constant", ja="codes と一緒に書くか、定数にしてください"),
                "otherwise",
            )
        return self


class MappingFile(Table):
    """Which files are a source, and what they fill."""

    id: Text | None = None
    title: Text | None = None
    table: Annotated[str, AfterValidator(among(*TABLES))]
    files: Words = ()
    header: Words = ()
    same_file_as: Text | None = None
    groups: Annotated[int, Field(ge=0, le=99)] = 0
    where: Where = Field(default_factory=dict)
    pass_over: Where = Field(default_factory=dict)
    skip: Annotated[int, Field(ge=0, le=10_000)] = 0
    encoding: Annotated[str, AfterValidator(among(*ENCODINGS))] = ENCODINGS[0]
    delimiter: Annotated[str, AfterValidator(_delimiter)] = ","
    format: Annotated[str, AfterValidator(among(*FORMATS))] = FORMATS[0]
    extent: Annotated[str, AfterValidator(among(*EXTENTS))]
    day: Text = "name"
    key: Annotated[Words, Once] | None = None
    required: bool = False
    relation_limit: Annotated[float, Field(ge=0, le=1)] = RELATION_LIMIT
    max_shrink: Annotated[float, Field(ge=0, le=1)] | None = None
    constants: dict[str, Annotated[str, BeforeValidator(_written)]] = Field(default_factory=dict)
    columns: dict[str, Annotated[ColumnFile, BeforeValidator(_column)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_known_by_something(self) -> "MappingFile":
        if not (self.files or self.header or self.same_file_as):
            raise Wrong(
                Said(
                    en="is missing, and so is `header`: no file could ever be this source",
                    ja="header もないため、どのファイルにも当てはまりません",
                ),
                "files",
            )
        if self.same_file_as and (self.files or self.header):
            raise Wrong(
                Said(
                    en="goes without `files` and `header`: the other mapping finds the file",
                    ja="files や header とは併用できません（ファイルは相手のマッピングが見つけます）",
                ),
                "same_file_as",
            )
        return self

    @model_validator(mode="after")
    def _groups_are_numbered(self) -> "MappingFile":
        numbered = any(NUMBER in name for column in self.columns.values() for name in column.from_)
        if bool(self.groups) != numbered:
            raise Wrong(
                Said(
                    en="goes with header names that hold {n}, the number of the group, and they go with it",
                    ja="見出しの {n}（組の番号）と一緒に使います",
                ),
                "groups",
            )
        return self

    @model_validator(mode="after")
    def _only_full_files_shrink(self) -> "MappingFile":
        if self.max_shrink is not None and self.extent != "full":
            raise Wrong(
                Said(
                    en='goes with extent = "full" only: a delta lacks what it does not repeat',
                    ja="full の資料だけに使えます",
                ),
                "max_shrink",
            )
        return self


class IgnoredFile(Table):
    """Which files are delivered and not to be read, and why."""

    ignore: Text
    files: Annotated[Words, Field(min_length=1)]
    id: Text | None = None
