"""Four activations in two panels: what comes out above, the slope below, the reader's sum through both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.activations import ACTIVATIONS, MOST, Activations, Name, takeaway, tried_slope
from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    GREEN,
    PAPER,
    PURPLE,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.numbers_in_words import number, percent, two_figures

if TYPE_CHECKING:
    import pandas as pd

STYLES: dict[Name, tuple[str, str, str]] = {
    "ReLU": (GREEN, "dashdot", "triangle-up"),
    "tanh": (VERMILLION, "dash", "square"),
    "sigmoid": (BLUE, "solid", "circle"),
    "step": (PURPLE, "dot", "diamond"),
}
UPPER, LOWER = (0.56, 1.0), (0.0, 0.42)  # shares of the height
VALUES, SLOPES = (-1.25, 2.45), (-0.09, 1.14)  # what each panel shows from bottom to top
LIST = 5.0  # room at the right for names and numbers, in units of the sum
HEIGHTS = (
    0.74,
    0.51,
    0.28,
    0.05,
)  # where the four stand in their panel, as shares of it; a head stands above


def values_and_slopes(shown: Activations) -> Picture:
    """All four curves and their slopes, the reader's sum marked, its numbers listed at the right.

    Examples
    --------
    >>> from dl_core.activations import Settings, story
    >>> values_and_slopes(story(Settings(5.0))).figure["layout"]["title"]["text"]
    'At 5 sigmoid passes back 0.66 % of a hint, ReLU all of it'
    """
    figure = house_drawing(_title(shown))
    _axes(figure)
    for rows, axis, limits in ((shown.curves.values, "", VALUES), (shown.curves.slopes, "2", SLOPES)):
        for each, row in zip(ACTIVATIONS, rows, strict=True):
            _line(figure, shown, each.name, row.tolist(), axis, limits)
        _own(figure, shown, axis, limits)
        _list(figure, shown, axis, limits)
    figure.add_annotation(
        x=shown.settings.x, y=VALUES[1], yanchor="top", showarrow=False,
        xanchor="right" if shown.settings.x > 0 else "left", xshift=-6 if shown.settings.x > 0 else 6,
        text=f"sum {number(shown.settings.x)}", font={"color": ACCENT, "size": 14},
    )  # fmt: skip
    most = shown.curves.steepest("sigmoid")
    left = shown.settings.x >= 0  # away from the reader's line
    figure.add_annotation(
        x=-1.3 if left else 1.3, y=most, xref="x2", yref="y2", xanchor="right" if left else "left",
        yanchor="bottom", showarrow=False, text=f"{_short(most)} at most",
        font={"color": WORDS[BLUE], "size": 14},
    )  # fmt: skip
    summary = f"Four activations and their slopes over sums from −{MOST:g} to {MOST:g}. {takeaway(shown)}"
    return Picture(figure, summary, lambda: _table(shown))


def _title(shown: Activations) -> str:
    sigmoid, relu = shown.of("sigmoid").slope, shown.of("ReLU").slope
    end = "ReLU all of it" if relu else "ReLU nothing"
    return f"At {number(shown.settings.x)} sigmoid passes back {percent(sigmoid)} of a hint, {end}"


def _axes(figure: Drawing) -> None:
    layout = figure["layout"]
    across = {
        **layout["xaxis"],
        "range": [-MOST - 0.15, MOST + LIST],
        "tickvals": [-6, -4, -2, 0, 2, 4, 6],
        "ticktext": ["−6", "−4", "−2", "0", "2", "4", "6"],
        "showgrid": False,
        "showline": False,
    }
    up, words = {**layout["yaxis"], "showgrid": False}, layout["xaxis"]["title"]
    layout["xaxis"] = {**across, "showticklabels": False}
    layout["xaxis2"] = {
        **across,
        "anchor": "y2",
        "title": {**words, "text": "sum: weighted inputs plus bias"},
    }
    layout["yaxis2"] = {
        **up, "anchor": "x2", "domain": list(LOWER), "range": list(SLOPES), "tickvals": [0, 0.5, 1],
        "title": {**words, "text": "slope"},
    }  # fmt: skip
    layout["yaxis"] = {
        **up, "domain": list(UPPER), "range": list(VALUES), "tickvals": [-1, 0, 1, 2],
        "ticktext": ["−1", "0", "1", "2"], "title": {**words, "text": "value"},
    }  # fmt: skip


def _line(
    figure: Drawing, shown: Activations, name: Name, row: list[float], axis: str, limits: tuple[float, float]
) -> None:
    colour, dash, _ = STYLES[name]
    inside = [
        (x, value) for x, value in zip(shown.curves.sums.tolist(), row, strict=True) if value <= limits[1]
    ]
    figure.add_scatter(
        x=[round(x, 2) for x, _ in inside],
        y=[four_figures(value) for _, value in inside],
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        mode="lines",
        name=f"{name}{', slope' if axis else ''}",
        line={"color": colour, "dash": dash, "width": 3},
        hovertemplate=f"{name}: %{{y:.3g}}<br>at a sum of %{{x:.2g}}<extra></extra>",
    )


def _own(figure: Drawing, shown: Activations, axis: str, limits: tuple[float, float]) -> None:
    """The reader's sum: one line through the panel, and its point on each curve."""
    x = shown.settings.x
    figure.add_shape(
        type="line", xref=f"x{axis}", yref=f"y{axis}", x0=x, x1=x, y0=limits[0], y1=limits[1],
        line={"color": ACCENT, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    for name, (colour, _, symbol) in STYLES.items():
        height = _height(shown, name, axis)
        if height <= limits[1]:
            figure.add_scatter(
                x=[x], y=[four_figures(height)], xaxis=f"x{axis}", yaxis=f"y{axis}", mode="markers",
                name=f"{name}, your sum", hoverinfo="skip",
                marker={
                    "color": colour, "symbol": symbol, "size": 11, "line": {"color": PAPER, "width": 1.5},
                },
            )  # fmt: skip


def _height(shown: Activations, name: Name, axis: str) -> float:
    one = shown.of(name)
    return one.slope if axis else one.value


def _list(figure: Drawing, shown: Activations, axis: str, limits: tuple[float, float]) -> None:
    """Names in their colours with a piece of their line, and each one's number at the reader's sum."""
    low, high = limits
    head = f"{'slope' if axis else 'value'} at {number(shown.settings.x)}"
    _words(figure, head, axis, high, ACCENT, "top")
    for share, (name, (colour, dash, symbol)) in zip(HEIGHTS, STYLES.items(), strict=True):
        y = round(low + share * (high - low), 4)
        figure.add_scatter(
            x=[MOST + 0.45, MOST + 0.9, MOST + 1.35], y=[y, y, y], xaxis=f"x{axis}", yaxis=f"y{axis}",
            mode="lines+markers", name=f"{name}, in the list", hoverinfo="skip",
            line={"color": colour, "dash": dash, "width": 3},
            marker={
                "color": colour, "symbol": symbol, "size": [0, 10, 0], "opacity": 1, "line": {"width": 0},
            },
        )  # fmt: skip
        told = _short(_height(shown, name, axis))
        _words(figure, f"{name} <b>{told}</b>", axis, y, WORDS[colour], "middle", 1.55)


def _words(
    figure: Drawing, text: str, axis: str, y: float, colour: str, anchor: str, shift: float = 0.45
) -> None:
    figure.add_annotation(
        x=round(MOST + shift, 3), y=y, xref=f"x{axis}", yref=f"y{axis}", xanchor="left", yanchor=anchor,
        text=text, showarrow=False, font={"color": colour, "size": 14},
    )  # fmt: skip


def _short(value: float) -> str:
    return number(float(f"{value:.2g}")) if abs(value) < 0.995 else number(round(value, 2))


def _table(shown: Activations) -> pd.DataFrame:
    import pandas as pd

    x = shown.settings.x
    rows: list[dict[str, str]] = []
    for each, one in zip(ACTIVATIONS, shown.answers, strict=True):
        tried = "no slope: a jump" if each.name == "step" else "no slope: a corner"
        rows.append(
            {
                "activation": each.name,
                f"comes out at {number(x)}": _short(one.value),
                "slope": f"{one.slope:.3g}",
                "slope found by a tiny nudge": tried if one.sharp else f"{tried_slope(each.value, x):.3g}",
                "largest slope": two_figures(shown.curves.steepest(each.name)),
            }
        )
    return pd.DataFrame(rows)
