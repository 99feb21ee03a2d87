"""職員照合: staff whose resident record is not certain, candidates side by side, and the decision who they are."""

import unicodedata

import streamlit as st

from explorer import literal, session
from explorer.widgets.selectable_table import selected
from graph.answers.identities import Comparison
from graph.model import IdentityState, Person, Staff
from graph.records.answers import Candidate, StaffIdentity
from graph.records.evidence import line, mark
from report.wording import decided
from words import Words

NOBODY, LATER = IdentityState.NOBODY, IdentityState.LATER


def page() -> None:
    """List the queue and show the chosen member of staff; the URL holds their number."""
    words = session.words_now()
    st.title(words.say("screen.matching"))
    st.caption(words.say("screen.matching_note"))
    everyone = st.toggle(words.say("screen.certain_too"), key="everyone")
    found = session.workspace().identity(everyone)
    if not found:
        st.info(words.say("screen.no_staff_left"))
        return
    entry = selected(found, lambda entry: _row(entry, words), lambda entry: entry.staff, "staff", words)
    if entry is None:
        st.info(words.say("screen.pick_staff"))
        return
    _show(entry, words)


def _row(entry: StaffIdentity, words: Words) -> dict[str, object]:
    best = entry.candidates[0] if entry.candidates else None
    p, tier = (best.p, best.tier) if best else (0.0, 0)
    return {
        words.say("screen.label.staff"): entry.staff,
        words.say("screen.outcome_of_match"): words.say(f"screen.match.{entry.outcome}"),
        words.say("screen.candidates"): len(entry.candidates),
        words.say("screen.best_p"): None if p is None else round(p, 3),
        words.say("screen.tier"): tier,
        words.say("screen.p_nobody"): None if entry.p_nobody is None else round(entry.p_nobody, 3),
        words.say("screen.state"): words.say(f"screen.settled.{entry.state}") if entry.state else "",
    }


def _show(entry: StaffIdentity, words: Words) -> None:
    if entry.staff in session.refused()[1]:
        st.error(words.say("screen.identity_refused"))
        return
    found = session.workspace().comparison(entry.staff)
    st.header(literal.literal(f"{found.member.name}({entry.staff})"), anchor=entry.staff)
    if entry.state:
        state = words.say(f"screen.settled.{entry.state}")
        who = f"{entry.note} ({entry.decided_by}, {decided.moment(entry.decided_at or '')})"
        st.success(f"{words.say('screen.standing')}: {state} ・ {literal.literal(who)}")
    columns = st.columns(1 + len(entry.candidates))
    with columns[0]:
        _personnel(found, words)
    for column, candidate in zip(columns[1:], entry.candidates, strict=True):
        with column:
            _candidate(candidate, found, words)
    _decision(entry, found, words)


def _personnel(found: Comparison, words: Words) -> None:
    st.subheader(words.say("screen.personnel"))
    st.markdown(_facts(found.member, found.section, words))


def _candidate(candidate: Candidate, found: Comparison, words: Words) -> None:
    """Show a candidate's record; what differs from the personnel record as written stands in bold."""
    person = found.people[candidate.person]
    st.subheader(literal.literal(person.name))
    if candidate.p is not None:
        st.progress(candidate.p, f"p = {candidate.p:.3f} ・ {words.say('screen.tier')} {candidate.tier}")
    st.markdown(_facts(person, person.person_id, words, found.member))
    st.markdown(literal.listing(f"{mark(code)} {words.tell(line(code))}" for code in candidate.codes))


def _facts(record: Staff | Person, place: str, words: Words, beside: Staff | None = None) -> str:
    shown = {
        "person_id" if isinstance(record, Person) else "belongs": place,
        "name": record.name,
        "kana": record.kana,
        "birth": f"{record.birth_date or '—'}",
        "sex": words.say(f"screen.sex.{record.sex}") if record.sex else "—",
        "address": record.address or "—",
    }
    compared = {"name": beside.name, "kana": beside.kana, "birth": f"{beside.birth_date or '—'}"} if beside else {}
    bold = {key for key, text in compared.items() if _plain(text) != _plain(shown[key])}
    shown_words = {key: literal.literal(text) for key, text in shown.items()}
    told = (
        (words.say(f"screen.label.{key}"), f"**{text}**" if key in bold else text) for key, text in shown_words.items()
    )
    return "  \n".join(f"{label}: {text}" for label, text in told)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _decision(entry: StaffIdentity, found: Comparison, words: Words) -> None:
    """Ask who it is; what each answer would do to the conflicts is shown before it is confirmed."""
    st.subheader(words.say("screen.who_is_it"))
    options = [*(candidate.person for candidate in entry.candidates), NOBODY.value, LATER.value]
    named = {key: literal.literal(f"{person.name} {key}") for key, person in found.people.items()}
    choice = st.radio(
        words.say("screen.decision"), options, key=f"choice-{entry.staff}", label_visibility="collapsed",
        format_func=lambda key: named.get(key, "") or words.say(f"screen.settled.{key}"), index=None,
    )  # fmt: skip
    state = IdentityState(choice) if choice in (NOBODY, LATER) else IdentityState.LINKED
    person = choice if state == IdentityState.LINKED else None
    if choice is not None:
        _effect(entry.staff, state, person, words)
    note = st.text_input(words.say("screen.reason"), key=f"note-{entry.staff}")
    if not st.button(words.say("screen.decide"), type="primary"):
        return
    if choice is None or not note.strip():
        st.error(words.say("screen.need_choice_and_reason"))
        return
    session.workspace().settle(entry.staff, state, person, note.strip())
    st.rerun()


def _effect(staff: str, state: IdentityState, person: str | None, words: Words) -> None:
    counts = session.workspace().effect(staff, state, person)
    parts = {"conflicts": "to_review", "annex": "annex", "to_confirm": "to_confirm"}
    rows = [
        {
            words.say("screen.part"): words.say(f"screen.label.{name}"),
            words.say("screen.now"): counts[part][0],
            words.say("screen.then"): counts[part][1],
        }
        for part, name in parts.items()
    ]
    st.caption(words.say("screen.effect"))
    st.table(literal.table(rows))
