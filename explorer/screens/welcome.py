"""Without a workspace: what this is, and an offer to make the demo."""

import streamlit as st

from commands import demo
from explorer import session
from explorer.literal import literal
from explorer.wording.words import say
from graph.errors import EnkanError
from graph.store.opening import credentials, open_store
from ingest import pipeline


def page() -> None:
    """Offer the demo, with a progress bar."""
    lang = session.language_now()
    st.title("縁鑑 Enkan")
    st.write(say("nothing_yet", lang))
    st.write(say("demo_offer", lang))
    if st.button(say("make_demo", lang), type="primary"):
        bar = st.progress(0.0)

        def draw(done: float, text: str) -> None:
            bar.progress(min(done, 1.0), text)

        try:
            _make(draw)
        except EnkanError as error:
            st.error(literal(error.said.to(lang)))
            return
        st.rerun()
    st.caption(say("own_data", lang))


def _make(progress: pipeline.Progress) -> None:
    """Make the demo like `enkan demo`."""
    root = session.root()
    demo.make(root, session.policy(), lambda: open_store(session.store_uri(), root, **credentials()), progress)
