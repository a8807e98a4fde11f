"""Columns shuffled one by one, together, and left out: three lengths for the same columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dl_core.decide.amounts import money
from dl_core.figures.drawing import Drawing, cut, four_figures
from dl_core.figures.picture import (
    BLUE,
    GREEN,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.interpretability.board import CASES, give_or_take
from dl_core.interpretability.onecase_in_words import named
from dl_core.interpretability.over_rows import Gap
from dl_core.interpretability.shuffle import Shuffle
from dl_core.interpretability.shuffle_in_words import impossible_in_words, takeaway
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    import pandas as pd

HEAD, ROW = 0.8, 0.86  # heights: of a headline's row, of a bar's
ROW_PX = 34
BAR_PX = 18
NAMES_PX = 158  # at the left
LONGEST = 21  # letters of a column's name
ROOM = 1.6  # of the longest bar: words follow it
HATCH = {BLUE: "", QUIET: "x", VERMILLION: "/", GREEN: "|"}


@dataclass(frozen=True)
class _Row:
    """One bar."""

    name: str
    gap: Gap
    colour: str


def shuffle_chart(told: Shuffle) -> Picture:
    """A bar for each column alone, one for their sum, one for all at once, and one for a model without them.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.shuffle.story`.
    """
    figure = house_drawing(title(told))
    n = len(told.alone)
    all_of_them = "both" if n == 2 else f"all {n}"
    groups = (
        ("Shuffled one by one", BLUE, [_Row(cut(bar.name, LONGEST), bar.gap, BLUE) for bar in told.alone]),
        (
            "Shuffled together", VERMILLION,
            [
                _Row("the bars above, added", told.added, QUIET),
                _Row(f"{all_of_them} at once", told.together.gap, VERMILLION),
            ],
        ),
        ("Trained again", GREEN, [_Row(f"without {all_of_them}", told.without, GREEN)]),
    )  # fmt: skip
    at = 0.0
    for head, colour, rows in groups:
        _name(figure, f"<b>{head}</b>", at + HEAD / 2, WORDS[colour])
        at += HEAD
        for row in rows:
            _bar(figure, row, at + ROW / 2)
            at += ROW
    _frame(figure, told, [row.gap for _, _, rows in groups for row in rows], at)
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: Shuffle) -> str:
    """The finding: how long the bars are alone, and how long together."""
    first, whole = told.alone[0].gap.mean.value, told.together.gap.mean.value
    if told.verdict == "hidden":
        return f"Alone at most {money(first)}, together {money(whole)}"
    if told.verdict == "twice":
        return f"The bars sum to {money(told.added.mean.value)}, together they cost {money(whole)}"
    if told.verdict == "one":
        return f"“{cut(told.alone[0].name, LONGEST)}” carries all {money(whole)}"
    if told.verdict == "sum":
        return f"Added up {money(told.added.mean.value)}, together {money(whole)}"
    if not told.together.gap.n_moved:
        return "Shuffled together, no case differs"
    return f"Shuffled together {told.together.gap.in_words}: it may be nothing"


def summary(told: Shuffle) -> str:
    """What a sighted reader takes from the chart."""
    return f"{takeaway(told)} {impossible_in_words(told)}".replace("**", "")


def _bar(figure: Drawing, row: _Row, place: float) -> None:
    mean = row.gap.mean
    _name(figure, row.name, place, INK)
    figure.add_bar(
        x=[four_figures(mean.value)], y=[four_figures(place)], orientation="h",
        width=round(BAR_PX / ROW_PX, 3), name=row.name,
        marker={
            "color": row.colour,
            "pattern": {
                "shape": HATCH[row.colour], "fgcolor": PAPER, "bgcolor": row.colour, "size": 6,
                "solidity": 0.2,
            },
        },
        error_x={
            "type": "data", "color": INK, "thickness": 2, "width": 4, "array": [four_figures(mean.half)],
        },
        hovertemplate=f"{row.name}: {row.gap.in_words}<extra></extra>",
    )  # fmt: skip
    told = f"<b>{money(mean.value)}</b>"
    if not row.gap.n_moved:
        told = "no case differs"
    elif row.gap.is_tie:
        told += "  may be 0"
    figure.add_annotation(
        text=told, x=four_figures(max(mean.high, 0.0)), y=four_figures(place), xanchor="left",
        yanchor="middle", xshift=6, showarrow=False, font={"size": 14, "color": INK},
    )  # fmt: skip


def _name(figure: Drawing, text: str, place: float, colour: str) -> None:
    figure.add_annotation(
        text=text, xref="paper", x=0, y=four_figures(place), xanchor="right", yanchor="middle", xshift=-7,
        showarrow=False, font={"size": 14, "color": colour},
    )  # fmt: skip


def _frame(figure: Drawing, told: Shuffle, gaps: list[Gap], bottom: float) -> None:
    low = min(0.0, *(gap.mean.low for gap in gaps))
    high = max(1.0, *(gap.mean.high for gap in gaps))
    height = round(96 + ROW_PX * bottom)
    figure.update_xaxes(
        title={"text": f"money lost more in {CASES:,} {told.table.items}"}, showticklabels=False,
        range=[four_figures(1.04 * low), four_figures(low + ROOM * (high - low))], showgrid=False,
        fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(
        visible=False, range=[four_figures(bottom + 0.05), -0.05], fixedrange=True, showgrid=False
    )
    figure.add_shape(
        type="line", x0=0, x1=0, y0=HEAD, y1=four_figures(bottom), line={"color": QUIET, "width": 1}
    )
    figure.update_layout(
        barmode="overlay", height=height, meta={"narrow_height": height}, margin={"l": NAMES_PX}
    )


def _table(told: Shuffle) -> pd.DataFrame:
    import pandas as pd

    cost = f"$ more in {CASES:,} {told.table.items}"
    rows = [
        {
            "what is shuffled": bar.name, cost: _told(bar.gap),
            "of ten shuffles, lowest to highest": f"{money(bar.lowest)} to {money(bar.highest)}",
            "ranking lost (points of AUC)": f"{bar.points:.2f}".replace("-", "−"),
            "unlike any real one (%)": percent(bar.far).removesuffix(" %"),
        }
        for bar in (*told.alone, told.together)
    ]  # fmt: skip
    rows[-1]["what is shuffled"] = "all of them together"
    rows += [
        {"what is shuffled": "none: the bars alone added up", cost: _told(told.added)},
        {
            "what is shuffled": f"none: {named(told.settings.model)} trained again without them",
            cost: _told(told.without),
            "ranking lost (points of AUC)": f"{told.without_points:.2f}".replace("-", "−"),
        },
        {"what is shuffled": "none: what its mistakes cost as it is", cost: f"{told.base:,.0f}"},
    ]
    return pd.DataFrame(rows).fillna("–")


def _told(gap: Gap) -> str:
    return give_or_take(gap.mean) if gap.n_moved else "no case differs"
