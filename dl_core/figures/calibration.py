"""How often answers were right, by how sure the network was of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import ACCENT, BLUE, QUIET, Picture, house_drawing
from dl_core.intervals import share_of
from dl_core.vision.calibration import Bin
from dl_core.vision.card import Card
from dl_core.vision.predict import FEWEST_COUNTED, Prediction, confidence_sentence

if TYPE_CHECKING:
    import pandas as pd


def reliability(card: Card, found: Prediction | None = None) -> Picture:
    """How often answers were right, by how sure they were; the reader's own answer is marked.

    Examples
    --------
    >>> from dl_core.vision.card import example_card
    >>> len(reliability(example_card()).table)
    10
    """
    own = card.reliability_at(found.probability) if found else None
    figure = house_drawing(reliability_title(card, own))
    figure.add_scatter(
        x=[0, 100], y=[0, 100], mode="lines", hoverinfo="skip", line={"color": QUIET, "dash": "dot"}
    )
    counted = [one for one in card.reliability if one.n >= FEWEST_COUNTED]
    _reliability_points(figure, counted, own)
    figure.add_annotation(
        text="as often right as sure",
        x=74,
        y=82,
        showarrow=False,
        textangle=0,
        xanchor="right",
        font={"size": 13, "color": QUIET},
    )
    figure.update_xaxes(title={"text": "How sure the network was (%)"}, range=[-3, 103], dtick=20)
    figure.update_yaxes(title={"text": "Of 100 such answers, right"}, range=[-3, 103], dtick=20)
    summary = confidence_sentence(found, card) if found else f"{reliability_title(card, None)}."
    return Picture(figure, summary, lambda: _reliability_table(card))


def reliability_title(card: Card, own: Bin | None) -> str:
    """The finding: for the reader's answer where there is one, else for all."""
    if own is not None and own.n >= FEWEST_COUNTED:
        span = f"{100 * own.low:.0f} to {100 * own.high:.0f} %"
        return f"Answers {span} sure: {own.right:,} of {own.n:,} right"
    return f"Sure and right differ by {100 * card.ece:.1f} points on average"


def _reliability_points(figure: Drawing, counted: list[Bin], own: Bin | None) -> None:
    shares = [share_of(one.right, one.n) for one in counted]
    y = np.array([100 * share.value for share in shares])
    figure.add_scatter(
        x=[100 * one.confidence for one in counted],
        y=y,
        mode="markers",
        marker={
            "opacity": 1,
            "color": [ACCENT if one == own else BLUE for one in counted],
            "symbol": ["diamond" if one == own else "circle" for one in counted],
            "size": [15 if one == own else 10 for one in counted],
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [100 * share.high for share in shares] - y,
            "arrayminus": y - [100 * share.low for share in shares],
            "color": QUIET,
            "thickness": 1.2,
            "width": 0,
        },
        customdata=[one.n for one in counted],
        hovertemplate="%{x:.0f} % sure<br>%{y:.0f} of 100 right<br>%{customdata:,} photos<extra></extra>",
    )


def _reliability_table(card: Card) -> pd.DataFrame:
    import pandas as pd

    rows = card.reliability
    return pd.DataFrame(
        {
            "how sure (%)": [f"{100 * one.low:.0f} to {100 * one.high:.0f}" for one in rows],
            "answers": [one.n for one in rows],
            "right": [one.right for one in rows],
            "right of 100": [f"{100 * one.right / one.n:.0f}" if one.n else "no answer" for one in rows],
        }
    )
