"""The axes as they are drawn: grid, lines, numbers and names."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import colour
from dl_core.documents.stills.lettering import Block, Hold, block, box_of, font_of, write
from dl_core.documents.stills.pen import Box, Stroke, line
from dl_core.documents.stills.spec import Spec, titled
from dl_core.documents.stills.ticks import Tick, ticks
from dl_core.documents.stills.words import Font

GRID, ZERO, EDGE = "#EEEEEE", "#5C626B", "#5C626B"  # where a figure names no colour
LABEL_GAP = 4  # page pixels between an axis and its numbers
TICK = 5  # page pixels, where ticks are drawn and no length is given
STANDOFF = 8  # page pixels between numbers and the axis's name
TURNS = (0, 30, 90)  # degrees tried until the numbers of an x axis no longer meet


@dataclass(frozen=True)
class Labels:
    """The numbers at an axis, ready to be written."""

    words: tuple[tuple[float, Block], ...]  # page pixels along the axis, and what stands there
    degrees: float  # clockwise
    depth: float  # page pixels from the axis to the far side of the numbers


def labels_of(chart: Chart, axis: Axis) -> Labels:
    """The numbers at an axis."""
    spec = axis.spec
    if not axis.shown or spec.get("showticklabels") is False:
        return Labels((), 0, 0)
    font = font_of(spec.get("tickfont"), chart.font)
    words = tuple((float(axis.at(tick.rung)), block(tick.text, _sized(font, tick))) for tick in ticks(axis))
    degrees = _degrees(axis, words)
    across = [one.turned(degrees)[1 if axis.is_x else 0] for _, one in words]
    return Labels(words, degrees, (_tick_length(spec) + LABEL_GAP + max(across)) if across else 0)


def _sized(font: Font, tick: Tick) -> Font:
    return Font(font.size * tick.size, font.colour, font.bold, font.italic)


def _tick_length(spec: Spec) -> float:
    return float(spec.get("ticklen") or TICK) if spec.get("ticks") == "outside" else 0.0


def _degrees(axis: Axis, words: tuple[tuple[float, Block], ...]) -> float:
    given = axis.spec.get("tickangle")
    if isinstance(given, (int, float)):
        return float(given)
    if not axis.is_x or len(words) < 2:
        return 0.0
    apart = min(abs(b - a) for (a, _), (b, _) in itertools.pairwise(words))
    for degrees in TURNS:
        if (
            degrees == 0
            and apart > max((a.width + b.width) / 2 for (_, a), (_, b) in itertools.pairwise(words)) + 4
        ):
            return 0.0
        if degrees == 30 and apart > 2.4 * words[0][1].height:
            return 30.0
    return 90.0


def title_of(chart: Chart, axis: Axis) -> Block:
    """The axis's name, broken where it is longer than the axis."""
    title = titled(axis.spec)
    font = font_of(title.get("font"), Font(chart.font.size * 1.2, chart.font.colour))
    return block(title["text"] if axis.shown else "", font, room=max(axis.length, 60.0))


def depth_of(chart: Chart, axis: Axis) -> float:
    """Page pixels that an axis takes outside of its panel."""
    if not axis.shown:
        return 0.0
    name = title_of(chart, axis)
    return labels_of(chart, axis).depth + (name.height + _standoff(axis) if name.said else 0)


def _standoff(axis: Axis) -> float:
    given = titled(axis.spec).get("standoff")
    return float(STANDOFF if given is None else given)


def overhang(chart: Chart, axis: Axis) -> tuple[float, float]:
    """Page pixels by which the numbers of an axis stand out beyond its start and its end."""
    labels = labels_of(chart, axis)
    first, last = sorted((axis.start, axis.end))
    before, after = 0.0, 0.0
    hold = _label_hold(axis, labels.degrees)
    for at, words in labels.words:
        box = box_of(words, at, at, hold)
        before = max(before, first - (box.left if axis.is_x else box.top))
        after = max(after, (box.right if axis.is_x else box.bottom) - last)
    return before, after


def draw_grid(chart: Chart, x: Axis, y: Axis) -> None:
    """Lines at the ticks, and at zero, behind the data of a panel."""
    for axis, other in ((x, y), (y, x)):
        spec = axis.spec
        if axis.shown and spec.get("showgrid") is not False:
            stroke = _stroke(spec, "grid", GRID)
            for tick in ticks(axis):
                if not _at_an_end(axis, tick.rung):
                    _rule(chart, axis, other, float(axis.at(tick.rung)), stroke)
    for axis, other in ((x, y), (y, x)):
        zero = axis.kind == "linear" and axis.holds(0.0) and not _at_an_end(axis, 0.0)
        asked = axis.spec.get("zeroline", axis.spec.get("zerolinecolor") is not None)
        if axis.shown and zero and asked:
            _rule(chart, axis, other, float(axis.at(0.0)), _stroke(axis.spec, "zeroline", ZERO))


