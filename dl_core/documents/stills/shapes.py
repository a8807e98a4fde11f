"""Lines, rectangles, ellipses and paths that a figure lays over or under its data."""

from __future__ import annotations

import re

import numpy as np
from matplotlib.path import Path

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import Colour, colour
from dl_core.documents.stills.pen import Box, Stroke, ellipse, line, rectangle
from dl_core.documents.stills.spec import CannotDraw, Spec

COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
NUMBER = re.compile(r"-?[\d.]+(?:[eE][+-]?\d+)?")
CODES = {"M": (Path.MOVETO,), "L": (Path.LINETO,), "Q": (Path.CURVE3,) * 2, "C": (Path.CURVE4,) * 3}


def draw_shapes(chart: Chart, *, below: bool) -> None:
    """The shapes that lie below the data, or those above."""
    for shape in chart.layout.get("shapes") or []:
        if shape.get("visible") is not False and (shape.get("layer") == "below") == below:
            _draw(chart, shape)


def _draw(chart: Chart, shape: Spec) -> None:
    kind = shape.get("type") or "rect"
    if (shape.get("label") or {}).get("text") or "pixel" in (shape.get("xsizemode"), shape.get("ysizemode")):
        raise CannotDraw(
            "Labels and pixel sizes of shapes are not known: add an annotation, use the data's units."
        )
    if kind == "path":
        path = _path(chart, shape)
    else:
        x0, x1 = (place(chart, shape, "x", shape.get(end)) for end in ("x0", "x1"))
        y0, y1 = (place(chart, shape, "y", shape.get(end)) for end in ("y0", "y1"))
        box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if kind not in ("line", "rect", "circle"):
            raise CannotDraw(f"Shapes of type “{kind}” are not known: use line, rect, circle or path.")
        path = {"line": line((x0, y0), (x1, y1)), "rect": rectangle(box), "circle": ellipse(box)}[kind]
    opacity = float(shape.get("opacity", 1))
    how = shape.get("line") or {}
    stroke = Stroke(
        colour(how.get("color") or "#5C626B", opacity),
        float(how.get("width", 2)),
        str(how.get("dash") or "solid"),
    )
    filled = shape.get("fillcolor") and kind != "line"
    fill: Colour | None = colour(shape["fillcolor"], opacity) if filled else None
    chart.pen.draw(path, fill=fill, stroke=stroke, within=_panel(chart, shape))


def place(chart: Chart, item: Spec, letter: str, value: object) -> float:
    """Page pixels of a coordinate in the data's units, or as a share of a panel or of the plot."""
    ref = str(item.get(f"{letter}ref") or letter)
    axis = chart.axes.get(ref)
    if axis is not None:
        return float(axis.place([value])[0])
    return float(share_of(chart, ref, letter, value))


def share_of(chart: Chart, ref: str, letter: str, value: object) -> float:
    """Page pixels of a share 0 to 1 of a panel, ``x2 domain``, or of the plot, ``paper``.

    Raises
    ------
    CannotDraw
        If there is no such thing to measure from.
    """
    share = float(value)  # type: ignore[arg-type]
    if ref == "paper":
        area = chart.area
        return area.left + share * area.width if letter == "x" else area.bottom - share * area.height
    axis = chart.axes.get(ref.removesuffix(" domain"))
    if axis is None:
        raise CannotDraw(f"Nothing is called “{ref}”: use an axis of the figure, its domain, or paper.")
    return axis.start + share * (axis.end - axis.start)


def _panel(chart: Chart, shape: Spec) -> Box | None:
    """Where a shape is cut off: at the axes it is measured by."""
    x = _axis(chart, shape, "x")
    y = _axis(chart, shape, "y")
    whole = Box(0, 0, chart.pen.width, chart.pen.height)
    across = whole if x is None else Box(min(x.start, x.end), 0, max(x.start, x.end), 0)
    down = whole if y is None else Box(0, min(y.start, y.end), 0, max(y.start, y.end))
    return Box(across.left, down.top, across.right, down.bottom)


def _axis(chart: Chart, shape: Spec, letter: str) -> Axis | None:
    return chart.axes.get(str(shape.get(f"{letter}ref") or letter))


def _path(chart: Chart, shape: Spec) -> Path:
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for letter, rest in COMMAND.findall(re.sub(r"(?<=\d)[eE](?=[+-]?\d)", "e", str(shape["path"]))):
        _command(chart, shape, letter, [float(one) for one in NUMBER.findall(rest)], vertices, codes)
    return Path(np.array(vertices), np.array(codes, dtype=np.uint8))


def _command(
    chart: Chart,
    shape: Spec,
    letter: str,
    given: list[float],
    vertices: list[tuple[float, float]],
    codes: list[int],
) -> None:
    """Add one step of a path to what was drawn before it."""
    if letter == "Z":
        vertices.append(vertices[-1])
        codes.append(int(Path.CLOSEPOLY))
    elif letter in "HV":
        for value in given:
            x, y = vertices[-1]
            at = place(chart, shape, "x" if letter == "H" else "y", value)
            vertices.append((at, y) if letter == "H" else (x, at))
            codes.append(int(Path.LINETO))
    elif letter in CODES:
        for start in range(0, len(given) - 1, 2):
            x, y = place(chart, shape, "x", given[start]), place(chart, shape, "y", given[start + 1])
            vertices.append((x, y))
        steps = len(given) // 2
        codes += [int(code) for code in CODES[letter]] * (steps // len(CODES[letter]))
    else:
        raise CannotDraw(f"The step “{letter}” of a path is not known: use M, L, H, V, Q, C or Z.")
