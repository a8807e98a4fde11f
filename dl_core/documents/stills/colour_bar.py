"""The bar beside a chart that says which colour stands for which number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import Pixels, colour, scale_of
from dl_core.documents.stills.contours import levels_of
from dl_core.documents.stills.lettering import SHARES, Block, Hold, block, font_of, write
from dl_core.documents.stills.markers import limits
from dl_core.documents.stills.pen import Box, Stroke, rectangle
from dl_core.documents.stills.spec import Numbers, Spec, numbers, titled
from dl_core.documents.stills.ticks import ticks
from dl_core.documents.stills.words import Font

THICK = 30.0  # page pixels, as Plotly has it
PAD = 10.0  # page pixels between the bar and what it is measured from
GAP = 4.0  # page pixels between the bar and its numbers


@dataclass(frozen=True)
class ColourBar:
    """One bar, measured and placed."""

    owner: Spec  # the heat map, the contour or the marker whose scale it shows
    bar: Box
    outer: Box  # with numbers and name
    axis: Axis
    labels: tuple[tuple[float, Block], ...]  # page pixels along the bar, and what stands there
    name: Block
    side: str  # of the name: top, right or bottom


def colour_bars(chart: Chart) -> list[ColourBar]:
    """Every bar the figure asks for, where the chart's area puts it."""
    found = []
    for trace in chart.traces:
        heat = trace.get("type") in ("heatmap", "contour")
        owner = trace if heat else trace.get("marker") or {}
        if owner.get("showscale", heat):
            names = ("zmin", "zmax") if heat else ("cmin", "cmax")
            found.append(
                _measured(chart, owner, limits(owner, numbers(owner["z" if heat else "color"]), *names))
            )
    return found


def _measured(chart: Chart, owner: Spec, ends: tuple[float, float]) -> ColourBar:
    spec = owner.get("colorbar") or {}
    upright = spec.get("orientation") != "h"
    axis = Axis("y" if upright else "x", spec, low=ends[0], high=ends[1])
    length = _length(chart, spec, upright) - 2 * PAD
    axis.start, axis.end = (length, 0.0) if upright else (0.0, length)
    font = font_of(spec.get("tickfont"), chart.font)
    labels = tuple((float(axis.at(tick.rung)), block(tick.text, font)) for tick in ticks(axis))
    title = titled(spec)
    side = str(title.get("side") or ("top" if upright else "right"))
    name = block(title["text"], font_of(title.get("font"), Font(1.2 * chart.font.size, chart.font.colour)))
    thick = float(spec.get("thickness", THICK))
    inner, outer = _boxes(upright, side, thick, length, labels, name)
    dx, dy = _shift(chart, spec, upright, outer)
    axis.start, axis.end = (axis.start + inner.top + dy, axis.end + inner.top + dy) if upright else (
        axis.start + inner.left + dx, axis.end + inner.left + dx,
    )  # fmt: skip
    along = inner.top + dy if upright else inner.left + dx
    moved = tuple((at + along, words) for at, words in labels)
    return ColourBar(owner, _moved(inner, dx, dy), _moved(outer, dx, dy), axis, moved, name, side)


def _length(chart: Chart, spec: Spec, upright: bool) -> float:
    length = float(spec.get("len", 1))
    if spec.get("lenmode") == "pixels":
        return length
    return length * (chart.area.height if upright else chart.area.width)


def _boxes(
    upright: bool,
    side: str,
    thick: float,
    length: float,
    labels: tuple[tuple[float, Block], ...],
    name: Block,
) -> tuple[Box, Box]:
    """The bar, and all that belongs to it, both measured from the top left of all."""
    wide = max((words.width for _, words in labels), default=0.0)
    tall = max((words.height for _, words in labels), default=0.0)
    above = name.height + GAP if name.said and side == "top" else 0.0
    below = name.height + GAP if name.said and side == "bottom" else 0.0
    if upright:
        beside = name.height + GAP if name.said and side == "right" else 0.0
        inner = Box(PAD, PAD + above, PAD + thick, PAD + above + length)
        right = max(inner.right + GAP + wide + beside, PAD + (name.width if above or below else 0))
        return inner, Box(0, 0, right, inner.bottom + below + PAD)
    beside = name.width + GAP if name.said and side == "right" else 0.0
    pad = PAD / 2
    inner = Box(PAD, pad + above, PAD + length, pad + above + thick)
    return inner, Box(0, 0, inner.right + beside + PAD, inner.bottom + GAP + tall + below + pad)


