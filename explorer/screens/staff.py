"""職員: one member of staff: accounts, kin among the residents, and their own lookups of them."""

from collections.abc import Sequence

import streamlit as st

from explorer import literal, session
from explorer.widgets import export, person_picker
from graph.answers.history import Looked
from graph.model import Outcome
from graph.records.answers import Posting
from graph.records.kin_answers import Observed, Relative
from graph.records.results import plain
from words import Words


def page() -> None:
    """Ask for a member of staff by number or name; the URL holds who was chosen."""
    words = session.words_now()
    st.title(words.say("screen.label.member"))
    with session.told(words):
        number = person_picker.staff("staff", words)
        if number:
            _show(number, words)


def _show(number: str, words: Words) -> None:
    workspace = session.workspace()
    found = workspace.comparison(number)
    st.header(literal.literal(f"{found.member.name}({number}) ・ {found.section}"), anchor=number)
    st.subheader(words.say("screen.accounts"))
    accounts = plain(workspace.accounts(number).accounts)
    st.dataframe(literal.frame(_account(row, words) for row in accounts), hide_index=True)
    export.table(words.say("screen.save_csv"), accounts, f"accounts-{number}.csv")
    st.subheader(words.say("screen.postings"))
    postings = workspace.postings(number)
    st.dataframe(literal.frame(_posting(row, words) for row in postings), hide_index=True)
    lookups = workspace.looked(viewer=number)
    st.subheader(words.say("screen.own_lookups"))
    columns = st.columns(2)
    columns[0].metric(words.say("screen.label.lookups"), f"{len({each.lookup.lookup_id for each in lookups}):,}")
    columns[1].metric(words.say("screen.people_seen"), f"{len({each.subject for each in lookups} - {''}):,}")
    if not lookups:
        st.info(words.say("screen.never_looked"))
    _chance(number, words)
    _kin(number, lookups, words)


def _account(row: dict[str, object], words: Words) -> dict[str, object]:
    told = row | {"kind": words.of("measure", str(row["kind"]))}
    return {words.say(f"screen.label.{name}"): value or "" for name, value in told.items()}


def _posting(held: Posting, words: Words) -> dict[str, object]:
    return {
        words.say("screen.label.belongs"): held.section,
        words.say("screen.label.valid_from"): held.valid_from.isoformat(),
        words.say("screen.label.valid_to"): held.valid_to.isoformat() if held.valid_to else "",
    }


def _chance(number: str, words: Words) -> None:
    """Set the lookups of one's own kin beside what chance would give for that workload (X6)."""
    st.subheader(words.say("screen.chance"))
    found = session.workspace().observed(number)
    for said in found.kin_unknown or ():
        st.warning(literal.literal(words.tell(said)))
    columns = st.columns([1, 1, 1, 2])
    columns[0].metric(words.say("screen.label.observed"), _known(found.observed, "{:,}", words))
    columns[1].metric(words.say("screen.label.explained"), _known(found.explained, "{:,}", words))
    columns[2].metric(words.say("screen.label.expected"), _known(found.expected, "{:.1f}", words))
    known = found.observed is not None
    columns[3].metric(words.say("screen.ratio"), _ratio(found) if known else words.say("screen.unknown"))
    st.caption(words.say("screen.chance_note"))
    rows = [
        {words.say(f"screen.label.{name}"): _cell(value, words) for name, value in row.items()}
        for row in plain(found.systems)
    ]
    st.dataframe(literal.frame(rows), hide_index=True)


def _ratio(found: Observed) -> str:
    if not found.ratio or found.interval is None:
        return "—"
    return f"{found.ratio:.1f} ({found.interval[0]:.1f}–{found.interval[1]:.1f})"


def _known(value: float | None, form: str, words: Words) -> str:
    """Word a number; what nobody can know is no 0."""
    return words.say("screen.unknown") if value is None else form.format(value)


def _cell(value: object, words: Words) -> object:
    return words.say("screen.unknown") if value is None else round(value, 1) if isinstance(value, float) else value


def _kin(number: str, lookups: list[Looked], words: Words) -> None:
    """List the kin of a member of staff beside how often they looked each of them up; last those of candidates."""
    st.subheader(words.say("screen.kin_and_lookups"))
    found = session.workspace().relatives(f"staff:{number}")
    _kin_table(found.relatives, lookups, words)
    for case in found.conditional or ():
        st.markdown(f"**{literal.literal(words.say('screen.only_if', person=case.a, p=case.p))}**")
        _kin_table(case.relatives, lookups, words)


def _kin_table(relatives: Sequence[Relative], lookups: list[Looked], words: Words) -> None:
    rows = [_row(each, [x for x in lookups if x.subject == each.person], words) for each in relatives]
    if rows:
        st.dataframe(
            literal.frame(rows).sort_values(words.say("screen.label.lookups"), ascending=False), hide_index=True
        )


def _row(relative: Relative, own: list[Looked], words: Words) -> dict[str, object]:
    tie = relative.ties[0]
    return {
        words.say("screen.label.person_id"): relative.person,
        words.say("screen.label.name"): tie.path[-1].name,
        words.say("screen.relation"): tie.term(words.lang),
        words.say("screen.label.lookups"): len(own),
        words.say("report.code.explained"): sum(each.lookup.outcome == Outcome.EXPLAINED for each in own),
    }
