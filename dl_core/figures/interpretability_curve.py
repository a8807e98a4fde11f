"""One curve of an EBM before and after an edit, the cases under it, and whose decision changes."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, add_band, cut, four_figures
from dl_core.figures.picture import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.interpretability.curve import Edited
from dl_core.interpretability.curve_in_words import (
    changed_in_words,
    edit_in_words,
    gap_in_words,
    lines,
    reach,
    span_in_words,
    takeaway,
)
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    import pandas as pd

UPPER, LOWER = (0.3, 0.93), (0.0, 0.2)  # parts of the height: the curve, the cases under it
LONGEST = 34  # letters of a column's name
AIR = 0.06  # of the curve's height, above and below it
FEWEST = 0.4  # logarithm of odds that the axis spans at least: a flat curve looks flat
# factors of the odds at which the axis has a mark, from close to wide; each also divides
FACTORS = (
    (1, 1.05, 1.1, 1.15, 1.2, 1.3),
    (1, 1.1, 1.2, 1.35, 1.5),
    (1, 1.25, 1.5, 2, 2.5),
    (1, 1.5, 2, 3, 4, 6),
    (1, 2, 4, 8, 16),
    (1, 4, 16, 64),
    (1, 10, 100, 1000),
    (1, 100, 10_000, 1_000_000),
)
MOST_MARKS = 7


def curve_chart(told: Edited) -> Picture:
    """The curve as learned with its band, the edited one, the true one where it is known, and the cases.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.curve.story`.
    """
    figure = house_drawing(title(told), height=430)
    named = _curves(figure, told)
    _legend(figure, named)
    _cases(figure, told)
    _axes(figure, told)
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: Edited) -> str:
    """The finding: how far the curve reaches, or whose decision the edit changes."""
    if told.settings.edit == "keep":
        return f"As learned, “{_name(told)}” multiplies the odds by up to {reach(told.learned)}"
    if told.n_changed and told.pair and told.settings.of.is_protected and told.settings.of.levels:
        group = max(told.pair, key=lambda one: abs(one.after.value - one.before.value))
        was, now = percent(group.before.value), percent(group.after.value)
        return f"{edit_in_words(told)}: {now} of {group.name} held back, not {was}"
    return f"{edit_in_words(told)}: {changed_in_words(told)}"


def _name(told: Edited) -> str:
    return cut(told.settings.of.name, LONGEST)


def summary(told: Edited) -> str:
    """The picture in words."""
    parts = [takeaway(told), gap_in_words(told)]
    if told.is_edited:
        parts.append(span_in_words(told))
    return " ".join(filter(None, parts)).replace("**", "")


def _steps(told: Edited, heights: list[float]) -> tuple[list[float], list[float]]:
    """A staircase as corners, cut at both ends of the axis; neighbours of one height are one step."""
    low, high = told.ends
    x: list[float] = [low]
    y: list[float] = []
    for place, left, right in zip(told.cuts.tolist(), heights, heights[1:], strict=False):
        if place <= low:
            continue
        if place >= high:
            break
        if four_figures(left) != four_figures(right):
            x += [place, place]
            y += [left, left, right] if not y else [left, right]
    last = heights[sum(place < high for place in told.cuts.tolist())]
    x.append(high)
    y += [last, last] if not y else [last]
    return [float(f"{place:.5g}") for place in x], [four_figures(height) for height in y]


def _curves(figure: Drawing, told: Edited) -> list[tuple[str, str, str]]:
    """Draws them; gives the mark, the name and the colour of each for the line above."""
    named = []
    low, high = ((told.learned - told.spread).tolist(), (told.learned + told.spread).tolist())
    x, under, over = _band(told, low, high)
    add_band(figure, x, under, over, BLUE if not told.is_edited else QUIET)
    figure["data"][-1]["name"] = "four trainings"
    if told.truth is not None:
        x, y = _steps(told, told.truth.tolist())
        figure.add_scatter(
            x=x, y=y, mode="lines", name="true rule", line={"color": GREEN, "width": 2.5, "dash": "dot"},
            hovertemplate="the true rule<extra></extra>",
        )  # fmt: skip
    x, y = _steps(told, told.learned.tolist())
    is_alone = not told.is_edited
    figure.add_scatter(
        x=x, y=y, mode="lines", name="as learned", hovertemplate="as learned, at %{x}<extra></extra>",
        line={"color": BLUE, "width": 3.5} if is_alone else {"color": QUIET, "width": 2, "dash": "dash"},
    )  # fmt: skip
    named.append(("━", "as learned", BLUE) if is_alone else ("╍", "as learned", QUIET))
    if not is_alone:
        x, y = _steps(told, told.made.tolist())
        figure.add_scatter(
            x=x, y=y, mode="lines", name="edited", line={"color": BLUE, "width": 3.5},
            hovertemplate="edited, at %{x}<extra></extra>",
        )  # fmt: skip
        named.insert(0, ("━", "edited", BLUE))
    if told.truth is not None:
        named.append(("┅", "true rule", GREEN))
    return named


def _band(told: Edited, low: list[float], high: list[float]) -> tuple[list[float], list[float], list[float]]:
    """Both edges of the band at the same places."""
    left, right = told.ends
    places = told.cuts.tolist()
    shown = [at for at, place in enumerate(places) if left < place < right]
    first = sum(place <= left for place in places)
    x, under, over = [left], [low[first]], [high[first]]
    for at in shown:
        x += [places[at], places[at]]
        under += [low[at], low[at + 1]]
        over += [high[at], high[at + 1]]
    last = sum(place < right for place in places)
    x.append(right)
    under.append(low[last])
    over.append(high[last])
    return (
        [float(f"{place:.5g}") for place in x],
        [four_figures(height) for height in under],
        [four_figures(height) for height in over],
    )


def _legend(figure: Drawing, named: list[tuple[str, str, str]]) -> None:
    """What each line is, above the plot, from the left."""
    for at, (mark, name, colour) in enumerate(named):
        figure.add_annotation(
            xref="paper", yref="paper", x=at * 0.31, y=0.94, xanchor="left", yanchor="bottom",
            text=f"<b>{mark} {name}</b>" if at == 0 else f"{mark} {name}", showarrow=False,
            font={"size": 14, "color": WORDS.get(colour, colour)},
        )  # fmt: skip


def _cases(figure: Drawing, told: Edited) -> None:
    """The cases along the column; those whose decision changes in colour, at the bottom of their bar."""
    found = told.histogram
    edges = found.edges.tolist()
    middles = [float(f"{(a + b) / 2:.5g}") for a, b in pairwise(edges)]
    widths = [float(f"{0.86 * (b - a):.5g}") for a, b in pairwise(edges)]
    same = found.cases - found.held_back - found.let_through
    for name, counts, colour, shape in (
        ("newly held back", found.held_back, VERMILLION, "/"),
        ("newly let through", found.let_through, BLUE, ""),
        ("same decision", same, FAINT, ""),
    ):
        if not counts.any():
            continue
        figure.add_bar(
            x=middles, y=counts.tolist(), width=widths, name=name, yaxis="y2",
            marker={
                "color": colour,
                "pattern": {"shape": shape, "bgcolor": colour, "fgcolor": PAPER, "size": 5, "solidity": 0.25},
                "line": {"color": QUIET, "width": 0.5},
            },
            hovertemplate=f"{name}: %{{y}}<extra></extra>",
        )  # fmt: skip
    notes = [
        (f"▨ {told.caught + told.alarmed} newly held back", VERMILLION, told.caught + told.alarmed),
        (f"■ {told.missed + told.freed} newly let through", BLUE, told.missed + told.freed),
    ]
    told_notes = [(text, colour) for text, colour, n in notes if n] or [(f"{told.n:,} held-out cases", QUIET)]
    for at, (text, colour) in enumerate(told_notes):
        figure.add_annotation(
            xref="paper", yref="paper", x=at, y=LOWER[1] + 0.005, xanchor="right" if at else "left",
            yanchor="bottom", text=text, showarrow=False,
            font={"size": 13, "color": WORDS.get(colour, colour)},
        )  # fmt: skip


def _axes(figure: Drawing, told: Edited) -> None:
    of, (low, high) = told.settings.of, told.ends
    heights = [
        *told.learned.tolist(),
        *told.made.tolist(),
        *(told.truth.tolist() if told.truth is not None else []),
    ]
    bottom, top = min(heights), max(heights)
    if top - bottom < FEWEST:
        bottom, top = (bottom + top - FEWEST) / 2, (bottom + top + FEWEST) / 2
    room = AIR * (top - bottom)
    marks = _marks(bottom - room, top + room)
    named = (
        {"tickvals": list(range(len(of.levels))), "ticktext": list(of.levels)} if of.levels else {"nticks": 7}
    )
    unit = f" ({of.unit})" if of.unit else ""
    figure.update_xaxes(
        title={"text": f"{_name(told)}{unit}"}, range=[low, high], anchor="y2", fixedrange=True,
        showgrid=False, tickangle=0, **named,
    )  # fmt: skip
    figure.update_layout(
        yaxis={
            "domain": list(UPPER), "range": [four_figures(bottom - room), four_figures(top + room)],
            "tickvals": [four_figures(at) for at, _ in marks], "ticktext": [name for _, name in marks],
            "fixedrange": True, "title": {"text": "odds, times"},
        },
        yaxis2={
            "domain": list(LOWER), "rangemode": "tozero", "nticks": 3, "fixedrange": True, "gridcolor": FAINT,
            "tickfont": {"color": QUIET, "size": 13}, "zeroline": False, "automargin": True, "anchor": "x",
            "title": {"text": "cases", "font": {"color": INK, "size": 14}, "standoff": 8},
        },
        barmode="stack", margin={"l": 8, "r": 14, "t": 44, "b": 8}, meta={"narrow_height": 420},
    )  # fmt: skip


def _marks(bottom: float, top: float) -> list[tuple[float, str]]:
    """Round factors of the odds that have room on the axis."""
    found: list[tuple[float, str]] = []
    for factors in FACTORS:
        both = [(math.log(factor), f"×{factor:,}") for factor in factors]
        both += [(-at, name.replace("×", "÷")) for at, name in both[1:]]
        found = sorted((at, name) for at, name in both if bottom <= at <= top)
        if len(found) <= MOST_MARKS and max(at for at, _ in both) > 0.6 * max(-bottom, top):
            break
    return found


def _table(told: Edited) -> pd.DataFrame:
    import pandas as pd

    head, *rows = lines(told)
    return pd.DataFrame(rows, columns=list(head))
