"""Error on seen and unseen wines against the penalty, and beneath it what became of the weights."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    GREEN,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.numbers_in_words import two_figures
from dl_core.weight_penalty import (
    STRENGTHS,
    WeightPenalty,
    points,
    strength_in_words,
    takeaway,
)

if TYPE_CHECKING:
    import pandas as pd

ZERO = 3e-4  # where λ = 0 stands on an axis of powers
TICKS = {ZERO: "0", 0.01: "0.01", 0.1: "0.1", 1.0: "1", 10.0: "10", 100.0: "100"}
ERRORS = (0.0, 1.8)  # points; fixed, so that both penalties compare
LEFT = round(math.log10(ZERO), 4)
SIZES = {"L2": 0.4, "L1": 0.6}  # the largest weight on the path fits below


def penalty_chart(shown: WeightPenalty) -> Picture:
    """Training and validation error against λ, with the reader's λ; beneath it all weights by size.

    Parameters
    ----------
    shown
        From :func:`dl_core.weight_penalty.story`.

    Examples
    --------
    >>> from dl_core.weight_penalty import Settings, story
    >>> penalty_chart(story(Settings())).figure["layout"]["title"]["text"]
    'The penalty cuts the miss on unseen wines from 1.3 to 0.57 points'
    """
    figure = house_drawing(_title(shown), height=480)
    figure.update_layout(
        xaxis2={**figure["layout"]["xaxis"]}, yaxis2={**figure["layout"]["yaxis"]}, bargap=0.25
    )
    _errors(figure, shown)
    _reader(figure, shown)
    _weights(figure, shown)
    _axes(figure, shown)
    figure.update_layout(margin={"t": 60, "r": 20}, meta={"narrow_height": 460})
    return Picture(figure, _summary(shown), lambda: _table(shown))


def _title(shown: WeightPenalty) -> str:
    now, free = points(shown.now.validation), points(shown.free.validation)
    if shown.regime == "none":
        return f"It misses its own wines by {points(shown.now.train)} points, unseen ones by {now}"
    if shown.now.fit.n_zero == shown.n_weights:
        return "Too strong: it guesses the average for every wine"
    if shown.regime == "strong":
        return f"Too strong: {now} points, near the {points(shown.average)} of always guessing the average"
    return f"The penalty cuts the miss on unseen wines from {free} to {now} points"


def _summary(shown: WeightPenalty) -> str:
    best = shown.best
    return (
        f"{takeaway(shown)} On the validation wines, {shown.settings.kind} does best at "
        f"λ = {strength_in_words(best.strength)}, with {points(best.validation)} points."
    )


def _place(strength: float) -> float:
    return strength or ZERO


def _errors(figure: Drawing, shown: WeightPenalty) -> None:
    """Both error curves and the error of guessing the average."""
    where = [_place(step.strength) for step in shown.path]
    curves = (
        ("wines it learned from", [step.train for step in shown.path], BLUE, "solid"),
        ("unseen wines", [step.validation for step in shown.path], VERMILLION, "dash"),
    )
    for name, errors, colour, dash in curves:
        figure.add_scatter(
            x=where,
            y=[round(one, 4) for one in errors],
            mode="lines",
            name=name,
            line={"color": colour, "width": 3, "dash": dash},
            customdata=[strength_in_words(one) for one in STRENGTHS],
            hovertemplate=f"{name}<br>λ = %{{customdata}}: %{{y:.2f}} points<extra></extra>",
        )
        figure.add_annotation(
            x=LEFT, y=round(errors[0], 3), text=f"<b>{name}</b>", showarrow=False, xanchor="left",
            yanchor="bottom", yshift=4, font={"color": WORDS[colour], "size": 14},
        )  # fmt: skip
    figure.add_scatter(
        x=[ZERO, STRENGTHS[-1]],
        y=[round(shown.average, 4)] * 2,
        mode="lines",
        name="guessing the average",
        line={"color": QUIET, "width": 1.5, "dash": "dot"},
        hovertemplate="always guessing the average: %{y:.2f} points<extra></extra>",
    )
    figure.add_annotation(
        x=LEFT, y=round(shown.average, 3), text="always guessing the average", showarrow=False,
        xanchor="left", yanchor="bottom", yshift=2, font={"color": QUIET, "size": 13},
    )  # fmt: skip


def _reader(figure: Drawing, shown: WeightPenalty) -> None:
    """The reader's λ with both errors, and the best one on the validation wines."""
    now, best = shown.now, shown.best
    where = _place(now.strength)
    figure.add_scatter(
        x=[_place(best.strength)],
        y=[round(best.validation, 4)],
        mode="markers",
        name="best on the validation wines",
        marker={"size": 15, "color": PAPER, "symbol": "circle", "line": {"color": INK, "width": 2}},
        hovertemplate=f"best: λ = {strength_in_words(best.strength)}<extra></extra>",
    )
    figure.add_scatter(
        x=[where, where],
        y=[round(now.train, 4), round(now.validation, 4)],
        mode="lines+markers",
        name="your λ",
        line={"color": ACCENT, "width": 2},
        marker={"size": 9, "color": ACCENT},
        hovertemplate="your λ: %{y:.2f} points<extra></extra>",
    )
    if now is not best:
        figure.add_annotation(
            x=round(math.log10(_place(best.strength)), 4), y=round(best.validation, 3), text="lowest",
            ax=40, ay=52, arrowcolor=QUIET, arrowwidth=1, arrowhead=0, standoff=9, xanchor="left",
            font={"color": INK, "size": 14},
        )  # fmt: skip
    left = now.strength > 5
    figure.add_annotation(
        x=round(math.log10(where), 4), y=1, yref="y domain",
        text=f"your λ = {strength_in_words(now.strength)}",
        showarrow=False, xanchor="right" if left else "left", yanchor="top", xshift=-6 if left else 6,
        font={"color": ACCENT, "size": 14},
    )  # fmt: skip
    figure.add_vline(where, line={"color": ACCENT, "width": 1, "dash": "dot"})


