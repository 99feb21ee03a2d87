"""Parse an address as staff write it against the register's own towns (identity reference §3.4)."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
DASHES = re.compile("[‐－−ー―–—]")
PREFECTURE = re.compile(r"^.{2,3}?[都道府県]")
MUNICIPALITY = re.compile(r"^(?:[^0-9]{1,6}?郡)?[^0-9]{1,6}?[市区町村](?:[^0-9]{1,4}?区)?")
CHOME = re.compile(r"^([0-9]+|[一二三四五六七八九十]+)(?:丁目|-|の)(?=.)")
SPELLED_CHOME = re.compile(r"([一二三四五六七八九十]+)丁目")
NUMBERS = re.compile(r"[0-9]+")
UNIT = re.compile("[^市区町村]+[市区町村]$")
OAZA = re.compile("^(?:大字|字)")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says: `place` is city, outside or unknown; `block` is town and 番, `key` adds 号 and room."""

    place: str
    town: str
    block: str
    key: str


UNKNOWN = Address("unknown", "", "", "")


class Towns:
    """The 町字 of one municipality, as its own register writes them."""

    def __init__(self, towns: Iterable[str], municipality: str = "") -> None:
        """Learn the towns; `municipality` is its name (椋川町), where the register tells it."""
        self._heads: dict[str, str] = {}
        self._chomes: dict[str, dict[int, str]] = {}
        for spelled, key in sorted({_plain(town): _town_key(town) for town in towns if town}.items()):
            self._heads.setdefault(spelled, key)
            self._heads.setdefault(OAZA.sub("", spelled), key)
            base, chome = _chome_of(spelled)
            if chome:
                self._chomes.setdefault(base, {})[chome] = key
        self._municipality = _plain(municipality)
        self._unit = _last_unit(self._municipality)

    def parse(self, text: str) -> Address:
        """Read an address; unknown is not outside: only a recognised other municipality is."""
        plain = _plain(text)
        if not plain:
            return UNKNOWN
        rest = PREFECTURE.sub("", plain)
        named, rest = self._after_name(rest)
        found = self._town(rest)
        if found is None and not named:
            return self._elsewhere(rest)
        if found is None:
            return Address("city", "", "", "")
        town, tail = found
        return _numbered("city", town, tail)

    def _after_name(self, rest: str) -> tuple[bool, str]:
        """Cut the municipality's name off; of 大阪市北区 staff may write 北区 alone."""
        if self._municipality and self._municipality in rest:
            return True, rest.split(self._municipality, 1)[1]
        if self._unit and rest.startswith(self._unit):
            return True, rest[len(self._unit) :]
        return False, rest

    def register(self, town: str, number: str, building: str) -> Address:
        """Read the register's own fields, which need no search for the town."""
        return _numbered("city", _town_key(town), _plain(number) + " " + _plain(building)) if town else UNKNOWN

    def _town(self, rest: str) -> tuple[str, str] | None:
        """Find the longest town that the text begins with, with or without its 大字."""
        bare = OAZA.sub("", rest)
        head, text = max(((next(_beginnings(text, self._heads), ""), text) for text in (bare, rest)), key=_length)
        return (self._heads[head], text[len(head) :]) if head else self._chome(bare)

    def _chome(self, rest: str) -> tuple[str, str] | None:
        """Match 本町1-12-3 with the town 本町一丁目."""
        for base in _beginnings(rest, self._chomes):
            match = CHOME.match(rest[len(base) :])
            if match and _number(match[1]) in self._chomes[base]:
                return self._chomes[base][_number(match[1])], rest[len(base) + match.end() :]
        return None

    def _elsewhere(self, rest: str) -> Address:
        """Recognise another municipality; its towns are not known here, so all before the numbers is one name."""
        match = MUNICIPALITY.match(rest)
        if not (match and rest[match.end() :]):
            return UNKNOWN
        digits = SPELLED_CHOME.sub(lambda found: f"{_number(found[1])}丁目", rest)
        numbers = NUMBERS.findall(digits)
        head = NUMBERS.split(digits)[0]
        return Address("outside", "", "", "-".join([head, *numbers]) if numbers else "")


def _beginnings(text: str, known: Container[str]) -> Iterator[str]:
    """Give the beginnings of a text that are known, the longest first."""
    return (text[:length] for length in range(len(text), 0, -1) if text[:length] in known)


def _length(found: tuple[str, str]) -> int:
    return len(found[0])


def _last_unit(municipality: str) -> str:
    unit = UNIT.search(municipality)
    return unit[0] if unit else ""


def _plain(text: str) -> str:
    return DASHES.sub("-", unicodedata.normalize("NFKC", text)).replace(" ", "").replace("ヶ", "ケ").replace("ヵ", "カ")


def _chome_of(spelled: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.+?)([0-9]+|[一二三四五六七八九十]+)丁目", spelled)
    return (match[1], _number(match[2])) if match else (spelled, 0)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, units = text.rpartition("十")
    if "十" in text:
        return (int(tens.translate(KANJI_DIGITS)) if tens else 1) * 10 + int(units.translate(KANJI_DIGITS) or 0)
    return int(text.translate(KANJI_DIGITS))


def _town_key(town: str) -> str:
    base, chome = _chome_of(OAZA.sub("", _plain(town)))
    return f"{base}{chome}丁目" if chome else base


def _numbered(place: str, town: str, tail: str) -> Address:
    numbers = NUMBERS.findall(re.split(r"(?<=[号地番0-9])(?=[^0-9号地番のノ-])", tail.strip())[0]) if tail else []
    every = NUMBERS.findall(tail)
    block = f"{town}{numbers[0]}" if numbers else town
    return Address(place, town, block, "-".join([town, *every]))
