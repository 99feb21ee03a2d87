"""Which days of each log were delivered, as a calendar a system: データ品質 shows it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from explorer.literal import literal
from graph.records.clocks import Clock, clock_words
from graph.records.deliveries import LogCoverage
from report.wording.lacking import log_words

# Beside a chart as low as this one a legend would be cut off.
BELOW = alt.Legend(orient="bottom", labelLimit=0, symbolSize=150, symbolStrokeColor="#8FA3B8", symbolStrokeWidth=1)
TITLE = {"ja": "ログの到達状況", "en": "Days of the logs that were delivered"}
ALL_THERE = {"ja": "欠けている日は見つかりません。", "en": "No day is found to lack."}
STATES = {
    "delivered": ("届いている", "delivered", "#BBD3C3"),
    "thin": ("一部欠け", "not whole", "#E0A030"),
    "absent": ("欠けている", "absent", "#B3261E"),
    "unknown": ("判断できない", "cannot be told", "#8FA3B8"),
    "closed": ("行がないのが通常", "no rows expected", "#F1F3F5"),
}
SILENT = {
    "ja": "{id} は{last}を最後に{days}開庁日、利用がありません(それまではほぼ毎日)。",
    "en": "{id} is silent for {days} open days after {last}, with steady use before.",
}


def show(found: Sequence[LogCoverage], clocks: Sequence[Clock], lang: str) -> None:
    """Draw the calendar of every log, and name what lacks, clocks that lie apart, and who fell silent."""
    st.subheader(TITLE[lang])
    lines = log_words(found, lang)
    for line in lines:
        st.warning(literal(line))
    if not lines:
        st.write(ALL_THERE[lang])
    for line in clock_words(clocks, lang):
        st.info(literal(line))
    for entry in found:
        st.markdown(literal(f"{entry.system}: {entry.first} – {entry.last}"))
        st.altair_chart(_calendar(entry, lang), width="stretch")
        for silent in entry.silent:
            st.info(literal(SILENT[lang].format(id=silent.id, last=silent.last, days=silent.days)))


def _calendar(entry: LogCoverage, lang: str) -> alt.Chart:
    at = 0 if lang == "ja" else 1
    names, colours = [each[at] for each in STATES.values()], [each[2] for each in STATES.values()]
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(_days(entry, at)), height=160)
        .mark_rect(stroke="white", strokeWidth=0.5)
        .encode(
            alt.X("week:O", title="", axis=alt.Axis(labelOverlap=True, labelAngle=0)),
            alt.Y("weekday:O", title="", axis=None),
            alt.Color("state:N", title="", scale=alt.Scale(domain=names, range=colours), legend=BELOW),
            [alt.Tooltip("day:N"), alt.Tooltip("rows:Q"), alt.Tooltip("state:N")],
        )
    )
    return chart


def _days(entry: LogCoverage, at: int) -> list[dict[str, Any]]:
    marked = {day: "absent" for day in (*entry.absent, *entry.ended)} | {each.day: "thin" for each in entry.thin}
    marked |= dict.fromkeys(entry.unknown, "unknown")
    days = {entry.first + timedelta(days=n): rows for n, rows in enumerate(entry.rows or ())}
    days |= dict.fromkeys(entry.ended, 0)
    return [
        _day(day, rows, STATES[marked.get(day, "delivered" if rows else "closed")][at]) for day, rows in days.items()
    ]


def _day(day: date, rows: int, state: str) -> dict[str, Any]:
    monday, weekday = day - timedelta(days=day.weekday()), day.weekday()
    return {"day": day.isoformat(), "week": monday.isoformat(), "weekday": weekday, "rows": rows, "state": state}
