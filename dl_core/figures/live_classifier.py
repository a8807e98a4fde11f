"""The live classifier's pictures: its guesses, how often they hold, where it looked, how it wobbles."""

from __future__ import annotations

import base64
import io

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray
from PIL import Image

from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    Picture,
    blank_figure,
)
from dl_core.intervals import share_of
from dl_core.live_classifier import LiveStory
from dl_core.numbers_in_words import percent
from dl_core.vision.calibration import Bin
from dl_core.vision.card import Card, read_card
from dl_core.vision.classes import classes
from dl_core.vision.explain import COLOURS, Explanation, control_sentence, overlay
from dl_core.vision.predict import FEWEST_COUNTED, Prediction, confidence_sentence
from dl_core.vision.wobble import Wobble, wobble_sentence

PALE_BLUE = "#7FB2D6"  # guesses after the first


def top5(told: LiveStory) -> Picture:
    """The best guesses as bars, with the bar that an answer must reach.

    A refused answer is hatched and says so; what is left for all other names is a bar too, so that the
    whole is 100 %.

    Parameters
    ----------
    told
        From :func:`dl_core.live_classifier.story`.
    """
    return guesses(told.prediction, read_card())


def guesses(found: Prediction, card: Card) -> Picture:
    """`top5` for any prediction and card.

    Examples
    --------
    >>> from dl_core.vision.card import example_card
    >>> answer = Prediction(("teapot", "wok"), (0.7, 0.2), refused=False, seconds=0.01)
    >>> guesses(answer, example_card()).table["how sure (%)"].tolist()
    [70.0, 20.0, 10.0]
    """
    left_over = max(0.0, 1 - sum(found.probabilities))
    names = [*found.labels, f"all other {len(classes()) - len(found.labels)} names"]
    sure = np.array([*found.probabilities, left_over]) * 100
    figure = blank_figure(guesses_title(found))
    rows = list(range(len(names)))
    colours = [QUIET if found.refused else BLUE] + [PALE_BLUE] * (len(names) - 2) + [FAINT]
    figure.add_bar(
        x=sure,
        y=rows,
        orientation="h",
        width=0.36,
        marker={
            "color": colours,
            "line": {"width": 0},
            "pattern": {
                "shape": ["/" if found.refused else ""] + [""] * (len(names) - 1),
                "fgcolor": PAPER,
                "size": 6,
            },
        },
        hoverinfo="skip",
    )
    for row, name in enumerate(names):
        _bar_words(figure, row, name, float(sure[row]))
    _threshold_line(figure, card.threshold, len(names))
    figure.update_yaxes(visible=False, range=[len(names) - 0.15, -0.75], fixedrange=True)
    figure.update_xaxes(range=[0, 100], visible=False, fixedrange=True)
    table = pd.DataFrame({"name": names, "how sure (%)": np.round(sure, 2)})
    return Picture(figure, guesses_summary(found, card), table)


def guesses_title(found: Prediction) -> str:
    """The finding: the answer, or that there is none.

    >>> guesses_title(Prediction(("teapot",), (0.08,), refused=True, seconds=0.01))
    'Not on my list: best guess only 8.0 % sure'
    """
    if found.refused:
        return f"Not on my list: best guess only {percent(found.probability)} sure"
    return f"{found.label}, {percent(found.probability)} sure"


def guesses_summary(found: Prediction, card: Card) -> str:
    """What a sighted reader takes from the bars."""
    said = [f"Best guess: {found.label}, {percent(found.probability)} sure."]
    if found.refused:
        said.append(f"That is below the bar of {percent(card.threshold)}, so it does not answer.")
    if found.labels[1:]:
        said.append(f"Next comes {found.labels[1]}, {percent(found.probabilities[1])}.")
    return " ".join(said)


def _bar_words(figure: go.Figure, row: int, name: str, sure: float) -> None:
    """Name and number above the bar, at both ends, so that neither can meet a bar or a line."""
    words = {"y": row - 0.42, "xref": "x", "yref": "y", "showarrow": False, "yanchor": "middle"}
    font = {"size": 15, "color": QUIET if row else INK}
    number = f"{sure:.0f} %" if sure >= 0.5 else "under 1 %"
    for text, x, anchor in ((name, 0, "left"), (number, 100, "right")):
        text = text if row else f"<b>{text}</b>"
        shift = -3 if anchor == "left" else 3
        figure.add_annotation(text=text, x=x, xanchor=anchor, xshift=shift, font=font, **words)


def _threshold_line(figure: go.Figure, threshold: float, n_rows: int) -> None:
    at = 100 * threshold
    line = {"color": ACCENT, "width": 2}
    figure.add_shape(type="line", x0=at, x1=at, y0=-0.24, y1=0.24, line=line)
    figure.add_annotation(
        text=f"❙ Below {percent(threshold)} it does not answer.",
        x=0,
        y=n_rows - 0.45,
        xref="x",
        yref="y",
        xanchor="left",
        xshift=-3,
        showarrow=False,
        font={"size": 13, "color": ACCENT},
    )


