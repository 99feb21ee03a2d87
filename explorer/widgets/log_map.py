"""Which days of each log were delivered, as a calendar a system: データ品質 shows it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from explorer.literal import literal
from graph.records.clocks import clock_words
from report.wording.lacking import log_words
from words import Words

# Beside a chart as low as this one a legend would be cut off.
BELOW = alt.Legend(orient="bottom", labelLimit=0, symbolSize=150, symbolStrokeColor="#8FA3B8", symbolStrokeWidth=1)
STATES = {
    "delivered": "#BBD3C3",
    "thin": "#E0A030",
    "absent": "#B3261E",
    "unknown": "#8FA3B8",
    "closed": "#F1F3F5",
}


def show(found: Sequence[Mapping[str, Any]], clocks: Sequence[Mapping[str, Any]], words: Words) -> None:
    """Draw the calendar of every log, and name what lacks, clocks that lie apart, and who fell silent."""
    st.subheader(words.say("screen.log_days"))
    lines = log_words(found, words)
    for line in lines:
        st.warning(literal(line))
    if not lines:
        st.write(words.say("screen.all_there"))
    for clock in clock_words(clocks):
        st.info(literal(words.tell(clock)))
    for entry in found:
        st.markdown(literal(f"{entry['system']}: {entry['first']} – {entry['last']}"))
        st.altair_chart(_calendar(entry, words), width="stretch")
        for silent in entry["silent"]:
            st.info(literal(words.say("screen.silent", **silent)))


def _calendar(entry: Mapping[str, Any], words: Words) -> alt.Chart:
    names, colours = [words.say(f"screen.log.{state}") for state in STATES], list(STATES.values())
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(_days(entry, words)), height=160)
        .mark_rect(stroke="white", strokeWidth=0.5)
        .encode(
            alt.X("week:O", title="", axis=alt.Axis(labelOverlap=True, labelAngle=0)),
            alt.Y("weekday:O", title="", axis=None),
            alt.Color("state:N", title="", scale=alt.Scale(domain=names, range=colours), legend=BELOW),
            [alt.Tooltip("day:N"), alt.Tooltip("rows:Q"), alt.Tooltip("state:N")],
        )
    )
    return chart


def _days(entry: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    first = date.fromisoformat(entry["first"])
    thin = {each["day"] for each in entry["thin"]}
    marked = {day: "absent" for day in (*entry["absent"], *entry["ended"])} | dict.fromkeys(thin, "thin")
    marked |= dict.fromkeys(entry["unknown"], "unknown")
    days = {(first + timedelta(days=n)).isoformat(): rows for n, rows in enumerate(entry["rows"])}
    days |= dict.fromkeys(entry["ended"], 0)
    states = {day: marked.get(day, "delivered" if rows else "closed") for day, rows in days.items()}
    return [_day(day, rows, words.say(f"screen.log.{states[day]}")) for day, rows in days.items()]


def _day(day: str, rows: int, state: str) -> dict[str, Any]:
    found = date.fromisoformat(day)
    monday = found - timedelta(days=found.weekday())
    return {"day": day, "week": monday.isoformat(), "weekday": found.weekday(), "rows": rows, "state": state}
