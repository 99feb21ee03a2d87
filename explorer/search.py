"""Search from every page: by name, kana, number or address; what is found leads on to the pages about that person."""

import streamlit as st

from explorer import door, finding
from explorer.words import say

MOST = 10


def sidebar(lang: str) -> None:
    """Offer the search in the side bar and list who was found, the reader's own circle left out."""
    with st.sidebar:
        text = st.text_input(say("search_people", lang), key="search-people", help=say("search_help", lang)).strip()
        if not text:
            return
        people, staff = door.refused()
        shown = [each for each in finding.found_by(text) if each.person_id not in people]
        for each in shown[:MOST]:
            relations = door.link("relations", a=each.person_id)
            history = door.link("history", person=each.person_id)
            words = f"[{say('relations', lang)}]({relations}) ・ [{say('history', lang)}]({history})"
            st.markdown(f"{finding.described(each)}  \n{words}")
        if len(shown) > MOST:
            st.caption(say("more_found", lang).format(count=len(shown) - MOST))
        if text not in staff and door.workspace().is_staff(text):
            st.markdown(f"[{say('member', lang)} {text}]({door.link('staff', staff=text)})")
        elif not shown:
            st.caption(say("nobody_found", lang))