def reliability(card: Card, found: Prediction | None = None) -> Picture:
    """How often answers were right, by how sure they were; the reader's own answer is marked.

    Examples
    --------
    >>> from dl_core.vision.card import example_card
    >>> len(reliability(example_card()).table)
    10
    """
    own = card.reliability_at(found.probability) if found else None
    figure = blank_figure(reliability_title(card, own))
    figure.add_scatter(
        x=[0, 100], y=[0, 100], mode="lines", hoverinfo="skip", line={"color": QUIET, "dash": "dot"}
    )
    counted = [one for one in card.reliability if one.n >= FEWEST_COUNTED]
    figure.add_trace(_reliability_points(counted, own))
    figure.add_annotation(
        text="as often right as sure", x=74, y=82, showarrow=False, textangle=0, xanchor="right",
        font={"size": 13, "color": QUIET},
    )  # fmt: skip
    figure.update_xaxes(title="How sure the network was (%)", range=[-3, 103], dtick=20)
    figure.update_yaxes(title="Of 100 such answers, right", range=[-3, 103], dtick=20)
    summary = confidence_sentence(found, card) if found else f"{reliability_title(card, None)}."
    return Picture(figure, summary, _reliability_table(card))


def reliability_title(card: Card, own: Bin | None) -> str:
    """The finding: for the reader's answer where there is one, else for all."""
    if own is not None and own.n >= FEWEST_COUNTED:
        span = f"{100 * own.low:.0f} to {100 * own.high:.0f} %"
        return f"Answers {span} sure: {own.right:,} of {own.n:,} right"
    return f"Sure and right differ by {100 * card.ece:.1f} points on average"


def _reliability_points(counted: list[Bin], own: Bin | None) -> go.Scatter:
    shares = [share_of(one.right, one.n) for one in counted]
    y = np.array([100 * share.value for share in shares])
    return go.Scatter(
        x=[100 * one.confidence for one in counted],
        y=y,
        mode="markers",
        marker={
            "opacity": 1,
            "color": [ACCENT if one == own else BLUE for one in counted],
            "symbol": ["diamond" if one == own else "circle" for one in counted],
            "size": [15 if one == own else 10 for one in counted],
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [100 * share.high for share in shares] - y,
            "arrayminus": y - [100 * share.low for share in shares],
            "color": QUIET,
            "thickness": 1.2,
            "width": 0,
        },
        customdata=[one.n for one in counted],
        hovertemplate="%{x:.0f} % sure<br>%{y:.0f} of 100 right<br>%{customdata:,} photos<extra></extra>",
    )


def _reliability_table(card: Card) -> pd.DataFrame:
    rows = card.reliability
    return pd.DataFrame(
        {
            "how sure (%)": [f"{100 * one.low:.0f} to {100 * one.high:.0f}" for one in rows],
            "answers": [one.n for one in rows],
            "right": [one.right for one in rows],
            "right of 100": [f"{100 * one.right / one.n:.0f}" if one.n else "no answer" for one in rows],
        }
    )


def why(found: Explanation) -> Picture:
    """The photo, where its score came from, and the same from scrambled weights, on one fixed scale."""
    figure = blank_figure(f"Where “{found.label}” comes from", height=290)
    panels = (
        ("The photo", found.photo),
        ("Trained", overlay(found.photo, found.real, found.scale)),
        ("Scrambled", overlay(found.photo, found.scrambled, found.scale)),
    )
    for column, (caption, pixels) in enumerate(panels):
        left = column * (1 + PANEL_GAP) / len(panels)
        wide = (1 + PANEL_GAP) / len(panels) - PANEL_GAP
        figure.add_layout_image(
            source=data_uri(pixels), xref="paper", yref="paper", x=left, y=0.88, sizex=wide, sizey=0.68,
            xanchor="left", yanchor="top", sizing="contain", layer="above",
        )  # fmt: skip
        figure.add_annotation(
            text=caption, xref="paper", yref="paper", x=left, y=0.9, xanchor="left", yanchor="bottom",
            showarrow=False, font={"size": 14, "color": INK},
        )  # fmt: skip
    figure.add_trace(_scale_bar(found.scale))
    figure.update_xaxes(visible=False, range=[0, 1], fixedrange=True)
    figure.update_yaxes(visible=False, range=[0, 1], fixedrange=True)
    return Picture(figure, why_summary(found), _why_table(found))


PANEL_GAP = 0.03  # of the figure's width


