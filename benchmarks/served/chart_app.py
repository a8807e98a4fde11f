"""Serves `chart_page.py` with the dashboard's chart library, as `app.py` does."""

import streamlit as st

from app import PLOTLY_ROUTES

app = st.App("chart_page.py", routes=PLOTLY_ROUTES)
