r"""Text from outside as a reader may see it: what is invisible, or steers a terminal or a page, is written out.

Names, file names and notes come from exports and people; an escape character, a change of direction or an invisible
letter in one would otherwise change what stands around it. Characters of Unicode's categories Cc, Cf, Zl, Zp and the
fillers that look like nothing become \x1b, \u202e and the like; characters of private use (外字) and variation
selectors are letters of names and stay.
"""

import html
import re

BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # fillers: letters by category, nothing by look
BEYOND_ASCII = re.compile(
    f"[\x80-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f{BLANKS}"
    "\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
HIDDEN = re.compile(f"[\x00-\x1f\x7f]|{BEYOND_ASCII.pattern}")
NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str, *, lines: bool = False) -> str:
    r"""Write out what would not be seen; with `lines` the line breaks of a longer text stay.

    >>> visible("山田\u202e太郎")
    '山田\\u202e太郎'
    """
    if lines:
        return "\n".join(visible(line) for line in text.splitlines())
    return HIDDEN.sub(lambda found: NAMED.get(found[0]) or _escape(found[0]), text)


def escape(text: str) -> str:
    """Give a text as HTML that shows it, whatever is in it."""
    return html.escape(visible(text))


def in_json(text: str) -> str:
    r"""Write JSON's own escapes for what would not be seen in it: the same values, nothing hidden.

    >>> in_json('"\u202e"')
    '"\\u202e"'
    """
    return BEYOND_ASCII.sub(lambda found: "".join(f"\\u{unit:04x}" for unit in _units(found[0])), text)


def _escape(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that was no text, as Python keeps it in a file's name
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _units(char: str) -> list[int]:
    data = char.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]
