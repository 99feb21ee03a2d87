"""The one reader of TOML files: policy, mappings, identity parameters.

Each is a pydantic model that knows its keys. What is wrong is one sentence: file, key, value, what would be right.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from graph.errors import ConfigError, failure
from words import Said
from words.visible import visible

M = TypeVar("M", bound="Table")
SHOWN = 60  # characters of a wrong value that are told
LONGEST = 300  # characters of a text
BREAKS = "\t\n\r"  # a header cell of a spreadsheet may hold line breaks
NEAR = 0.5  # how alike a known key must be to be named


class Table(BaseModel):
    """One table of a TOML file: no key but its own, no value of another kind, no infinite number."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
        regex_engine="rust-regex",
    )


class Wrong(ValueError):
    """A value that no annotation can refuse: what would be right, and the key below the one that is looked at."""

    def __init__(self, said: Said, key: str = "") -> None:
        super().__init__(said.en)
        self.said, self.key = said, key


def read(path: Path, model: type[M]) -> tuple[M, bytes]:
    """Read a whole TOML file; give what it says and its bytes. Raises ConfigError, one sentence."""
    values, content = parsed(path)
    return checked(path.name, values, model), content


def parsed(path: Path) -> tuple[dict[str, Any], bytes]:
    """Give a TOML file's tables as they are written, and its bytes. Raises ConfigError where it is no TOML."""
    try:
        content = path.read_bytes()
        return tomllib.loads(content.decode("utf-8-sig")), content
    except (OSError, ValueError, RecursionError) as error:
        why = failure(error) if isinstance(error, OSError) else _malformed(error)
        raise ConfigError(
            f"{path.name}: cannot be read as TOML in UTF-8: {why.en}",
            f"{path.name}: UTF-8のTOMLとして読めません（{why.ja}）",
        ) from error


def checked(file: str, values: dict[str, Any], model: type[M]) -> M:
    """Give what tables of a file say. Raises ConfigError, one sentence: file, key, value, what would be right."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _sentence(file, model, error) from error


def _malformed(error: Exception) -> Said:
    """Say where a text is no TOML; the parser's own words are English."""
    words = str(error) or type(error).__name__
    place = re.search(r"line (\d+), column (\d+)", words)
    return Said(en=words, ja=f"{place[1]}行目の{place[2]}文字目が誤り" if place else "文字コードか書き方の誤り")


def refusal(file: str, key: str, value: object, right: Said) -> ConfigError:
    """Make the error for a value: file, key, value (but no whole table) and what would be right."""
    where = visible(f"{file}: {key}: ") + ("" if _is_table(value) else f"{shown(value)}: ")
    return ConfigError(where + right.en, where + right.ja)


def unknown(key: str, known: Iterable[str]) -> Said:
    """Say that a key means nothing here, and which is the nearest one that does."""
    near = get_close_matches(key, listed := sorted(known), 1, NEAR)
    if near:
        right = Said(en=f"the nearest known key is {near[0]}", ja=f"近いキーは {near[0]} です")
    else:
        right = Said(en=f"known are {', '.join(listed)}", ja=f"使えるのは {', '.join(listed)} です")
    return Said(en=f"unknown key; {right.en}", ja=f"このキーはありません。{right.ja}")


def one_of(value: object, words: Sequence[str]) -> Said:
    """Say that a value must be one of some words, and which is nearest."""
    near = get_close_matches(str(value), words, 1, NEAR)
    listed = ", ".join(word or '""' for word in words)
    also = Said(en=f"; the nearest is {near[0]}", ja=f"。近いのは {near[0]}") if near else Said(en="", ja="")
    return Said(en=f"must be one of {listed}{also.en}", ja=f"{listed} のいずれかにしてください{also.ja}")


def shown(value: object) -> str:
    """Write a value as a sentence may show it: on one line, not too long, nothing invisible.

    >>> shown("a\\u202eb"), shown([0, 9]), shown(float("inf"))
    ('"a\\\\u202eb"', '[0, 9]', 'inf')
    """
    text = repr(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False, default=str)
    plain = visible(text)
    return plain if len(plain) <= SHOWN else plain[:SHOWN] + "…"


