"""Controls that few readers need, drawn when a reader opens them or once one of them has moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def opened_fold(label: str, key: str, defaults: Mapping[str, Any]) -> DeltaGenerator | None:
    """The fold to draw the controls in, or None while it is closed and all of them stand at their defaults.

    A control that nobody sees costs as much as one that everybody uses, at every move of every slider. A
    moved one stays drawn, because the link holds only what is drawn.

    Parameters
    ----------
    key
        Of the fold itself.
    defaults
        Control key → where the control stands if nobody moved it.
    """
    fold = st.expander(label, key=key, on_change="rerun")
    moved = any(st.session_state.get(name, default) != default for name, default in defaults.items())
    if fold.open or moved or set(defaults) & set(st.query_params):
        return fold
    for name, default in defaults.items():  # a preset looks up where every control stands
        st.session_state.setdefault(name, default)
    return None
