"""Where a gap looks and what is guessed for it; or, as a map, where every word's gap looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    INK,
    PALE_BLUE,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.language.attend import Attended
from dl_core.language.attend_in_words import ALONE, NOTHING, hundredths, look_in_words, takeaway
from dl_core.language.head import HEADS, Floats
from dl_core.language.text import in_short

if TYPE_CHECKING:
    import pandas as pd

LOOKS, GUESSED = [0.0, 0.55], [0.68, 1.0]  # the two panels, as shares of the width
ROOM = 1.22  # of the scale's end: a bar's number stands behind it
LONGEST_NAME = 11  # letters of a word beside its row
HEIGHT, ROW_PX, FRAME_PX = 330, 23, 96
MAP_PX = 26  # a row of the map
TILTED_PX = 6  # what a letter of a tilted word takes in height
MOST_TILTED = 12  # columns with words over them; more have numbers
FARTHEST = 1.9  # rows from one guess to the next, at most
HEAT = [[0, PAPER], [1, VERMILLION]]
PALE = "#EBB48F"  # a look that is not the strongest


def attend_chart(shown: Attended) -> Picture:
    """The chosen gap's looks beside its guesses, or the map of all gaps.

    Parameters
    ----------
    shown
        From :func:`dl_core.language.attend.story`.

    Examples
    --------
    >>> from dl_core.language.attend import Settings, story
    >>> attend_chart(story(Settings(""))).title
    'No word yet'
    """
    if not shown.n:
        figure = house_drawing("No word yet", height=HEIGHT)
        figure.add_annotation(
            text=NOTHING, xref="paper", yref="paper", x=0.5, y=0.5, showarrow=False, font={"size": 16}
        )
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
        return Picture(figure, NOTHING, lambda: _table(shown))
    if shown.settings.view == "all":
        figure = _map(shown)
    else:
        figure = house_drawing(_title(shown), height=max(HEIGHT, ROW_PX * shown.n + FRAME_PX))
        figure.update_layout(xaxis2={**figure["layout"]["xaxis"]}, yaxis2={**figure["layout"]["yaxis"]})
        _looks(figure, shown)
        _guesses(figure, shown)
        _axes(figure, shown)
    return Picture(figure, _summary(shown), lambda: _table(shown))


def _title(shown: Attended) -> str:
    if shown.n == 1:
        return "One word alone: nothing to look at"
    return f"To fill the gap, head {shown.settings.head} {look_in_words(shown)}"


def _summary(shown: Attended) -> str:
    if shown.n == 1:
        return ALONE
    if shown.settings.view == "all":
        return (
            f"A map of {shown.n} by {shown.n} cells: in each row one word is hidden, and the redder a cell, "
            f"the more its gap looks at that word. {takeaway(shown)}"
        )
    return f"Bars for each word of the sentence, and bars of the five best guesses. {takeaway(shown)}"


def _end(shown: Attended, weights: Floats) -> int:
    """Where the scale of looks, and of guesses, ends: at half where nothing is longer."""
    return 50 if max(float(weights.max()), shown.guesses[0].share) <= 0.5 else 100


def _names(shown: Attended) -> list[str]:
    """Every word beside its row; one that was never learned has a question mark."""
    return [
        in_short(word, LONGEST_NAME) + ("" if known else " (?)")
        for word, known in zip(shown.words, shown.known, strict=True)
    ]


def _looks(figure: Drawing, shown: Attended) -> None:
    looks = [100 * float(share) for share in shown.looks]
    colours = [VERMILLION if at == shown.most else PALE for at in range(shown.n)]
    hatch = ["/" if at == shown.place else "" for at in range(shown.n)]
    figure.add_bar(
        x=[four_figures(one) for one in looks], y=list(range(shown.n)), orientation="h", width=0.66,
        name="looks", marker={"color": colours, "pattern": {"shape": hatch, "fgcolor": PAPER, "size": 6}},
        customdata=_names(shown),
        hovertemplate="%{customdata}: %{x:.3g} of 100<extra></extra>",
    )  # fmt: skip
    for at, share in enumerate(shown.looks):
        strong = at == shown.most
        figure.add_annotation(
            x=four_figures(looks[at]), y=at, xanchor="left", xshift=3, showarrow=False,
            text=f"<b>{hundredths(share)}</b>" if strong else _small(float(share)),
            font={"size": 15 if strong else 13, "color": WORDS[VERMILLION] if strong else QUIET},
        )  # fmt: skip


def _small(share: float) -> str:
    return f"{hundredths(share)}".replace("under 1", "<1").replace("<", "&lt;")


def _guesses(figure: Drawing, shown: Attended) -> None:
    """A word and its number over each bar, so that a long word needs no room at the side."""
    step = min(shown.n / len(shown.guesses), FARTHEST)
    for rank, guess in enumerate(shown.guesses):
        at = (rank + 0.5) * step - 0.5
        right = guess.word == shown.words[shown.place]
        figure.add_bar(
            x=[four_figures(100 * guess.share)], y=[four_figures(at + 0.16 * step)], orientation="h",
            width=four_figures(0.26 * step), name="guess", xaxis="x2", yaxis="y2",
            marker={"color": BLUE if right or rank == 0 else PALE_BLUE},
            hovertemplate=f"{in_short(guess.word)}: %{{x:.3g}} of 100<extra></extra>",
        )  # fmt: skip
        name = f"<b>{in_short(guess.word, LONGEST_NAME)}{' ✓' if right else ''}</b>"
        for text, x, anchor in ((name, 0, "left"), (_small(guess.share), 1, "right")):
            figure.add_annotation(
                text=text, xref="x2 domain", x=x, xanchor=anchor, yref="y2", y=four_figures(at), yshift=1,
                yanchor="bottom", showarrow=False,
                font={"size": 14, "color": WORDS[BLUE] if right else INK if anchor == "left" else QUIET},
            )  # fmt: skip


def _axes(figure: Drawing, shown: Attended) -> None:
    names = _names(shown)
    names[shown.place] = f'<b><span style="color:{ACCENT}">gap: {names[shown.place]}</span></b>'
    quiet, end = {"showgrid": False, "fixedrange": True}, _end(shown, shown.looks)
    rows = [shown.n - 0.45, -0.55]
    figure.update_layout(
        xaxis={"domain": LOOKS, "range": [0, ROOM * end], "visible": False, **quiet},
        yaxis={
            "tickvals": list(range(shown.n)), "ticktext": names, "range": rows, **quiet,
            "tickfont": {"color": INK, "size": 14},
        },
        xaxis2={"domain": GUESSED, "range": [0, end], "anchor": "y2", "visible": False, **quiet},
        yaxis2={"range": rows, "anchor": "x2", "visible": False, **quiet},
        margin={"t": 76},
    )  # fmt: skip
    heads = (("where it looks (of 100)", LOOKS[0]), ("guesses (of 100)", GUESSED[0]))
    for text, x in heads:
        figure.add_annotation(
            text=text, xref="paper", yref="paper", x=x, y=1, xanchor="left", yanchor="bottom", yshift=4,
            showarrow=False, font={"size": 13, "color": QUIET},
        )  # fmt: skip
    figure.update_layout(bargap=0, barmode="overlay")


def _map(shown: Attended) -> Drawing:
    title = f"{shown.n} words, {shown.pairs:,} pairs: where head {shown.settings.head} looks from each gap"
    if shown.n == 1:
        title = _title(shown)
    figure = house_drawing(title, height=max(HEIGHT, MAP_PX * shown.n + 150))
    names, weights = _names(shown), shown.weights[shown.settings.head - 1]
    end = 50 if weights.max() <= 0.5 else 100
    figure.add_heatmap(
        z=[[four_figures(100 * float(one)) for one in row] for row in weights],
        x=list(range(shown.n)), y=list(range(shown.n)), zmin=0, zmax=end, colorscale=HEAT, showscale=False,
        xgap=1, ygap=1, name="map",
        customdata=[[f"{names[row]} hidden, looks at {other}" for other in names] for row in range(shown.n)],
        hovertemplate="%{customdata}: %{z:.3g} of 100<extra></extra>",
    )  # fmt: skip
    figure.add_shape(
        type="rect", x0=-0.5, x1=shown.n - 0.5, y0=shown.place - 0.5, y1=shown.place + 0.5,
        line={"color": ACCENT, "width": 2.5},
    )  # fmt: skip
    many = shown.n > MOST_TILTED
    if many:
        names = [f"{at} {name}" for at, name in enumerate(names, 1)]
    marked = [f"<b>gap: {name}</b>" if at == shown.place else name for at, name in enumerate(names)]
    ticks = {"showgrid": False, "fixedrange": True, "tickfont": {"color": INK, "size": 13}}
    columns = list(range(0, shown.n, 2 if many else 1))
    figure.update_xaxes(
        **ticks, side="top", tickangle=0 if many else -45, range=[-0.55, shown.n - 0.45],
        tickvals=columns, ticktext=[str(at + 1) if many else names[at] for at in columns],
    )  # fmt: skip
    figure.update_yaxes(
        **ticks, range=[shown.n - 0.45, -0.55], tickvals=list(range(shown.n)), ticktext=marked
    )
    figure.add_annotation(
        text=f"row: this word is hidden; column: looked at; white 0, red {end} of 100",
        xref="paper", yref="paper", x=1, y=0, xanchor="right", yanchor="top", yshift=-6, showarrow=False,
        font={"size": 13, "color": QUIET},
    )  # fmt: skip
    figure.update_layout(margin={"b": 34, "t": 72 if many else 52 + TILTED_PX * max(map(len, names))})
    return figure


def _table(shown: Attended) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "hidden": f"{row + 1} {shown.words[row]}",
            "looked at": f"{other + 1} {shown.words[other]}",
            **{
                f"head {head + 1} (of 100)": round(100 * float(shown.weights[head, row, other]), 1)
                for head in range(HEADS)
            },
        }
        for row in range(shown.n)
        for other in range(shown.n)
    ]
    columns = ["hidden", "looked at", *(f"head {head + 1} (of 100)" for head in range(HEADS))]
    return pd.DataFrame(rows, columns=columns)