def _shift(chart: Chart, spec: Spec, upright: bool, outer: Box) -> tuple[float, float]:
    """How far the whole must move from the paper's corner to where the figure wants it."""
    area = chart.area
    x = float(spec.get("x", 1.02 if upright else 0.5))
    y = float(spec.get("y", 0.5 if upright else 1.02))
    across = SHARES[str(spec.get("xanchor") or ("left" if upright else "center"))]
    down = SHARES[str(spec.get("yanchor") or ("middle" if upright else "bottom"))]
    return (
        area.left + x * area.width - across * outer.width,
        area.bottom - y * area.height - down * outer.height,
    )


def _moved(box: Box, dx: float, dy: float) -> Box:
    return Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)


def draw_colour_bar(chart: Chart, found: ColourBar) -> None:
    """One bar with its numbers and its name."""
    spec = found.owner.get("colorbar") or {}
    upright = not found.axis.is_x
    shade = scale_of(found.owner.get("colorscale"), reverse=bool(found.owner.get("reversescale")))

    def make(n_columns: int, n_rows: int) -> Pixels:
        steps = np.linspace(1, 0, n_rows)[:, None] if upright else np.linspace(0, 1, n_columns)[None]
        return shade(np.broadcast_to(_in_bands(found, steps), (n_rows, n_columns)))

    chart.pen.paint(make, found.bar)
    outline = Stroke(colour(spec.get("outlinecolor") or "#5C626B"), float(spec.get("outlinewidth", 0)))
    chart.pen.draw(rectangle(found.bar), stroke=outline)
    for at, words in found.labels:
        if upright:
            write(chart.pen, words, found.bar.right + GAP, at, Hold("left", "middle"))
        else:
            write(chart.pen, words, at, found.bar.bottom + GAP, Hold("center", "top"))
    _write_name(chart, found, upright)


def _in_bands(found: ColourBar, shares: Numbers) -> Numbers:
    """Places ``(…,)`` 0 to 1 on the scale; those of a filled contour in steps, as its bands are."""
    trace = found.owner
    if trace.get("type") != "contour" or (trace.get("contours") or {}).get("coloring", "fill") != "fill":
        return shares
    levels = levels_of(trace, numbers(trace["z"]))
    low, high = found.axis.low, found.axis.high
    step = float(levels[1] - levels[0]) if len(levels) > 1 else high - low
    values = low + shares * (high - low)
    middles = levels[0] + (np.searchsorted(levels, values) - 0.5) * step if len(levels) else values
    return np.clip((middles - low) / ((high - low) or 1.0), 0, 1)


def _write_name(chart: Chart, found: ColourBar, upright: bool) -> None:
    bar, outer, name = found.bar, found.outer, found.name
    middle = (bar.left + bar.right) / 2
    if found.side == "right":
        if upright:
            y = (bar.top + bar.bottom) / 2
            write(chart.pen, name, outer.right, y, Hold("right", "middle", degrees=-90))
        else:
            write(chart.pen, name, bar.right + GAP, (bar.top + bar.bottom) / 2, Hold("left", "middle"))
    elif found.side == "bottom":
        write(
            chart.pen,
            name,
            bar.left if upright else middle,
            outer.bottom,
            Hold("left" if upright else "center", "bottom"),
        )
    else:
        write(
            chart.pen,
            name,
            bar.left if upright else middle,
            bar.top - GAP,
            Hold("left" if upright else "center", "bottom"),
        )
