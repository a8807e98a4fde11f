"""How sure the network stays while the photo is covered: in the map's order, and in others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dl_core.deletion_curve import N_PATCHES, STEPS, TOLD, Curve, Deletion
from dl_core.deletion_in_words import takeaway
from dl_core.figures.drawing import Drawing, add_band, each_in_four
from dl_core.figures.images import data_uri, enlarged
from dl_core.figures.picture import BLUE, PURPLE, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.vision.views import Pixels

if TYPE_CHECKING:
    import pandas as pd

CURVES_SHARE = 0.76  # of the chart's width; the two small pictures stand right of the curves
ENLARGED = 3  # times: the square has 64 pixels, and each stays a square
RIVAL_NAMES = {"random": "by chance", "moved": "map moved"}


def deletion_curve(told: Deletion) -> Picture:
    """The map's curve, the band of the draws, and the scrambled map's curve."""
    figure = house_drawing(_title(told), height=420)
    _band(figure, told)
    for curve, colour, dash, symbol, name in (
        (told.by_scrambled, PURPLE, "dot", "square", "scrambled map"),
        (told.by_map, VERMILLION, "solid", "circle", "map"),
    ):
        if curve:
            figure.add_scatter(
                name=name, x=list(STEPS), y=_percents(curve), mode="lines+markers",
                line={"color": colour, "width": 2.5, "dash": dash},
                marker={"color": colour, "size": 8, "symbol": symbol},
                hovertemplate=f"{name}, %{{x}} patches covered: %{{y:.0f}} %<extra></extra>",
            )  # fmt: skip
    _key(figure, told)
    for at, (pixels, caption) in enumerate(_pictures(told)):
        _small(figure, pixels, caption, 0.94 - 0.5 * at)
    figure.update_xaxes(
        title={"text": f"patches covered, of {N_PATCHES}"}, range=[-1.5, N_PATCHES + 1],
        tickvals=[0, 8, 16, 24, 32, 48, 64], domain=[0, CURVES_SHARE],
    )  # fmt: skip
    figure.update_yaxes(
        title={"text": f"sure of “{told.settings.label}” (%)"}, range=[-2, 128],
        tickvals=[0, 20, 40, 60, 80, 100],
    )  # fmt: skip
    figure.update_layout(margin={"t": 52}, meta={"narrow_height": 380})
    return Picture(figure, takeaway(told), lambda: _table(told))


def _title(told: Deletion) -> str:
    rival = "chance" if told.settings.rival == "random" else "the moved map"
    if not told.draws:
        return "The map's order alone, nothing to compare it with"
    return {
        "too low": f"“{told.settings.label}” starts too low for a test",
        "faster": f"The map finds what counts faster than {rival}",
        "slower": f"The map does worse than {rival}",
        "tie": f"The map and {rival}: a tie",
    }[told.verdict]


def _percents(curve: Curve) -> list[float]:
    return each_in_four(100 * one for one in curve.sure)


def _band(figure: Drawing, told: Deletion) -> None:
    """From the lowest to the highest of the draws, and their mean."""
    if not told.draws:
        return
    rows = np.array([draw.sure for draw in told.draws]) * 100
    name = RIVAL_NAMES[told.settings.rival]
    add_band(figure, STEPS, each_in_four(rows.min(axis=0)), each_in_four(rows.max(axis=0)), BLUE)
    figure.add_scatter(
        name=name, x=list(STEPS), y=each_in_four(rows.mean(axis=0)), mode="lines",
        line={"color": BLUE, "width": 2.5, "dash": "dash"},
        hovertemplate=f"{name}, mean at %{{x}} patches: %{{y:.0f}} %<extra></extra>",
    )  # fmt: skip


def _key(figure: Drawing, told: Deletion) -> None:
    """The lines' names with the area under each, over the curves where nothing is drawn."""
    said = [(VERMILLION, f"●── map: area {told.by_map.area:.2f}")]
    if told.draws:
        areas = [draw.area for draw in told.draws]
        name = RIVAL_NAMES[told.settings.rival]
        said.append((BLUE, f"╌╌ {name}, {len(areas)} draws: {min(areas):.2f} to {max(areas):.2f}"))
    if told.by_scrambled:
        said.append((PURPLE, f"■┄┄ scrambled map: {told.by_scrambled.area:.2f}"))
    for row, (colour, text) in enumerate(said):
        figure.add_annotation(
            text=text, x=N_PATCHES + 1, y=127 - 8.5 * row, xanchor="right", yanchor="top", showarrow=False,
            font={"size": 14, "color": WORDS[colour]},
        )  # fmt: skip


def _pictures(told: Deletion) -> list[tuple[Pixels, str]]:
    found = [(told.covered, f"map: first {TOLD}")]
    if told.rival is not None:
        found.append((told.rival, RIVAL_NAMES[told.settings.rival]))
    return found


def _small(figure: Drawing, pixels: Pixels, caption: str, top: float) -> None:
    place = {"xref": "paper", "yref": "paper", "x": CURVES_SHARE + 0.03, "xanchor": "left"}
    figure.add_layout_image(
        source=data_uri(enlarged(pixels, ENLARGED)), y=top, yanchor="top", sizex=0.97 - CURVES_SHARE,
        sizey=0.4, sizing="contain", **place,
    )  # fmt: skip
    figure.add_annotation(
        text=caption, y=top, yanchor="bottom", showarrow=False, font={"size": 13, "color": QUIET}, **place
    )


def _table(told: Deletion) -> pd.DataFrame:
    import pandas as pd

    columns = {"patches covered": list(STEPS), "map (%)": _percents(told.by_map)}
    if told.by_scrambled:
        columns["scrambled map (%)"] = _percents(told.by_scrambled)
    for number, draw in enumerate(told.draws, 1):
        columns[f"{RIVAL_NAMES[told.settings.rival]}, draw {number} (%)"] = _percents(draw)
    return pd.DataFrame(columns).round(2)
