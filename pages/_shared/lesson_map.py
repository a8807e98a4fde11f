"""The map of the lessons: each with the question it answers."""

from __future__ import annotations

import streamlit as st

from pages._shared.catalogue import SECTIONS, Entry


def lessons_by_section() -> dict[str, list[Entry]]:
    """Every lesson but the start page, which has the map, under its section of the menu."""
    listed = {
        section: [entry for entry in entries if entry.question and entry.path]
        for section, entries in SECTIONS.items()
    }
    return {section: entries for section, entries in listed.items() if entries}


def show_lesson_map() -> None:
    """Every lesson as a link, in the order of the course, one below the other."""
    for section, entries in lessons_by_section().items():
        for entry in entries:
            with st.container(key=f"map_{entry.path}"):
                _link(entry)
                st.caption(f"{section} · {entry.title}")


def show_lessons_by_section() -> None:
    """Every lesson as a link, one column for each section of the menu."""
    listed = lessons_by_section()
    with st.container(key="lesson_map"):
        for column, (section, entries) in zip(st.columns(len(listed)), listed.items(), strict=True):
            with column:
                st.markdown(f"**{section}**")
                for entry in entries:
                    with st.container(key=f"map_{entry.path}"):
                        _link(entry)


def _link(entry: Entry) -> None:
    st.page_link(entry.file, label=f"**{entry.question}**")
