"""The wines, three lines, and what the chosen loss counts of each wine, drawn as an area or a length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, tint
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
from dl_core.numbers_in_words import percent
from dl_core.outlier_fit import N_WINES, VIEW_X, VIEW_Y, Fit, OutlierFit, pull, takeaway
from dl_core.robust_lines import LOSSES, Line, Loss

if TYPE_CHECKING:
    import pandas as pd

COLOURS: dict[Loss, str] = {"squared": BLUE, "absolute": VERMILLION, "huber": GREEN}
DASHES: dict[Loss, str] = {"squared": "solid", "absolute": "dash", "huber": "dot"}
NAMES: dict[Loss, str] = {"squared": "squared", "absolute": "absolute", "huber": "Huber"}
ENDS = (250.0, 1700.0)  # mg per litre: from where to where lines are drawn
SCALE = 135.0  # mg per litre that are as long as one point of alcohol, so that a square is a square
LABELS_APART = 0.5  # points
TOO_LARGE = 8.0  # points: a square of this side is larger than the picture


def outlier_lines(shown: OutlierFit) -> Picture:
    """Alcohol against proline, with three lines and the chosen loss's price of every wine.

    The reader's wine is the only point of its trace, and ``layout.meta`` names that trace: it can be dragged.

    Parameters
    ----------
    shown
        From :func:`dl_core.outlier_fit.story`.

    Examples
    --------
    >>> from dl_core.outlier_fit import Settings, story
    >>> outlier_lines(story(Settings())).figure["layout"]["title"]["text"]
    'One wine pulls the squared line 1.0 points, the absolute line not at all'
    """
    figure = house_drawing(_title(shown), height=440)
    _prices(figure, shown)
    _points(figure, shown)
    _lines(figure, shown)
    _own(figure, shown)
    figure.update_xaxes(title={"text": "proline, mg per litre"}, range=list(VIEW_X), tickformat=",", nticks=8)
    figure.update_yaxes(
        title={"text": "alcohol, % by volume"},
        range=list(VIEW_Y),
        scaleanchor="x",
        scaleratio=SCALE,
        nticks=8,
    )
    # room for the axes is given, not found: a search for it would shift both ranges at the first move
    figure.update_xaxes(automargin=False)
    figure.update_yaxes(automargin=False)
    own = next(place for place, trace in enumerate(figure["data"]) if trace["name"] == "your wine")
    figure.update_layout(
        meta={"narrow_height": 270, "drag": {"trace": own}}, margin={"t": 56, "l": 58, "b": 54}
    )
    return Picture(figure, _summary(shown), lambda: _table(shown))


def _title(shown: OutlierFit) -> str:
    squared, absolute, _ = shown.fits
    if shown.fits_in:
        return "Your wine fits in, and the three lines agree"
    if shown.leverage:
        return "So far to the side, one wine turns all three lines"
    return f"One wine pulls the squared line {pull(squared.moved)}, the absolute line {pull(absolute.moved)}"


def _summary(shown: OutlierFit) -> str:
    return f"{N_WINES + 1} wines and the three lines that guess alcohol from proline. {takeaway(shown)}"


def _prices(figure: Drawing, shown: OutlierFit) -> None:
    """What the loss counts: r² as a square, |r| as a stick, Huber's as a square without its inner corner."""
    loss = shown.settings.shown
    line = shown.of(loss).line
    middle = sum(VIEW_X) / 2
    for place, (x, residual) in enumerate(zip(shown.all_x, shown.residuals, strict=True)):
        own = place == N_WINES
        if abs(residual) > TOO_LARGE:  # it would cover everything and tell nothing
            continue
        guess = line.at(float(x))
        side = abs(float(residual)) * SCALE * (-1 if x > middle else 1)
        path = _stick(x, guess, residual) if loss == "absolute" else _square(x, guess, residual, side)
        if loss == "huber" and abs(residual) > shown.settings.delta:
            path = _band(x, guess, residual, side, shown.settings.delta)
        colour = COLOURS[loss]
        figure.add_shape(
            type="path",
            path=path,
            layer="below",
            fillcolor=tint(colour, 0.30 if own else 0.14),
            line={"color": tint(colour, 1.0 if own else 0.6), "width": _width(loss, own)},
        )


