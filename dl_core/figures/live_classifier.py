"""The live classifier's guesses as bars; its other charts are gathered here under one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dl_core.figures.calibration import reliability
from dl_core.figures.drawing import Drawing
from dl_core.figures.images import data_uri
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    INK,
    PALE_BLUE,
    PAPER,
    QUIET,
    Picture,
    house_drawing,
    words_at_both_ends,
)
from dl_core.figures.wobble import wobble
from dl_core.live_classifier import LiveStory
from dl_core.numbers_in_words import percent
from dl_core.vision.card import Card, read_card
from dl_core.vision.classes import classes
from dl_core.vision.predict import Prediction

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["guesses", "photo_and_guesses", "reliability", "top5", "wobble"]

SLIDE_PHOTO_PIXELS = 720  # the longer side; sharp on a projector, small in a deck
PHOTO_SHARE = 0.36  # of a slide's width


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


def photo_and_guesses(told: LiveStory) -> Picture:
    """`top5` beside the photo itself, for where nothing else shows it: a slide, a document.

    Parameters
    ----------
    told
        From :func:`dl_core.live_classifier.story`.
    """
    bars = top5(told)
    figure = _bars(told.prediction, read_card())
    figure.update_xaxes(domain=[PHOTO_SHARE + 0.05, 1])
    photo = told.photo.image.copy()
    photo.thumbnail((SLIDE_PHOTO_PIXELS, SLIDE_PHOTO_PIXELS))
    figure.add_layout_image(
        source=data_uri(np.asarray(photo)),
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        sizex=PHOTO_SHARE,
        sizey=1,
        xanchor="left",
        yanchor="top",
        sizing="contain",
    )
    return Picture(figure, f"The photo, and what the network says. {bars.summary}", bars.numbers)


def guesses(found: Prediction, card: Card) -> Picture:
    """`top5` for any prediction and card.

    Examples
    --------
    >>> from dl_core.vision.card import example_card
    >>> answer = Prediction(("teapot", "wok"), (0.7, 0.2), refused=False, seconds=0.01)
    >>> guesses(answer, example_card()).table["how sure (%)"].tolist()
    [70.0, 20.0, 10.0]
    """
    names, sure = _rows(found)
    return Picture(_bars(found, card), guesses_summary(found, card), lambda: _guesses_table(names, sure))


def _rows(found: Prediction) -> tuple[list[str], NDArray[np.float64]]:
    """Each guess and what is left for all other names, with how sure in percent."""
    names = [*found.labels, f"all other {len(classes()) - len(found.labels)} names"]
    return names, np.array([*found.probabilities, max(0.0, 1 - sum(found.probabilities))]) * 100


def _bars(found: Prediction, card: Card) -> Drawing:
    names, sure = _rows(found)
    figure = house_drawing(guesses_title(found))
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
                "solidity": 0.2,
            },
        },
        hoverinfo="skip",
    )
    for row, name in enumerate(names):
        _bar_words(figure, row, name, float(sure[row]))
    _threshold_line(figure, card.threshold, len(names))
    figure.update_yaxes(visible=False, range=[len(names) - 0.15, -0.75], fixedrange=True)
    figure.update_xaxes(range=[0, 100], visible=False, fixedrange=True)
    return figure


def _guesses_table(names: list[str], sure: NDArray[np.float64]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({"name": names, "how sure (%)": np.round(sure, 2)})


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


def _bar_words(figure: Drawing, row: int, name: str, sure: float) -> None:
    """Name and number above the bar, at both ends."""
    words = {"y": row - 0.42, "xref": "x", "yref": "y", "showarrow": False, "yanchor": "middle"}
    font = {"size": 15, "color": QUIET if row else INK}
    number = f"{sure:.0f} %" if sure >= 0.5 else "under 1 %"
    left, right = (text if row else f"<b>{text}</b>" for text in (name, number))
    words_at_both_ends(figure, left, right, font=font, **words)


def _threshold_line(figure: Drawing, threshold: float, n_rows: int) -> None:
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
