"""Keys of names written in Latin letters: order, case, diacritics and punctuation differ from record to record."""

import re
import unicodedata
from functools import cache

from japanese.invisible import visible

LATIN = re.compile("[A-Za-z]")
WORDS = re.compile("[a-z0-9]+")
APOSTROPHES = re.compile("['’`´ʼ]")


def is_latin(name: str) -> bool:
    """Say whether a name is written in Latin letters."""
    return bool(LATIN.search(unicodedata.normalize("NFKD", name)))


@cache
def key(name: str) -> str:
    """Give the key of a name: its words without case and diacritics, in alphabetical order.

    >>> key("NGUYỄN Van, An") == key("An Van Nguyễn")
    True
    """
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", visible(name))).casefold()
    return " ".join(sorted(WORDS.findall("".join(c for c in plain if not unicodedata.combining(c)))))
