"""Search from every page: by name, kana, number or address; what is found leads on to the pages about that person."""

import streamlit as st

from explorer import literal, session
from explorer.widgets import person_picker
from explorer.wording.words import say

MOST = 10


def sidebar(lang: str) -> None:
    """Offer the search in the side bar and list who was found, the reader's own circle left out."""
    with st.sidebar:
        text = st.text_input(say("search_people", lang), key="search-people", help=say("search_help", lang)).strip()
        if not text:
            return
        with session.told(lang):
            _found(text, lang)


def _found(text: str, lang: str) -> None:
    people, staff = session.refused()
    found = person_picker.found_by(text, people, MOST)
    for each in found:
        relations = session.link("relations", a=each.person_id)
        history = session.link("history", person=each.person_id)
        words = f"[{say('relations', lang)}]({relations}) ・ [{say('history', lang)}]({history})"
        st.markdown(f"{literal.literal(person_picker.described(each))}  \n{words}")
    person_picker.how_many(found, lang)
    members = [each for each in session.workspace().find_staff(text, MOST) if each.staff_id not in staff]
    for member in members:
        address = session.link("staff", staff=member.staff_id)
        st.markdown(f"[{say('member', lang)} {literal.literal(person_picker.described_staff(member))}]({address})")
    if not found and not members:
        st.caption(say("nobody_found", lang))
