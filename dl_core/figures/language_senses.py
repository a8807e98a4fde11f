"""A word between its two meanings: which one its neighbours, and its own numbers, lean to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
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
from dl_core.language.senses import Placed, Senses, takeaway
from dl_core.language.text import in_short

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 440
SIDES = ((BLUE, "", "right"), (VERMILLION, "/", "left"))


def between(told: Senses) -> Picture:
    """Bars to either side of the middle: words of both meanings, and the word itself between them.

    Examples
    --------
    >>> from dl_core.language.senses import Settings, story
    >>> between(story(Settings("bank"))).title.startswith("One “bank”, and it means money")
    True
    """
    figure = house_drawing(_title(told), height=HEIGHT)
    rows = [*told.first.near, told.word, *reversed(told.second.near)]
    reach = max(abs(one.lean) for one in rows)
    _bars(figure, told, rows)
    _names(figure, told, rows, reach)
    figure.add_shape(type="line", x0=0, x1=0, y0=-0.6, y1=len(rows) - 0.4, line={"color": INK, "width": 1.5})
    figure.update_yaxes(visible=False, range=[len(rows) + 0.5, -1.7])
    figure.update_xaxes(visible=False, range=[-1.75 * reach, 1.75 * reach])
    figure.update_layout(barmode="overlay", margin={"t": 46, "l": 8, "r": 8})
    return Picture(figure, _summary(told), lambda: _table(told))


def _title(told: Senses) -> str:
    if told.winner is None or told.loser is None:
        return f"One “{told.word.word}”, and it lies between {told.first.name} and {told.second.name}"
    return f"One “{told.word.word}”, and it means {told.winner.name}, not {told.loser.name}"


def _summary(told: Senses) -> str:
    return (
        f"Bars to the right are words nearer to {told.first.name}, bars to the left words nearer to "
        f"{told.second.name}; the word itself stands between them. {takeaway(told)}"
    )


def _bars(figure: Drawing, told: Senses, rows: list[Placed]) -> None:
    for is_right, (colour, pattern, _) in zip((True, False), SIDES, strict=True):
        places = [i for i, one in enumerate(rows) if (one.lean >= 0) == is_right and one is not told.word]
        figure.add_bar(
            orientation="h", name=(told.first if is_right else told.second).name, width=0.66, y=places,
            x=[round(rows[i].lean, 4) for i in places],
            customdata=[[rows[i].first, rows[i].second] for i in places],
            marker={
                "color": colour,
                "pattern": {"shape": pattern, "fgcolor": PAPER, "size": 8, "solidity": 0.16},
            },
            hovertemplate=f"{told.first.name} %{{customdata[0]:.2f}}, "
            f"{told.second.name} %{{customdata[1]:.2f}}<extra></extra>",
        )  # fmt: skip
    figure.add_bar(
        orientation="h", name=told.word.word, width=0.8, y=[rows.index(told.word)],
        x=[round(told.word.lean, 4)], marker={"color": ACCENT}, hovertemplate="%{x:.2f}<extra></extra>",
    )  # fmt: skip


def _names(figure: Drawing, told: Senses, rows: list[Placed], reach: float) -> None:
    for place, one in enumerate(rows):
        right, own = one.lean >= 0, one is told.word
        figure.add_annotation(
            x=round(one.lean, 4), y=place, showarrow=False, xanchor="left" if right else "right",
            xshift=6 if right else -6, text=f"<b>{one.word}</b>" if own else in_short(one.word),
            font={"size": 16 if own else 14, "color": ACCENT if own else INK},
        )  # fmt: skip
    for meaning, (colour, _, anchor), x in zip(
        (told.first, told.second), SIDES, (1.75 * reach, -1.75 * reach), strict=True
    ):
        arrow = (
            f"nearer to <b>{meaning.name}</b> →"
            if anchor == "right"
            else f"← nearer to <b>{meaning.name}</b>"
        )
        figure.add_annotation(
            x=x, y=-1.15, xanchor=anchor, showarrow=False, text=arrow,
            font={"size": 14, "color": WORDS[colour]},
        )  # fmt: skip
    figure.add_annotation(
        x=0, y=len(rows) + 0.05, showarrow=False, font={"size": 13, "color": QUIET},
        text=f"similarity to {told.first.name} minus similarity to {told.second.name}",
    )  # fmt: skip


def _table(told: Senses) -> pd.DataFrame:
    import pandas as pd

    rows = [*told.first.near, told.word, *reversed(told.second.near)]
    return pd.DataFrame(
        {
            "word": [one.word for one in rows],
            f"similarity to {told.first.name}": [f"{one.first:.3f}" for one in rows],
            f"similarity to {told.second.name}": [f"{one.second:.3f}" for one in rows],
        }
    )
