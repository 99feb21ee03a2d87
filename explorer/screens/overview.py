"""概要: what was examined, with denominators that add up."""

from collections import Counter

import altair as alt
import pandas as pd
import streamlit as st

from explorer import literal, session
from explorer.wording.words import say
from graph.model import Outcome
from graph.records.results import Report
from report.wording import decided
from report.wording.lacking import lacking, part_lacking
from report.wording.policy import policy_line
from report.wording.words import LIMITS, assurance, denominators, listed
from report.wording.words import say as word


def page() -> None:
    """Show the period, the counts and their denominators, and what the report cannot see."""
    lang = session.language_now()
    report = session.report()
    st.title(say("overview", lang))
    st.markdown(f"**{literal.literal(assurance(report, lang))}**")
    for line in lacking(report, lang):
        st.warning(literal.literal(line))
    for sentence in (*_back(report, lang), *decided.notes(report, lang)):
        st.info(literal.literal(sentence))
    columns = st.columns(4)
    columns[0].metric(say("to_review", lang), f"{len(report.conflicts):,}")
    columns[1].metric(say("annex", lang), f"{len(report.annex):,}")
    unknown = part_lacking(report, "borrowed", lang)
    columns[2].metric(say("borrowed", lang), "—" if unknown else f"{len(report.borrowed):,}")
    columns[3].metric(say("examined", lang), f"{report.denominators.lookups:,}")
    _by_month(report, lang)
    st.subheader(say("denominators", lang))
    st.markdown(literal.listing(denominators(report.denominators, lang)))
    st.subheader(say("sources", lang))
    files = [{say("file", lang): s.file, "sha256": s.sha256} for s in report.sources]
    st.dataframe(literal.frame(files), hide_index=True)
    st.markdown(literal.literal(f"{say('missing', lang)}: {listed(report.missing, lang) or say('none', lang)}"))
    st.markdown(literal.literal(policy_line(report.policy, lang)))
    st.subheader(word("limits", lang))
    st.markdown("\n".join(f"- {pair[0 if lang == 'ja' else 1]}" for pair in LIMITS))
    st.caption(say("synthetic_note", lang))


def _back(report: Report, lang: str) -> list[str]:
    """Say how many cases are to be looked at again although they were decided on."""
    every = (*report.conflicts, *report.to_confirm, *report.annex)
    count = sum(bool(case.disposition and case.disposition.changed) for case in every)
    return [say("back", lang).format(count=count)] if count else []


def _by_month(report: Report, lang: str) -> None:
    """Draw the lookups to review month by month."""
    lookups = (each for case in report.conflicts for each in case.lookups)
    months = Counter(f"{each.time:%Y-%m}" for each in lookups if each.outcome == Outcome.SUSPICIOUS)
    if not months:
        return
    st.subheader(say("by_month", lang))
    frame = pd.DataFrame(sorted(months.items()), columns=["month", "lookups"])
    bars = alt.Chart(frame, height=260).mark_bar(color="#1F3A5F")
    axes = (alt.X("month:O", title=say("month", lang)), alt.Y("lookups:Q", title=say("lookups", lang)))
    st.altair_chart(bars.encode(*axes), width="stretch")
