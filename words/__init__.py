"""What a reader is told, in both languages: the catalogue, and what stands for a sentence until its reader is known."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

CATALOGUE = Path(__file__).with_name("catalogue")
LANGUAGES = ("ja", "en")
COMMA = {"ja": "、", "en": ", "}
SPACE = {"ja": "", "en": " "}  # between two sentences
BETWEEN = {"": COMMA, "+": SPACE, ";": {"ja": "、", "en": "; "}, "|": {"ja": "、", "en": " or "}}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence for a reader, in both languages: what an error says, written where the error arises."""

    en: str
    ja: str

    def to(self, lang: str) -> str:
        """Give the sentence in a reader's language."""
        return {"ja": self.ja, "en": self.en}[lang]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue that nobody has read yet: its key, and the codes and numbers it is filled with."""

    key: str
    figures: Mapping[str, Any] = field(default_factory=dict)


class Words:
    """A reader's words: the catalogue in one language, opened where a question comes in and handed on."""

    def __init__(self, lang: str) -> None:
        """Open the catalogue; a subject's file is read when its first word is asked for. Raises LookupError."""
        if lang not in LANGUAGES:
            raise LookupError(f"the catalogue is in {' and '.join(LANGUAGES)}, not in {lang}")
        self.lang = lang

    def say(self, key: str, /, **figures: object) -> str:
        """Give the text of a key with its figures filled in. Raises LookupError for a key or a figure that lacks."""
        texts = subject(key.partition(".")[0])
        if key not in texts:
            raise LookupError(f"the catalogue has no {key}")
        text = texts[key][self.lang]
        return _Filling(self, key, figures).vformat(text, (), figures) if "{" in text else text

    def of(self, group: str, code: str, /, **figures: object) -> str:
        """Give the word for a code of a group; what has none, such as a code of somebody's own, stands as it is."""
        key = f"{group}.{code}"
        return self.say(key, **figures) if key in subject(group.partition(".")[0]) else code

    def tell(self, message: Message | Said) -> str:
        """Give a sentence that was kept as its key and figures, or that is there in both languages."""
        return message.to(self.lang) if isinstance(message, Said) else self.say(message.key, **message.figures)

    def listed(self, parts: Iterable[str]) -> str:
        """Set words side by side with the comma of the language."""
        return COMMA[self.lang].join(parts)

    def running(self, sentences: Iterable[str]) -> str:
        """Set sentences side by side, those that are empty left out."""
        return SPACE[self.lang].join(filter(None, sentences))


JAPANESE = Words("ja")  # for a notebook, and pictures in the docs


def both(message: Message) -> Said:
    """Give a message in both languages, for an error or a notebook."""
    return Said(en=Words("en").tell(message), ja=Words("ja").tell(message))


class _Filling(Formatter):
    """Fill one text: `{n:,}` as Python does, `{tie:@score.tie}` by a code's word, a message by its text.

    Of a list the parts stand side by side, with commas, or as `BETWEEN` says: `{length:+}`.
    """

    def __init__(self, words: Words, key: str, figures: Mapping[str, object]) -> None:
        self._words, self._key, self._figures = words, key, figures

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        """Give a figure by its name."""
        if key not in kwargs:
            raise LookupError(f"{self._key} of the catalogue needs {key}")
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write a figure."""
        if format_spec.startswith("@"):
            return self._words.of(format_spec[1:], str(value), **self._figures)
        if isinstance(value, Message | Said):
            return self._words.tell(value)
        if isinstance(value, list | tuple):
            return BETWEEN[format_spec][self._words.lang].join(self.format_field(each, "") for each in value)
        return format(value, format_spec)


@cache
def subject(name: str) -> Mapping[str, Mapping[str, str]]:
    """Give one file of the catalogue: each key with its text by language; nothing where there is no such file."""
    path = CATALOGUE / f"{name}.toml"
    return dict(_flat(name, tomllib.loads(path.read_text(encoding="utf-8")))) if path.exists() else {}


def _flat(name: str, found: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    if found.keys() == set(LANGUAGES):
        yield name, found
        return
    for key, inner in found.items():
        yield from _flat(f"{name}.{key}", inner)
