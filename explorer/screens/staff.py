"""職員: one member of staff: accounts, kin among the residents, and their own lookups of them."""

from collections.abc import Sequence

import streamlit as st

from explorer import literal, session
from explorer.widgets import export, person_picker
from explorer.wording.words import say
from graph.answers.history import Looked
from graph.model import Outcome
from graph.records.answers import Posting
from graph.records.relatives import Observed, Relative
from graph.records.results import plain
from report.wording.measures import measure
from report.wording.words import say as word


def page() -> None:
    """Ask for a member of staff by number or name; the URL holds who was chosen."""
    lang = session.language_now()
    st.title(say("member", lang))
    with session.told(lang):
        number = person_picker.staff("staff", lang)
        if number:
            _show(number, lang)


def _show(number: str, lang: str) -> None:
    workspace = session.workspace()
    found = workspace.comparison(number)
    st.header(literal.literal(f"{found.member.name}({number}) ・ {found.section}"), anchor=number)
    st.subheader(say("accounts", lang))
    accounts = plain(workspace.accounts(number).accounts)
    st.dataframe(literal.frame(_account(row, lang) for row in accounts), hide_index=True)
    export.table(say("save_csv", lang), accounts, f"accounts-{number}.csv")
    st.subheader(say("postings", lang))
    postings = workspace.postings(number)
    st.dataframe(literal.frame(_posting(row, lang) for row in postings), hide_index=True)
    lookups = workspace.looked(viewer=number)
    st.subheader(say("own_lookups", lang))
    columns = st.columns(2)
    columns[0].metric(say("lookups", lang), f"{len({each.lookup.lookup_id for each in lookups}):,}")
    columns[1].metric(say("people_seen", lang), f"{len({each.subject for each in lookups} - {''}):,}")
    if not lookups:
        st.info(say("never_looked", lang))
    _chance(number, lang)
    _kin(number, lookups, lang)


def _account(row: dict[str, object], lang: str) -> dict[str, object]:
    told = row | {"kind": measure(str(row["kind"]), lang)}
    return {say(name, lang): value or "" for name, value in told.items()}


def _posting(held: Posting, lang: str) -> dict[str, object]:
    return {
        say("belongs", lang): held.section,
        say("valid_from", lang): held.valid_from.isoformat(),
        say("valid_to", lang): held.valid_to.isoformat() if held.valid_to else "",
    }


def _chance(number: str, lang: str) -> None:
    """Set the lookups of one's own kin beside what chance would give for that workload (X6)."""
    st.subheader(say("chance", lang))
    found = session.workspace().observed(number)
    for said in found.kin_unknown or ():
        st.warning(literal.literal(said.to(lang)))
    columns = st.columns([1, 1, 1, 2])
    columns[0].metric(say("observed", lang), _known(found.observed, "{:,}", lang))
    columns[1].metric(say("explained", lang), _known(found.explained, "{:,}", lang))
    columns[2].metric(say("expected", lang), _known(found.expected, "{:.1f}", lang))
    columns[3].metric(say("ratio", lang), _ratio(found) if found.observed is not None else say("unknown", lang))
    st.caption(say("chance_note", lang))
    rows = [{say(name, lang): _cell(value, lang) for name, value in row.items()} for row in plain(found.systems)]
    st.dataframe(literal.frame(rows), hide_index=True)


def _ratio(found: Observed) -> str:
    if not found.ratio or found.interval is None:
        return "—"
    return f"{found.ratio:.1f} ({found.interval[0]:.1f}–{found.interval[1]:.1f})"


def _known(value: float | None, form: str, lang: str) -> str:
    """Word a number; what nobody can know is no 0."""
    return say("unknown", lang) if value is None else form.format(value)


def _cell(value: object, lang: str) -> object:
    return say("unknown", lang) if value is None else round(value, 1) if isinstance(value, float) else value


def _kin(number: str, lookups: list[Looked], lang: str) -> None:
    """List the kin of a member of staff beside how often they looked each of them up; last those of candidates."""
    st.subheader(say("kin_and_lookups", lang))
    found = session.workspace().relatives(f"staff:{number}")
    _kin_table(found.relatives, lookups, lang)
    for case in found.conditional or ():
        st.markdown(f"**{literal.literal(say('only_if', lang).format(person=case.a, p=case.p))}**")
        _kin_table(case.relatives, lookups, lang)


def _kin_table(relatives: Sequence[Relative], lookups: list[Looked], lang: str) -> None:
    rows = [_row(each, [x for x in lookups if x.subject == each.person], lang) for each in relatives]
    if rows:
        st.dataframe(literal.frame(rows).sort_values(say("lookups", lang), ascending=False), hide_index=True)


def _row(relative: Relative, own: list[Looked], lang: str) -> dict[str, object]:
    tie = relative.ties[0]
    return {
        say("person_id", lang): relative.person,
        say("name", lang): tie.path[-1].name,
        say("relation", lang): tie.term(lang),
        say("lookups", lang): len(own),
        word("explained", lang): sum(each.lookup.outcome == Outcome.EXPLAINED for each in own),
    }
