"""The script Streamlit runs: language, workspace, navigation."""

import streamlit as st

from explorer import cases, overview, quality, welcome
from explorer.door import language, workspace_or_none
from explorer.words import say

st.set_page_config(page_title="縁鑑 Enkan", page_icon="🔎", layout="wide")
lang = language()
if workspace_or_none() is None:
    pages = [st.Page(welcome.page, title=say("welcome", lang), url_path="welcome", default=True)]
else:
    pages = [
        st.Page(overview.page, title=say("overview", lang), url_path="overview", default=True),
        st.Page(cases.page, title=say("cases", lang), url_path="cases"),
        st.Page(quality.page, title=say("quality", lang), url_path="quality"),
    ]
st.navigation(pages).run()
