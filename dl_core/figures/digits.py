"""Digits as pictures: how k was chosen, who voted, what softmax keeps, and the two scores."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dl_core.digit_answers import DigitAnswer, answer_sentence
from dl_core.digits import KS, METRICS, DigitStudy, choice_sentence, finding_sentences
from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import ACCENT, BLUE, INK, PAPER, QUIET, VERMILLION, Picture, house_drawing
from dl_core.intervals import Share
from dl_core.numbers_in_words import bytes_in_words, percent, two_figures

if TYPE_CHECKING:
    import pandas as pd

TILE = 8  # cells
STEP = 10  # from one tile to the next: 2 cells of air
LABEL_ROOM = 3  # cells below a row of tiles for its labels
TILES_PER_ROW = 6


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
            font={"color": VERMILLION},
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
    """The question and the digits that voted on it, nearest first."""
    shown = answer.neighbours[: 2 * TILES_PER_ROW - 1]
    pictures = np.concatenate([answer.image[None], shown]) / 16
    n_voters, votes = len(answer.neighbour_labels), round(answer.knn_share * len(answer.neighbour_labels))
    title = (
        f"A tie: {votes} of {n_voters} votes each"
        if answer.tied
        else f"{votes} of {n_voters} say {answer.knn}"
    )
    if n_voters == 1:
        title = f"The nearest digit says {answer.knn}"
    figure = house_drawing(title, height=70 + 135 * math.ceil(len(pictures) / TILES_PER_ROW))
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


def weight_templates(study: DigitStudy) -> Picture:
    """Softmax's weights as ten pictures: where ink counts for a digit and where against it."""
    weights = study.softmax.weights.reshape(10, TILE, TILE)
    largest = float(np.abs(weights).max())
    figure = house_drawing("All softmax keeps: ten stencils", height=430)
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
        text=f"<span style='color:{VERMILLION}'><b>Orange</b></span>: ink here counts for the digit. "
        f"<span style='color:{BLUE}'><b>Blue</b></span>: against it.",
        font={"size": 14, "color": INK},
    )
    _square(figure, grid, 5)
    figure.update_layout(margin={"t": 78})
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


def digit_scores(study: DigitStudy) -> Picture:
    """Who is right more often on unseen digits, with intervals, and what each must keep."""
    figure = house_drawing(_score_title(study), height=260)
    rows = (
        ("kNN", study.knn_score, study.knn_cost, BLUE, "circle"),
        ("softmax", study.softmax_score, study.softmax_cost, VERMILLION, "square"),
    )
    for place, (name, score, cost, colour, symbol) in enumerate(rows):
        figure.add_scatter(
            x=[100 * score.value],
            y=[-place],
            mode="markers",
            name=name,
            marker={"size": 13, "color": colour, "symbol": symbol},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [100 * (score.high - score.value)],
                "arrayminus": [100 * (score.value - score.low)],
                "color": colour,
                "thickness": 2,
                "width": 0,
            },
            hovertemplate=f"{name}: {score.hits} of {score.n} right<extra></extra>",
        )
        figure.add_annotation(
            x=0,
            xref="paper",
            y=-place,
            yshift=22,
            xanchor="left",
            showarrow=False,
            font={"size": 14, "color": INK},
            text=f"<b>{name}</b> {percent(score.value)} right · keeps {bytes_in_words(cost.bytes)}"
            f" · {cost.operations:,} steps",
        )
    low = math.floor(100 * min(study.knn_score.low, study.softmax_score.low))
    figure.update_xaxes(title={"text": "right answers on the test pile, %"}, range=[low - 0.5, 100.4])
    figure.update_yaxes(visible=False, range=[-1.5, 0.75])
    return Picture(figure, finding_sentences(study), lambda: _score_table(study))


def _score_title(study: DigitStudy) -> str:
    ratio = two_figures(study.knn_cost.operations / study.softmax_cost.operations)
    if study.knn_score.hits > study.softmax_score.hits:
        return f"kNN is more often right, at {ratio}× the work"
    return f"softmax is as good, with {ratio}× less work"


def _score_table(study: DigitStudy) -> pd.DataFrame:
    import pandas as pd

    def told(score: Share) -> str:
        return f"{percent(score.low)} to {percent(score.high)}"

    rows = (("kNN", study.knn_score, study.knn_cost), ("softmax", study.softmax_score, study.softmax_cost))
    return pd.DataFrame(
        {
            "model": name,
            "right": score.hits,
            "of": score.n,
            "share": percent(score.value),
            "95 % interval": told(score),
            "memory": bytes_in_words(cost.bytes),
            "steps per answer": cost.operations,
        }
        for name, score, cost in rows
    )


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
