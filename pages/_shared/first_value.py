"""The choice of the running case, and the controls that begin with the numbers of that case.

A case's number is the *default* of its control. So it stands in no link; the case does, and brings it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from dl_core.running_case import CASES, Case, case
from pages._shared.visit import visit

T = TypeVar("T")


def choose_case() -> bool:
    """Draw the choice of the case; controls that nobody has moved follow it.

    Returns
    -------
        Whether it is another one than when this visit last looked.
    """
    chosen = st.pills(
        "Your product is closest to",
        [each.key for each in CASES],
        default=CASES[0].key,
        required=True,
        format_func=lambda key: case(key).name,
        key="case",
        bind="query-params",
        persist_state="session",
    )
    before, now = visit().case, case(chosen) if chosen else CASES[0]  # an empty one in a link is none
    visit().case = now
    if now is before:
        return False
    for control, by_case in visit().begun.items():
        if control in st.session_state and st.session_state[control] == by_case[before.key]:
            st.session_state[control] = by_case[now.key]
    return True


def begins(control: str, of_case: Callable[[Case], T], usual: T | None = None) -> T:
    """With what a control begins: a number or a word of the running case.

    Parameters
    ----------
    control
        Its key.
    of_case
        What belongs to a case.
    usual
        With what it begins for the first case, where the page's own example stands instead.
    """
    first: dict[str, Any] = {} if usual is None else {CASES[0].key: usual}
    by_case = {each.key: of_case(each) for each in CASES} | first
    visit().begun[control] = by_case
    began: T = by_case[visit().case.key]
    return began
