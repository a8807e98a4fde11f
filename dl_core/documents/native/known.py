"""Which figures PowerPoint can draw as they are."""

from __future__ import annotations

from typing import Any

from dl_core.documents.native.overlay import STRAIGHT
from dl_core.documents.native.style import DASHES, HATCHES, MARKERS
from dl_core.documents.stills.points import coordinates, mode_of
from dl_core.documents.stills.spec import Spec, listed

MOST_POINTS = 3_000  # more would make a slide that can hardly be edited
OUTSIDE = ("outside", "auto")


def refusal(traces: list[Spec], layout: Spec) -> str:
    """Why a figure must be a picture; empty where PowerPoint can draw it.

    Parameters
    ----------
    traces, layout
        Of the figure, unpacked.

    Examples
    --------
    >>> refusal([{"type": "heatmap"}], {})
    'a heatmap'
    """
    kinds = {trace.get("type") or "scatter" for trace in traces}
    if not traces or not kinds <= {"scatter", "scattergl", "bar"}:
        return "a " + ", ".join(sorted(kinds - {"scatter", "scattergl", "bar"})) if traces else "no data"
    if "bar" in kinds and len(kinds) > 1:
        return "bars and points in one chart"
    if sum(len(coordinates(trace, "x")) for trace in traces) > MOST_POINTS:
        return f"more than {MOST_POINTS} points"
    reasons = [_of_layout(traces, layout), *(_of_trace(trace) for trace in traces)]
    return next((reason for reason in reasons if reason), "")


def _of_layout(traces: list[Spec], layout: Spec) -> str:
    if any(key.startswith(("xaxis", "yaxis")) and key[5:] for key in layout):
        return "more than one pair of axes"
    if any((trace.get(f"{letter}axis") or letter) != letter for trace in traces for letter in "xy"):
        return "more than one pair of axes"
    for letter in "xy":
        reason = _of_axis(layout.get(f"{letter}axis") or {}, letter)
        if reason:
            return reason
    if layout.get("images"):
        return "a photo"
    if layout.get("showlegend") is not False and sum(bool(trace.get("name")) for trace in traces) > 1:
        return "a legend"
    notes = layout.get("annotations") or []
    if any(_refs(note, "axref", "ayref") - {"None", "pixel"} for note in notes):
        return "an arrow between two places"
    return next(filter(None, (_of_shape(shape) for shape in layout.get("shapes") or [])), "")


def _refs(item: Spec, *names: str) -> set[str]:
    return {str(item.get(name)) for name in names}


def _of_axis(spec: Spec, letter: str) -> str:
    if tuple(spec.get("domain") or (0, 1)) != (0, 1):
        return "an axis on a part of the picture"
    if spec.get("side") not in (None, "bottom" if letter == "x" else "left"):
        return "an axis on the other side"
    if spec.get("scaleanchor") or spec.get("rangebreaks"):
        return "axes of one scale"
    return "" if spec.get("type") in (None, "-", "linear", "log", "category") else f"a {spec['type']} axis"


def _of_shape(shape: Spec) -> str:
    kind = shape.get("type") or "rect"
    if kind == "path" and not (STRAIGHT.fullmatch(str(shape.get("path"))) and not shape.get("fillcolor")):
        return "a curved shape"
    if kind not in ("line", "rect", "path"):
        return f"a {kind}"
    rim = shape.get("line") or {}
    return "" if (rim.get("dash") or "solid") in DASHES else "a line of special dashes"


def _of_trace(trace: Spec) -> str:
    return _of_bars(trace) if trace.get("type") == "bar" else _of_points(trace)


def _of_bars(trace: Spec) -> str:
    if trace.get("base") is not None or trace.get("offset") is not None:
        return "bars that float"
    if trace.get("error_x") or trace.get("error_y"):
        return "bars with error bars"
    if trace.get("text") is not None and (trace.get("textposition") or "auto") not in OUTSIDE:
        return "words inside bars"
    marker = trace.get("marker") or {}
    shapes = _several((marker.get("pattern") or {}).get("shape"), "")
    if not set(shapes) <= {"", None, *HATCHES}:
        return "an unknown hatching"
    return "" if _named_colours(marker) else "colours from a scale"


def _of_points(trace: Spec) -> str:
    marker, line = trace.get("marker") or {}, trace.get("line") or {}
    if (trace.get("fill") or "none") != "none":
        return "a filled area"
    if (line.get("shape") or "linear") not in ("linear", "spline"):
        return "a line in steps"
    if (line.get("dash") or "solid") not in DASHES:
        return "a line of special dashes"
    if "markers" in mode_of(trace) or marker:
        symbols = {str(one).removesuffix("-open") for one in _several(marker.get("symbol"), "circle")}
        if not symbols <= set(MARKERS):
            return "a marker that PowerPoint does not have"
        if not _named_colours(marker):
            return "colours from a scale"
    if marker.get("sizeref") or marker.get("sizemode") == "area":
        return "bubbles"
    return "words turned" if trace.get("texttemplate") else ""


def _named_colours(marker: Spec) -> bool:
    return all(isinstance(one, str) for one in _several(marker.get("color"), ""))


def _several(value: Any, default: str) -> list[Any]:
    if value is None:
        return [default]
    return [value] if isinstance(value, str) or not hasattr(value, "__len__") else listed(value)
