"""The points of a trace: where they are, and what is drawn at them."""

from __future__ import annotations

from typing import Any

import numpy as np

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.spec import Numbers, Spec, each, listed, numbers

FEW = 20  # fewer points than this are marked where nobody says how to draw them


def coordinates(trace: Spec, letter: str) -> Any:
    """The x or y of a trace's points, counted from 0 where it gives none.

    Examples
    --------
    >>> coordinates({"y": [5, 6]}, "x")
    [0.0, 1.0]
    """
    given = trace.get(letter)
    if given is not None:
        return given if isinstance(given, np.ndarray) else listed(given)
    other = trace.get("y" if letter == "x" else "x")
    n = 0 if other is None else len(other)
    step, first = trace.get(f"d{letter}"), trace.get(f"{letter}0")
    first, step = (0.0 if first is None else float(first)), (1.0 if step is None else float(step))
    return [first + step * place for place in range(n)]


def mode_of(trace: Spec) -> str:
    """Lines, markers, text, or several of them."""
    given = trace.get("mode")
    if given:
        return str(given)
    return "lines+markers" if len(coordinates(trace, "x")) < FEW else "lines"


def error_ends(trace: Spec, axis: Axis) -> Numbers:
    """Rungs ``(2n,)`` of both ends of the error bars along an axis; none where there are none."""
    letter = "x" if axis.is_x else "y"
    both = error_sizes(trace, letter)
    if both is None:
        return np.zeros(0)
    values = numbers(coordinates(trace, letter))
    return np.concatenate([axis.rungs(values - both[0]), axis.rungs(values + both[1])])


def error_sizes(trace: Spec, letter: str) -> tuple[Numbers, Numbers] | None:
    """How far the error bars reach down ``(n,)`` and up ``(n,)``, in the data's own units."""
    bars = trace.get(f"error_{letter}")
    if not bars or bars.get("visible") is False:
        return None
    values = numbers(coordinates(trace, letter))
    n, kind = len(values), bars.get("type") or ("data" if bars.get("array") is not None else "percent")
    up_name, down_name = ("array", "arrayminus") if kind == "data" else ("value", "valueminus")
    if bars.get(up_name) is None:
        return None
    up = numbers(each(bars[up_name], n, 0))
    given = bars.get(down_name)
    symmetric = bars.get("symmetric", given is None)
    down = up if symmetric or given is None else numbers(each(given, n, 0))
    if kind == "percent":
        return np.abs(values) * down / 100, np.abs(values) * up / 100
    return down, up