def _weights(figure: Drawing, shown: WeightPenalty) -> None:
    """All weights by size, the largest first, over the outline of the unpenalised ones."""
    sizes, free = (np.sort(np.abs(step.fit.weights))[::-1] for step in (shown.now, shown.free))
    count = list(range(1, shown.n_weights + 1))
    figure.add_bar(
        x=count,
        y=[round(float(one), 4) for one in sizes],
        xaxis="x2",
        yaxis="y2",
        name="weights",
        marker={"color": GREEN},
        hovertemplate="%{y:.3f}<extra></extra>",
    )
    figure.add_scatter(
        x=count,
        y=[round(float(one), 4) for one in free],
        xaxis="x2",
        yaxis="y2",
        mode="lines",
        name="weights without penalty",
        line={"color": QUIET, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_annotation(
        x=12, y=round(float(free[11]), 3), xref="x2", yref="y2", xanchor="left", yanchor="bottom",
        showarrow=False, text="without a penalty", yshift=-4, font={"color": QUIET, "size": 13},
    )  # fmt: skip
    figure.add_annotation(
        x=1, y=1, xref="x2 domain", yref="y2 domain", xanchor="right", yanchor="top", showarrow=False,
        align="right", text=f"<b>{_counted(shown)}</b><br>the bias, {shown.now.fit.bias:.1f}, costs nothing",
        font={"color": INK, "size": 14},
    )  # fmt: skip


def _counted(shown: WeightPenalty) -> str:
    fit = shown.now.fit
    if fit.n_zero:
        return f"{fit.n_zero} of {shown.n_weights} weights are exactly 0"
    return (
        f"all {shown.n_weights} weights at work, the largest {two_figures(float(np.abs(fit.weights).max()))}"
    )


def _axes(figure: Drawing, shown: WeightPenalty) -> None:
    figure.update_layout(
        xaxis={
            "type": "log",
            "range": [LEFT - 0.1, 2.1],
            "tickvals": list(TICKS),
            "ticktext": list(TICKS.values()),
            "tickangle": 0,
            "title": {"text": "λ, the price on the weights"},
        },
        yaxis={
            "domain": [0.46, 1],
            "range": list(ERRORS),
            "title": {"text": "usual miss, points"},
            "nticks": 5,
        },
        xaxis2={
            "anchor": "y2",
            "range": [0, shown.n_weights + 1],
            "title": {"text": f"the {shown.n_weights} weights, largest first"},
            "showgrid": False,
            "nticks": 6,
        },
        yaxis2={
            "anchor": "x2",
            "domain": [0, 0.25],
            "range": [0, SIZES[shown.settings.kind]],
            "title": {"text": "size"},
            "nticks": 3,
        },
    )


def _table(shown: WeightPenalty) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "λ": strength_in_words(step.strength),
            "miss on its own wines (points)": round(step.train, 3),
            "miss on validation wines (points)": round(step.validation, 3),
            "gap (points)": round(step.gap, 3),
            "weights exactly zero": step.fit.n_zero,
            "largest weight": round(float(np.abs(step.fit.weights).max()), 3),
        }
        for step in shown.path
    )
