"""Serves `chart_page.py` with the dashboard's chart library, as `app.py` does."""

from importlib.metadata import version

import streamlit as st
from starlette.routing import Route

from app import plotly_js

app = st.App("chart_page.py", routes=[Route(f"/plotly-{version('plotly')}.min.js", plotly_js)])