def _at_an_end(axis: Axis, rung: float) -> bool:
    """Whether a line here would be hidden by the axis's neighbour's own line."""
    return abs(float(axis.at(rung)) - axis.start) < 0.5 and "linecolor" in axis.spec


def _stroke(spec: Spec, part: str, ink: str) -> Stroke:
    return Stroke(
        colour(spec.get(f"{part}color") or ink),
        float(spec.get(f"{part}width") or 1),
        str(spec.get(f"{part}dash") or "solid"),
    )


def _rule(chart: Chart, axis: Axis, other: Axis, at: float, stroke: Stroke) -> None:
    ends = ((at, other.start), (at, other.end)) if axis.is_x else ((other.start, at), (other.end, at))
    chart.pen.draw(line(*ends), stroke=stroke)


def draw_axis(chart: Chart, axis: Axis) -> None:
    """The axis's own line, its ticks, numbers and name."""
    if not axis.shown:
        return
    at = edge_of(chart, axis)
    spec = axis.spec
    line_asked = spec.get("linecolor") is not None or spec.get("linewidth") is not None
    if spec.get("showline", line_asked):
        ends = ((axis.start, at), (axis.end, at)) if axis.is_x else ((at, axis.start), (at, axis.end))
        chart.pen.draw(line(*ends), stroke=_stroke(spec, "line", EDGE))
    labels = labels_of(chart, axis)
    out = _outwards(axis)
    _draw_ticks(chart, axis, at, out)
    gap = _tick_length(spec) + LABEL_GAP
    hold = _label_hold(axis, labels.degrees)
    for place, words in labels.words:
        x, y = (place, at + out * gap) if axis.is_x else (at + out * gap, place)
        write(chart.pen, words, x, y, hold)
    _draw_title(chart, axis, at + out * (labels.depth + _standoff(axis)))


def edge_of(chart: Chart, axis: Axis) -> float:
    """Page pixels of the line that an axis is drawn on."""
    partner = chart.axes.get(axis.partner)
    if axis.spec.get("anchor") == "free" or partner is None:
        share = float(axis.spec.get("position") or 0)
        area = chart.area
        return area.bottom - share * area.height if axis.is_x else area.left + share * area.width
    return partner.start if axis.side in ("bottom", "left") else partner.end


def _outwards(axis: Axis) -> float:
    return 1.0 if axis.side in ("bottom", "right") else -1.0


def _draw_ticks(chart: Chart, axis: Axis, at: float, out: float) -> None:
    if axis.spec.get("ticks") not in ("outside", "inside"):
        return
    length = float(axis.spec.get("ticklen") or TICK) * (out if axis.spec["ticks"] == "outside" else -out)
    for tick in ticks(axis):
        place = float(axis.at(tick.rung))
        ends = ((place, at), (place, at + length)) if axis.is_x else ((at, place), (at + length, place))
        chart.pen.draw(line(*ends), stroke=_stroke(axis.spec, "tick", EDGE))


def _label_hold(axis: Axis, degrees: float) -> Hold:
    if axis.is_x:
        turned = (
            "center"
            if degrees % 90 == 0
            else ("left" if (degrees > 0) == (axis.side == "bottom") else "right")
        )
        return Hold(turned, "top" if axis.side == "bottom" else "bottom", degrees=degrees)
    return Hold("right" if axis.side == "left" else "left", "middle", degrees=degrees)


def _draw_title(chart: Chart, axis: Axis, at: float) -> None:
    name = title_of(chart, axis)
    middle = (axis.start + axis.end) / 2
    if axis.is_x:
        hold = Hold("center", "top" if axis.side == "bottom" else "bottom")
        box = box_of(name, middle, at, hold)
        write(chart.pen, name, middle + inside(box, chart), at, hold)
    else:
        hold = Hold("right" if axis.side == "left" else "left", "middle", degrees=-90)
        write(chart.pen, name, at, middle, hold)


def inside(box: Box, chart: Chart) -> float:
    """Page pixels to move a box sideways so that the paper's edge does not cut it."""
    if box.right > chart.pen.width - 2:
        return max(chart.pen.width - 2 - box.right, 2 - box.left)
    return max(0.0, 2 - box.left)
