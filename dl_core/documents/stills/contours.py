"""Contours: lines of the same height, and the bands between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.path import Path

from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import Colour, colour, faded, from_bytes
from dl_core.documents.stills.formats import automatic, formatted
from dl_core.documents.stills.grid import middles
from dl_core.documents.stills.lettering import Block, Hold, block, box_of, font_of, write
from dl_core.documents.stills.markers import limits, shaded
from dl_core.documents.stills.pen import Box, Stroke, rectangle
from dl_core.documents.stills.spec import CannotDraw, Numbers, Spec, numbers
from dl_core.documents.stills.ticks import round_step
from dl_core.documents.stills.words import Font

LINE = "#3A3F46"  # where a figure names no colour
ROOM = 18  # page pixels that a label keeps from the edge of its panel
SMOOTH = 64  # bands where colours are asked to run into one another
SEAM = 0.6  # page pixels by which a band is drawn larger, so that no paper shows between two
COLOURINGS = ("fill", "heatmap", "lines", "none")


def draw_contour(chart: Chart, number: int) -> None:
    """One contour trace; ``number`` is its place among the traces.

    Raises
    ------
    CannotDraw
        If it is coloured in a way that is not known.
    """
    trace = chart.traces[number]
    how = trace.get("contours") or {}
    colouring = how.get("coloring") or "fill"
    if colouring not in COLOURINGS or how.get("type") == "constraint":
        raise CannotDraw(f"Contours cannot be coloured by “{colouring}”: use one of {', '.join(COLOURINGS)}.")
    x, y = chart.pair(trace)
    z = numbers(trace["z"])
    at = np.asarray(x.at(middles(trace, x))), np.asarray(y.at(middles(trace, y)))
    levels = levels_of(trace, z)
    if colouring in ("fill", "heatmap"):
        _bands(chart, trace, at, z, _smooth(trace, z) if colouring == "heatmap" else levels)
    if how.get("showlines", True) or colouring in ("lines", "none"):
        _lines(chart, trace, at, z, levels, own_colours=colouring == "lines")


def levels_of(trace: Spec, z: Numbers) -> Numbers:
    """The heights ``(n,)`` at which lines are drawn over a surface ``(rows, columns)``."""
    how = trace.get("contours") or {}
    if how.get("size") and how.get("start") is not None and how.get("end") is not None:
        start, end, size = (float(how[name]) for name in ("start", "end", "size"))
        return np.asarray(start + size * np.arange(max(0, round((end - start) / size)) + 1))
    low, high = limits(trace, z, "zmin", "zmax")
    step = float(how.get("size") or round_step((high - low) / float(trace.get("ncontours") or 15)))
    return np.asarray(step * np.arange(np.ceil(low / step + 1e-9), np.floor(high / step - 1e-9) + 1))


def _smooth(trace: Spec, z: Numbers) -> Numbers:
    low, high = limits(trace, z, "zmin", "zmax")
    return np.linspace(low, high, SMOOTH + 1)[1:-1]


def _bands(chart: Chart, trace: Spec, at: tuple[Numbers, Numbers], z: Numbers, levels: Numbers) -> None:
    known = z[np.isfinite(z)]
    if not known.size or not len(levels):
        return
    step = float(levels[1] - levels[0]) if len(levels) > 1 else 1.0
    low, high = min(float(known.min()), levels[0]) - step, max(float(known.max()), levels[-1]) + step
    rims = np.concatenate([[low], levels, [high]])
    # a band is named by its middle; the first and the last reach to the ends of the data
    middles_ = np.concatenate([levels - step / 2, [levels[-1] + step / 2]])
    shades = _shades(trace, z, middles_)
    axes = Figure().add_subplot()
    found = axes.contourf(*at, np.ma.masked_invalid(z), levels=rims)
    within = chart.panel(*chart.pair(trace))
    for path, shade in zip(found.get_paths(), shades, strict=True):
        if len(np.asarray(path.vertices)):
            ink = faded(shade, float(trace.get("opacity", 1)))
            seam = Stroke(ink, SEAM) if ink[3] == 1 else None
            chart.pen.draw(path, fill=ink, stroke=seam, within=within, smooth=True)


def _shades(trace: Spec, z: Numbers, values: Numbers) -> list[Colour]:
    low, high = limits(trace, z, "zmin", "zmax")
    return from_bytes(shaded({**trace, "zmin": low, "zmax": high}, values, "zmin", "zmax"))


def _lines(
    chart: Chart, trace: Spec, at: tuple[Numbers, Numbers], z: Numbers, levels: Numbers, *, own_colours: bool
) -> None:
    if not len(levels):
        return
    how = trace.get("line") or {}
    paths = Figure().add_subplot().contour(*at, np.ma.masked_invalid(z), levels=levels).get_paths()
    shades = _shades(trace, z, levels)
    within = chart.panel(*chart.pair(trace))
    for path, shade in zip(paths, shades, strict=True):
        if not len(np.asarray(path.vertices)):
            continue
        ink = shade if own_colours and not how.get("color") else colour(how.get("color") or LINE)
        width = float(how.get("width", 1.5 if own_colours else 0.5))
        stroke = Stroke(ink, width, str(how.get("dash") or "solid"))
        chart.pen.draw(path, stroke=stroke, within=within, smooth=True)
    if (trace.get("contours") or {}).get("showlabels"):
        _labels(chart, trace, paths, levels, how.get("color") or LINE)


def _labels(chart: Chart, trace: Spec, paths: Sequence[Path], levels: Numbers, ink: str) -> None:
    """Each height once, on its line, as far from the others as the lines allow."""
    how, form = trace.get("contours") or {}, (trace.get("contours") or {}).get("labelformat")
    font = font_of(how.get("labelfont"), Font(12, ink))
    step = float(levels[1] - levels[0]) if len(levels) > 1 else 1.0
    panel = chart.panel(*chart.pair(trace))
    taken: list[Numbers] = []
    for path, level in zip(paths, levels, strict=True):
        text = formatted(form, level) if form else automatic(level, step, float(np.abs(levels).max()))
        at = _free_place(path, panel, taken)
        if at is not None:
            taken.append(at)
            _label(chart, block(text, font), float(at[0]), float(at[1]))


def _free_place(path: Path, panel: Box, taken: list[Numbers]) -> Numbers | None:
    """The corner of a line that lies well inside the panel and farthest from what is ``taken``."""
    corners = np.asarray(path.vertices)[:, :2]
    x, y = corners.T
    inside = (
        (x > panel.left + ROOM)
        & (x < panel.right - ROOM)
        & (y > panel.top + ROOM)
        & (y < panel.bottom - ROOM)
    )
    corners = corners[inside]
    if not len(corners):
        return None
    if not taken:
        return np.asarray(corners[len(corners) // 2])
    far = np.min([np.hypot(*(corners - other).T) for other in taken], axis=0)
    return np.asarray(corners[int(far.argmax())])


def _label(chart: Chart, words: Block, x: float, y: float) -> None:
    hold = Hold("center", "middle")
    chart.pen.draw(rectangle(box_of(words, x, y, hold)), fill=(1.0, 1.0, 1.0, 0.8))
    write(chart.pen, words, x, y, hold)
