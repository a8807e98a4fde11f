"""The picture a filter wants, the things on its strongest photos, and the other filters of its layer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from dl_core.figures.drawing import Drawing
from dl_core.figures.images import add_picture, link
from dl_core.figures.picture import ACCENT, BLUE, FAINT, INK, QUIET, Picture, house_drawing
from dl_core.filter_wants import SIDE, FilterWants, Wanted, pictures, takeaway, times_in_words
from dl_core.numbers_in_words import two_figures

if TYPE_CHECKING:
    import pandas as pd

ROWS_FROM = 1000.0  # the bars lie from here on in y, far from the row of pictures: a click tells them apart
LARGE = 4  # times as large as measured
ROW = 0.25  # of the height: the pictures of the layer


def wanted_picture(told: FilterWants) -> Picture:
    """The chosen filter's picture, what its strongest photos show, and the row it was chosen from.

    Examples
    --------
    >>> from dl_core.filter_wants import default_settings, story
    >>> "stirs it" in wanted_picture(story(default_settings())).title
    True
    """
    figure = house_drawing(_title(told), height=470)
    _axes(figure, told)
    _large(figure, told)
    _things(figure, told)
    _row(figure, told)
    figure.update_layout(margin={"t": 44, "l": 8, "r": 16}, meta={"narrow_height": 440})
    return Picture(figure, _summary(told), lambda: _table(told))


def tile_at(x: float, y: float) -> int | None:
    """Which picture of the row lies at a place of the chart, from 0; None outside the row.

    Parameters
    ----------
    x, y
        The place, in the chart's own units.

    Examples
    --------
    >>> tile_at(2.4, 0.5), tile_at(2.4, 1001.0), tile_at(-1.0, 0.5)
    (2, None, None)
    """
    return int(x) if x >= 0 and y < ROWS_FROM / 2 else None


def _title(told: FilterWants) -> str:
    one = told.chosen
    return f"Made for filter {one.number}, this stirs it {times_in_words(one.times)} the best photo"


def _axes(figure: Drawing, told: FilterWants) -> None:
    n_tiles = len(told.layer.shown) + 1
    hidden = {"visible": False, "fixedrange": True}
    layout = figure["layout"]
    layout["xaxis"].update({**hidden, "range": [0, n_tiles + 0.3], "anchor": "y"})
    layout["yaxis"].update({**hidden, "range": [-0.35, 1], "domain": [0, ROW], "anchor": "x"})
    layout["xaxis2"] = {**hidden, "range": [0, told.n_top], "domain": [0.46, 1], "anchor": "y2"}
    rows = [ROWS_FROM + 4.6, ROWS_FROM - 0.8]
    layout["yaxis2"] = {**hidden, "range": rows, "domain": [ROW + 0.08, 1], "anchor": "x2"}


def _large(figure: Drawing, told: FilterWants) -> None:
    add_picture(figure, _enlarged(told.settings.layer, told.place), 0, 1, 0.42, 1 - ROW - 0.08)


def _things(figure: Drawing, told: FilterWants) -> None:
    """Bars of the commonest names among the strongest photos; below them the activations."""
    one, n_top = told.chosen, told.n_top
    rows = [ROWS_FROM + 0.45 + i for i in range(len(one.things))]
    counts = [count for _, count in one.things]
    place = {"xref": "x2", "yref": "y2", "showarrow": False, "yanchor": "middle"}
    figure.add_bar(
        x=counts,
        y=rows,
        orientation="h",
        width=0.26,
        xaxis="x2",
        yaxis="y2",
        marker={"color": BLUE, "line": {"width": 0}},
        hoverinfo="skip",
    )
    figure.add_annotation(
        text=f"On its {n_top} strongest photos",
        x=0,
        y=ROWS_FROM - 0.55,
        xanchor="left",
        xshift=-3,
        font={"size": 14, "color": QUIET},
        **place,
    )
    for row, (name, count) in zip(rows, one.things, strict=True):
        for text, x, anchor, shift in ((name, 0, "left", -3), (str(count), n_top, "right", 3)):
            font = {"size": 14, "color": INK}
            figure.add_annotation(
                text=text, x=x, y=row - 0.38, xanchor=anchor, xshift=shift, font=font, **place
            )
    at = told.most_by_chance
    for row in rows:  # at the bars only, so that it crosses no word
        line = {"color": INK, "width": 2, "dash": "dot"}
        figure.add_shape(
            type="line", xref="x2", yref="y2", x0=at, x1=at, y0=row - 0.18, y1=row + 0.2, line=line
        )
    words = (
        f"┆ up to {at} by chance",
        f"Strength: noise {_size(one.noise)},",
        f"best photo {_size(one.photo)}, picture {_size(one.wanted)}",
    )
    for i, text in enumerate(words):
        figure.add_annotation(
            text=text,
            x=0,
            y=rows[-1] + 0.45 + 0.42 * i + (0.12 if i else 0),
            xanchor="left",
            xshift=-3,
            font={"size": 13, "color": QUIET},
            **place,
        )


def _size(activation: float) -> str:
    return two_figures(activation) if activation >= 0.01 else "0"


def _row(figure: Drawing, told: FilterWants) -> None:
    """The layer's pictures with their numbers, the chosen one framed, and the control at the end."""
    n_shown = len(told.layer.shown)
    labels = [str(one.number) for one in told.layer.shown] + ["control"]
    for column, label in enumerate(labels):
        left = column + (0.3 if column == n_shown else 0)
        source = _small(told.settings.layer, column)
        add_picture(figure, source, left + 0.05, 0, 0.9, 1, xref="x", yref="y", yanchor="bottom")
        is_chosen = column == told.place
        figure.add_annotation(
            text=f"<b>{label}</b>" if is_chosen else label,
            xref="x",
            yref="y",
            x=left + 0.5,
            y=-0.05,
            yanchor="top",
            showarrow=False,
            font={"size": 13, "color": ACCENT if is_chosen else QUIET},
        )
    figure.add_shape(
        type="line", xref="x", yref="y", y0=-0.33, y1=-0.33,
        x0=told.place + 0.1, x1=told.place + 0.9, line={"color": ACCENT, "width": 3},
    )  # fmt: skip
    figure.add_shape(
        type="line", xref="paper", yref="paper", x0=0, x1=1, y0=ROW + 0.04, y1=ROW + 0.04,
        line={"color": FAINT, "width": 1},
    )  # fmt: skip


