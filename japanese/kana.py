"""Keys under which two kana readings are equal, strictly and loosely (F13)."""

import re
import unicodedata
from functools import cache

from japanese.invisible import visible

SPACING_MARKS = str.maketrans({"゛": "\u3099", "゜": "\u309a", "ﾞ": "\u3099", "ﾟ": "\u309a"})
HIRAGANA = str.maketrans({chr(c): chr(c + 0x60) for c in range(0x3041, 0x3097)})
DASHES = re.compile(r"(?<=[ァ-ヺー])[‐－−―–—-](?!\d)")
IGNORED = re.compile(r"[\s・=.,、'’]")
KANA = re.compile("[ァ-ヺー]+")
LOOSE = str.maketrans({"ヂ": "ジ", "ヅ": "ズ", "ヲ": "オ", "ヰ": "イ", "ヱ": "エ", "ヴ": "ブ", "ー": ""})
SMALL = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
LONG_VOWEL = re.compile("(?<=[オコソトノホモヨロゴゾドボポウクスツヌフムユルグズブプュョ])ウ")


def is_kana(text: str) -> bool:
    """Say whether a name is written in kana only.

    >>> is_kana("ブラウン・エミリー"), is_kana("佐藤　マリア")
    (True, False)
    """
    return bool(KANA.fullmatch(strict(text)))


@cache
def strict(text: str) -> str:
    """Give the kana key that counts as equal.

    >>> strict("ｿｳﾏ ﾀｸﾔ"), strict("サト－")
    ('ソウマタクヤ', 'サトー')
    """
    plain = unicodedata.normalize("NFKC", visible(text).translate(SPACING_MARKS)).translate(HIRAGANA)
    return IGNORED.sub("", DASHES.sub("ー", plain))


@cache
def loose(text: str) -> str:
    """Give the weaker key (清音 spellings, long vowels); never evidence of equality by itself.

    >>> loose("オオノ ユウコ") == loose("オーノ ユーコ")
    False
    """
    return LONG_VOWEL.sub("", strict(text).translate(LOOSE).translate(SMALL))
