"""How people are found: in one form stands what a person shows, and what somebody types is brought to it.

Old characters go to new ones by the table a generation was made with: it goes with the generation's facts.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from japanese.invisible import SELECTORS
from japanese.names import spelled_out
from words.nearest import spellings

Folds = Mapping[int, str]

MARKS = str.maketrans({"゛": "\u3099", "゜": "\u309a", "ﾞ": "\u3099", "ﾟ": "\u309a"})
ALIKE = dict(zip("ァィゥェォッャュョヮヂヅヲヰヱヴ", "アイウエオツヤユヨワジズオイエブ", strict=True))
KATAKANA = {chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)}
KANA = str.maketrans(ALIKE | {hiragana: ALIKE.get(kana, kana) for hiragana, kana in KATAKANA.items()})
BETWEEN = re.compile(r"[\s・=,'’]|(?<=[ァ-ヺ])[ー‐－−―–—-](?!\d)")
UNSEEN = ("Cc", "Cf")  # control and format characters

ERAS = {"明治": "m", "大正": "t", "昭和": "s", "平成": "h", "令和": "r"}
FIRST_DAYS = (
    ("m", date(1868, 1, 25), date(1912, 7, 30)), ("t", date(1912, 7, 30), date(1926, 12, 25)),
    ("s", date(1926, 12, 25), date(1989, 1, 8)), ("h", date(1989, 1, 8), date(2019, 5, 1)),
    ("r", date(2019, 5, 1), date.max),
)  # fmt: skip
DAY = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[mtshr明大昭平令])?(?P<y>\d{1,4}|元)[年./-](?P<m>\d{1,2})[月./-](?P<d>\d{1,2})日?(?:生まれ|生)?"
)
COMPACT = re.compile(r"(?:(?P<era>[mtshr])(?P<y2>\d\d)|(?P<y4>\d{4}))(?P<m>\d\d)(?P<d>\d\d)")


def form(text: str, folds: Folds) -> str:
    """Give the one form of a name, reading or number: no width, case, space, old character, or kind of kana.

    >>> form("ｻﾄｳ　けんいち", {}), form("髙﨑　健一", {0x9AD9: "高", 0xFA11: "崎"})
    ('サトウケンイチ', '高崎健一')
    """
    if text.isascii() and text.isalnum():
        return text.casefold()
    plain = unicodedata.normalize("NFKC", SELECTORS.sub("", _seen(text)).translate(MARKS)).casefold()
    kana = BETWEEN.sub("", unicodedata.normalize("NFC", BETWEEN.sub("", plain)).translate(KANA))
    return spelled_out(kana).translate(folds)


def key(shown: Sequence[str], birth: date | None, folds: Folds) -> str:
    """Give what a person is searched by: the forms of all they show, and their birth date in both calendars."""
    return " ".join(dict.fromkeys(filter(None, [*(form(text, folds) for text in shown if text), *_days(birth)])))


def readings(text: str, folds: Folds) -> Iterator[list[str]]:
    """Give what to look for, the narrowest first: the day that a text is, all of it as one, its words.

    >>> list(readings("昭和57年7月1日", {}))[0], list(readings("髙﨑 健一", {}))[1]
    (['<s57-7-1>'], ['髙﨑', '健一'])
    """
    day = _day("".join(unicodedata.normalize("NFKC", text).casefold().split()))
    if day:
        yield [day]
    whole = form(text, folds)
    if whole:
        yield [whole]
    words = [folded for word in text.split() if (folded := form(word, folds))]
    if len(words) > 1:
        yield words


def numbers(text: str) -> list[str]:
    """Give the numbers that a text may be, with the zeros that were not typed; none where it is no number."""
    spelled = spellings(text)
    return spelled if spelled[0].isdigit() else []


def packed(folds: Folds) -> str:
    """Write a table of single characters as one text, for the facts of a generation."""
    return "".join(chr(old) + new for old, new in sorted(folds.items()) if len(new) == 1)


@lru_cache(maxsize=2)
def unpacked(text: str) -> Folds:
    """Read what `packed` wrote."""
    return {ord(old): new for old, new in zip(text[::2], text[1::2], strict=True)}


def _seen(text: str) -> str:
    """Leave out control and format characters; a text without any, as most are, is soon known."""
    if text.replace("\u3000", "").isprintable():
        return text
    return "".join(char for char in text if char.isspace() or unicodedata.category(char) not in UNSEEN)


@lru_cache(maxsize=1 << 16)
def _days(birth: date | None) -> tuple[str, ...]:
    """Give a day as tokens that hold no other: of the western calendar, and of the era."""
    if birth is None:
        return ()
    day = f"-{birth.month}-{birth.day}>"
    eras = (f"<{era}{birth.year - first.year + 1}{day}" for era, first, after in FIRST_DAYS if first <= birth < after)
    return birth.isoformat(), f"<{birth.year}{day}", *eras


def _day(plain: str) -> str:
    """Give the token of the day that a text is; empty where it is none."""
    match = DAY.fullmatch(plain) or COMPACT.fullmatch(plain)
    if match is None:
        return ""
    part = match.groupdict()
    year = part.get("y") or part.get("y2") or part.get("y4") or ""
    era = part["era"] or ""
    letter = next((letter for name, letter in ERAS.items() if era and (name.startswith(era) or letter == era)), "")
    return f"<{letter}{1 if year == '元' else int(year)}-{int(part['m'])}-{int(part['d'])}>"
