"""Rows of two dots, one of each group, joined by their gap: how the fairness scenes draw a comparison."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dl_core.figures.drawing import Drawing, four_figures, tint
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    GREEN,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
)

LOOKS = ((BLUE, "circle", "●"), (GREEN, "square", "■"))  # colour, shape, the shape in words
HEAD = 0.36  # of a row: how high its words stand over its dots
LONGEST = 19  # letters of a group's name
END = 8  # of them at the end of a longer one
ROOM = 0.42  # of the width: what words beside the dots take on a phone
TOPS = (25, 50, 100)  # percent at which the scale may end
# pixels around the rows; on a slide names and notes stand beside them
BESIDE = {False: {"l": 10, "r": 14, "t": 92}, True: {"l": 220, "r": 118, "t": 74}}
APART = {False: 0.13, True: 0.22}  # of a row, from the first group's dot to the second's
UNDER = 0.28  # of a row: how far words stand under the dots where neither side has room


@dataclass(frozen=True)
class Line:
    """One comparison of two groups."""

    name: str  # over the dots, at the left
    note: str  # over the dots, at the right
    values: tuple[float, float]  # percent; nan: not drawn
    ranges: tuple[tuple[float, float] | None, tuple[float, float] | None]  # 95 %, in percent
    gap: str  # beside the dots
    is_loud: bool = False  # the gap is surely more than luck
    is_chosen: bool = False
    is_model: bool = True  # hollow dots for what no model said


def draw_lines(
    figure: Drawing,
    lines: Sequence[Line],
    names: tuple[str, str],
    corner: str,
    row_px: int,
    *,
    wide: bool = False,
) -> None:
    """All rows, one under the other, on one scale from 0 % that is no longer than they need.

    Parameters
    ----------
    figure
        A house drawing with nothing on it.
    lines
        From the top.
    names
        Of both groups.
    corner
        Over the notes at the right.
    row_px
        Height of a row in pixels.
    wide
        For a slide, which is wide and not high: words stand beside the rows and not over them.
    """
    most = max((end for line in lines for end in _ends(line)), default=100.0)
    top = next(end for end in TOPS if end >= min(most, 100))
    for at, line in enumerate(lines):
        _row(figure, line, names, at, top, wide)
    _legend(figure, names, corner, wide)
    height = round(row_px * len(lines) + 140)
    figure.update_xaxes(
        range=[-0.015 * top, 1.015 * top], dtick=top / 5 if top < 100 else 25, ticksuffix=" %",
        fixedrange=True, zeroline=False, showgrid=True,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[len(lines) - 0.62, -0.72], fixedrange=True)
    figure.update_layout(height=height, meta={"narrow_height": height}, margin={"b": 8, **BESIDE[wide]})


def in_short(name: str) -> str:
    """A group's name; of a long one its begin and its end, which tells it from the other.

    >>> in_short("group B"), in_short("years at the present address over 12")
    ('group B', 'years at t…over 12')
    """
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - END - 1].rstrip()}…{name[-END:].lstrip()}"


def _legend(figure: Drawing, names: tuple[str, str], corner: str, wide: bool) -> None:
    told = "   ".join(
        f'<span style="color:{WORDS[colour]}">{sign} {in_short(name)}</span>'
        for name, (colour, _, sign) in zip(names, LOOKS, strict=True)
    )
    for text, x, anchor, shift, size, colour in (
        (f"<b>{told}</b>", 0, "left", 2 if wide else 22, 14, INK),
        (corner, 1, "right", 2, 13, QUIET),
    ):
        side = BESIDE[wide]["r"] - 10 if wide and anchor == "right" else 0
        figure.add_annotation(
            text=text, xref="paper", yref="paper", x=x, y=1, xanchor=anchor, yanchor="bottom", yshift=shift,
            xshift=side, showarrow=False, font={"size": size, "color": colour},
        )  # fmt: skip


def _row(figure: Drawing, line: Line, names: tuple[str, str], at: int, top: int, wide: bool) -> None:
    if line.is_chosen:
        over, under = (0.42, 0.42) if wide else (0.6, 0.34)
        figure.add_shape(
            type="rect", layer="below", xref="paper", x0=0, x1=1, y0=at - over, y1=at + under,
            fillcolor=tint(ACCENT, 0.1), line={"width": 0},
        )  # fmt: skip
    figure.add_shape(
        type="line", layer="below", x0=0, x1=top, y0=at, y1=at, line={"color": FAINT, "width": 1.5}
    )
    _words(figure, f"<b>{'✓ ' if line.is_chosen else ''}{line.name}</b>", at, "left", wide)
    _words(figure, line.note, at, "right", wide)
    known = [value for value in line.values if not math.isnan(value)]
    if len(known) == 2:
        figure.add_shape(
            type="line", layer="below", x0=four_figures(min(known)), x1=four_figures(max(known)), y0=at,
            y1=at, line={"color": VERMILLION if line.is_loud else QUIET, "width": 5 if line.is_loud else 2},
        )  # fmt: skip
    for side, (value, ends, name, (colour, symbol, _)) in enumerate(
        zip(line.values, line.ranges, names, LOOKS, strict=True)
    ):
        if not math.isnan(value):
            _dot(figure, line, at + (side - 0.5) * APART[wide], value, ends, name, colour, symbol)
    _beside(figure, line, at, top)


def _dot(
    figure: Drawing, line: Line, place: float, value: float, ends: tuple[float, float] | None, name: str,
    colour: str, symbol: str,
) -> None:  # fmt: skip
    """Both groups stand a hair above and under their line, so that neither hides the other's range."""
    told = f" ({ends[0]:.1f} to {ends[1]:.1f})" if ends else ""
    trace = {
        "x": [four_figures(value)], "y": [four_figures(place)], "mode": "markers", "name": name,
        "marker": {
            "color": colour if line.is_model else PAPER, "size": 12, "symbol": symbol, "opacity": 1,
            "line": {"color": PAPER if line.is_model else colour, "width": 1 if line.is_model else 2},
        },
        "hovertemplate": f"{name}, {line.name}: {value:.1f} %{told}<extra></extra>",
    }  # fmt: skip
    if ends:
        trace["error_x"] = {
            "type": "data", "symmetric": False, "color": colour, "thickness": 2, "width": 4,
            "array": [max(0.0, four_figures(ends[1] - value))],
            "arrayminus": [max(0.0, four_figures(value - ends[0]))],
        }  # fmt: skip
    figure.add_scatter(**trace)


