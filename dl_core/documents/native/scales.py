"""How much of an axis PowerPoint can draw itself: its ends, its steps and the numbers at them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.points import coordinates, error_ends
from dl_core.documents.stills.ticks import Tick, ticks

HAIR = 1e-6  # of a step: what counts as the same place
NUMBER = re.compile(r"(?P<before>\D*?)(?P<number>[-−]?\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<after>\D*)")
THOUSANDS = {"": 1.0, "k": 1e3, "M": 1e6}
MOST_WIDER = 0.1  # of an axis that may be added so that its first step is a round one


@dataclass(frozen=True)
class Scale:
    """An axis as PowerPoint draws it. It numbers its steps from its lower end, so that end must be a step."""

    axis: Axis
    low: float  # rung at the lower end
    high: float  # rung at the upper end
    step: float  # rungs from number to number; 0 where PowerPoint draws none
    number_format: str  # as a spreadsheet writes it; empty where PowerPoint draws none
    by_hand: tuple[Tick, ...] = ()  # numbers that are text boxes instead

    @property
    def turned(self) -> bool:
        """Whether it runs from right to left or from top to bottom."""
        return self.axis.low > self.axis.high

    @property
    def ends(self) -> tuple[float, float]:
        """Page pixels of the lower and the upper end."""
        return float(self.axis.at(self.low)), float(self.axis.at(self.high))


def round_ends(axis: Axis) -> None:
    """Start an axis that nobody fixed at a round step."""
    if axis.kind == "category" or axis.spec.get("range") or axis.low > axis.high:
        return
    marks = _marks(axis)
    step = _step(marks)
    if step and not (axis.kind == "log" and abs(step - 1) > HAIR):
        lower = marks[0].rung if _same(marks[0].rung, axis.low, step) else marks[0].rung - step
        if axis.low - lower <= max(MOST_WIDER * (axis.high - axis.low), 0.35 * step):
            axis.low = lower


def scale_of(chart: Chart, axis: Axis) -> Scale:
    """What of an axis PowerPoint draws, and what is left to text boxes."""
    low, high = sorted((axis.low, axis.high))
    plain = Scale(axis, low, high, 0.0, "")
    if not axis.shown:
        return plain
    marks = tuple(_marks(axis))
    step = _step(list(marks))
    form = number_format([tick.text for tick in marks], [_value(axis, tick.rung) for tick in marks])
    if not step or not form or axis.spec.get("tickangle") or (axis.kind == "log" and abs(step - 1) > HAIR):
        return replace(plain, by_hand=marks)
    if not _same(marks[0].rung, low, step):
        if _lowest(chart, axis) < marks[0].rung - HAIR * step:
            return replace(plain, by_hand=marks)
        low = marks[0].rung
    return Scale(axis, low, high, step, form)


def number_format(texts: list[str], values: list[float]) -> str:
    """A spreadsheet's format that writes ``values`` as ``texts``; empty where there is none.

    Parameters
    ----------
    texts
        What stands at the ticks.
    values
        Where they stand, in the data's own units.

    Examples
    --------
    >>> number_format(["0 %", "20 %"], [0, 20]), number_format(["100", "1k"], [100, 1000])
    ('0" %"', '[>=1000000]0,,"M";[>=1000]0,"k";0')
    >>> number_format(["0%", "50%"], [0, 0.5])
    '0%'
    >>> number_format(["1 ms", "1 s"], [0.001, 1])
    ''
    """
    found = [NUMBER.fullmatch(text) for text in texts]
    parts = [one for one in found if one]
    if not texts or len(parts) < len(texts):
        return ""
    read = [float(one["number"].replace(",", "").replace("−", "-")) for one in parts]
    around = {(one["before"], one["after"]) for one in parts}
    decimals = max(len(one["decimals"] or "") for one in parts)
    if len(around) == 1 and np.allclose(read, values, rtol=1e-6, atol=1e-12):
        before, after = next(iter(around))
        whole = "#,##0" if any("," in text for text in texts) else "0"
        digits = whole + ("." + "0" * decimals if decimals else "")
        return _quoted(before) + digits + _quoted(after)
    if around == {("", "%")} and np.allclose(read, [100 * value for value in values], rtol=1e-6, atol=1e-9):
        return "0" + ("." + "0" * decimals if decimals else "") + "%"
    if all(one["after"] in THOUSANDS and not one["before"] and not one["decimals"] for one in parts):
        meant = [number * THOUSANDS[one["after"]] for number, one in zip(read, parts, strict=True)]
        if np.allclose(meant, values, rtol=1e-6):
            return '[>=1000000]0,,"M";[>=1000]0,"k";0'
    return ""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"' if text else ""


def _marks(axis: Axis) -> list[Tick]:
    """The ticks from low to high; of a log axis with whole powers of ten only those."""
    found = sorted(ticks(axis), key=lambda tick: tick.rung)
    powers = [tick for tick in found if tick.size == 1]
    return powers if axis.kind == "log" and len(powers) > 1 else found


def _step(marks: list[Tick]) -> float:
    """The distance from tick to tick, or 0 where it is not always the same."""
    steps = np.diff(sorted(tick.rung for tick in marks))
    even = len(steps) > 0 and steps[0] > 0 and np.allclose(steps, steps[0], rtol=1e-6)
    return float(steps[0]) if even else 0.0


def _same(one: float, other: float, step: float) -> bool:
    return abs(one - other) <= HAIR * step


def _value(axis: Axis, rung: float) -> float:
    return float(10**rung) if axis.kind == "log" else rung


def _lowest(chart: Chart, axis: Axis) -> float:
    """The lowest rung of any point or error bar."""
    found = [np.array([np.inf])]
    for trace in chart.traces:
        found += [axis.rungs(coordinates(trace, axis.name[0])), error_ends(trace, axis)]
    return float(np.nanmin(np.concatenate(found)))
