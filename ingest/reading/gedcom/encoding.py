"""From the bytes of a GEDCOM file to its text; ANSEL is ANSI/NISO Z39.47, which Python has no codec for."""

import codecs
import re
import unicodedata

UNDECODABLE = "\ufffd"
CHARACTER_SET = re.compile(rb"^[ \t]*1[ \t]+CHAR[ \t]+([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
NAMED = {"CP932": ("SHIFT", "SJIS", "932"), "CP1252": ("ANSI", "1252")}
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
    name = _wide(raw) or encoding_of(raw)
    return ansel(raw) if name == "ANSEL" else raw.decode(name, errors="replace")


def encoding_of(raw: bytes) -> str:
    """Name the encoding of a file; Japanese programs write CP932 under several names."""
    marked = next((name for mark, name in BOMS.items() if raw.startswith(mark)), "") or _wide(raw)
    if marked:
        return "UTF-16" if "16" in marked else "UTF-8 with BOM"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _named(raw)
    return "UTF-8"


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
        return word
    named = (name for name, words in NAMED.items() if any(part in word for part in words))
    return next(named, "UTF-8")


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
        text.append((chr(byte) if byte < 0x80 else LETTERS.get(byte, UNDECODABLE)) + marks)
        marks = ""
    return unicodedata.normalize("NFC", "".join(text))
