"""A list of which one entry is looked at: picked by a click, or named by the page's address."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from explorer import literal
from words import Words

Entry = TypeVar("Entry")


def selected(
    found: Sequence[Entry],
    row: Callable[[Entry], Mapping[str, object]],
    name: Callable[[Entry], str],
    parameter: str,
    words: Words,
) -> Entry | None:
    """List entries, a row each, and give the one picked or named by the query parameter, which then holds its name.

    Below the list two buttons go to the entry before and after it.
    """
    turn = st.session_state.setdefault(f"turn-{parameter}", 0)
    event = st.dataframe(
        literal.frame(map(row, found)),
        hide_index=True, width="stretch", on_select="rerun", selection_mode="single-row",
        key=f"queue-{parameter}-{turn}",
    )  # fmt: skip
    picked = [found[place] for place in event["selection"]["rows"] if place < len(found)]
    wanted = st.query_params.get(parameter, "")
    chosen = next(iter(picked or [entry for entry in found if name(entry) == wanted]), None)
    if chosen is not None:
        st.query_params[parameter] = name(chosen)
        _steps([name(entry) for entry in found], name(chosen), parameter, words)
    return chosen


def _steps(names: Sequence[str], chosen: str, parameter: str, words: Words) -> None:
    place = names.index(chosen)
    columns = st.columns([1, 1, 6])
    for column, word, step in ((columns[0], "previous", place - 1), (columns[1], "next", place + 1)):
        there = names[step] if 0 <= step < len(names) else ""
        column.button(
            words.say(f"screen.label.{word}"),
            key=f"{word}-{parameter}",
            disabled=not there,
            on_click=_go,
            args=(parameter, there),
        )


def _go(parameter: str, name: str) -> None:
    """Name another entry; a list of a new key has nothing picked that would stand against it."""
    st.query_params[parameter] = name
    st.session_state[f"turn-{parameter}"] += 1
