"""Start: what this is, and where to go."""

import streamlit as st

from dl_core.cifar10 import shipped_table
from dl_core.figures.cifar10 import cifar10_chart
from pages._shared.chart import show_picture, show_words
from pages._shared.frame import page_style
from pages._shared.lesson_map import show_lesson_map
from pages._shared.scene import shared
from pages._words import start as words

page_style()
st.title(words.HEADLINE, anchor="top")
with st.container(key="decision"):
    st.markdown(words.LEAD)

picture_side, map_side = st.columns([1.35, 1], gap="large")
_, picture = shared(shipped_table, cifar10_chart, None)
with picture_side:
    show_picture(picture, "start_picture")
    with st.container(key="takeaway"):
        st.markdown(words.POINT)
    show_words(picture, "start_picture")
with map_side:
    st.header("Which question do you have?", anchor="map")
    show_lesson_map()
    st.header("Three ways to use it", anchor="ways")
    for way in words.WAYS:
        st.markdown(way)
