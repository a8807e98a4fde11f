"""A flat map of groups of words, each with its own colour and mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    GREEN,
    PAPER,
    PURPLE,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.language.text import in_short
from dl_core.language.wordmap import Placed, Wordmap, takeaway

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 460
LOOKS = ((BLUE, "circle"), (VERMILLION, "square"), (GREEN, "triangle-up"), (PURPLE, "diamond"))
PLOT = (340, 360)  # pixels of the smallest plot that words must have room on: a phone's
LETTER, LINE, MARK = 7.4, 17, 3  # pixels: a letter, a line of words, half a mark's core
SIDES = {"top": (0, 1), "right": (1, 0), "left": (-1, 0), "bottom": (0, -1)}  # of a mark: across, up
Box = tuple[float, float, float, float]


def flat_map(told: Wordmap) -> Picture:
    """Each word a mark; as many are named as have room on a phone, all of them in the table.

    Examples
    --------
    >>> from dl_core.language.wordmap import Settings, story
    >>> flat_map(story(Settings())).figure["layout"]["yaxis"]["visible"]
    False
    """
    figure = house_drawing(_title(told), height=HEIGHT)
    _points(figure, told)
    x, y = _ranges(told)
    _words(figure, told, x, y)
    figure.update_xaxes(visible=False, range=x)
    figure.update_yaxes(visible=False, range=y)
    figure.update_layout(
        margin={"t": 46},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 0, "yanchor": "top", "font": {"size": 14}},
    )
    return Picture(figure, _summary(told), lambda: _table(told))


def _title(told: Wordmap) -> str:
    whole, flat = told.at_home, told.at_home_flat
    if flat.hits == whole.hits:
        return f"Alike words lie together: {whole.hits} of {whole.n} among their own kind"
    return f"Among their own kind: {whole.hits} of {whole.n} words, {flat.hits} on the flat map"


def _summary(told: Wordmap) -> str:
    groups = len(told.settings.groups)
    return f"A map of {len(told.placed)} words in {groups} kinds, each with a mark. {takeaway(told)}"


def _points(figure: Drawing, told: Wordmap) -> None:
    for group, (colour, symbol) in zip(told.settings.groups, LOOKS, strict=False):
        shown = [one for one in told.placed if one.group == group]
        figure.add_scatter(
            x=[one.x for one in shown], y=[one.y for one in shown], mode="markers", name=group,
            text=[one.word for one in shown], hovertemplate="%{text}<extra>" + group + "</extra>",
            marker={"color": colour, "symbol": symbol, "size": 10, "line": {"color": PAPER, "width": 1}},
        )  # fmt: skip
    if told.own:
        figure.add_scatter(
            x=[told.own.x], y=[told.own.y], mode="markers", name="your word", hoverinfo="skip",
            showlegend=False,
            marker={"color": ACCENT, "symbol": "star", "size": 18, "line": {"color": PAPER, "width": 1}},
        )  # fmt: skip


def _all(told: Wordmap) -> list[Placed]:
    return [*told.placed, *([told.own] if told.own else [])]


def _ranges(told: Wordmap) -> tuple[list[float], list[float]]:
    """Room at both sides for words."""
    x, y = [one.x for one in _all(told)], [one.y for one in _all(told)]
    wide, tall = max(x) - min(x), max(y) - min(y)
    return (
        [round(min(x) - 0.16 * wide, 4), round(max(x) + 0.16 * wide, 4)],
        [round(min(y) - 0.07 * tall, 4), round(max(y) + 0.09 * tall, 4)],
    )


def _words(figure: Drawing, told: Wordmap, x: list[float], y: list[float]) -> None:
    """The reader's word first, then each word that meets none before it."""
    taken: list[Box] = []
    spots = {one: (_share(one.x, x) * PLOT[0], _share(one.y, y) * PLOT[1]) for one in _all(told)}
    colours = {group: WORDS[colour] for group, (colour, _) in zip(told.settings.groups, LOOKS, strict=False)}
    for one in ([told.own] if told.own else []) + _in_turn(told):
        is_own, word = one is told.own, in_short(one.word)
        size = LETTER * len(word) * (1.25 if is_own else 1), LINE
        others = [spot for other, spot in spots.items() if other is not one]
        for side in ("top",) if is_own else SIDES:
            box = _box(spots[one], size, side)
            if is_own or (box[0] > 0 and box[2] < PLOT[0] and not _meets(box, taken, others)):
                break
        else:
            continue
        taken.append(box)
        across, up = SIDES[side]
        figure.add_annotation(
            x=one.x, y=one.y, showarrow=False, text=f"<b>{word}</b>" if is_own else word,
            xanchor=("right", "center", "left")[across + 1], yanchor=("top", "middle", "bottom")[up + 1],
            xshift=9 * across, yshift=(8 if is_own else 4) * up,
            font={"size": 16 if is_own else 13, "color": colours.get(one.group, ACCENT)},
        )  # fmt: skip


def _share(value: float, ends: list[float]) -> float:
    return (value - ends[0]) / (ends[1] - ends[0])


def _box(spot: tuple[float, float], size: tuple[float, float], side: str) -> Box:
    """Left, low, right and high of a word beside its mark."""
    across, up = SIDES[side]
    middle = spot[0] + across * (9 + size[0] / 2), spot[1] + up * (4 + size[1] / 2)
    return (
        middle[0] - size[0] / 2,
        middle[1] - size[1] / 2,
        middle[0] + size[0] / 2,
        middle[1] + size[1] / 2,
    )


def _meets(box: Box, taken: list[Box], spots: list[tuple[float, float]]) -> bool:
    """Whether words would lie on other words or on a mark."""
    marks = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in spots]
    return any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken + marks)


def _in_turn(told: Wordmap) -> list[Placed]:
    """One of each group, then the next of each: so every group is named."""
    groups = [[one for one in told.placed if one.group == name] for name in told.settings.groups]
    return [one for row in zip(*groups, strict=False) for one in row]


def _table(told: Wordmap) -> pd.DataFrame:
    import pandas as pd

    shown = _all(told)
    return pd.DataFrame(
        {
            "word": [one.word for one in shown],
            "kind": [one.group or "yours" for one in shown],
            "nearest kind, all numbers": [one.nearest for one in shown],
            "nearest kind, flat map": [one.nearest_flat for one in shown],
        }
    )
