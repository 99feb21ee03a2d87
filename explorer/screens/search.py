"""Search from every page: by name, kana, number or address; what is found leads on to the pages about that person."""

import streamlit as st

from explorer import literal, session
from explorer.widgets import person_picker
from words import Words

MOST = 10


def sidebar(words: Words) -> None:
    """Offer the search in the side bar and list who was found, the reader's own circle left out."""
    with st.sidebar:
        text = st.text_input(
            words.say("screen.search_people"), key="search-people", help=words.say("screen.search_help")
        ).strip()
        if not text:
            return
        with session.told(words):
            _found(text, words)


def _found(text: str, words: Words) -> None:
    people, staff = session.refused()
    found = person_picker.found_by(text, people, MOST)
    for each in found:
        relations = session.link("relations", a=each.person_id)
        history = session.link("history", person=each.person_id)
        links = (
            f"[{words.say('screen.label.relations')}]({relations}) ・ [{words.say('screen.label.history')}]({history})"
        )
        st.markdown(f"{literal.literal(person_picker.described(each))}  \n{links}")
    person_picker.how_many(found, words)
    members = [each for each in session.workspace().find_staff(text, MOST) if each.staff_id not in staff]
    for member in members:
        address = session.link("staff", staff=member.staff_id)
        st.markdown(
            f"[{words.say('screen.label.member')} {literal.literal(person_picker.described_staff(member))}]({address})"
        )
    if not found and not members:
        st.caption(words.say("screen.nobody_found"))
