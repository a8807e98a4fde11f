"""The gradient's size at each layer on a log axis: measured, theory, and the other activations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, Spec, each_in_four
from dl_core.figures.film import Film
from dl_core.figures.picture import BLUE, GREEN, INK, QUIET, WORDS, Picture, house_drawing
from dl_core.figures.three_steps import apart
from dl_core.gradient_by_layer import (
    ACTIVATIONS,
    GradientByLayer,
    in_layers,
    of_the_gradient,
    share_in_words,
    takeaway,
    ten_to_the,
)
from dl_core.typical_slope import Activation

if TYPE_CHECKING:
    import pandas as pd

DASHES: dict[Activation, str] = {"sigmoid": "dash", "tanh": "dot", "relu": "dashdot", "none": "longdash"}
ROOM = 0.27  # of the layers' width, left of layer 1: for names
GAP = 0.066  # between two names, as a share of the height
SMALLEST = 3.0  # decades that the axis shows at least, up and down from 1 together
TICK_STEPS = (1, 3, 6, 9)  # decades between two marks
TICK_WORDS = {0: "1", -3: "thousandth", -6: "millionth", -9: "billionth", -12: "trillionth",
              3: "thousand", 6: "million", 9: "billion", 12: "trillion"}  # fmt: skip


def gradient_chart(shown: GradientByLayer) -> Picture:
    """One line for each activation, from the network's end back to layer 1; the chosen one with its theory.

    Examples
    --------
    >>> from dl_core.gradient_by_layer import Settings, story
    >>> gradient_chart(story(Settings())).figure["layout"]["title"]["text"]
    'Through 20 sigmoid layers, layer 1 gets 1 part in 4.2 trillion'
    """
    figure = house_drawing(_title(shown))
    n = shown.settings.n_layers
    low, high = _range(shown)
    lines = _others(figure, shown) + _chosen(figure, shown)
    _theory(figure, shown)
    _names(figure, shown, low, high)
    _key(figure, shown, low, high)
    _axes(figure, n, low, high)
    film = Film(_captions(shown), grows=lines) if n > 1 else None
    return Picture(figure, f"{_seen(shown)} {takeaway(shown)}", lambda: _table(shown), film)


def _title(shown: GradientByLayer) -> str:
    layers = in_layers(shown.settings.n_layers, shown.settings.activation)
    share = share_in_words(shown.first)
    gets = share if share.startswith("1 part") else of_the_gradient(shown.first)
    return f"Through {layers}, layer 1 gets {gets}"


def _seen(shown: GradientByLayer) -> str:
    ends = [f"{ACTIVATIONS[one]} {share_in_words(line.median[0])}" for one, line in shown.lines.items()]
    return (
        "Four lines on a log axis, one for each activation, from the network's end at 1 back to layer 1. "
        f"At layer 1: {', '.join(ends[:2])}. And {', '.join(ends[2:])}."
    )


def _log(value: float) -> float:
    return round(math.log10(value), 3)


def _back(values: Sequence[float]) -> Spec:
    """A line from the network's end, one after the last layer, back to layer 1."""
    return {"x": list(range(len(values) + 1, 0, -1)), "y": each_in_four([1.0, *reversed(values)])}


def _range(shown: GradientByLayer) -> tuple[float, float]:
    """Powers of ten at the bottom and the top of the axis."""
    held = [0.0, *(_log(value) for one in shown.lines.values() for value in one.median)]
    held += [_log(value) for values in (shown.chosen.low, shown.chosen.high) for value in values]
    held += [_log(value) for value in shown.slopes_alone]
    low, high = min(held), max(held)
    spare = max(0.0, SMALLEST - (high - low)) / 2
    air = 0.08 * max(high - low, SMALLEST)
    return low - spare - air, high + spare + air


def _others(figure: Drawing, shown: GradientByLayer) -> tuple[int, ...]:
    """The activations that were not chosen, quiet. The traces' places."""
    first = len(figure["data"])
    for one, line in shown.lines.items():
        if one != shown.settings.activation:
            figure.add_scatter(
                **_back(line.median),
                mode="lines",
                name=ACTIVATIONS[one],
                line={"color": QUIET, "width": 1.5, "dash": DASHES[one]},
                hovertemplate=f"{ACTIVATIONS[one]}, layer %{{x}}: %{{y:.2g}}<extra></extra>",
            )
    return tuple(range(first, len(figure["data"])))


def _chosen(figure: Drawing, shown: GradientByLayer) -> tuple[int, ...]:
    """The chosen activation: its median, and its lowest and highest start."""
    first, name = len(figure["data"]), ACTIVATIONS[shown.settings.activation]
    for what, values in (("lowest", shown.chosen.low), ("highest", shown.chosen.high)):
        figure.add_scatter(
            **_back(values), mode="lines", name=f"{name}, {what}",
            line={"color": BLUE, "width": 1}, opacity=0.55, hoverinfo="skip",
        )  # fmt: skip
    figure.add_scatter(
        **_back(shown.chosen.median), mode="markers", name=name,
        marker={"size": 9, "color": BLUE},
        hovertemplate=f"{name}, layer %{{x}}: %{{y:.2g}}<extra></extra>",
    )  # fmt: skip
    return tuple(range(first, len(figure["data"])))


