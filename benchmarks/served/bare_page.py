"""The yardstick: the smallest Streamlit page with one control, served with our own settings."""

import streamlit as st

st.title("A bare page")
number = st.slider("A number", 1, 25, 5, key="bare_number")
st.markdown(f"The number is {number}.")
