"""What a GEDCOM file says of a person: names in the order of the registers, sex, dates of birth and death."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.gedcom.dates import read_date
from ingest.gedcom.lines import Node
from ingest.text import names
from ingest.text.dates import NOTHING, DateReading

SEXES = {"m": "M", "f": "F"}
NUMBER = "宛名番号"  # the TYPE of a REFN that is a number of the resident register


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a person: as people write it, and the keys of the whole and of the given name."""

    written: str
    key: str
    given_key: str


@dataclass(frozen=True, slots=True)
class Person:
    """One INDI record; `names` has the first as the usual one, and all of them where it has several."""

    number: int  # of its line
    names: tuple[Name, ...]
    kana: str
    sex: str
    birth: DateReading
    birth_text: str
    death: DateReading
    person_id: str


def person(node: Node) -> Person:
    """Read one person."""
    birth_text, birth = _date(node, "BIRT")
    return Person(
        number=node.number,
        names=tuple(dict.fromkeys(_name(line) for line in node.all("NAME") if _name(line).key)),
        kana=next((reading for line in node.all("NAME") for reading in _readings(line)), ""),
        sex=sex(node),
        birth=birth,
        birth_text=birth_text,
        death=_date(node, "DEAT")[1],
        person_id=next((line.value.strip() for line in node.all("REFN") if _is_number(line)), ""),
    )


def sex(node: Node) -> str:
    """Tell the sex; what several records of one person contradict is unknown, whatever their order."""
    told = {SEXES[word] for word in node.words("SEX") if word in SEXES}
    return told.pop() if len(told) == 1 else ""


def _name(line: Node) -> Name:
    """Put the parts of a NAME in order: the surname stands between slashes, or under SURN, and comes first in Japan."""
    whole = " ".join(line.value.replace("/", " ").split())
    before, surname, after = (*(part.strip() for part in line.value.split("/")), "", "")[:3]
    given = " ".join(filter(None, (before, after))) if surname else _part(line, "GIVN")
    surname = surname or _part(line, "SURN")
    if not (surname and given):
        return Name(whole, names.fold(whole), names.fold(names.split(whole)[1]) if _is_japanese(whole) else "")
    written = f"{surname}　{given}" if _is_japanese(whole) else f"{given} {surname}"
    return Name(written, names.fold(surname + given), names.fold(given))


def _part(line: Node, tag: str) -> str:
    return next((part.value.strip() for part in line.all(tag)), "")


def _is_japanese(text: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA")) for letter in text)


def _readings(line: Node) -> Iterator[str]:
    """Give the kana of a name: FONE of 5.5.1, TRAN in a kana script of 7."""
    kana = [node for node in line.all("FONE")]
    kana += [node for node in line.all("TRAN") if any("hrkt" in word or "kana" in word for word in node.words("LANG"))]
    yield from (" ".join(node.value.replace("/", " ").split()) for node in kana)


def _date(node: Node, tag: str) -> tuple[str, DateReading]:
    """Give the first date of an event, as written and as read."""
    dates = (line.value.strip() for event in node.all(tag) for line in event.all("DATE"))
    text = next(filter(None, dates), "")
    return text, read_date(text) if text else NOTHING


def _is_number(line: Node) -> bool:
    return any(word == NUMBER for word in line.words("TYPE"))
