"""Find a person by name, kana or number; the URL holds who was found, so that a link opens the same view."""

from collections.abc import Collection, Mapping
from datetime import date

import streamlit as st

from explorer import literal, session
from graph.model import Person, Staff
from graph.store.base import Found
from ingest.registers import register_keys
from words import Words
from words.visible import visible

MOST = 50


def person(key: str, words: Words) -> str | None:
    """Ask for one person; give their id, or None as long as nobody is chosen. `key` names the parameter of the URL."""
    text = st.text_input(words.say(f"screen.find.{key}"), value=st.query_params.get(key, ""), key=f"text-{key}").strip()
    if not text:
        st.query_params.pop(key, None)
        return None
    people, staff = session.refused()
    if text.removeprefix("staff:") in staff or text in people:
        st.error(words.say("screen.person_refused"))
        return None
    if text.startswith("staff:"):
        session.workspace().who_is(text.removeprefix("staff:"))  # an unknown number is said with the nearest
        st.query_params[key] = text
        return text
    found = found_by(text, people, MOST)
    if not found:
        st.warning(words.say("screen.nobody_found"))
        return None
    how_many(found, words)
    return _chosen({each.person_id: described(each) for each in found}, key, words)


def staff(key: str, words: Words) -> str | None:
    """Ask for one member of staff, by number or name; give their number, or None as long as nobody is chosen."""
    text = st.text_input(words.say("screen.find_staff"), value=st.query_params.get(key, ""), key=f"text-{key}").strip()
    if not text:
        st.query_params.pop(key, None)
        st.info(words.say("screen.give_number"))
        return None
    found = session.workspace().find_staff(text, MOST)
    if not found:
        session.workspace().who_is(text)  # says who comes nearest
    refused = session.refused()[1]
    if all(member.staff_id in refused for member in found):
        st.error(words.say("screen.person_refused"))
        return None
    return _chosen({m.staff_id: described_staff(m) for m in found if m.staff_id not in refused}, key, words)


def _chosen(choices: Mapping[str, str], key: str, words: Words) -> str | None:
    """Let one of several be picked; nobody is opened before that."""
    if len(choices) == 1:
        chosen: str | None = next(iter(choices))
        st.caption(literal.literal(choices[str(chosen)]))
    else:
        label, ask = words.say("screen.which_one"), words.say("screen.pick_one")
        chosen = st.selectbox(
            label, list(choices), index=None, placeholder=ask, format_func=choices.__getitem__, key=f"pick-{key}"
        )
    if chosen is None:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen
    return chosen


def day(key: str, words: Words) -> date:
    """Ask for a day: that of the URL, else the last that was examined. `key` names the parameter of the URL."""
    last = session.workspace().last_day or date.max
    try:
        first = date.fromisoformat(st.query_params.get(key, ""))
    except ValueError:
        first = last
    given = st.date_input(words.say(f"screen.label.{key}"), value=first, key=f"text-{key}")
    chosen = given if isinstance(given, date) else last
    st.query_params[key] = chosen.isoformat()
    return chosen


def found_by(text: str, left_out: Collection[str], most: int) -> Found:
    """Give the first of whoever fits, by what a page shows of them, else by address; and how many there are in all."""
    search = session.workspace().search
    found = search(text, most) or search(register_keys.key(text), most)
    kept = [each for each in found if each.person_id not in left_out]
    return Found(kept, found.total - len(found) + len(kept))


def how_many(found: Found, words: Words) -> None:
    """Say how many were found, where not all of them are shown."""
    if found.total > len(found):
        st.caption(words.say("screen.found_some", total=found.total, shown=len(found)))


def described_staff(found: Staff) -> str:
    """Say enough of a member of staff to tell them from a namesake."""
    return visible(" ・ ".join(filter(None, (found.name, str(found.birth_date or ""), found.staff_id))))


def described(found: Person) -> str:
    """Say enough of a person to tell them from a namesake."""
    return visible(" ・ ".join(filter(None, (found.name, str(found.birth_date or ""), found.address, found.person_id))))
