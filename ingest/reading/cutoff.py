"""Whether a file's last record was cut: what a broken transfer or a full disk leaves, and no exporter writes (D3)."""

from collections.abc import Sequence

from ingest.reading import encodings
from ingest.reading.records import END_OF_FILE, LONGEST_RECORD, cells_of, unclosed

LINE_ENDS = ("\n", "\r")
TRAILER = "TRLR"


def ended(texts: Sequence[str]) -> bool:
    """Say whether the last of a file's records ends its line; a Ctrl-Z after it says the same."""
    return not texts or texts[-1].endswith((*LINE_ENDS, END_OF_FILE))


def cut(texts: Sequence[str], delimiter: str, width: int) -> bool:
    """Say whether the last of a file's records (as they are written, some before it too) is cut.

    >>> cut(["1,a\\n", "2"], ",", 2), cut(["1,a\\n", "2,b"], ",", 2), cut(['1,"a\\n'], ",", 2)
    (True, False, True)
    """
    if not texts or texts[-1].strip("\r\n") == END_OF_FILE:
        return False
    return _open_quote(texts[-LONGEST_RECORD:], delimiter, width) or (
        not ended(texts) and _short(texts[-1], delimiter, width)
    )


def cut_tree(text: str) -> bool:
    """Say whether a GEDCOM file is cut: its last line has no end, and is not the trailer that ends every such file."""
    return not text.endswith(LINE_ENDS) and TRAILER not in text[-20:]


def _short(text: str, delimiter: str, width: int) -> bool:
    """Say whether a record without a line end lacks cells, or the second half of its last character."""
    return len(cells_of(text, delimiter)) < width or encodings.undecodable(text[-1:])


def _open_quote(texts: Sequence[str], delimiter: str, width: int) -> bool:
    """Say whether a quote opens near the end that nothing closes: what follows are its lines, not whole records."""
    for text in reversed(texts):
        if unclosed(text, delimiter):
            return True
        if len(cells_of(text, delimiter)) == width:
            return False
    return False
