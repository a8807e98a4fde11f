"""The opened network in three depths: the whole path, the maps of one layer, the sum behind one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.images import add_picture
from dl_core.figures.layer_sums import sum_of_bars, sum_of_patches
from dl_core.figures.map_pictures import bar_code, boxed, coloured, filter_picture, map_png, png, sheet
from dl_core.figures.picture import ACCENT, INK, QUIET, Picture, house_drawing
from dl_core.network_layers import (
    COLUMNS,
    OpenedNetwork,
    scale_end,
    shades,
    strongest_maps,
    takeaway,
)
from dl_core.numbers_in_words import percent, two_places
from dl_core.vision.layers import NAMES, STAGES

if TYPE_CHECKING:
    import pandas as pd

IN_A_ROW = 8  # maps of one layer on the whole path
LABELS = 0.29  # of the width: the names of the steps, in three lines, so that they fit on a phone


def opened_network(opened: OpenedNetwork) -> Picture:
    """The picture at the depth that the reader chose.

    Parameters
    ----------
    opened
        From :func:`dl_core.network_layers.story`.
    """
    draw = {"story": _path, "mechanism": _contact_sheet, "arithmetic": _arithmetic}[opened.settings.depth]
    figure = draw(opened)
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
    return told_by(figure, opened)


def told_by(figure: Drawing, opened: OpenedNetwork) -> Picture:
    """A figure with what it says and the numbers behind it."""
    return Picture(figure, takeaway(opened).replace("**", ""), lambda: _table(opened))


# --- the whole path ---


def _path(opened: OpenedNetwork) -> Drawing:
    """One row for each shape that the photo goes through; the strongest maps of each."""
    done = opened.walk
    figure = house_drawing(path_title(opened), height=620)
    n_rows = len(STAGES) + 3
    _row(figure, 0, *photo_words(opened), png(done.seen))
    for row, inside in enumerate(STAGES, 1):
        _row(figure, row, *stage_words(opened, inside), strongest_sheet(opened, inside, IN_A_ROW))
        if opened.settings.at in inside:
            _mark(figure, row)
    row = n_rows - 2
    _row(figure, row, "Averages", f"{done.averages.size} numbers", bar_code(done.averages))
    _row(figure, row + 1, "Scores", f"{done.scores.size} names of this square", None)
    say(figure, LABELS, row + 1.5, guess_words(opened), yanchor="middle")
    kept = f"Each row: its {IN_A_ROW} strongest maps. {scale_words(opened, 'row')}"
    say(figure, 0.012, n_rows + 0.2, kept, yanchor="top", color=QUIET)
    figure.update_xaxes(range=[0, 1])
    figure.update_yaxes(range=[n_rows + 0.95, 0])
    figure.update_layout(meta={"narrow_height": 590})
    return figure


def path_title(opened: OpenedNetwork) -> str:
    """How much goes in, how much comes out, and the best name for it."""
    name, sure = opened.answer
    best = f"not sure, {percent(sure)} at best" if opened.refused else f"{name}, {percent(sure)}"
    return f"{opened.walk.seen.size:,} numbers in, {opened.walk.scores.size} scores out: {best}"


def photo_words(opened: OpenedNetwork) -> tuple[str, str]:
    """Name and shape of what goes in."""
    high, wide = opened.walk.seen.shape[:2]
    return "The photo", f"3 tables of {high} × {wide}"


def stage_words(opened: OpenedNetwork, inside: tuple[int, ...]) -> tuple[str, str]:
    """Name and shape of the layers ``inside``, places in NAMES, whose maps have one shape."""
    maps, rows, columns = opened.walk.layers[inside[-1]].maps.shape
    name = NAMES[inside[0]] if len(inside) == 1 else f"Blocks {inside[0] - 1} to {inside[-1] - 1}"
    return name, f"{maps} maps of {rows} × {columns}"


def strongest_sheet(opened: OpenedNetwork, inside: tuple[int, ...], in_a_row: int) -> str:
    """The strongest maps of the last of the layers ``inside``, ``in_a_row`` side by side."""
    layer = opened.walk.layers[inside[-1]]
    shared = opened.settings.scale == "shared"
    return sheet(layer, strongest_maps(layer)[:IN_A_ROW], in_a_row, shared=shared)


def guess_words(opened: OpenedNetwork) -> str:
    """The likeliest names for the square that is shown, one a line."""
    lines = [f"{name} {percent(sure)}" for name, sure in opened.guesses]
    return "<br>".join([f"<b>{lines[0]}</b>", *lines[1:]])


def _row(figure: Drawing, row: int, name: str, shape: str, source: str | None) -> None:
    say(figure, 0.012, row + 0.5, name_over_shape(name, shape), yanchor="middle")
    if source:
        add_picture(figure, source, LABELS, row + 0.5, 1 - LABELS, 0.92, xref="x", yref="y", yanchor="middle")


def name_over_shape(name: str, shape: str) -> str:
    """A step's name over its shape, in lines short enough for a phone."""
    return f"<b>{name}</b><br>{shape.replace(' of ', '<br>of ')}"


