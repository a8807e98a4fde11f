"""The photo with a grey box on it, and beside it what the box does to the guesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dl_core.covered_photo import GREY, Covered, Edges, Guess, takeaway
from dl_core.figures.drawing import Drawing, Spec, each_in_four, four_figures
from dl_core.figures.images import data_uri
from dl_core.figures.picture import (
    BLUE,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
    words_at_both_ends,
)
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    import pandas as pd

LONGEST_SIDE = 340  # pixels of the photo in the chart
PHOTO_SHARE, BARS_FROM = 0.47, 0.51  # of the chart's width
BARS_AT = 1000  # rows of the bars start here, so that a click on one is no place on the photo
BOX_COLOUR = f"rgb({GREY},{GREY},{GREY})"


def covered_photo(told: Covered) -> Picture:
    """Hollow bars without the box, solid bars with it; the ring in the box can be dragged.

    Examples
    --------
    >>> from dl_core.covered_photo import Settings, story
    >>> from dl_core.photos import first_sample
    >>> covered_photo(story(Settings(first_sample()))).figure["layout"]["meta"]["drag"]
    {'trace': 5}
    """
    figure = house_drawing(_title(told), height=400)
    _bars(figure, told)
    _photo(figure, told)
    width, height = told.settings.photo.image.size
    bare = {"visible": False, "fixedrange": True, "showgrid": False}
    figure.update_layout(
        barmode="overlay",
        meta={"drag": {"trace": len(figure["data"]) - 1}, "narrow_height": 330},
        xaxis={
            **bare, "range": [0, 100], "domain": [0, PHOTO_SHARE],
            "constrain": "domain", "constraintoward": "left",
        },
        yaxis={
            **bare, "range": [100, 0], "domain": [0.08, 1], "constrain": "domain", "constraintoward": "top",
            "scaleanchor": "x", "scaleratio": four_figures(height / width),
        },
        xaxis2={**bare, "range": [0, 100], "domain": [BARS_FROM, 1], "anchor": "y2"},
        yaxis2={**bare, "range": [BARS_AT + len(told.guesses) - 0.2, BARS_AT - 0.7], "anchor": "x2"},
    )  # fmt: skip
    return Picture(figure, takeaway(told), lambda: _table(told))


def _title(told: Covered) -> str:
    name, was, now = told.first.name, percent(told.first.before), percent(told.first.after)
    if not told.holds:
        return f"With the box it says “{told.answer.name}”"
    if was == now:
        return f"With the box “{name}” stays at {was}"
    moves = "falls" if told.first.after < told.first.before else "rises"
    return f"With the box “{name}” {moves} from {was} to {now}"


def _bars(figure: Drawing, told: Covered) -> None:
    rows = [BARS_AT + at for at in range(len(told.guesses))]
    colours = [_colour(told, guess) for guess in told.guesses]
    both = {"y": rows, "orientation": "h", "hoverinfo": "skip", "xaxis": "x2", "yaxis": "y2"}
    figure.add_bar(
        x=[four_figures(100 * guess.before) for guess in told.guesses],
        width=0.4,
        marker={"color": PAPER, "line": {"color": colours, "width": 2}},
        **both,
    )
    figure.add_bar(
        x=[four_figures(100 * guess.after) for guess in told.guesses],
        width=0.22,
        marker={"color": colours, "line": {"width": 0}},
        **both,
    )
    for row, guess, colour in zip(rows, told.guesses, colours, strict=True):
        is_answer = guess == told.answer
        name = f"<b>{guess.name}</b> ◂" if is_answer else guess.name
        numbers = f"{_short(guess.before)}→{_short(guess.after)} %"
        font = {"size": 14, "color": WORDS.get(colour, INK)}
        place = {"y": row - 0.4, "xref": "x2", "yref": "y2", "yanchor": "middle", "showarrow": False}
        words_at_both_ends(figure, name, numbers, font=font, **place)
    figure.add_annotation(
        text="hollow: before, solid: with box",
        x=0, y=BARS_AT + len(told.guesses) - 0.55, xref="x2", yref="y2", xanchor="left", yanchor="top",
        xshift=-3, showarrow=False, font={"size": 13, "color": QUIET},
    )  # fmt: skip


def _short(share: float) -> str:
    return f"{100 * share:.0f}" if share >= 0.005 or share == 0 else "<1"


def _colour(told: Covered, guess: Guess) -> str:
    if guess == told.first:
        return BLUE
    return VERMILLION if guess == told.answer else QUIET


def _photo(figure: Drawing, told: Covered) -> None:
    """The photo, the square that the network sees, the box, and the ring by which it is moved."""
    small = told.settings.photo.image.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    figure.add_layout_image(
        source=data_uri(np.asarray(small)), xref="x", yref="y", x=0, y=0, sizex=100, sizey=100,
        xanchor="left", yanchor="top", sizing="stretch", layer="below",
    )  # fmt: skip
    # traces, because a browser draws such shapes under the image, or else over the ring
    _outline(figure, told.edges, {"color": "#FFFFFF", "width": 1.5}, fillcolor=BOX_COLOUR, fill="toself")
    if told.seen != (0, 0, 100, 100):
        # one of the two shows on any photo
        _outline(figure, told.seen, {"color": "#FFFFFF", "width": 2})
        _outline(figure, told.seen, {"color": "#000000", "width": 2, "dash": "dash"})
        figure.add_annotation(
            text="dashed: what it looks at", x=0, y=100, xref="x", yref="y", xanchor="left", yanchor="top",
            yshift=-2, showarrow=False, font={"size": 13, "color": QUIET},
        )  # fmt: skip
    figure.add_scatter(
        x=[told.settings.x], y=[told.settings.y], mode="markers", hoverinfo="skip", cliponaxis=False,
        marker={"symbol": "circle-open", "size": 15, "color": "#FFFFFF", "line": {"width": 2.5}},
    )  # fmt: skip


def _outline(figure: Drawing, edges: Edges, line: Spec, **more: str) -> None:
    left, top, right, bottom = each_in_four(edges)
    figure.add_scatter(
        x=[left, right, right, left, left], y=[top, top, bottom, bottom, top], mode="lines",
        hoverinfo="skip", line=line, **more,
    )  # fmt: skip


def _table(told: Covered) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "name": [guess.name for guess in told.guesses],
            "without the box (%)": [round(100 * guess.before, 2) for guess in told.guesses],
            "with the box (%)": [round(100 * guess.after, 2) for guess in told.guesses],
        }
    )
