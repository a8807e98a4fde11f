"""With what a control begins that is not drawn yet, when something else in the visit says so."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dl_core.running_case import CASES, Case
from pages._shared.visit import visit


def case_of_other_pages(lesson: str) -> Case:
    """The running case chosen earlier in this visit; who comes to ``lesson`` by a link finds all in it."""
    return visit().case if set(visit().left) - {lesson} else CASES[0]


def born_with(control: str, value: Any, in_link: str | list[str]) -> None:
    """Let a control that is not drawn yet begin with a value, and say so in the link, as it does not itself.

    Parameters
    ----------
    control
        Its key.
    value
        What it begins with.
    in_link
        The value as the link writes it.
    """
    st.session_state[control] = value
    st.query_params[control] = in_link
