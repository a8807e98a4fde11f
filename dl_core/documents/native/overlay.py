"""What lies over and under a chart's data: words, lines and boxes, placed by the chart's coordinates."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

from dl_core.documents.native.labels import Words, at_least, labels_of
from dl_core.documents.native.scales import Scale
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.lettering import Hold, block, font_of
from dl_core.documents.stills.notes import held_side, spot
from dl_core.documents.stills.pen import Box
from dl_core.documents.stills.shapes import place
from dl_core.documents.stills.spec import Spec

ARROW = {"x": -10.0, "y": -30.0}  # page pixels from an arrow's head to its words, as Plotly has it
GRID, QUIET = "#D9DADD", "#5C626B"
STRAIGHT = re.compile(r"(?:\s*[ML]\s*[-+.\deE]+\s*,\s*[-+.\deE]+\s*)+")  # a path that lines can follow
STEP = re.compile(r"([ML])\s*([-+.\deE]+)\s*,\s*([-+.\deE]+)")
LABEL_GAP = 5.0  # page pixels between an axis and its numbers


@dataclass(frozen=True)
class Stroke:
    """Lines from point to point, or the outline of an area."""

    stretches: tuple[tuple[tuple[float, float], ...], ...]  # page pixels; the pen is lifted between them
    ink: str
    width: float  # page pixels
    dash: str = "solid"
    filled: str = ""  # colour inside; empty: none
    closed: bool = False
    pointed: bool = False  # whether it ends in an arrowhead


@dataclass
class Overlay:
    """Everything that is not the chart itself."""

    below: list[Stroke] = field(default_factory=list)
    above: list[Stroke] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)


def overlay_of(chart: Chart, scales: dict[str, Scale]) -> Overlay:
    """The figure's shapes and annotations, and the numbers at axes that PowerPoint cannot write."""
    found = Overlay()
    _ticks(chart, scales["x"], scales["y"], found)
    _ticks(chart, scales["y"], scales["x"], found)
    for shape in chart.layout.get("shapes") or []:
        if shape.get("visible") is not False:
            side = found.below if shape.get("layer") in ("below", "between") else found.above
            side.append(stroke_of(chart, shape))
    for trace in chart.traces:
        found.words.extend(labels_of(chart, trace))
    for note in chart.layout.get("annotations") or []:
        if note.get("visible") is not False and note.get("text"):
            _note(chart, note, found)
    return found


def _ticks(chart: Chart, scale: Scale, other: Scale, found: Overlay) -> None:
    """Numbers as text boxes, each with a line of the grid."""
    axis, across = scale.axis, other.ends
    font = at_least(font_of(axis.spec.get("tickfont"), chart.font), chart)
    for tick in scale.by_hand:
        at = float(axis.at(tick.rung))
        if axis.spec.get("showgrid") is not False:
            rule = tuple((at, end) if axis.is_x else (end, at) for end in across)
            found.below.append(Stroke((rule,), axis.spec.get("gridcolor") or GRID, 0.75))
        hold = Hold("center", "top") if axis.is_x else Hold("right", "middle")
        x, y = (at, max(across) + LABEL_GAP) if axis.is_x else (min(across) - LABEL_GAP, at)
        found.words.append(Words(block(tick.text.strip(), font), x, y, hold))


def stroke_of(chart: Chart, shape: Spec) -> Stroke:
    """A shape of the figure as lines or an area."""
    rim = shape.get("line") or {}
    look: dict[str, Any] = {
        "ink": rim.get("color") or "#1B1E23",
        "width": float(rim.get("width", 2)),
        "dash": str(rim.get("dash") or "solid"),
    }
    if shape.get("type") == "path":
        return Stroke(tuple(map(tuple, _path(chart, shape))), **look)
    (x0, x1), (y0, y1) = (
        [place(chart, shape, letter, shape[f"{letter}{end}"]) for end in "01"] for letter in "xy"
    )
    if shape.get("type") == "line":
        return Stroke((((x0, y0), (x1, y1)),), **look)
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    return Stroke((corners,), closed=True, filled=shape.get("fillcolor") or "", **look)


def _path(chart: Chart, shape: Spec) -> list[list[tuple[float, float]]]:
    """Each stretch of a path of straight lines."""
    stretches: list[list[tuple[float, float]]] = []
    for letter, x, y in STEP.findall(str(shape["path"])):
        if letter == "M" or not stretches:
            stretches.append([])
        stretches[-1].append((place(chart, shape, "x", float(x)), place(chart, shape, "y", float(y))))
    return stretches


def _note(chart: Chart, note: Spec, found: Overlay) -> None:
    head = spot(chart, note, "x"), spot(chart, note, "y")
    if not all(map(math.isfinite, head)):
        return
    arrow = note.get("showarrow", True)
    tail = (_tail(note, "x", head[0]), _tail(note, "y", head[1])) if arrow else head
    font = font_of(note.get("font"), chart.font)
    hold = Hold(
        held_side(note, "x", "center"),
        held_side(note, "y", "middle"),
        str(note.get("align") or "center"),
        float(note.get("textangle") or 0),
    )
    words = Words(
        block(str(note["text"]), at_least(font, chart)), *tail, hold, str(note.get("bgcolor") or "")
    )
    found.words.append(words)
    if arrow:
        found.above.extend(_arrow(note, head, words.box))


def _tail(note: Spec, letter: str, head: float) -> float:
    given = note.get(f"a{letter}")
    return head + (ARROW[letter] if given is None else float(given))


def _arrow(note: Spec, head: tuple[float, float], box: Box) -> list[Stroke]:
    """From the edge of the words to the place, less the air at its tip."""
    tail = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    length = math.dist(head, tail)
    if not length or (box.left <= head[0] <= box.right and box.top <= head[1] <= box.bottom):
        return []
    way = (head[0] - tail[0]) / length, (head[1] - tail[1]) / length
    halves = (box.width / 2 + 2, box.height / 2)
    start = min(half / abs(step) for half, step in zip(halves, way, strict=True) if step)
    end = length - float(note.get("standoff") or 0)
    if end <= start:
        return []
    points = tuple((tail[0] + way[0] * along, tail[1] + way[1] * along) for along in (start, end))
    ink = str(note.get("arrowcolor") or (note.get("font") or {}).get("color") or "#1B1E23")
    pointed = int(note.get("arrowhead", 1)) > 0
    return [Stroke((points,), ink, float(note.get("arrowwidth", 1)), pointed=pointed)]