def _width(loss: Loss, own: bool) -> float:
    if loss == "absolute":
        return 5.0 if own else 3.0
    return 2.0 if own else 1.0


def _path(*corners: tuple[float, float], closed: bool = True) -> str:
    steps = "L".join(f"{x:.1f},{y:.3f}" for x, y in corners)
    return f"M{steps}Z" if closed else f"M{steps}"


def _stick(x: float, guess: float, residual: float) -> str:
    return _path((x, guess), (x, guess + residual), closed=False)


def _square(x: float, guess: float, residual: float, side: float) -> str:
    top = guess + residual
    return _path((x, guess), (x, top), (x + side, top), (x + side, guess))


def _band(x: float, guess: float, residual: float, side: float, delta: float) -> str:
    """The square without its corner of side |r| - δ: its area 2 δ |r| - δ² is twice Huber's loss."""
    part = delta / abs(residual)
    top, inner = guess + residual, guess + residual * part
    return _path(
        (x, guess),
        (x, top),
        (x + side * part, top),
        (x + side * part, inner),
        (x + side, inner),
        (x + side, guess),
    )


def _points(figure: Drawing, shown: OutlierFit) -> None:
    figure.add_scatter(
        x=shown.x.tolist(),
        y=shown.y.tolist(),
        mode="markers",
        name="wines",
        marker={"size": 8, "color": QUIET, "line": {"color": PAPER, "width": 1}},
        hovertemplate="a wine: proline %{x:,.0f}, alcohol %{y:.1f} %<extra></extra>",
    )


def _lines(figure: Drawing, shown: OutlierFit) -> None:
    """The shown loss's line without the reader's wine, then all three with it, each with its name."""
    chosen = shown.of(shown.settings.shown)
    without = _ends(chosen.without)
    figure.add_scatter(
        x=[point[0] for point in without],
        y=[point[1] for point in without],
        mode="lines",
        name=f"{NAMES[chosen.loss]}, without your wine",
        line={"color": INK, "width": 1.2, "dash": "dash"},
        hovertemplate="without your wine: %{y:.1f} %<extra></extra>",
    )
    figure.add_annotation(
        x=without[-1][0], y=without[-1][1], xanchor="right", yanchor="bottom", yshift=1, showarrow=False,
        text="without your wine", font={"color": INK, "size": 13},
    )  # fmt: skip
    for fit in shown.fits:
        ends = _ends(fit.line)
        figure.add_scatter(
            x=[point[0] for point in ends],
            y=[point[1] for point in ends],
            mode="lines",
            name=NAMES[fit.loss],
            line={
                "color": COLOURS[fit.loss],
                "dash": DASHES[fit.loss],
                "width": 3.5 if fit is chosen else 2.5,
            },
            hovertemplate=f"{NAMES[fit.loss]}: %{{y:.1f}} %<extra></extra>",
        )
    for fit, height in zip(shown.fits, _label_heights(shown), strict=True):
        figure.add_annotation(
            x=ENDS[1], y=height, xanchor="left", xshift=6, showarrow=False, text=_label(fit, fit is chosen),
            font={"color": WORDS[COLOURS[fit.loss]], "size": 14},
        )  # fmt: skip


def _label(fit: Fit, chosen: bool) -> str:
    end = fit.line.at(ENDS[1])
    leaves = " ↑" if end > VIEW_Y[1] else " ↓" if end < VIEW_Y[0] else ""
    return f"<b>{NAMES[fit.loss]}</b>{leaves}" if chosen else f"{NAMES[fit.loss]}{leaves}"


