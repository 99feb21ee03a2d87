"""Characters that show nothing, as pasted text leaves them: no key holds one, and a file that has some is warned of."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Unicode's category Cf (zero-width, soft hyphen, byte order mark, direction), what renderers ignore by default, the
# variation selectors (glyphs of one character) and control characters that no line or column is parted by.
NOTHING = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2"
    "\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # fillers of Hangul and of braille: letters and signs that look like a space
SELECTORS = re.compile("[\ufe00-\ufe0f\u180b-\u180d\U000e0100-\U000e01ef]")
HIDDEN, EMPTY = re.compile(f"[{NOTHING}]"), re.compile(f"[{BLANK}]")
ANY = f"[{NOTHING}{BLANK}]"


def visible(text: str) -> str:
    """Leave out what shows nothing; what looks like a space is one.

    >>> visible("南\u200b原\u3164九郎\ufeff"), visible("葛\U000e0100飾")
    ('南原 九郎', '葛飾')
    """
    if text.isascii() and text.isprintable():
        return text
    return EMPTY.sub(" ", HIDDEN.sub("", text))


def strange(text: str) -> bool:
    """Say whether a text holds what shows nothing; a variation selector is no slip, it chooses a glyph."""
    return visible(bare := SELECTORS.sub("", text)) != bare


def visible_column(cells: pa.Array) -> pa.Array:
    """Leave out of every cell what shows nothing."""
    if not len(_suspect(cells)):
        return cells
    return pa.array([visible(cell) for cell in cells.to_pylist()], pa.string())


def count_strange(cells: pa.Array) -> int:
    """Count the cells that hold what shows nothing."""
    return sum(strange(cell) for cell in _suspect(cells).to_pylist())


def _suspect(cells: pa.Array) -> pa.Array:
    """Give the cells that hold one of the characters; most columns are plain ASCII, which is soon seen."""
    data = cells.buffers()[2]
    if data is None or not np.any(np.frombuffer(data, np.uint8) & 0x80):
        return cells.slice(0, 0)
    return cells.filter(pc.match_substring_regex(cells, ANY))
