"""Find a person by name, kana or number; the URL holds who was found, so that a link opens the same view."""

from datetime import date

import streamlit as st

from explorer import door
from explorer.words import say
from graph.model import Person
from ingest import honseki
from ingest.text import kana, names


def person(key: str, lang: str) -> str | None:
    """Ask for one person; give their id, or None as long as nobody is chosen. `key` names the parameter of the URL."""
    text = st.text_input(say(f"find_{key}", lang), value=st.query_params.get(key, ""), key=f"text-{key}").strip()
    if not text:
        st.query_params.pop(key, None)
        return None
    people, staff = door.refused()
    if text.removeprefix("staff:") in staff or text in people:
        st.error(say("person_refused", lang))
        return None
    if text.startswith("staff:"):
        st.query_params[key] = text
        return text
    found = [each for each in found_by(text) if each.person_id not in people]
    if not found:
        st.warning(say("nobody_found", lang))
        return None
    words = {each.person_id: described(each) for each in found}
    chosen = next(iter(words))
    if len(words) > 1:
        chosen = st.selectbox(say("which_one", lang), list(words), format_func=words.__getitem__, key=f"pick-{key}")
    else:
        st.caption(words[chosen])
    st.query_params[key] = chosen
    return chosen


def day(key: str, lang: str) -> date:
    """Ask for a day: that of the URL, else the last that was examined. `key` names the parameter of the URL."""
    last = date.fromisoformat(door.workspace().facts["as_of"])
    try:
        first = date.fromisoformat(st.query_params.get(key, ""))
    except ValueError:
        first = last
    given = st.date_input(say(key, lang), value=first, key=f"text-{key}")
    chosen = given if isinstance(given, date) else last
    st.query_params[key] = chosen.isoformat()
    return chosen


def found_by(text: str) -> list[Person]:
    """Give whoever fits by folded name or number, else by kana, else by address."""
    keys = dict.fromkeys((names.fold(text), kana.loose(text), honseki.key(text)))
    return next((found for key in keys if key and (found := door.workspace().search(key))), [])


def described(found: Person) -> str:
    """Say enough of a person to tell them from a namesake."""
    return " ・ ".join(filter(None, (found.name, str(found.birth_date or ""), found.address, found.person_id)))
