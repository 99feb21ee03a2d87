"""閲覧履歴: who looked one person up, when, through what, explained by what, and which of them are related."""

from typing import Any

import streamlit as st

from explorer import literal, session
from explorer.widgets import export, person_picker
from report import disclosure
from words import Words


def page() -> None:
    """Ask for one person and show their history; the URL holds who it is."""
    words = session.words_now()
    st.title(words.say("screen.label.history"))
    st.caption(words.say("screen.history_note"))
    with session.told(words):
        person = person_picker.person("person", words)
        if person is not None:
            _show(person, session.workspace().history(person), words)
            _disclosure(person, words)


def _show(person: str, found: dict[str, Any], words: Words) -> None:
    lookups, related = found["lookups"], sum(bool(each["ties"]) for each in found["lookups"])
    columns = st.columns(4)
    columns[0].metric(words.say("screen.label.lookups"), f"{len(lookups):,}")
    columns[1].metric(words.say("screen.by_kin"), f"{related:,}")
    columns[2].metric(words.say("screen.ties_unknown"), f"{sum(not each['ties_known'] for each in lookups):,}")
    columns[3].metric(words.say("screen.rows_examined"), f"{found['denominators']['rows']:,}")
    if not lookups:
        st.info(words.say("screen.nobody_looked", rows=found["denominators"]["rows"]))
        return
    if st.toggle(words.say("screen.only_kin"), key="only-kin"):
        lookups = [each for each in lookups if each["ties"]]
    rows = [_row(each, words) for each in lookups]
    if not rows:
        st.info(words.say("screen.no_lookup"))
        return
    st.dataframe(literal.frame(rows), hide_index=True)
    export.table(words.say("screen.download_history"), rows, f"history-{person}.csv")


def _disclosure(person: str, words: Words) -> None:
    """Offer the version for the person who asks, also to somebody whom nobody looked up."""
    st.subheader(words.say("screen.disclosure"))
    st.caption(words.say("screen.disclosure_note"))
    if st.button(words.say("screen.make_disclosure")):
        whole = session.workspace().history(person, disclosure=True)
        st.markdown(literal.listing(disclosure.statement(whole, words)))
        export.content(
            words.say("screen.download_disclosure"), disclosure.page(whole, words), f"disclosure-{person}.html"
        )


def _row(each: dict[str, Any], words: Words) -> dict[str, object]:
    return {
        words.say("screen.time"): each["time"].replace("T", " ")[:19],
        words.say("screen.label.system"): each["system"] + (f" ({each['via']})" if each["via"] else ""),
        words.say("screen.viewer"): each["viewer"] or "—",
        words.say("screen.label.name"): each["viewer_name"] or "",
        words.say("screen.section"): each["viewer_section"],
        words.say("screen.relation"): _relation(each, words),
        words.say("screen.outcome"): words.say(f"report.code.{each['outcome']}"),
        words.say("screen.explained_by"): each["explanation"]["record"] if each["explanation"] else "",
        words.say("screen.label.terminal"): each["terminal"],
        words.say("screen.log_row"): f"{each['file']}:{each['line']}",
    }


def _relation(each: dict[str, Any], words: Words) -> str:
    """Name the ties; where nobody knows which resident the viewer is, that."""
    told = words.listed(tie[f"term_{words.lang}"] for tie in each["ties"])
    return told if told or each["ties_known"] else words.say("report.kin_unknown")
