"""関係検索: what two people are to each other, every tie with its evidence; or one person's kin by degree."""

from typing import Any

import pandas as pd
import streamlit as st

from explorer import door, finding
from explorer.picture import pedigree
from explorer.words import say, step
from graph.errors import WorkspaceError
from report.words import say as word


def page() -> None:
    """Ask for one or two people; the URL holds both."""
    lang = door.language_now()
    st.title(say("relations", lang))
    st.caption(say("relations_note", lang))
    columns = st.columns(2)
    with columns[0]:
        a = finding.person("a", lang)
    with columns[1]:
        b = finding.person("b", lang)
    try:
        if a and b:
            _two(a, b, lang)
        elif a:
            _one(a, lang)
    except WorkspaceError as error:
        st.error(str(error))


def _two(a: str, b: str, lang: str) -> None:
    found = door.workspace().relation(a, b)
    if not found["ties"]:
        st.info(say("no_tie", lang))
        return
    st.subheader(say("ties", lang))
    st.dataframe(pd.DataFrame([_tie_row(tie, lang) for tie in found["ties"]]), hide_index=True)
    clicked = pedigree(door.workspace().pedigree(found, lang), lang, key=f"{a}-{b}-{lang}")
    if clicked and clicked not in (a, b):
        st.link_button(say("go_on", lang).format(person=clicked), door.link("relations", a=a, b=clicked))
    st.subheader(say("evidence", lang))
    for line in found["lines"]:
        st.markdown(f"**{line[f'term_{lang}']}** ・ {' → '.join(step['name'] or '？' for step in line['path'])}")
        st.table(pd.DataFrame([_edge_row(edge, lang) for edge in line["edges"]]))


def _one(a: str, lang: str) -> None:
    """List one person's kin, the closest first."""
    found = door.workspace().relatives(a)["relatives"]
    rows = [{say("person_id", lang): each["person"], say("name", lang): each["ties"][0]["path"][-1]["name"]}
            | _tie_row(each["ties"][0], lang) for each in found]  # fmt: skip
    if not rows:
        st.info(say("no_kin", lang))
        return
    st.subheader(f"{say('kin', lang)}: {len(rows)}")
    frame = pd.DataFrame(rows).sort_values([say("degree", lang), say("person_id", lang)], na_position="first")
    st.dataframe(frame, hide_index=True)


def _tie_row(tie: dict[str, Any], lang: str) -> dict[str, object]:
    return {
        say("relation", lang): tie[f"term_{lang}"],
        say("degree", lang): tie["degree"],
        say("tense", lang): word(tie["tense"], lang),
        say("grade", lang): word(tie["grade"], lang),
    }


def _edge_row(edge: dict[str, Any], lang: str) -> dict[str, object]:
    return {
        say("from", lang): edge["from"],
        say("to", lang): edge["to"],
        say("step", lang): step(edge["type"], lang),
        say("grade", lang): word(edge["grade"], lang),
        say("file", lang): edge["file"],
        say("line", lang): edge["line"],
    }
