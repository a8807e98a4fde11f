"""Where on the photo a score comes from, beside the same map from scrambled weights."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import INK, QUIET, Picture, house_drawing
from dl_core.vision.explain import COLOURS, Explanation, control_sentence, overlay

if TYPE_CHECKING:
    import pandas as pd

PANEL_GAP = 0.03  # of the figure's width


def why(found: Explanation) -> Picture:
    """The photo, where its score came from, and the same from scrambled weights, on one fixed scale."""
    figure = house_drawing(f"Where “{found.label}” comes from", height=290)
    panels = (
        ("The photo", found.photo),
        ("Trained", overlay(found.photo, found.real, found.scale)),
        ("Scrambled", overlay(found.photo, found.scrambled, found.scale)),
    )
    for column, (caption, pixels) in enumerate(panels):
        left = column * (1 + PANEL_GAP) / len(panels)
        wide = (1 + PANEL_GAP) / len(panels) - PANEL_GAP
        figure.add_layout_image(
            source=data_uri(pixels),
            xref="paper",
            yref="paper",
            x=left,
            y=0.88,
            sizex=wide,
            sizey=0.68,
            xanchor="left",
            yanchor="top",
            sizing="contain",
            layer="above",
        )
        figure.add_annotation(
            text=caption,
            xref="paper",
            yref="paper",
            x=left,
            y=0.9,
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            font={"size": 14, "color": INK},
        )
    _scale_bar(figure, found.scale)
    figure.update_xaxes(visible=False, range=[0, 1], fixedrange=True)
    figure.update_yaxes(visible=False, range=[0, 1], fixedrange=True)
    return Picture(figure, why_summary(found), lambda: _why_table(found))


def why_summary(found: Explanation) -> str:
    """Where the strongest spot is, and what the control says."""
    row, column = np.unravel_index(int(found.real.argmax()), found.real.shape)
    down = ("upper", "middle", "lower")[min(2, 3 * int(row) // found.real.shape[0])]
    across = ("left", "centre", "right")[min(2, 3 * int(column) // found.real.shape[1])]
    return f"The score for “{found.label}” comes mostly from the {down} {across}. {control_sentence(found)}"


def _scale_bar(figure: Drawing, scale: float) -> None:
    steps = np.linspace(0, 1, len(COLOURS))
    shades = [[float(at), f"rgb{tuple(colour)}"] for at, colour in zip(steps, COLOURS, strict=True)]
    figure.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        hoverinfo="skip",
        marker={
            "color": [0],
            "cmin": 0,
            "cmax": scale,
            "colorscale": shades,
            "showscale": True,
            "colorbar": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 0.0,
                "yanchor": "bottom",
                "len": 0.8,
                "thickness": 8,
                "outlinewidth": 0,
                "tickvals": [0, scale / 2, scale],
                "ticktext": ["0", f"{scale / 2:g}", f"{scale:g} or more"],
                "tickfont": {"color": QUIET, "size": 13},
                "title": {
                    "text": "points of score, same scale for every photo",
                    "side": "top",
                    "font": {"size": 13, "color": QUIET},
                },
            },
        },
    )


def _why_table(found: Explanation) -> pd.DataFrame:
    """The nine parts of the photo, each map's average in points of score."""
    import pandas as pd

    rows = []
    bands = [np.array_split(one, 3) for one in (found.real, found.scrambled)]
    for i, down in enumerate(("upper", "middle", "lower")):
        for j, across in enumerate(("left", "centre", "right")):
            parts = [float(np.array_split(band[i], 3, axis=1)[j].mean()) for band in bands]
            rows.append((f"{down} {across}", *(round(part, 2) for part in parts)))
    return pd.DataFrame(rows, columns=["part of the photo", "trained (points)", "scrambled (points)"])


def data_uri(pixels: NDArray[np.uint8]) -> str:
    """The ``pixels`` ``(H, W, 3)`` of 0 to 255 as a JPEG in a link, small enough to travel with the chart.

    >>> data_uri(np.zeros((8, 8, 3), np.uint8))[:23]
    'data:image/jpeg;base64,'
    """
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()