def why_summary(found: Explanation) -> str:
    """Where the strongest spot is, and what the control says."""
    row, column = np.unravel_index(int(found.real.argmax()), found.real.shape)
    down = ("upper", "middle", "lower")[min(2, 3 * int(row) // found.real.shape[0])]
    across = ("left", "centre", "right")[min(2, 3 * int(column) // found.real.shape[1])]
    return f"The score for “{found.label}” comes mostly from the {down} {across}. {control_sentence(found)}"


def _scale_bar(scale: float) -> go.Scatter:
    steps = np.linspace(0, 1, len(COLOURS))
    shades = [[float(at), f"rgb{tuple(colour)}"] for at, colour in zip(steps, COLOURS, strict=True)]
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        hoverinfo="skip",
        marker={
            "color": [0],
            "cmin": 0,
            "cmax": scale,
            "colorscale": shades,
            "showscale": True,
            "colorbar": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 0.0,
                "yanchor": "bottom",
                "len": 0.8,
                "thickness": 8,
                "outlinewidth": 0,
                "tickvals": [0, scale / 2, scale],
                "ticktext": ["0", f"{scale / 2:g}", f"{scale:g} or more"],
                "tickfont": {"color": QUIET, "size": 13},
                "title": {
                    "text": "points of score, same scale for every photo",
                    "side": "top",
                    "font": {"size": 13, "color": QUIET},
                },
            },
        },
    )


def _why_table(found: Explanation) -> pd.DataFrame:
    """The nine parts of the photo, each map's average in points of score."""
    rows = []
    bands = [np.array_split(one, 3) for one in (found.real, found.scrambled)]
    for i, down in enumerate(("upper", "middle", "lower")):
        for j, across in enumerate(("left", "centre", "right")):
            parts = [float(np.array_split(band[i], 3, axis=1)[j].mean()) for band in bands]
            rows.append((f"{down} {across}", *(round(part, 2) for part in parts)))
    return pd.DataFrame(rows, columns=["part of the photo", "trained (points)", "scrambled (points)"])


def data_uri(pixels: NDArray[np.uint8]) -> str:
    """Pixels ``(H, W, 3)`` as a JPEG in a link, small enough to travel with the chart.

    >>> data_uri(np.zeros((8, 8, 3), np.uint8))[:23]
    'data:image/jpeg;base64,'
    """
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()


def wobble(rows: tuple[Wobble, ...]) -> Picture:
    """How sure the network still is of its first answer after each small change.

    Examples
    --------
    >>> plain, grey = Wobble("as it is", "teapot", 0.8, 0.8, True), Wobble("grey", "wok", 0.5, 0.2, False)
    >>> wobble((plain, grey)).table["answer"].tolist()
    ['teapot', 'wok']
    """
    original, changes = rows[0], rows[1:]
    held = sum(row.held for row in changes)
    figure = blank_figure(f"The answer held in {held} of {len(changes)} small changes")
    before = 100 * original.probability
    line = {"color": QUIET, "dash": "dot", "width": 1.5}
    figure.add_shape(type="line", x0=before, x1=before, y0=-0.6, y1=len(changes) - 0.4, line=line)
    for at, row in enumerate(changes):
        _wobble_row(figure, at, row, before)
    figure.add_annotation(
        text=f"as it is: {original.label}, {before:.0f} %", x=before, y=-0.75, showarrow=False,
        xanchor="left" if before < 50 else "right", font={"size": 13, "color": QUIET},
    )  # fmt: skip
    figure.update_yaxes(
        range=[len(changes) - 0.4, -1.1], tickvals=list(range(len(changes))), fixedrange=True, showgrid=False,
        ticktext=[f"{row.change} " for row in changes], tickfont={"size": 14, "color": INK},
    )  # fmt: skip
    figure.update_xaxes(title=f"Sure of “{original.label}” (%)", range=[-3, 103], fixedrange=True)
    table = pd.DataFrame(
        {
            "change": [row.change for row in rows],
            "answer": [row.label for row in rows],
            "how sure (%)": [round(100 * row.probability, 1) for row in rows],
            f"sure of {original.label} (%)": [round(100 * row.original_probability, 1) for row in rows],
            "held": ["yes" if row.held else "no" for row in rows],
        }
    )
    return Picture(figure, wobble_sentence(rows), table)


def _wobble_row(figure: go.Figure, at: int, row: Wobble, before: float) -> None:
    now = 100 * row.original_probability
    colour = BLUE if row.held else VERMILLION
    figure.add_scatter(
        x=[before, now], y=[at, at], mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip"
    )
    figure.add_scatter(
        x=[now],
        y=[at],
        mode="markers",
        marker={"color": colour, "size": 13, "symbol": "circle" if row.held else "x"},
        hovertemplate=f"{row.change}: {row.label}, {percent(row.probability)}<extra></extra>",
    )
    if not row.held:
        figure.add_annotation(
            text=f"now {row.label}", x=now, y=at, showarrow=False, yshift=14,
            xanchor="left" if now < 55 else "right", font={"size": 13, "color": QUIET},
        )  # fmt: skip
