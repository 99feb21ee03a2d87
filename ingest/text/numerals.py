"""Kanji numerals as dates write them."""

import re

DIGITS = {kanji: str(value) for value, kanji in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "壱": "1",
    "弐": "2",
    "参": "3",
}
TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30}
NUMERAL = re.compile(f"[{''.join(DIGITS)}{''.join(TENS)}百千]+")


def arabic(text: str) -> str:
    """Write every run of kanji numerals in digits.

    >>> arabic("昭和五十四年廿日"), arabic("一九七九年")
    ('昭和54年20日', '1979年')
    """
    return NUMERAL.sub(lambda run: _value(run[0]), text)


def _value(run: str) -> str:
    if not any(sign in run for sign in (*TENS, "百", "千")):
        return "".join(DIGITS[sign] for sign in run)
    total = pending = 0
    for sign in run:
        if sign in DIGITS:
            pending = int(DIGITS[sign])
        elif sign in TENS:
            total += TENS[sign] * (pending or 1)
            pending = 0
        else:
            total += {"百": 100, "千": 1000}[sign] * (pending or 1)
            pending = 0
    return str(total + pending)
