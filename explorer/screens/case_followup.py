"""What follows from a case: who ties both sides together, and what the people who work on it write down."""

import streamlit as st

from explorer import literal, session
from explorer.widgets import export
from graph.records.results import ConflictCase
from report.console import leak_rows
from report.wording import decided
from words import Words


def ties_between(case: ConflictCase, words: Words) -> None:
    """List, once it is asked for, everyone who is kin of both sides."""
    st.subheader(words.say("screen.leak"))
    st.caption(words.say("screen.leak_note"))
    if not st.toggle(words.say("screen.show_leak"), key=f"leak-{case.conflict_id}"):
        return
    found = leak_rows(session.workspace().leak(case.conflict_id), words)
    if not found:
        st.info(words.say("screen.nobody_between"))
        return
    rows = [{words.say(f"screen.label.{name}"): value for name, value in row.items()} for row in found]
    st.dataframe(literal.frame(rows), hide_index=True)
    export.table(words.say("screen.save_csv"), rows, f"leak-{case.conflict_id}.csv")


def notes(case: ConflictCase, words: Words) -> None:
    """Show the notes on a conflict and take another."""
    st.subheader(words.say("screen.notes"))
    for note in session.workspace().notes(case.conflict_id):
        st.markdown(f"- {literal.lines(note.text)}  \n  {literal.literal(note.by)} ・ {decided.moment(note.at)}")
    with st.form(f"note-{case.conflict_id}", clear_on_submit=True):
        text = st.text_area(words.say("screen.new_note"), height=80)
        if st.form_submit_button(words.say("screen.add_note")) and text.strip():
            session.workspace().note(case.conflict_id, text.strip())
            st.rerun()
