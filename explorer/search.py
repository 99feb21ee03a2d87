"""Search from every page: by name, kana, number or address; what is found leads on to the pages about that person."""

import streamlit as st

from explorer import door, finding, literal
from explorer.words import say

MOST = 10


def sidebar(lang: str) -> None:
    """Offer the search in the side bar and list who was found, the reader's own circle left out."""
    with st.sidebar:
        text = st.text_input(say("search_people", lang), key="search-people", help=say("search_help", lang)).strip()
        if not text:
            return
        with door.told(lang):
            _found(text, lang)


def _found(text: str, lang: str) -> None:
    people, staff = door.refused()
    found = finding.found_by(text, people, MOST)
    for each in found:
        relations = door.link("relations", a=each.person_id)
        history = door.link("history", person=each.person_id)
        words = f"[{say('relations', lang)}]({relations}) ・ [{say('history', lang)}]({history})"
        st.markdown(f"{literal.literal(finding.described(each))}  \n{words}")
    finding.how_many(found, lang)
    members = [each for each in door.workspace().find_staff(text, MOST) if each.staff_id not in staff]
    for member in members:
        address = door.link("staff", staff=member.staff_id)
        st.markdown(f"[{say('member', lang)} {literal.literal(finding.described_staff(member))}]({address})")
    if not found and not members:
        st.caption(say("nobody_found", lang))
