"""The sigmoid of the festival neuron: eight cases on the curve, the step behind it, a threshold across."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing, each_in_four, four_figures
from dl_core.figures.picture import ACCENT, BLUE, PAPER, QUIET, WORDS, Picture, house_drawing
from dl_core.logistic_neuron import FAR, Group, LogisticNeuron, shares, takeaway
from dl_core.numbers_in_words import number, percent
from dl_core.perceptron import in_words

if TYPE_CHECKING:
    import pandas as pd

LOW, HIGH = -0.12, 1.14
CROWDED = 0.85  # from this share on, the two cases next to the middle move their words away from the curve
SHORT = {
    "good weather and one more": "sun and one more",
    "good weather alone": "sun alone",
    "bad weather, both others": "rain, both others",
    "bad weather, one other": "rain, one other",
}
# where a case's words stand, seen from its point: across and up in pixels, and the side they are held at
PLACES = {
    5.0: (0, 15, "center"),
    3.0: (10, -25, "left"),
    1.0: (13, 0, "left"),
    -1.0: (-13, 0, "right"),
    -3.0: (-10, 25, "right"),
    -5.0: (0, -15, "center"),
}


def sigmoid_and_step(shown: LogisticNeuron) -> Picture:
    """Share against sum, every case on the curve, go or stay by shape.

    Examples
    --------
    >>> from dl_core.logistic_neuron import Settings, story
    >>> sigmoid_and_step(story(Settings())).figure["layout"]["title"]["text"]
    'With a threshold of 50 %, 4 of 8 cases are a yes'
    """
    n, share = shown.n_going, shown.settings.threshold_percent
    figure = house_drawing(f"With a threshold of {share} %, {n} of 8 cases are a yes", height=400)
    _curves(figure, shown)
    _threshold(figure, shown)
    _cases(figure, shown)
    figure.update_xaxes(
        title={"text": "sum: weights of what is met, plus the bias of −5"},
        range=[-FAR - 0.6, FAR + 0.6],
        tickvals=[-6, -4, -2, 0, 2, 4, 6],
        ticktext=["−6", "−4", "−2", "0", "2", "4", "6"],
        showgrid=False,
    )
    figure.update_yaxes(
        title={"text": "share for go (%)"},
        range=[LOW, HIGH],
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        ticktext=["0", "25", "50", "75", "100"],
    )
    return Picture(figure, f"A sigmoid with eight cases on it. {takeaway(shown)}", lambda: _table(shown))


@cache  # one entry for each scale
def _curve(scale: float) -> tuple[list[float], list[float]]:
    sums = np.linspace(-FAR, FAR, 113)
    heights = shares(sums, scale)
    return [round(float(x), 3) for x in sums], each_in_four(heights)


def _curves(figure: Drawing, shown: LogisticNeuron) -> None:
    figure.add_scatter(
        x=[-FAR, 0, 0, FAR], y=[0, 0, 1, 1], mode="lines", name="step", hoverinfo="skip",
        line={"color": QUIET, "width": 2, "dash": "dash"},
    )  # fmt: skip
    xs, ys = _curve(shown.settings.scale)
    figure.add_scatter(
        x=xs, y=ys, mode="lines", name="sigmoid", line={"color": BLUE, "width": 3.5},
        hovertemplate="sum %{x:.3g}: share %{y:.3g}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=0, y=0.13, text="step", showarrow=False, xanchor="left", xshift=8, font={"color": QUIET, "size": 14}
    )
    x = math.log(0.62 / 0.38) / shown.settings.scale
    figure.add_annotation(
        x=round(x, 3), y=0.62, text="<b>sigmoid</b>", showarrow=False, xanchor="left", xshift=9,
        font={"color": WORDS[BLUE], "size": 14},
    )  # fmt: skip


def _threshold(figure: Drawing, shown: LogisticNeuron) -> None:
    """The reader's line: above it go, below it stay."""
    share = shown.settings.threshold_percent
    figure.add_shape(
        type="line", x0=-FAR - 0.6, x1=FAR + 0.6, y0=share / 100, y1=share / 100,
        line={"color": ACCENT, "width": 2, "dash": "dot"},
    )  # fmt: skip
    right, above = share < 50, share < 60  # where the curve and the words of the cases are not
    figure.add_annotation(
        x=FAR + 0.5 if right else -FAR - 0.5, y=share / 100, showarrow=False,
        xanchor="right" if right else "left", yanchor="bottom" if above else "top",
        text=f"threshold {share} %: go above it", font={"color": ACCENT, "size": 14},
        yshift=1 if above else -1,
    )  # fmt: skip


def _cases(figure: Drawing, shown: LogisticNeuron) -> None:
    figure.add_scatter(
        x=[group.sum for group in shown.groups],
        y=[four_figures(group.share) for group in shown.groups],
        mode="markers",
        name="cases",
        marker={
            "symbol": ["circle" if group.goes else "square" for group in shown.groups],
            "size": 13,
            "color": [BLUE if group.goes else PAPER for group in shown.groups],
            "line": {"width": 2.5, "color": [BLUE if group.goes else QUIET for group in shown.groups]},
        },
        hovertext=[f"{_named(group)}: {_share(group)}" for group in shown.groups],
        hoverinfo="text",
    )
    for group in shown.groups:
        across, up, side = PLACES[group.sum]
        if abs(group.sum) == 1 and max(group.share, 1 - group.share) > CROWDED:
            up = -54 if group.sum > 0 else 54
        told = f"{_named(group)}: <b>{_share(group)}</b>"
        figure.add_annotation(
            x=group.sum, y=four_figures(group.share), text=told, showarrow=False,
            xanchor=side, align=side, xshift=across, yshift=up,
            font={"color": WORDS[BLUE] if group.goes else QUIET, "size": 13},
        )  # fmt: skip


def _named(group: Group) -> str:
    name = SHORT.get(group.name, group.name)
    return f"{name}<br>2 cases" if len(group.cases) == 2 else name


def _share(group: Group) -> str:
    """Never quite 0 or 100 %, as no sigmoid is."""
    return percent(min(max(group.share, 1e-9), 1 - 1e-9))


def _table(shown: LogisticNeuron) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "case": in_words(case),
            "sum with bias": number(group.sum),
            "share for go": _share(group),
            "a step says": "go" if group.sum > 0 else "stay",
            f"with a threshold of {shown.settings.threshold_percent} %": "go" if group.goes else "stay",
        }
        for group in shown.groups
        for case in group.cases
    )
