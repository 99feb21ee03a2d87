"""データ品質: what went in, what was turned away and why, and what the registers leave unknown."""

import altair as alt
import pandas as pd
import streamlit as st

from explorer import literal, session
from explorer.widgets import files, log_map
from words import Words

COLOURS = {"registered": "#1F3A5F", "stated": "#5B7FA6", "composed": "#B3591D", "probable": "#E0B98C"}


def page() -> None:
    """Show the reconciliation, the quarantine, and coverage of the registers."""
    words = session.words_now()
    st.title(words.say("screen.quality"))
    found = session.workspace().status()
    log_map.show(session.workspace().log_coverage(), found["clocks"], words)
    st.subheader(words.say("screen.coverage"))
    _parents(found["coverage"], words)
    st.table(_numbers(found["coverage"], words))
    st.subheader(words.say("screen.reconciliation"))
    files.show(found, words)
    st.subheader(words.say("screen.quarantine"))
    rejected = session.workspace().quarantine()
    if rejected:
        st.caption(words.say("screen.raw_hidden"))
        st.dataframe(literal.frame(_rejected_row(row, words) for row in rejected), hide_index=True)
    else:
        st.write(words.say("screen.no_quarantine"))
    st.subheader(words.say("screen.graph"))
    st.table(_numbers(found["counts"], words))


def _rejected_row(row: dict[str, object], words: Words) -> dict[str, object]:
    return {words.say(f"screen.label.{key}"): row[key] for key in ("file", "line", "column")} | {
        words.say("screen.reason_why"): words.of("measure", str(row["reason"]))
    }


def _parents(coverage: dict[str, float], words: Words) -> None:
    """Draw the share of residents whose mother and father are known, by the grade of what tells it."""
    rows = [
        {
            "parent": words.say(f"screen.label.{parent}"),
            "grade": words.say(f"report.code.{grade}"),
            "order": i,
            "share": coverage[f"with_{parent}_{grade}"],
        }
        for parent in ("mother", "father")
        for i, grade in enumerate(COLOURS)
    ]
    colours = alt.Scale(domain=[words.say(f"report.code.{grade}") for grade in COLOURS], range=list(COLOURS.values()))
    chart = alt.Chart(pd.DataFrame(rows), height=150).mark_bar()
    st.altair_chart(
        chart.encode(
            alt.X(
                "share:Q",
                title=words.say("screen.known_parents"),
                axis=alt.Axis(format="%"),
                scale=alt.Scale(domain=[0, 1]),
            ),
            alt.Y("parent:N", title="", sort=None),
            alt.Color("grade:N", title=words.say("screen.grade"), scale=colours),
            alt.Order("order:Q"),
            alt.Tooltip("share:Q", format=".1%"),
        ),
        width="stretch",
    )


def _numbers(counted: dict[str, float], words: Words) -> pd.DataFrame:
    """Word what was counted; shares as per cent."""
    rows = ((key, f"{value:.1%}" if key.startswith("with_") else f"{value:,}") for key, value in counted.items())
    return pd.DataFrame(
        [{words.say("screen.what"): words.of("measure", key), words.say("screen.number"): value} for key, value in rows]
    )
