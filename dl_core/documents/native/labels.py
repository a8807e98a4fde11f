"""Words that a trace sets beside its own points and bars."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.lettering import Block, Hold, block, box_of, font_of
from dl_core.documents.stills.pen import PAGE_PIXELS, POINTS, Box
from dl_core.documents.stills.points import coordinates, mode_of
from dl_core.documents.stills.spec import Spec, each, numbers
from dl_core.documents.stills.words import Font

SMALLEST = 12.0  # points of any words
AIR = 4.0  # page pixels between a mark and its words
ACROSS = {"left": ("right", -1), "center": ("center", 0), "right": ("left", 1)}
DOWN = {"top": ("bottom", -1), "middle": ("middle", 0), "bottom": ("top", 1)}


@dataclass(frozen=True)
class Words:
    """Words held at a place."""

    block: Block
    x: float  # page pixels
    y: float  # page pixels
    hold: Hold
    paper: str = ""  # colour behind them; empty: none

    @property
    def box(self) -> Box:
        """What they cover."""
        return box_of(self.block, self.x, self.y, self.hold)


def at_least(font: Font, chart: Chart) -> Font:
    """The font, large enough for a slide."""
    return replace(font, size=max(SMALLEST / zoom_of(chart), font.size))


def zoom_of(chart: Chart) -> float:
    """Points of a page pixel."""
    return chart.pen.zoom * POINTS / PAGE_PIXELS


def labels_of(chart: Chart, trace: Spec) -> list[Words]:
    """The words of a trace, each at its point or at the end of its bar."""
    if trace.get("text") is None:
        return []
    if trace.get("type") == "bar":
        return _at_bars(chart, trace)
    return _at_points(chart, trace) if "text" in mode_of(trace) else []


def _at_points(chart: Chart, trace: Spec) -> list[Words]:
    x, y = chart.pair(trace)
    places = zip(x.place(coordinates(trace, "x")), y.place(coordinates(trace, "y")), strict=True)
    n = len(coordinates(trace, "x"))
    sizes = each((trace.get("marker") or {}).get("size"), n, 6 if "markers" in mode_of(trace) else 0)
    font = at_least(font_of(trace.get("textfont"), chart.font), chart)
    found = []
    for (left, top), text, position, size in zip(
        places,
        each(trace["text"], n, ""),
        each(trace.get("textposition"), n, "middle center"),
        sizes,
        strict=True,
    ):
        if text and np.isfinite([left, top]).all():
            down, across = position.split()
            (hold_x, step_x), (hold_y, step_y) = ACROSS[across], DOWN[down]
            away = float(size) / 2 + AIR
            hold = Hold(hold_x, hold_y)
            found.append(Words(block(str(text), font), left + away * step_x, top + away * step_y, hold))
    return found


def _at_bars(chart: Chart, trace: Spec) -> list[Words]:
    bars = chart.bars[chart.traces.index(trace)]
    x, y = chart.pair(trace)
    along, across = (x, y) if bars.across else (y, x)
    font = at_least(font_of(trace.get("textfont"), chart.font), chart)
    forward = numbers(bars.end) >= numbers(bars.start)
    ends = zip(along.place(bars.end), across.at((bars.near + bars.far) / 2), forward, strict=True)
    found = []
    for (end, middle, onward), text in zip(ends, each(trace["text"], len(forward), ""), strict=True):
        if text and np.isfinite([end, middle]).all():
            toward = (1 if onward else -1) * (1 if along.end > along.start else -1)
            hold = Hold({1: "left", -1: "right"}[toward], "middle")
            if not bars.across:
                hold = Hold("center", {1: "top", -1: "bottom"}[toward])
            away = end + toward * AIR
            at = (away, middle) if bars.across else (middle, away)
            found.append(Words(block(str(text), font), *at, hold))
    return found
