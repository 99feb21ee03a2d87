"""What `enkan-explorer` runs: the same as `streamlit run app.py` in a checkout."""

from pathlib import Path

import streamlit as st

from explorer.security_headers import MIDDLEWARE

app = st.App(Path(__file__).parents[1] / "navigation.py", middleware=MIDDLEWARE)
