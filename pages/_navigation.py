"""Which pages exist, in which order. Nothing else; the list itself is in ``_shared/catalogue.py``."""

import streamlit as st

from pages._shared.catalogue import SECTIONS
from pages._shared.stage import PARAMETER
from pages._shared.turns import in_turn

st.set_page_config(page_title="Deep Learning for Product Managers", layout="wide")
page = st.navigation(
    {
        section: [
            st.Page(entry.file, title=entry.title, url_path=entry.path, default=not entry.path)
            for entry in entries
        ]
        for section, entries in SECTIONS.items()
    },
    position="hidden" if PARAMETER in st.query_params else "top",  # a room sees slides, not a menu
)
with in_turn():
    page.run()
