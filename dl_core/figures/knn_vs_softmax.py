"""The plane of the lesson "kNN vs softmax": both models side by side, asked the same question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Spec, tint
from dl_core.figures.picture import (
    ACCENT,
    FAINT,
    INK,
    PAPER,
    QUIET,
    SERIES,
    SYMBOLS,
    Picture,
    house_layout,
)
from dl_core.knn_vs_softmax import CLASS_NAMES, Answer, KnnVsSoftmaxStory, tally
from dl_core.numbers_in_words import bytes_in_words, percent, two_figures
from dl_core.plane_regions import TIE, Grid

if TYPE_CHECKING:
    import pandas as pd

SHADES = 50  # steps of confidence per class, so that five classes and the tie fit one byte
PANELS = ("x", "y"), ("x2", "y2")


def plane(shown: KnnVsSoftmaxStory) -> Picture:
    """kNN on the left, softmax on the right: regions, points, the question and its voters.

    Parameters
    ----------
    shown
        From :func:`dl_core.knn_vs_softmax.story`.

    Examples
    --------
    >>> from dl_core.knn_vs_softmax import Settings, story
    >>> len(plane(story(Settings())).table)
    2
    """
    traces: list[Spec] = []
    names: list[Spec] = []
    for answer, (x, y), name in zip(
        (shown.knn, shown.softmax),
        PANELS,
        (f"kNN, k = {shown.settings.k} neighbours", "Softmax, straight lines"),
        strict=True,
    ):
        traces.append(_regions(shown, answer, x, y))
        if answer is shown.knn:
            traces.append(_threads(shown))
        traces += [*_points(shown, x, y), _question(shown, answer, x, y)]
        names.append(_panel_name(f"<b>{name}</b><br>{_says(answer, shown)}", x, y))
    layout = {**house_layout(_title(shown), height=390), **_axes(shown), "annotations": names}
    layout["margin"] = {**layout["margin"], "t": 92}
    layout["meta"] = {"narrow_height": 280}
    return Picture({"data": traces, "layout": layout}, plane_summary(shown), lambda: _table(shown))


def _panel_name(text: str, x: str, y: str) -> Spec:
    return {
        "text": text,
        "xref": f"{x} domain",
        "yref": f"{y} domain",
        "x": 0,
        "y": 1.005,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": 14, "color": INK},
    }


def plane_summary(shown: KnnVsSoftmaxStory) -> str:
    """What a sighted reader takes from the plane, in three sentences."""
    white = float((shown.knn.grid == TIE).mean())
    ties = f" White patches, {percent(white)} of the plane, are ties." if white else ""
    return (
        f"The same {shown.settings.n_points} points, once with kNN’s regions and once with softmax’s. "
        f"At the star, {tally(shown)}; softmax gives {CLASS_NAMES[shown.softmax.label]} "
        f"{percent(shown.softmax.confidence)}.{ties}"
    )


def _title(shown: KnnVsSoftmaxStory) -> str:
    knn, softmax = shown.knn, shown.softmax
    if shown.far:
        return f"Far away, softmax is {percent(softmax.confidence)} sure"
    if knn.tied:
        return f"kNN’s vote is a tie; softmax says {CLASS_NAMES[softmax.label]}"
    if knn.unseen.low > softmax.unseen.high:
        return (
            f"A straight line fails: {percent(softmax.unseen.value)} right, kNN {percent(knn.unseen.value)}"
        )
    if knn.label != softmax.label:
        return f"kNN says {CLASS_NAMES[knn.label]}, softmax says {CLASS_NAMES[softmax.label]}"
    return f"Both say {CLASS_NAMES[knn.label]}, in different ways"


def _says(answer: Answer, shown: KnnVsSoftmaxStory) -> str:
    if answer.tied:
        return "a tie"
    if answer is shown.knn:
        return f"{CLASS_NAMES[answer.label]}, {shown.votes.max()} of {shown.settings.k} votes"
    return f"{CLASS_NAMES[answer.label]}, {percent(answer.confidence)}"


def shades(answer: Answer, n_classes: int) -> Grid:
    """Class and confidence packed into one byte: 50 steps per class, 255 for a tie.

    Parameters
    ----------
    answer
        One model's regions, ``(GRID_SIZE, GRID_SIZE)``.
    n_classes
        2 to 5; confidence starts at an even share, ``100 / n_classes`` percent.
    """
    least = 100 / n_classes
    step = np.clip((answer.confidence_grid - least) / (100 - least) * (SHADES - 1), 0, SHADES - 1)
    packed = answer.grid.astype(np.int64) * SHADES + np.round(step).astype(np.int64)
    return np.where(answer.grid == TIE, TIE, packed).astype(np.uint8)


def _regions(shown: KnnVsSoftmaxStory, answer: Answer, x: str, y: str) -> Spec:
    scale: list[tuple[float, str]] = []
    for label, colour in enumerate(SERIES):
        first, last = label * SHADES, (label + 1) * SHADES - 1
        scale += [(first / TIE, tint(colour, 0.10)), (last / TIE, tint(colour, 0.42))]
    clear = tint("#FFFFFF", 0.0)  # a tie shows the page's own paper
    scale += [(len(SERIES) * SHADES / TIE, clear), (1.0, clear)]
    return {
        "type": "heatmap",
        "z": shades(answer, shown.settings.n_classes),
        "x0": shown.places[0],
        "dx": shown.places[1] - shown.places[0],
        "y0": shown.places[0],
        "dy": shown.places[1] - shown.places[0],
        "xaxis": x,
        "yaxis": y,
        "colorscale": scale,
        "zmin": 0,
        "zmax": TIE,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _points(shown: KnnVsSoftmaxStory, x: str, y: str) -> list[Spec]:
    traces = []
    for label in range(shown.settings.n_classes):
        mine = np.flatnonzero(shown.labels == label)
        traces.append(
            {
                "type": "scatter",
                "x": shown.points[mine, 0].round(3),
                "y": shown.points[mine, 1].round(3),
                "xaxis": x,
                "yaxis": y,
                "mode": "markers",
                "name": CLASS_NAMES[label],
                "customdata": mine,
                "marker": {
                    "symbol": SYMBOLS[label],
                    "color": SERIES[label],
                    "size": 8,
                    "line": {"color": PAPER, "width": 1},
                },
                "hovertemplate": f"{CLASS_NAMES[label]} at (%{{x:.1f}}, %{{y:.1f}})<extra></extra>",
            }
        )
    return traces


def _threads(shown: KnnVsSoftmaxStory) -> Spec:
    """Thin lines from the question to each voter, and a ring around each."""
    ends = shown.points[shown.voters]
    xs: list[float | None] = []
    ys: list[float | None] = []
    for end in ends:
        xs += [shown.settings.query[0], round(float(end[0]), 3), None]
        ys += [shown.settings.query[1], round(float(end[1]), 3), None]
    ring = [0, 14, 0] * len(ends)
    return {
        "type": "scatter",
        "x": xs,
        "y": ys,
        "mode": "lines+markers",
        "hoverinfo": "skip",
        "name": "voters",
        "line": {"color": INK, "width": 1},
        "marker": {
            "symbol": "circle-open",
            "size": ring,
            "opacity": 1,
            "color": INK,
            "line": {"width": 1.5, "color": INK},
        },
    }


def _question(shown: KnnVsSoftmaxStory, answer: Answer, x: str, y: str) -> Spec:
    return {
        "type": "scatter",
        "x": [shown.settings.query[0]],
        "y": [shown.settings.query[1]],
        "xaxis": x,
        "yaxis": y,
        "mode": "markers",
        "name": "question",
        "marker": {"symbol": "star", "size": 18, "color": ACCENT, "line": {"color": PAPER, "width": 1.5}},
        "hovertemplate": f"the question: {_says(answer, shown)}<extra></extra>",
    }


def _axes(shown: KnnVsSoftmaxStory) -> Spec:
    half_step = (shown.places[1] - shown.places[0]) / 2
    span = [float(shown.places[0] - half_step), float(shown.places[-1] + half_step)]
    shared = {
        "range": span,
        "showgrid": False,
        "linecolor": FAINT,
        "nticks": 5,
        "tickfont": {"color": QUIET, "size": 12},
        "ticks": "",
        "automargin": True,
        "zeroline": False,
    }
    return {
        "xaxis": {**shared, "domain": [0, 0.485]},
        "xaxis2": {**shared, "domain": [0.515, 1], "anchor": "y2", "matches": "x"},
        "yaxis": shared,
        "yaxis2": {**shared, "anchor": "x2", "showticklabels": False, "matches": "y"},
    }


def _table(shown: KnnVsSoftmaxStory) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for name, answer in (("kNN", shown.knn), ("softmax", shown.softmax)):
        rows.append(
            {
                "model": name,
                "answer": "a tie" if answer.tied else CLASS_NAMES[answer.label],
                "confidence": percent(answer.confidence),
                "right on stored points": percent(answer.seen.value),
                "right on new points": f"{percent(answer.unseen.value)} "
                f"({two_figures(answer.unseen.low * 100)} to {two_figures(answer.unseen.high * 100)} %)",
                "numbers kept": answer.cost.numbers,
                "memory": bytes_in_words(answer.cost.bytes),
                "operations per answer": answer.cost.operations,
            }
        )
    return pd.DataFrame(rows)
