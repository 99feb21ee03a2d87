"""The script Streamlit runs: language, workspace, navigation; what is broken is said in a sentence."""

import streamlit as st

from explorer.literal import literal
from explorer.screens import cases, history, identity, overview, quality, relations, search, staff, terminal, welcome
from explorer.session import language, reader, workspace_or_none
from explorer.wording.words import say
from graph.errors import EnkanError, UsageError


def main() -> None:
    """Show the page that was asked for, or the offer of a demo where nothing is published."""
    st.set_page_config(page_title="縁鑑 Enkan", page_icon="🔎", layout="wide")
    lang = language()
    try:
        page = st.navigation(_pages(lang))
        if workspace_or_none() is not None:
            reader(lang)
            search.sidebar(lang)
        page.run()
    except UsageError as error:
        st.error(literal(error.said.to(lang)))
    except EnkanError as error:
        st.error(literal(f"{say('store_gone', lang)} {error.said.to(lang)}"))


def _pages(lang: str) -> list[st.Page]:
    if workspace_or_none() is None:
        return [st.Page(welcome.page, title=say("welcome", lang), url_path="welcome", default=True)]
    return [
        st.Page(overview.page, title=say("overview", lang), url_path="overview", default=True),
        st.Page(cases.page, title=say("cases", lang), url_path="cases"),
        st.Page(relations.page, title=say("relations", lang), url_path="relations"),
        st.Page(history.page, title=say("history", lang), url_path="history"),
        st.Page(staff.page, title=say("member", lang), url_path="staff"),
        st.Page(terminal.page, title=say("terminals", lang), url_path="terminal"),
        st.Page(identity.page, title=say("matching", lang), url_path="identity"),
        st.Page(quality.page, title=say("quality", lang), url_path="quality"),
    ]


main()
