"""The picture before and after a tiny change, the change itself, and what every strength does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing, add_band, cut, each_in_four
from dl_core.figures.images import enlarged, png_uri
from dl_core.figures.picture import BLUE, INK, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import percent, so_many
from dl_core.tiny_change import STRENGTHS, TinyChange, takeaway
from dl_core.vision.views import Pixels

if TYPE_CHECKING:
    import pandas as pd

ENLARGED = 3  # times: the square has 64 pixels, and each stays a square
MAGNIFIED = 15  # times: the largest change of the list, 8, becomes 120 and just fits around mid grey
LEFT, APART = -0.04, 0.36  # of the width: the panels, a little over the room of the curves' axis
LONGEST = 15  # letters of a name over a panel; the title has it in full
CURVES_SHARE = 0.38  # of the chart's height, from below


def tiny_change(told: TinyChange) -> Picture:
    """Three small pictures over two curves: the attack, and random noise of the same size."""
    figure = house_drawing(_title(told), height=460)
    before, after = told.sweep.pictures[0], told.sweep.pictures[told.at]
    apart = 128 + MAGNIFIED * (after.astype(np.int64) - before)
    panels = (
        ("before", before, cut(told.sweep.first, LONGEST)),
        ("after", after, cut(told.answer, LONGEST)),
        (f"change × {MAGNIFIED}", np.clip(apart, 0, 255).astype(np.uint8), "grey: no change"),
    )
    for column, (caption, pixels, said) in enumerate(panels):
        _panel(figure, column, caption, pixels, said)
    _noise(figure, told)
    _attack(figure, told)
    figure.update_xaxes(
        title={"text": "largest change of a pixel (of 255)"}, range=[-0.3, STRENGTHS[-1] + 0.3],
        tickvals=list(STRENGTHS),
    )  # fmt: skip
    figure.update_yaxes(
        title={"text": "first guess (%)"}, range=[-8, 108], tickvals=[0, 50, 100],
        domain=[0, CURVES_SHARE],
    )  # fmt: skip
    figure.update_layout(margin={"t": 52}, meta={"narrow_height": 370})
    return Picture(figure, takeaway(told), lambda: _table(told))


def _title(told: TinyChange) -> str:
    first = told.sweep.first
    if told.settings.strength == 0:
        return f"Without a change: “{first}”, {percent(told.sweep.sure[0])}"
    if told.flips:
        return f"At {told.settings.strength} of 255, “{first}” becomes “{told.answer}”"
    return f"At {told.settings.strength} of 255, “{first}” stays, at {percent(told.sweep.sure[told.at])}"


def _panel(figure: Drawing, column: int, caption: str, pixels: Pixels, said: str) -> None:
    left = LEFT + column * APART
    place = {"xref": "paper", "yref": "paper", "x": left, "xanchor": "left"}
    figure.add_layout_image(
        source=png_uri(enlarged(pixels, ENLARGED)), y=0.9, yanchor="top", sizex=0.31, sizey=0.4,
        sizing="contain", **place,
    )  # fmt: skip
    figure.add_annotation(  # both over the picture: how far down that reaches hangs on the width
        text=f"<b>{caption}</b><br>{said}", y=0.905, yanchor="bottom", align="left", showarrow=False,
        font={"size": 14, "color": INK}, **place,
    )  # fmt: skip


def _noise(figure: Drawing, told: TinyChange) -> None:
    if not told.sweep.noise:
        return
    rows = np.array(told.sweep.noise) * 100
    add_band(figure, STRENGTHS, each_in_four(rows.min(axis=0)), each_in_four(rows.max(axis=0)), BLUE)
    mean = each_in_four(rows.mean(axis=0))
    figure.add_scatter(
        name="random noise", x=list(STRENGTHS), y=mean, mode="lines+markers",
        line={"color": BLUE, "width": 2.5, "dash": "dash"},
        marker={"color": BLUE, "size": 9, "symbol": "square"},
        hovertemplate="random noise of %{x}: %{y:.1f} %<extra></extra>",
    )  # fmt: skip


def _attack(figure: Drawing, told: TinyChange) -> None:
    sure = each_in_four(100 * one for one in told.sweep.sure)
    figure.add_scatter(
        name="attack", x=list(STRENGTHS), y=sure, mode="lines+markers",
        line={"color": VERMILLION, "width": 2.5}, marker={"color": VERMILLION, "size": 9},
        hovertemplate="attack of %{x}: %{y:.1f} %<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=[STRENGTHS[told.at]], y=[sure[told.at]], mode="markers", hoverinfo="skip", cliponaxis=False,
        marker={"symbol": "circle-open", "size": 19, "color": INK, "line": {"width": 2.5}},
    )  # fmt: skip
    named = [(VERMILLION, "● attack", 0.0)]
    if told.sweep.noise:
        named.append((BLUE, f"■ random noise, {so_many(len(told.sweep.noise), 'draw')}", 0.3))
    for colour, text, place in named:
        figure.add_annotation(
            text=text, x=place, y=CURVES_SHARE + 0.005, xref="paper", yref="paper", xanchor="left",
            yanchor="bottom", showarrow=False, font={"size": 14, "color": WORDS[colour]},
        )  # fmt: skip


def _table(told: TinyChange) -> pd.DataFrame:
    import pandas as pd

    shown = told.sweep
    columns = {
        "largest change (of 255)": list(STRENGTHS),
        "answer after the attack": list(shown.answers),
        "sure of it (%)": [round(100 * one, 2) for one in shown.answers_sure],
        f"sure of {shown.first} (%)": [round(100 * one, 2) for one in shown.sure],
    }
    if shown.noise:
        rows = np.array(shown.noise) * 100
        columns[f"{shown.first} under noise, least (%)"] = list(rows.min(axis=0).round(2))
        columns[f"{shown.first} under noise, most (%)"] = list(rows.max(axis=0).round(2))
    return pd.DataFrame(columns)
