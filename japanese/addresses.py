"""Parse an address as staff write it against the register's own towns (F15)."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from japanese import names, numerals
from japanese.invisible import visible
from japanese.places import Place, read_place, without_prefecture

DASHES = re.compile("[‐－−ー―–—]")
POSTCODE = re.compile(r"^〒?[0-9]{3}-[0-9]{4}(?=[^0-9])|^〒[0-9]{7}")
NUMBER = f"[0-9]+|[{numerals.SIGNS}]+"
CHOME = re.compile(f"^({NUMBER})(?:丁目|-|[のノ])(?=.)")
SPELLED = re.compile(f"[{numerals.SIGNS}]+(?=丁目|番(?![町丁])|号|室|階|[のノ之-]|\\s|$)")  # numerals that count
NUMBERS = re.compile(r"[0-9]+")
UNIT = re.compile("[^市区町村]+[市区町村]$")
OAZA = re.compile("^(?:大字|字)")
UNITS = tuple("市区町村")
# What may follow a 町字 and make it no municipality: イロハ, 甲乙, 東西, 字 …
PART = re.compile("^(?:[ァ-ヶ甲乙丙丁戊己庚辛東西南北上中下前後内外通筋表裏り]|字|町|村)*(?=[0-9]|$)|^字")
TORN = ("場", "町", "村")  # 古市場, 古市町: no 市 ends there
# One town's name in several ways: 霞ヶ関 and 霞が関, 丸の内 and 丸ノ内, 四ツ谷 and 四ッ谷.
SPELLINGS = str.maketrans("ヶヵがガのッっつ之乃", "ケケケケノツツツノノ")
LIKE = 0.6  # how much of two town names must be one for them to be perhaps one


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

    def __init__(self, towns: Iterable[str], municipality: str = "", prefecture: str = "") -> None:
        """Learn the towns; `municipality` is its name (椋川町), where the register tells it."""
        self._heads: dict[str, str] = {}
        self._chomes: dict[str, dict[int, str]] = {}
        for spelled, key in sorted({_spelling(_plain(town)): _town_key(town) for town in towns if town}.items()):
            self._heads.setdefault(spelled, key)
            self._heads.setdefault(OAZA.sub("", spelled), key)
            base, chome = _chome_of(spelled)
            if chome:
                self._chomes.setdefault(base, {})[chome] = key
        self._municipality, self._prefecture = _plain(municipality), prefecture
        self._unit = _last_unit(self._municipality)

    def parse(self, text: str) -> Address:
        """Read an address; unknown is not outside: only a recognised other municipality is."""
        plain = _plain(text)
        place = read_place(plain)
        bare = plain.removeprefix(place.prefecture).removeprefix(place.district)
        after = self._after_name(place, bare)
        town = None if self._abroad(place) else self._town(bare if after is None else after)
        if town is None:
            return self._without_town(place, plain, named=after is not None)
        return _numbered("city", *town)

    def _abroad(self, place: Place) -> bool:
        """Say whether an address names another prefecture than one's own."""
        return bool(place.prefecture and self._prefecture) and place.prefecture != self._prefecture

    def _after_name(self, place: Place, bare: str) -> str | None:
        """Give what follows the municipality's own name; of 大阪市北区 staff may write 北区 alone."""
        for name in filter(None, (self._municipality, self._unit)):
            if bare.startswith(name) and not self._abroad(place):
                return bare[len(name) :]
        return None

    def register(self, town: str, number: str, building: str) -> Address:
        """Read the register's own fields, which need no search for the town."""
        return _numbered("city", _town_key(town), _plain(number) + " " + _plain(building)) if town else UNKNOWN

    def _town(self, rest: str) -> tuple[str, str] | None:
        """Find the longest town that the text begins with, with or without its 大字."""
        bare = OAZA.sub("", rest)
        head, text = max(((next(self._begun(text), ""), text) for text in (bare, rest)), key=_length)
        return (self._heads[head], text[len(head) :]) if head else self._chome(bare)

    def _begun(self, text: str) -> Iterator[str]:
        """Give the towns that a text begins with, the longest first; 大町市 does not begin with the town 大町."""
        beginnings = _beginnings(_spelling(text), self._heads)
        return (head for head in beginnings if not text[len(head) :].startswith(UNITS))

    def _chome(self, rest: str) -> tuple[str, str] | None:
        """Match 本町1-12-3 with the town 本町一丁目."""
        for base in _beginnings(_spelling(rest), self._chomes):
            match = CHOME.match(rest[len(base) :])
            if match and _number(match[1]) in self._chomes[base]:
                return self._chomes[base][_number(match[1])], rest[len(base) + match.end() :]
        return None

    def _without_town(self, place: Place, plain: str, *, named: bool) -> Address:
        """Read an address in none of one's own towns; those elsewhere are not known, so all before the numbers is one
        name."""
        if named:
            return Address("city", "", "", "")
        digits = _counted(without_prefecture(plain))
        numbers = NUMBERS.findall(digits)
        head = _spelling(NUMBERS.split(digits)[0])
        where = "outside" if self._elsewhere(place) else "unknown"
        return Address(where, "", "", "-".join([head, *numbers]) if numbers and head else "")

    def _elsewhere(self, place: Place) -> bool:
        """Say whether an address names a municipality that is plainly another one (F15)."""
        name, town = place.municipality, place.rest
        if not name or (name == self._municipality and not self._abroad(place)):
            return False
        if not self._municipality and self._resembles(town):
            return False
        if place.prefecture or place.district:
            return True
        if name.endswith("市") or "市" in name[:-1]:
            return not town.startswith(TORN)
        return PART.match(town) is None

    def _resembles(self, rest: str) -> bool:
        """Say whether a text may begin with one's own town in another spelling, or with a part of its name."""
        town = _spelling(NUMBERS.split(_counted(OAZA.sub("", rest)))[0])
        if len(town) < 2:
            return False
        own = {_chome_of(head)[0] for head in self._heads}
        return any(head.endswith(town) or SequenceMatcher(None, head, town).ratio() >= LIKE for head in own)


