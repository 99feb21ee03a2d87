"""Which encoding a file is in, decided by thousands of its lines so that a bad row does not change the verdict (F5)."""

import codecs
import re
from collections import Counter
from pathlib import Path
from typing import TextIO

from graph.model import record

KEEP = "enkan-keep"
BLOCK = 1 << 18
ENOUGH = 20_000  # lines that are not ASCII
HEADER_WEIGHT = 20  # lines; a file may be short, and its header is what must be understood
BOMS = ((codecs.BOM_UTF8, "UTF-8 with BOM"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))
CODECS = {"UTF-8": "utf-8", "UTF-8 with BOM": "utf-8-sig", "CP932": "cp932", "EUC-JP": "euc_jp", "UTF-16": "utf-16"}
CANDIDATES = ("UTF-8", "CP932", "EUC-JP")  # in the order in which a tie is decided
KEPT = re.compile("[\udc00-\udcff]")
# EUC-JP read as CP932 is half-width kana glued to kanji, and ､ or ･ before every kana: lines no one writes.
MOJIBAKE = re.compile(r"[｡-ﾟ][\u4e00-\u9fff]|[\u4e00-\u9fff][｡-ﾟ]|(?:[､･][｡-ﾟ]){2}")
NUL_SAMPLE = 4096


@record
class Encoding:
    """The name that reports show, and the codec behind it."""

    name: str
    codec: str


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Turn each undecodable byte into a lone surrogate that `undecodable` finds again."""
    assert isinstance(error, UnicodeDecodeError)
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(KEEP, _keep)


def open_text(path: Path, encoding: Encoding) -> TextIO:
    """Open a file for reading; undecodable bytes are kept, line ends are left as they are."""
    return path.open(encoding=encoding.codec, errors=KEEP, newline="")


def undecodable(text: str) -> bool:
    """Say whether a text holds a byte that its encoding does not know."""
    return KEPT.search(text) is not None


def escaped(text: str) -> str:
    r"""Write undecodable bytes as \x.. so that the text can be stored and read."""
    return KEPT.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", text)


def named(name: str) -> Encoding:
    """Give the encoding of this name."""
    return Encoding(name=name, codec=CODECS[name])


def detect(path: Path) -> Encoding:
    """Tell a file's encoding: by its BOM, else by which encoding reads most of its lines as Japanese."""
    with path.open("rb") as handle:
        head = handle.read(NUL_SAMPLE)
    for bom, name in BOMS:
        if head.startswith(bom):
            return named(name)
    if b"\0" in head:
        little = head[1::2].count(0) >= head[0::2].count(0)
        return Encoding(name="UTF-16", codec="utf-16-le" if little else "utf-16-be")
    return named(max(CANDIDATES, key=_scores(path).__getitem__))


def _scores(path: Path) -> Counter[str]:
    """Count for each candidate the lines that it reads as Japanese, until enough have been seen."""
    seen = 0
    with path.open("rb") as handle:
        header = handle.readline()
        scores = Counter({name: HEADER_WEIGHT * _sensible(header, name) for name in CANDIDATES})
        while seen < ENOUGH and (block := handle.read(BLOCK)):
            lines = [line for line in (block + handle.readline()).split(b"\n") if not line.isascii()]
            seen += len(lines)
            for name in CANDIDATES:
                scores[name] += sum(_sensible(line, name) for line in lines)
    return scores


def _sensible(line: bytes, name: str) -> bool:
    try:
        text = line.decode(CODECS[name])
    except UnicodeDecodeError:
        return False
    return name != "CP932" or not MOJIBAKE.search(text)
