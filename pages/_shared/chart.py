"""Show a `Picture`: a Plotly chart that updates in place, its words, and its table.

Streamlit's own `st.plotly_chart` rebuilds its element on every change of data, which flickers and
forgets zoom. This element keeps its node and calls ``Plotly.react``. Measured side by side in
``benchmarks/charts.py``; the figures and the choice are in ARCHITECTURE.md.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dl_core.figures.picture import ACCENT, FAINT, INK, PAPER, QUIET, WORDS, WORDS_ON_DARK, Picture
from pages._shared import plotly_script

_HERE = Path(__file__).parent
# pairs, because Streamlit asks of each dictionary whether it is a table, and loads pandas to find out
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

    _mount(
        key=key,
        data={
            "figure": picture.json,
            "summary": picture.summary,
            "film": picture.film.json if picture.film else "",
            "script": plotly_script.name_for(picture.figure),
            "inks": _INKS,
            "words": _WORDS,
            "pickable": on_pick is not None,
        },
        on_picked_change=picked,
    )


def show_words(picture: Picture, key: str) -> None:
    """What the chart shows, for a reader who cannot see it or wants the numbers: folded.

    The table is made and sent when a reader opens it. Sent folded, it was a quarter of the work of every
    move of a slider, for nobody.
    """
    with (
        st.container(key=f"{key}_words"),
        st.expander(
            "This picture in words and numbers", key=f"{key}_words_open", on_change="rerun"
        ) as folded,
    ):
        if folded.open:
            st.markdown(picture.summary)
            st.table(picture.table, hide_index=True, border="horizontal")
