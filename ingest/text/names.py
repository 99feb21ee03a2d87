"""Keys under which two spellings of a kanji name are the same name (identity reference §3.1)."""

import re
import unicodedata
from functools import cache
from pathlib import Path

VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\u180b-\u180d\U000e0100-\U000e01ef]")
ITERATION = re.compile("(.)々")
SPACES = re.compile(r"\s+")


@cache
def _folds() -> dict[int, str]:
    lines = (Path(__file__).with_name("kanji_folds.tsv")).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {ord(variant): plain for variant, plain in pairs}


@cache
def fold(text: str) -> str:
    """Give the comparison key of a name; the raw text is kept beside it, for people.

    >>> fold("髙﨑　健一"), fold("佐々木")
    ('高崎健一', '佐佐木')
    """
    plain = unicodedata.normalize("NFKC", VARIATION_SELECTORS.sub("", text))
    return ITERATION.sub(r"\1\1", SPACES.sub("", plain)).translate(_folds())


def split(name: str) -> tuple[str, str]:
    """Part a register's 氏名 at its space into surname and given name; without a space all of it is the surname.

    >>> split("相馬　拓也")
    ('相馬', '拓也')
    """
    surname, _, given = SPACES.sub(" ", name.strip()).partition(" ")
    return surname, given