def _beginnings(text: str, known: Container[str]) -> Iterator[str]:
    """Give the beginnings of a text that are known, the longest first."""
    return (text[:length] for length in range(len(text), 0, -1) if text[:length] in known)


def _length(beginning: tuple[str, str]) -> int:
    return len(beginning[0])


def _last_unit(municipality: str) -> str:
    unit = UNIT.search(municipality)
    return unit[0] if unit else ""


def _plain(text: str) -> str:
    plain = DASHES.sub("-", unicodedata.normalize("NFKC", visible(text)))
    return POSTCODE.sub("", re.sub(r"\s", "", plain))


@cache
def _folds() -> dict[int, str]:
    return {ord(old): new for code, new in names.folds().items() if len(new) == len(old := chr(code))}


def _spelling(text: str) -> str:
    """Write a town's name in one way, character for character."""
    return text.translate(_folds()).translate(SPELLINGS)


def _counted(text: str) -> str:
    """Write the kanji numerals of 丁目, 番 and 号 in digits; those within names stay.

    >>> _counted("十八番十二号"), _counted("二十番地の五"), _counted("三番町八"), _counted("千代田荘二〇一号室")
    ('18番12号', '20番地の5', '三番町8', '千代田荘201号室')
    """
    return SPELLED.sub(lambda run: numerals.value(run[0]) or run[0], text)


def _chome_of(spelled: str) -> tuple[str, int]:
    match = re.fullmatch(f"(.+?)({NUMBER})丁目", spelled)
    return (match[1], _number(match[2])) if match else (spelled, 0)


def _number(text: str) -> int:
    return int(numerals.arabic(text)) if numerals.arabic(text).isdigit() else 0


def _town_key(town: str) -> str:
    base, chome = _chome_of(_spelling(OAZA.sub("", _plain(town))))
    return f"{base}{chome}丁目" if chome else base


def _numbered(place: str, town: str, tail: str) -> Address:
    counted = _counted(tail.strip())
    numbers = NUMBERS.findall(re.split(r"(?<=[号地番0-9])(?=[^0-9号地番のノ-])", counted)[0]) if counted else []
    every = NUMBERS.findall(counted)
    block = f"{town}{numbers[0]}" if numbers else town
    return Address(place, town, block, "-".join([town, *every]))
