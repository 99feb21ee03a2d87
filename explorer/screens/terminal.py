"""端末: one terminal's day: who was on it, account by account, and who was on duty there."""

from datetime import date
from typing import Any

import streamlit as st

from explorer import literal, session
from explorer.widgets import charts, export, person_picker
from explorer.wording.words import say
from graph.answers.history import Looked
from graph.records.answers import OnDuty
from graph.records.results import plain
from report.wording.words import say as word


def page() -> None:
    """Ask for a terminal and a day; the URL holds both."""
    lang = session.language_now()
    st.title(say("terminals", lang))
    columns = st.columns(2)
    terminal = columns[0].text_input(
        say("terminal", lang), value=st.query_params.get("terminal", ""), key="text-terminal"
    )
    with columns[1]:
        day = person_picker.day("day", lang)
    with session.told(lang):
        if terminal.strip():
            st.query_params["terminal"] = terminal.strip()
            _show(terminal.strip(), day, lang)
        else:
            st.info(say("give_terminal", lang))
    with session.told(lang):
        _unattended(lang)


def _unattended(lang: str) -> None:
    """List, once it is asked for, the sessions in which two people were at one logged-in terminal."""
    st.subheader(say("unattended", lang))
    st.caption(say("unattended_note", lang))
    if not st.toggle(say("show_unattended", lang), key="unattended"):
        return
    found = session.workspace().unattended()
    sessions = plain(found.sessions)
    if not sessions:
        st.info(say("no_unattended", lang))
        return
    counts = [{say("belongs", lang): name, say("number", lang): count} for name, count in found.sections.items()]
    st.table(literal.table(counts))
    st.dataframe(literal.frame(_session(each, lang) for each in sessions), hide_index=True)
    export.table(say("save_csv", lang), sessions, "unattended.csv")


def _session(seen: dict[str, Any], lang: str) -> dict[str, object]:
    return {say("belongs" if name == "section" else name, lang): value for name, value in seen.items()}


def _show(terminal: str, day: date, lang: str) -> None:
    workspace = session.workspace()
    duty = workspace.on_duty(terminal, day)
    lookups = workspace.looked(terminal=terminal, since=day, until=day)
    st.subheader(f"{say('lookups', lang)}: {len(lookups)}")
    if lookups or duty:
        charts.day(lookups, duty, lang)
    if not lookups:
        st.info(say("quiet_day", lang))
    else:
        st.dataframe(literal.frame(_row(each, lang) for each in lookups), hide_index=True)
    st.subheader(say("on_duty", lang))
    if duty:
        st.dataframe(literal.frame(_duty_row(each, lang) for each in duty), hide_index=True)
    else:
        st.info(say("no_roster", lang))


def _row(each: Looked, lang: str) -> dict[str, object]:
    found = each.lookup
    return {
        say("time", lang): f"{found.time:%H:%M:%S}", say("system", lang): found.system,
        say("account", lang): found.account, say("viewer", lang): each.viewer or "—", say("name", lang): each.name,
        say("section", lang): each.section, say("subject", lang): each.subject,
        say("outcome", lang): word(found.outcome, lang),
    }  # fmt: skip


def _duty_row(duty: OnDuty, lang: str) -> dict[str, object]:
    return {
        say("staff", lang): duty.staff,
        say("name", lang): duty.name,
        say("since_time", lang): f"{duty.from_:%H:%M}",
        say("until_time", lang): f"{duty.to:%H:%M}",
        say("present", lang): duty.present,
    }
