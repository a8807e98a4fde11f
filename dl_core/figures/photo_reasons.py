"""Three signed maps of one score over their scrambled controls, and the bar of their colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dl_core.figures.drawing import Drawing
from dl_core.figures.images import add_picture, data_uri
from dl_core.figures.picture import INK, QUIET, Picture, hide_axes, house_drawing
from dl_core.numbers_in_words import listed, number, two_places
from dl_core.photo_reasons import Reasons, relation, takeaway
from dl_core.vision.explain import Map, signed_overlay
from dl_core.vision.placed import strongest

if TYPE_CHECKING:
    import pandas as pd

COLUMN_GAP = 0.03  # of the figure's width
HEADS = {"Integrated gradients": "Integrated<br>gradients"}  # a column is 115 pixels wide on a phone
HEIGHT, NARROW_HEIGHT = 626, 460  # pixels on the page; on a phone, where columns are narrower
STRIP = 18, 301  # pixels of the bar's picture, high (three stripes) and wide (0 in the middle)


@dataclass(frozen=True)
class _Places:
    """Where things stand, as shares of the picture's height from its foot: words need room in pixels."""

    head: float  # foot of the methods' names
    rows: tuple[float, float]  # tops of the panels
    tall: float  # height of a panel
    foot: float  # top of what is said under the controls
    bar: float  # top of the bar of colours


ON_PAGE = _Places(head=0.932, rows=(0.888, 0.51), tall=0.32, foot=0.184, bar=0.088)
ON_A_SLIDE = _Places(head=0.935, rows=(0.93, 0.55), tall=0.365, foot=0.18, bar=0.095)


def three_ways(found: Reasons) -> Picture:
    """Each method in a column: the trained network above, its scrambled control below, one colour scale.

    Parameters
    ----------
    found
        From :func:`dl_core.photo_reasons.story`; maps that a stopped work lacks are said to be missing.
    """
    figure = house_drawing(title(found), height=HEIGHT)
    figure.update_layout(meta={"narrow_height": NARROW_HEIGHT})
    _columns(figure, found, ON_PAGE, 0, HEADS, "<br>")
    for top, words in zip(ON_PAGE.rows, ("Trained network", "Scrambled weights: the control"), strict=True):
        _note(figure, words, 0, top + 0.004, bottom=True, colour=INK)
    return _finished(figure, found, ON_PAGE)


def beside_photo(found: Reasons) -> Picture:
    """`three_ways` with the photo in a column of its own, for where nothing else shows it: a slide.

    Words are larger there and columns wider, so names take one line, and the photo's column names the rows.
    """
    figure = house_drawing(title(found), height=HEIGHT)
    places = ON_A_SLIDE
    _note(figure, "<b>The photo</b>", 0, places.head, bottom=True, colour=INK)
    add_picture(figure, data_uri(found.photo), 0, places.rows[0], _wide(4), places.tall)
    rows = "Upper row:<br>trained network<br><br>Lower row:<br>scrambled weights,<br>the control"
    _note(figure, rows, 0, places.rows[1], colour=INK)
    _columns(figure, found, places, 1, {}, " · ")
    return _finished(figure, found, places)


def _wide(n_columns: int) -> float:
    return (1 + COLUMN_GAP) / n_columns - COLUMN_GAP


def _columns(
    figure: Drawing, found: Reasons, places: _Places, before: int, heads: Mapping[str, str], between: str
) -> None:
    """A column for each method, after so many others; ``between`` parts what is said under it."""
    wide = _wide(len(found.asked) + before)
    for column, one in enumerate(found.asked, start=before):
        left = column * (wide + COLUMN_GAP)
        _note(
            figure, f"<b>{heads.get(one.method, one.method)}</b>", left, places.head, bottom=True, colour=INK
        )
        for top, points in zip(places.rows, (one.trained, one.scrambled), strict=True):
            if points is None:
                _note(figure, "not there:<br>stopped", left, top)
            else:
                source = data_uri(signed_overlay(found.photo, points, one.end))
                add_picture(figure, source, left, top, wide, places.tall)
        ends = f"ends: ±{number(one.end)}"
        said = (ends,) if one.likeness is None else (f"alike: {two_places(one.likeness)}", ends)
        _note(figure, between.join(said), left, places.foot)


