"""One cell (or several) → one typed value, or the reason why not."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import pyarrow as pa

from graph.model import record
from ingest.language.excerpts import excerpt, word
from ingest.language.rule import Rule, code_key
from ingest.language.tables import CanonicalTable, TableColumn
from japanese.calendar.dates import NOTHING, DateReading, read_date
from japanese.calendar.times import read_minutes, read_time

TRUE = frozenset(("true", "yes", "y", "○", "〇", "◯", "有", "有り", "あり", "はい"))
FALSE = frozenset(("", "false", "no", "n", "×", "無", "無し", "なし", "いいえ"))
NO_DAY = {"not a date", "no such day", "no such month"}
LONGEST_NAME = 100
UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f]")
PATH = re.compile(r"^[/\\]|(^|[/\\])\.{1,2}([/\\]|$)")  # an absolute one, or one that leaves its folder
DIGITS = re.compile(r"\d+")
ARROW = {
    "text": pa.string(), "word": pa.string(), "id": pa.string(), "code": pa.string(), "int": pa.int64(),
    "bool": pa.bool_(), "day": pa.date32(), "register_date": pa.date32(), "time": pa.timestamp("us"),
}  # fmt: skip
DATE_PARTS = (
    ("", pa.date32()),
    ("_earliest", pa.date32()),
    ("_latest", pa.date32()),
    ("_precision", pa.string()),
    ("_text", pa.string()),
)


class Fault(NamedTuple):
    """Why a cell cannot be read: one of the reasons of the reconciliation."""

    reason: str


@record
class RegisterDate:
    """A date of a register with the text behind it (F8)."""

    reading: DateReading
    text: str


def schema(table: CanonicalTable) -> pa.Schema:
    """Give the typed rows' columns: those of the table, then file, line and source."""
    fields = [field for column in table.columns for field in _fields(column)]
    return pa.schema([*fields, ("file", pa.string()), ("line", pa.int64()), ("source", pa.string())])


def arrays(column: TableColumn, values: list[Any]) -> list[pa.Array]:
    """Turn a column's values into arrays: five for a register date, else one."""
    if column.kind != "register_date":
        return [pa.array(values, ARROW[column.kind])]
    readings = [value.reading for value in values]
    return [
        pa.array([reading.value for reading in readings], pa.date32()),
        pa.array([reading.earliest for reading in readings], pa.date32()),
        pa.array([reading.latest for reading in readings], pa.date32()),
        pa.array([reading.precision for reading in readings], pa.string()),
        pa.array([value.text for value in values], pa.string()),
    ]


def empty(column: TableColumn) -> Any:
    """Give the value of a column that a file does not have."""
    if column.kind in ("text", "word", "id", "code"):
        return ""
    return RegisterDate(reading=NOTHING, text="") if column.kind == "register_date" else None


def read(rule: Rule, cells: Sequence[str]) -> Any:
    """Read the raw cells of one rule: its parts, then its conditions."""
    text = _text_of(rule, cells)
    return _checked(rule.column, text if isinstance(text, Fault) else CONVERTERS[rule.column.kind](rule, text))


def absent(rule: Rule) -> Any:
    """Give the value of a column that the header lacks: nothing, but for a dictionary that has a word for it."""
    said = rule.otherwise is not None or "" in (rule.codes or {})
    return read(rule, [""] * len(rule.names)) if said or rule.column.required else empty(rule.column)


def constant(rule: Rule) -> Any:
    """Give the value of a rule that reads no cell."""
    return CONVERTERS[rule.column.kind](rule, rule.constant or "")


def stated(rule: Rule, word: str) -> Any:
    """Give the value of a word that the mapping itself states: a date of it must be one of the calendar."""
    if rule.column.kind not in ("day", "register_date"):
        return CONVERTERS[rule.column.kind](rule, word)
    reading = read_date(word, style=rule.style)
    known = reading.earliest is not None and not NO_DAY & set(reading.warnings)
    return reading if known or _is_open(rule, word) else Fault("impossible_value")


def _fields(column: TableColumn) -> list[tuple[str, pa.DataType]]:
    if column.kind != "register_date":
        return [(column.name, ARROW[column.kind])]
    return [(column.name + suffix, type_) for suffix, type_ in DATE_PARTS]


def _checked(column: TableColumn, value: Any) -> Any:
    """Refuse an empty value where the table needs one, and a code outside the closed set."""
    if isinstance(value, Fault):
        return value
    missing = value.text == "" if isinstance(value, RegisterDate) else value in ("", None)
    if column.required and missing:
        return Fault("no_key")
    if column.kind == "code" and column.values and value not in column.values:
        return Fault("unknown_code")
    return value


