"""Digits as pictures: how k was chosen, who voted, what softmax keeps, and the two scores."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dl_core.digit_answers import DigitAnswer, answer_sentence
from dl_core.digits import KS, METRICS, DigitStudy, choice_sentence
from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import ACCENT, BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    import pandas as pd

TILE = 8  # cells
STEP = 10  # from one tile to the next: 2 cells of air
LABEL_ROOM = 3  # cells below a row of tiles for its labels
TILES_PER_ROW = 6
SHARES_HEIGHT = 150  # px under the tiles for softmax's bars


def k_curve(study: DigitStudy) -> Picture:
    """Right answers on the validation pile for each k, the chosen one marked, the test score beside it."""
    # each k at its place in the row, 0 to 8: where k is a name, Plotly.js may still read it as a number
    place = KS.index(study.k)
    best = study.curve[study.metric][place]
    figure = house_drawing(f"k = {study.k} does best on the validation pile")
    for metric, dash in zip(METRICS, ("dash", "solid"), strict=True):
        values = [100 * share.value for share in study.curve[metric]]
        figure.add_scatter(
            x=list(range(len(KS))),
            y=values,
            customdata=KS,
            mode="lines+markers",
            name=metric,
            line={"color": VERMILLION, "dash": dash, "width": 2.5},
            marker={"size": 7, "symbol": "circle" if metric == "L2" else "square"},
            hovertemplate=f"k = %{{customdata}}, {metric}: %{{y:.1f}} %<extra></extra>",
        )
    _curve_labels(figure, study)
    figure.add_scatter(
        x=[place],
        y=[100 * best.value],
        mode="markers",
        name="chosen",
        hoverinfo="skip",
        marker={"size": 17, "symbol": "circle-open", "color": ACCENT, "line": {"width": 3}},
    )
    test = study.knn_score
    figure.add_scatter(
        x=[place],
        y=[100 * test.value],
        mode="markers",
        name="test",
        marker={"size": 11, "symbol": "diamond", "color": INK},
        hovertemplate=f"test pile, opened once: {percent(test.value)}<extra></extra>",
    )
    figure.update_xaxes(
        title={"text": "k, the number of neighbours that vote"},
        showgrid=False,
        type="linear",
        tickvals=list(range(len(KS))),
        ticktext=[str(k) for k in KS],
        tickangle=0,
        range=[-0.6, len(KS) - 0.3],
    )
    figure.update_yaxes(title={"text": "right answers, %"}, nticks=6)
    summary = f"{choice_sentence(study)} The test pile, opened once, gives {percent(test.value)}."
    return Picture(figure, summary, lambda: _curve_table(study))


def _curve_table(study: DigitStudy) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {"k": k, **{f"{metric}, % right": round(100 * study.curve[metric][i].value, 1) for metric in METRICS}}
        for i, k in enumerate(KS)
    )


def _curve_labels(figure: Drawing, study: DigitStudy) -> None:
    ends = sorted(METRICS, key=lambda metric: study.curve[metric][-1].value)
    for metric, apart in zip(ends, (-7, 7), strict=True):
        figure.add_annotation(
            x=len(KS) - 1,
            y=100 * study.curve[metric][-1].value,
            text=f"<b>{metric}</b>",
            showarrow=False,
            xanchor="left",
            xshift=9,
            yshift=apart,
            font={"color": WORDS[VERMILLION]},
        )
    place = KS.index(study.k)
    test, best = study.knn_score.value, study.curve[study.metric][place].value
    on_the_left = place < len(KS) / 2
    figure.add_annotation(
        x=place,
        y=100 * test,
        text=f"test pile, opened once: {percent(test)}",
        showarrow=False,
        xanchor="left" if on_the_left else "right",
        xshift=14 if on_the_left else -14,
        yshift=4 if test >= best else -4,  # away from the ring
        font={"color": INK},
    )


def neighbours_strip(answer: DigitAnswer) -> Picture:
    """Both answers about one digit: the digits that voted, nearest first, and softmax's ten shares."""
    shown = answer.neighbours[: 2 * TILES_PER_ROW - 1]
    pictures = np.concatenate([answer.image[None], shown]) / 16
    n_rows = math.ceil(len(pictures) / TILES_PER_ROW)
    height = 70 + 135 * n_rows
    figure = house_drawing(_strip_title(answer), height=height + SHARES_HEIGHT)
    grid = _tiles(pictures, min(len(pictures), TILES_PER_ROW))
    figure.add_heatmap(
        z=grid,
        colorscale=[[0, PAPER], [1, INK]],
        zmin=0,
        zmax=1,
        showscale=False,
        hoverinfo="skip",
        xgap=0.5,
        ygap=0.5,
    )
    labels = ["question", *(f"<b>{label}</b>" for label in answer.neighbour_labels[: len(shown)])]
    _tile_labels(figure, labels, TILES_PER_ROW)
    figure.add_shape(
        type="rect", x0=-0.9, x1=TILE - 0.1, y0=-0.9, y1=TILE - 0.1, line={"color": ACCENT, "width": 2.5}
    )
    _square(figure, grid, TILES_PER_ROW)
    _softmax_shares(figure, answer, below=SHARES_HEIGHT / (height + SHARES_HEIGHT))
    return Picture(figure, answer_sentence(answer), lambda: _voters_table(answer))


def _voters_table(answer: DigitAnswer) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "place": np.arange(1, len(answer.neighbour_labels) + 1),
            "digit": answer.neighbour_labels,
            "distance": answer.distances.round(2),
        }
    )


