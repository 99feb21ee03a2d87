"""事案: filter, select, see the loop edge by edge, decide."""

import streamlit as st

from explorer import literal, session
from explorer.screens import case_detail
from explorer.widgets.selectable_table import selected
from explorer.wording.words import say
from graph.model import CaseState
from graph.records.results import ConflictCase, Report
from report.wording import decided
from report.wording.words import tie_words

PARTS = {"to_review": "conflicts", "to_confirm": "to_confirm", "annex": "annex"}


def page() -> None:
    """List the conflicts that fit the filter and show the selected one; the URL holds the selection's opaque id."""
    lang = session.language_now()
    report = session.report()
    st.title(say("cases", lang))
    for sentence in decided.notes(report, lang):
        st.info(literal.literal(sentence))
    found = _allowed(decided.first(_filtered(report, lang)), lang)
    if not found:
        st.info(say("no_case", lang))
        st.caption(say("cases_in_all", lang).format(count=sum(len(getattr(report, name)) for name in PARTS.values())))
        return
    chosen = selected(found, lambda case: _row(case, lang), lambda case: case.conflict_id, "case", lang)
    if chosen is None:
        st.info(say("pick", lang))
        return
    case_detail.show(chosen, lang)


def _allowed(found: list[ConflictCase], lang: str) -> list[ConflictCase]:
    """Leave out the reader's own cases and those of their kin; that there are some is said (G4)."""
    people, staff = session.refused()
    kept = [case for case in found if case.subject not in people and case.viewer not in staff]
    if len(kept) < len(found):
        st.warning(say("own_refused", lang).format(count=len(found) - len(kept)))
    return kept


def _filtered(report: Report, lang: str) -> list[ConflictCase]:
    columns = st.columns(3)
    parts = [part for part in PARTS if getattr(report, PARTS[part])] or ["to_review"]
    part = columns[0].selectbox(
        say("part", lang), parts, format_func=lambda key: say(key, lang), index=_part_of(report, parts)
    )
    listed: tuple[ConflictCase, ...] = getattr(report, PARTS[part])
    sections = [say("all", lang), *sorted({case.viewer_section for case in listed})]
    section = columns[1].selectbox(say("section", lang), sections, key="section")
    text = columns[2].text_input(say("search", lang), key="search").strip()
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


def _row(case: ConflictCase, lang: str) -> dict[str, object]:
    return {
        say("state", lang): decided.state(case.disposition, lang) or decided.say(CaseState.OPEN, lang),
        say("score", lang): round(case.score, 2),
        say("viewer", lang): f"{case.viewer_name or ''} {case.viewer}",
        say("section", lang): case.viewer_section,
        say("relation", lang): tie_words(case.ties[0], lang),
        say("subject", lang): case.subject_name or case.subject,
        say("count", lang): len(case.lookups),
        say("first", lang): f"{case.first_lookup:%Y-%m-%d}",
        say("last", lang): f"{case.last_lookup:%Y-%m-%d}",
        say("id", lang): case.conflict_id,
    }
