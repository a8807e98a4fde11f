"""The four cases of transfer learning, with measured tasks and the reader's on them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures, tint
from dl_core.figures.picture import ACCENT, BLUE, GREEN, INK, QUIET, VERMILLION, Picture, house_drawing
from dl_core.transfer.distance import CASES, MANY, OWN, Case, Distance, Known, measured
from dl_core.transfer.distance_in_words import others, takeaway

if TYPE_CHECKING:
    import pandas as pd

FARTHEST_RIGHT = 60.0  # of the axis, where no task lies beyond it
FEWEST = 1  # pictures at the lower end of the axis
TOP = 4_000
CLEAR = 18  # of the axis, that half of the reader's words may take
HEIGHT = 460
TINTS = {"few near": BLUE, "many near": GREEN, "few far": VERMILLION, "many far": VERMILLION}
# a short name on the chart, and on which side of its point it stands, so that none meet
SHORT = {
    "parts": ("parts", "top left"),
    "corners": ("corners", "bottom center"),
    "fabrics": ("cloth", "top right"),
    "numbers": ("numbers", "bottom center"),
    "fruit": ("fruit", "top center"),
    "cifar10": ("CIFAR-10", "middle right"),
}


def distance_chart(told: Distance) -> Picture:
    """Similarity from left to right, pictures of each class from bottom to top, four fields of advice.

    Parameters
    ----------
    told
        From :func:`dl_core.transfer.distance.story`.
    """
    found = measured()
    end = max(FARTHEST_RIGHT, *(one.similarity + 6 for one in others(told)), told.similarity + 8)
    figure = house_drawing(title(told), height=HEIGHT)
    figure.update_xaxes(
        range=[0, end],
        tickvals=[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
        showgrid=False,
        title={"text": "← far   similarity, 0 to 100   near →"},
        fixedrange=True,
    )
    figure.update_yaxes(
        type="log",
        range=[math.log10(FEWEST), math.log10(TOP)],
        tickvals=[1, 5, 20, 50, 200, 1000],
        ticktext=["1", "5", "20", "50", "200", "1,000"],
        showgrid=False,
        title={"text": "pictures of each class"},
        fixedrange=True,
    )
    for case in CASES:
        _field(figure, case, told, found.line, end)
    _line(figure, found.line)
    _own_photos(figure)
    for task in others(told):
        if task.key != "own":
            _task(figure, task)
    _reader(figure, told)
    return Picture(figure, f"{takeaway(told)} {told.advice}.".replace("**", ""), lambda: _table(told))


def title(told: Distance) -> str:
    """The finding: which case, and what usually helps there."""
    amount = "many" if told.many else "few"
    if told.on_the_line:
        return f"On the line, {amount} pictures: {told.advice.lower()}"
    return f"{'Far' if told.far else 'Near'}, {amount} pictures: {told.advice.lower()}"


def _line(figure: Drawing, line: tuple[float, float, float]) -> None:
    """The line between far and near as it was measured: a band, within which it can lie anywhere."""
    _, low, high = line
    figure.add_shape(
        type="rect",
        x0=low,
        x1=high,
        y0=FEWEST,
        y1=TOP,
        layer="below",
        line={"width": 0},
        fillcolor=tint(QUIET, 0.25),
    )
    figure.add_annotation(
        text="the<br>line",
        x=(low + high) / 2,
        y=math.log10(TOP),
        xref="x",
        yref="y",
        yanchor="top",
        yshift=-4,
        showarrow=False,
        font={"size": 13, "color": QUIET},
    )


def _field(figure: Drawing, case: Case, told: Distance, line: tuple[float, float, float], end: float) -> None:
    """One quarter, its advice at the outer edge; the reader's is tinted and framed, or on the line both."""
    left, right = (0.0, line[1]) if case.far else (line[2], end)
    low, high = (MANY, TOP) if case.many else (FEWEST, MANY)
    is_it = case.many == told.many and (told.on_the_line or case.far == told.far)
    figure.add_shape(
        type="rect",
        x0=left,
        x1=right,
        y0=low,
        y1=high,
        layer="below",
        line={"color": INK if is_it else QUIET, "width": 2 if is_it else 0.5},
        fillcolor=tint(TINTS[case.key], 0.14 if is_it else 0.04),
    )
    words = case.advice.split()
    half = (len(words) + 1) // 2
    text = f"{' '.join(words[:half])}<br>{' '.join(words[half:])}"
    figure.add_annotation(
        text=f"<b>{text}</b>" if is_it else text,
        x=(left + right) / 2,
        y=math.log10(high if case.many else low),
        xref="x",
        yref="y",
        yanchor="top" if case.many else "bottom",
        yshift=-4 if case.many else 4,
        showarrow=False,
        font={"size": 14, "color": INK if is_it else QUIET},
    )


