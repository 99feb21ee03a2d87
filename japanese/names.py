"""Keys under which two spellings of a kanji name are the same name (F12)."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from japanese.invisible import visible

# Goes up with any change of a key, of the table or of a rule: keys of two versions are not to be compared.
NORM_VERSION = "3"
FOLDS = Path(__file__).with_name("folds") / "kanji_folds.tsv"
# What marks a character of Japan and belongs to none: lines, strokes and circles from other programs' underlining.
MARKS = re.compile("(?<=[\u3005-\u30ff\u3400-\u9fff\U00020000-\U000323af])[\u0300-\u036f\u20d0-\u20f0]+")
REPEATED = re.compile("(.)([々〻]+)")
BETWEEN = re.compile(r"[\s・･,，、=＝]+")  # what may stand between the parts of a name
UNREADABLE = "〓"
# Characters that say only that there is one: private use (外字), the printer's 〓, and what conversion puts in place.
WILDCARDS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd〓?\ufffd□■]")


def pairs_of(table: Path) -> Iterator[tuple[str, str]]:
    """Read the pairs of a table of folds."""
    for line in table.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            variant, plain = line.split("\t")
            yield variant, plain


@cache
def folds() -> dict[int, str]:
    """Give the table by which `fold` translates."""
    return {ord(variant): plain for variant, plain in pairs_of(FOLDS)}


@lru_cache(maxsize=1 << 18)
def fold(text: str) -> str:
    """Give the comparison key of a name; an unreadable character (外字) becomes 〓. The raw text is kept, for people.

    >>> fold("髙﨑　健一"), fold("佐々木"), fold("?田")
    ('高崎健一', '佐佐木', '〓田')
    """
    spaced = unicodedata.normalize("NFKC", visible(text))
    joined = unicodedata.normalize("NFC", BETWEEN.sub("", spaced))  # what stood apart may now combine
    plain = MARKS.sub("", WILDCARDS.sub(UNREADABLE, joined))
    return spelled_out(plain).translate(folds())


def spelled_out(text: str) -> str:
    """Write a repeated character instead of the sign that it is repeated.

    >>> spelled_out("佐々木")
    '佐佐木'
    """
    return REPEATED.sub(lambda match: match[1] * (1 + len(match[2])), text)


def matches(key: str, other: str) -> bool:
    """Say whether two keys may be of one name: an unreadable character stands for any one character.

    >>> matches("〓田健一", "高田健一"), matches("〓田健一", "田健一")
    (True, False)
    """
    return len(key) == len(other) and all(a == b or UNREADABLE in (a, b) for a, b in zip(key, other, strict=True))


def turned(name: str) -> str:
    """Put the last part of a name first, as where surname and given name changed places.

    >>> turned("一郎　森田"), turned("アンナ・メイ・ホワイト"), turned("八郎")
    ('森田　一郎', 'ホワイト　アンナメイ', '八郎')
    """
    *others, last = BETWEEN.sub(" ", visible(name)).strip().split(" ")
    return f"{last}　{''.join(others)}" if others else last


def split(name: str) -> tuple[str, str]:
    """Part a register's 氏名 at its space into surname and given name; without a space all of it is the surname.

    >>> split("相馬　拓也")
    ('相馬', '拓也')
    """
    surname, _, given = BETWEEN.sub(" ", visible(name)).strip().partition(" ")
    return surname, given
