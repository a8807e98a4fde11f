"""Two bars, a random split and a burst split, and one held-out photo with what it meets in both."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, cut, each_in_four, four_figures
from dl_core.figures.picture import (
    BLUE,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.figures.transfer_tiles import MARGIN, Grid
from dl_core.transfer.leak import Dealt, Leak, Seen, range_of, spread_sentence, takeaway
from dl_core.transfer.shares import whole

if TYPE_CHECKING:
    import pandas as pd

HEIGHT, FLAT = 470, 330  # of the page's picture, and of the slide's, where the photos stand beside the bars
BARS = 190  # pixels from the top that the bars and their axis take
HEADS, TALL = 240, 100  # top of the words over the photos, and a photo's height
BESIDE = 0.52  # of a slide's width, where the photos begin
SCATTER = (0.0, 0.12, -0.12, 0.06, -0.06)  # where a deal's mark stands across its bar
NAMES = {"random": "Random split", "burst": "By burst"}


def two_splits(told: Leak) -> Picture:
    """Bars of the two ways of dealing, a mark for each deal; below, one photo and its nearest in both piles.

    Parameters
    ----------
    told
        From :func:`dl_core.transfer.leak.story`.
    """
    return _drawn(told, HEIGHT, beside=False)


def two_splits_wide(told: Leak) -> Picture:
    """`two_splits` for a slide, which is flat: the photos stand beside the bars."""
    return _drawn(told, FLAT, beside=True)


def _drawn(told: Leak, height: int, *, beside: bool) -> Picture:
    figure = house_drawing(title(told), height=height)
    grid = Grid(figure, height)
    for row, way in enumerate((told.random, told.burst)):
        if way.scores:
            _bar(figure, row, way, 100 / len(told.settings.pictures.names))
    figure.update_xaxes(
        range=[0, 103], dtick=25, ticksuffix=" %", fixedrange=True, showgrid=False,
        title={"text": "named right (dotted: guessing)"},
        domain=[0, BESIDE - 0.06 if beside else 1],
    )  # fmt: skip
    figure.update_yaxes(
        visible=False,
        range=[1.45, -0.8],
        domain=[0 if beside else grid.down(BARS), 1],
        fixedrange=True,
    )
    figure.update_layout(margin=MARGIN, barmode="overlay")
    if beside:
        _photos(Grid(figure, height, BESIDE, 1 - BESIDE), told, 40, 84, 140)
    else:
        _photos(grid, told, HEADS, HEADS + 38, TALL)
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: Leak) -> str:
    """The finding: both numbers."""
    if not told.n_deals:
        return "Nothing was counted"
    both = f"Random split {whole(told.random.average)}, by burst {whole(told.burst.average)}"
    return both if told.leaks else f"{both}: no clear leak"


def summary(told: Leak) -> str:
    """What a sighted reader takes from the picture."""
    return f"{takeaway(told)} {spread_sentence(told)}".replace("**", "").strip()


def _bar(figure: Drawing, row: int, way: Dealt, guess: float) -> None:
    colour, flatters = (VERMILLION, True) if way.by == "random" else (BLUE, False)
    figure.add_bar(
        x=[four_figures(100 * way.average)], y=[row], width=0.46, orientation="h", hoverinfo="skip",
        marker={
            "color": colour, "opacity": 0.35, "line": {"width": 0},
            "pattern": {"shape": "/" if flatters else "", "size": 8, "solidity": 0.25},
        },
    )  # fmt: skip
    figure.add_scatter(
        x=each_in_four([guess, guess]), y=[row - 0.3, row + 0.3], mode="lines",
        line={"color": QUIET, "width": 2, "dash": "dot"}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=each_in_four([100 * way.low, 100 * way.high]), y=[row, row], mode="lines",
        line={"color": INK, "width": 2}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=each_in_four(100 * score for score in way.scores),
        y=[round(row + SCATTER[at % len(SCATTER)], 2) for at in range(len(way.scores))],
        mode="markers", cliponaxis=False,
        marker={
            "color": colour, "size": 9, "symbol": "square" if flatters else "circle",
            "line": {"color": PAPER, "width": 1},
        },
        hovertemplate=f"{NAMES[way.by]}: %{{x:.0f}} %<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        text=f"<b>{NAMES[way.by]}: {whole(way.average)}</b>  ({range_of(way)} in {len(way.scores)} deals)",
        x=0, y=row - 0.47, xref="x", yref="y", xanchor="left", yanchor="middle", showarrow=False,
        font={"size": 14, "color": WORDS[colour]},
    )  # fmt: skip


def _photos(grid: Grid, told: Leak, heads: int, tiles: int, tall: int) -> None:
    """The held-out photo, and the nearest photo to learn from in each pile."""
    found, pictures = told.example, told.settings.pictures
    if found is None:
        return
    truth = int(pictures.labels[found.asked])
    columns: tuple[tuple[str, str, int, str, str], ...] = (
        ("Held out", f"“{cut(escape(pictures.names[truth]))}”", found.asked, INK, ""),
        *(
            (NAMES[by], _relation(seen), seen.nearest, WORDS[colour], _answer(told, seen, truth))
            for by, seen, colour in (("random", found.random, VERMILLION), ("burst", found.burst, BLUE))
        ),
    )
    wide = 0.31
    for column, (head, line, at, colour, answer) in enumerate(columns):
        x = column * (1 - wide) / 2
        grid.words(f"<b>{head}</b><br>{line}", x + wide / 2, heads, anchor="center", colour=colour)
        grid.photo(pictures.pixels[at], x, tiles, wide, tall)
        grid.words(
            answer or "nearest to it: ▸", x + wide / 2, tiles + tall + 4, anchor="center",
            colour=INK if answer else QUIET, size=14 if answer else 13,
        )  # fmt: skip


def _relation(seen: Seen) -> str:
    return f"{'its twin' if seen.is_twin else 'another burst'}, {seen.degrees:.0f}°"


def _answer(told: Leak, seen: Seen, truth: int) -> str:
    name = cut(escape(told.settings.pictures.names[seen.answer]))
    return f"✓ says {name}" if seen.answer == truth else f"✕ says {name}"


def _table(told: Leak) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "deal": range(1, told.n_deals + 1),
            "random split, right (%)": [round(100 * score, 1) for score in told.random.scores],
            "by burst, right (%)": [round(100 * score, 1) for score in told.burst.scores],
        }
    )
