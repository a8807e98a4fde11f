"""How much room each part of a chart gets, in page pixels: a point each, or less where a chart is dense."""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.documents.native.bars import Row, row_of
from dl_core.documents.native.known import refusal
from dl_core.documents.native.labels import at_least, zoom_of
from dl_core.documents.native.overlay import Overlay, overlay_of
from dl_core.documents.native.scales import Scale, round_ends, scale_of
from dl_core.documents.stills.axis import Axis
from dl_core.documents.stills.chart import Chart, chart_of
from dl_core.documents.stills.lettering import block, font_of
from dl_core.documents.stills.pen import PAGE_PIXELS, POINTS, Box, Pen
from dl_core.documents.stills.points import coordinates, mode_of
from dl_core.documents.stills.ranges import fit
from dl_core.documents.stills.spec import CannotDraw, Spec, each, read, titled
from dl_core.documents.stills.ticks import ticks
from dl_core.figures.picture import Picture

ZOOMS = (1.0, 0.85, 0.7)  # points of a page pixel that are tried until no words lie on others
TOUCH = 2.0  # page pixels that two boxes may share
LEAST = {"l": 8.0, "r": 10.0, "t": 10.0, "b": 8.0}  # page pixels of air at each side
TITLE_ABOVE = 28.0  # points for the name of the y axis, which stands above it
LABELS = 24.0  # points below the x axis for its numbers
TITLE_BELOW = 22.0  # points for the name of the x axis
GAP = 10.0  # page pixels around the numbers at the y axis
MOST_AT_LEFT = 0.4  # of the width, for names at the left
ROUNDS = 3  # numbers at an axis need room, and room decides which numbers there are


@dataclass(frozen=True)
class Arranged:
    """A chart in its place."""

    chart: Chart
    scales: dict[str, Scale]  # x and y
    row: Row | None  # where bars stand
    overlay: Overlay
    width: float  # page pixels
    height: float  # page pixels

    @property
    def inner(self) -> Box:
        """What PowerPoint's axes span, in page pixels."""
        (x0, x1), (y0, y1) = self.scales["x"].ends, self.scales["y"].ends
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def arranged(picture: Picture, width: float, height: float) -> Arranged | None:
    """The chart, or None where PowerPoint cannot draw the figure as it is.

    Parameters
    ----------
    picture
        Any figure.
    width, height
        Points.
    """
    traces, layout = read(picture)
    if refusal(traces, layout):
        return None
    best: tuple[int, Arranged] | None = None
    for zoom in ZOOMS:
        done = _at(
            picture,
            chart_of(traces, layout, Pen(width / POINTS, height / POINTS, zoom * PAGE_PIXELS / POINTS)),
        )
        if done is None:
            return None
        met = meetings(done)
        if best is None or met < best[0]:
            best = met, done
        if not met:
            break
    return best[1] if best else None


def _at(picture: Picture, chart: Chart) -> Arranged | None:
    try:
        if not chart.bars and any(axis.kind == "category" for axis in chart.axes.values()):
            return None  # points at names: PowerPoint's XY charts know numbers only
        row = row_of(chart, _standing(chart), _names(picture)) if chart.bars else None
        return None if chart.bars and row is None else _settled(chart, row, chart.pen.width, chart.pen.height)
    except CannotDraw:
        return None


def meetings(done: Arranged) -> int:
    """How many words lie on other words or on a marker."""
    boxes = [words.box for words in done.overlay.words]
    marks = [mark for trace in done.chart.traces for mark in _marks(done.chart, trace)]
    pairs = [(one, other) for place, one in enumerate(boxes) for other in (*boxes[place + 1 :], *marks)]
    return sum(_overlap(one, other) for one, other in pairs)


def _overlap(one: Box, other: Box) -> bool:
    return (
        min(one.right, other.right) - max(one.left, other.left) > TOUCH
        and min(one.bottom, other.bottom) - max(one.top, other.top) > TOUCH
    )


