"""Heat maps: one colour per cell, on the pixels of the paper."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import Pixels, from_bytes, readable_on
from dl_core.documents.stills.formats import formatted
from dl_core.documents.stills.grid import edges, middles
from dl_core.documents.stills.lettering import Hold, block, font_of, write
from dl_core.documents.stills.markers import shaded
from dl_core.documents.stills.pen import Box
from dl_core.documents.stills.spec import CannotDraw, Numbers, Spec, numbers
from dl_core.documents.stills.words import Font

PLACEHOLDER = re.compile(r"%\{(\w+)(?::([^}]*))?\}")


def draw_heat(chart: Chart, number: int) -> None:
    """One heat map; ``number`` is its place among the traces.

    Raises
    ------
    CannotDraw
        If it is smoothed.
    """
    trace = chart.traces[number]
    if trace.get("zsmooth"):
        raise CannotDraw("Smoothed heat maps are not known: give finer cells, or draw a filled contour.")
    x, y = chart.pair(trace)
    z = numbers(trace["z"])
    shades = shaded(trace, z, "zmin", "zmax")
    shades[..., 3] = np.round(shades[..., 3] * float(trace.get("opacity", 1)))
    across, down = edges(trace, x), edges(trace, y)
    box = _covered(chart.panel(x, y), x, y, across, down)

    def make(n_columns: int, n_rows: int) -> Pixels:
        columns = _cells(x, across, box.left, box.right, float(trace.get("xgap") or 0), n_columns)
        rows = _cells(y, down, box.top, box.bottom, float(trace.get("ygap") or 0), n_rows)
        return with_air[np.ix_(rows, columns)]

    with_air = np.pad(shades, ((0, 1), (0, 1), (0, 0)))  # what lies between two cells is the last, and clear
    if box.width > 0 and box.height > 0:
        chart.pen.paint(make, box, within=chart.panel(x, y))
    _words(chart, trace, z, shades)


def _covered(panel: Box, x: Axis, y: Axis, across: Numbers, down: Numbers) -> Box:
    """The part of the panel that cells cover."""
    left, right = sorted((float(x.at(across[0])), float(x.at(across[-1]))))
    top, bottom = sorted((float(y.at(down[0])), float(y.at(down[-1]))))
    return Box(max(left, panel.left), max(top, panel.top), min(right, panel.right), min(bottom, panel.bottom))


def _cells(axis: Axis, ends: Numbers, first: float, last: float, gap: float, n: int) -> NDArray[np.int64]:
    """The cell of each of ``n`` dots from ``first`` to ``last`` page pixels; -1 in the air between two."""
    at = first + (np.arange(n) + 0.5) * (last - first) / n
    places = np.asarray(axis.at(ends), dtype=np.float64)
    order = places if places[-1] >= places[0] else places[::-1]
    cells = np.clip(np.searchsorted(order, at, side="right") - 1, 0, len(ends) - 2)
    if gap:
        near = np.minimum(at - order[cells], order[cells + 1] - at)
        hidden = near < gap / 2
    else:
        hidden = np.zeros(n, dtype=bool)
    if places[-1] < places[0]:
        cells = len(ends) - 2 - cells
    return np.where(hidden, -1, cells)


def _words(chart: Chart, trace: Spec, z: Numbers, shades: Pixels) -> None:
    """What stands in each cell, in an ink that can be read on it."""
    template = trace.get("texttemplate")
    if not template:
        return
    x, y = chart.pair(trace)
    columns, rows = x.at(middles(trace, x)), y.at(middles(trace, y))
    texts = trace.get("text")
    given = (trace.get("textfont") or {}).get("color")
    font = font_of(trace.get("textfont"), Font(chart.font.size, chart.font.colour))
    inks = from_bytes(shades.reshape(-1, 4))
    for row in range(z.shape[0]):
        for column in range(z.shape[1]):
            if np.isnan(z[row, column]):
                continue
            values = {"z": float(z[row, column]), "text": "" if texts is None else texts[row][column]}
            ink = given or readable_on(inks[row * z.shape[1] + column])
            words = block(filled(template, values), Font(font.size, ink, font.bold, font.italic))
            write(chart.pen, words, float(columns[column]), float(rows[row]), Hold("center", "middle"))


def filled(template: str, values: dict[str, object]) -> str:
    """A text template with its values in it.

    Examples
    --------
    >>> filled("%{z:.1f} points", {"z": 3.14159})
    '3.1 points'
    """

    def one(found: re.Match[str]) -> str:
        value = values.get(found[1], "")
        if isinstance(value, (int, float)) and found[2]:
            return formatted(found[2], float(value))
        return f"{value:g}" if isinstance(value, float) else str(value)

    return PLACEHOLDER.sub(one, template)
