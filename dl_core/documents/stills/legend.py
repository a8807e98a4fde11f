"""The key to a chart: one sample and one name for each trace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import colour
from dl_core.documents.stills.lettering import SHARES, Block, Hold, block, font_of, write
from dl_core.documents.stills.markers import draw_markers, ink_of
from dl_core.documents.stills.pen import Box, Stroke, line, rectangle
from dl_core.documents.stills.points import mode_of
from dl_core.documents.stills.spec import Spec, titled

SAMPLE = 30.0  # page pixels that a sample takes across
GAP = 6.0  # page pixels between a sample and its name, and around all
APART = 18.0  # page pixels from one name to the next sample in a row


@dataclass(frozen=True)
class Entry:
    """One trace in the key."""

    number: int  # its place among the traces
    name: Block
    left: float  # page pixels, from the key's corner
    top: float  # page pixels, from the key's corner


@dataclass(frozen=True)
class Legend:
    """The key, measured and placed."""

    box: Box
    entries: tuple[Entry, ...]
    title: Block


def legend_of(chart: Chart) -> Legend | None:
    """The key where the chart's area puts it; nothing where the figure does not ask for one."""
    if chart.layout.get("showlegend") is not True:
        return None
    spec = chart.layout.get("legend") or {}
    font = font_of(spec.get("font"), chart.font)
    names = [
        (number, block(str(trace.get("name") or f"trace {number}"), font))
        for number, trace in enumerate(chart.traces)
        if _is_listed(trace)
    ]
    title = block(titled(spec)["text"], font_of(titled(spec).get("font"), font))
    flat = spec.get("orientation") == "h"
    start = title.height + (2 if title.said else 0)
    room = chart.pen.width - 2 * GAP if flat else 0.0
    entries, width, height = _rows(names, room, start)
    return Legend(_box(chart, spec, flat, max(width, title.width + 2 * GAP), height), entries, title)


def _is_listed(trace: Spec) -> bool:
    plain = (trace.get("type") or "scatter") in ("scatter", "scattergl", "bar")
    return bool(trace.get("showlegend", plain))


def _rows(
    names: list[tuple[int, Block]], room: float, start: float
) -> tuple[tuple[Entry, ...], float, float]:
    """Entries one below the other, or side by side while there is ``room``; and what all of them take."""
    entries: list[Entry] = []
    x, y, widest, tall = GAP, GAP + start, 0.0, 0.0
    for number, name in names:
        takes = SAMPLE + GAP + name.width
        if entries and x + takes > room:
            x, y = GAP, y + tall
        entries.append(Entry(number, name, x, y))
        tall = name.height + 3
        widest = max(widest, x + takes)
        x += takes + APART
    return tuple(entries), widest + GAP, y + tall + GAP


def _box(chart: Chart, spec: Spec, flat: bool, width: float, height: float) -> Box:
    area = chart.area
    x, y = float(spec.get("x", 0 if flat else 1.02)), float(spec.get("y", -0.1 if flat else 1))
    across = _anchor(spec.get("xanchor") or "left", x, ("left", "center", "right"))
    down = _anchor(spec.get("yanchor") or "auto", y, ("bottom", "middle", "top"))
    if flat and spec.get("yanchor") is None:
        down = "top" if y < 0.5 else "bottom"
    left = area.left + x * area.width - SHARES[across] * width
    top = area.bottom - y * area.height - SHARES[down] * height
    return Box(left, top, left + width, top + height)


def _anchor(given: str, share: float, sides: tuple[str, str, str]) -> str:
    if given != "auto":
        return str(given)
    return sides[0] if share < 1 / 3 else sides[2] if share > 2 / 3 else sides[1]


def draw_legend(chart: Chart, legend: Legend) -> None:
    """The key over everything else."""
    spec = chart.layout.get("legend") or {}
    border = Stroke(colour(spec.get("bordercolor") or "#5C626B"), float(spec.get("borderwidth") or 0))
    fill = colour(spec["bgcolor"]) if spec.get("bgcolor") else None
    if fill or border.seen:
        chart.pen.draw(rectangle(legend.box), fill=fill, stroke=border)
    left, top = legend.box.left, legend.box.top
    write(chart.pen, legend.title, left + GAP, top + GAP, Hold("left", "top", "left"))
    for entry in legend.entries:
        middle = top + entry.top + entry.name.height / 2
        _sample(chart, entry.number, left + entry.left, middle)
        write(chart.pen, entry.name, left + entry.left + SAMPLE + GAP, middle, Hold("left", "middle"))


def _sample(chart: Chart, number: int, left: float, middle: float) -> None:
    trace = chart.traces[number]
    ink = ink_of(trace, number)
    if trace.get("type") == "bar":
        box = Box(left + SAMPLE / 2 - 6, middle - 6, left + SAMPLE / 2 + 6, middle + 6)
        chart.pen.draw(rectangle(box), fill=colour(ink))
        return
    mode, how = mode_of(trace), trace.get("line") or {}
    if "lines" in mode:
        stroke = Stroke(
            colour(how.get("color") or ink), float(how.get("width", 2)), str(how.get("dash") or "solid")
        )
        chart.pen.draw(line((left, middle), (left + SAMPLE, middle)), stroke=stroke)
    if "markers" in mode:
        one = {"marker": _first(trace.get("marker") or {})}
        draw_markers(chart.pen, one, np.array([[left + SAMPLE / 2, middle]]), ink, None)


def _first(marker: Spec) -> Spec:
    """The look of the first point, at a size that fits a line of text."""
    found = {name: value[0] if isinstance(value, list) and value else value for name, value in marker.items()}
    size = marker.get("size")
    found["size"] = min(float(size), 16.0) if isinstance(size, (int, float)) else 8.0
    if not isinstance(found.get("color"), str):
        found.pop("color", None)
    return found
