"""Lines, areas, markers, error bars and words of a scatter trace."""

from __future__ import annotations

import itertools

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import colour
from dl_core.documents.stills.lettering import Hold, block, font_of, write
from dl_core.documents.stills.markers import draw_markers, ink_of
from dl_core.documents.stills.pen import Box, Stroke, line
from dl_core.documents.stills.points import coordinates, error_sizes, mode_of
from dl_core.documents.stills.spec import CannotDraw, Spec, each, numbers
from dl_core.documents.stills.words import Font

Points = NDArray[np.float64]  # (n, 2), page pixels
FILLS = ("none", "tozeroy", "tozerox", "tonexty", "tonextx", "toself")


def draw_scatter(chart: Chart, number: int, before: Points | None) -> Points:
    """One scatter trace, and its points ``(n, 2)`` in page pixels.

    Parameters
    ----------
    chart
        Its axes are placed.
    number
        The trace's place among all.
    before
        Points of the trace below it, which it may fill to.

    Raises
    ------
    CannotDraw
        If it is stacked.
    """
    trace = chart.traces[number]
    if trace.get("stackgroup"):
        raise CannotDraw("Stacked areas are not known: add up the values and use fill “tonexty”.")
    x, y = chart.pair(trace)
    within = None if trace.get("cliponaxis") is False else chart.panel(x, y)
    at = np.column_stack([x.place(coordinates(trace, "x")), y.place(coordinates(trace, "y"))])
    ink, mode = ink_of(trace, number), mode_of(trace)
    path = _bent(at, (trace.get("line") or {}).get("shape") or "linear")
    _fill(chart, trace, path, before, ink)
    for axis in (x, y):
        draw_error_bars(chart, trace, axis, at, ink)
    if "lines" in mode:
        _line(chart, trace, path, ink, within)
    if "markers" in mode:
        draw_markers(chart.pen, trace, at, ink, within)
    if "text" in mode:
        _texts(chart, trace, at, within)
    return path


def _bent(at: Points, shape: str) -> Points:
    """The points with the corners of a step line between them."""
    if shape == "linear" or len(at) < 2:
        return at
    if shape not in ("hv", "vh", "hvh", "vhv"):
        raise CannotDraw(f"Lines of shape “{shape}” are not known: use linear, hv, vh, hvh or vhv.")
    found = [at[0]]
    for here, there in itertools.pairwise(at):
        middle = (here + there) / 2
        found += {
            "hv": [[there[0], here[1]]],
            "vh": [[here[0], there[1]]],
            "hvh": [[middle[0], here[1]], [middle[0], there[1]]],
            "vhv": [[here[0], middle[1]], [there[0], middle[1]]],
        }[shape]
        found.append(there)
    return np.array(found)


def _pieces(at: Points, connect: bool) -> list[Points]:
    """Points between gaps."""
    known = np.isfinite(at).all(axis=1)
    if connect:
        return [at[known]]
    cuts = np.flatnonzero(np.diff(known.astype(np.int8))) + 1
    return [part for part in np.split(at, cuts) if len(part) and np.isfinite(part).all()]


def _line(chart: Chart, trace: Spec, at: Points, ink: str, within: Box | None) -> None:
    how = trace.get("line") or {}
    shade = colour(how.get("color") or ink, float(trace.get("opacity", 1)))
    stroke = Stroke(shade, float(how.get("width", 2)), str(how.get("dash") or "solid"))
    parts = [Path(part) for part in _pieces(at, bool(trace.get("connectgaps"))) if len(part) > 1]
    if parts:
        chart.pen.draw(Path.make_compound_path(*parts), stroke=stroke, within=within, smooth=True)


def _fill(chart: Chart, trace: Spec, at: Points, before: Points | None, ink: str) -> None:
    kind = trace.get("fill") or "none"
    if kind not in FILLS:
        raise CannotDraw(f"The fill “{kind}” is not known: use one of {', '.join(FILLS)}.")
    x, y = chart.pair(trace)
    given = trace.get("fillcolor")
    shade = colour(given) if given else colour(ink, 0.5)
    for part in _pieces(at, bool(trace.get("connectgaps"))):
        rim = part
        if kind in ("tozeroy", "tozerox") or (kind.startswith("tonext") and before is None):
            rim = np.concatenate([part, _to_zero(part, x, y, kind.endswith("y"))])
        elif kind.startswith("tonext") and before is not None:
            rim = np.concatenate([part, before[np.isfinite(before).all(axis=1)][::-1]])
        if kind != "none" and len(rim) > 2:
            chart.pen.draw(Path(rim), fill=shade, within=chart.panel(x, y), smooth=True)


def _to_zero(part: Points, x: Axis, y: Axis, down: bool) -> Points:
    """The way back along zero; on a log axis, along the axis's own start."""
    ends = part[[-1, 0]].copy()
    axis = y if down else x
    ends[:, 1 if down else 0] = axis.start if axis.kind == "log" else axis.at(0.0)
    return ends


def draw_error_bars(chart: Chart, trace: Spec, axis: Axis, at: Points, ink: str) -> None:
    """The error bars of a trace at ``at`` ``(n, 2)`` page pixels along one axis."""
    letter = "x" if axis.is_x else "y"
    both = error_sizes(trace, letter)
    if both is None:
        return
    bars = trace[f"error_{letter}"]
    values = numbers(coordinates(trace, letter))
    stroke = Stroke(colour(bars.get("color") or ink), float(bars.get("thickness", 2)))
    cap = float(bars.get("width", 4))
    ends = np.column_stack([axis.place(values - both[0]), axis.place(values + both[1])])
    across = at[:, 1 if axis.is_x else 0]
    parts = []
    for (first, last), place in zip(ends, across, strict=True):
        if np.isfinite([first, last, place]).all():
            strokes = [((first, place), (last, place))]
            strokes += [((end, place - cap), (end, place + cap)) for end in (first, last) if cap]
            parts += [line(*(pair if axis.is_x else [one[::-1] for one in pair])) for pair in strokes]
    if parts:
        within = chart.panel(*chart.pair(trace))
        chart.pen.draw(Path.make_compound_path(*parts), stroke=stroke, within=within)


def _texts(chart: Chart, trace: Spec, at: Points, within: Box | None) -> None:
    texts = each(trace.get("text"), len(at), "")
    places = each(trace.get("textposition"), len(at), "middle center")
    font = font_of(trace.get("textfont"), Font(chart.font.size, chart.font.colour))
    sizes = each((trace.get("marker") or {}).get("size"), len(at), 6)
    marked = "markers" in mode_of(trace)
    for (x, y), text, place, size in zip(at, texts, places, sizes, strict=True):
        if not np.isfinite([x, y]).all() or text in ("", None):
            continue
        down, across = str(place).split()
        away = float(size) / 2 + 3 if marked else 0.0
        dx = {"left": -away, "center": 0.0, "right": away}[across]
        dy = {"top": -away * 0.6, "middle": 0.0, "bottom": away * 0.6}[down]
        hold = Hold(
            {"left": "right", "center": "center", "right": "left"}[across],
            {"top": "bottom", "middle": "middle", "bottom": "top"}[down],
        )
        write(chart.pen, block(str(text), font), x + dx, y + dy, hold)
