"""Two pages: one trains, on the other a slider is moved."""

from pathlib import Path

import streamlit as st

from pages._shared.turns import in_turn

LESSON = Path(__file__).parents[2] / "pages" / "knn_vs_softmax.py"

page = st.navigation(
    [
        st.Page("training_page.py", title="Training", url_path="training", default=True),
        st.Page(LESSON, title="kNN", url_path="knn_vs_softmax"),
    ]
)
with in_turn():
    page.run()
