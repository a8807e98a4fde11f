"""Bars as PowerPoint writes them down: named places, and a length at each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dl_core.documents.native.scatter import name_of
from dl_core.documents.native.style import fill, hatched, line
from dl_core.documents.native.workbook import Column, Sheet
from dl_core.documents.slides.letters import one_line
from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import colour
from dl_core.documents.stills.markers import ink_of
from dl_core.documents.stills.points import coordinates
from dl_core.documents.stills.spec import Spec, each, listed, numbers
from dl_core.documents.stills.words import plain

WIDEST_GAP = 500  # percent of a bar's width, as PowerPoint has it


@dataclass(frozen=True)
class Row:
    """Where the bars of a chart stand: evenly spaced rungs, each with a name."""

    rungs: tuple[float, ...]  # places as the axis counts
    names: tuple[str, ...]

    @property
    def step(self) -> float:
        """Rungs from place to place."""
        return self.rungs[1] - self.rungs[0] if len(self.rungs) > 1 else 1.0

    @property
    def ends(self) -> tuple[float, float]:
        """Rungs where the first place begins and the last one ends."""
        return self.rungs[0] - self.step / 2, self.rungs[-1] + self.step / 2


def row_of(chart: Chart, axis: Axis, unseen: list[str]) -> Row | None:
    """The places of all bars, or None where they are not evenly spaced.

    Parameters
    ----------
    chart
        Its traces are bars.
    axis
        The one they stand on.
    unseen
        Names for the sheet where the axis shows none, one for each place; else they are numbered.
    """
    if axis.kind == "category":
        return Row(tuple(map(float, axis.names.values())), tuple(axis.names))
    letter = axis.name[0]
    every = np.unique(np.concatenate([axis.rungs(coordinates(trace, letter)) for trace in chart.traces]))
    steps = np.diff(every[np.isfinite(every)])
    if len(every) == 0 or not np.isfinite(every).all() or not np.allclose(steps, steps[:1]):
        return None
    return Row(tuple(every.tolist()), tuple(_names(axis, every.tolist(), unseen)))


def _names(axis: Axis, rungs: list[float], unseen: list[str]) -> list[str]:
    told = dict(
        zip(listed(axis.spec.get("tickvals")), map(str, listed(axis.spec.get("ticktext"))), strict=False)
    )
    if not axis.shown and len(unseen) == len(rungs):
        return unseen
    return [told.get(rung, f"{rung:g}") for rung in rungs]


def bars_xml(chart: Chart, row: Row, sheet: Sheet, axis_ids: str) -> str:
    """All traces as one bar chart, their numbers in the sheet."""
    first = chart.bars[0]
    names = sheet.add("", [one_line(plain(name)) for name in row.names])
    series = "".join(_series(chart, number, row, names, sheet) for number in range(len(chart.traces)))
    mode = chart.layout.get("barmode") or "group"
    grouping = "stacked" if mode in ("stack", "relative") else "clustered"
    overlap = 0 if mode == "group" else 100
    across = len(chart.traces) if mode == "group" else 1
    room = across * float(np.nanmean(first.far - first.near)) / row.step
    gap = min(round(100 * across * (1 - room) / room), WIDEST_GAP) if room > 0 else WIDEST_GAP
    return (
        f'<c:barChart><c:barDir val="{"bar" if first.across else "col"}"/><c:grouping val="{grouping}"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="{max(0, gap)}"/><c:overlap val="{overlap}"/>'
        f"{axis_ids}</c:barChart>"
    )


def _series(chart: Chart, number: int, row: Row, names: Column, sheet: Sheet) -> str:
    trace, bars = chart.traces[number], chart.bars[number]
    letter, along = ("y", "x") if bars.across else ("x", "y")
    axis = chart.axes[trace.get(f"{letter}axis") or letter]
    own = axis.rungs(coordinates(trace, letter)).tolist()
    lengths = dict(zip(own, numbers(coordinates(trace, along)).tolist(), strict=True))
    styles = dict(zip(own, _looks(trace, number, len(own)), strict=True))
    values = sheet.add(name_of(trace, number), [lengths.get(rung, np.nan) for rung in row.rungs])
    looks = [styles.get(rung, "") for rung in row.rungs]
    common = max(styles.values(), key=looks.count)
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{look}</c:spPr></c:dPt>"
        for place, look in enumerate(looks)
        if look and look != common
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{values.title}</c:tx>'
        f'<c:spPr>{common}</c:spPr><c:invertIfNegative val="0"/>{points}'
        f"<c:cat>{names.names}</c:cat><c:val>{values.numbers}</c:val></c:ser>"
    )


def _looks(trace: Spec, number: int, n: int) -> list[str]:
    """Fill and edge of each bar."""
    spec = trace.get("marker") or {}
    edge, pattern = spec.get("line") or {}, spec.get("pattern") or {}
    opacity = float(trace.get("opacity", 1))
    parts: Any = zip(
        each(spec.get("color"), n, ink_of(trace, number)),
        each(spec.get("opacity"), n, 1.0),
        each(pattern.get("shape"), n, ""),
        each(pattern.get("fgcolor"), n, "#FFFFFF"),
        each(edge.get("color"), n, "#5C626B"),
        each(edge.get("width"), n, 0),
        strict=True,
    )
    return [
        (hatched(shape, colour(over), colour(ink)) if shape else fill(colour(ink, part * opacity)))
        + line(colour(rim), float(width))
        for ink, part, shape, over, rim, width in parts
    ]
