"""What becomes of one text in the reading of registers: for checking a mapping by hand (interface: normalise)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from graph.errors import ConfigError, failure
from ingest.reading import encodings
from ingest.reading.towns import home
from japanese import kana, latin, names
from japanese.addresses import Towns
from japanese.calendar import dates
from words import Message

FORMS = ("name", "kana", "date", "address")
SHAPE = ("kind", "text", "key", "loose_key", "value", "earliest", "latest", "precision", "warnings")


def normalise(kind: str, texts: Sequence[str], towns: Path | None = None) -> list[dict[str, Any]]:
    """Read each text as the registers are read, in the interface's shape; raise ConfigError where `towns` is no file.

    >>> normalise("name", ["髙橋　一郎"])[0]["key"], normalise("date", ["S54.3.12"])[0]["value"]
    ('高橋一郎', '1979-03-12')
    """
    readers: dict[str, Callable[[str], dict[str, Any]]] = {
        "name": _name,
        "kana": _kana,
        "date": _date,
        "address": _address_reader(texts, towns),
    }
    blank: dict[str, Any] = dict.fromkeys(SHAPE) | {"warnings": []}
    return [blank | {"kind": kind, "text": text} | readers[kind](text) for text in texts]


def _name(text: str) -> dict[str, Any]:
    if latin.is_latin(text):
        return {"key": latin.key(text)}
    key = names.fold(text)
    unread = [Message("drafting.unreadable")] if names.UNREADABLE in key else []
    return {"key": key, "warnings": unread}


def _kana(text: str) -> dict[str, Any]:
    return {"key": kana.strict(text), "loose_key": kana.loose(text)}


def _date(text: str) -> dict[str, Any]:
    found = dates.read_date(text)
    days = {name: getattr(found, name) for name in ("value", "earliest", "latest")}
    written = {name: day.isoformat() if day else None for name, day in days.items()}
    return written | {
        "precision": found.precision,
        "warnings": [Message(f"drafting.date.{word}") for word in found.warnings],
    }


def _address_reader(texts: Sequence[str], towns: Path | None) -> Callable[[str], dict[str, Any]]:
    own = _lines(towns) if towns else []
    known = Towns(own, *home(texts, own))

    def read(text: str) -> dict[str, Any]:
        found = known.parse(text)
        return {
            "key": found.key or None,
            "place": found.place,
            "warnings": [] if own else [Message("drafting.no_towns")],
        }

    return read


def _lines(path: Path) -> list[str]:
    """Read one town name a line, in any of the encodings of exports."""
    try:
        with encodings.open_text(path, encodings.detect(path)) as lines:
            return [line.strip() for line in lines if line.strip()]
    except OSError as error:
        why = failure(error)
        raise ConfigError(f"{path} cannot be read ({why.en})", f"{path} を読めません（{why.ja}）") from error
