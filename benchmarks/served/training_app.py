"""Serves the training page beside the dashboard's own first lesson, with the dashboard's warm-up."""

import streamlit as st

from app import PLOTLY_ROUTES, lifespan

app = st.App("training_navigation.py", lifespan=lifespan, routes=PLOTLY_ROUTES)