def _theory(figure: Drawing, shown: GradientByLayer) -> None:
    figure.add_scatter(
        **_back(shown.theory), mode="lines", name="theory",
        line={"color": INK, "width": 1.5, "dash": "dash"},
        hovertemplate="theory, layer %{x}: %{y:.2g}<extra></extra>",
    )  # fmt: skip
    if shown.slopes_alone:
        figure.add_scatter(
            **_back(shown.slopes_alone), mode="lines", name="slopes alone, at best",
            line={"color": GREEN, "width": 2, "dash": "dot"},
            hovertemplate="slopes alone at best, layer %{x}: %{y:.2g}<extra></extra>",
        )  # fmt: skip


def _names(figure: Drawing, shown: GradientByLayer, low: float, high: float) -> None:
    """Left of layer 1: whose line ends there."""
    named = []
    for one, name in ACTIVATIONS.items():
        mine = one == shown.settings.activation
        height = _log(shown.lines[one].median[0])
        named.append((f"<b>{name}</b>" if mine else name, height, WORDS[BLUE] if mine else QUIET))
    if shown.slopes_alone:
        named.append(("× ¼ a layer", _log(shown.slopes_alone[0]) + 1e-6, WORDS[GREEN]))
    heights = apart([at for _, at, _ in named], GAP * (high - low), low, high)
    for (text, _, colour), height in zip(named, heights, strict=True):
        figure.add_annotation(
            x=1, y=round(height, 3), text=text, showarrow=False, xanchor="right", xshift=-10,
            font={"color": colour, "size": 14},
        )  # fmt: skip


def _key(figure: Drawing, shown: GradientByLayer, low: float, high: float) -> None:
    """How to read the marks, in the corner that the lines leave free."""
    below = abs(low) > abs(high)
    figure.add_annotation(
        xref="paper", yref="paper", x=1, y=0.02 if below else 0.99, xanchor="right",
        yanchor="bottom" if below else "top", align="right", showarrow=False,
        text=f"points: median of {shown.n_starts} random starts<br>thin lines: lowest and highest"
        "<br>black dashes: theory",
        font={"color": QUIET, "size": 13},
    )  # fmt: skip


def _axes(figure: Drawing, n: int, low: float, high: float) -> None:
    every = 1 if n <= 6 else 2 if n <= 12 else 5
    layers = [1, *(layer for layer in range(every, n + 1, every) if 1 < layer <= n + 1 - every)]
    figure.update_xaxes(
        title={"text": f"layer: 1 is next to the input, {n} is the last" if n > 1 else "layer"},
        range=[round(1 - ROOM * n, 3), n + 1 + 0.02 * n],
        tickvals=[*layers, n + 1],
        ticktext=[*map(str, layers), "end"],
        tickangle=0,
        showgrid=False,
    )
    step = next((one for one in TICK_STEPS if (high - low) / one <= 6), 9)
    marks = [step * k for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
    figure.update_yaxes(
        type="log",
        title={"text": "gradient (end of network = 1)"},
        range=[round(low, 3), round(high, 3)],
        tickvals=[float(f"1e{mark}") for mark in marks],
        ticktext=[tick(mark) for mark in marks],
    )
    figure.update_layout(margin={"t": 52})


def tick(power: int) -> str:
    """What stands at a power of ten on the axis.

    Parameters
    ----------
    power
        Of ten.

    Examples
    --------
    >>> tick(-12), tick(0), tick(2), tick(-1), tick(15)
    ('trillionth', '1', '100', '0.1', '10¹⁵')
    """
    if power in TICK_WORDS:
        return TICK_WORDS[power]
    return f"{10.0**power:g}" if abs(power) < 3 else ten_to_the(power)


def _captions(shown: GradientByLayer) -> tuple[str, ...]:
    told = (
        f"Layer {layer}: {of_the_gradient(shown.chosen.median[layer - 1])} arrives."
        for layer in range(shown.settings.n_layers, 0, -1)
    )
    return ("The gradient starts at the network's end.", *told)


def _table(shown: GradientByLayer) -> pd.DataFrame:
    import pandas as pd

    rows = {
        "layer": list(range(1, shown.settings.n_layers + 1)),
        **{f"{ACTIVATIONS[one]}, measured": _said(line.median) for one, line in shown.lines.items()},
        "chosen: lowest": _said(shown.chosen.low),
        "chosen: highest": _said(shown.chosen.high),
        "chosen: theory": _said(shown.theory),
        "chosen: its weights (last layer = 1)": _said(shown.chosen.weights),
    }
    if shown.slopes_alone:
        rows["slopes alone, at best"] = _said(shown.slopes_alone)
    return pd.DataFrame(rows)


def _said(values: tuple[float, ...]) -> list[str]:
    return [f"{value:.2g}" for value in values]
