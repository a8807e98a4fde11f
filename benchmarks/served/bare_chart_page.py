"""The second yardstick: the smallest page with one control that moves one chart of Streamlit's own."""

import math

import streamlit as st

st.title("A bare page with a chart")
turns = st.slider("Turns", 1, 25, 5, key="bare_turns")
across = [n / 500 for n in range(500)]  # as many numbers as an opening picture of ours has: about 20 kB
up = [math.sin(2 * math.pi * turns * x) for x in across]
st.plotly_chart({"data": [{"x": across, "y": up}]}, key="bare_chart")
st.markdown(f"{turns} turns.")