def keyed(*names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Give the check of a table that has exactly these keys."""

    def check(table: dict[str, Any]) -> dict[str, Any]:
        for key in table:
            if key not in names:
                raise Wrong(unknown(key, names), key)
        for name in names:
            if name not in table:
                raise Wrong(LACKS, name)
        return table

    return check


def among(*words: str) -> Callable[[str], str]:
    """Give the check of a text that must be one of some words."""

    def check(text: str) -> str:
        if text not in words:
            raise Wrong(one_of(text, words))
        return text

    return check


def listed(value: object) -> object:
    """Take one text for a list of one."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def keys(model: type[Table]) -> list[str]:
    """List the keys of a table as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list | tuple) and any(map(_is_table, value)))


def _visible(text: str) -> str:
    """Refuse control characters; a name of a thing has none."""
    bad = next((letter for letter in text if unicodedata.category(letter) == "Cc" and letter not in BREAKS), None)
    if bad is not None:
        code = f"U+{ord(bad):04X}"
        raise Wrong(Said(en=f"has the control character {code}", ja=f"制御文字 {code} があります"))
    return text


def _clock(value: object) -> object:
    """Read a time of day that is written as a text."""
    try:
        moment = time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = None
    if not isinstance(moment, time) or moment.tzinfo:
        raise Wrong(Said(en='must be a time of day like "08:30"', ja='"08:30" のような時刻にしてください'))
    return moment


def _once(words: tuple[Any, ...]) -> tuple[Any, ...]:
    twice = next((word for at, word in enumerate(words) if word in words[:at]), None)
    if twice is not None:
        raise Wrong(Said(en=f"names {shown(twice)} twice", ja=f"{shown(twice)} が重複しています"))
    return words


List = BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value)
Once = AfterValidator(_once)
Text = Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(_visible)]
Words = Annotated[tuple[Text, ...], BeforeValidator(listed)]
Clock = Annotated[time, BeforeValidator(_clock)]


def _sentence(file: str, model: type[Table], error_of_key: ValidationError) -> ConfigError:
    """Word the first of a file's errors; a key that is unknown goes before one that lacks, as a slip makes both."""
    errors = error_of_key.errors(include_url=False)
    error: Any = min(errors, key=lambda each: each["type"] != "extra_forbidden")
    where, value, own = error["loc"], error["input"], error.get("ctx", {}).get("error")
    if isinstance(own, Wrong):
        inner = value.get(own.key, {}) if own.key and isinstance(value, dict) else value
        return refusal(file, _key((*where, own.key)), inner, own.said)
    return refusal(file, _key(where), value, _right(error, model))


def _right(error: Any, model: type[Table]) -> Said:
    """Say what pydantic expected."""
    where, context = error["loc"], error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        return unknown(str(where[-1]), _known(model, where[:-1]))
    if error["type"] == "literal_error":
        return one_of(error["input"], re.findall(r"'([^']*)'", context["expected"]))
    expected = EXPECTED.get(error["type"], Said(en=error["msg"], ja="この値は使えません"))
    return Said(en=expected.en.format(**context), ja=expected.ja.format(**context))


def _key(where: Sequence[str | int]) -> str:
    """Write where a value stands as TOML would: entries of a list are counted from one."""
    text = "".join(
        f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in where if step not in ("[key]", "")
    )
    return text.removeprefix(".")


def _known(model: type[Table], where: Sequence[str | int]) -> list[str]:
    """List the keys of the table at a place in a file."""
    for step in where:
        fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        if step in fields:
            model = _table_in(fields[str(step)]) or model
    return keys(model)


def _table_in(annotation: Any) -> type[Table] | None:
    """Find the table that a field holds, itself or in a list or dictionary."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next(filter(None, map(_table_in, get_args(annotation))), None)


LACKS = Said(en="is missing", ja="ありません。書いてください")
EXPECTED = {
    "missing": LACKS,
    "string_type": Said(en="must be a text", ja="文字列にしてください"),
    "string_too_short": Said(en="must not be empty", ja="空にできません"),
    "string_too_long": Said(en="must have at most {max_length} characters", ja="{max_length}文字以内にしてください"),
    "int_type": Said(en="must be a whole number", ja="整数にしてください"),
    "float_type": Said(en="must be a number", ja="数にしてください"),
    "bool_type": Said(en="must be true or false", ja="true か false にしてください"),
    "finite_number": Said(en="must be a finite number", ja="有限の数にしてください"),
    "greater_than": Said(en="must be more than {gt}", ja="{gt}より大きい数にしてください"),
    "greater_than_equal": Said(en="must be at least {ge}", ja="{ge}以上にしてください"),
    "less_than": Said(en="must be less than {lt}", ja="{lt}より小さい数にしてください"),
    "less_than_equal": Said(en="must be at most {le}", ja="{le}以下にしてください"),
    "date_type": Said(en="must be a day like 2024-04-01", ja="2024-04-01 のような日付にしてください"),
    "tuple_type": Said(en="must be a list", ja="[ ] で囲んだリストにしてください"),
    "dict_type": Said(en="must be a table", ja="表（[見出し] の下か波括弧の中）にしてください"),
    "model_type": Said(en="must be a table", ja="表（[見出し] の下か波括弧の中）にしてください"),
    "too_short": Said(en="must have at least {min_length} entry", ja="{min_length}件以上書いてください"),
    "too_long": Said(en="must have at most {max_length} entries", ja="{max_length}件以下にしてください"),
}  # fmt: skip
