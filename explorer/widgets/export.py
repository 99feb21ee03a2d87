"""Downloads: built here and nowhere else, and each click in the audit log beside the question that it answers."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from explorer import session
from report import output


def table(label: str, rows: Sequence[dict[str, Any]], name: str) -> None:
    """Offer rows as CSV for Japanese Excel; nothing where there are none."""
    if rows:
        content(label, output.as_csv(rows, excel=True), name)


def content(label: str, text: str, name: str) -> None:
    """Offer a text as a file."""
    st.download_button(
        label, text.encode(), name, key=f"save-{name}", on_click=session.workspace().exported, args=(name,)
    )
