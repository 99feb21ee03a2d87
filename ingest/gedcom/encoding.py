"""From the bytes of a GEDCOM file to its text; ANSEL is ANSI/NISO Z39.47, which Python has no codec for."""

import codecs
import re
import unicodedata

CHARACTER_SET = re.compile(rb"^[ \t]*1[ \t]+CHAR[ \t]+([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
CP1252_WORDS = ("ANSI", "1252")
BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

LETTERS = {0xA1 + i: letter for i, letter in enumerate("ŁØĐÞÆŒʹ·♭®±ƠƯʼ")}
LETTERS |= {0xB0 + i: letter for i, letter in enumerate("ʻłøđþæœʺı£ð")}
LETTERS |= {0xBC: "ơ", 0xBD: "ư", 0xBE: "□", 0xBF: "■", 0xCD: "e", 0xCE: "o", 0xCF: "ß"}
LETTERS |= {0xC0 + i: letter for i, letter in enumerate("°ℓ℗©♯¿¡")}
# Marks stand before the letter they belong to.
MARKS = {0xE0 + i: mark for i, mark in enumerate("\u0309\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030c\u030a")}
MARKS |= {0xEB + i: mark for i, mark in enumerate("\ufe20\ufe21\u0315\u030b\u0310\u0327\u0328\u0323\u0324\u0325\u0333")}
MARKS |= {
    0xF6: "\u0332",
    0xF7: "\u0326",
    0xF8: "\u031c",
    0xF9: "\u032e",
    0xFA: "\ufe22",
    0xFB: "\ufe23",
    0xFE: "\u0313",
}


def decode(raw: bytes) -> str:
    """Decode a file: UTF-16 by its mark or its zero bytes, ANSEL and CP1252 where they are named and UTF-8 fails."""
    for mark, name in BOMS.items():
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, errors="replace")
    wide = _wide(raw)
    if wide:
        return raw.decode(wide, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _named(raw)


def _wide(raw: bytes) -> str:
    """Tell UTF-16 without a mark by the zero byte beside the first `0`."""
    first = raw.find(b"0")
    if first % 2 == 0 and raw[first + 1 : first + 2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if first % 2 == 1 and raw[first - 1 : first] == b"\0" else ""


def _named(raw: bytes) -> str:
    found = CHARACTER_SET.search(raw)
    word = found[1].strip().upper().decode("ascii", errors="replace") if found else ""
    if word == "ANSEL":
        return ansel(raw)
    return raw.decode("cp1252" if any(part in word for part in CP1252_WORDS) else "utf-8", errors="replace")


def ansel(raw: bytes) -> str:
    """Decode ANSEL.

    >>> ansel(b"M\\xe8uller, \\xa1\\xe2od\\xe2z")
    'Müller, Łódź'
    """
    text, marks = [], ""
    for byte in raw:
        if byte in MARKS:
            marks += MARKS[byte]
            continue
        text.append((chr(byte) if byte < 0x80 else LETTERS.get(byte, "\ufffd")) + marks)
        marks = ""
    return unicodedata.normalize("NFC", "".join(text))
