"""Kanji numerals as dates and addresses write them."""

import re

DIGITS = {kanji: str(value) for value, kanji in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "壱": "1",
    "弐": "2",
    "参": "3",
}
TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30}
SIGNS = f"{''.join(DIGITS)}{''.join(TENS)}百千"
NUMERAL = re.compile(f"[{SIGNS}]+")
POSITIONAL = re.compile(f"[{''.join(DIGITS)}]+")
NAMED = re.compile(
    r"(?:(?P<thousands>[一二三四五六七八九]?)(?P<thousand>千))?(?:(?P<hundreds>[一二三四五六七八九]?)(?P<hundred>百))?"
    r"(?:(?P<tens>[一二三四五六七八九壱弐参]?)(?P<ten>[十拾])|(?P<score>[廿卅]))?(?P<ones>[一二三四五六七八九壱弐参]?)"
)


def arabic(text: str) -> str:
    """Write every run of kanji numerals in digits; one that is no number stays as it is.

    >>> arabic("昭和五十四年廿日"), arabic("一九七九年"), arabic("昭和三十二十年")
    ('昭和54年20日', '1979年', '昭和三十二十年')
    """
    return NUMERAL.sub(lambda run: value(run[0]) or run[0], text)


def value(run: str) -> str:
    """Give the digits of one run of kanji numerals, empty where it is no number.

    >>> value("百二十三"), value("一二三"), value("三十二十")
    ('123', '123', '')
    """
    if POSITIONAL.fullmatch(run):
        return "".join(DIGITS[sign] for sign in run)
    named = NAMED.fullmatch(run)
    if not named or not run:
        return ""
    total = _count(named["thousands"], named["thousand"], 1000) + _count(named["hundreds"], named["hundred"], 100)
    total += _count(named["tens"], named["ten"], 10) + TENS.get(named["score"], 0)
    return str(total + int(DIGITS.get(named["ones"], 0)))


def _count(many: str | None, unit: str | None, worth: int) -> int:
    """Read 三十 as thirty and 十 alone as ten."""
    return worth * int(DIGITS.get(many or "", 1)) if unit else 0
