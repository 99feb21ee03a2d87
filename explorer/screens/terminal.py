"""端末: one terminal's day: who was on it, account by account, and who was on duty there."""

from datetime import date
from typing import Any

import streamlit as st

from explorer import literal, session
from explorer.widgets import charts, export, person_picker
from graph.answers.history import Looked
from words import Words

HEADINGS = {"section": "belongs"}


def page() -> None:
    """Ask for a terminal and a day; the URL holds both."""
    words = session.words_now()
    st.title(words.say("screen.label.terminals"))
    columns = st.columns(2)
    terminal = columns[0].text_input(
        words.say("screen.label.terminal"), value=st.query_params.get("terminal", ""), key="text-terminal"
    )
    with columns[1]:
        day = person_picker.day("day", words)
    with session.told(words):
        if terminal.strip():
            st.query_params["terminal"] = terminal.strip()
            _show(terminal.strip(), day, words)
        else:
            st.info(words.say("screen.give_terminal"))
    with session.told(words):
        _unattended(words)


def _unattended(words: Words) -> None:
    """List, once it is asked for, the sessions in which two people were at one logged-in terminal."""
    st.subheader(words.say("screen.unattended"))
    st.caption(words.say("screen.unattended_note"))
    if not st.toggle(words.say("screen.show_unattended"), key="unattended"):
        return
    found = session.workspace().unattended()
    sessions = found["sessions"]
    if not sessions:
        st.info(words.say("screen.no_unattended"))
        return
    counts = [
        {words.say("screen.label.belongs"): name, words.say("screen.number"): count}
        for name, count in found["sections"].items()
    ]
    st.table(literal.table(counts))
    st.dataframe(literal.frame(_session(each, words) for each in sessions), hide_index=True)
    export.table(words.say("screen.save_csv"), sessions, "unattended.csv")


def _session(seen: dict[str, Any], words: Words) -> dict[str, object]:
    return {words.say(f"screen.label.{HEADINGS.get(name, name)}"): value for name, value in seen.items()}


def _show(terminal: str, day: date, words: Words) -> None:
    workspace = session.workspace()
    duty = workspace.on_duty(terminal, day)
    lookups = workspace.looked(terminal=terminal, since=day, until=day)
    st.subheader(f"{words.say('screen.label.lookups')}: {len(lookups)}")
    if lookups or duty:
        charts.day(lookups, duty, words)
    if not lookups:
        st.info(words.say("screen.quiet_day"))
    else:
        st.dataframe(literal.frame(_row(each, words) for each in lookups), hide_index=True)
    st.subheader(words.say("screen.on_duty"))
    if duty:
        st.dataframe(literal.frame(_duty_row(each, words) for each in duty), hide_index=True)
    else:
        st.info(words.say("screen.no_roster"))


def _row(each: Looked, words: Words) -> dict[str, object]:
    found = each.lookup
    return {
        words.say("screen.time"): f"{found.time:%H:%M:%S}",
        words.say("screen.label.system"): found.system,
        words.say("screen.label.account"): found.account,
        words.say("screen.viewer"): each.viewer or "—",
        words.say("screen.label.name"): each.name,
        words.say("screen.section"): each.section,
        words.say("screen.subject"): each.subject,
        words.say("screen.outcome"): words.say(f"report.code.{found.outcome}"),
    }


def _duty_row(duty: dict[str, Any], words: Words) -> dict[str, object]:
    return {
        words.say("screen.label.staff"): duty["staff"],
        words.say("screen.label.name"): duty["name"],
        words.say("screen.since_time"): duty["from"][11:16],
        words.say("screen.until_time"): duty["to"][11:16],
        words.say("screen.label.present"): duty["present"],
    }
