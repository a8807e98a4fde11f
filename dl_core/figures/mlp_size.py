"""Score against the number of parameters, for training rows and unseen ones, and what training takes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures, tint
from dl_core.figures.mlp_spread import on_axis
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.mlp_size import N_STARTS, Size, Sizes, layers_in_words, takeaway
from dl_core.numbers_in_words import seconds_in_words

if TYPE_CHECKING:
    import pandas as pd

APART = 1.9  # times the parameters: sizes nearer than that have no room for both numbers at the axis
UPPER, LOWER = [0.36, 1], [0, 0.17]  # shares of the height


def size_picture(told: Sizes) -> Picture:
    """Above the scores against the parameters on a log axis, below the time that one training takes.

    Examples
    --------
    >>> from dl_core.mlp_builder import PRESETS
    >>> from dl_core.mlp_size import story
    >>> size_picture(story(PRESETS["Few rows, memorises"])).figure["layout"]["title"]["text"]
    '1 layer of 4 is enough: 22 parameters, not 42'
    """
    figure = house_drawing(_title(told), height=450)
    _within(figure, told)
    _curves(figure, told)
    _marks(figure, told)
    _times(figure, told)
    _axes(figure, told)
    return Picture(figure, size_summary(told), lambda: _table(told))


def _title(told: Sizes) -> str:
    enough, best = told.enough, told.best
    name = layers_in_words(enough.hidden)
    name = name[0].upper() + name[1:]
    if len(told.sizes) < 2:
        return "One size alone compares with nothing"
    several = len(enough.hidden) > 1
    if enough is best:
        if best is told.sizes[0]:
            return f"{name} does best: bigger wins nothing here"
        return f"{name} {'are' if several else 'is'} worth it: nothing smaller comes close"
    numbers = f"{enough.meter.parameters:,} parameters, not {best.meter.parameters:,}"
    return f"{name} {'are' if several else 'is'} enough: {numbers}"


def _shown(told: Sizes, value: float) -> float:
    return on_axis(value, told.guess, is_share=told.is_share)


def _within(figure: Drawing, told: Sizes) -> None:
    """The best size's 95 % interval, in the ground, and what guessing gets."""
    best = told.best.middle
    figure.add_shape(
        type="rect", layer="below", xref="x domain", x0=0, x1=1, y0=_shown(told, best.low),
        y1=_shown(told, best.high), fillcolor=tint(VERMILLION, 0.1), line={"width": 0},
    )  # fmt: skip
    figure.add_shape(
        type="line", layer="below", xref="x domain", x0=0, x1=1, y0=_shown(told, told.guess),
        y1=_shown(told, told.guess), line={"color": QUIET, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        xref="x domain", x=0.5, y=_shown(told, told.guess), yanchor="bottom", showarrow=False,
        text=f"always guessing {told.said(told.guess)}", font={"color": QUIET, "size": 13},
    )  # fmt: skip


def _curves(figure: Drawing, told: Sizes) -> None:
    x = [size.meter.parameters for size in told.sizes]
    names = [layers_in_words(size.hidden) for size in told.sizes]
    own = [_shown(told, size.own_value) for size in told.sizes]
    test = [_shown(told, size.value) for size in told.sizes]
    figure.add_scatter(
        x=x, y=own, mode="lines+markers", name="training rows", text=names,
        line={"color": BLUE, "width": 2}, marker={"color": BLUE, "size": 6},
        hovertemplate="%{text}, %{x:,} parameters<br>training rows %{y:.3g}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=x, y=test, mode="lines+markers", name="unseen rows", text=names,
        line={"color": VERMILLION, "width": 2.5, "dash": "dash"},
        marker={"color": VERMILLION, "size": 9, "symbol": "square"},
        error_y={
            "type": "data", "symmetric": False, "thickness": 1.5, "width": 4, "color": VERMILLION,
            "array": [
                round(_shown(told, size.high) - at, 3) for size, at in zip(told.sizes, test, strict=True)
            ],
            "arrayminus": [
                round(at - _shown(told, size.low), 3) for size, at in zip(told.sizes, test, strict=True)
            ],
        },
        hovertemplate="%{text}, %{x:,} parameters<br>unseen rows %{y:.3g}<extra></extra>",
    )  # fmt: skip
    apart = 9 if own[-1] >= test[-1] else -9
    for y, name, colour, shift in (
        (own[-1], "training", BLUE, apart),
        (test[-1], "unseen", VERMILLION, -apart),
    ):
        figure.add_annotation(
            x=math.log10(x[-1]), y=y, text=f"<b>{name}</b>", showarrow=False, xanchor="left", xshift=10,
            yshift=shift if abs(own[-1] - test[-1]) < 0.1 * _height(told) else 0,
            font={"color": WORDS[colour], "size": 14},
        )  # fmt: skip


def _marks(figure: Drawing, told: Sizes) -> None:
    """A ring around the smallest that is enough, a diamond on the reader's own."""
    enough, yours = told.enough, told.yours
    figure.add_scatter(
        x=[enough.meter.parameters], y=[_shown(told, enough.value)], mode="markers", name="enough",
        hoverinfo="skip",
        marker={"symbol": "circle-open", "size": 20, "color": INK, "line": {"width": 2.5}},
    )  # fmt: skip
    own = ", yours" if yours is enough else ""
    _name(figure, told, enough, f"enough: {layers_in_words(enough.hidden)}{own}", INK, worse=True)
    if yours is None:
        return
    figure.add_scatter(
        x=[yours.meter.parameters], y=[_shown(told, yours.value)], mode="markers", name="your network",
        hoverinfo="skip",
        marker={"symbol": "diamond", "size": 12, "color": ACCENT, "line": {"color": PAPER, "width": 1.5}},
    )  # fmt: skip
    if yours is not enough:
        _name(figure, told, yours, f"yours: {yours.meter.parameters:,}", ACCENT, worse=False)


def _name(figure: Drawing, told: Sizes, size: Size, text: str, ink: str, *, worse: bool) -> None:
    """Words on the side of the worse scores, or of the better ones, where the other curve may run."""
    down = worse == told.is_share
    ends = (size.value, size.own_value) if not worse else (size.low, size.high)
    figure.add_annotation(
        x=math.log10(size.meter.parameters), y=_shown(told, min(ends) if down else max(ends)),
        text=text, showarrow=False, yanchor="top" if down else "bottom", yshift=-10 if down else 10,
        xanchor="left" if worse else "center", xshift=6 if worse else 0, font={"color": ink, "size": 14},
    )  # fmt: skip


def _times(figure: Drawing, told: Sizes) -> None:
    """The seconds of one training as stems, in the lower part."""
    x: list[float | None] = []
    y: list[float | None] = []
    for size in told.sizes:
        x += [size.meter.parameters, size.meter.parameters, None]
        y += [0, four_figures(1000 * size.meter.seconds), None]
    figure.add_scatter(
        x=x, y=y, xaxis="x2", yaxis="y2", mode="lines", name="time", hoverinfo="skip",
        line={"color": QUIET, "width": 5},
    )  # fmt: skip
    for size in _apart(told):
        figure.add_annotation(
            x=math.log10(size.meter.parameters), y=four_figures(1000 * size.meter.seconds),
            xref="x2", yref="y2",
            text=_brief(size.meter.seconds), showarrow=False, yanchor="bottom", yshift=2,
            font={"color": INK, "size": 13},
        )  # fmt: skip


def _apart(told: Sizes) -> list[Size]:
    """The sizes that are told by name: no two closer than a word is wide."""
    kept: list[Size] = []
    for size in reversed(told.sizes):
        if not kept or kept[-1].meter.parameters / size.meter.parameters > APART:
            kept.append(size)
    return kept[::-1]


def _brief(seconds: float) -> str:
    return (
        seconds_in_words(seconds)
        .replace("milliseconds", "ms")
        .replace("microseconds", "µs")
        .replace("seconds", "s")
    )


def _height(told: Sizes) -> float:
    low, high = _range(told)
    return high - low


def _range(told: Sizes) -> tuple[float, float]:
    values = [_shown(told, value) for size in told.sizes for value in (size.low, size.high, size.own_value)]
    best = told.best.middle
    values += [_shown(told, value) for value in (told.guess, best.low, best.high)]
    low, high = min(values), max(values)
    air = 0.12 * max(high - low, 1e-9)
    return (low - air, high + air) if told.is_share else (0.0, high + air)


def _axes(figure: Drawing, told: Sizes) -> None:
    ends = [math.log10(size.meter.parameters) for size in (told.sizes[0], told.sizes[-1])]
    across = [round(ends[0] - 0.2, 3), round(ends[1] + 0.45, 3)]
    low, high = _range(told)
    named = _apart(told)
    ticks = {
        "tickvals": [size.meter.parameters for size in named],
        "ticktext": [f"{size.meter.parameters:,}" for size in named],
    }
    slowest = max(size.meter.seconds for size in told.sizes)
    unit = told.sizes[0].scores[0].unit
    figure.update_layout(
        xaxis={
            "type": "log", "range": across, "showgrid": False, "tickangle": 0, **ticks,
            "title": {"text": "parameters, weights and biases (log axis)"},
        },
        yaxis={
            "domain": UPPER, "range": [four_figures(low), four_figures(high)], "nticks": 6,
            "title": {"text": "rows right, %" if told.is_share else f"error, {unit}".rstrip(", ")},
        },
        xaxis2={
            "type": "log", "range": across, "anchor": "y2", "showgrid": False, "showticklabels": False,
            "zeroline": False, "linecolor": QUIET, "ticks": "",
        },
        yaxis2={
            "domain": LOWER, "anchor": "x2", "range": [0, four_figures(1400 * slowest)], "showgrid": False,
            "showticklabels": False, "zeroline": False,
        },
    )  # fmt: skip
    figure.update_layout(margin={"t": 66})
    figure.add_annotation(
        xref="x domain", yref="y domain", x=0, y=1, xanchor="left", yanchor="bottom", yshift=5,
        showarrow=False, font={"color": QUIET, "size": 13},
        text=f"shaded: 95 % interval of the best; bars: {N_STARTS} starts",
    )  # fmt: skip
    figure.add_annotation(
        xref="x2 domain", yref="y2 domain", x=0, y=1, xanchor="left", yanchor="bottom", showarrow=False,
        text="time for one training", font={"color": INK, "size": 13},
    )  # fmt: skip


def size_summary(told: Sizes) -> str:
    """What a sighted reader takes from it."""
    return (
        f"{len(told.sizes)} sizes of network, from {told.sizes[0].meter.parameters:,} to "
        f"{told.sizes[-1].meter.parameters:,} parameters, each from {len(told.sizes[0].scores)} starts. "
        f"{takeaway(told).replace('**', '')}"
    )


def _table(told: Sizes) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "hidden layers": layers_in_words(size.hidden),
            "parameters": size.meter.parameters,
            "multiplications for an answer": size.meter.multiplications,
            "unseen rows, middle start": told.said(size.value),
            "unseen rows, lowest to highest": f"{told.said(size.low)} to {told.said(size.high)}",
            "training rows": told.said(size.own_value),
            "one training": seconds_in_words(size.meter.seconds),
        }
        for size in told.sizes
    )
