"""Three signed maps of one score over their scrambled controls, and the bar of their colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dl_core.figures.drawing import Drawing
from dl_core.figures.images import data_uri
from dl_core.figures.picture import INK, QUIET, Picture, house_drawing
from dl_core.numbers_in_words import listed, number
from dl_core.photo_reasons import Asked, Reasons, takeaway, two_places
from dl_core.vision.explain import AGAINST, COLOURS, Map, signed_overlay
from dl_core.vision.placed import strongest

if TYPE_CHECKING:
    import pandas as pd

GAP = 0.03  # of the figure's width, between columns
HEADS = {"Integrated gradients": "Integrated<br>gradients"}  # a column is 115 pixels wide on a phone
HEIGHT = 550  # pixels on the page
ROOM = HEIGHT - 56  # of them between the margins; the places below are pixels from its top
HEAD, ROWS, TALL = 36, (62, 240), 150  # foot of the heads, tops of the panels, height of a panel
CONTROL = ROWS[1] + TALL + 4  # top of what is said under the controls


def three_ways(found: Reasons) -> Picture:
    """Each method in a column: the trained network above, its scrambled control below, one colour scale.

    Parameters
    ----------
    found
        From :func:`dl_core.photo_reasons.story`; maps that a stopped work lacks are said to be missing.
    """
    return _drawn(found, with_photo=False)


def beside_photo(found: Reasons) -> Picture:
    """`three_ways` with the photo in a column of its own, for where nothing else shows it: a slide."""
    return _drawn(found, with_photo=True)


def _drawn(found: Reasons, *, with_photo: bool) -> Picture:
    figure = house_drawing(title(found), height=HEIGHT)
    n_columns = len(found.asked) + with_photo
    wide = (1 + GAP) / n_columns - GAP
    if with_photo:
        _note(figure, "<b>The photo</b>", 0, HEAD, bottom=True, colour=INK)
        _panel(figure, data_uri(found.photo), 0, ROWS[0], wide)
    for column, one in enumerate(found.asked, start=int(with_photo)):
        left = column * (wide + GAP)
        head = HEADS.get(one.method, one.method)
        _note(figure, f"<b>{head}</b>", left, HEAD, bottom=True, colour=INK)
        for top, points in zip(ROWS, (one.trained, one.scrambled), strict=True):
            if points is None:
                _note(figure, "not there:<br>stopped", left, top)
            else:
                _panel(figure, data_uri(signed_overlay(found.photo, points, one.end)), left, top, wide)
        _note(figure, _foot(one), left, CONTROL)
    first = float(with_photo) * (wide + GAP)
    for top, words in zip(ROWS, ("Trained network", "Scrambled weights: the control"), strict=True):
        _note(figure, words, first, top - 2, bottom=True, colour=INK)
    colour_bar(figure, "speaks against", "speaks for", "")
    hide_axes(figure)
    return Picture(figure, summary(found), lambda: _table(found))


def _foot(one: Asked) -> str:
    ends = f"±{number(one.end)} points"
    return ends if one.likeness is None else f"alike: {two_places(one.likeness)}<br>{ends}"


def title(found: Reasons) -> str:
    """The finding: how far the three maps agree."""
    if len(found.agreements) < 3:
        return "Stopped before all three maps were there"
    numbers = listed([two_places(one) for one in found.agreements])
    alike = sum(one > found.luck for one in found.agreements)
    start = (
        "Three methods, three maps",
        "Two of three methods agree",
        "The methods mostly agree",
        "Three methods, one story",
    )[alike]
    return f"{start}: {'at' if alike in (1, 2) else 'they agree at'} {numbers}"


def summary(found: Reasons) -> str:
    """Where each method finds the strongest support, and what the comparison says."""
    told = [f"{one.method}: {strongest(one.trained)}" for one in found.asked if one.trained is not None]
    where = f"Strongest support for “{found.settings.label}”: {listed(told)}. " if told else ""
    return f"{where}{takeaway(found)}"


def _panel(figure: Drawing, source: str, x: float, top: int, wide: float) -> None:
    figure.add_layout_image(
        source=source, xref="paper", yref="paper", x=x, y=1 - top / ROOM, sizex=wide, sizey=TALL / ROOM,
        xanchor="left", yanchor="top", sizing="contain", layer="above",
    )  # fmt: skip


def _note(
    figure: Drawing, words: str, x: float, top: int, *, bottom: bool = False, colour: str = QUIET
) -> None:
    figure.add_annotation(
        text=words, xref="paper", yref="paper", x=x, y=1 - top / ROOM, xanchor="left", align="left",
        yanchor="bottom" if bottom else "top", showarrow=False, font={"size": 14, "color": colour},
    )  # fmt: skip


def colour_bar(figure: Drawing, low: str, high: str, title: str) -> None:
    """Blue, white, vermillion under the panels, with what both ends speak for.

    Parameters
    ----------
    figure
        The drawing to add it to.
    low, high
        Words at the blue and at the vermillion end.
    title
        One line over the bar.
    """
    figure.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        hoverinfo="skip",
        marker={
            "color": [0],
            "cmin": -1,
            "cmax": 1,
            "colorscale": shades(),
            "showscale": True,
            "colorbar": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 0.0,
                "yanchor": "bottom",
                "len": 1,
                "thickness": 8,
                "outlinewidth": 0,
                "tickvals": [-0.7, 0, 0.7],
                "ticktext": [low, "0", high],
                "tickfont": {"color": QUIET, "size": 13},
                "title": {"text": title, "side": "top", "font": {"size": 13, "color": QUIET}},
            },
        },
    )


def shades() -> list[Any]:
    """The signed colours as Plotly reads them, dark blue over white to dark vermillion."""
    colours = (*AGAINST[:0:-1], *COLOURS)
    return [
        [float(at), f"rgb{colour}"]
        for at, colour in zip(np.linspace(0, 1, len(colours)), colours, strict=True)
    ]


def hide_axes(figure: Drawing) -> None:
    """Nothing but panels and words."""
    figure.update_xaxes(visible=False, range=[0, 1], fixedrange=True)
    figure.update_yaxes(visible=False, range=[0, 1], fixedrange=True)


def _table(found: Reasons) -> pd.DataFrame:
    """The nine parts of the photo, each map's average in points of score."""
    import pandas as pd

    columns: dict[str, list[Any]] = {"part of the photo": [part for part, _, _ in PARTS]}
    for one in found.asked:
        for kind, points in (("trained", one.trained), ("scrambled", one.scrambled)):
            name = f"{one.method}, {kind} (points)"
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
