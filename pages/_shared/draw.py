"""A square to draw a digit in, by mouse, finger or keyboard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

CELLS = 16  # per side; each cell is on or off
BLANK = "0" * (CELLS * CELLS // 4)
_HERE = Path(__file__).parent
_mount = st.components.v2.component(
    "draw",
    html='<div class="draw"></div>',
    css=(_HERE / "draw.css").read_text(),
    js=(_HERE / "draw.js").read_text(),
    isolate_styles=False,
)


def to_cells(drawing: str) -> NDArray[np.uint8]:
    """The drawing in a link as cells of 0 and 1, ``(16, 16)``; nonsense becomes a blank square.

    >>> int(to_cells("f" + BLANK[1:]).sum()), int(to_cells("nonsense").sum())
    (4, 0)
    """
    if len(drawing) != len(BLANK) or set(drawing) - set("0123456789abcdef"):
        drawing = BLANK
    bits = np.unpackbits(np.frombuffer(bytes.fromhex(drawing), np.uint8))
    return bits.reshape(CELLS, CELLS)


def draw_cells(key: str) -> NDArray[np.uint8]:
    """Show the square; the drawing is in the link under ``key`` and comes back as ``(16, 16)`` of 0 and 1."""

    def drawn() -> None:
        st.session_state[key] = st.session_state[f"{key}_square"].get("drawing") or BLANK

    place = st.container()
    # the link holds the drawing; the field is also the way in for a reader who cannot draw
    with st.expander("The drawing as text"):
        text = st.text_input(
            "64 signs, one for every four cells", BLANK, max_chars=len(BLANK), key=key, bind="query-params"
        )
    with place:
        _mount(key=f"{key}_square", data={"drawing": text, "cells": CELLS}, on_drawing_change=drawn)
    return to_cells(text)
