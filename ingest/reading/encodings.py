"""Which encoding a file is in, decided by thousands of its lines so that a bad row does not change the verdict (F5)."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from graph.model import record

KEEP = "enkan-keep"
BLOCK = 1 << 18
ENOUGH = 5_000  # lines that are not ASCII
HEADER_WEIGHT = 20  # lines; a file may be short, and its header is what must be understood
BOMS = ((codecs.BOM_UTF8, "UTF-8 with BOM"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))
CODECS = {"UTF-8": "utf-8", "UTF-8 with BOM": "utf-8-sig", "CP932": "cp932", "EUC-JP": "euc_jp", "UTF-16": "utf-16"}
CANDIDATES = ("UTF-8", "CP932", "EUC-JP")  # in the order in which a tie is decided
KEPT = re.compile("[\0\udc00-\udcff]")
# EUC-JP read as CP932 is half-width kana glued to kanji, and ､ or ･ before every kana: lines no one writes.
MOJIBAKE = re.compile(r"[｡-ﾟ][\u4e00-\u9fff]|[\u4e00-\u9fff][｡-ﾟ]|(?:[､･][｡-ﾟ]){2}")
NUL_SAMPLE = 4096
NUL_RUN = re.compile(rb"\0{3,}")  # what a logger that crashed leaves; UTF-16 text has two at most
WIDE_SHARE = 0.05  # of the bytes on one side of each pair: delimiters, digits and line ends of UTF-16 are half NUL
WIDE_ENDS = 8  # so many bytes 0A may be halves of a character (上 is 4E 0A) for one that is a line end
WIDE_ODDS = 2  # times as many NULs on that side as on the other, where 一 and the wide space have theirs


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
    """Say whether a text holds a byte that its encoding does not know, or a NUL, which no text has."""
    return KEPT.search(text) is not None


def escaped(text: str) -> str:
    r"""Write undecodable bytes as \x.. so that the text can be stored and read."""
    return KEPT.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", text)


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
    wide = _wide(head)
    if wide:
        return Encoding(name="UTF-16", codec=wide)
    return named(max(CANDIDATES, key=_scores(path).__getitem__))


def reads(path: Path, name: str) -> bool:
    """Say whether an encoding reads a file's lines at least half as well as the one that reads them best."""
    scores = _scores(path)
    return name not in scores or 2 * scores[name] >= max(scores.values())


def _wide(head: bytes) -> str:
    """Tell UTF-16 without a mark: NULs stand on one side of the byte pairs, also beside most line ends."""
    text = NUL_RUN.sub(lambda run: b"\x01" * len(run[0]), head)
    even, odd = text[0::2].count(0), text[1::2].count(0)
    codec, few, many = ("utf-16-le", even, odd) if odd >= even else ("utf-16-be", odd, even)
    if many < WIDE_SHARE * len(text) / 2 or many < WIDE_ODDS * few:
        return ""
    ends = text.decode(codec, errors="replace").count("\n")
    return codec if WIDE_ENDS * ends >= text.count(b"\n") else ""


def _scores(path: Path) -> Counter[str]:
    """Count for each candidate the lines that it reads as Japanese, until enough have been seen."""
    seen = 0
    with path.open("rb") as handle:
        header = handle.readline()
        weight = 0 if header.isascii() else HEADER_WEIGHT
        scores = Counter({name: weight * _sensible(header, name) for name in CANDIDATES})
        while seen < ENOUGH and (block := handle.read(BLOCK)):
            lines = [line for line in (block + handle.readline()).split(b"\n") if not line.isascii()]
            seen += len(lines)
            for name in CANDIDATES:
                scores[name] += _read_by(lines, name)
    return scores


def _read_by(lines: Sequence[bytes], name: str) -> int:
    """Count the lines that a candidate reads: all at once where it reads them all."""
    return len(lines) if _sensible(b"\n".join(lines), name) else sum(_sensible(line, name) for line in lines)


def _sensible(line: bytes, name: str) -> bool:
    try:
        text = line.decode(CODECS[name])
    except UnicodeDecodeError:
        return False
    return name != "CP932" or not MOJIBAKE.search(text)