def _strip_title(answer: DigitAnswer) -> str:
    n_voters = len(answer.neighbour_labels)
    votes = round(answer.knn_share * n_voters)
    says = f"{votes} of {n_voters} neighbours say {answer.knn}"
    if answer.tied:
        says = f"A tie, {votes} of {n_voters} votes each"
    elif n_voters == 1:
        says = f"The nearest digit says {answer.knn}"
    return f"{says}; softmax says {answer.softmax}"


def _softmax_shares(figure: Drawing, answer: DigitAnswer, below: float) -> None:
    """Softmax's share for each digit as bars, in the lower part of the picture."""
    shares = 100 * answer.probabilities
    won = [digit == answer.softmax for digit in range(len(shares))]
    figure.add_bar(
        x=list(range(len(shares))),
        y=shares.round(2),
        xaxis="x2",
        yaxis="y2",
        width=0.6,
        marker={"color": [VERMILLION if first else QUIET for first in won], "line": {"width": 0}},
        text=[f"<b>{share:.0f} %</b>" if first else "" for share, first in zip(shares, won, strict=True)],
        textposition="outside",
        cliponaxis=False,
        textfont={"color": INK, "size": 14},
        hovertemplate="softmax gives %{x} %{y:.1f} %<extra></extra>",
    )
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True}
    figure.update_layout(
        yaxis={"domain": [below, 1]},
        xaxis2={
            **axis,
            "anchor": "y2",
            "domain": [0, 1],
            "automargin": True,
            "tickvals": list(range(len(shares))),
            "tickfont": {"color": INK, "size": 14},
            "title": {
                "text": "softmax’s share for each digit",
                "font": {"size": 14, "color": QUIET},
                "standoff": 4,
            },
        },
        yaxis2={**axis, "anchor": "x2", "domain": [0, 0.62 * below], "range": [0, 100], "visible": False},
    )


def weight_templates(study: DigitStudy) -> Picture:
    """Softmax's weights as ten pictures: where ink counts for a digit and where against it."""
    weights = study.softmax.weights.reshape(10, TILE, TILE)
    largest = float(np.abs(weights).max())
    figure = house_drawing("All that softmax keeps: ten pictures", height=430)
    grid = _tiles(weights, 5)
    figure.add_heatmap(
        z=grid.round(3),
        colorscale=[[0, BLUE], [0.5, PAPER], [1, VERMILLION]],
        zmin=-largest,
        zmax=largest,
        showscale=False,
        hovertemplate="weight %{z:.2f}<extra></extra>",
        hoverongaps=False,
    )
    _tile_labels(figure, [f"<b>{digit}</b>" for digit in range(10)], 5)
    for n in range(10):
        x, y = (n % 5) * STEP, (n // 5) * (STEP + LABEL_ROOM)
        figure.add_shape(
            type="rect",
            x0=x - 0.6,
            x1=x + TILE - 0.4,
            y0=y - 0.6,
            y1=y + TILE - 0.4,
            line={"color": QUIET, "width": 0.5},
        )
    figure.add_annotation(
        x=0,
        xref="paper",
        y=1,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        yshift=6,
        text=f"<span style='color:{WORDS[VERMILLION]}'><b>Orange</b></span>: ink here counts for the digit. "
        f"<span style='color:{WORDS[BLUE]}'><b>Blue</b></span>: against it.",
        font={"size": 14, "color": INK},
    )
    _square(figure, grid, 5)
    figure.update_layout(margin={"t": 78}, meta={"narrow_height": 270})  # a phone’s tiles are smaller
    digit, row, column = np.unravel_index(int(weights.argmax()), weights.shape)
    summary = (
        f"Softmax keeps {study.softmax.n_numbers} numbers: 64 weights and a bias for each digit. "
        f"The strongest weight speaks for a {digit}: ink in row {row + 1}, column {column + 1}."
    )
    return Picture(figure, summary, lambda: _weights_table(study))


def _weights_table(study: DigitStudy) -> pd.DataFrame:
    import pandas as pd

    places = [f"r{i // TILE + 1}c{i % TILE + 1}" for i in range(TILE * TILE)]
    table = pd.DataFrame(study.softmax.weights.round(3), columns=places)
    table.insert(0, "digit", np.arange(10))
    return table


def _tiles(pictures: NDArray[np.float64], per_row: int) -> NDArray[np.float64]:
    """Pictures (n, 8, 8) side by side in one array, with empty cells between them."""
    n_rows = math.ceil(len(pictures) / per_row)
    grid = np.full(((n_rows - 1) * (STEP + LABEL_ROOM) + TILE, (per_row - 1) * STEP + TILE), np.nan)
    for n, picture in enumerate(pictures):
        y, x = (n // per_row) * (STEP + LABEL_ROOM), (n % per_row) * STEP
        grid[y : y + TILE, x : x + TILE] = picture
    return grid


def _tile_labels(figure: Drawing, labels: list[str], per_row: int) -> None:
    for n, label in enumerate(labels):
        figure.add_annotation(
            x=(n % per_row) * STEP + TILE / 2 - 0.5,
            y=(n // per_row) * (STEP + LABEL_ROOM) + TILE + 0.2,
            text=label,
            showarrow=False,
            yanchor="top",
            font={"size": 14, "color": INK},
        )


def _square(figure: Drawing, grid: NDArray[np.float64], per_row: int) -> None:
    height = grid.shape[0] + LABEL_ROOM
    figure.update_xaxes(
        visible=False, range=[-1.2, per_row * STEP - 1.6], constrain="domain", constraintoward="left"
    )
    figure.update_yaxes(
        visible=False, range=[height - 0.5, -1.2], scaleanchor="x", constrain="domain", constraintoward="top"
    )
