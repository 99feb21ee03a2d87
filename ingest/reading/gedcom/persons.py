"""What a GEDCOM file says of a person: names in the order of the registers, sex, dates of birth and death."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.reading.gedcom.dates import read_date
from ingest.reading.gedcom.lines import Node
from ingest.reading.gedcom.spellings import Name, spellings
from japanese.calendar.dates import NOTHING, DateReading

SEXES = {"m": "M", "f": "F"}
NUMBER = "宛名番号"  # the TYPE of a REFN that is a number of the resident register


@dataclass(frozen=True, slots=True)
class Person:
    """One INDI record; `names` has the first as the usual one, and all of them where it has several."""

    number: int  # of its line
    names: tuple[Name, ...]
    kana: str
    sex: str
    birth: DateReading
    birth_text: str
    dead: bool
    death: DateReading
    person_id: str


def person(node: Node) -> Person:
    """Read one person."""
    birth_text, birth = _date(node, "BIRT")
    return Person(
        number=node.number,
        names=tuple(dict.fromkeys(name for name in spellings(node) if name.key)),
        kana=next((reading for line in node.all("NAME") for reading in _readings(line)), ""),
        sex=sex(node),
        birth=birth,
        birth_text=birth_text,
        dead=any(line.value.strip().upper() != "N" and (line.value.strip() or line.below) for line in node.all("DEAT")),
        death=_date(node, "DEAT")[1],
        person_id=next((line.value.strip() for line in node.all("REFN") if _is_number(line)), ""),
    )


def sex(node: Node) -> str:
    """Tell the sex; what several records of one person contradict is unknown, whatever their order."""
    told = {SEXES[word] for word in node.words("SEX") if word in SEXES}
    return told.pop() if len(told) == 1 else ""


def _readings(line: Node) -> Iterator[str]:
    """Give the kana of a name: FONE of 5.5.1, TRAN in a kana script of 7."""
    kana = [node for node in line.all("FONE")]
    kana += [node for node in line.all("TRAN") if any("hrkt" in word or "kana" in word for word in node.words("LANG"))]
    yield from (" ".join(node.value.replace("/", " ").split()) for node in kana)


def dated(event: Node) -> Iterator[tuple[Node, DateReading]]:
    """Give the lines that date an event, as read; GEDCOM 7 may have the words of a date beside an empty one."""
    for line in event.all("DATE"):
        told = [read_date(text) for text in (line.value, *(more.value for more in line.all("PHRASE"))) if text.strip()]
        yield line, next((reading for reading in told if reading.earliest or reading.latest), next(iter(told), NOTHING))


def _date(node: Node, tag: str) -> tuple[str, DateReading]:
    """Give the first date of an event that says something, as written and as read."""
    found = [(line.value.strip(), reading) for event in node.all(tag) for line, reading in dated(event)]
    return next((each for each in found if each[1].earliest or each[1].latest), next(iter(found), ("", NOTHING)))


def _is_number(line: Node) -> bool:
    return any(word == NUMBER for word in line.words("TYPE"))