def _marks(chart: Chart, trace: Spec) -> list[Box]:
    if trace.get("type") == "bar" or "markers" not in mode_of(trace):
        return []
    x, y = chart.pair(trace)
    places = zip(x.place(coordinates(trace, "x")), y.place(coordinates(trace, "y")), strict=True)
    sizes = each((trace.get("marker") or {}).get("size"), len(coordinates(trace, "x")), 6)
    return [
        Box(left - size / 2, top - size / 2, left + size / 2, top + size / 2)
        for (left, top), size in zip(places, sizes, strict=True)
    ]


def _names(picture: Picture) -> list[str]:
    """The first column of the table: names for bars that have none on their axis."""
    return [str(one) for one in picture.table.iloc[:, 0]] if picture.table.shape[1] else []


def _standing(chart: Chart) -> Axis:
    return chart.axes["y" if chart.bars[0].across else "x"]


def _settled(chart: Chart, row: Row | None, width: float, height: float) -> Arranged | None:
    sides = dict(LEAST)
    for _ in range(ROUNDS):
        chart.area = Box(sides["l"], sides["t"], width - sides["r"], height - sides["b"])
        if chart.area.width < width / 4 or chart.area.height < height / 4:
            return None
        fit(chart)
        scales = _scales(chart, row)
        if scales is None:
            return None
        overlay = overlay_of(chart, scales)
        done = Arranged(chart, scales, row, overlay, width, height)
        sides = _sides(done, sides)
    return done


def _scales(chart: Chart, row: Row | None) -> dict[str, Scale] | None:
    standing = _standing(chart) if row else None
    scales = {}
    for letter in "xy":
        axis = chart.axes[letter]
        if row and axis is standing:
            if not _widened(axis, row):
                return None
            scales[letter] = Scale(axis, *row.ends, 0.0, "")
        else:
            round_ends(axis)
            scales[letter] = scale_of(chart, axis)
    return scales


def _widened(axis: Axis, row: Row) -> bool:
    """Whether every bar has its whole place on the axis, made longer where the figure leaves that free."""
    low, high = row.ends
    if not axis.spec.get("range"):
        axis.low, axis.high = (high, low) if axis.low > axis.high else (low, high)
    return axis.holds(low) and axis.holds(high)


def _sides(done: Arranged, before: dict[str, float]) -> dict[str, float]:
    """Page pixels that numbers, names and notes take at each side."""
    chart, (x, y) = done.chart, (done.scales["x"], done.scales["y"])
    sides = dict(LEAST)
    zoom = zoom_of(chart)
    if said(x):
        sides["b"] += LABELS / zoom
    if said(y):
        sides["l"] = min(_widest(done, y) + GAP, MOST_AT_LEFT * done.width)
    sides["b"] += TITLE_BELOW / zoom if named(x) else 0
    sides["t"] = TITLE_ABOVE / zoom if named(y) else sides["t"]
    if said(x):
        last = ticks(x.axis)[-1:] if not done.row else []
        half = max((block(tick.text, at_least(chart.font, chart)).width / 2 for tick in last), default=0)
        sides["r"] = max(sides["r"], half)
    for words in done.overlay.words:
        box = words.box
        for side, over in (("l", -box.left), ("t", -box.top), ("r", box.right - done.width)):
            sides[side] = max(sides[side], before[side] + over if over > 0 else 0)
        over = box.bottom - done.height
        sides["b"] = max(sides["b"], before["b"] + over if over > 0 else 0)
    return sides


def said(scale: Scale) -> bool:
    """Whether anything stands at the axis's steps."""
    return scale.axis.shown and scale.axis.spec.get("showticklabels") is not False


def named(scale: Scale) -> bool:
    """Whether the axis has a name."""
    return scale.axis.shown and bool(titled(scale.axis.spec)["text"])


def _widest(done: Arranged, scale: Scale) -> float:
    font = font_of(scale.axis.spec.get("tickfont"), done.chart.font)
    standing = done.row and scale.axis is _standing(done.chart)
    texts = done.row.names if done.row and standing else [tick.text for tick in ticks(scale.axis)]
    return max((block(text, at_least(font, done.chart)).width for text in texts), default=0.0)