def _mark(figure: Drawing, row: int) -> None:
    """The chosen layer's row: a bar at its left."""
    figure.add_shape(
        type="line", x0=0.003, x1=0.003, y0=row + 0.1, y1=row + 0.9, line={"color": ACCENT, "width": 4}
    )


def say(figure: Drawing, x: float, y: float, text: str, color: str = INK, **more: object) -> None:
    """Words on the picture, held at their lower left corner unless ``more`` says otherwise.

    Parameters
    ----------
    figure
        To write on.
    x, y
        Where, on its axes.
    text, color
        What, and in which ink.
    more
        Other properties of Plotly's annotation.
    """
    figure.add_annotation(
        **{
            "x": x, "y": y, "text": text, "showarrow": False, "xanchor": "left", "yanchor": "bottom",
            "align": "left", "font": {"size": 13, "color": color}, **more,
        }
    )  # fmt: skip


def scale_words(opened: OpenedNetwork, whole: str = "") -> str:
    """What the shades mean, so that nobody compares what cannot be compared.

    Parameters
    ----------
    opened
        Its settings say which scale is used.
    whole
        What the one scale is for, where the picture shows several layers: each of these.
    """
    if opened.settings.scale == "local":
        return "Each map on its own scale:<br>brightness cannot be compared."
    if whole:
        return f"One scale a {whole}:<br>white is 0, the darkest is the {whole}’s top."
    darkest = two_places(scale_end(opened.layer))
    return f"One scale for all maps: white is 0,<br>the darkest is {darkest} or more."


# --- one layer ---


