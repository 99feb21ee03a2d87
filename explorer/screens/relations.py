"""関係検索: what two people are to each other, every tie with its evidence; or one person's kin by degree."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import streamlit as st

from explorer import literal, session
from explorer.widgets import person_picker
from explorer.widgets.picture import pedigree
from explorer.widgets.selectable_table import selected
from explorer.wording.words import say, step
from graph.model import Kind
from graph.records.relatives import Related, RelatedIf, Relative, Relatives, RelativesIf
from graph.records.results import Edge, Tie
from report.wording.words import say as word

DRAWN_DEGREE = 3  # further kin stand in the list only: a picture of more than some 60 cards cannot be read
OUTSIDE = 99


def page() -> None:
    """Ask for one or two people and the day that counts; the URL holds them."""
    lang = session.language_now()
    st.title(say("relations", lang))
    st.caption(say("relations_note", lang))
    columns = st.columns([5, 5, 3])
    a = b = None
    with columns[0], session.told(lang):
        a = person_picker.person("a", lang)
    with columns[1], session.told(lang):
        b = person_picker.person("b", lang)
    with columns[2]:
        day = person_picker.day("as_of", lang)
    with session.told(lang):
        if a and b:
            _two(a, b, day, lang)
        elif a:
            _one(a, day, lang)


def _two(a: str, b: str, day: date, lang: str) -> None:
    found = session.workspace().relation(a, b, day)
    _unknown(found, lang)
    if found.ties:
        _ties(found, a, b, lang)
    elif found.kin_unknown is None:
        st.info(say("no_tie", lang))
    for case in found.conditional or ():
        taken = [candidate for candidate in (case.a, case.b) if candidate not in (a, b)]
        st.header(literal.literal(_only_if(taken, case.p, lang)))
        _ties(case, a, b, lang)


def _unknown(found: Related | Relatives, lang: str) -> None:
    """Say where the answer rests on an identity that is missing or open."""
    for said in found.kin_unknown or ():
        st.warning(literal.literal(said.to(lang)))


def _only_if(taken: Iterable[str], p: float, lang: str) -> str:
    """Name the candidates whom a conditional answer takes somebody for."""
    return say("only_if", lang).format(person=", ".join(taken), p=p)


def _ties(found: Related | RelatedIf, a: str, b: str, lang: str) -> None:
    """Show every tie of two with its picture and its evidence."""
    st.subheader(say("ties", lang))
    st.dataframe(literal.frame(_tie_row(tie, lang) for tie in found.ties), hide_index=True)
    clicked = pedigree(session.workspace().pedigree(found, lang), lang, key=f"{found.a}-{found.b}-{lang}")
    if clicked and clicked not in (a, b):
        _go_on(a, clicked, lang)
    st.subheader(say("evidence", lang))
    for line in found.lines:
        names = {each.person: each.name or each.person for each in line.path}
        way = literal.literal(" → ".join(each.name or "？" for each in line.path))
        st.markdown(f"**{literal.literal(line.term(lang))}** ・ {way}")
        st.table(literal.table(_edge_row(edge, names, lang) for edge in line.edges))


def _one(a: str, day: date, lang: str) -> None:
    """Draw and list one person's kin, the closest first; a card or a row leads on."""
    found = session.workspace().relatives(a, as_of=day)
    _unknown(found, lang)
    if found.relatives:
        _kin(a, found, "kin", lang)
    elif found.kin_unknown is None:
        st.info(say("no_kin", lang))
    for case in found.conditional or ():
        st.header(literal.literal(_only_if([case.a], case.p, lang)))
        _kin(case.a, case, f"kin-{case.a}", lang)


def _kin(a: str, found: Relatives | RelativesIf, parameter: str, lang: str) -> None:
    """Draw and list the kin that were found."""
    nearest = sorted(found.relatives, key=lambda each: (_distance(each.ties[0]), each.person))
    st.subheader(f"{say('kin', lang)}: {len(nearest)}")
    close = replace(found, relatives=tuple(each for each in nearest if _distance(each.ties[0]) <= DRAWN_DEGREE))
    st.caption(say("kin_drawn", lang).format(degree=DRAWN_DEGREE))
    clicked = pedigree(session.workspace().pedigree(close, lang), lang, key=f"{a}-{lang}")
    picked = selected(nearest, lambda each: _kin_row(each, lang), lambda each: each.person, parameter, lang)
    for chosen in dict.fromkeys(filter(None, (clicked, picked.person if picked else ""))):
        _go_on(a, str(chosen), lang)


def _distance(tie: Tie) -> int:
    """Give the degree; oneself and a spouse come before all others, ties outside the law after them."""
    return 0 if tie.kind in (Kind.SELF, Kind.SPOUSE) else tie.degree or OUTSIDE


def _go_on(a: str, chosen: str, lang: str) -> None:
    st.link_button(say("go_on", lang).format(person=chosen), session.link("relations", a=a, b=chosen))


def _kin_row(each: Relative, lang: str) -> dict[str, object]:
    tie = each.ties[0]
    who = {say("person_id", lang): each.person, say("name", lang): tie.path[-1].name}
    return who | _tie_row(tie, lang)


def _tie_row(tie: Tie, lang: str) -> dict[str, object]:
    return {
        say("relation", lang): tie.term(lang),
        say("degree", lang): "" if tie.degree is None else str(tie.degree),
        say("tense", lang): word(tie.tense, lang),
        say("grade", lang): word(tie.grade, lang),
    }


def _edge_row(edge: Edge, names: dict[str, str], lang: str) -> dict[str, object]:
    return {
        say("from", lang): names.get(edge.from_, edge.from_),
        say("to", lang): names.get(edge.to, edge.to),
        say("step", lang): step(edge.type, lang),
        say("grade", lang): word(edge.grade, lang),
        say("file", lang): edge.file,
        say("line", lang): edge.line,
    }