def _ends(line: Line) -> list[tuple[float, float]]:
    """Where the line enters and leaves the picture between the two ends; nothing if it never does."""
    low, high = VIEW_Y[0] - 0.5, VIEW_Y[1] + 0.5
    places = list(ENDS)
    if line.slope:
        crossings = sorted((edge - line.intercept) / line.slope for edge in (low, high))
        places = [max(places[0], crossings[0]), min(places[1], crossings[1])]
    inside = places[0] <= places[1] and low <= line.at(places[0]) <= high
    return [(round(x, 1), round(line.at(x), 4)) for x in places] if inside else []


def _label_heights(shown: OutlierFit) -> list[float]:
    """Heights of the three names: at their lines' ends, and never upon each other."""
    low, high = VIEW_Y[0] + 0.3, VIEW_Y[1] - 0.3
    wished = [min(max(fit.line.at(ENDS[1]), low), high) for fit in shown.fits]
    order = sorted(range(3), key=lambda i: wished[i])
    placed = [wished[i] for i in order]
    for _ in range(8):
        for below in range(2):
            short = LABELS_APART - (placed[below + 1] - placed[below])
            if short > 0:
                placed[below] -= short / 2
                placed[below + 1] += short / 2
        placed = [one - max(0.0, placed[-1] - high) + max(0.0, low - placed[0]) for one in placed]
    heights = dict(zip(order, placed, strict=True))
    return [round(heights[i], 3) for i in range(3)]


def _own(figure: Drawing, shown: OutlierFit) -> None:
    """The reader's wine, its name, and an arrow at the picture's edge where it lies beyond."""
    x = min(max(shown.settings.x, VIEW_X[0] + 20), VIEW_X[1] - 20)
    y = min(max(shown.settings.y, VIEW_Y[0] + 0.15), VIEW_Y[1] - 0.15)
    if not shown.outside:
        x, y = shown.settings.x, shown.settings.y
    figure.add_scatter(
        x=[x],
        y=[y],
        mode="markers",
        name="your wine",
        marker={
            "size": 15,
            "color": ACCENT,
            "symbol": _symbol(shown),
            "line": {"color": PAPER, "width": 1.5},
        },
        hovertemplate=f"your wine: proline {shown.settings.x:,.0f}, "
        f"alcohol {shown.settings.y:,.1f} %<extra></extra>",
    )
    share = percent(shown.of(shown.settings.shown).share)
    right = x < VIEW_X[0] + 150 or (sum(VIEW_X) / 2 < x < ENDS[1] and not shown.outside)
    height, held = _words_height(shown, x, y)
    figure.add_annotation(
        x=x, y=height, showarrow=False, align="left" if right else "right",
        text=f"<b>your wine</b><br>{share} of loss", font={"color": ACCENT, "size": 14},
        xanchor="left" if right else "right", xshift=14 if right else -14, yanchor=held,
    )  # fmt: skip


def _words_height(shown: OutlierFit, x: float, y: float) -> tuple[float, str]:
    """Beside the wine, but inside of the picture, and not upon the names of the lines."""
    names = _label_heights(shown)
    if x > ENDS[1] - 450 and min(names) - 0.8 < y < max(names) + 0.8:
        return round(min(names) - 0.4, 3), "top"
    return y, "bottom" if y < VIEW_Y[0] + 0.5 else "top" if y > VIEW_Y[1] - 0.5 else "middle"


def _symbol(shown: OutlierFit) -> str:
    if shown.settings.y > VIEW_Y[1]:
        return "triangle-up"
    if shown.settings.y < VIEW_Y[0]:
        return "triangle-down"
    if shown.settings.x > VIEW_X[1]:
        return "triangle-right"
    return "triangle-left" if shown.settings.x < VIEW_X[0] else "diamond"


def _table(shown: OutlierFit) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "loss": NAMES[fit.loss],
            "alcohol for 100 mg of proline more (points)": round(100 * fit.line.slope, 3),
            "the same without your wine": round(100 * fit.without.slope, 3),
            "line moved at your wine (points)": round(fit.moved, 2) + 0.0,  # never "-0.0"
            "your wine’s part of the loss (%)": round(100 * fit.share, 1),
        }
        for fit in (shown.of(loss) for loss in LOSSES)
    )
