"""データ品質: what went in, what was turned away and why, and what the registers leave unknown."""

from collections.abc import Mapping

import altair as alt
import pandas as pd
import streamlit as st

from explorer import literal, session
from explorer.widgets import files, log_map
from explorer.wording.words import say
from graph.records.answers import Quarantined
from report.wording.measures import measure
from report.wording.words import say as word

COLOURS = {"registered": "#1F3A5F", "stated": "#5B7FA6", "composed": "#B3591D", "probable": "#E0B98C"}


def page() -> None:
    """Show the reconciliation, the quarantine, and coverage of the registers."""
    lang = session.language_now()
    st.title(say("quality", lang))
    found = session.workspace().status()
    log_map.show(session.workspace().log_coverage(), found.clocks, lang)
    st.subheader(say("coverage", lang))
    _parents(found.coverage, lang)
    st.table(_numbers(found.coverage, lang))
    st.subheader(say("reconciliation", lang))
    files.show(found, lang)
    st.subheader(say("quarantine", lang))
    rejected = session.workspace().quarantine()
    if rejected:
        st.caption(say("raw_hidden", lang))
        st.dataframe(literal.frame(_rejected_row(row, lang) for row in rejected), hide_index=True)
    else:
        st.write(say("no_quarantine", lang))
    st.subheader(say("graph", lang))
    st.table(_numbers(found.counts, lang))


def _rejected_row(row: Quarantined, lang: str) -> dict[str, object]:
    return {say(key, lang): getattr(row, key) for key in ("file", "line", "column")} | {
        say("reason_why", lang): measure(row.reason, lang)
    }


def _parents(coverage: Mapping[str, float], lang: str) -> None:
    """Draw the share of residents whose mother and father are known, by the grade of what tells it."""
    rows = [
        {
            "parent": say(parent, lang),
            "grade": word(grade, lang),
            "order": i,
            "share": coverage[f"with_{parent}_{grade}"],
        }
        for parent in ("mother", "father")
        for i, grade in enumerate(COLOURS)
    ]
    colours = alt.Scale(domain=[word(grade, lang) for grade in COLOURS], range=list(COLOURS.values()))
    chart = alt.Chart(pd.DataFrame(rows), height=150).mark_bar()
    st.altair_chart(
        chart.encode(
            alt.X(
                "share:Q", title=say("known_parents", lang), axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])
            ),
            alt.Y("parent:N", title="", sort=None),
            alt.Color("grade:N", title=say("grade", lang), scale=colours),
            alt.Order("order:Q"),
            alt.Tooltip("share:Q", format=".1%"),
        ),
        width="stretch",
    )


def _numbers(counted: Mapping[str, float], lang: str) -> pd.DataFrame:
    """Word what was counted; shares as per cent."""
    rows = ((key, f"{value:.1%}" if key.startswith("with_") else f"{value:,}") for key, value in counted.items())
    return pd.DataFrame([{say("what", lang): measure(key, lang), say("number", lang): value} for key, value in rows])
