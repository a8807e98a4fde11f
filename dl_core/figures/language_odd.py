"""Each word's mean likeness to the others: the odd one out has the shortest bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.language.odd import Odd, takeaway
from dl_core.language.text import in_short
from dl_core.numbers_in_words import two_places

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 360


def odd_bars(found: Odd) -> Picture:
    """One bar for each word; the odd one is striped and named.

    Examples
    --------
    >>> from dl_core.language.odd import Settings, story
    >>> odd_bars(story(Settings("one word"))).title
    'Too few words to compare'
    """
    figure = house_drawing(_title(found), height=HEIGHT)
    if found.state == "few":
        figure.update_xaxes(visible=False, range=[0, 1])
        figure.update_yaxes(visible=False, range=[0, 1])
        figure.add_annotation(
            x=0.5, y=0.5, showarrow=False, text="nothing to compare", font={"size": 15, "color": QUIET}
        )
    else:
        _bars(figure, found)
    return Picture(figure, _summary(found), lambda: _table(found))


def _title(found: Odd) -> str:
    if found.state == "few":
        return "Too few words to compare"
    if found.state == "tie":
        return f"“{found.words[0]}” and “{found.words[1]}” tie"
    odd, following = (two_places(mean) for mean in found.means[:2])
    return f"“{found.words[0]}” is the odd one: {odd} against {following}"


def _summary(found: Odd) -> str:
    rows = ", ".join(
        f"{word} {two_places(mean)}" for word, mean in zip(found.words, found.means, strict=False)
    )
    return (
        f"Bars of mean similarity to the other words: {rows}. {takeaway(found)}" if rows else takeaway(found)
    )


def _bars(figure: Drawing, found: Odd) -> None:
    """The odd one below, where the eye ends."""
    rows = list(enumerate(zip(found.words[::-1], found.means[::-1], strict=True)))
    is_odd = [found.state == "found" and place == len(rows) - 1 for place, _ in rows]
    for odd in (False, True):
        shown = [row for row, yes in zip(rows, is_odd, strict=True) if yes == odd]
        if not shown:
            continue
        figure.add_bar(
            orientation="h", name="odd one" if odd else "the others", width=0.62,
            y=[place for place, _ in shown], x=[mean for _, (_, mean) in shown],
            hovertemplate="%{x:.2f}<extra></extra>",
            marker={
                "color": VERMILLION if odd else BLUE,
                "pattern": {"shape": "/" if odd else "", "fgcolor": PAPER, "size": 8, "solidity": 0.2},
            },
        )  # fmt: skip
    for (place, (_, mean)), odd in zip(rows, is_odd, strict=True):
        figure.add_annotation(
            x=max(mean, 0), y=place, xanchor="left", xshift=6, showarrow=False,
            text=f"<b>{two_places(mean)} odd one out</b>" if odd else two_places(mean),
            font={"size": 14, "color": WORDS[VERMILLION] if odd else INK},
        )  # fmt: skip
    figure.update_yaxes(
        range=[len(rows) - 0.45, -0.55], tickvals=list(range(len(rows))), showgrid=False,
        ticktext=[in_short(word) for _, (word, _) in rows], tickfont={"size": 15, "color": INK},
    )  # fmt: skip
    low = min(0.0, *found.means)
    figure.update_xaxes(
        range=[low - 0.02, 1], tickvals=[0, 0.5, 1], showgrid=False,
        title={"text": "mean similarity to the others"},
    )  # fmt: skip
    figure.update_layout(barmode="overlay", margin={"t": 46})


def _table(found: Odd) -> pd.DataFrame:
    import pandas as pd

    columns: dict[str, list[str]] = {"word": list(found.words)}
    if found.means:
        columns["mean similarity to the others"] = [two_places(mean) for mean in found.means]
    for place, row in enumerate(found.table):
        columns[f"with {found.words[place]}"] = [
            "" if i == place else two_places(value) for i, value in enumerate(row)
        ]
    return pd.DataFrame(columns)
