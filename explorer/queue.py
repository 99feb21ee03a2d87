"""A list of which one entry is looked at: picked by a click, or named by the page's address."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import pandas as pd
import streamlit as st

Entry = TypeVar("Entry")


def selected(
    found: Sequence[Entry], row: Callable[[Entry], Mapping[str, object]], name: Callable[[Entry], str], parameter: str
) -> Entry | None:
    """List entries, a row each, and give the one picked or named by the query parameter, which then holds its name."""
    event = st.dataframe(
        pd.DataFrame([row(entry) for entry in found]),
        hide_index=True, width="stretch", on_select="rerun", selection_mode="single-row", key=f"queue-{parameter}",
        height=320,
    )  # fmt: skip
    picked = [found[place] for place in event["selection"]["rows"] if place < len(found)]
    wanted = st.query_params.get(parameter, "")
    chosen = next(iter(picked or [entry for entry in found if name(entry) == wanted]), None)
    if chosen is not None:
        st.query_params[parameter] = name(chosen)
    return chosen
