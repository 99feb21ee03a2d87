"""The rules of a mapping, each value of them tried before a file is read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from graph.errors import ConfigError
from graph.files.toml import Wrong, one_of, refusal, unknown
from ingest.language import excerpts, values
from ingest.language.excerpts import dictionary_key
from ingest.language.mapping_file import ColumnFile, MappingFile
from ingest.language.rule import PATTERN, Rule, code_key, conditions
from ingest.language.tables import CanonicalTable, TableColumn
from ingest.language.values import Fault
from words import Said

CHECKED = ("id", "text", "word")  # kinds that may have a check digit
RIGHT = {
    "int": Said(en="must be a whole number", ja="整数にしてください"),
    "bool": Said(en="must be true or false", ja="true か false にしてください"),
    "day": Said(en="must be a day of the calendar", ja="暦にある日付にしてください"),
    "register_date": Said(en="must be a day of the calendar", ja="暦にある日付にしてください"),
    "time": Said(en="must be a day and a time of day", ja="日付と時刻にしてください"),
    "id": Said(en="must be digits that fit the width", ja="桁数に収まる数字にしてください"),
    "text": Said(en="must be digits that fit the width", ja="桁数に収まる数字にしてください"),
    "word": Said(en="must be digits that fit the width", ja="桁数に収まる数字にしてください"),
    "code": Said(
        en="must be a name of at most 100 characters, without control characters, and no path",
        ja="制御文字を含まない100文字以内の名称にしてください（パスは使えません）",
    ),
}
EMPTY = Said(en="must not be empty: no row can do without it", ja="空にできません（行に必須の項目です）")


class Place(NamedTuple):
    """Where in which file a value stands."""

    file: str
    key: str

    def below(self, key: str) -> "Place":
        """Give a place inside this one."""
        return Place(self.file, f"{self.key}.{key}")

    def refuse(self, value: object, en: str, ja: str) -> ConfigError:
        """Make the error for the value here."""
        return refusal(self.file, self.key, value, Said(en=en, ja=ja))


def rules(file: str, found: MappingFile, table: CanonicalTable) -> tuple[Rule, ...]:
    """Give the rules of a mapping. Raises ConfigError with file, key, value and what would be right."""
    columns = {column.name: column for column in table.columns}
    made = [*_constants(file, found, columns), *_columns(file, found, columns)]
    read = {rule.column.name for rule in made}
    for column in table.columns:
        if column.required and column.name not in read:
            why = f"is missing: {table.name} needs it ({column.meaning})"
            raise Place(file, f"columns.{column.name}").refuse(
                {}, why, f"ありません（{table.name} に必須: {column.meaning}）"
            )
    return tuple(made)


def filled(file: str, key: str, names: Sequence[str], made: Sequence[Rule]) -> tuple[str, ...]:
    """Give names of columns that the mapping fills. Raises ConfigError for another."""
    read = [rule.column.name for rule in made]
    for name in names:
        if name not in read:
            raise refusal(file, key, name, one_of(name, read))
    return tuple(names)


def _constants(file: str, found: MappingFile, columns: dict[str, TableColumn]) -> Iterator[Rule]:
    for name, text in found.constants.items():
        place = Place(file, f"constants.{name}")
        rule = Rule(column=_known(place, name, columns), constant=text)
        if name in found.columns:
            raise place.refuse(
                text, "stands in [columns] too: leave one out", "[columns] にもあります。一方を消してください"
            )
        _tried(place, rule, text)
        if text == "" and rule.column.required:
            raise refusal(*place, text, EMPTY)
        yield rule


def _columns(file: str, found: MappingFile, columns: dict[str, TableColumn]) -> Iterator[Rule]:
    for name, spec in found.columns.items():
        place = Place(file, f"columns.{name}")
        column = _known(place, name, columns)
        if spec.check and column.kind not in CHECKED:
            right = f"{name} is {column.kind} and has no check digit"
            raise place.below("check").refuse(spec.check, right, f"{name} は {column.kind} なので検査数字はありません")
        yield _with_words(place, _rule(column, spec), spec)


def _known(place: Place, name: str, columns: dict[str, TableColumn]) -> TableColumn:
    if name not in columns:
        raise refusal(*place, {}, unknown(name, columns))
    return columns[name]


def _rule(column: TableColumn, spec: ColumnFile) -> Rule:
    join = "の" if column.name == "relation_codes" else " "
    return Rule(
        column=column,
        parts=tuple(tuple(name.strip() for name in part.split("|")) for part in spec.from_),
        optional=spec.optional,
        join=join if spec.join is None else spec.join,
        width=spec.width,
        last=spec.last,
        strip=spec.strip,
        style=spec.style,
        inclusive=spec.inclusive,
        open=tuple(map(code_key, spec.open)),
        when=conditions(spec.when),
        check=spec.check,
        first=spec.first,
        replace=tuple(spec.replace.items()),
        after=spec.after,
        before=spec.before,
        pattern=spec.pattern,
        codes_by=spec.codes_by,
    )


def _with_words(place: Place, rule: Rule, spec: ColumnFile) -> Rule:
    """Give the rule its dictionary, every word of it tried."""
    if spec.codes is None:
        return rule
    codes: dict[str, str] = {}
    for raw, word in spec.codes.items():
        here = place.below(f"codes.{raw}")
        _tried(here, rule, word)
        if spec.codes_by == PATTERN:
            _refuse_no_pattern(here, raw)
        if codes.setdefault(dictionary_key(spec.codes_by, raw), word) != word:
            raise here.refuse(
                word,
                "must be one word for a code, with or without leading zeros",
                "前ゼロの有無だけが違うコードに2つの語があります",
            )
    if spec.otherwise is not None:
        _tried(place.below("otherwise"), rule, spec.otherwise)
    return replace(rule, codes=codes, otherwise=spec.otherwise)


def _refuse_no_pattern(place: Place, code: str) -> None:
    try:
        excerpts.checked(code)
    except Wrong as error:
        raise refusal(*place, code, error.said) from error


def _tried(place: Place, rule: Rule, word: str) -> None:
    """Refuse a word that the column could not hold."""
    if word and rule.column.values:
        if word not in rule.column.values:
            raise refusal(*place, word, one_of(word, rule.column.values))
    elif word and isinstance(values.stated(rule, word), Fault):
        raise refusal(*place, word, RIGHT[rule.column.kind])
