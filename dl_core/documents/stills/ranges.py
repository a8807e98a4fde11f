"""From where to where each axis runs: as the figure says, or as its data need."""

from __future__ import annotations

from typing import Any

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.lettering import SHARES, Hold, block, box_of, font_of
from dl_core.documents.stills.reach import Reach, reaches_of_trace, whole
from dl_core.documents.stills.spec import Spec

# as Plotly has it for axes without any data
EMPTY = {"x": (-1.0, 6.0), "y": (-1.0, 4.0)}


def fit(chart: Chart) -> None:
    """Place every axis in the chart's area and give it its ends."""
    for axis in chart.axes.values():
        _lay(chart, axis)
    for group in _groups(chart.axes):
        low, high = _ends(chart, group)
        for axis in group:
            # an axis from a number to itself would have no length
            axis.low, axis.high = (low, high) if low != high else (low - 1.0, high + 1.0)
    for axis in chart.axes.values():
        anchor = chart.axes.get(str(axis.spec.get("scaleanchor")))
        if anchor is not None and anchor is not axis:
            _same_scale(axis, anchor)


def _lay(chart: Chart, axis: Axis) -> None:
    first, last = axis.domain
    area = chart.area
    if axis.is_x:
        axis.start, axis.end = area.left + first * area.width, area.left + last * area.width
    else:
        axis.start, axis.end = area.bottom - first * area.height, area.bottom - last * area.height


def _groups(axes: dict[str, Axis]) -> list[list[Axis]]:
    """Axes that must show the same stretch, together; the one that others follow stands first."""
    groups: dict[str, list[Axis]] = {}
    for name, axis in axes.items():
        leader, seen = name, {name}
        while (leads := axes[leader].spec.get("matches")) in axes and leads not in seen:
            leader = leads
            seen.add(leader)
        members = groups.setdefault(leader, [])
        members.insert(0 if leader == name else len(members), axis)
    return list(groups.values())


def _ends(chart: Chart, group: list[Axis]) -> tuple[float, float]:
    """Both ends of a group's axes, as rungs; turned round where the figure says so."""
    spec = next((axis.spec for axis in group if _is_fixed(axis.spec)), group[0].spec)
    if _is_fixed(spec):
        first, last = spec["range"]
        return float(first), float(last)
    low, high = _free(chart, group)
    given: list[Any] = list(spec.get("range") or (None, None))
    low = low if given[0] is None else float(given[0])
    high = high if given[1] is None else float(given[1])
    if spec.get("rangemode") == "tozero":
        low, high = min(low, 0.0), max(high, 0.0)
    elif spec.get("rangemode") == "nonnegative":
        low = max(low, 0.0)
    return (high, low) if str(spec.get("autorange")).endswith("reversed") else (low, high)


def _is_fixed(spec: Spec) -> bool:
    given = spec.get("range")
    return given is not None and None not in given and spec.get("autorange") in (None, False)


def _free(chart: Chart, group: list[Axis]) -> tuple[float, float]:
    if group[0].kind == "category" and group[0].names:
        return -0.5, len(group[0].names) - 0.5
    reaches = [one for axis in group for one in _reaches(chart, axis)]
    if not reaches:
        return EMPTY[group[0].name[0]]
    return whole(reaches, max(1.0, min(axis.length for axis in group)))


def _reaches(chart: Chart, axis: Axis) -> list[Reach]:
    known = [
        one
        for number, trace in enumerate(chart.traces)
        if axis in chart.pair(trace)
        for one in reaches_of_trace(trace, axis, chart.bars.get(number))
    ]
    if not known:
        return []
    known += [
        _note_reach(chart, note, axis) for note in chart.layout.get("annotations") or [] if _at(note, axis)
    ]
    return known + [
        one
        for shape in chart.layout.get("shapes") or []
        if _at(shape, axis)
        for one in _shape_reach(shape, axis)
    ]


def _at(item: Spec, axis: Axis) -> bool:
    return item.get("visible") is not False and item.get(f"{axis.name[0]}ref", axis.name[0]) == axis.name


def _shape_reach(shape: Spec, axis: Axis) -> list[Reach]:
    letter = axis.name[0]
    ends = [shape.get(f"{letter}0"), shape.get(f"{letter}1")]
    rungs = axis.rungs([end for end in ends if end is not None])
    return [Reach(float(rungs.min()), float(rungs.max()), loose=False)] if len(rungs) else []


def _note_reach(chart: Chart, note: Spec, axis: Axis) -> Reach:
    """An annotation asks for room for its words."""
    letter = axis.name[0]
    rung = axis.rung_of_note(note.get(letter))
    words = block(note.get("text") or "", font_of(note.get("font"), chart.font))
    hold = Hold(
        _held(note, "xanchor", "center"), _held(note, "yanchor", "middle"), degrees=note.get("textangle") or 0
    )
    x = float(note.get("xshift") or 0) + (float(note.get("ax", -10)) if note.get("showarrow", True) else 0)
    y = -float(note.get("yshift") or 0) + (float(note.get("ay", -30)) if note.get("showarrow", True) else 0)
    box = box_of(words, x, y, hold)
    before, after = (-box.left, box.right) if axis.is_x else (box.bottom, -box.top)
    return Reach(rung, rung, max(0.0, before), max(0.0, after), loose=False)


def _held(note: Spec, name: str, middle: str) -> str:
    given = str(note.get(name) or "auto")
    return given if given in SHARES else middle


def _same_scale(axis: Axis, anchor: Axis) -> None:
    """Give a step on both axes the same length, by a shorter domain or a longer range."""
    ratio = float(axis.spec.get("scaleratio") or 1)
    mine = axis.length / abs(axis.high - axis.low) / ratio
    theirs = anchor.length / abs(anchor.high - anchor.low)
    wider, scale = (axis, theirs * ratio) if mine > theirs else (anchor, mine)
    span = abs(wider.high - wider.low)
    if wider.spec.get("constrain") == "domain":
        _shorten(wider, span * scale)
    else:
        extra = (wider.length / scale / span - 1) / 2 * (wider.high - wider.low)
        wider.low, wider.high = wider.low - extra, wider.high + extra


def _shorten(axis: Axis, length: float) -> None:
    toward = axis.spec.get("constraintoward") or ("center" if axis.is_x else "middle")
    spare = axis.length - length
    before = {"left": 0.0, "bottom": 0.0, "center": 0.5, "middle": 0.5, "right": 1.0, "top": 1.0}[toward]
    direction = 1.0 if axis.end > axis.start else -1.0
    axis.start += direction * spare * before
    axis.end = axis.start + direction * length
