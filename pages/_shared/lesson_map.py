"""The map of the lessons: each with the question it answers."""

from __future__ import annotations

import streamlit as st

from pages._shared.catalogue import SECTIONS, Entry


def show_lesson_map() -> None:
    """Every lesson as a link, in the order of the course, one below the other."""
    for section, entries in SECTIONS.items():
        for entry in entries:
            if entry.question and entry.path:
                _link(entry, f"{section} · {entry.title}")


def show_lessons_by_section() -> None:
    """Every lesson as a link, one column for each section of the menu."""
    listed = {
        section: [entry for entry in entries if entry.question and entry.path]
        for section, entries in SECTIONS.items()
    }
    sections = {section: entries for section, entries in listed.items() if entries}
    with st.container(key="lesson_map"):
        for column, (section, entries) in zip(st.columns(len(sections)), sections.items(), strict=True):
            with column:
                st.markdown(f"**{section}**")
                for entry in entries:
                    _link(entry, entry.title)


def _link(entry: Entry, under: str) -> None:
    with st.container(key=f"map_{entry.path}"):
        st.page_link(entry.file, label=f"**{entry.question}**")
        st.caption(under)