def _text_of(rule: Rule, cells: Sequence[str]) -> str | Fault:
    """Put a rule's cells together as one text, through its code dictionary where it has one."""
    parts, conditions = cells[: len(rule.parts)], cells[len(rule.parts) :]
    if not all(code_key(cell) in values for cell, (_, values) in zip(conditions, rule.when, strict=True)):
        parts = [""] * len(parts)  # an emptied cell is read as any empty one
    if rule.first:
        parts = [next((part for part in parts if part.strip()), "")]
    if rule.column.name == "relation_codes":
        return _chain(rule, parts)
    text = excerpt(rule, rule.join.join(part.strip() for part in parts).strip())
    return text if rule.codes is None else _coded(rule, text)


def _coded(rule: Rule, text: str) -> str | Fault:
    known = word(rule, text)
    chosen = rule.otherwise if known is None else known
    if chosen is not None:
        return chosen
    return Fault("unknown_code") if text else ""


def _chain(rule: Rule, parts: Sequence[str]) -> str | Fault:
    """Read the codes of a 続柄 one by one (Z14); an empty code ends nothing and says nothing."""
    words = [_coded(rule, excerpt(rule, part.strip())) for part in parts]
    fault = next((word for word in words if isinstance(word, Fault)), None)
    return fault or rule.join.join(str(word) for word in words if word)


def _text(rule: Rule, text: str) -> str | Fault:
    return _id(rule, text) if rule.width or rule.last or rule.strip else text.strip()


def _id(rule: Rule, text: str) -> str | Fault:
    """Bring an id to its canonical width: what a spreadsheet or another system's padding did to it is undone."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for prefix in rule.strip:
        plain = plain.removeprefix(prefix)
    if plain.endswith(".0"):
        plain = plain[:-2]
    if not plain or not (rule.width or rule.last):
        return plain
    return _in_width(rule, plain) if DIGITS.fullmatch(plain) else Fault("impossible_value")


def _in_width(rule: Rule, digits: str) -> str | Fault:
    if rule.last:
        digits = digits[-rule.last :]
    width = rule.width or rule.last
    short = digits.lstrip("0").zfill(width)
    return short if len(short) == width else Fault("impossible_value")


def _code(rule: Rule, text: str) -> str | Fault:
    """Take a word of the closed set, or the name of a system: a name is short, printed, and leads nowhere."""
    word = text.strip()
    fits = rule.column.values or (len(word) <= LONGEST_NAME and not UNPRINTED.search(word) and not PATH.search(word))
    return word if fits else Fault("impossible_value")


def _int(rule: Rule, text: str) -> int | Fault | None:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not plain:
        return None
    if rule.style == "clock":
        minutes = read_minutes(plain)
        return Fault("impossible_value") if minutes is None else minutes
    return int(plain) if re.fullmatch(r"-?\d{1,18}", plain) else Fault("impossible_value")


def _bool(rule: Rule, text: str) -> bool | Fault | None:
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in TRUE or (plain.isdigit() and int(plain) > 0):
        return True
    return False if plain in FALSE or plain.isdigit() else Fault("impossible_value")


def _day(rule: Rule, text: str) -> date | Fault | None:
    if not text or _is_open(rule, text):
        return None
    reading = read_date(text, style=rule.style)
    if NO_DAY & set(reading.warnings):
        return Fault("impossible_value")
    day = reading.latest if rule.inclusive else reading.earliest
    if day is None:
        return None
    return day + timedelta(days=1) if rule.inclusive else day


def _is_open(rule: Rule, text: str) -> bool:
    digits = "".join(DIGITS.findall(unicodedata.normalize("NFKC", text)))
    return code_key(text) in rule.open or (len(digits) >= 6 and set(digits) == {"9"})


def _register_date(rule: Rule, text: str) -> RegisterDate:
    reading = NOTHING if text and _is_open(rule, text) else read_date(text, style=rule.style)
    return RegisterDate(reading=reading, text=text.strip())


def _time(rule: Rule, text: str) -> datetime | Fault | None:
    if not text:
        return None
    return read_time(text, style=rule.style) or Fault("impossible_value")


CONVERTERS: dict[str, Callable[[Rule, str], Any]] = {
    "text": _text, "word": _text, "id": _id, "code": _code, "int": _int, "bool": _bool, "day": _day,
    "register_date": _register_date, "time": _time,
}  # fmt: skip
