"""A slider over a line of 1,000 points, drawn three ways: ``?way=none|native|in_place``."""

import numpy as np
import pandas as pd
import streamlit as st

from dl_core.figures.picture import BLUE, Picture, blank_figure
from pages._shared.chart import show_picture

way = st.query_params.get("way", "none")
st.title("One chart")
turns = st.slider("Turns", 1, 40, 20, key="turns")
across = np.linspace(0, 1, 1000)
figure = blank_figure(f"A wave of {turns} turns")
figure.add_scatter(x=across, y=np.sin(2 * np.pi * turns * across), mode="lines", line_color=BLUE)
if way == "native":
    st.plotly_chart(figure, key="wave")
elif way == "in_place":
    show_picture(Picture(figure, "A wave.", pd.DataFrame({"turns": [turns]})), "wave")
st.markdown(f"{turns} turns.")
