"""A surface as a map, with the lines of equal height; or as a curve, where only one number moves."""

from __future__ import annotations

from functools import cache

import numpy as np

from dl_core.figures.drawing import Drawing, Spec
from dl_core.figures.picture import FAINT, INK, PAPER, QUIET
from dl_core.surfaces import Surface, surface

ACROSS, UP = 45, 31  # places of the map, which is enough for smooth lines
N_LEVELS = 14
GREY = [[0, PAPER], [1, FAINT]]  # high ground is darker, in either theme


def draw_landscape(figure: Drawing, key: str) -> None:
    """The ground to walk on: a curve with its height, or a map with lines of equal height.

    Parameters
    ----------
    figure
        Is drawn on; its axes get the surface's ranges, which no walk moves.
    key
        Of the surface.
    """
    ground = surface(key)
    if ground.dimensions == 1:
        xs, heights = _curve(key)
        figure.add_scatter(x=xs, y=heights, mode="lines", line={"color": QUIET, "width": 2}, hoverinfo="skip")
        top = max(heights)
        figure.update_layout(
            xaxis={"range": list(ground.x_range), "title": {"text": "the number that training moves, x"}},
            yaxis={"range": [-0.06 * top, top], "title": {"text": "loss: height"}},
        )
        return
    figure.add_trace(_map(key))
    figure.update_layout(
        xaxis={"range": list(ground.x_range), "title": {"text": "first number, x"}, "showgrid": False},
        yaxis={"range": list(ground.y_range), "title": {"text": "second number, y"}, "showgrid": False},
    )
    for place, floor in enumerate(ground.minima):
        name = "lowest" if place == 0 or _as_low(ground, place) else "higher valley"
        figure.add_annotation(
            x=floor[0], y=floor[1], text=name, showarrow=False, yshift=-16, font={"size": 13, "color": INK},
        )  # fmt: skip
        figure.add_scatter(
            x=[floor[0]], y=[floor[1]], mode="markers", hoverinfo="skip",
            marker={"symbol": "cross-thin", "size": 11, "line": {"width": 2, "color": INK}},
        )  # fmt: skip


def _as_low(ground: Surface, place: int) -> bool:
    return ground.value(*ground.minima[place]) <= ground.value(*ground.minima[0]) + 1e-9


@cache
def _curve(key: str) -> tuple[list[float], list[float]]:
    ground = surface(key)
    xs = np.linspace(*ground.x_range, 61)
    return xs.round(3).tolist(), ground.value(xs, 0.0).round(3).tolist()


@cache
def _map(key: str) -> Spec:
    """The heights on a grid; the levels lie closer where the ground is low, so that a floor has lines too."""
    ground = surface(key)
    xs, ys = np.linspace(*ground.x_range, ACROSS), np.linspace(*ground.y_range, UP)
    heights = ground.value(xs, ys[:, None])
    heights = np.sqrt(heights - heights.min())
    return {
        "type": "contour",
        "x": xs.round(3).tolist(),
        "y": ys.round(3).tolist(),
        "z": heights.round(3).tolist(),
        "colorscale": GREY,
        "showscale": False,
        "ncontours": N_LEVELS,
        "line": {"width": 0.7, "color": "rgba(128,134,142,0.55)"},
        "contours": {"coloring": "fill"},
        "hoverinfo": "skip",
    }
