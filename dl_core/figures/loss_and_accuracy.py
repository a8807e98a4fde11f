"""A training run in two panels: loss above, right answers below, and where they part ways."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing, each_in_four, four_figures
from dl_core.figures.film import Film
from dl_core.figures.picture import BLUE, FAINT, GREEN, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.loss_and_accuracy import N_STEPS, LossAndAccuracy, Stretch, takeaway
from dl_core.numbers_in_words import percent, two_figures

if TYPE_CHECKING:
    import pandas as pd

FIRST_SHOWN = 7  # steps; what comes before is the same in every run
UPPER, LOWER = (0.42, 1.0), (0.0, 0.32)  # shares of the height
TICKS = (10, 100, 1000)
BAND = {"better": "rgba(0,158,115,0.16)", "worse": "rgba(213,94,0,0.15)"}
FEWER, MORE = 28, 6  # right answers below and above the most: the same range for every run
TRAIN, VALIDATION, RIGHT = range(3)  # places of the traces


def loss_and_accuracy(shown: LossAndAccuracy) -> Picture:
    """Training and validation loss over the steps, right answers under them, the stretches shaded.

    Examples
    --------
    >>> from dl_core.loss_and_accuracy import Settings, story
    >>> loss_and_accuracy(story(Settings())).figure["layout"]["title"]["text"]
    'Loss falls by 24 %, and not one answer more is right'
    """
    figure = house_drawing(_title(shown))
    _lines(figure, shown)
    top = 2.3 * float(shown.validation_loss.min())
    _axes(figure, shown, top)
    if shown.better:
        _band(figure, shown.better, "better")
    if shown.worse:
        _band(figure, shown.worse, "worse")
    _names(figure, shown)
    return Picture(figure, run_summary(shown), lambda: _table(shown), film=_film(shown))


def _title(shown: LossAndAccuracy) -> str:
    if shown.better:
        gained = shown.better.right_after - shown.better.right_before
        then = "not one answer more is right" if gained == 0 else f"{-gained} fewer answers are right"
        then = "one answer fewer is right" if gained == -1 else then
        return f"Loss falls by {percent(-shown.better.change)}, and {then}"
    if shown.worse:
        gained = shown.worse.right_after - shown.worse.right_before
        then = "not one answer fewer is right" if gained <= 0 else f"{gained} more right"
        then = "one answer more is right" if gained == 1 else then
        return f"Loss rises by {percent(shown.worse.change)}, and {then}"
    return "Here loss and accuracy go the same way"


def run_summary(shown: LossAndAccuracy) -> str:
    """What a sighted reader takes from the two panels."""
    low = shown.lowest
    return (
        f"Loss and right answers over {N_STEPS:,} steps. The validation loss is lowest at step "
        f"{shown.steps[low]:,}: {two_figures(float(shown.validation_loss[low]))}. {takeaway(shown)}"
    )


def _lines(figure: Drawing, shown: LossAndAccuracy) -> None:
    steps = shown.steps.tolist()
    loss = "step %{x:,}: loss %{y:.3g}"
    for name, values, colour, dash in (
        ("training loss", shown.train_loss, BLUE, "solid"),
        ("validation loss", shown.validation_loss, VERMILLION, "dash"),
    ):
        figure.add_scatter(
            x=steps,
            y=each_in_four(values),
            mode="lines",
            name=name,
            line={"color": colour, "dash": dash, "width": 3},
            hovertemplate=f"{name}<br>{loss}<extra></extra>",
        )
    figure.add_scatter(
        x=steps,
        y=shown.right.tolist(),
        xaxis="x2",
        yaxis="y2",
        mode="lines",
        name="right answers",
        line={"color": VERMILLION, "width": 3},
        hovertemplate=f"step %{{x:,}}: %{{y}} of {shown.n_validation} right<extra></extra>",
    )


def _axes(figure: Drawing, shown: LossAndAccuracy, top: float) -> None:
    across = {
        "type": "log",
        "range": [math.log10(FIRST_SHOWN), math.log10(N_STEPS) + 0.01],
        "tickvals": list(TICKS),
        "ticktext": [f"{step:,}" for step in TICKS],
        "tickangle": 0,
        "gridcolor": FAINT,
        "linecolor": QUIET,
        "tickfont": {"color": QUIET},
        "ticks": "",
        "zeroline": False,
    }
    most = int(shown.right.max())
    figure.update_layout(
        xaxis={**across, "showticklabels": False, "anchor": "y"},
        xaxis2={
            **across,
            "anchor": "y2",
            "title": {"text": "training steps, on a log axis", "standoff": 8, "font": {"size": 14}},
            "automargin": True,
        },
        yaxis={"domain": list(UPPER), "range": [0, top], "nticks": 5, "title": {"text": "mean loss"}},
        yaxis2={
            "domain": list(LOWER),
            "range": [most - FEWER, most + MORE],
            "nticks": 4,
            "title": {"text": f"right of {shown.n_validation}", "standoff": 8, "font": {"size": 14}},
            "gridcolor": FAINT,
            "linecolor": QUIET,
            "tickfont": {"color": QUIET},
            "zeroline": False,
            "automargin": True,
        },
        margin={"t": 52},
    )


def _band(figure: Drawing, one: Stretch, kind: str) -> None:
    """A stretch, shaded through both panels, with what happens in each."""
    for axis, (low, high) in (("x", UPPER), ("x2", LOWER)):
        figure.add_shape(
            type="rect",
            xref=axis,
            yref="paper",
            x0=one.first,
            x1=one.last,
            y0=low,
            y1=high,
            fillcolor=BAND[kind],
            line={"width": 0},
            layer="below",
        )
    colour = WORDS[GREEN if kind == "better" else VERMILLION]
    middle = (math.log10(one.first) + math.log10(one.last)) / 2
    sign = "−" if one.change < 0 else "+"
    kept = f"{one.right_before} → {one.right_after}"
    for axis, height, text, below in (
        ("x", UPPER[1], f"<b>loss {sign}{percent(abs(one.change))}</b>", True),
        ("x2", LOWER[0], f"<b>{kept}</b>", False),
    ):
        figure.add_annotation(
            xref=axis,
            x=middle,
            yref="paper",
            y=height,
            text=text,
            showarrow=False,
            yanchor="top" if below else "bottom",
            yshift=-3 if below else 3,
            font={"color": colour, "size": 14},
        )


def _names(figure: Drawing, shown: LossAndAccuracy) -> None:
    """Each line's name over its end."""
    for values, name, colour in (
        (shown.train_loss, "training", BLUE),
        (shown.validation_loss, "validation", VERMILLION),
    ):
        figure.add_annotation(
            x=math.log10(N_STEPS),
            y=four_figures(values[-1]),
            text=name,
            showarrow=False,
            xanchor="right",
            yanchor="bottom",
            xshift=-4,
            yshift=4,
            font={"color": WORDS[colour]},
        )


def _film(shown: LossAndAccuracy) -> Film:
    """The run as it went: one frame for every second look."""
    n = len(shown.steps)
    places = list(range(n - 1, -1, -2))[::-1]
    return Film(
        captions=tuple(
            f"Step {shown.steps[at]:,}: validation loss {two_figures(float(shown.validation_loss[at]))}, "
            f"{shown.right[at]} of {shown.n_validation} right."
            for at in places
        ),
        grows=(TRAIN, VALIDATION, RIGHT),
        shown=tuple(at + 1 for at in places),
    )


def _table(shown: LossAndAccuracy) -> pd.DataFrame:
    import pandas as pd

    marks = [0, shown.lowest, len(shown.steps) - 1]
    for one in (shown.better, shown.worse):
        if one:
            marks += [int(np.flatnonzero(shown.steps == step)[0]) for step in (one.first, one.last)]
    return pd.DataFrame(
        {
            "step": f"{shown.steps[at]:,}",
            "training loss": f"{shown.train_loss[at]:.3g}",
            "validation loss": f"{shown.validation_loss[at]:.3g}",
            f"right of {shown.n_validation}": int(shown.right[at]),
        }
        for at in sorted(set(marks))
    )
