"""The script Streamlit runs: language, workspace, navigation; what is broken is said in a sentence."""

import streamlit as st

from explorer.literal import literal
from explorer.screens import cases, history, identity, overview, quality, relations, search, staff, terminal, welcome
from explorer.session import reader, reader_words, workspace_or_none
from graph.errors import EnkanError, UsageError
from words import Words


def main() -> None:
    """Show the page that was asked for, or the offer of a demo where nothing is published."""
    st.set_page_config(page_title="縁鑑 Enkan", page_icon="🔎", layout="wide")
    words = reader_words()
    try:
        page = st.navigation(_pages(words))
        if workspace_or_none() is not None:
            reader(words)
            search.sidebar(words)
        page.run()
    except UsageError as error:
        st.error(literal(error.said.to(words.lang)))
    except EnkanError as error:
        st.error(literal(f"{words.say('screen.store_gone')} {error.said.to(words.lang)}"))


def _pages(words: Words) -> list[st.Page]:
    if workspace_or_none() is None:
        return [st.Page(welcome.page, title=words.say("screen.welcome"), url_path="welcome", default=True)]
    return [
        st.Page(overview.page, title=words.say("screen.overview"), url_path="overview", default=True),
        st.Page(cases.page, title=words.say("screen.cases"), url_path="cases"),
        st.Page(relations.page, title=words.say("screen.label.relations"), url_path="relations"),
        st.Page(history.page, title=words.say("screen.label.history"), url_path="history"),
        st.Page(staff.page, title=words.say("screen.label.member"), url_path="staff"),
        st.Page(terminal.page, title=words.say("screen.label.terminals"), url_path="terminal"),
        st.Page(identity.page, title=words.say("screen.matching"), url_path="identity"),
        st.Page(quality.page, title=words.say("screen.quality"), url_path="quality"),
    ]


main()
