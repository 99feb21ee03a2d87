"""Without a workspace: what this is, and an offer to make the demo."""

import streamlit as st

from commands import demo
from explorer import session
from explorer.literal import literal
from graph.errors import EnkanError
from graph.store.opening import credentials, open_store
from ingest import pipeline


def page() -> None:
    """Offer the demo, with a progress bar."""
    words = session.words_now()
    st.title("縁鑑 Enkan")
    st.write(words.say("screen.nothing_yet"))
    st.write(words.say("screen.demo_offer"))
    if st.button(words.say("screen.make_demo"), type="primary"):
        bar = st.progress(0.0)

        def draw(done: float, text: str) -> None:
            bar.progress(min(done, 1.0), text)

        try:
            _make(draw)
        except EnkanError as error:
            st.error(literal(error.said.to(words.lang)))
            return
        st.rerun()
    st.caption(words.say("screen.own_data"))


def _make(progress: pipeline.Progress) -> None:
    """Make the demo like `enkan demo`."""
    root = session.root()
    demo.make(root, session.policy(), lambda: open_store(session.store_uri(), root, **credentials()), progress)
