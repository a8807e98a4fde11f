"""A grey photo, the map that nine weights make of it, and the nine products at one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.picture import ACCENT, BLUE, FAINT, INK, PAPER, QUIET, VERMILLION, Picture, house_drawing
from dl_core.kernels import BRIGHTEST, SCALE, SIDE, Filtered, Term
from dl_core.kernels_in_words import as_sum, finding, takeaway, whose
from dl_core.numbers_in_words import number

if TYPE_CHECKING:
    import pandas as pd

# written out as rgb, so that white stays white in the dark theme: it stands for a number here
GREYS = [[0.0, "rgb(0,0,0)"], [1.0, "rgb(255,255,255)"]]
SIGNED = [
    [0.0, "rgb(0,55,95)"],
    [0.25, "rgb(0,114,178)"],
    [0.5, "rgb(255,255,255)"],
    [0.75, "rgb(213,94,0)"],
    [1.0, "rgb(120,45,0)"],
]
GAP = 0.08  # between two panels, in widths of one
PIXELS = 6.5  # of the page, for a hundredth of the picture's width
ON_A_PHONE = 3.6  # the same where the page is 390 pixels wide


@dataclass(frozen=True)
class _Plan:
    """Where things stand, in cells of the photo. A photo's pixel stands at x = its column, y = its row."""

    columns: int  # of the photo
    rows: int
    panel: float  # width that the photo and the map have each
    beside: bool  # the sums stand beside the map, as on a slide, and not under it

    @property
    def left(self) -> float:
        """The picture's left edge."""
        return 0.5 - (self.panel - self.columns) / 2

    @property
    def shift(self) -> float:
        """From a pixel of the photo to the same place of the map."""
        return self.panel * (1 + GAP)

    @property
    def wide(self) -> float:
        """Width of the whole picture."""
        return self.panel * (2.85 + 2 * GAP if self.beside else 2 + GAP)

    @property
    def unit(self) -> float:
        """A hundredth of that: what words and gaps are measured in."""
        return self.wide / 100

    @property
    def bottom(self) -> float:
        """The lower edge of photo and map."""
        return self.rows + 0.5

    @property
    def sums(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the nine products."""
        if self.beside:
            tall = max(self.rows + 0.0, 0.55 * self.panel) - 5 * self.unit
            return self.left + 2 * self.shift, 0.5, 0.85 * self.panel, tall
        return self.left, self.bottom + 15.4 * self.unit, self.wide, 17.4 * self.unit

    @property
    def end(self) -> float:
        """The picture's lower edge."""
        under = 9 if self.beside else 6.4
        return max(self.bottom + 7 * self.unit, self.sums[1] + self.sums[3] + under * self.unit)

    @property
    def start(self) -> float:
        """The picture's upper edge."""
        return 0.5 - 4.5 * self.unit


def _plan(told: Filtered, *, beside: bool = False) -> _Plan:
    rows, columns = told.grey.shape
    return _Plan(columns, rows, float(max(rows, columns)), beside)


def kernel_map(told: Filtered) -> Picture:
    """Photo and map side by side, the nine products under them."""
    return _drawn(told, _plan(told))


def kernel_slide(told: Filtered) -> Picture:
    """The same with the products beside the map: a slide is wide."""
    return _drawn(told, _plan(told, beside=True))


def pixel_at(told: Filtered, x: float, y: float) -> tuple[int, int] | None:
    """Row and column of the pixel at a place of the picture; None beside photo and map.

    Parameters
    ----------
    x, y
        In the picture's own units, as a click gives them.

    Examples
    --------
    >>> from dl_core.kernels import FIRST, Settings, story
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample(), FIRST, 20, 31))
    >>> pixel_at(told, 31.2, 19.8), pixel_at(told, 31.2, 60.0)
    ((20, 31), None)
    """
    plan = _plan(told)
    for shift in (0.0, plan.shift):
        row, column = round(y), round(x - shift)
        if 1 <= row <= plan.rows and 1 <= column <= plan.columns:
            return row, column
    return None


def _drawn(told: Filtered, plan: _Plan) -> Picture:
    high = plan.end - plan.start
    figure = house_drawing(finding(told), height=round(PIXELS * high / plan.unit) + 48)
    _panels(figure, told, plan)
    _place(figure, told, plan)
    _products(figure, told, plan)
    figure.update_xaxes(
        visible=False,
        fixedrange=True,
        range=[plan.left - 0.5, plan.left + plan.wide + 0.5],
        constrain="domain",
        constraintoward="left",
    )
    figure.update_yaxes(
        visible=False,
        fixedrange=True,
        range=[plan.end, plan.start],
        scaleanchor="x",
        constrain="domain",
        constraintoward="top",
    )
    narrow = round(ON_A_PHONE * high / plan.unit) + 16
    figure.update_layout(meta={"narrow_height": narrow}, margin={"l": 0, "r": 0, "b": 0})
    return Picture(figure, takeaway(told), lambda: _table(told))


def _panels(figure: Drawing, told: Filtered, plan: _Plan) -> None:
    rows, columns = told.grey.shape
    whole = bool((told.sums == np.rint(told.sums)).all())
    sums = told.sums.astype(np.int32) if whole else np.round(told.sums, 1)
    in_grey = told.is_brightness
    figure.add_heatmap(
        x0=1, dx=1, y0=1, dy=1, z=told.grey.tolist(), zmin=0, zmax=BRIGHTEST, colorscale=GREYS,
        showscale=False, hovertemplate="brightness %{z}<extra></extra>",
    )  # fmt: skip
    figure.add_heatmap(
        x0=2 + plan.shift, dx=1, y0=2, dy=1, z=sums.tolist(), showscale=False,
        zmin=0 if in_grey else -SCALE, zmax=SCALE, colorscale=GREYS if in_grey else SIGNED,
        hovertemplate="sum %{z}<extra></extra>",
    )  # fmt: skip
    for shift, inset, caption, colours, ends in (
        (0.0, 0, f"The photo, {columns} × {rows} cells", GREYS, ("0 black", "", "255 white")),
        (
            plan.shift,
            1,
            f"Its map, {columns - 2} × {rows - 2} sums",
            GREYS if in_grey else SIGNED,
            ("0 or less", "", "255 or more") if in_grey else ("−255 or less", "0", "255 or more"),
        ),
    ):
        _word(figure, 0.5 + inset + shift, 0.5 - 0.8 * plan.unit, caption, "left", "bottom", INK)
        figure.add_shape(
            type="rect", x0=0.5 + inset + shift, x1=columns + 0.5 - inset + shift, y0=0.5 + inset,
            y1=plan.bottom - inset, line={"color": QUIET, "width": 1},
        )  # fmt: skip
        _legend(figure, plan, shift, colours, ends)


def _legend(
    figure: Drawing, plan: _Plan, shift: float, colours: list[list[Any]], ends: tuple[str, ...]
) -> None:
    """A strip of the colours under a panel, with what its ends mean."""
    left, right, top = plan.left + shift, plan.left + plan.panel + shift, plan.bottom + 1.4 * plan.unit
    n = 51
    figure.add_heatmap(
        x0=left + plan.panel / n / 2, dx=plan.panel / n, y=[top, top + 1.5 * plan.unit], z=[list(range(n))],
        zmin=0, zmax=n - 1, colorscale=colours, showscale=False, hoverinfo="skip",
    )  # fmt: skip
    for x, text, anchor in zip(
        (left, (left + right) / 2, right), ends, ("left", "center", "right"), strict=True
    ):
        if text:
            _word(figure, x, top + 2 * plan.unit, text, anchor, "top", QUIET)


def _word(
    figure: Drawing, x: float, y: float, text: str, across: str, down: str, colour: str, size: int = 14
) -> None:
    figure.add_annotation(
        x=x, y=y, text=text, showarrow=False, xanchor=across, yanchor=down,
        font={"size": size, "color": colour},
    )  # fmt: skip


def _place(figure: Drawing, told: Filtered, plan: _Plan) -> None:
    """Frames around the pixels that belong together, and lines from one panel to the other."""
    row, column = told.settings.row, told.settings.column
    shown = [term for term in told.terms if term.exists]
    many = (
        min(t.column for t in shown) - 0.5, min(t.row for t in shown) - 0.5,
        max(t.column for t in shown) + 0.5, max(t.row for t in shown) + 0.5,
    )  # fmt: skip
    one = (column - 0.5, row - 0.5, column + 0.5, row + 0.5)
    forward = told.settings.way == "goes to"
    source, target = (one, many) if forward else (many, one)
    x0, y0, x1, y1 = target
    target = (x0 + plan.shift, y0, x1 + plan.shift, y1)
    for y_from, y_to in ((source[1], target[1]), (source[3], target[3])):
        for colour, width in ((PAPER, 3), (ACCENT, 1.5)):
            figure.add_shape(
                type="line", x0=source[2], y0=y_from, x1=target[0], y1=y_to,
                line={"color": colour, "width": width, "dash": "solid" if colour == PAPER else "dot"},
            )  # fmt: skip
    for box in (source, target):
        for colour, width in ((PAPER, 5), (ACCENT, 2.5)):  # a light rim, so that it is seen on any photo
            figure.add_shape(
                type="rect", x0=box[0], y0=box[1], x1=box[2], y1=box[3],
                line={"color": colour, "width": width},
            )  # fmt: skip


def _products(figure: Drawing, told: Filtered, plan: _Plan) -> None:
    left, top, wide, tall = plan.sums
    forward = told.settings.way == "goes to"
    heading = "brightness × weight = product" if not forward else "the pixel × weight, into nine sums"
    _word(figure, left, top - 0.8 * plan.unit, heading, "left", "bottom", INK)
    across, down = wide / SIDE, tall / SIDE
    lines = 1 if not plan.beside else 2 if across > 1.3 * down else 3  # as many as the cell's shape asks for
    for place, term in enumerate(told.terms):
        x, y = left + place % SIDE * across, top + place // SIDE * down
        strength = min(1.0, abs(term.product) / SCALE) * 0.4 if term.exists else 0
        figure.add_shape(
            type="rect", x0=x, x1=x + across, y0=y, y1=y + down, layer="below",
            line={"color": FAINT, "width": 1},
            fillcolor=tint(VERMILLION if term.product > 0 else BLUE, strength),
        )  # fmt: skip
        text = _in_a_cell(term, lines)
        _word(figure, x + across / 2, y + down / 2, text, "center", "middle", INK, 15)
    end = top + tall + 1.2 * plan.unit
    if forward:
        _word(figure, left, end, whose(told), "left", "top", QUIET)
        return
    _word(figure, left, end, f"sum of the nine: <b>{as_sum(told.total)}</b>", "left", "top", INK, 17)
    if plan.beside:
        name, by_hand = whose(told).split(": ")
        _word(figure, left, end + 3.2 * plan.unit, f"{name}:", "left", "top", QUIET)
        _word(figure, left, end + 5.4 * plan.unit, by_hand, "left", "top", QUIET)
    else:
        _word(figure, left + wide, end, whose(told), "right", "top", QUIET)


def _in_a_cell(term: Term, lines: int) -> str:
    if not term.exists:
        return "beyond the map"
    weight = number(term.weight) if term.weight >= 0 else f"({number(term.weight)})"
    first, second = {1: (" ", " "), 2: (" ", "<br>"), 3: ("<br>", "<br>")}[lines]
    return f"{term.brightness}{first}× {weight}{second}= <b>{as_sum(term.product)}</b>"


def _table(told: Filtered) -> pd.DataFrame:
    """The nine products and, where a pixel of the map is looked at, their sum."""
    import pandas as pd

    where = "the map’s pixel" if told.settings.way == "goes to" else "the photo’s pixel"
    rows = [
        (
            f"row {term.row}, column {term.column}",
            str(term.brightness),
            number(term.weight),
            as_sum(term.product) if term.exists else "beyond the map",
        )
        for term in told.terms
    ]
    if told.settings.way == "made of":
        rows.append(("sum", "", "", as_sum(told.total)))
    return pd.DataFrame(rows, columns=[where, "brightness (0 to 255)", "weight", "product"])
