"""Japanese words for the headings and codes of a table on a terminal; JSON and CSV keep those of the interface."""

from collections.abc import Iterable, Mapping
from typing import Any

from words import Words

CODED = {
    "kind", "nature", "half", "grade", "tense", "side", "view", "explanation", "place", "intact", "needs_match",
    "running", "equal", "problem",
}  # fmt: skip


def worded(rows: Iterable[Mapping[str, Any]], words: Words) -> list[dict[str, Any]]:
    """Put a table's headings and codes into the reader's language; what is data stays as it is."""
    if words.lang != "ja":
        return [dict(row) for row in rows]
    return [
        {words.of("table.heading", key): _cell(key, value, row, words) for key, value in row.items()} for row in rows
    ]


def _cell(key: str, value: Any, row: Mapping[str, Any], words: Words) -> Any:
    if key == "item":
        return _item(str(value), words)
    if key == "reasons":
        return " ".join(_counted(each, words) for each in str(value).split(" "))
    if key in CODED or (key == "outcome" and row.keys() & {"viewer", "p_nobody"}):
        return _code(str(value), words) if value not in (None, "") else value
    return value


def _code(code: str, words: Words) -> str:
    found = words.of("table.code", code)
    return words.of("measure", code) if found == code else found


def _item(name: str, words: Words) -> str:
    """Word what a line of the status is about: a key, or a key with the name of what it is about."""
    first, _, rest = name.partition(" ")
    whole = words.of("measure", name)
    return whole if whole != name or not rest else f"{words.of('measure', first)} {words.of('measure', rest)}"


def _counted(text: str, words: Words) -> str:
    key, colon, count = text.partition(":")
    return f"{words.of('measure', key)}{colon}{count}"
