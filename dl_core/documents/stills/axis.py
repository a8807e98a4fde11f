"""One axis: from a value in the data to a place on the paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dl_core.documents.stills.spec import CannotDraw, Numbers, Spec, listed, numbers

AXIS_KEY = re.compile(r"([xy])axis(\d*)")
AXIS_NAME = re.compile(r"([xy])(\d*)")
KINDS = ("linear", "log", "category")


@dataclass
class Axis:
    """An axis. A *rung* is a value as the axis counts: its logarithm, its place in a list, or itself."""

    name: str  # x, y, x2, …
    spec: Spec
    kind: str = "linear"
    names: dict[str, int] = field(default_factory=dict)  # of categories, and the rung of each
    low: float = 0.0  # the rung at the axis's start
    high: float = 1.0  # the rung at its end
    start: float = 0.0  # page pixels: left of an x axis, bottom of a y axis
    end: float = 1.0  # page pixels
    least_step: float = 0.0  # rungs from tick to tick, so that no tick stands between two bars

    @property
    def is_x(self) -> bool:
        """Whether it runs across."""
        return self.name[0] == "x"

    @property
    def length(self) -> float:
        """Page pixels from start to end."""
        return abs(self.end - self.start)

    @property
    def shown(self) -> bool:
        """Whether anything of it is drawn."""
        return self.spec.get("visible") is not False

    @property
    def side(self) -> str:
        """Where its numbers stand: bottom or top, left or right."""
        return str(self.spec.get("side") or ("bottom" if self.is_x else "left"))

    @property
    def partner(self) -> str:
        """The axis it is drawn at."""
        given = str(self.spec.get("anchor") or "")
        if AXIS_NAME.fullmatch(given):
            return given
        return ("y" if self.is_x else "x") + ("" if self.spec.get("overlaying") else self.name[1:])

    @property
    def domain(self) -> tuple[float, float]:
        """The part of the plot's width or height, 0 to 1, that it runs along."""
        first, last = self.spec.get("domain") or (0, 1)
        return float(first), float(last)

    def rungs(self, values: Any) -> Numbers:
        """Values ``(n,)`` of the data as rungs ``(n,)``; what has no place is nan."""
        if self.kind == "category":
            return np.array([self._rung_of_name(value) for value in listed(values)], dtype=np.float64)
        found = numbers(values)
        if self.kind == "log":
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.where(found > 0, np.log10(found), np.nan)
        return found

    def _rung_of_name(self, value: Any) -> float:
        if str(value) in self.names:
            return float(self.names[str(value)])
        return float(value) if isinstance(value, (int, float)) else float("nan")

    def at(self, rung: Any) -> Any:
        """Page pixels of a rung, or of an array of them in the ``shape`` given."""
        share = (rung - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def rung_at(self, pixels: Any) -> Any:
        """The rung at page pixels, or at an array of them in the ``shape`` given."""
        return self.low + (pixels - self.start) / (self.end - self.start) * (self.high - self.low)

    def place(self, values: Any) -> Numbers:
        """Page pixels ``(n,)`` of values ``(n,)`` of the data."""
        return np.asarray(self.at(self.rungs(values)), dtype=np.float64)

    def rung_of_note(self, position: Any) -> float:
        """The rung of an annotation, which on a log axis is written as a logarithm already."""
        if self.kind == "category":
            return self._rung_of_name(position)
        return float(position)

    def holds(self, rung: float) -> bool:
        """Whether a rung lies on the axis, its ends included."""
        low, high = sorted((self.low, self.high))
        hair = 1e-9 * (high - low)
        return low - hair <= rung <= high + hair


def axes_of(traces: list[Spec], layout: Spec) -> dict[str, Axis]:
    """Every axis of a figure, not yet placed.

    Raises
    ------
    CannotDraw
        If an axis is of a kind that is not known, such as dates.
    """
    specs = {
        "".join(found.groups()): value or {}
        for key, value in layout.items()
        if (found := AXIS_KEY.fullmatch(key))
    }
    for trace in traces:
        for letter in "xy":
            specs.setdefault(trace.get(f"{letter}axis") or letter, {})
    for letter in "xy":
        specs.setdefault(letter, {})
    return {name: _axis(name, spec, traces) for name, spec in specs.items()}


def _axis(name: str, spec: Spec, traces: list[Spec]) -> Axis:
    letter = name[0]
    values = [
        value
        for trace in traces
        if (trace.get(f"{letter}axis") or letter) == name
        for value in _coordinates(trace, letter)
    ]
    kind = spec.get("type")
    if kind in (None, "-"):
        kind = "category" if any(_is_name(value) for value in values) else "linear"
    if kind not in KINDS:
        raise CannotDraw(f"An axis of type “{kind}” is not known: use one of {', '.join(KINDS)}.")
    names: dict[str, int] = {}
    if kind == "category":
        for value in [*listed(spec.get("categoryarray")), *values]:
            if value is not None:
                names.setdefault(str(value), len(names))
    return Axis(name, spec, kind, names)


def _coordinates(trace: Spec, letter: str) -> list[Any]:
    found = trace.get(letter)
    return [] if found is None or isinstance(found, np.ndarray) else listed(found)


def _is_name(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        float(value)
    except ValueError:
        return True
    return False
