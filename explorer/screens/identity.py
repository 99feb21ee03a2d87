"""職員照合: staff whose resident record is not certain, candidates side by side, and the decision who they are."""

import unicodedata

import streamlit as st

from explorer import literal, session
from explorer.widgets.selectable_table import selected
from explorer.wording.words import say
from graph.answers.identities import Comparison
from graph.model import IdentityState, Person, Staff
from graph.records.answers import Candidate, StaffIdentity
from graph.records.evidence import line, mark
from report.wording import decided

NOBODY, LATER = IdentityState.NOBODY, IdentityState.LATER
SEXES = {"M": ("男", "male"), "F": ("女", "female")}


def page() -> None:
    """List the queue and show the chosen member of staff; the URL holds their number."""
    lang = session.language_now()
    st.title(say("matching", lang))
    st.caption(say("matching_note", lang))
    everyone = st.toggle(say("certain_too", lang), key="everyone")
    found = session.workspace().identity(everyone)
    if not found:
        st.info(say("no_staff_left", lang))
        return
    entry = selected(found, lambda entry: _row(entry, lang), lambda entry: entry.staff, "staff", lang)
    if entry is None:
        st.info(say("pick_staff", lang))
        return
    _show(entry, lang)


def _row(entry: StaffIdentity, lang: str) -> dict[str, object]:
    best = entry.candidates[0] if entry.candidates else None
    p, tier = (best.p, best.tier) if best else (0.0, 0)
    return {
        say("staff", lang): entry.staff,
        say("outcome_of_match", lang): say(f"match_{entry.outcome}", lang),
        say("candidates", lang): len(entry.candidates),
        say("best_p", lang): None if p is None else round(p, 3),
        say("tier", lang): tier,
        say("p_nobody", lang): None if entry.p_nobody is None else round(entry.p_nobody, 3),
        say("state", lang): say(f"settled_{entry.state}", lang) if entry.state else "",
    }


def _show(entry: StaffIdentity, lang: str) -> None:
    if entry.staff in session.refused()[1]:
        st.error(say("identity_refused", lang))
        return
    found = session.workspace().comparison(entry.staff)
    st.header(literal.literal(f"{found.member.name}({entry.staff})"), anchor=entry.staff)
    if entry.state:
        state = say(f"settled_{entry.state}", lang)
        who = f"{entry.note} ({entry.decided_by}, {decided.moment(entry.decided_at or '')})"
        st.success(f"{say('standing', lang)}: {state} ・ {literal.literal(who)}")
    columns = st.columns(1 + len(entry.candidates))
    with columns[0]:
        _personnel(found, lang)
    for column, candidate in zip(columns[1:], entry.candidates, strict=True):
        with column:
            _candidate(candidate, found, lang)
    _decision(entry, found, lang)


def _personnel(found: Comparison, lang: str) -> None:
    st.subheader(say("personnel", lang))
    st.markdown(_facts(found.member, found.section, lang))


def _candidate(candidate: Candidate, found: Comparison, lang: str) -> None:
    """Show a candidate's record; what differs from the personnel record as written stands in bold."""
    person = found.people[candidate.person]
    st.subheader(literal.literal(person.name))
    if candidate.p is not None:
        st.progress(candidate.p, f"p = {candidate.p:.3f} ・ {say('tier', lang)} {candidate.tier}")
    st.markdown(_facts(person, person.person_id, lang, found.member))
    st.markdown(literal.listing(f"{mark(code)} {line(code).to(lang)}" for code in candidate.codes))


def _facts(record: Staff | Person, place: str, lang: str, beside: Staff | None = None) -> str:
    shown = {
        "person_id" if isinstance(record, Person) else "belongs": place,
        "name": record.name,
        "kana": record.kana,
        "birth": f"{record.birth_date or '—'}",
        "sex": SEXES.get(record.sex, ("—", "—"))[0 if lang == "ja" else 1],
        "address": record.address or "—",
    }
    compared = {"name": beside.name, "kana": beside.kana, "birth": f"{beside.birth_date or '—'}"} if beside else {}
    bold = {key for key, text in compared.items() if _plain(text) != _plain(shown[key])}
    words = {key: literal.literal(text) for key, text in shown.items()}
    return "  \n".join(f"{say(key, lang)}: {f'**{text}**' if key in bold else text}" for key, text in words.items())


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _decision(entry: StaffIdentity, found: Comparison, lang: str) -> None:
    """Ask who it is; what each answer would do to the conflicts is shown before it is confirmed."""
    st.subheader(say("who_is_it", lang))
    options = [*(candidate.person for candidate in entry.candidates), NOBODY, LATER]
    words = {key: literal.literal(f"{person.name} {key}") for key, person in found.people.items()}
    choice = st.radio(
        say("decision", lang), options, key=f"choice-{entry.staff}", label_visibility="collapsed",
        format_func=lambda key: words.get(key, "") or say(f"settled_{key}", lang), index=None,
    )  # fmt: skip
    state = IdentityState(choice) if choice in (NOBODY, LATER) else IdentityState.LINKED
    person = choice if state == IdentityState.LINKED else None
    if choice is not None:
        _effect(entry.staff, state, person, lang)
    note = st.text_input(say("reason", lang), key=f"note-{entry.staff}")
    if not st.button(say("decide", lang), type="primary"):
        return
    if choice is None or not note.strip():
        st.error(say("need_choice_and_reason", lang))
        return
    session.workspace().settle(entry.staff, state, person, note.strip())
    st.rerun()


def _effect(staff: str, state: IdentityState, person: str | None, lang: str) -> None:
    counts = session.workspace().effect(staff, state, person)
    parts = {"conflicts": "to_review", "annex": "annex", "to_confirm": "to_confirm"}
    rows = [
        {say("part", lang): say(word, lang), say("now", lang): counts[part][0], say("then", lang): counts[part][1]}
        for part, word in parts.items()
    ]
    st.caption(say("effect", lang))
    st.table(literal.table(rows))
