"""The same layers without and with ReLU on two moons, or the plain ones multiplied out with all numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dl_core.collapsing_layers import X_RANGE, Y_RANGE, CollapsingLayers, Trained, takeaway
from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.layer_product import in_a_row, multiplication
from dl_core.figures.picture import BLUE, INK, PAPER, VERMILLION, Picture, house_drawing
from dl_core.moon_networks import Layer
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    import pandas as pd

LEFT, RIGHT = (0.0, 0.485), (0.515, 1.0)  # shares of the width
TINTS = [[0, "rgba(0,0,0,0)"], [1, tint(BLUE, 0.16)]]  # below 0 paper, above 0 "upper moon"
STEEPEST = 9.0  # scores beyond are drawn as this: only the border counts
COUNT = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}


def layers_on_moons(shown: CollapsingLayers) -> Picture:
    """Both borders side by side, or the last step of the multiplication.

    Examples
    --------
    >>> from dl_core.collapsing_layers import Settings, story
    >>> layers_on_moons(story(Settings(2))).figure["layout"]["title"]["text"]
    'Two layers without activation draw one straight line; with ReLU the border bends'
    """
    many = COUNT[shown.settings.n_layers]
    if shown.settings.view == "sums":
        title = f"{many} layers without activation multiply out to one line"
        product, film = multiplication(shown, title)
        return Picture(product, takeaway(shown), lambda: _table(shown), film)
    figure = house_drawing(
        f"{many} layers without activation draw one straight line; with ReLU the border bends", height=380
    )
    _axes(figure)
    _panel(figure, shown, shown.plain, "", "no activation")
    _panel(figure, shown, shown.bent, "2", "ReLU between")
    summary = f"Two moons on a plane, parted by {shown.settings.n_layers} layers twice. {takeaway(shown)}"
    return Picture(figure, summary, lambda: _table(shown))


def _axes(figure: Drawing) -> None:
    layout = figure["layout"]
    bare = {"visible": False, "fixedrange": True}
    layout["xaxis"] = {**bare, "domain": list(LEFT), "range": list(X_RANGE)}
    layout["xaxis2"] = {**bare, "domain": list(RIGHT), "range": list(X_RANGE), "anchor": "y2"}
    layout["yaxis"] = {**bare, "range": list(Y_RANGE)}
    layout["yaxis2"] = {**bare, "range": list(Y_RANGE), "anchor": "x2"}
    layout["margin"] = {"l": 4, "r": 4, "t": 70, "b": 8}
    layout["meta"] = {"narrow_height": 250}


def _panel(figure: Drawing, shown: CollapsingLayers, one: Trained, axis: str, name: str) -> None:
    """The plane with its border, the points, and how many new ones are right."""
    axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    rows, columns = one.map.shape
    figure.add_trace(
        {
            "type": "contour",
            "x": np.linspace(*X_RANGE, columns).round(3).tolist(),
            "y": np.linspace(*Y_RANGE, rows).round(3).tolist(),
            "z": (one.map / (2 * STEEPEST)).clip(-0.5, 0.5).round(4).tolist(),
            "contours": {"start": 0, "end": 0, "size": 1, "coloring": "fill"},
            "autocontour": False,
            "colorscale": TINTS,
            "showscale": False,
            "line": {"width": 3, "color": INK},
            "hoverinfo": "skip",
            **axes,
        }
    )
    for label, colour, symbol, told in ((1, BLUE, "circle", "upper"), (0, VERMILLION, "square", "lower")):
        chosen = shown.labels == label
        figure.add_scatter(
            x=shown.points[chosen, 0].round(2).tolist(), y=shown.points[chosen, 1].round(2).tolist(),
            mode="markers", name=f"{told} moon", hovertemplate=f"{told} moon<extra></extra>",
            marker={"color": colour, "symbol": symbol, "size": 7, "line": {"color": PAPER, "width": 1}},
            **axes,
        )  # fmt: skip
    wrong = shown.points[~one.seen_right]
    if len(wrong):
        figure.add_scatter(
            x=wrong[:, 0].round(2).tolist(), y=wrong[:, 1].round(2).tolist(), mode="markers", name="wrong",
            hoverinfo="skip", marker={"symbol": "x-thin", "size": 11, "line": {"width": 2, "color": INK}},
            **axes,
        )  # fmt: skip
    figure.add_annotation(
        xref=f"x{axis} domain", yref=f"y{axis} domain", x=0, y=1, xanchor="left", yanchor="bottom",
        showarrow=False, text=f"<b>{name}</b>: {percent(one.new.value)} right",
        font={"color": INK, "size": 14},
    )  # fmt: skip


def _table(shown: CollapsingLayers) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "layer without activation": place,
            "its weights, row by row": _rows(layer),
            "its biases": in_a_row(layer.bias),
            "all so far as one layer: weights": _rows(product),
            "all so far as one layer: biases": in_a_row(product.bias),
        }
        for place, (layer, product) in enumerate(
            zip(shown.plain.network.layers, shown.products, strict=True), 1
        )
    )


def _rows(layer: Layer) -> str:
    return "; ".join(in_a_row(row) for row in layer.weights)
