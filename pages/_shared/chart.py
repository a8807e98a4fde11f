"""Show a `Picture`: a Plotly chart that updates in place, its words, and its table.

Streamlit's own `st.plotly_chart` rebuilds its element on every change of data, which flickers and
forgets zoom. This element keeps its node and calls ``Plotly.react``. Measured side by side in
``benchmarks/charts.py``; the figures and the choice are in ARCHITECTURE.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from dl_core.figures.picture import ACCENT, FAINT, INK, PAPER, QUIET, WORDS, WORDS_ON_DARK, Picture
from pages._shared import plotly_script

_HERE = Path(__file__).parent
PART = "\0"  # between the parts of what a chart is given; JSON never holds it
_INKS = (("ink", INK), ("quiet", QUIET), ("faint", FAINT), ("paper", PAPER), ("accent", ACCENT))
_WORDS = tuple((word, WORDS_ON_DARK[mark]) for mark, word in WORDS.items())  # on paper, on dark ground
_mount = st.components.v2.component(
    "chart",
    html=(_HERE / "chart.html").read_text(),
    css=(_HERE / "chart.css").read_text(),
    js="\n".join((_HERE / f"{part}.js").read_text() for part in ("film", "touch", "chart")),
    isolate_styles=False,  # Plotly puts its own style sheet into the document
)


def show_picture(
    picture: Picture, key: str, *, on_pick: Callable[[float, float], None] | None = None
) -> None:
    """Draw the chart; `show_words` goes with it, near it.

    Parameters
    ----------
    picture
        What a figure function returned.
    key
        Names the element; the same key updates in place.
    on_pick
        Called with the clicked point's x and y before the page runs again. Whatever it changes must
        also have a control that the keyboard reaches.
    """

    def picked() -> None:
        point = st.session_state[key].get("picked")
        if on_pick and point:
            on_pick(float(point["x"]), float(point["y"]))

    # a chart that nobody can pick from has nothing to tell, and Streamlit asks who could at every rerun
    told = {"on_picked_change": picked} if on_pick else {}
    _mount(key=key, data=_packed(picture, pickable=on_pick is not None), **told)


def _packed(picture: Picture, *, pickable: bool) -> bytes:
    """What the browser needs, as bytes in three parts: Streamlit would write a dictionary as JSON twice."""
    about = {
        "summary": picture.summary,
        "script": plotly_script.name_for(picture.figure),
        "inks": _INKS,
        "words": _WORDS,
        "pickable": pickable,
    }
    film = picture.film.json if picture.film else ""
    return PART.join((json.dumps(about), picture.json, film)).encode()


def unpacked(data: bytes) -> dict[str, Any]:
    """What a chart was given, as `chart.js` reads it; for the tests and benchmarks."""
    about, figure, film = data.decode().split(PART)
    return {**json.loads(about), "figure": figure, "film": film}


def show_words(picture: Picture, key: str) -> None:
    """What the chart shows, for a reader who cannot see it or wants the numbers: folded.

    The table is made and sent when a reader opens it. Sent folded, it was a quarter of the work of every
    move of a slider, for nobody.
    """
    with st.expander(
        "This picture in words and numbers", key=f"{key}_words_open", on_change="rerun"
    ) as folded:
        if folded.open:
            st.markdown(picture.summary)
            st.table(picture.table, hide_index=True, border="horizontal")
