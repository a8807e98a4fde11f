"""Marks at points: their shapes as Plotly draws them, their sizes and colours."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

from dl_core.documents.stills.colours import (
    CLEAR,
    SERIES,
    Colour,
    Pixels,
    colour,
    faded,
    from_bytes,
    scale_of,
)
from dl_core.documents.stills.pen import Box, Pen, Stroke
from dl_core.documents.stills.spec import CannotDraw, Numbers, Spec, each, numbers

Corners = list[tuple[float, float]]


def _regular(n: int, size: float, turn: float = 0.0) -> Corners:
    angles = [math.radians(turn) + 2 * math.pi * k / n for k in range(n)]
    return [(size * math.sin(angle), -size * math.cos(angle)) for angle in angles]


def _star(n: int, outer: float, inner: float) -> Corners:
    pairs = zip(_regular(n, outer), _regular(n, inner, 180 / n), strict=True)
    return [corner for pair in pairs for corner in pair]


def _cross(half: float, reach: float) -> Corners:
    quarter = [(half, -half), (half, -reach), (-half, -reach), (-half, -half)]
    return [
        *quarter, (-reach, -half), (-reach, half), (-half, half), (-half, reach), (half, reach), (half, half),
        (reach, half), (reach, -half),
    ]  # fmt: skip


def _turned(corners: Corners, degrees: float) -> Corners:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in corners]


TRIANGLE: Corners = [(-2 / math.sqrt(3), 0.5), (2 / math.sqrt(3), 0.5), (0, -1)]
# corners in halves of the marker's size, y downwards
SHAPES: dict[str, Corners] = {
    "square": [(1, 1), (-1, 1), (-1, -1), (1, -1)],
    "diamond": [(1.3, 0), (0, 1.3), (-1.3, 0), (0, -1.3)],
    "cross": _cross(0.4, 1.2),
    "x": _turned(_cross(0.4, 1.2), 45),
    "triangle-up": TRIANGLE,
    "triangle-down": _turned(TRIANGLE, 180),
    "triangle-left": _turned(TRIANGLE, -90),
    "triangle-right": _turned(TRIANGLE, 90),
    "pentagon": _regular(5, 1),
    "hexagon": _regular(6, 1),
    "hexagon2": _regular(6, 1, 30),
    "star": _star(5, 1.4, 0.5348),
    "star-square": _star(4, 1.4, 0.8),
    "star-diamond": _star(4, 1.4, 0.5),
    "hexagram": _star(6, 1.2, 0.693),
    "bowtie": [(1, 1), (1, -1), (-1, 1), (-1, -1)],
    "hourglass": [(1, 1), (-1, 1), (1, -1), (-1, -1)],
}
STROKES: dict[str, list[Corners]] = {
    "line-ns": [[(0, 1.4), (0, -1.4)]],
    "line-ew": [[(1.4, 0), (-1.4, 0)]],
    "cross-thin": [[(0, 1.4), (0, -1.4)], [(1.4, 0), (-1.4, 0)]],
    "x-thin": [[(1, 1), (-1, -1)], [(1, -1), (-1, 1)]],
}


@lru_cache(maxsize=64)
def _shape(name: str) -> Path:
    if name == "circle":
        return Path.unit_circle()
    if name in SHAPES:
        return Path(np.array([*SHAPES[name], SHAPES[name][0]]), closed=True)
    if name in STROKES:
        return Path.make_compound_path(*(Path(np.array(part)) for part in STROKES[name]))
    raise CannotDraw(f"The marker “{name}” is not known: use one such as {', '.join(('circle', *SHAPES))}.")


def symbol(name: Any, size: float, x: float, y: float) -> Path:
    """The outline of a marker of ``size`` page pixels around ``x``, ``y``.

    Examples
    --------
    >>> symbol("square", 8, 100, 50).get_extents().bounds
    (np.float64(96.0), np.float64(46.0), np.float64(8.0), np.float64(8.0))
    """
    shape = _shape(str(name).removesuffix("-dot").removesuffix("-open"))
    return Path(np.asarray(shape.vertices) * size / 2 + [x, y], shape.codes)


def draw_markers(pen: Pen, trace: Spec, at: NDArray[np.float64], ink: str, within: Box | None) -> None:
    """The markers of a trace at ``at`` ``(n, 2)`` page pixels; ``ink`` where the trace names no colour."""
    marker = trace.get("marker") or {}
    n = len(at)
    sizes = _sizes(marker, n)
    symbols = each(marker.get("symbol"), n, "circle")
    bubbles = isinstance(marker.get("size"), (list, np.ndarray))
    opacities = each(marker.get("opacity"), n, 0.7 if bubbles else 1.0)
    fills = inks(marker, n, ink)
    rim = marker.get("line") or {}
    widths, rims = each(rim.get("width"), n, 0), inks(rim, n, "#5C626B")
    paths, inner, strokes = [], [], []
    for place, (x, y) in enumerate(at):
        if not (np.isfinite(x) and np.isfinite(y) and sizes[place] > 0):
            continue
        opacity = float(opacities[place]) * float(trace.get("opacity", 1))
        fill, edge, width = faded(fills[place], opacity), rims[place], float(widths[place])
        if "-open" in str(symbols[place]) or str(symbols[place]) in STROKES:
            edge, width = (fills[place] if "-open" in str(symbols[place]) else edge), width or 1.0
            fill = CLEAR
        paths.append(symbol(symbols[place], sizes[place], x, y))
        inner.append(fill)
        strokes.append(Stroke(faded(edge, opacity), width))
    pen.draw_many(paths, fills=inner, strokes=strokes, within=within)


def _sizes(marker: Spec, n: int) -> Numbers:
    given = marker.get("size")
    sizes = np.nan_to_num(numbers(each(given, n, 6)))
    if isinstance(given, (list, np.ndarray)):
        sizes = sizes / float(marker.get("sizeref") or 1)
        if marker.get("sizemode") == "area":
            sizes = np.sqrt(np.maximum(sizes, 0))
        sizes = np.where(sizes > 0, np.maximum(sizes, float(marker.get("sizemin") or 0)), 0)
    return sizes


def inks(owner: Spec, n: int, ink: str) -> list[Colour]:
    """The colour of each of ``n`` marks: named, or a number on a scale."""
    given = owner.get("color")
    if isinstance(given, (list, np.ndarray)) and len(given) and not isinstance(given[0], str):
        found = from_bytes(shaded(owner, numbers(given)[:n]))
        return found + [colour(ink)] * (n - len(found))
    return [colour(one) for one in each(given, n, ink)]


def shaded(owner: Spec, values: Numbers, low: str = "cmin", high: str = "cmax") -> Pixels:
    """Pixels ``(…, 4)`` of numbers ``(…,)`` on the colour scale of a marker or a heat map."""
    first, last = limits(owner, values, low, high)
    share = np.clip((values - first) / (last - first), 0, 1)
    return scale_of(owner.get("colorscale"), reverse=bool(owner.get("reversescale")))(share)


def limits(owner: Spec, values: Numbers, low: str = "cmin", high: str = "cmax") -> tuple[float, float]:
    """The numbers at both ends of a colour scale: given, around a given middle, or the data's own."""
    known = values[np.isfinite(values)]
    first = float(known.min()) if known.size else 0.0
    last = float(known.max()) if known.size else 1.0
    middle = owner.get(low.replace("min", "mid"))
    if middle is not None and owner.get(low) is None:
        half = max(last - float(middle), float(middle) - first)
        first, last = float(middle) - half, float(middle) + half
    first = first if owner.get(low) is None else float(owner[low])
    last = last if owner.get(high) is None else float(owner[high])
    return first, (last if last != first else first + 1.0)  # a scale from a number to itself has no steps


def ink_of(trace: Spec, number: int) -> str:
    """The colour of a trace as a whole; ``number`` is its place among the traces."""
    for owner in (trace.get("line"), trace.get("marker")):
        given = (owner or {}).get("color")
        if isinstance(given, str):
            return given
    return SERIES[number % len(SERIES)]
