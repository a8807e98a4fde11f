"""Where an axis has its ticks, and what stands at them."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.formats import automatic, formatted
from dl_core.documents.stills.spec import listed

ROUND_STEPS = (2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    rung: float  # where, as the axis counts
    text: str
    size: float = 1.0  # of its words, beside the axis's other ticks


def ticks(axis: Axis) -> list[Tick]:
    """The ticks that lie on the axis, as Plotly would choose them."""
    spec = axis.spec
    if spec.get("tickvals") is not None and spec.get("tickmode") in (None, "array"):
        return _given(axis)
    if axis.kind == "category":
        return [Tick(float(rung), name) for name, rung in axis.names.items() if axis.holds(rung)]
    step = spec.get("dtick") if spec.get("tickmode") != "auto" else None
    if axis.kind == "log":
        return _log_ticks(axis, step)
    step = float(step) if step else round_step(abs(axis.high - axis.low) / _wanted(axis))
    step = step if spec.get("dtick") else max(step, axis.least_step)
    largest = max(abs(axis.low), abs(axis.high))
    rungs = _multiples(axis, step, float(spec.get("tick0") or 0))
    return [Tick(rung, _words(axis, rung, step, largest)) for rung in rungs]


def _given(axis: Axis) -> list[Tick]:
    values = listed(axis.spec["tickvals"])
    texts = [str(text) for text in listed(axis.spec.get("ticktext"))]
    rungs = axis.rungs(values)
    found = []
    for place, (value, rung) in enumerate(zip(values, rungs, strict=True)):
        text = texts[place] if place < len(texts) else _words(axis, value, _step_of(values), abs(max(values)))
        if np.isfinite(rung) and axis.holds(float(rung)):
            found.append(Tick(float(rung), text))
    return found


def _step_of(values: list[Any]) -> float:
    steps = [abs(b - a) for a, b in itertools.pairwise(values) if b != a]
    return min(steps, default=1.0)


def _words(axis: Axis, value: Any, step: float, largest: float) -> str:
    spec = axis.spec
    form = spec.get("tickformat")
    text = formatted(form, float(value)) if form else automatic(float(value), step, largest)
    return f"{spec.get('tickprefix') or ''}{text}{spec.get('ticksuffix') or ''}"


def _wanted(axis: Axis) -> float:
    """About how many steps there is room for."""
    if axis.spec.get("nticks"):
        return float(axis.spec["nticks"])
    apart = 80 if axis.is_x else 40
    return min(9.0, max(4.0, axis.length / apart)) + 1


def round_step(rough: float) -> float:
    """The next step of 1, 2 or 5 with zeros that is at least ``rough``, in the units of the axis."""
    if rough <= 0 or not math.isfinite(rough):
        return 1.0
    base = 10.0 ** math.floor(math.log10(rough))
    return next(step for step in ROUND_STEPS if rough / base <= step + 1e-9) * base


def _multiples(axis: Axis, step: float, first: float) -> list[float]:
    low, high = sorted((axis.low, axis.high))
    start, end = math.ceil((low - first) / step - 1e-6), math.floor((high - first) / step + 1e-6)
    return [first + number * step for number in range(start, min(end, start + 1000) + 1)]


def _log_ticks(axis: Axis, step: Any) -> list[Tick]:
    span = abs(axis.high - axis.low)
    if step is None:
        rough = span / _wanted(axis)
        if rough > 0.7:
            step = math.ceil(rough)
        elif span < 1:
            step = f"L{round_step(abs(10**axis.high - 10**axis.low) / (1.5 * span / rough))}"
        else:
            step = "D2" if rough > 0.3 else "D1"
    if isinstance(step, str) and step.startswith("D"):
        return _digits(axis, (1, 2, 5) if step == "D2" else tuple(range(1, 10)))
    if isinstance(step, str) and step.startswith("L"):
        return _plain_steps(axis, float(step[1:]))
    rungs = _multiples(axis, float(step), float(axis.spec.get("tick0") or 0))
    return [Tick(rung, _power(axis, rung)) for rung in rungs]


def _power(axis: Axis, rung: float) -> str:
    value = 10.0**rung
    return _words(axis, value, min(value, 1.0) if value < 10_000 else value, value)


def _digits(axis: Axis, digits: tuple[int, ...]) -> list[Tick]:
    """Powers of ten in full, and between them the digit alone, smaller."""
    low, high = sorted((axis.low, axis.high))
    found = []
    for power in range(math.floor(low), math.ceil(high) + 1):
        for digit in digits:
            rung = power + math.log10(digit)
            if axis.holds(rung):
                found.append(Tick(rung, _power(axis, power)) if digit == 1 else Tick(rung, str(digit), 0.75))
    return found


def _plain_steps(axis: Axis, step: float) -> list[Tick]:
    low, high = sorted((10**axis.low, 10**axis.high))
    values = [step * number for number in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return [Tick(math.log10(value), _words(axis, value, step, high)) for value in values if value > 0]