def _own_photos(figure: Drawing) -> None:
    """Where the photos lie that the network knows best and never saw."""
    figure.add_shape(
        type="line", x0=OWN, x1=OWN, y0=7, y1=1000, line={"color": QUIET, "width": 1.5, "dash": "dash"}
    )
    figure.add_annotation(
        text="the network's<br>own kind",
        x=OWN,
        y=math.log10(7),
        xref="x",
        yref="y",
        yanchor="top",
        showarrow=False,
        font={"size": 13, "color": QUIET},
    )


def _task(figure: Drawing, task: Known) -> None:
    name, position = SHORT.get(task.key, (task.name, "middle right"))
    figure.add_scatter(
        x=[four_figures(task.similarity)],
        y=[task.n_held],
        mode="markers+text",
        text=[name],
        textposition=position,
        textfont={"size": 13, "color": QUIET},
        marker={"size": 8, "color": QUIET, "symbol": "circle"},
        hovertemplate=f"{task.name}<br>similarity %{{x:.0f}}, %{{y}} pictures a class<extra></extra>",
        cliponaxis=False,
    )


def _side(at: float) -> str:
    """Where the reader's words stand: not over an edge, nor across the dashed line."""
    if at < FARTHEST_RIGHT / 6 or OWN <= at < OWN + CLEAR:
        return "left"
    return "right" if OWN - CLEAR < at < OWN else "center"


def _reader(figure: Drawing, told: Distance) -> None:
    """The reader's task, with the range of nine in ten of its pictures."""
    at, low, high = four_figures(told.similarity), *map(four_figures, told.usual)
    n = told.settings.n_per_class
    figure.add_scatter(
        x=[low, high],
        y=[n, n],
        mode="lines",
        line={"color": ACCENT, "width": 2, "dash": "dot"},
        hovertemplate="nine in ten of its pictures<extra></extra>",
    )
    figure.add_scatter(
        x=[at],
        y=[n],
        mode="markers",
        marker={"size": 17, "color": ACCENT, "symbol": "diamond", "line": {"color": "#FFFFFF", "width": 1.5}},
        hovertemplate="your task<br>similarity %{x:.0f}, %{y} pictures a class<extra></extra>",
        cliponaxis=False,
    )
    figure.add_annotation(
        text=f"<b>your task: {told.similarity:.0f}</b>",
        x=at,
        y=math.log10(n),
        xref="x",
        yref="y",
        xanchor=_side(at),
        yanchor="top",
        yshift=-8,
        showarrow=False,
        font={"size": 15, "color": ACCENT},
    )


def _table(told: Distance) -> pd.DataFrame:
    import pandas as pd

    rows = [(task.name, task.similarity, task.n_held, task.frozen, task.pixels) for task in others(told)]
    frame = pd.DataFrame(
        rows,
        columns=[
            "task",
            "similarity (0 to 100)",
            "pictures a class",
            "right between two names (share)",
            "the same on bare pixels (share)",
        ],
    )
    frame.loc[len(frame)] = ["your task", round(told.similarity, 1), told.settings.n_per_class, None, None]
    return frame
