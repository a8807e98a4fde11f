"""Bars: filled, hatched, outlined, with words in or at them."""

from __future__ import annotations

import numpy as np
from matplotlib.path import Path

from dl_core.documents.stills.bar_places import Bars
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import CLEAR, Colour, colour, faded, readable_on
from dl_core.documents.stills.lettering import Hold, block, font_of, write
from dl_core.documents.stills.markers import ink_of, inks
from dl_core.documents.stills.pen import Box, Stroke, line, rectangle
from dl_core.documents.stills.scatter import draw_error_bars
from dl_core.documents.stills.spec import CannotDraw, Spec, each
from dl_core.documents.stills.words import Font

HATCHES = {"/": (1,), "\\": (-1,), "x": (1, -1), "-": (0,), "|": (None,), "+": (0, None)}
WORD_GAP = 4  # page pixels between a bar's end and its words


def draw_bars(chart: Chart, number: int) -> None:
    """One bar trace; ``number`` is its place among the traces."""
    trace, bars = chart.traces[number], chart.bars[number]
    x, y = chart.pair(trace)
    panel = chart.panel(x, y)
    boxes = _boxes(chart, trace, bars)
    marker = trace.get("marker") or {}
    n = len(boxes)
    fills = inks(marker, n, ink_of(trace, number))
    opacities = each(marker.get("opacity"), n, 1.0)
    rim = marker.get("line") or {}
    rims, widths = inks(rim, n, "#5C626B"), each(rim.get("width"), n, 0)
    whole = float(trace.get("opacity", 1))
    for place, box in enumerate(boxes):
        if box is None:
            continue
        shade = faded(fills[place], float(opacities[place]) * whole)
        chart.pen.draw(rectangle(box), fill=shade, within=panel)
        _hatch(chart, marker.get("pattern") or {}, place, n, box, panel)
        chart.pen.draw(rectangle(box), stroke=Stroke(rims[place], float(widths[place])), within=panel)
    middles = np.array(
        [
            (np.nan, np.nan) if b is None else _end(bars, place, b, chart, trace)
            for place, b in enumerate(boxes)
        ]
    ).reshape(-1, 2)
    for axis in (x, y):
        draw_error_bars(chart, trace, axis, middles, "#1B1E23")
    _words(chart, trace, bars, boxes, fills)


def _boxes(chart: Chart, trace: Spec, bars: Bars) -> list[Box | None]:
    x, y = chart.pair(trace)
    along, across = (x, y) if bars.across else (y, x)
    starts, ends = along.place(bars.start), along.place(bars.end)
    starts = np.where(np.isnan(starts), along.start, starts)  # a log axis has no place for 0
    near, far = np.asarray(across.at(bars.near)), np.asarray(across.at(bars.far))
    found: list[Box | None] = []
    for a, b, c, d in zip(starts, ends, near, far, strict=True):
        if not np.isfinite([a, b, c, d]).all():
            found.append(None)
            continue
        lows, highs = sorted((float(a), float(b))), sorted((float(c), float(d)))
        first, second = (lows, highs) if bars.across else (highs, lows)
        found.append(Box(first[0], second[0], first[1], second[1]))
    return found


def _end(bars: Bars, place: int, box: Box, chart: Chart, trace: Spec) -> tuple[float, float]:
    """The middle of the bar's far end."""
    x, y = chart.pair(trace)
    end = float((x if bars.across else y).place(bars.end[place : place + 1])[0])
    if bars.across:
        return end, (box.top + box.bottom) / 2
    return (box.left + box.right) / 2, end


def _hatch(chart: Chart, pattern: Spec, place: int, n: int, box: Box, panel: Box) -> None:
    shape = each(pattern.get("shape"), n, "")[place]
    if not shape:
        return
    if shape not in HATCHES:
        raise CannotDraw(f"The pattern “{shape}” is not known: use one of {' '.join(HATCHES)}.")
    size = float(each(pattern.get("size"), n, 10)[place])
    solid = float(each(pattern.get("solidity"), n, 0.2)[place])
    opacity = float(pattern.get("fgopacity", 0.5))
    ink = colour(each(pattern.get("fgcolor"), n, "#FFFFFF")[place], opacity)
    inside = Box(
        max(box.left, panel.left),
        max(box.top, panel.top),
        min(box.right, panel.right),
        min(box.bottom, panel.bottom),
    )
    stripes = [stripe for slope in HATCHES[shape] for stripe in _stripes(inside, slope, size)]
    if stripes and inside.width > 0 and inside.height > 0:
        thickness = size * solid * (1.0 if shape in "-|+" else 0.9)
        path = Path.make_compound_path(*stripes)
        chart.pen.draw(path, stroke=Stroke(ink, thickness), within=inside, smooth=True)


def _stripes(box: Box, slope: int | None, size: float) -> list[Path]:
    """Parallel lines over a box; a slope of nothing stands upright."""
    if slope is None:
        return [line((x, box.top), (x, box.bottom)) for x in np.arange(box.left + size / 2, box.right, size)]
    if slope == 0:
        return [line((box.left, y), (box.right, y)) for y in np.arange(box.top + size / 2, box.bottom, size)]
    tall = box.height
    starts = np.arange(box.left - tall, box.right, size)
    if slope > 0:
        return [line((x, box.bottom), (x + tall, box.top)) for x in starts]
    return [line((x, box.top), (x + tall, box.bottom)) for x in starts]


def _words(chart: Chart, trace: Spec, bars: Bars, boxes: list[Box | None], fills: list[Colour]) -> None:
    texts = each(trace.get("text"), len(boxes), "")
    places = each(trace.get("textposition"), len(boxes), "auto")
    for place, (box, text) in enumerate(zip(boxes, texts, strict=True)):
        if box is None or text in ("", None) or places[place] == "none":
            continue
        font = font_of(trace.get("textfont"), Font(chart.font.size, chart.font.colour))
        words = block(str(text), font)
        room, need = (box.width, words.width) if bars.across else (box.height, words.height)
        inner = places[place] == "inside" or (places[place] == "auto" and need + 2 * WORD_GAP < room)
        if inner and not (trace.get("textfont") or {}).get("color"):
            inked = fills[place] if fills[place] != CLEAR else (1.0, 1.0, 1.0, 1.0)
            words = block(str(text), Font(font.size, readable_on(inked)))
        forward = bool(bars.end[place] >= bars.start[place])
        x, y = _end(bars, place, box, chart, trace)
        away = (1 if forward else -1) * (-1 if inner else 1)
        if bars.across:
            write(chart.pen, words, x + away * WORD_GAP, y, Hold("left" if away > 0 else "right", "middle"))
        else:
            write(
                chart.pen, words, x, y - away * WORD_GAP / 2, Hold("center", "bottom" if away > 0 else "top")
            )
