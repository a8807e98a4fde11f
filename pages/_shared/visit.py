"""What one visit has left the lessons with.

A plain object that lives in the session: a file is made outside a page's run, in another thread, where
Streamlit's own state cannot be asked. Whoever makes one holds this object and so sees the latest of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dl_core.documents.content import Card
from dl_core.figures.picture import Picture
from dl_core.running_case import CASES, Case
from pages._shared.catalogue import START

NOT_SETTINGS = {"present", "scene"}  # in the address, but no setting: a link leads to the page


@dataclass
class Visit:
    """One reader's visit; nothing of it is shared with anybody."""

    left: dict[str, dict[str, Any]] = field(default_factory=dict)  # lesson → scene → its last settings
    queries: dict[str, str] = field(default_factory=dict)  # lesson → what stands behind the ? of its address
    address: str = ""  # of the server as this reader reaches it
    case: Case = CASES[0]
    behind: dict[str, int] = field(default_factory=dict)  # lesson → moves not yet followed below
    whole_pages: set[str] = field(default_factory=set)  # that a browser has been sent to their end
    # control → key of a case → with what it begins there: how a control follows the choice of another case
    begun: dict[str, dict[str, Any]] = field(default_factory=dict)
    cards: tuple[Card, ...] = ()  # the brief
    shown: dict[str, Any] = field(default_factory=dict)  # lesson → the opening result that its scenes look at
    # scene → its latest settings, result and pictures, where they hold a reader's own data
    kept: dict[str, tuple[Any, Any, dict[Callable[[Any], Picture], Picture]]] = field(default_factory=dict)

    def note(self, lesson: str, scene: str, settings: Any) -> None:
        """Keep what a scene stands at; called when its controls have been drawn."""
        self.left.setdefault(lesson, {})[scene] = settings
        self.note_link(lesson)

    def note_link(self, lesson: str) -> None:
        """Keep the address as it stands now; called when something in it may have changed."""
        held = {name: st.query_params.get_all(name) for name in st.query_params if name not in NOT_SETTINGS}
        self.queries[lesson] = urlencode(held, doseq=True)
        self.address = (st.context.url or "").rpartition("/")[0]

    def link(self, lesson: str, query: str | None = None) -> str:
        """The address of a lesson at these settings; at the settings on the screen if none are given."""
        query = self.queries.get(lesson, "") if query is None else query
        path = "" if lesson == START else lesson
        return f"{self.address}/{path}" + (f"?{query}" if query else "")


def visit() -> Visit:
    """This reader's visit."""
    if "visit" not in st.session_state:
        st.session_state["visit"] = Visit()
    found: Visit = st.session_state["visit"]
    return found
