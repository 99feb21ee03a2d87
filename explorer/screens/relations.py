"""関係検索: what two people are to each other, every tie with its evidence; or one person's kin by degree."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import streamlit as st

from explorer import literal, session
from explorer.widgets import person_picker
from explorer.widgets.picture import pedigree
from explorer.widgets.selectable_table import selected
from graph.model import Kind
from graph.records.kin_answers import Related, RelatedIf, Relative, Relatives, RelativesIf
from graph.records.results import Edge, Tie
from words import Words

DRAWN_DEGREE = 3  # further kin stand in the list only: a picture of more than some 60 cards cannot be read
OUTSIDE = 99


def page() -> None:
    """Ask for one or two people and the day that counts; the URL holds them."""
    words = session.words_now()
    st.title(words.say("screen.label.relations"))
    st.caption(words.say("screen.relations_note"))
    columns = st.columns([5, 5, 3])
    a = b = None
    with columns[0], session.told(words):
        a = person_picker.person("a", words)
    with columns[1], session.told(words):
        b = person_picker.person("b", words)
    with columns[2]:
        day = person_picker.day("as_of", words)
    with session.told(words):
        if a and b:
            _two(a, b, day, words)
        elif a:
            _one(a, day, words)


def _two(a: str, b: str, day: date, words: Words) -> None:
    found = session.workspace().relation(a, b, day)
    _unknown(found, words)
    if found.ties:
        _ties(found, a, b, words)
    elif found.kin_unknown is None:
        st.info(words.say("screen.no_tie"))
    for case in found.conditional or ():
        taken = [candidate for candidate in (case.a, case.b) if candidate not in (a, b)]
        st.header(literal.literal(_only_if(taken, case.p, words)))
        _ties(case, a, b, words)


def _unknown(found: Related | Relatives, words: Words) -> None:
    """Say where the answer rests on an identity that is missing or open."""
    for said in found.kin_unknown or ():
        st.warning(literal.literal(words.tell(said)))


def _only_if(taken: Iterable[str], p: float, words: Words) -> str:
    """Name the candidates whom a conditional answer takes somebody for."""
    return words.say("screen.only_if", person=", ".join(taken), p=p)


def _ties(found: Related | RelatedIf, a: str, b: str, words: Words) -> None:
    """Show every tie of two with its picture and its evidence."""
    st.subheader(words.say("screen.ties"))
    st.dataframe(literal.frame(_tie_row(tie, words) for tie in found.ties), hide_index=True)
    clicked = pedigree(session.workspace().pedigree(found, words), words, key=f"{found.a}-{found.b}-{words.lang}")
    if clicked and clicked not in (a, b):
        _go_on(a, clicked, words)
    st.subheader(words.say("screen.evidence"))
    for line in found.lines:
        names = {each.person: each.name or each.person for each in line.path}
        way = literal.literal(" → ".join(each.name or "？" for each in line.path))
        st.markdown(f"**{literal.literal(line.term(words.lang))}** ・ {way}")
        st.table(literal.table(_edge_row(edge, names, words) for edge in line.edges))


def _one(a: str, day: date, words: Words) -> None:
    """Draw and list one person's kin, the closest first; a card or a row leads on."""
    found = session.workspace().relatives(a, as_of=day)
    _unknown(found, words)
    if found.relatives:
        _kin(a, found, "kin", words)
    elif found.kin_unknown is None:
        st.info(words.say("screen.no_kin"))
    for case in found.conditional or ():
        st.header(literal.literal(_only_if([case.a], case.p, words)))
        _kin(case.a, case, f"kin-{case.a}", words)


def _kin(a: str, found: Relatives | RelativesIf, parameter: str, words: Words) -> None:
    """Draw and list the kin that were found."""
    nearest = sorted(found.relatives, key=lambda each: (_distance(each.ties[0]), each.person))
    st.subheader(f"{words.say('screen.kin')}: {len(nearest)}")
    close = replace(found, relatives=tuple(each for each in nearest if _distance(each.ties[0]) <= DRAWN_DEGREE))
    st.caption(words.say("screen.kin_drawn", degree=DRAWN_DEGREE))
    clicked = pedigree(session.workspace().pedigree(close, words), words, key=f"{a}-{words.lang}")
    picked = selected(nearest, lambda each: _kin_row(each, words), lambda each: each.person, parameter, words)
    for chosen in dict.fromkeys(filter(None, (clicked, picked.person if picked else ""))):
        _go_on(a, str(chosen), words)


def _distance(tie: Tie) -> int:
    """Give the degree; oneself and a spouse come before all others, ties outside the law after them."""
    return 0 if tie.kind in (Kind.SELF, Kind.SPOUSE) else tie.degree or OUTSIDE


def _go_on(a: str, chosen: str, words: Words) -> None:
    st.link_button(words.say("screen.go_on", person=chosen), session.link("relations", a=a, b=chosen))


def _kin_row(each: Relative, words: Words) -> dict[str, object]:
    tie = each.ties[0]
    who = {words.say("screen.label.person_id"): each.person, words.say("screen.label.name"): tie.path[-1].name}
    return who | _tie_row(tie, words)


def _tie_row(tie: Tie, words: Words) -> dict[str, object]:
    return {
        words.say("screen.relation"): tie.term(words.lang),
        words.say("screen.degree"): "" if tie.degree is None else str(tie.degree),
        words.say("screen.tense"): words.say(f"report.code.{tie.tense}"),
        words.say("screen.grade"): words.say(f"report.code.{tie.grade}"),
    }


def _edge_row(edge: Edge, names: dict[str, str], words: Words) -> dict[str, object]:
    return {
        words.say("screen.from"): names.get(edge.from_, edge.from_),
        words.say("screen.to"): names.get(edge.to, edge.to),
        words.say("screen.step"): words.of("screen.edge", edge.type),
        words.say("screen.grade"): words.say(f"report.code.{edge.grade}"),
        words.say("screen.label.file"): edge.file,
        words.say("screen.label.line"): edge.line,
    }
