"""A square of counts, what a held-out photo is against what the head says, and the photos of one cell."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, cut
from dl_core.figures.mlp_confusion import SHADES
from dl_core.figures.picture import ACCENT, INK, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.figures.transfer_tiles import MARGIN, Grid
from dl_core.numbers_in_words import so_many
from dl_core.transfer.confusion import SHOWN, Confusion, sure_sentence, takeaway
from dl_core.transfer.shares import short_sure

if TYPE_CHECKING:
    import pandas as pd

ROW = 44  # pixels of a row of the square
TOP = 46  # pixels over it, for the names of the columns
IN_A_ROW = SHOWN // 2
TALL = 70  # pixels of a photo
LINE = 24  # pixels of words under it
BESIDE = 0.55  # of a slide's width, where the photos begin


def cells(told: Confusion) -> Picture:
    """The square, and below it up to 12 photos of the cell that is open, the surest first.

    Parameters
    ----------
    told
        From :func:`dl_core.transfer.confusion.story`.
    """
    n = len(told.pictures.names)
    square = ROW * max(n, 3)
    # a cell of one row leaves no hole under it; an empty one needs a line of words
    rows = max(1, math.ceil(min(len(told.opened.rows), SHOWN) / IN_A_ROW)) if told.n else 0
    height = MARGIN["t"] + MARGIN["b"] + TOP + square + 48 + rows * (TALL + LINE)
    figure = house_drawing(title(told), height=height)
    grid = Grid(figure, height)
    _square(figure, told, [0, 1], [grid.down(TOP + square), grid.down(TOP)])
    if told.n:
        _photos(grid, told, TOP + square + 16, TALL)
    return Picture(figure, summary(told), lambda: _table(told))


def cells_wide(told: Confusion) -> Picture:
    """`cells` for a slide, which is flat: the photos stand beside the square."""
    height = 360
    figure = house_drawing(title(told), height=height)
    grid = Grid(figure, height, BESIDE, 1 - BESIDE)
    _square(figure, told, [0, BESIDE - 0.05], [0.02, grid.down(TOP)])
    if told.n:
        _photos(grid, told, 10, 80, in_a_row=4)
    return Picture(figure, summary(told), lambda: _table(told))


def cell_at(n_classes: int, x: float, y: float) -> tuple[int, int] | None:
    """Which cell of the square a click hits: (what it is, what the head says); None outside of it.

    Parameters
    ----------
    n_classes
        How many classes the task has.
    x, y
        Where, in the picture's own numbers.

    Examples
    --------
    >>> cell_at(3, 0.2, 1.1), cell_at(3, 9, 0)
    ((0, 1), None)
    """
    truth, said = round(x), round(y)
    return (truth, said) if truth in range(n_classes) and said in range(n_classes) else None


def title(told: Confusion) -> str:
    """The finding: how many are wrong."""
    if not told.n:
        return "No photo is held out"
    is_wrong = "is" if told.n_wrong == 1 else "are"
    return f"{told.n_wrong:,} of {so_many(told.n, 'held-out photo')} {is_wrong} wrong"


def summary(told: Confusion) -> str:
    """What a sighted reader takes from the picture."""
    if not told.n:
        return takeaway(told)
    return (
        "A square of counts: across what a held-out photo is, down what the head says. "
        f"{takeaway(told).replace('**', '')} {sure_sentence(told)}"
    )


def _square(figure: Drawing, told: Confusion, across: list[float], down: list[float]) -> None:
    every = list(range(len(told.pictures.names)))
    names = [escape(name) for name in told.pictures.names]
    figure.add_heatmap(
        z=[[_shade(told, truth, said) for truth in every] for said in every], x=every, y=every,
        zmin=-1, zmax=1, showscale=False, xgap=4, ygap=4, colorscale=SHADES,
        text=[[_hover(told, names, truth, said) for truth in every] for said in every],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    for truth in every:
        for said in every:
            _count(figure, told, truth, said)
    if told.n:
        _frame(figure, told)
    most = 12 if len(every) < 4 else 40 // len(every)
    slanted = any(len(name) > most for name in told.pictures.names)
    both = {
        "tickvals": every, "showgrid": False, "fixedrange": True, "linecolor": "rgba(0,0,0,0)",
        "tickfont": {"color": INK, "size": 14},
    }  # fmt: skip
    figure.update_xaxes(
        **both, side="top", range=[-0.5, len(every) - 0.5], domain=across, tickangle=-35 if slanted else 0,
        ticktext=[_label(names[i], 9 if slanted else 12, "is", i == 0) for i in every],
    )  # fmt: skip
    figure.update_yaxes(
        **both, range=[len(every) - 0.5, -0.5], domain=down,
        ticktext=[_label(names[i], 12, "says", i == 0) for i in every],
    )  # fmt: skip
    figure.update_layout(margin=MARGIN)


def _label(name: str, most: int, verb: str, first: bool) -> str:
    """A class's name; the first of a side says what the side means."""
    return f"<i>{verb}</i> {cut(name, most)}" if first else cut(name, most)


