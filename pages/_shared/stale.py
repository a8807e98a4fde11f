"""What a control still holds although it is offered no longer: another photo has other guesses."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import streamlit as st


def drop_stale(key: str, offered: Container[Any]) -> None:
    """Let a control start anew where it holds something else; called before the control is drawn.

    Parameters
    ----------
    key
        Of the control.
    offered
        Everything it may hold; with None where it may be empty.
    """
    if st.session_state.get(key) not in offered:
        st.session_state.pop(key, None)
