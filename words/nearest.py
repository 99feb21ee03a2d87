"""What was asked for and is not there, said with the nearest of what is: a slip is seen, not taken for an answer."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

MOST = 3
ALIKE = 0.5
WIDEST = 15  # digits of the widest number a register gives out
KINDS = {
    "section": ("section", "所属"),
    "staff": ("member of staff", "職員"),
    "person": ("person", "人物"),
    "terminal": ("terminal", "端末"),
    "conflict": ("conflict", "事案"),
    "file": ("file", "ファイル"),
    "preset": ("preset", "範囲(preset)"),
}


def folded(text: str) -> str:
    """Give a name without width, case and spaces.

    >>> folded("生活支援課　（庶務）") == folded("生活支援課(庶務)")
    True
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def nearest(wanted: str, known: Iterable[str]) -> list[str]:
    """Give at most three names like the one wanted: first the same number, then those with it in them.

    >>> nearest("1375", ["0001375", "0001376"])
    ['0001375', '0001376']
    >>> nearest("課税", ["税務課課税係", "市民課"])
    ['税務課課税係']
    """
    names = {folded(name): name for name in sorted(set(known)) if name}
    key = folded(wanted)
    same = [name for name in names if name.lstrip("0") == key.lstrip("0")]
    holding = [name for name in names if key and (key in name or (len(name) > 1 and name in key))]
    alike = difflib.get_close_matches(key, names, MOST, ALIKE)
    return [names[name] for name in dict.fromkeys([*same, *holding, *alike])][:MOST]


def spellings(number: str) -> list[str]:
    """Give the widths in which a register may have a number: what was typed without its zeros is told with them.

    >>> spellings("１３")[:3]
    ['13', '013', '0013']
    """
    plain = unicodedata.normalize("NFKC", number).strip()
    digits = plain.lstrip("0") or "0"
    if not re.fullmatch("[0-9]+", plain):
        return [plain]
    return [digits.zfill(width) for width in range(len(digits), WIDEST + 1)]


def unknown(kind: str, wanted: str, near: Iterable[str]) -> tuple[str, str]:
    """Say, in English and in Japanese, that nothing of a kind (of `KINDS`) is called so, and what comes nearest."""
    near, (en, ja) = list(near), KINDS[kind]
    return (
        f"{wanted!r} is no {en} in what was read" + (f"; nearest: {', '.join(near)}" if near else ""),
        f"「{wanted}」という{ja}は、取り込んだ資料にありません。" + (f"近いもの: {'、'.join(near)}" if near else ""),
    )
