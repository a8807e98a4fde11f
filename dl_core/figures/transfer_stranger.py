"""A new photo, the training photos that its answer leans on, and both rules for “none of these”."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, cut, each_in_four, four_figures, tint
from dl_core.figures.picture import (
    ACCENT,
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
from dl_core.numbers_in_words import short
from dl_core.transfer.pictures import Pixels
from dl_core.transfer.shares import short_sure
from dl_core.transfer.strange import Floats, Measured, Pile
from dl_core.transfer.stranger import Asked, Rule, Stranger
from dl_core.transfer.stranger_in_words import apart, of_all, row_words, takeaway

if TYPE_CHECKING:
    import pandas as pd

HEIGHT, FLAT = 700, 440  # of the page's picture, and of the slide's, where the strips stand beside the photos
TALL = 74  # pixels of a photo
ROWS = (0, 144)  # tops of the two rows of photos, pixels
HEAD, CAPTION = 20, 38  # pixels of the words over and under them
WIDE = 1 / 6  # of the part's width, for a photo
STRIPS = ((326, 396), (520, 590))  # upper and lower edges of the strips on the page, pixels
STRIPS_BESIDE = ((44, 120), (244, 320))  # and on a slide
LINES = (40, 20)  # pixels from a strip's upper edge up to the tops of the two lines of words over it
BESIDE = 0.54  # of a slide's width, where the strips begin
DEGREES = "← far   degrees off the training photos   near →"
SURE = "← unsure   how sure the answer is   sure →"
GOLDEN = 0.618034  # steps of it scatter marks evenly
MOST_NAME = 9  # letters under a photo


def strangers(told: Stranger) -> Picture:
    """The new photo and what it leans on; below, both rules with their bars, and where the photo falls.

    Parameters
    ----------
    told
        From :func:`dl_core.transfer.stranger.story`.
    """
    return _drawn(told, HEIGHT, beside=False)


def strangers_wide(told: Stranger) -> Picture:
    """`strangers` for a slide, which is flat: the rules stand beside the photos."""
    return _drawn(told, FLAT, beside=True)


def _drawn(told: Stranger, height: int, *, beside: bool) -> Picture:
    figure = house_drawing(title(told), height=height)
    figure.update_layout(margin=MARGIN, xaxis={"visible": False}, yaxis={"visible": False})
    grid = Grid(figure, height, 0, BESIDE - 0.06 if beside else 1)
    asked = told.asked
    if asked:
        _nearest(grid, told, asked)
        _lenders(grid, told, asked)
    if asked and told.measured and told.distance and told.sureness:
        edges = STRIPS_BESIDE if beside else STRIPS
        across = [BESIDE, 1.0] if beside else [0.0, 1.0]
        for which, (rule, (top, foot)) in enumerate(zip((told.distance, told.sureness), edges, strict=True)):
            _strip(figure, told.measured, rule, asked, which, across, [grid.down(foot), grid.down(top)])
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: Stranger) -> str:
    """The finding: what both rules refuse."""
    if told.distance is None or told.sureness is None:
        return "What this answer leans on" if told.asked else "Nothing was measured"
    far, sure = told.distance.strangers, told.sureness.strangers
    return f"Strangers refused: {of_all(far)} by distance, {sure.hits:,} by sureness"


def summary(told: Stranger) -> str:
    """What a sighted reader takes from the picture."""
    said = takeaway(told).replace("**", "")
    if told.asked is None:
        return said
    names, labels = told.settings.pictures.names, told.settings.pictures.labels
    near = ", ".join(f"{names[labels[one.row]]} at {one.degrees:.0f}°" for one in told.asked.near)
    return f"{said} The nearest training photos: {near}."


def _nearest(grid: Grid, told: Stranger, asked: Asked) -> None:
    """The new photo, then the training photos nearest to it."""
    top = ROWS[0]
    grid.words("<b>New</b>", 0, top, colour=ACCENT, size=13)
    grid.words("<b>Nearest training photos</b>, ✕ another class", WIDE + 0.01, top, size=13)
    name = _name(told, asked.answer)
    _tile(grid, asked.pixels, 0, top, f"“{name}”<br>{short_sure(asked.sure)} sure", INK)
    for at, one in enumerate(asked.near, start=1):
        label = int(told.settings.pictures.labels[one.row])
        same = label == asked.answer
        _tile(
            grid, told.settings.pictures.pixels[one.row], at, top,
            f"{'' if same else '✕ '}{_name(told, label)}<br>{one.degrees:.0f}° off",
            WORDS[BLUE if same else VERMILLION],
        )  # fmt: skip


def _lenders(grid: Grid, told: Stranger, asked: Asked) -> None:
    """The verdict; then the photos that lend most to the answer, and the one that takes most from it."""
    top = ROWS[1]
    if told.distance is not None:
        far, bar = apart(asked.far, told.distance.bar)
        verdict = "<b>✕ none<br>of these:</b>" if told.refused else "<b>✓ counts:</b>"
        colour = WORDS[VERMILLION] if told.refused else WORDS[BLUE]
        grid.words(f"{verdict}<br>{far}° off,<br>bar {bar}°", 0, top + HEAD, colour=colour, size=13)
    grid.words("<b>Lend it most points</b>", WIDE + 0.01, top, size=13)
    for at, one in enumerate(asked.lenders, start=1):
        _lender(grid, told, one.row, one.points, at, WORDS[BLUE])
    if asked.against:
        grid.words("<b>Against</b>", 4.5 * WIDE, top, size=13)
        _lender(grid, told, asked.against.row, asked.against.points, 4.5, WORDS[VERMILLION])


def _lender(grid: Grid, told: Stranger, row: int, points: float, at: float, colour: str) -> None:
    sign = "+" if points > 0 else ""
    text = f"{_name(told, int(told.settings.pictures.labels[row]))}<br>{sign}{short(round(points, 1))}"
    _tile(grid, told.settings.pictures.pixels[row], at, ROWS[1], text, colour)


def _tile(grid: Grid, pixels: Pixels, at: float, top: int, caption: str, colour: str) -> None:
    x = at * WIDE
    grid.photo(pixels, x + 0.005, top + HEAD, WIDE - 0.01, TALL)
    grid.words(caption, x + WIDE / 2, top + HEAD + TALL + 1, anchor="center", colour=colour, size=13)


def _name(told: Stranger, label: int) -> str:
    return escape(cut(told.settings.pictures.names[label], MOST_NAME))


def _strip(
    figure: Drawing,
    piles: Measured,
    rule: Rule,
    asked: Asked,
    which: int,
    across: list[float],
    down: list[float],
) -> None:
    """Known photos over strangers along one axis, refused to the left of the bar."""
    x, y = (f"{letter}{which + 2}" for letter in "xy")
    by_distance = which == 0
    piled = [piles.known, *piles.strangers]
    values = [_places(pile, by_distance=by_distance) for pile in piled]
    here = asked.far if by_distance else 100 * asked.sure
    bar = rule.bar if by_distance else 100 * rule.bar
    every = [float(one) for pile in values for one in pile] + [here, bar]
    ends = [min(90.0, max(every) + 3), max(0.0, min(every) - 3)] if by_distance else [min(every) - 3, 102.0]
    figure.update_layout(
        **{
            f"xaxis{which + 2}": {
                "domain": across, "anchor": y, "range": each_in_four(ends), "showgrid": False,
                "fixedrange": True, "nticks": 6, "ticksuffix": "°" if by_distance else " %",
                "tickfont": {"color": QUIET, "size": 13}, "linecolor": QUIET, "automargin": False,
                "title": {"text": DEGREES if by_distance else SURE, "font": {"color": QUIET, "size": 13}},
            },
            f"yaxis{which + 2}": {
                "domain": down, "anchor": x, "range": [2, 0], "visible": False, "fixedrange": True,
            },
        }
    )  # fmt: skip
    figure.add_shape(
        type="rect", xref=x, yref=y, x0=four_figures(ends[0]), x1=four_figures(bar), y0=0, y1=2,
        line={"width": 0}, fillcolor=tint(QUIET, 0.13), layer="below",
    )  # fmt: skip
    figure.add_scatter(
        x=[four_figures(bar)] * 2, y=[0, 2], mode="lines", hoverinfo="skip",
        line={"color": INK, "width": 2, "dash": "dash"}, xaxis=x, yaxis=y,
    )  # fmt: skip
    _marks(figure, [values[0]], 0.45, BLUE, "circle", (x, y))
    _marks(figure, values[1:], 1.6, VERMILLION, "x", (x, y))
    figure.add_scatter(
        x=[four_figures(here)], y=[1.0], mode="markers", hoverinfo="skip", cliponaxis=False,
        xaxis=x, yaxis=y,
        marker={
            "symbol": "diamond", "size": 15, "color": ACCENT, "line": {"color": PAPER, "width": 2},
        },
    )  # fmt: skip
    heading = "By distance" if by_distance else "By how sure it is"
    known, strange = row_words(rule)
    for text, x_at, colour, up in (
        (f"<b>{heading}</b>: grey is refused", 0, INK, LINES[0]),
        (f"● {known}", 0, WORDS[BLUE], LINES[1]),
        (f"✕ {strange}", 1, WORDS[VERMILLION], LINES[1]),
    ):
        figure.add_annotation(
            text=text, x=x_at, y=0, xref=f"{x} domain", yref=y, xanchor="right" if x_at else "left",
            yanchor="top", yshift=up, showarrow=False,
            font={"size": 14 if colour == INK else 13, "color": colour},
        )  # fmt: skip


def _places(pile: Pile, *, by_distance: bool) -> Floats:
    return pile.far if by_distance else 100 * pile.sure


def _marks(
    figure: Drawing, values: list[Floats], middle: float, colour: str, symbol: str, axes: tuple[str, str]
) -> None:
    at = each_in_four(float(one) for pile in values for one in pile)
    figure.add_scatter(
        x=at, y=[round(middle + 0.4 * ((row * GOLDEN) % 1 - 0.5), 2) for row in range(len(at))],
        mode="markers", xaxis=axes[0], yaxis=axes[1], hoverinfo="skip", cliponaxis=False,
        marker={"color": colour, "symbol": symbol, "size": 6, "opacity": 0.55},
    )  # fmt: skip


def _table(told: Stranger) -> pd.DataFrame:
    import pandas as pd

    far, sure = told.distance, told.sureness
    rows = []
    if far and sure:
        rows = [("held out, refused wrongly", far.known, sure.known)]
        rows += [
            (f"strangers: {name}", one, other)
            for (name, one), (_, other) in zip(far.kinds, sure.kinds, strict=True)
        ]
        if far.left_out and sure.left_out:
            rows.append(("a class left out of training", far.left_out, sure.left_out))
    return pd.DataFrame(
        {
            "pictures": [name for name, *_ in rows],
            "asked": [one.n for _, one, _ in rows],
            "refused by distance": [one.hits for _, one, _ in rows],
            "refused by sureness": [other.hits for _, _, other in rows],
        }
    )
