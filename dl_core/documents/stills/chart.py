"""A figure on its way to the paper: its traces, its axes and the room it has."""

from __future__ import annotations

from dataclasses import dataclass, field

from dl_core.documents.stills.axis import Axis, axes_of
from dl_core.documents.stills.bar_places import Bars, place_bars
from dl_core.documents.stills.lettering import font_of
from dl_core.documents.stills.pen import Box, Pen
from dl_core.documents.stills.spec import Spec
from dl_core.documents.stills.words import Font


@dataclass
class Chart:
    """Everything that a part of the drawing needs to know."""

    pen: Pen
    traces: list[Spec]
    layout: Spec
    axes: dict[str, Axis]
    bars: dict[int, Bars]  # by the place of their trace
    font: Font
    area: Box = field(default_factory=lambda: Box(0, 0, 1, 1))  # between the margins

    def pair(self, trace: Spec) -> tuple[Axis, Axis]:
        """The axes of a trace."""
        return self.axes[trace.get("xaxis") or "x"], self.axes[trace.get("yaxis") or "y"]

    def panel(self, x: Axis, y: Axis) -> Box:
        """What both axes span."""
        return Box(min(x.start, x.end), min(y.start, y.end), max(x.start, x.end), max(y.start, y.end))


def chart_of(traces: list[Spec], layout: Spec, pen: Pen) -> Chart:
    """A chart whose axes are known and not yet placed."""
    axes = axes_of(traces, layout)
    return Chart(
        pen, traces, layout, axes, place_bars(traces, layout, axes), font_of(layout.get("font"), Font())
    )