@lru_cache(maxsize=64)
def _small(layer: str, column: int) -> str:
    return _jpeg(layer, column, 1)


@lru_cache(maxsize=16)
def _enlarged(layer: str, column: int) -> str:
    return _jpeg(layer, column, LARGE)


def _jpeg(layer: str, column: int, times: int) -> str:
    """A picture in a link, its colours as fine as its brightness: filters want colour in small spots."""
    picture = Image.fromarray(np.ascontiguousarray(pictures(layer)[column]))
    large = picture.resize((times * SIDE, times * SIDE), Image.Resampling.BICUBIC)
    return link(large, "JPEG", quality=90, subsampling=0)


def _summary(told: FilterWants) -> str:
    one = told.chosen
    return (
        f"{takeaway(told)} Its picture stirs it to {_size(one.wanted)}, the strongest photo to "
        f"{_size(one.photo)}. The last picture of the row has the same recipe, but scrambled weights."
    )


def _table(told: FilterWants) -> pd.DataFrame:
    """The layer's shown filters, and the control."""
    import pandas as pd

    def row(name: str, one: Wanted) -> dict[str, str | float]:
        said = ", ".join(f"{thing} {count}" for thing, count in one.things)
        return {
            "filter": name,
            "noise (mean of its map)": one.noise,
            "its picture": one.wanted,
            "strongest photo": one.photo,
            "average photo": one.average_photo,
            f"things on its {told.n_top} strongest photos": said,
            "different things there": one.n_things,
        }

    rows = [row(str(one.number), one) for one in told.layer.shown]
    return pd.DataFrame([*rows, row("control, scrambled weights", told.layer.scrambled)])
