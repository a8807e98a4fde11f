"""The cells of a heat map: where each begins and ends."""

from __future__ import annotations

import numpy as np

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.spec import Numbers, Spec, numbers


def middles(trace: Spec, axis: Axis) -> Numbers:
    """Rungs ``(n,)`` of the middles of the columns or rows along an axis."""
    z = numbers(trace["z"])
    n = z.shape[1] if axis.is_x else z.shape[0]
    letter = "x" if axis.is_x else "y"
    if trace.get(letter) is not None:
        rungs = axis.rungs(trace[letter])
        return (rungs[1:] + rungs[:-1]) / 2 if len(rungs) == n + 1 else rungs[:n]
    first, step = trace.get(f"{letter}0"), trace.get(f"d{letter}")
    values = (0.0 if first is None else float(first)) + np.arange(n) * (1.0 if step is None else float(step))
    return axis.rungs(values)


def edges(trace: Spec, axis: Axis) -> Numbers:
    """Rungs ``(n + 1,)`` where cells begin and end; half way between middles where only these are given."""
    given = trace.get("x" if axis.is_x else "y")
    centres = middles(trace, axis)
    if given is not None and len(given) == len(centres) + 1:
        return axis.rungs(given)
    if len(centres) == 1:
        return np.array([centres[0] - 0.5, centres[0] + 0.5])
    between = (centres[1:] + centres[:-1]) / 2
    return np.concatenate([[2 * centres[0] - between[0]], between, [2 * centres[-1] - between[-1]]])
