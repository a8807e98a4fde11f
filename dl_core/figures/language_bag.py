"""Two bags of words as a mirror: each word in the middle, and how often either text has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, cut, tint
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
from dl_core.language.bag import PIECE, Bags, Row, alike, pieces, takeaway
from dl_core.language.text import in_short

if TYPE_CHECKING:
    import pandas as pd

MOST = 10  # rows; a longer bag is cut, and says so
HEIGHT, TITLE = 410, 44  # pixels
HEAD, FOOT = 72, 80  # pixels above the rows for both texts, and below them for the scale
TALLEST = 58  # pixels of a row
FEW = 5  # rows that have room for large words
GAP, REACH = 0.21, 0.7  # of half the width: the words' column, and the longest bar
SCALE = 0.8  # half the scale's length, in the same unit
LINE, LINES = 19, 2  # letters of a line of a text above its bars, and lines
SAID = 60  # letters of a text in the summary
SIDES = ((-1, BLUE, "", "First text"), (1, VERMILLION, "/", "Second text"))
TABLE_ROWS = 500  # of the table; the longest bag has thousands


def mirror(told: Bags) -> Picture:
    """Both bags back to back: where they mirror each other, a model on counts sees no difference.

    Examples
    --------
    >>> from dl_core.language.bag import Settings, story
    >>> mirror(story(Settings())).title
    'Another order, yet both bags hold the same 3 words'
    """
    figure = house_drawing(_title(told), height=HEIGHT)
    shown = told.rows[:MOST]
    tall = HEIGHT - TITLE - 8
    step = min(TALLEST, (tall - HEAD - FOOT) / max(len(shown), 1))
    for words, (side, colour, _, name) in zip((told.first, told.second), SIDES, strict=True):
        _text(figure, words, side, colour, name)
    _bars(figure, shown, step)
    _words(figure, shown, step)
    _rest(figure, told, tall)
    _scale(figure, told, tall)
    figure.update_xaxes(visible=False, range=[-1, 1])
    figure.update_yaxes(visible=False, range=[-tall, 0])
    figure.update_layout(barmode="overlay", bargap=0, margin={"t": TITLE, "l": 8, "r": 8, "b": 8})
    return Picture(figure, _summary(told), lambda: _table(told))


def _title(told: Bags) -> str:
    if told.kind == "empty":
        return "Nothing to compare yet"
    if told.is_same:
        same = f"both bags hold the same {pieces(told, told.size)}"
        return f"Another order, yet {same}" if told.kind == "same bag" else same.capitalize()
    return f"{told.shared:,} of {pieces(told, told.size)} {'is' if told.shared == 1 else 'are'} in both bags"


def _text(figure: Drawing, words: tuple[str, ...], side: int, colour: str, name: str) -> None:
    """The text as it was written, in its order, above its side."""
    figure.add_annotation(
        x=side * (GAP + (1 - GAP) / 2), y=0, yanchor="top", showarrow=False, align="center",
        text=f"{name}<br><b>{'<br>'.join(_lines(words)) or '(no word yet)'}</b>",
        font={"color": WORDS[colour], "size": 15},
    )  # fmt: skip


def _lines(words: tuple[str, ...]) -> list[str]:
    """The first words with arrows between them, in short lines."""
    lines = [""]
    for place, word in enumerate(words):
        part = in_short(word) + (" → " if place + 1 < len(words) else "")
        if lines[-1] and len(lines[-1]) + len(part.rstrip(" →")) > LINE:
            if len(lines) == LINES:
                lines[-1] += "…"
                break
            lines.append("")
        lines[-1] += part
    return [line.rstrip() for line in lines if line]


def _bars(figure: Drawing, shown: tuple[Row, ...], step: float) -> None:
    most = max((max(left, right) for _, left, right in shown), default=1)
    for column, (side, colour, pattern, name) in enumerate(SIDES, 1):
        rows = [(place, int(row[column])) for place, row in enumerate(shown)]
        rows = [(place, count) for place, count in rows if count]
        if not rows:
            continue
        figure.add_bar(
            orientation="h", name=name, y=[_middle(place, step) for place, _ in rows],
            x=[round(side * REACH * count / most, 4) for _, count in rows], base=[side * GAP] * len(rows),
            width=[round(0.66 * step, 1)] * len(rows),
            marker={
                "color": colour,
                "pattern": {"shape": pattern, "fgcolor": PAPER, "size": 9, "solidity": 0.16},
            },
            customdata=[count for _, count in rows],
            hovertemplate="%{customdata} times<extra>" + name + "</extra>",
        )  # fmt: skip
        for place, count in rows:
            figure.add_annotation(
                x=round(side * (GAP + REACH * count / most), 4), y=_middle(place, step), showarrow=False,
                xanchor="left" if side > 0 else "right", xshift=5 * side, text=f"{count:,}",
                font={"color": WORDS[colour], "size": 13},
            )  # fmt: skip


def _middle(place: int, step: float) -> float:
    return round(-HEAD - step * (place + 0.5), 1)


def _words(figure: Drawing, shown: tuple[Row, ...], step: float) -> None:
    """In bold what both texts have."""
    large = 17 if len(shown) <= FEW else 14
    for place, (piece, left, right) in enumerate(shown):
        name = in_short(piece, 18 if " " in piece else 14)
        figure.add_annotation(
            x=0, y=_middle(place, step), showarrow=False, text=f"<b>{name}</b>" if left and right else name,
            font={"color": INK if left and right else QUIET, "size": large if len(name) < 12 else 13},
        )  # fmt: skip


def _rest(figure: Drawing, told: Bags, tall: float) -> None:
    more = told.size - MOST
    if more > 0:
        figure.add_annotation(
            x=0, y=-tall + FOOT - 8, yanchor="middle", showarrow=False, font={"color": QUIET, "size": 13},
            text=f"and {pieces(told, more)} more",
        )  # fmt: skip


def _scale(figure: Drawing, told: Bags, tall: float) -> None:
    """How alike both bags are, from nothing in common to the same mix."""
    if told.kind == "empty":
        return
    y, at = -tall + 24, SCALE * (2 * told.similarity - 1)
    figure.add_shape(type="line", x0=-SCALE, x1=SCALE, y0=y, y1=y, line={"color": QUIET, "width": 2})
    figure.add_shape(
        type="line", x0=-SCALE, x1=round(at, 4), y0=y, y1=y, line={"color": tint(ACCENT, 0.45), "width": 7}
    )
    figure.add_scatter(
        x=[round(at, 4)], y=[y], mode="markers", name="alike", hoverinfo="skip",
        marker={"symbol": "diamond", "size": 15, "color": ACCENT, "line": {"color": PAPER, "width": 1.5}},
    )  # fmt: skip
    side = "right" if at > SCALE / 2 else "left" if at < -SCALE / 2 else "center"
    figure.add_annotation(
        x=round(at, 4), y=y, yshift=20, showarrow=False, xanchor=side,
        text=f"<b>similarity {alike(told)}</b>",
        xshift={"right": 10, "left": -10, "center": 0}[side], font={"color": ACCENT, "size": 15},
    )  # fmt: skip
    for end, words, anchor in ((-SCALE, "0: nothing shared", "left"), (SCALE, "1: the same mix", "right")):
        figure.add_annotation(
            x=end, y=y, yshift=-16, xanchor=anchor, showarrow=False, text=words,
            font={"color": QUIET, "size": 13},
        )  # fmt: skip


def _summary(told: Bags) -> str:
    first, second = (cut(" ".join(words), SAID) or "nothing yet" for words in (told.first, told.second))
    return (
        f"Left of each {PIECE[told.settings.run]}: how often it stands in “{first}”. "
        f"Right: how often it stands in “{second}”. {takeaway(told).replace('**', '')}"
    )


def _table(told: Bags) -> pd.DataFrame:
    import pandas as pd

    rows = told.rows[:TABLE_ROWS] or (("", 0, 0),)
    names = PIECE[told.settings.run], "times in the first text", "times in the second text"
    return pd.DataFrame(dict(zip(names, zip(*rows, strict=True), strict=True)))
