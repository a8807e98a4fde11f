"""The first screen first: what lies further down is sent once the browser has painted what a reader sees."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages._shared.visit import visit

_HERE = Path(__file__).parent
_mount = st.components.v2.component(
    "later", html="<i hidden></i>", js=(_HERE / "later.js").read_text(), isolate_styles=False
)


def in_a_browser() -> bool:
    """Whether a browser reads the page; whoever else does gets everything at once."""
    return "Mozilla" in st.context.headers.get("User-Agent", "")


def is_later(page: str) -> bool:
    """Whether the rest of this page waits; to be asked inside a fragment, which runs again by itself.

    A lesson has a hundred elements, and a browser that gets them all builds them all before it paints one.
    Only the first visit of a page waits, and only in a browser: whoever else reads the page gets it whole.

    Parameters
    ----------
    page
        Its name in the address.
    """
    if page in visit().whole_pages or not in_a_browser():
        return False
    _mount(key=f"{page}_later", on_painted_change=lambda: visit().whole_pages.add(page))
    return True
