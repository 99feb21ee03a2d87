"""概要: what was examined, with denominators that add up."""

from collections import Counter

import altair as alt
import pandas as pd
import streamlit as st

from explorer import literal, session
from graph.records.results import Report
from report.wording import decided
from report.wording.lacking import lacking, part_lacking
from report.wording.policy import policy_line
from report.wording.sentences import assurance, denominators, limits
from words import Words


def page() -> None:
    """Show the period, the counts and their denominators, and what the report cannot see."""
    words = session.words_now()
    report = session.report()
    st.title(words.say("screen.overview"))
    st.markdown(f"**{literal.literal(assurance(report, words))}**")
    for line in lacking(report, words):
        st.warning(literal.literal(line))
    for sentence in (*_back(report, words), *decided.notes(report, words)):
        st.info(literal.literal(sentence))
    columns = st.columns(4)
    columns[0].metric(words.say("screen.label.to_review"), f"{len(report.conflicts):,}")
    columns[1].metric(words.say("screen.label.annex"), f"{len(report.annex):,}")
    unknown = part_lacking(report, "borrowed", words)
    columns[2].metric(words.say("screen.borrowed"), "—" if unknown else f"{len(report.borrowed):,}")
    columns[3].metric(words.say("screen.examined"), f"{report.denominators.lookups:,}")
    _by_month(report, words)
    st.subheader(words.say("screen.denominators"))
    st.markdown(literal.listing(denominators(report.denominators, words)))
    st.subheader(words.say("screen.sources"))
    files = [{words.say("screen.label.file"): s.file, "sha256": s.sha256} for s in report.sources]
    st.dataframe(literal.frame(files), hide_index=True)
    st.markdown(
        literal.literal(f"{words.say('screen.missing')}: {words.listed(report.missing) or words.say('screen.none')}")
    )
    st.markdown(literal.literal(policy_line(report.policy, words)))
    st.subheader(words.say("report.limits"))
    st.markdown("\n".join(f"- {told}" for told in limits(words)))
    st.caption(words.say("screen.synthetic_note"))


def _back(report: Report, words: Words) -> list[str]:
    """Say how many cases are to be looked at again although they were decided on."""
    every = (*report.conflicts, *report.to_confirm, *report.annex)
    count = sum(bool(case.disposition and case.disposition.changed) for case in every)
    return [words.say("screen.back", count=count)] if count else []


def _by_month(report: Report, words: Words) -> None:
    """Draw the lookups to review month by month."""
    months = Counter(f"{x.time:%Y-%m}" for case in report.conflicts for x in case.lookups if x.outcome == "suspicious")
    if not months:
        return
    st.subheader(words.say("screen.by_month"))
    frame = pd.DataFrame(sorted(months.items()), columns=["month", "lookups"])
    bars = alt.Chart(frame, height=260).mark_bar(color="#1F3A5F")
    axes = (
        alt.X("month:O", title=words.say("screen.month")),
        alt.Y("lookups:Q", title=words.say("screen.label.lookups")),
    )
    st.altair_chart(bars.encode(*axes), width="stretch")
