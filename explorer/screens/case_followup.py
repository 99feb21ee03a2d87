"""What follows from a case: who ties both sides together, and what the people who work on it write down."""

import streamlit as st

from explorer import literal, session
from explorer.widgets import export
from explorer.wording.words import say
from graph.records.results import ConflictCase
from report.console import leak_rows
from report.wording import decided


def ties_between(case: ConflictCase, lang: str) -> None:
    """List, once it is asked for, everyone who is kin of both sides."""
    st.subheader(say("leak", lang))
    st.caption(say("leak_note", lang))
    if not st.toggle(say("show_leak", lang), key=f"leak-{case.conflict_id}"):
        return
    found = leak_rows(session.workspace().leak(case.conflict_id), lang)
    if not found:
        st.info(say("nobody_between", lang))
        return
    rows = [{say(name, lang): value for name, value in row.items()} for row in found]
    st.dataframe(literal.frame(rows), hide_index=True)
    export.table(say("save_csv", lang), rows, f"leak-{case.conflict_id}.csv")


def notes(case: ConflictCase, lang: str) -> None:
    """Show the notes on a conflict and take another."""
    st.subheader(say("notes", lang))
    for note in session.workspace().notes(case.conflict_id):
        st.markdown(f"- {literal.lines(note.text)}  \n  {literal.literal(note.by)} ・ {decided.moment(note.at)}")
    with st.form(f"note-{case.conflict_id}", clear_on_submit=True):
        text = st.text_area(say("new_note", lang), height=80)
        if st.form_submit_button(say("add_note", lang)) and text.strip():
            session.workspace().note(case.conflict_id, text.strip())
            st.rerun()
