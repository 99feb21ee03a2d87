"""How tests tell a sentence of the wrong language from what the data say."""

import re
from pathlib import Path

HANDMADE = Path(__file__).parent / "handmade" / "exports"
JAPANESE = re.compile(r"[ぁ-んァ-ヶー一-鿿々〆]*[ぁ-ん][ぁ-んァ-ヶー一-鿿々〆]*")
ENGLISH = re.compile(r"(?<![\w./_-])(?:[A-Za-z]{2,}[,;:.]? ){2,}[A-Za-z]{2,}(?![\w/_-])")


def exported() -> str:
    """Give everything that the exports of 椋川町 say, as one text."""
    return "\n".join(_text(file.read_bytes()) for file in sorted(HANDMADE.iterdir()))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp932", "replace")
