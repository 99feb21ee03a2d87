"""The decision on a conflict: how it stands, what it does not cover, the ones before it, and the form for the next."""

from datetime import date

import streamlit as st

from explorer import literal, session
from explorer.wording.words import say
from graph.errors import WorkspaceError
from graph.model import CaseState
from graph.records.decisions import STATES, Disposition
from graph.records.results import ConflictCase
from report.wording import decided


def put_back(case: ConflictCase, lang: str) -> None:
    """Say on top of a case that something has come which its decision does not cover."""
    found = case.disposition
    if found and found.changed:
        st.warning(f"**{decided.say('put_back', lang)}**\n\n{literal.listing(decided.changes(found, case.ties, lang))}")


def show(case: ConflictCase, lang: str) -> None:
    """Show the standing decision and those before it, and take another."""
    st.subheader(say("decision", lang))
    made = session.workspace().decisions(case.conflict_id)
    _standing(case, made, lang)
    _form(case, len(made), lang)


def _standing(case: ConflictCase, made: tuple[Disposition, ...], lang: str) -> None:
    found = case.disposition
    if found is None:
        return
    told = f"{say('standing', lang)}: {literal.literal(decided.sentence(found, lang))}"
    (st.warning if found.changed else st.success)(told)
    changes = decided.changes(found, case.ties, lang)
    if changes:
        st.markdown(literal.listing(changes))
    with st.expander(f"{say('decisions_made', lang)} ({len(made)})", expanded=len(made) > 1):
        st.table(literal.table(decided.rows(made, lang)))


def _form(case: ConflictCase, made: int, lang: str) -> None:
    """Ask for a decision. What was typed stays until it is recorded; it is refused if another came in between."""
    key = case.conflict_id
    turn = st.session_state.setdefault(f"turn-{key}", 0)  # a new form after each decision of one's own
    standing = case.disposition.state if case.disposition else CaseState.OPEN
    st.session_state.setdefault(f"state-{key}-{turn}", standing)
    with st.form(f"decide-{key}-{turn}"):
        state = st.selectbox(
            say("state", lang), STATES, format_func=lambda each: decided.say(each, lang), key=f"state-{key}-{turn}"
        )
        reason = st.text_input(say("reason", lang), key=f"reason-{key}-{turn}").strip()
        until = st.date_input(say("until", lang), value=None, key=f"until-{key}-{turn}")
        pressed = st.form_submit_button(say("decide", lang))
    seen = st.session_state.setdefault(f"seen-{key}", made)
    if not pressed:
        st.session_state[f"seen-{key}"] = made
    elif not reason:
        st.error(say("need_reason", lang))
    else:
        _record(key, state, reason, until.isoformat() if isinstance(until, date) else None, seen, lang)


def _record(key: str, state: str, reason: str, until: str | None, seen: int, lang: str) -> None:
    try:
        session.workspace().decide(key, state, reason, until, expect=seen)
    except WorkspaceError as error:
        st.error(literal.literal(error.said.to(lang)))
        st.session_state[f"seen-{key}"] = len(session.workspace().decisions(key))
        return
    st.session_state[f"turn-{key}"] += 1
    st.rerun()
