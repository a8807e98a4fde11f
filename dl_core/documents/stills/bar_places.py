"""Where bars stand: beside one another, on one another, or where the figure puts them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.points import coordinates
from dl_core.documents.stills.spec import Numbers, Spec, each, numbers


@dataclass(frozen=True)
class Bars:
    """The bars of one trace."""

    across: bool  # whether they lie
    start: Numbers  # (n,), along the value axis, in the data's own units
    end: Numbers  # (n,), likewise
    near: Numbers  # (n,) rungs of the first side along the other axis
    far: Numbers  # (n,) rungs of the second side
    reach: Numbers  # (2,) rungs of the stretch that all bars beside these ask for


def lying(trace: Spec) -> bool:
    """Whether a trace's bars lie: said so, or only x holds numbers."""
    given = trace.get("orientation")
    return given == "h" if given else trace.get("y") is None and trace.get("x") is not None


def place_bars(traces: list[Spec], layout: Spec, axes: dict[str, Axis]) -> dict[int, Bars]:
    """The bars of every bar trace, by its place in ``traces``."""
    found: dict[int, Bars] = {}
    groups: dict[tuple[str, str, bool], list[int]] = {}
    for number, trace in enumerate(traces):
        if trace.get("type") == "bar":
            key = (trace.get("xaxis") or "x", trace.get("yaxis") or "y", lying(trace))
            groups.setdefault(key, []).append(number)
    for (x, y, across), members in groups.items():
        found |= _group(traces, members, layout, axes[y if across else x], across)
    return found


def _group(traces: list[Spec], members: list[int], layout: Spec, axis: Axis, across: bool) -> dict[int, Bars]:
    mode = layout.get("barmode") or "group"
    letter, along = ("y", "x") if across else ("x", "y")
    places = {n: axis.rungs(coordinates(traces[n], letter)) for n in members}
    step = _smallest_step(places)
    gap = _number(layout.get("bargap"), 0.2)
    share = 1 / len(members) if mode == "group" else 1.0
    room = step * (1 - gap) * share
    inner = room * (1 - _number(layout.get("bargroupgap"), 0.0))
    tops: dict[tuple[float, bool], float] = {}
    found = {}
    axis.least_step = step if axis.kind == "linear" else 0.0
    for order, number in enumerate(members):
        trace, at = traces[number], places[number]
        values = numbers(coordinates(trace, along))
        width = numbers(each(trace.get("width"), len(at), inner))
        shift = room * (order - (len(members) - 1) / 2) if mode == "group" else 0.0
        offset = trace.get("offset")
        near = at + numbers(each(offset, len(at), 0)) if offset is not None else at + shift - width / 2
        base = numbers(each(trace.get("base"), len(at), 0))
        if mode in ("stack", "relative"):
            base = base + _stacked(at, values, tops, signed=True)
        reach = _reach(at, step, near, near + width, wide=trace.get("width") is None)
        found[number] = Bars(across, base, base + values, near, near + width, reach)
    return found


def _reach(at: Numbers, step: float, near: Numbers, far: Numbers, *, wide: bool) -> Numbers:
    """From the first bar to the last, with half a gap around them where the figure sets no width."""
    ends = [near, far] + ([at - step / 2, at + step / 2] if wide else [])
    known = np.concatenate(ends)
    known = known[np.isfinite(known)]
    return np.array([known.min(), known.max()]) if known.size else known


def _smallest_step(places: dict[int, Numbers]) -> float:
    every = np.unique(np.concatenate(list(places.values())))
    every = every[np.isfinite(every)]
    return float(np.diff(every).min()) if len(every) > 1 else 1.0


def _stacked(at: Numbers, values: Numbers, tops: dict[tuple[float, bool], float], *, signed: bool) -> Numbers:
    """Where each bar begins; what is below 0 is stacked downwards."""
    bases = np.zeros(len(values))
    for place, (rung, value) in enumerate(zip(at, values, strict=True)):
        key = (float(rung), signed and bool(value < 0))
        bases[place] = tops.get(key, 0.0)
        tops[key] = bases[place] + (0.0 if np.isnan(value) else float(value))
    return bases


def _number(value: object, default: float) -> float:
    return float(value) if isinstance(value, (int, float)) else default
