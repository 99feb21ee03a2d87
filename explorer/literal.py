"""Words of names, notes, files and reasons in a page, as text: never Markdown, a link, a formula or a colour."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from words.visible import visible

# What is Markdown wherever it stands, and what is only at the beginning of a line: a list, a heading's underline.
MARKUP = re.compile(r"[!#$&*:<>\[\\\]_`{|}~]|^\s*[-+=]|(?<=\d)[.)]")
# Streamlit makes links, arrows and icons of plain text too, however it is escaped; in a code span it does not.
REMADE = re.compile(r"://|www\.|@|->|<-|--|[<>~]=|:material/|:streamlit:")


def literal(text: object) -> str:
    r"""Write a text so that Markdown shows it as it is.

    >>> literal(":red[確認済み]")
    '\\:red\\[確認済み\\]'
    """
    shown = visible(str(text))
    if REMADE.search(shown):
        return _code(shown)
    return MARKUP.sub(_escaped, shown)


def lines(text: object) -> str:
    """Write a longer text line by line as it is."""
    return "  \n".join(literal(line) for line in str(text).splitlines())


def listing(texts: Iterable[object]) -> str:
    """Write texts as a list, a point each."""
    return "\n".join(f"- {literal(text)}" for text in texts)


def table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Give rows for `st.table`, whose cells are Markdown."""
    return pd.DataFrame(
        [{key: literal(cell) if isinstance(cell, str) else cell for key, cell in row.items()} for row in rows]
    )


def frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Give rows for `st.dataframe`, whose cells are plain text."""
    return pd.DataFrame(
        [{key: visible(cell) if isinstance(cell, str) else cell for key, cell in row.items()} for row in rows]
    )


def _escaped(found: re.Match[str]) -> str:
    """Put a backslash before the mark; a full stop or bracket after digits is one only where they begin the text."""
    mark = found[0]
    if mark in ".)" and not found.string[: found.start()].isdigit():
        return mark
    return f"{mark[:-1]}\\{mark[-1]}"


def _code(text: str) -> str:
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{fence} {text} {fence}"
