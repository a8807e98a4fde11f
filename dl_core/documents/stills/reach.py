"""How far data reach along an axis, and how much air they want around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.bar_places import Bars
from dl_core.documents.stills.grid import edges, middles
from dl_core.documents.stills.points import coordinates, error_ends, mode_of
from dl_core.documents.stills.spec import Spec, each


@dataclass(frozen=True)
class Reach:
    """From the lowest to the highest rung, with air around."""

    low: float  # rung
    high: float  # rung
    before: float = 0.0  # page pixels of air at the low end
    after: float = 0.0  # page pixels of air at the high end
    loose: bool = True  # and a twentieth of the axis at both ends
    zero: bool = False  # whether the axis must show 0


def reaches_of_trace(trace: Spec, axis: Axis, bars: Bars | None) -> list[Reach]:
    """What a trace asks of an axis; nothing where it has no data."""
    kind = trace.get("type") or "scatter"
    if kind == "heatmap":
        return _span(edges(trace, axis), loose=False)
    if kind == "contour":
        return _span(middles(trace, axis), loose=False)
    if bars is not None:
        return _bar_reach(trace, axis, bars)
    return _scatter_reach(trace, axis)


def _span(rungs: Any, **how: Any) -> list[Reach]:
    known = rungs[np.isfinite(rungs)]
    return [Reach(float(known.min()), float(known.max()), **how)] if known.size else []


def _bar_reach(trace: Spec, axis: Axis, bars: Bars) -> list[Reach]:
    if axis.is_x != bars.across:
        return _span(bars.reach, loose=False)
    ends = axis.rungs(np.concatenate([bars.start, bars.end]))
    return _span(np.concatenate([ends, error_ends(trace, axis)]), zero=trace.get("base") is None)


def _scatter_reach(trace: Spec, axis: Axis) -> list[Reach]:
    letter = "x" if axis.is_x else "y"
    rungs = axis.rungs(coordinates(trace, letter))
    mode, fill = mode_of(trace), str(trace.get("fill") or "none")
    sizes = each((trace.get("marker") or {}).get("size"), len(rungs), 6)
    air = [0.8 * float(size) if "markers" in mode else 0.0 for size in sizes]
    loose = True
    if axis.is_x and fill != "tozerox":
        marked = ("markers" in mode or "text" in mode) and fill not in ("tozeroy", "tonexty")
        loose = marked or bool(trace.get("error_y"))
    zero = fill == f"tozero{letter}"
    found = _span(error_ends(trace, axis), loose=loose, zero=zero)
    for most in sorted(set(air) if loose else {0.0}):  # large marks ask for more air than small ones
        here = rungs[np.array(air) == most] if loose else rungs
        found += _span(here, before=most, after=most, loose=loose, zero=zero)
    return found


def whole(reaches: list[Reach], length: float) -> tuple[float, float]:
    """The rungs of both ends of an axis on which all of this has its air.

    Parameters
    ----------
    reaches
        At least one.
    length
        Of the axis, in page pixels.

    Examples
    --------
    >>> whole([Reach(0, 10, loose=False), Reach(2, 5)], 100)
    (0.0, 10.0)
    """
    reaches = [_with_zero(one) for one in reaches]
    low, high = min(one.low for one in reaches), max(one.high for one in reaches)
    if high == low:
        return low - 1.0, high + 1.0
    most = 0.0
    for below in reaches:
        for above in reaches:
            room = length - _air(below, length, low=True) - _air(above, length, low=False)
            if above.high > below.low and room > length / 10:
                most = max(most, (above.high - below.low) / room)
    most = most or (high - low) / length
    return (
        float(min(one.low - most * _air(one, length, low=True) for one in reaches)),
        float(max(one.high + most * _air(one, length, low=False) for one in reaches)),
    )


def _air(one: Reach, length: float, *, low: bool) -> float:
    at_zero = one.zero and (one.low if low else one.high) == 0
    if at_zero:
        return 0.0
    return (one.before if low else one.after) + (length / 20 if one.loose else 0.0)


def _with_zero(one: Reach) -> Reach:
    if not one.zero:
        return one
    return Reach(min(one.low, 0.0), max(one.high, 0.0), one.before, one.after, one.loose, True)
