"""Right answers against photos of each class: a new head with its spread, and the contenders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    GREEN,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.numbers_in_words import percent, so_many
from dl_core.transfer.cifar_features import SIZES
from dl_core.transfer.enough import (
    Enough,
    budget_of,
    contenders_in_words,
    names_in_words,
    takeaway,
    with_size,
)
from dl_core.transfer.learning_curve import Point

if TYPE_CHECKING:
    import pandas as pd

# kind → colour, dash, symbol, and where its name stands: at which size, and how far off in pixels
LOOKS = {
    "from scratch": (VERMILLION, "dash", "square", 10, -22),
    "fine-tuned": (GREEN, "dot", "triangle-up", 50, 20),
}
HEAD_NAME_AT = (5, 22)
SIDES = (0.75, 680)  # of the axis, photos of each class


def enough_picture(told: Enough) -> Picture:
    """The learning curve with the chosen size marked.

    Examples
    --------
    >>> from dl_core.transfer.enough import Settings, story
    >>> picture = enough_picture(story(Settings(("cat", "dog"), 1), lambda share: False))
    >>> picture.title[:37]
    'One photo each of cat and dog: a new '
    """
    figure = house_drawing(_title(told))
    _guess(figure, told)
    _band(figure, told)
    for kind in LOOKS:
        _contender(figure, told, kind)
    _head(figure, told)
    _chosen(figure, told)
    figure.update_xaxes(
        type="log", title={"text": "training photos of each class"}, tickvals=list(SIZES),
        ticktext=[str(size) for size in SIZES], range=[math.log10(side) for side in SIDES], showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(title={"text": "right on held-out photos (%)"}, range=[0, 100], dtick=20)
    return Picture(figure, f"{takeaway(told)} {contenders_in_words(told)}", lambda: _table(told))


def _title(told: Enough) -> str:
    n, names = told.chosen.n_per_class, names_in_words(told.settings.classes)
    photos = "One photo" if n == 1 else f"{n} photos"
    scratch = told.mean_of("from scratch", n)
    against = f", from scratch {percent(scratch)}" if scratch is not None else ""
    return f"{photos} each of {names}: a new head gets {percent(told.chosen.mean)}{against}"


def _in_percent(share: float) -> float:
    return round(100 * share, 2)


def _is_left(n_per_class: int) -> bool:
    """Whether a size stands in the left part of the picture."""
    return n_per_class <= SIZES[len(SIZES) // 2]


def _guess(figure: Drawing, told: Enough) -> None:
    """What guessing gets; its name keeps away from the chosen size's."""
    x = 1 if _is_left(told.chosen.n_per_class) else 0
    at = _in_percent(told.curve.guess)
    figure.add_shape(
        type="line", layer="below", xref="x domain", x0=0, x1=1, y0=at, y1=at,
        line={"color": QUIET, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        xref="x domain", x=x, y=at, xanchor="right" if x else "left", yanchor="top", xshift=0 if x else 4,
        showarrow=False, text=f"guessing {percent(told.curve.guess)}", font={"color": QUIET, "size": 13},
    )  # fmt: skip


def _band(figure: Drawing, told: Enough) -> None:
    """A pale bar at each size: four fifths of the draws lie on it."""
    x: list[int | None] = []
    y: list[float | None] = []
    for point in told.curve.points:
        if len(point.right) > 1:
            low, high = point.band
            x += [point.n_per_class, point.n_per_class, None]
            y += [_in_percent(low), _in_percent(high), None]
    figure.add_scatter(
        x=x, y=y, mode="lines", name="most draws", line={"color": tint(BLUE, 0.3), "width": 14},
        hovertemplate="most draws: up to, or from, %{y:.1f} %<extra></extra>",
    )  # fmt: skip


def _head(figure: Drawing, told: Enough) -> None:
    points = told.curve.points
    figure.add_scatter(
        x=[point.n_per_class for point in points], y=[_in_percent(point.mean) for point in points],
        mode="lines+markers", name="new head",
        line={"color": BLUE, "width": 3}, marker={"color": BLUE, "size": 7},
        text=[so_many(len(point.right), "draw") for point in points],
        hovertemplate="new head, %{x} photos a class<br>%{y:.1f} % right, mean of %{text}<extra></extra>",
    )  # fmt: skip
    size, shift = HEAD_NAME_AT
    point = told.curve.at(size)
    if point:
        _name(figure, "new head", BLUE, size, point.band[1], shift)


def _contender(figure: Drawing, told: Enough, kind: str) -> None:
    """Every measured run as a hollow mark, and a line through the means."""
    runs = [run for run in told.runs if run.kind == kind]
    if not runs:
        return
    colour, dash, symbol, size, shift = LOOKS[kind]
    sizes = sorted({run.n_per_class for run in runs})
    means = [_in_percent(told.mean_of(kind, n) or 0.0) for n in sizes]
    figure.add_scatter(
        x=sizes, y=means, mode="lines", name=kind, line={"color": colour, "width": 2, "dash": dash},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=[run.n_per_class for run in runs], y=[_in_percent(run.score.value) for run in runs],
        mode="markers", name=f"{kind}, each run",
        marker={
            "color": PAPER, "symbol": symbol, "size": 7, "line": {"color": colour, "width": 1.5},
        },
        text=[
            f"{percent(run.score.low)} to {percent(run.score.high)}; trained {run.seconds:.0f} s"
            for run in runs
        ],
        hovertemplate=f"{kind}, %{{x}} photos a class<br>%{{y:.1f}} % right (%{{text}})<extra></extra>",
    )  # fmt: skip
    near = min(sizes, key=lambda n: abs(math.log(n / size)))
    _name(figure, kind, colour, near, means[sizes.index(near)] / 100, shift)


def _name(figure: Drawing, text: str, colour: str, size: int, share: float, shift: int) -> None:
    figure.add_annotation(
        x=math.log10(size), y=_in_percent(share), yshift=shift, text=f"<b>{text}</b>", showarrow=False,
        font={"color": WORDS[colour], "size": 14}, bgcolor=PAPER, xanchor="left" if shift < 0 else "right",
    )  # fmt: skip


def _chosen(figure: Drawing, told: Enough) -> None:
    """The chosen size, with the range that comes from which photos are asked."""
    point, asked = told.chosen, told.asked
    n, at = point.n_per_class, _in_percent(point.mean)
    figure.add_vline(x=n, line={"color": ACCENT, "width": 1.5, "dash": "dot"}, layer="below")
    figure.add_scatter(
        x=[n], y=[at], mode="markers", name="your choice",
        marker={"color": ACCENT, "size": 11, "symbol": "diamond"},
        error_y={
            "type": "data", "symmetric": False, "thickness": 2, "width": 5, "color": ACCENT,
            "array": [round(max(0.0, 100 * asked.high - at), 2)],
            "arrayminus": [round(max(0.0, at - 100 * asked.low), 2)],
        },
        hovertemplate=f"your choice: {percent(point.mean)}<br>"
        f"{percent(asked.low)} to {percent(asked.high)} for other photos asked<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=math.log10(n), y=4, text="your choice", showarrow=False, font={"color": ACCENT, "size": 14},
        xanchor="left" if _is_left(n) else "right", xshift=6 if _is_left(n) else -6,
    )  # fmt: skip


def _span(point: Point) -> str:
    return f"{100 * point.shares.min():.1f} to {100 * point.shares.max():.1f}"


def _table(told: Enough) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for point in told.curve.points:
        n, bill = point.n_per_class, budget_of(with_size(told.settings, point.n_per_class))
        row: dict[str, float | int | str] = {
            "training photos of each class": n,
            "new head, right (%)": round(100 * point.mean, 1),
            "lowest and highest draw (%)": _span(point),
            "draws": len(point.right),
        }
        for kind in LOOKS:
            share = told.mean_of(kind, n)
            row[f"{kind}, right (%)"] = "not measured" if share is None else round(100 * share, 1)
        row |= {
            "labels": bill.labels,
            "money for labels": round(bill.money, 2),
            "hours of labelling": round(bill.hours, 2),
            "weeks of one person": round(bill.weeks, 2),
        }
        rows.append(row)
    return pd.DataFrame(rows)
