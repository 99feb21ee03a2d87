"""One conflict: the sentence, the picture, the evidence per edge, the lookups in time order, the decision."""

import streamlit as st

from explorer import literal, session
from explorer.screens import case_followup, decision
from explorer.widgets.picture import pedigree
from explorer.wording.words import say, step
from graph.model import Outcome
from graph.records.results import ConflictCase, Tie
from report.wording.words import identity_words, operation_words, outcome_words, path_words, tie_words
from report.wording.words import say as word


def show(case: ConflictCase, lang: str) -> None:
    """Show one conflict whole."""
    who = f"{case.viewer_name or case.viewer} → {case.subject_name or case.subject}"
    st.header(literal.literal(who), anchor=case.conflict_id)
    first = identity_words(case.identity, lang)
    if first:
        (st.info if case.identity.decided_by and case.identity.p else st.warning)(literal.literal(first))
    decision.put_back(case, lang)
    st.markdown(f"**{literal.literal(sentence(case, lang))}**")
    st.markdown(" ・ ".join(f"[{say(page, lang)}]({address})" for page, address in _further(case).items()))
    st.subheader(say("picture", lang))
    clicked = pedigree(session.picture(case, lang), lang, key=f"picture-{case.conflict_id}-{lang}")
    if clicked:
        _go_on(clicked, case, lang)
    for tie in case.ties:
        _evidence(tie, case, lang)
    _lookups(case, lang)
    _why(case, lang)
    decision.show(case, lang)
    case_followup.notes(case, lang)
    case_followup.ties_between(case, lang)


def _go_on(person: str, case: ConflictCase, lang: str) -> None:
    """Offer the views of a person whose card was clicked."""
    pages = {"relations": session.link("relations", a=f"staff:{case.viewer}", b=person)}
    pages["history"] = session.link("history", person=person)
    st.markdown(
        f"{literal.literal(person)}: "
        + " ・ ".join(f"[{say(page, lang)}]({address})" for page, address in pages.items())
    )


def _further(case: ConflictCase) -> dict[str, str]:
    """Give the pages on which an analyst goes on from a conflict."""
    last = case.lookups[-1]
    return {
        "relations": session.link("relations", a=f"staff:{case.viewer}", b=case.subject),
        "history": session.link("history", person=case.subject),
        "member": session.link("staff", staff=case.viewer),
        "terminals": session.link("terminal", terminal=last.terminal, day=f"{last.time:%Y-%m-%d}"),
    }


def sentence(case: ConflictCase, lang: str) -> str:
    """Say in one sentence who looked at whom, how they are related, how often and whether work explains it."""
    viewer, subject = case.viewer_name or case.viewer, case.subject_name or case.subject
    relation, count = tie_words(case.ties[0], lang), len(case.lookups)
    outcome = word(case.outcome, lang)
    first, last = f"{case.first_lookup:%Y-%m-%d}", f"{case.last_lookup:%Y-%m-%d}"
    if lang == "ja":
        return (
            f"{case.viewer_section}の{viewer}(職員 {case.viewer})が、{relation}に当たる{subject}を"
            f"{first}から{last}までに{count}件閲覧: {outcome}。"
        )
    return (
        f"{viewer} (staff {case.viewer}, {case.viewer_section}) looked up {subject}, {relation}, "
        f"{count} times from {first} to {last}: {outcome}."
    )


def _evidence(tie: Tie, case: ConflictCase, lang: str) -> None:
    st.markdown(f"**{literal.literal(tie_words(tie, lang))}** ・ {literal.literal(path_words(tie))}")
    names = {step.person: step.name or step.person for step in tie.path}
    rows = [
        {
            say("from", lang): names.get(edge.from_, edge.from_),
            say("step", lang): step(edge.type, lang),
            say("to", lang): names.get(edge.to, edge.to),
            say("grade", lang): word(edge.grade, lang) if edge.grade else "",
            say("file", lang): edge.file,
            say("line", lang): str(edge.line),
        }
        for edge in tie.edges
    ]
    if rows:
        st.caption(say("evidence", lang))
        st.table(literal.table(rows))


def _lookups(case: ConflictCase, lang: str) -> None:
    st.subheader(say("lookups", lang))
    rows = [
        {
            say("time", lang): f"{x.time:%Y-%m-%d %H:%M:%S}",
            say("system", lang): x.system + (f" ← {x.via}" if x.via else ""),
            say("operation", lang): operation_words(x.operation, x.view, lang),
            say("account", lang): x.account,
            say("terminal", lang): x.terminal,
            say("outcome", lang): outcome_words(x, lang),
            say("log_row", lang): f"{x.file}:{x.line}" + (f" ← {x.caller.file}:{x.caller.line}" if x.caller else ""),
        }
        for x in case.lookups
    ]
    st.table(literal.table(rows))


def _why(case: ConflictCase, lang: str) -> None:
    left, right = st.columns(2)
    with left:
        st.subheader(say("factors", lang))
        st.markdown(literal.listing(f"{f.sentence.to(lang)} (×{f.value:g})" for f in case.factors))
    open_lookups = [lookup for lookup in case.lookups if lookup.outcome != Outcome.EXPLAINED]
    sentences = dict.fromkeys(session.workspace().clears(lookup, lang) for lookup in open_lookups)
    with right:
        st.subheader(say("clears", lang))
        st.markdown(literal.listing(sentences) or say("none", lang))
