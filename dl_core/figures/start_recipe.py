"""One template, and how far off it is with the reader's numbers, with learned ones and with no clue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import ACCENT, BLUE, INK, QUIET, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import number
from dl_core.start.recipe import Filled, Recipe, columns_in_words, points, takeaway

if TYPE_CHECKING:
    import pandas as pd

BLANK = "▢"
NAMES = ("Your numbers", "Learned", "No clue")
INKS = (ACCENT, BLUE, QUIET)
STRIPES = ("", "", "/")  # a second cue beside the colour
ROOM = 1.42  # of the widest bar, for the words at its end
TALL = 3.1  # rows, of which the uppermost is the template


def recipe_picture(told: Recipe) -> Picture:
    """The template above, and below it a bar for each way to fill it.

    Examples
    --------
    >>> from dl_core.start.recipe import Settings, story
    >>> recipe_picture(story(Settings())).title
    'Off by 66 points with no clue, 56 by your rule, 48 when learned'
    """
    figure = house_drawing(_title(told))
    wide = told.average.miss * ROOM
    _line(figure, 3.05, "<b>1  The template</b>", INK)
    _line(figure, 2.78, template_in_words(told), INK, size=16)
    _line(figure, 2.36, "<b>2  The numbers in its blanks</b>", INK)
    for row, (name, filled) in enumerate(zip(NAMES, _rows(told), strict=True)):
        _bar(figure, told, row, name, filled, wide)
    figure.update_xaxes(
        range=[0, wide], nticks=5,
        title={"text": "mean miss of the illness score, patients kept aside (points)"},
        fixedrange=True, showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[-0.5, TALL], fixedrange=True)
    figure.update_layout(margin={"t": 56}, barmode="overlay", meta={"narrow_height": 420})
    return Picture(figure, f"{takeaway(told)} {_whose(told)}", lambda: _table(told))


def _rows(told: Recipe) -> tuple[Filled, Filled, Filled]:
    return told.by_hand, told.learned, told.average


def _title(told: Recipe) -> str:
    mine, best, average = (points(one.miss) for one in _rows(told))
    if told.settings.template == "wrong":
        return f"The wrong clues: off by {best} points learned, {average} with no clue"
    if told.is_learned:
        return f"Off by {average} points with no clue, {best} with learned numbers"
    return f"Off by {average} points with no clue, {mine} by your rule, {best} when learned"


def template_in_words(told: Recipe) -> str:
    """The template with empty blanks.

    >>> from dl_core.start.recipe import Settings, story
    >>> template_in_words(story(Settings()))
    'score = ▢ + ▢ × body mass + ▢ × pressure'
    """
    first, second = columns_in_words(told.template)
    start = f"{BLANK} + " if told.template.has_start else ""
    return f"score = {start}{BLANK} × {first} + {BLANK} × {second}"


def filled_in_words(told: Recipe, filled: Filled) -> str:
    """The template with these numbers in its blanks.

    >>> from dl_core.start.recipe import Settings, story
    >>> told = story(Settings("clues", -200, 8, 1.5))
    >>> filled_in_words(told, told.by_hand), filled_in_words(told, told.average)
    ('−200 + 8 × body mass + 1.5 × pressure', '155 for everybody')
    """
    start, first, second = filled.blanks
    if filled is told.average:
        return f"{number(round(start))} for everybody"
    parts = [(start, "")] if told.template.has_start else []
    parts += [
        (blank, f" × {name}")
        for blank, name in zip((first, second), columns_in_words(told.template), strict=True)
    ]
    told_so_far = ""
    for blank, thing in parts:
        written = number(_rounded(blank))
        if told_so_far:
            written = f" {'−' if written.startswith('−') else '+'} {written.removeprefix('−')}"
        told_so_far += written + thing
    return told_so_far


def _rounded(blank: float) -> float:
    return round(blank) if abs(blank) >= 20 else round(blank, 2)


def _line(figure: Drawing, y: float, text: str, colour: str, size: int = 14) -> None:
    figure.add_annotation(
        x=0, y=y, text=text, showarrow=False, xanchor="left", xshift=-3, yanchor="middle",
        font={"color": colour, "size": size},
    )  # fmt: skip


def _bar(figure: Drawing, told: Recipe, row: int, name: str, filled: Filled, wide: float) -> None:
    """One way to fill the blanks; a bar that leaves the picture ends at its edge, and its number says so."""
    y, ink = 1.62 - 0.86 * row, INKS[row]
    reach = min(filled.miss, 0.8 * wide)
    is_whole = reach == filled.miss
    figure.add_bar(
        orientation="h", x=[round(reach, 2)], y=[y], width=0.3, name=name,
        marker={"color": ink, "pattern": {"shape": STRIPES[row], "fgcolor": "#FFFFFF", "size": 7}},
        error_x={
            "type": "data", "array": [round(filled.half, 2)], "color": INK, "thickness": 1.5, "width": 4,
            "visible": is_whole,
        },
        hovertemplate=f"{name}: {filled.miss:.1f} points off, ± {filled.half:.1f}<extra></extra>",
    )  # fmt: skip
    text = f"<b>{name}</b>  {filled_in_words(told, filled)}"
    _line(figure, y + 0.31, text, WORDS.get(ink, ink))
    figure.add_annotation(
        x=round(reach + (filled.half if is_whole else 0), 2), y=y, xanchor="left", xshift=7, showarrow=False,
        text=f"<b>{points(filled.miss)}</b>" + ("" if is_whole else " →"),
        font={"color": WORDS.get(ink, ink), "size": 16},
    )  # fmt: skip


def _whose(told: Recipe) -> str:
    low, high = points(told.average.miss - told.average.half), points(told.average.miss + told.average.half)
    return f"The lines on the bars are 95 % ranges; that of the average is {low} to {high}."


def _table(told: Recipe) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "who fills the blanks": name,
            "score in a year": filled_in_words(told, filled),
            "mean miss (points)": round(filled.miss, 1),
            "95 % range (points)": f"{filled.miss - filled.half:.1f} to {filled.miss + filled.half:.1f}",
        }
        for name, filled in zip(NAMES, _rows(told), strict=True)
    )
