"""Parse an address as staff write it against the register's own towns (identity reference §3.4)."""

import re
import unicodedata
from collections.abc import Iterable
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
        spelled = {_plain(town): _town_key(town) for town in towns if town}
        self._towns = sorted(spelled.items(), key=lambda pair: (-len(pair[0]), pair[0]))
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
        bare = OAZA.sub("", rest)
        for spelled, key in self._towns:
            for head in (spelled, OAZA.sub("", spelled)):
                if bare.startswith(head) or rest.startswith(head):
                    return key, (bare if bare.startswith(head) else rest)[len(head) :]
        return self._chome(bare)

    def _chome(self, rest: str) -> tuple[str, str] | None:
        """Match 本町1-12-3 with the town 本町一丁目."""
        for spelled, key in self._towns:
            base, chome = _chome_of(spelled)
            if not chome or not rest.startswith(base):
                continue
            match = CHOME.match(rest[len(base) :])
            if match and _number(match[1]) == chome:
                return key, rest[len(base) + match.end() :]
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
