"""閲覧履歴: who looked one person up, when, through what, explained by what, and which of them are related."""

import streamlit as st

from explorer import literal, session
from explorer.widgets import export, person_picker
from explorer.wording.words import say
from graph.records.answers import History, HistoryEntry
from report import disclosure
from report.console import known_ties
from report.wording.words import say as word


def page() -> None:
    """Ask for one person and show their history; the URL holds who it is."""
    lang = session.language_now()
    st.title(say("history", lang))
    st.caption(say("history_note", lang))
    with session.told(lang):
        person = person_picker.person("person", lang)
        if person is not None:
            _show(person, session.workspace().history(person), lang)
            _disclosure(person, lang)


def _show(person: str, found: History, lang: str) -> None:
    lookups, related = found.lookups, sum(bool(each.ties) for each in found.lookups)
    columns = st.columns(4)
    columns[0].metric(say("lookups", lang), f"{len(lookups):,}")
    columns[1].metric(say("by_kin", lang), f"{related:,}")
    columns[2].metric(say("ties_unknown", lang), f"{sum(not each.ties_known for each in lookups):,}")
    columns[3].metric(say("rows_examined", lang), f"{found.denominators.rows:,}")
    if not lookups:
        st.info(say("nobody_looked", lang).format(rows=found.denominators.rows))
        return
    if st.toggle(say("only_kin", lang), key="only-kin"):
        lookups = tuple(each for each in lookups if each.ties)
    rows = [_row(each, lang) for each in lookups]
    if not rows:
        st.info(say("no_lookup", lang))
        return
    st.dataframe(literal.frame(rows), hide_index=True)
    export.table(say("download_history", lang), rows, f"history-{person}.csv")


def _disclosure(person: str, lang: str) -> None:
    """Offer the version for the person who asks, also to somebody whom nobody looked up."""
    st.subheader(say("disclosure", lang))
    st.caption(say("disclosure_note", lang))
    if st.button(say("make_disclosure", lang)):
        whole = session.workspace().disclosure(person)
        st.markdown(literal.listing(disclosure.statement(whole, lang)))
        export.content(say("download_disclosure", lang), disclosure.page(whole, lang), f"disclosure-{person}.html")


def _row(each: HistoryEntry, lang: str) -> dict[str, object]:
    return {
        say("time", lang): f"{each.time:%Y-%m-%d %H:%M:%S}",
        say("system", lang): each.system + (f" ({each.via})" if each.via else ""),
        say("viewer", lang): each.viewer or "—",
        say("name", lang): each.viewer_name or "",
        say("section", lang): each.viewer_section,
        say("relation", lang): known_ties(each, lang),
        say("outcome", lang): word(each.outcome, lang),
        say("explained_by", lang): each.explanation.record if each.explanation else "",
        say("terminal", lang): each.terminal,
        say("log_row", lang): f"{each.file}:{each.line}",
    }
