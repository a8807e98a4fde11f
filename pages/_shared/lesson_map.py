"""The map of the lessons: each with the question it answers."""

from __future__ import annotations

import streamlit as st

from pages._shared.catalogue import SECTIONS


def show_lesson_map() -> None:
    """Every lesson as a link, in the order of the course."""
    for section, entries in SECTIONS.items():
        for entry in entries:
            if entry.question:
                with st.container(key=f"map_{entry.path}"):
                    st.page_link(entry.file, label=f"**{entry.question}**")
                    st.caption(f"{section} · {entry.title}")
