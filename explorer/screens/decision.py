"""The decision on a conflict: how it stands, what it does not cover, the ones before it, and the form for the next."""

from datetime import date

import streamlit as st

from explorer import literal, session
from graph.errors import WorkspaceError
from graph.model import CaseState
from graph.records.decisions import STATES, Disposition
from graph.records.results import ConflictCase
from report.wording import decided
from words import Words


def put_back(case: ConflictCase, words: Words) -> None:
    """Say on top of a case that something has come which its decision does not cover."""
    found = case.disposition
    if found and found.changed:
        st.warning(
            f"**{words.say('decision.put_back')}**\n\n{literal.listing(decided.changes(found, case.ties, words))}"
        )


def show(case: ConflictCase, words: Words) -> None:
    """Show the standing decision and those before it, and take another."""
    st.subheader(words.say("screen.decision"))
    made = session.workspace().decisions(case.conflict_id)
    _standing(case, made, words)
    _form(case, len(made), words)


def _standing(case: ConflictCase, made: tuple[Disposition, ...], words: Words) -> None:
    found = case.disposition
    if found is None:
        return
    told = f"{words.say('screen.standing')}: {literal.literal(decided.sentence(found, words))}"
    (st.warning if found.changed else st.success)(told)
    changes = decided.changes(found, case.ties, words)
    if changes:
        st.markdown(literal.listing(changes))
    with st.expander(f"{words.say('screen.decisions_made')} ({len(made)})", expanded=len(made) > 1):
        st.table(literal.table(decided.rows(made, words)))


def _form(case: ConflictCase, made: int, words: Words) -> None:
    """Ask for a decision. What was typed stays until it is recorded; it is refused if another came in between."""
    key = case.conflict_id
    turn = st.session_state.setdefault(f"turn-{key}", 0)  # a new form after each decision of one's own
    standing = (case.disposition.state if case.disposition else CaseState.OPEN).value  # a widget holds plain words
    st.session_state.setdefault(f"state-{key}-{turn}", standing)
    with st.form(f"decide-{key}-{turn}"):
        state = st.selectbox(
            words.say("screen.state"),
            STATES,
            format_func=lambda each: words.say(f"decision.state.{each}"),
            key=f"state-{key}-{turn}",
        )
        reason = st.text_input(words.say("screen.reason"), key=f"reason-{key}-{turn}").strip()
        until = st.date_input(words.say("screen.until"), value=None, key=f"until-{key}-{turn}")
        pressed = st.form_submit_button(words.say("screen.decide"))
    seen = st.session_state.setdefault(f"seen-{key}", made)
    if not pressed:
        st.session_state[f"seen-{key}"] = made
    elif not reason:
        st.error(words.say("screen.need_reason"))
    else:
        _record(key, state, reason, until.isoformat() if isinstance(until, date) else None, seen, words)


def _record(key: str, state: str, reason: str, until: str | None, seen: int, words: Words) -> None:
    try:
        session.workspace().decide(key, state, reason, until, expect=seen)
    except WorkspaceError as error:
        st.error(literal.literal(error.said.to(words.lang)))
        st.session_state[f"seen-{key}"] = len(session.workspace().decisions(key))
        return
    st.session_state[f"turn-{key}"] += 1
    st.rerun()
