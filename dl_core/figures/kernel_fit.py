"""A small picture with its padding, the window at one place, and the map that comes out, all as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.convolution import Grid
from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import ACCENT, BLUE, INK, PAPER, QUIET, VERMILLION, Picture, house_drawing
from dl_core.kernel_fit import BRIGHT, Fit, Settings, Tap, finding, formula, takeaway
from dl_core.numbers_in_words import short

if TYPE_CHECKING:
    import pandas as pd

GAP = 2.0  # cells between the picture's padding and the map
WORDS_WIDE = 0.62  # of a slide's height: the words beside the map
# written out as rgb: these grounds stay light in the dark theme, and the words on them dark
WORDS_ON_CELLS = "rgb(27,30,35)"
GREYS = [[0.0, "rgb(176,180,186)"], [1.0, "rgb(250,250,250)"]]
SIGNED = [[0.0, "rgb(122,184,222)"], [0.5, "rgb(250,250,250)"], [1.0, "rgb(240,160,104)"]]
LINES = {1: (VERMILLION, "solid"), 0: (QUIET, "dot"), -1: (BLUE, "dash")}  # a weight's colour and dash


def fit_map(told: Fit) -> Picture:
    """The picture on the left, the map on the right; the map's first cell stands at x = 0, y = 0.

    Examples
    --------
    >>> from dl_core.kernel_fit import Settings, story
    >>> fit_map(story(Settings())).title
    '6 × 6 becomes 4 × 4; only the edge gives 30'
    """
    wide, high, _ = _extent(told)
    cell = min(44.0, 600 / wide)
    figure = _drawn(told, height=round(cell * (high + 1)) + 124)
    for place, (text, colour) in enumerate(_lines(told)):
        figure.add_annotation(
            xref="paper", yref="paper", x=0, y=0, text=text, showarrow=False, xanchor="left", yanchor="top",
            yshift=-10 - 24 * place, font={"size": 14, "color": colour},
        )  # fmt: skip
    narrow = round(350 / wide * (high + 1)) + 96
    figure.update_layout(meta={"narrow_height": narrow}, margin={"l": 0, "r": 0, "b": 66})
    return Picture(figure, takeaway(told), lambda: _table(told))


def fit_slide(told: Fit) -> Picture:
    """The same with its words beside the map: a slide is wide, so the cells can be large."""
    wide, high, left = _extent(told)
    figure = _drawn(told, height=420, beside=WORDS_WIDE * (high + 1))
    lines = [
        _in_two(text) if not place else text.replace(" · ", "<br>")
        for place, (text, _) in enumerate(_lines(told))
    ]
    for text, colour, y in zip(lines, (INK, QUIET), (0.0, 0.4 * high), strict=True):
        figure.add_annotation(
            x=left + wide + 0.6, y=y, text=text, showarrow=False, xanchor="left", yanchor="top", align="left",
            font={"size": 14, "color": colour},
        )  # fmt: skip
    figure.update_layout(margin={"l": 0, "r": 0, "b": 0})
    return Picture(figure, takeaway(told), lambda: _table(told))


def _in_two(formula: str) -> str:
    return formula.replace(", rounded down, ", ",<br>rounded down, ")


def _drawn(told: Fit, *, height: int, beside: float = 0.0) -> Drawing:
    """Both tables of numbers, with room for words beside them, measured in cells."""
    wide, high, left = _extent(told)
    figure = house_drawing(finding(told), height=height)
    _numbers_in(figure, told, left)
    _window(figure, told, left)
    _numbers_out(figure, told)
    padding = told.settings.padding
    figure.update_xaxes(
        visible=False, fixedrange=True, range=[left - 0.15, left + wide + beside + 0.15], constrain="domain",
        constraintoward="left",
    )  # fmt: skip
    figure.update_yaxes(
        visible=False, fixedrange=True, range=[high - padding + 0.15, -padding - 0.8], scaleanchor="x",
        constrain="domain", constraintoward="top",
    )  # fmt: skip
    return figure


def cell_at(settings: Settings, x: float, y: float) -> tuple[int, int] | None:
    """Row and column, from 1, of the map's cell at a place of the picture; None beside the map.

    Parameters
    ----------
    x, y
        In the picture's own units, as a click gives them.

    Examples
    --------
    >>> cell_at(Settings(), 1.5, 0.5), cell_at(Settings(), -3.0, 0.5)
    ((1, 2), None)
    """
    inside = 0 <= x < settings.places and 0 <= y < settings.places
    return (int(y) + 1, int(x) + 1) if inside else None


def _extent(told: Fit) -> tuple[float, float, float]:
    """Width and height of the whole picture, and its left edge, in cells."""
    settings = told.settings
    padded = settings.n + 2 * settings.padding
    inner = max(padded, settings.window.span) if not settings.places else padded
    high = max(inner, settings.places + settings.padding)
    return inner + GAP + max(settings.places, 3.5), high, -GAP - inner


def _numbers_in(figure: Drawing, told: Fit, left: float) -> None:
    n, padding = told.settings.n, told.settings.padding
    start = left + padding
    _cells(figure, told.picture, start, GREYS, (0, BRIGHT))
    if padding:
        ring = [
            (r, c)
            for r in range(-padding, n + padding)
            for c in range(-padding, n + padding)
            if not (0 <= r < n and 0 <= c < n)
        ]
        boxes = [
            f"M{start + c + 0.07:g},{r + 0.07:g}H{start + c + 0.93:g}V{r + 0.93:g}H{start + c + 0.07:g}Z"
            for r, c in ring
        ]
        figure.add_shape(
            type="path", path="".join(boxes), layer="below", line={"color": QUIET, "width": 1, "dash": "dash"}
        )
        _texts(figure, [(start + c + 0.5, r + 0.5, "0") for r, c in ring], QUIET)
    with_padding = f", padding {padding}" if padding else ""
    _caption(figure, left, -padding, f"In, made by hand: {n} × {n}{with_padding}")
    if told.unread:
        crosses = [
            f"M{start + c + 0.15},{r + 0.85}L{start + c + 0.85},{r + 0.15}"
            for r in range(n)
            for c in range(n)
            if r in told.unread or c in told.unread
        ]
        figure.add_shape(type="path", path="".join(crosses), line={"color": ACCENT, "width": 1.5})


def _window(figure: Drawing, told: Fit, left: float) -> None:
    settings = told.settings
    padding, span = settings.padding, settings.window.span
    start = left + padding
    if not told.taps:  # it lies over the upper left corner and sticks out
        _frame(figure, left, -padding, span, "dash")
        return
    top, at = told.taps[0].row, told.taps[0].column
    for tap in told.taps:
        colour, dash = LINES[int(tap.weight)] if settings.kind == "weights" else LINES[1]
        x, y = start + tap.column, tap.row
        figure.add_shape(
            type="rect", x0=x + 0.09, x1=x + 0.91, y0=y + 0.09, y1=y + 0.91,
            line={"color": colour, "width": 2, "dash": dash},
        )  # fmt: skip
    _frame(figure, start + at, top, span)
    row, column = settings.row - 1, settings.column - 1
    for y_from, y_to in ((top, row), (top + span, row + 1)):
        figure.add_shape(
            type="line", x0=start + at + span, y0=y_from, x1=column, y1=y_to,
            line={"color": ACCENT, "width": 1.5, "dash": "dot"},
        )  # fmt: skip


def _numbers_out(figure: Drawing, told: Fit) -> None:
    settings = told.settings
    places = settings.places
    if not places:
        _caption(figure, 0, -settings.padding, "Out: nothing")
        return
    signed = settings.kind == "weights"
    most = BRIGHT * settings.size
    _cells(figure, told.result, 0, SIGNED if signed else GREYS, (-most, most) if signed else (0, BRIGHT))
    _caption(figure, 0, 0, f"Out: {places} × {places}")
    _frame(figure, settings.column - 1, settings.row - 1, 1)


def _cells(
    figure: Drawing, numbers: Grid, left: float, colours: list[list[object]], ends: tuple[float, float]
) -> None:
    rows, columns = numbers.shape
    figure.add_shape(
        type="rect", x0=left, x1=left + columns, y0=0, y1=rows, line={"color": QUIET, "width": 1}
    )  # pale cells have no edge on paper
    figure.add_heatmap(
        x0=left + 0.5, dx=1, y0=0.5, dy=1, z=numbers.tolist(), zmin=ends[0], zmax=ends[1], xgap=1, ygap=1,
        colorscale=colours, showscale=False, hoverinfo="skip",
    )  # fmt: skip
    placed = [
        (left + c + 0.5, r + 0.5, short(float(numbers[r, c]))) for r in range(rows) for c in range(columns)
    ]
    _texts(figure, placed, WORDS_ON_CELLS)


def _texts(figure: Drawing, placed: list[tuple[float, float, str]], colour: str) -> None:
    x, y, text = zip(*placed, strict=True)
    figure.add_scatter(
        x=list(x), y=list(y), text=list(text), mode="text", hoverinfo="skip",
        textfont={"size": 13, "color": colour},
    )  # fmt: skip


def _frame(figure: Drawing, left: float, top: float, side: int, dash: str = "solid") -> None:
    for colour, width in ((PAPER, 5), (ACCENT, 2.5)):
        figure.add_shape(
            type="rect", x0=left, x1=left + side, y0=top, y1=top + side,
            line={"color": colour, "width": width, "dash": "solid" if colour == PAPER else dash},
        )  # fmt: skip


def _caption(figure: Drawing, x: float, y: float, text: str) -> None:
    figure.add_annotation(
        x=x, y=y, text=text, showarrow=False, xanchor="left", yanchor="bottom",
        font={"size": 14, "color": INK},
    )  # fmt: skip


def _lines(told: Fit) -> tuple[tuple[str, str], tuple[str, str]]:
    """The size formula, and what the window's lines mean, each with its ink."""
    crossed = " · crossed out: never read" if told.unread else ""
    if not told.taps:
        meant = "dashed: the window, too large"
    elif told.settings.kind == "weights" and told.settings.size > 1:
        dotted = " · dotted 0" if told.settings.size > 2 else ""
        meant = f"weights: solid 1{dotted} · dashed −1{crossed}"
    else:
        meant = f"framed: what the window reads{crossed}"
    return (formula(told.settings), INK), (meant, QUIET)


def _table(told: Fit) -> pd.DataFrame:
    """The numbers that come out, or what the window reads at the place looked at."""
    import pandas as pd

    if not told.taps:
        return pd.DataFrame([(told.reason,)], columns=["why nothing comes out"])
    rows = [(_where(tap, told.settings.n), short(tap.value), *_weighed(told, tap)) for tap in told.taps]
    if told.settings.kind == "weights":
        rows.append(("sum", "", "", short(told.value)))
        return pd.DataFrame(rows, columns=["cell", "number", "weight", "product"])
    rows.append((told.settings.kind, short(told.value)))
    return pd.DataFrame(rows, columns=["cell", "number"])


def _weighed(told: Fit, tap: Tap) -> tuple[str, ...]:
    return (short(tap.weight), short(tap.value * tap.weight)) if told.settings.kind == "weights" else ()


def _where(tap: Tap, n: int) -> str:
    inside = min(tap.row, tap.column) >= 0 and max(tap.row, tap.column) < n
    return f"row {tap.row + 1}, column {tap.column + 1}" if inside else "padding"
