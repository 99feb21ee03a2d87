"""事案: filter, select, see the loop edge by edge, decide."""

import streamlit as st

from explorer import literal, session
from explorer.screens import case_detail
from explorer.widgets.selectable_table import selected
from graph.records.results import ConflictCase, Report
from report.wording import decided
from report.wording.sentences import tie_words
from words import Words

PARTS = {"to_review": "conflicts", "to_confirm": "to_confirm", "annex": "annex"}


def page() -> None:
    """List the conflicts that fit the filter and show the selected one; the URL holds the selection's opaque id."""
    words = session.words_now()
    report = session.report()
    st.title(words.say("screen.cases"))
    for sentence in decided.notes(report, words):
        st.info(literal.literal(sentence))
    found = _allowed(decided.first(_filtered(report, words)), words)
    if not found:
        st.info(words.say("screen.no_case"))
        st.caption(words.say("screen.cases_in_all", count=sum(len(getattr(report, name)) for name in PARTS.values())))
        return
    chosen = selected(found, lambda case: _row(case, words), lambda case: case.conflict_id, "case", words)
    if chosen is None:
        st.info(words.say("screen.pick"))
        return
    case_detail.show(chosen, words)


def _allowed(found: list[ConflictCase], words: Words) -> list[ConflictCase]:
    """Leave out the reader's own cases and those of their kin; that there are some is said (G4)."""
    people, staff = session.refused()
    kept = [case for case in found if case.subject not in people and case.viewer not in staff]
    if len(kept) < len(found):
        st.warning(words.say("screen.own_refused", count=len(found) - len(kept)))
    return kept


def _filtered(report: Report, words: Words) -> list[ConflictCase]:
    columns = st.columns(3)
    parts = [part for part in PARTS if getattr(report, PARTS[part])] or ["to_review"]
    part = columns[0].selectbox(
        words.say("screen.part"),
        parts,
        format_func=lambda key: words.say(f"screen.label.{key}"),
        index=_part_of(report, parts),
    )
    listed: tuple[ConflictCase, ...] = getattr(report, PARTS[part])
    sections = [words.say("screen.all"), *sorted({case.viewer_section for case in listed})]
    section = columns[1].selectbox(words.say("screen.section"), sections, key="section")
    text = columns[2].text_input(words.say("screen.search"), key="search").strip()
    return [case for case in listed if section in (sections[0], case.viewer_section) and _mentions(case, text)]


def _part_of(report: Report, parts: list[str]) -> int:
    """Open the part in which the linked case stands."""
    wanted = st.query_params.get("case", "")
    holding = [i for i, part in enumerate(parts) if any(c.conflict_id == wanted for c in getattr(report, PARTS[part]))]
    return holding[0] if holding else 0


def _mentions(case: ConflictCase, text: str) -> bool:
    shown = (case.conflict_id, case.viewer, case.viewer_name, case.subject, case.subject_name)
    wanted = session.workspace().form(text)
    return any(wanted in session.workspace().form(part or "") for part in shown)


def _row(case: ConflictCase, words: Words) -> dict[str, object]:
    return {
        words.say("screen.state"): decided.state(case.disposition, words) or words.say("decision.state.open"),
        words.say("screen.score"): round(case.score, 2),
        words.say("screen.viewer"): f"{case.viewer_name or ''} {case.viewer}",
        words.say("screen.section"): case.viewer_section,
        words.say("screen.relation"): tie_words(case.ties[0], words),
        words.say("screen.subject"): case.subject_name or case.subject,
        words.say("screen.count"): len(case.lookups),
        words.say("screen.label.first"): f"{case.first_lookup:%Y-%m-%d}",
        words.say("screen.label.last"): f"{case.last_lookup:%Y-%m-%d}",
        words.say("screen.id"): case.conflict_id,
    }
