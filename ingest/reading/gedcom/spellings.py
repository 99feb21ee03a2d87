"""Every spelling of a name that a person's record has: other scripts, readings, names by marriage, nicknames."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.reading.gedcom.lines import Node
from japanese import names

WHOLE = ("NAME", "ALIA", "NICK")  # lines right under a person
OTHER_SCRIPT = ("TRAN", "FONE", "ROMN")
GIVEN_TAGS, SURNAME_TAGS = ("GIVN", "NICK"), ("SURN",)
TITLES = ("NPFX", "NSFX")
# Tags of programs' own that hold a name: _MARNM, _AKA, _BIRN, _RUFNAME, _KANJI …
OWN_TAG = re.compile(r"_.*(?:NAM|NM|MARN|MARR|AKA|ALIA|BIRN|MAID|KANA|KANJI|YOMI|RUF|CALL|NICK|HIRA|ROMA|FORMER).*")
OWN_EVENT = re.compile(r"aka|alias|also known|name|通称|別名|旧姓|旧氏|改名|氏名")


SEPARATED = re.compile("[/,、]")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a person: as people write it, and the keys of the whole and of the given name."""

    written: str
    key: str
    given_key: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A name as it stands in one place; `whole` without slashes, in the order of writing."""

    whole: str
    surname: str
    given: str


def spellings(person: Node) -> Iterator[Name]:
    """Give every name, the usual one first: as its parts say, as it is written, and completed by the others."""
    found = list(_parts(person))
    yield from (_full_name(parts) for parts in found)
    yield from (_as_written(parts) for parts in found)
    yield from _completed(found)


def is_japanese(text: str) -> bool:
    """Tell Japanese from other scripts."""
    return any(unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA")) for letter in text)


def _parts(person: Node) -> Iterator[Parts]:
    for line in _lines(person):
        titles = {word for tag in TITLES for word in _values(line, tag)}
        for text in (line.value, *_values(line, "PHRASE")):
            yield from _split(text, line, titles)


def _lines(person: Node) -> Iterator[Node]:
    """Give the lines that hold names: those of the person, then what stands below them."""
    own = [line for line in person.below if (line.tag in WHOLE or OWN_TAG.fullmatch(line.tag)) and not line.pointer]
    own.sort(key=lambda line: line.tag != "NAME")
    yield from own
    below = (more for line in own for more in line.below)
    yield from (more for more in below if more.tag in OTHER_SCRIPT or OWN_TAG.fullmatch(more.tag))
    for event in person.all("FACT", "EVEN"):
        if any(OWN_EVENT.search(word) for word in event.words("TYPE")):
            yield event


def _split(text: str, line: Node, titles: set[str]) -> Iterator[Parts]:
    """Give the parts: the surname stands between slashes or under SURN, the given name outside, under GIVN or NICK."""
    before, between, after = (*(part.strip() for part in text.split("/")), "", "")[:3]
    outside = " ".join(_without(titles, f"{before} {after}"))
    inside = " ".join(_without(titles, between))
    surnames = dict.fromkeys(filter(None, (inside, *_values(line, *SURNAME_TAGS))))
    givens = dict.fromkeys(filter(None, (outside if inside else "", *_values(line, *GIVEN_TAGS))))
    whole = " ".join(_without(titles, SEPARATED.sub(" ", text)))
    yield from (Parts(whole, surname, given) for surname in surnames or [""] for given in givens or [""])


def _without(titles: set[str], text: str) -> Iterator[str]:
    return (word for word in text.split() if word not in titles)


def _values(line: Node, *tags: str) -> Iterator[str]:
    return (value for node in line.all(*tags) if (value := node.value.strip()))


def _full_name(parts: Parts) -> Name:
    """Name somebody as the parts say; in Japan the surname comes first."""
    if parts.surname and parts.given:
        return _joined(parts.surname, parts.given)
    given = names.split(parts.whole)[1] if is_japanese(parts.whole) else ""
    return Name(parts.whole, names.fold(parts.whole), names.fold(given))


def _as_written(parts: Parts) -> Name:
    """Read a name in the order of writing, whatever the slashes enclose: 山田 /次郎/ is 山田 次郎."""
    first, _, rest = parts.whole.partition(" ")
    if parts.surname and parts.given and parts.whole.startswith(parts.given):
        first, rest = parts.given, parts.surname
    return _joined(first, rest) if rest else _full_name(parts)


def _completed(found: Iterable[Parts]) -> Iterator[Name]:
    """Put a surname or given name that stands alone (_MARNM 佐藤) beside the other part of the other names."""
    known = list(found)
    givens = dict.fromkeys(parts.given for parts in known if parts.given)
    surnames = dict.fromkeys(parts.surname for parts in known if parts.surname)
    for alone in (parts for parts in known if not (parts.surname and parts.given) and " " not in parts.whole):
        yield from (_joined(alone.whole, given) for given in givens if alone.whole)
        yield from (_joined(surname, alone.whole) for surname in surnames if alone.whole)


def _joined(surname: str, given: str) -> Name:
    written = f"{surname}　{given}" if is_japanese(surname + given) else f"{given} {surname}"
    return Name(written, names.fold(surname + given), names.fold(given))
