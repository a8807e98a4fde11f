"""Scenes that look at the opening one follow it once its control has come to rest, not at every move."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages._shared.later import in_a_browser
from pages._shared.visit import visit

_mount = st.components.v2.component(
    "follow",
    html="<i hidden></i>",
    js=(Path(__file__).parent / "follow.js").read_text(),
    isolate_styles=False,
)


def fall_behind(page: str) -> None:
    """The scenes below show a former choice; where no browser can say when to follow, they do at once."""
    if not in_a_browser():
        st.rerun()
    visit().behind[page] = visit().behind.get(page, 0) + 1


def has_caught_up(page: str) -> None:
    """The whole page runs: its scenes below show what the opening one does."""
    visit().behind.pop(page, None)


def follow(page: str) -> None:
    """Run the whole page as soon as nothing has moved for a moment; the browser knows when.

    To be called in the opening scene's fragment, and at every run of it: the page's scenes are drawn in a
    tenth of a second, and a slider that is being dragged asks thirty times in one.

    Parameters
    ----------
    page
        Name of its lesson.
    """
    moves = visit().behind.get(page, 0)
    if _mount(key=f"{page}_follow", data=moves, on_rest_change=lambda: None).rest == moves > 0:
        st.rerun()
