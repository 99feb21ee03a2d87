"""Pictures of time: one terminal's day."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from graph.answers.history import Looked
from words import Words
from words.visible import visible

DUTY = {"present": "#BBD3C3", "away": "#F0D9C4"}
OUTCOMES = {"explained": "#2C6E49", "unexplained": "#51606E", "suspicious": "#B3261E"}


def day(lookups: Sequence[Looked], duty: Sequence[Mapping[str, Any]], words: Words) -> None:
    """Draw one terminal's day: a line for each member of staff, bars for their duty, a tick for each lookup."""
    spans = pd.DataFrame([_span(each, words) for each in duty], columns=["who", "from", "to", "duty"])
    ticks = pd.DataFrame([_tick(each, words) for each in lookups], columns=["who", "time", "system", "outcome"])
    duties = {words.say(f"screen.label.{name}"): colour for name, colour in DUTY.items()}
    outcomes = {words.say(f"report.code.{name}"): colour for name, colour in OUTCOMES.items()}
    who = alt.Y("who:N", title="", sort=None, axis=alt.Axis(labelLimit=260))
    bars = alt.Chart(spans).mark_bar().encode(
        alt.X("from:T", title="", axis=alt.Axis(format="%H:%M")), alt.X2("to:T"), who,
        _colour("duty", duties, words.say("screen.on_duty")),
    )  # fmt: skip
    marks = alt.Chart(ticks).mark_tick(thickness=2, size=16).encode(
        alt.X("time:T"), who,
        _colour("outcome", outcomes, words.say("screen.outcome")),
        [alt.Tooltip("time:T", format="%H:%M:%S"), alt.Tooltip("system:N")],
    )  # fmt: skip
    chart = alt.layer(bars, marks).resolve_scale(color="independent").properties(height=alt.Step(20))
    st.altair_chart(chart, width="stretch")


def _colour(field: str, colours: Mapping[str, str], title: str) -> alt.Color:
    return alt.Color(f"{field}:N", title=title, scale=alt.Scale(domain=list(colours), range=list(colours.values())))


def _span(duty: Mapping[str, Any], words: Words) -> tuple[str, str, str, str]:
    state = "present" if duty["present"] else "away"
    return (
        visible(f"{duty['staff']} {duty['name']}"),
        duty["from"][:19],
        duty["to"][:19],
        words.say(f"screen.label.{state}"),
    )


def _tick(each: Looked, words: Words) -> tuple[str, str, str, str]:
    who = f"{each.viewer} {each.name}" if each.viewer else each.lookup.account
    found = each.lookup
    return visible(who), f"{found.time:%Y-%m-%dT%H:%M:%S}", found.system, words.say(f"report.code.{found.outcome}")
