"""Whether the answer holds when the photo changes a little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import BLUE, INK, QUIET, VERMILLION, Picture, house_drawing
from dl_core.numbers_in_words import percent
from dl_core.vision.wobble import Wobble, wobble_sentence

if TYPE_CHECKING:
    import pandas as pd


def wobble(rows: tuple[Wobble, ...]) -> Picture:
    """How sure the network still is of its first answer after each small change.

    Examples
    --------
    >>> plain, grey = Wobble("as it is", "teapot", 0.8, 0.8, True), Wobble("grey", "wok", 0.5, 0.2, False)
    >>> wobble((plain, grey)).table["answer"].tolist()
    ['teapot', 'wok']
    """
    original, changes = rows[0], rows[1:]
    held = sum(row.held for row in changes)
    figure = house_drawing(f"The answer held in {held} of {len(changes)} small changes")
    before = 100 * original.probability
    line = {"color": QUIET, "dash": "dot", "width": 1.5}
    figure.add_shape(type="line", x0=before, x1=before, y0=-0.6, y1=len(changes) - 0.4, line=line)
    for at, row in enumerate(changes):
        _wobble_row(figure, at, row, before)
    figure.add_annotation(
        text=f"as it is: {original.label}, {before:.0f} %",
        x=before,
        y=-0.75,
        showarrow=False,
        xanchor="left" if before < 50 else "right",
        font={"size": 13, "color": QUIET},
    )
    figure.update_yaxes(
        range=[len(changes) - 0.4, -1.1],
        tickvals=list(range(len(changes))),
        fixedrange=True,
        showgrid=False,
        ticktext=[f"{row.change} " for row in changes],
        tickfont={"size": 14, "color": INK},
    )
    figure.update_xaxes(title={"text": f"Sure of “{original.label}” (%)"}, range=[-3, 103], fixedrange=True)
    return Picture(figure, wobble_sentence(rows), lambda: _wobble_table(rows))


def _wobble_table(rows: tuple[Wobble, ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "change": [row.change for row in rows],
            "answer": [row.label for row in rows],
            "how sure (%)": [round(100 * row.probability, 1) for row in rows],
            f"sure of {rows[0].label} (%)": [round(100 * row.original_probability, 1) for row in rows],
            "held": ["yes" if row.held else "no" for row in rows],
        }
    )


def _wobble_row(figure: Drawing, at: int, row: Wobble, before: float) -> None:
    now = 100 * row.original_probability
    colour = BLUE if row.held else VERMILLION
    figure.add_scatter(
        x=[before, now], y=[at, at], mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip"
    )
    figure.add_scatter(
        x=[now],
        y=[at],
        mode="markers",
        marker={"color": colour, "size": 13, "symbol": "circle" if row.held else "x"},
        hovertemplate=f"{row.change}: {row.label}, {percent(row.probability)}<extra></extra>",
    )
    if not row.held:
        figure.add_annotation(
            text=f"now {row.label}",
            x=now,
            y=at,
            showarrow=False,
            yshift=14,
            xanchor="left" if now < 55 else "right",
            font={"size": 13, "color": QUIET},
        )