def _finished(figure: Drawing, found: Reasons, places: _Places) -> Picture:
    colour_bar(figure, "speaks against", "0 score points", "speaks for", places.bar)
    hide_axes(figure)
    return Picture(figure, summary(found), lambda: _table(found))


def title(found: Reasons) -> str:
    """The finding: how far the three maps agree."""
    if len(found.agreements) < 3:
        return "Stopped before all three maps were there"
    clauses = [
        relation(pairs, verb)
        for pairs, verb in ((found.alike, "agree"), (found.opposed, "contradict"))
        if pairs
    ]
    return "; ".join(clauses) if clauses else "Three methods, three maps: no two agree by more than luck"


def summary(found: Reasons) -> str:
    """Where each method finds the strongest support, and what the comparison says."""
    told = [f"{one.method}: {strongest(one.trained)}" for one in found.asked if one.trained is not None]
    where = f"Strongest support for “{found.settings.label}”: {listed(told)}. " if told else ""
    return f"{where}{takeaway(found)}"


def _note(
    figure: Drawing, words: str, x: float, y: float, *, bottom: bool = False, colour: str = QUIET
) -> None:
    figure.add_annotation(
        text=words, xref="paper", yref="paper", x=x, y=y, xanchor="left", align="left",
        yanchor="bottom" if bottom else "top", showarrow=False, font={"size": 14, "color": colour},
    )  # fmt: skip


def colour_bar(figure: Drawing, low: str, middle: str, high: str, top: float, tall: float = 0.025) -> None:
    """The maps' colours as they lie on mid grey: striped blue, grey, vermillion; words stand under them.

    Parameters
    ----------
    figure
        The drawing to add it to.
    low, middle, high
        Words at the blue end, at 0 and at the vermillion end.
    top, tall
        Where the bar begins and how high it is, as shares of the picture's height from its foot.
    """
    add_picture(figure, data_uri(strip()), 0, top, 1, tall, sizing="stretch")
    for words, x, anchor in ((low, 0, "left"), (middle, 0.5, "center"), (high, 1, "right")):
        figure.add_annotation(
            text=words, xref="paper", yref="paper", x=x, y=top - tall, xanchor=anchor, yanchor="top",
            align=anchor, showarrow=False, font={"size": 13, "color": QUIET},
        )  # fmt: skip
    figure.add_scatter(x=[None], y=[None], mode="markers", hoverinfo="skip")  # a chart needs one trace


def strip() -> NDArray[np.uint8]:
    """From minus to plus the end of a map, drawn as the maps are over a mid-grey photo: ``(H, W, 3)``.

    >>> strip()[0, [0, 150, 300]].tolist()
    [[33, 78, 107], [166, 166, 166], [129, 69, 33]]
    """
    high, wide = STRIP
    rising = np.tile(np.linspace(-1, 1, wide, dtype=np.float32), (high, 1))
    return signed_overlay(np.full((high, wide, 3), 128, np.uint8), rising, 1.0)


def _table(found: Reasons) -> pd.DataFrame:
    """The nine parts of the photo, each map's average in points of score."""
    import pandas as pd

    columns: dict[str, list[Any]] = {"part of the photo": [part for part, _, _ in PARTS]}
    for one in found.asked:
        for kind, points in (("trained", one.trained), ("scrambled", one.scrambled)):
            name = f"{one.method}, {kind} (score points)"
            columns[name] = [None if points is None else part_mean(points, i, j) for _, i, j in PARTS]
    return pd.DataFrame(columns)


PARTS = tuple(
    (f"{down} {across}", i, j)
    for i, down in enumerate(("upper", "middle", "lower"))
    for j, across in enumerate(("left", "centre", "right"))
)


def part_mean(points: Map, i: int, j: int) -> float:
    """The average of one ninth of a map.

    Parameters
    ----------
    points
        ``(H, W)`` points of score.
    i, j
        Which ninth: 0 to 2 from the top, 0 to 2 from the left.

    Examples
    --------

    >>> part_mean(np.eye(3, dtype=np.float32), 1, 1)
    1.0
    """
    band = np.array_split(points, 3)[i]
    return round(float(np.array_split(band, 3, axis=1)[j].mean()), 3)