def _words(figure: Drawing, text: str, at: int, side: str, wide: bool) -> None:
    """Over the row, at one of its ends; on a slide outside of it, level with the dots."""
    is_left = side == "left"
    figure.add_annotation(
        text=text, xref="paper", x=0 if is_left else 1, y=at if wide else at - HEAD,
        xanchor=("right" if is_left else "left") if wide else side, yanchor="middle",
        xshift=(-8 if is_left else 8) if wide else 0, showarrow=False, font={"size": 14, "color": INK},
    )  # fmt: skip


def _ends(line: Line) -> list[float]:
    """Everything that is drawn of a row, in percent."""
    ends = [end for pair in line.ranges if pair for end in pair]
    return ends + [value for value in line.values if not math.isnan(value)]


def _beside(figure: Drawing, line: Line, at: int, top: int) -> None:
    """The gap in words: on a wide one, else at whichever side of the dots has room, else under them."""
    ends = _ends(line) or [0.0]
    known = [value for value in line.values if not math.isnan(value)] or [0.0]
    low, high, room = min(ends), max(ends), ROOM * top
    x, anchor, shift, y = high, "left", 9, float(at)
    if max(known) - min(known) >= room:
        x, anchor, shift = sum(known) / 2, "center", 0
    elif high > top - room and low >= room:
        x, anchor, shift = low, "right", -9
    elif high > top - room:
        x, anchor, shift, y = min(max(sum(known) / 2, room / 2), top - room / 2), "center", 0, at + UNDER
    figure.add_annotation(
        text=f"<b>{line.gap}</b>" if line.is_loud else line.gap, x=four_figures(x), y=y, xanchor=anchor,
        xshift=shift, yanchor="middle", showarrow=False, borderpad=1,
        bgcolor=PAPER if not line.is_chosen else "rgba(0,0,0,0)",
        font={"size": 14, "color": WORDS[VERMILLION] if line.is_loud else QUIET},
    )  # fmt: skip
