"""The whole picture: how much room each part gets, and in which order they are drawn."""

from __future__ import annotations

from dl_core.documents.stills.bars import draw_bars
from dl_core.documents.stills.chart import Chart, chart_of
from dl_core.documents.stills.colour_bar import colour_bars, draw_colour_bar
from dl_core.documents.stills.colours import colour
from dl_core.documents.stills.contours import draw_contour
from dl_core.documents.stills.heat import draw_heat
from dl_core.documents.stills.legend import draw_legend, legend_of
from dl_core.documents.stills.lettering import Block, Hold, block, font_of, write
from dl_core.documents.stills.notes import draw_notes
from dl_core.documents.stills.pen import Box, Pen, rectangle
from dl_core.documents.stills.photos import draw_photos
from dl_core.documents.stills.ranges import fit
from dl_core.documents.stills.rules import depth_of, draw_axis, draw_grid, overhang
from dl_core.documents.stills.scatter import Points, draw_scatter
from dl_core.documents.stills.shapes import draw_shapes
from dl_core.documents.stills.spec import CannotDraw, Spec, titled
from dl_core.documents.stills.words import Font

KNOWN = ("heatmap", "contour", "bar", "scatter", "scattergl")
TITLE_ROOM = 40  # page pixels of the house's top margin that one line of title takes
TITLE_TOP, TITLE_LEFT = 6, 4  # page pixels
LEAST = 8  # page pixels of air at each side
EDGE = 4  # page pixels between words at an axis and the paper's edge
ROUNDS = 3  # numbers at an axis need room, and room decides which numbers there are


def compose(traces: list[Spec], layout: Spec, pen: Pen, *, title: bool) -> None:
    """Draw a figure.

    Raises
    ------
    CannotDraw
        If a trace is of a type that is not known.
    """
    for trace in traces:
        kind = trace.get("type") or "scatter"
        if kind not in KNOWN:
            raise CannotDraw(
                f"A still picture cannot show a trace of type “{kind}”: use one of {', '.join(KNOWN)}."
            )
    chart = chart_of(traces, layout, pen)
    heading = _heading(chart) if title else block("", chart.font)
    _settle(chart, heading)
    write(pen, heading, TITLE_LEFT, TITLE_TOP, Hold("left", "top", "left"))
    _draw(chart)


def _heading(chart: Chart) -> Block:
    spec = titled(chart.layout)
    font = font_of(spec.get("font"), Font(17, chart.font.colour, bold=True))
    return block(spec["text"], font, room=chart.pen.width - 2 * TITLE_LEFT)


def _settle(chart: Chart, heading: Block) -> None:
    """Find margins in which everything outside of the panels has its place."""
    given = {"l": 80, "r": 80, "t": 100, "b": 80} | (chart.layout.get("margin") or {})
    top = max(LEAST, float(given["t"]) - TITLE_ROOM)
    if heading.said:
        top += TITLE_ROOM + heading.height - heading.size * 1.22
    least = {"l": float(given["l"]), "r": float(given["r"]), "t": top, "b": float(given["b"])}
    sides = dict(least)
    for _ in range(ROUNDS):
        pen = chart.pen
        chart.area = Box(sides["l"], sides["t"], pen.width - sides["r"], pen.height - sides["b"])
        if chart.area.width < 20 or chart.area.height < 20:
            raise CannotDraw("There is no room for the chart: make the picture larger or its text smaller.")
        fit(chart)
        needed = _needed(chart, heading.height + TITLE_TOP if heading.said else 0.0)
        sides = {side: max(least[side], room) for side, room in needed.items()}


def _needed(chart: Chart, above: float) -> dict[str, float]:
    """Page pixels that all around the plot takes at each side; ``above`` of them are the title's."""
    area = chart.area
    need = {"l": 0.0, "r": 0.0, "t": 0.0, "b": 0.0}
    for axis in chart.axes.values():
        depth = depth_of(chart, axis) + EDGE
        partner = chart.axes.get(axis.partner)
        first, last = partner.domain if partner else (0.0, 1.0)
        size = area.height if axis.is_x else area.width
        side = axis.side[0]
        inward = first * size if side in "bl" else (1 - last) * size
        need[side] = max(need[side], depth - inward)
        before, after = overhang(chart, axis)
        ends = (axis.start, axis.end)
        if axis.is_x:
            need["l"] = max(need["l"], before - (min(ends) - area.left) + EDGE)
            need["r"] = max(need["r"], after - (area.right - max(ends)) + EDGE)
        else:
            need["b"] = max(need["b"], after - (area.bottom - max(ends)))
            need["t"] = max(need["t"], before - (min(ends) - area.top))
    return _with_keys(chart, need, above)


def _with_keys(chart: Chart, need: dict[str, float], above: float) -> dict[str, float]:
    """The same with room for colour bars and the legend, where they stand outside of the plot."""
    area, legend = chart.area, legend_of(chart)
    boxes = [bar.outer for bar in colour_bars(chart)] + ([legend.box] if legend else [])
    for box in boxes:
        if box.left >= area.right:
            need["r"] = max(need["r"], box.right - area.right + 2)
        elif box.right <= area.left:
            need["l"] = max(need["l"], area.left - box.left + 2)
        elif box.top >= area.bottom:
            need["b"] = max(need["b"], box.bottom - area.bottom + 2)
        elif box.bottom <= area.top:
            need["t"] = max(need["t"], area.top - box.top + above + 2)
    return need


def _draw(chart: Chart) -> None:
    """From back to front, in the order that Plotly keeps."""
    pairs = _pairs(chart)
    plot = chart.layout.get("plot_bgcolor")
    for x, y in pairs:
        if plot:
            chart.pen.draw(rectangle(chart.panel(chart.axes[x], chart.axes[y])), fill=colour(plot))
    draw_photos(chart, below=True)
    draw_shapes(chart, below=True)
    for x, y in pairs:
        draw_grid(chart, chart.axes[x], chart.axes[y])
    for kind in KNOWN[:3]:
        for number, trace in enumerate(chart.traces):
            if trace.get("type") == kind:
                {"heatmap": draw_heat, "contour": draw_contour, "bar": draw_bars}[kind](chart, number)
    _draw_scatters(chart)
    for axis in chart.axes.values():
        draw_axis(chart, axis)
    draw_photos(chart, below=False)
    draw_shapes(chart, below=False)
    for bar in colour_bars(chart):
        draw_colour_bar(chart, bar)
    legend = legend_of(chart)
    if legend:
        draw_legend(chart, legend)
    draw_notes(chart)


def _pairs(chart: Chart) -> list[tuple[str, str]]:
    """The panels: pairs of axes that traces are drawn on, or that belong together."""
    found = {(trace.get("xaxis") or "x", trace.get("yaxis") or "y") for trace in chart.traces}
    if not found:
        found = {("x", "y")}
    return sorted(found)


def _draw_scatters(chart: Chart) -> None:
    before: dict[tuple[str, str], Points] = {}
    for number, trace in enumerate(chart.traces):
        if (trace.get("type") or "scatter") in ("scatter", "scattergl"):
            x, y = chart.pair(trace)
            before[x.name, y.name] = draw_scatter(chart, number, before.get((x.name, y.name)))
