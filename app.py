"""streamlit run app.py: the guard around the explorer; the pages stand in explorer/."""

from pathlib import Path

import streamlit as st

from explorer.security_headers import MIDDLEWARE

app = st.App(Path(__file__).parent / "explorer" / "navigation.py", middleware=MIDDLEWARE)
