"""One conflict: the sentence, the picture, the evidence per edge, the lookups in time order, the decision."""

from collections.abc import Mapping

import streamlit as st

from explorer import literal, session
from explorer.screens import case_followup, decision
from explorer.widgets.picture import pedigree
from graph.records.results import ConflictCase, Tie
from report.wording.sentences import identity_words, operation_words, outcome_words, path_words, tie_words
from words import Words


def show(case: ConflictCase, words: Words) -> None:
    """Show one conflict whole."""
    who = f"{case.viewer_name or case.viewer} → {case.subject_name or case.subject}"
    st.header(literal.literal(who), anchor=case.conflict_id)
    first = identity_words(case.identity, words)
    if first:
        (st.info if case.identity.decided_by and case.identity.p else st.warning)(literal.literal(first))
    decision.put_back(case, words)
    st.markdown(f"**{literal.literal(sentence(case, words))}**")
    st.markdown(_links(_further(case), words))
    st.subheader(words.say("screen.picture"))
    clicked = pedigree(session.picture(case, words), words, key=f"picture-{case.conflict_id}-{words.lang}")
    if clicked:
        _go_on(clicked, case, words)
    for tie in case.ties:
        _evidence(tie, case, words)
    _lookups(case, words)
    _why(case, words)
    decision.show(case, words)
    case_followup.notes(case, words)
    case_followup.ties_between(case, words)


def _go_on(person: str, case: ConflictCase, words: Words) -> None:
    """Offer the views of a person whose card was clicked."""
    pages = {"relations": session.link("relations", a=f"staff:{case.viewer}", b=person)}
    pages["history"] = session.link("history", person=person)
    st.markdown(f"{literal.literal(person)}: {_links(pages, words)}")


def _links(pages: Mapping[str, str], words: Words) -> str:
    named = ((words.say(f"screen.label.{page}"), address) for page, address in pages.items())
    return " ・ ".join(f"[{name}]({address})" for name, address in named)


def _further(case: ConflictCase) -> dict[str, str]:
    """Give the pages on which an analyst goes on from a conflict."""
    last = case.lookups[-1]
    return {
        "relations": session.link("relations", a=f"staff:{case.viewer}", b=case.subject),
        "history": session.link("history", person=case.subject),
        "member": session.link("staff", staff=case.viewer),
        "terminals": session.link("terminal", terminal=last.terminal, day=f"{last.time:%Y-%m-%d}"),
    }


def sentence(case: ConflictCase, words: Words) -> str:
    """Say in one sentence who looked at whom, how they are related, how often and whether work explains it."""
    viewer, subject = case.viewer_name or case.viewer, case.subject_name or case.subject
    return words.say(
        "screen.case", viewer=viewer, staff=case.viewer, section=case.viewer_section, subject=subject,
        relation=tie_words(case.ties[0], words), count=len(case.lookups), outcome=case.outcome,
        first=f"{case.first_lookup:%Y-%m-%d}", last=f"{case.last_lookup:%Y-%m-%d}",
    )  # fmt: skip


def _evidence(tie: Tie, case: ConflictCase, words: Words) -> None:
    st.markdown(f"**{literal.literal(tie_words(tie, words))}** ・ {literal.literal(path_words(tie, words))}")
    names = {step.person: step.name or step.person for step in tie.path}
    rows = [
        {
            words.say("screen.from"): names.get(edge.from_, edge.from_),
            words.say("screen.step"): words.of("screen.edge", edge.type),
            words.say("screen.to"): names.get(edge.to, edge.to),
            words.say("screen.grade"): words.say(f"report.code.{edge.grade}") if edge.grade else "",
            words.say("screen.label.file"): edge.file,
            words.say("screen.label.line"): str(edge.line),
        }
        for edge in tie.edges
    ]
    if rows:
        st.caption(words.say("screen.evidence"))
        st.table(literal.table(rows))


def _lookups(case: ConflictCase, words: Words) -> None:
    st.subheader(words.say("screen.label.lookups"))
    rows = [
        {
            words.say("screen.time"): f"{x.time:%Y-%m-%d %H:%M:%S}",
            words.say("screen.label.system"): x.system + (f" ← {x.via}" if x.via else ""),
            words.say("screen.operation"): operation_words(x.operation, x.view, words),
            words.say("screen.label.account"): x.account,
            words.say("screen.label.terminal"): x.terminal,
            words.say("screen.outcome"): outcome_words(x, words),
            words.say("screen.log_row"): f"{x.file}:{x.line}"
            + (f" ← {x.caller.file}:{x.caller.line}" if x.caller else ""),
        }
        for x in case.lookups
    ]
    st.table(literal.table(rows))


def _why(case: ConflictCase, words: Words) -> None:
    left, right = st.columns(2)
    with left:
        st.subheader(words.say("screen.factors"))
        st.markdown(literal.listing(f"{words.tell(f.sentence)} (×{f.value:g})" for f in case.factors))
    open_lookups = [lookup for lookup in case.lookups if lookup.outcome != "explained"]
    sentences = dict.fromkeys(session.workspace().clears(lookup, words) for lookup in open_lookups)
    with right:
        st.subheader(words.say("screen.clears"))
        st.markdown(literal.listing(sentences) or words.say("screen.none"))