def _contact_sheet(opened: OpenedNetwork) -> Drawing:
    maps = len(opened.layer.maps)
    stay = "stays" if opened.silent == 1 else "stay"
    says = (
        f"{opened.silent} of {maps} maps {stay} silent"
        if opened.silent
        else f"all {maps} maps answer somewhere"
    )
    figure = house_drawing(f"{opened.layer.name}: {says} on this photo", height=560)
    first = opened.settings.at == 0
    for place, number in enumerate(opened.shown):
        row, column = divmod(place, COLUMNS)
        _cell(figure, opened, number, row, column)
    n_rows = -(-len(opened.shown) // COLUMNS)
    _hover(figure, opened)
    kept = (
        "Beside each number: its filter as a picture, grey is 0."
        if first
        else f"The {len(opened.shown)} strongest of {maps}. Each reads {_incoming(opened)} maps:<br>"
        "no colour picture of such a filter exists."
    )
    say(figure, 0, -0.06, scale_words(opened), color=QUIET)
    say(figure, 0, n_rows + 0.03, kept, color=QUIET, yanchor="top")
    figure.update_xaxes(range=[0, COLUMNS])
    figure.update_yaxes(range=[n_rows + 0.42, -0.5])
    figure.update_layout(meta={"narrow_height": 430})
    return figure


def _incoming(opened: OpenedNetwork) -> int:
    return len(opened.dot.patch)


def _cell(figure: Drawing, opened: OpenedNetwork, number: int, row: int, column: int) -> None:
    """One map with its number above it, and in the first layer the filter's picture beside that."""
    chosen = number == opened.chosen
    label = f"<b>{number + 1}</b>" if chosen else f"{number + 1}"
    say(figure, column + 0.07, row + 0.25, label, color=ACCENT if chosen else INK)
    source = map_png(opened.layer, number, shared=opened.settings.scale == "shared")
    add_picture(figure, source, column + 0.5, row + 0.26, 0.9, 0.7, xref="x", yref="y", xanchor="center")
    if opened.settings.at == 0:
        source = png(filter_picture(number))
        add_picture(figure, source, column + 0.93, row + 0.03, 0.5, 0.2, xref="x", yref="y", xanchor="right")
    if chosen:
        figure.add_shape(
            type="rect", x0=column + 0.02, x1=column + 0.98, y0=row + 0.01, y1=row + 0.98,
            line={"color": ACCENT, "width": 2},
        )  # fmt: skip


def _hover(figure: Drawing, opened: OpenedNetwork) -> None:
    """What a pointer on a map says: its largest number."""
    places = [divmod(place, COLUMNS) for place in range(len(opened.shown))]
    figure.add_scatter(
        x=[column + 0.5 for _, column in places],
        y=[row + 0.6 for row, _ in places],
        mode="markers",
        marker={"size": 40, "opacity": 0, "symbol": "square"},
        text=[
            f"map {number + 1}<br>largest: {two_places(float(opened.layer.maps[number].max()))}"
            for number in opened.shown
        ],
        hovertemplate="%{text}<extra></extra>",
    )


# --- one sum ---


def _arithmetic(opened: OpenedNetwork) -> Drawing:
    shared = opened.settings.scale == "shared"
    place = (opened.row, opened.column)
    seen = png(boxed(opened.walk.seen, *_origin(opened)))
    shown = png(boxed(coloured(shades(opened.layer, opened.chosen, shared=shared)), *place, place))
    if opened.settings.at:
        return sum_of_bars(opened, seen, shown)
    return sum_of_patches(opened, seen, png(filter_picture(opened.chosen)), shown)


def _origin(opened: OpenedNetwork) -> tuple[int, int, tuple[int, int]]:
    """Upper left and lower right pixel of the place on the photo; in the first layer, of the whole patch."""
    high, wide = opened.walk.seen.shape[:2]
    rows, columns = opened.layer.maps.shape[1:]
    down, across = high // rows, wide // columns
    top, left = opened.row * down, opened.column * across
    end = (top + down - 1, left + across - 1)
    if opened.settings.at:
        return top, left, end
    return max(0, top - 1), max(0, left - 1), (min(high - 1, end[0] + 1), min(wide - 1, end[1] + 1))


def _table(opened: OpenedNetwork) -> pd.DataFrame:
    import pandas as pd

    if opened.settings.depth == "story":
        layers = opened.walk.layers
        return pd.DataFrame(
            {
                "layer": [layer.name for layer in layers],
                "maps": [layer.maps.shape[0] for layer in layers],
                "rows × columns": [f"{layer.maps.shape[1]} × {layer.maps.shape[2]}" for layer in layers],
                "learned numbers": [layer.n_numbers for layer in layers],
                "multiplications": [layer.multiplications for layer in layers],
                "strongest map": [strongest_maps(layer)[0] + 1 for layer in layers],
                "its largest number": [round(float(layer.maps.max()), 2) for layer in layers],
            }
        )
    if opened.settings.depth == "mechanism":
        shown = [opened.layer.maps[number] for number in opened.shown]
        return pd.DataFrame(
            {
                "map": [number + 1 for number in opened.shown],
                "largest number": [round(float(one.max()), 2) for one in shown],
                "average": [round(float(one.mean()), 3) for one in shown],
                "share of places at 0 (%)": [round(100 * float((one <= 0).mean())) for one in shown],
            }
        )
    taken = opened.dot
    rows = [(f"from incoming map {i + 1}", float(share)) for i, share in enumerate(taken.shares)]
    rows += [] if taken.carried is None else [("passed by the filters", taken.carried)]
    rows += [("bias", taken.bias), ("sum", taken.before), ("after ReLU", taken.after)]
    return pd.DataFrame({"part": [part for part, _ in rows], "number": [round(one, 4) for _, one in rows]})