def _shade(told: Confusion, truth: int, said: int) -> float:
    share = told.counts[truth][said] / max(sum(told.counts[truth]), 1)
    return round(share if truth == said else -share, 3)


def _hover(told: Confusion, names: list[str], truth: int, said: int) -> str:
    return (
        f"{so_many(told.counts[truth][said], 'photo')}: is “{names[truth]}”,<br>"
        f"says “{names[said]}”: {'right' if truth == said else 'wrong'}"
    )


def _count(figure: Drawing, told: Confusion, truth: int, said: int) -> None:
    n = told.counts[truth][said]
    words = f"✕ <b>{n:,}</b>" if n and truth != said else f"<b>{n:,}</b>" if n else "0"
    figure.add_annotation(
        x=truth, y=said, text=words, showarrow=False,
        font={"color": INK if n else QUIET, "size": 18 if len(told.pictures.names) < 5 else 15},
    )  # fmt: skip


def _frame(figure: Drawing, told: Confusion) -> None:
    """Around the cell that is open."""
    x, y = told.opened.truth, told.opened.said
    left, right, top, foot = x - 0.49, x + 0.49, y - 0.49, y + 0.49
    figure.add_scatter(
        x=[left, right, right, left, left], y=[top, top, foot, foot, top], mode="lines",
        line={"color": ACCENT, "width": 3}, hoverinfo="skip",
    )  # fmt: skip


def _photos(grid: Grid, told: Confusion, top: int, tall: int, in_a_row: int = IN_A_ROW) -> None:
    cell, names = told.opened, [escape(cut(name)) for name in told.pictures.names]
    mark, colour = ("✓", INK) if cell.is_right else ("✕", WORDS[VERMILLION])
    n = len(cell.rows)
    head = f"{mark} <b>is {names[cell.truth]}, says {names[cell.said]}</b>: {n:,}"
    more = ", surest first" if n > 1 else ""
    grid.words(head + more, 0, top, colour=colour)
    wide = 1 / in_a_row
    for at, (row, sure) in enumerate(zip(cell.rows[:SHOWN], cell.sure, strict=False)):
        x, down = (at % in_a_row) * wide, top + 26 + (at // in_a_row) * (tall + LINE)
        grid.photo(told.pictures.pixels[row], x + 0.05 * wide, down, 0.9 * wide, tall)
        grid.words(short_sure(sure), x + wide / 2, down + tall + 2, anchor="center", size=13, colour=QUIET)
    if not n:
        grid.words("No photo lies here.", 0, top + 30, colour=QUIET)


def _table(told: Confusion) -> pd.DataFrame:
    import pandas as pd

    names = told.pictures.names
    return pd.DataFrame(
        [
            {"the head says": names[said]}
            | {f"it is {name}": told.counts[truth][said] for truth, name in enumerate(names)}
            for said in range(len(names))
        ]
    )
