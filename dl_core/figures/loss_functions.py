"""What four losses charge for every answer a model can give, with the reader's own answer on each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, each_in_four, four_figures
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    GREEN,
    INK,
    PAPER,
    PURPLE,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.four_losses import CLIP
from dl_core.loss_functions import LossStory, View, in_coin_flips
from dl_core.numbers_in_words import two_figures

if TYPE_CHECKING:
    import pandas as pd

STYLES = {
    "cross-entropy": (BLUE, "solid", "circle"),
    "hinge": (VERMILLION, "dash", "square"),
    "squared": (GREEN, "dashdot", "triangle-up"),
    "absolute": (PURPLE, "dot", "diamond"),
}
TOP: dict[View, float] = {"coin flips": 8.2, "own numbers": 6.7, "push": 1.16}
AXIS: dict[View, str] = {
    "coin flips": "charge, in honest coin flips",
    "own numbers": "charge, each loss in its own numbers",
    "push": "how hard training pushes the score",
}
NEAR_THE_END = 0.02  # share on the truth
ROOM = 40.0  # percent points beside the worst answers, for the names of the lines
# where a line's name stands: percent on the wrong answer (None: at the line's worst end), height, shift in px
Place = tuple[float | None, float, int]
NAMES: dict[View, dict[str, Place]] = {
    "coin flips": {
        "cross-entropy": (None, 6.64, 0),
        "hinge": (None, 5.6, 0),
        "squared": (None, 3.92, 0),
        "absolute": (None, 1.98, 0),
    },
    "own numbers": {
        "cross-entropy": (None, 4.61, 0),
        "hinge": (None, 5.6, 0),
        "squared": (None, 0.98, -9),
        "absolute": (None, 0.99, 10),
    },
    "push": {
        "cross-entropy": (40.0, 0.44, 14),
        "hinge": (38.0, 1.0, 13),
        "squared": (68.0, 0.29, 13),
        "absolute": (72.0, 0.2, -14),
    },
}


def loss_curves(shown: LossStory) -> Picture:
    """Four curves over the model's answer, the reader's own answer marked on each.

    Parameters
    ----------
    shown
        From :func:`dl_core.loss_functions.story`.

    Examples
    --------
    >>> from dl_core.loss_functions import Settings, story
    >>> loss_curves(story(Settings())).figure["layout"]["title"]["text"]
    '99 % sure and wrong: 6.6 coin flips by cross-entropy, 2.0 by absolute loss'
    """
    figure = house_drawing(_title(shown), height=366)
    _lines(figure, shown)
    if shown.settings.view == "coin flips":
        _coin_flip(figure, shown)
    _answer(figure, shown)
    names_on_left = shown.settings.truth == "yes" and shown.settings.view != "push"
    names_on_right = shown.settings.truth == "no" and shown.settings.view != "push"
    figure.update_xaxes(
        title={"text": "the model’s share for yes (%)"},
        range=[-ROOM if names_on_left else -1.5, 100 + ROOM if names_on_right else 101.5],
        tickvals=[0, 20, 40, 60, 80, 100],
    )
    top = TOP[shown.settings.view]
    figure.update_yaxes(title={"text": AXIS[shown.settings.view]}, range=[-0.035 * top, top], nticks=6)
    figure.update_layout(margin={"t": 52})
    return Picture(figure, losses_summary(shown), lambda: _table(shown))


def _title(shown: LossStory) -> str:
    log, edge, square, plain = (two_figures(one.value) for one in shown.charges)
    if shown.settings.view == "push":
        return _push_title(shown)
    if shown.settings.view == "own numbers":
        return f"Cross-entropy {log}, hinge {edge}, squared {square}, absolute {plain}: four different rulers"
    if shown.ruled_out:
        return "Ruling out the truth has no finite price by cross-entropy"
    if shown.right == 0.5:
        return "At an honest coin flip all four losses meet"
    sure = f"{100 * max(shown.right, 1 - shown.right):.0f} % sure and"
    flips = shown.of("cross-entropy").coin_flips
    if shown.right > 0.5:
        return f"{sure} right: cross-entropy charges {in_coin_flips(flips)} of a coin flip"
    least = two_figures(shown.of("absolute").coin_flips)
    return f"{sure} wrong: {two_figures(flips)} coin flips by cross-entropy, {least} by absolute loss"


def _push_title(shown: LossStory) -> str:
    log, square = shown.of("cross-entropy").push, shown.of("squared").push
    if shown.right < 0.5 and square < log / 5:
        return "Sure and wrong: cross-entropy pushes hard, squared loss hardly at all"
    if max(log, square) < 0.02:
        return "Right answers are hardly pushed at all"
    return f"Cross-entropy pushes with {two_figures(log)}, squared loss with {two_figures(square)}"


def losses_summary(shown: LossStory) -> str:
    """What a sighted reader takes from the curves: every loss at the reader's answer."""
    view = shown.settings.view
    told = ", ".join(
        f"{one.loss.name} {two_figures(_height(shown, i))}" for i, one in enumerate(shown.charges)
    )
    where = f"At {shown.settings.yes_percent} % for yes, with {shown.settings.truth} as the truth"
    what = {"coin flips": "in coin flips", "own numbers": "each in its own numbers", "push": "as a push"}
    return f"Four losses against the model’s share for yes. {where}, {what[view]}: {told}."


def _height(shown: LossStory, place: int) -> float:
    one = shown.charges[place]
    return {"coin flips": one.coin_flips, "own numbers": one.value, "push": one.push}[shown.settings.view]


def _lines(figure: Drawing, shown: LossStory) -> None:
    """Each loss as a line with its name beside it."""
    view = shown.settings.view
    x = [round(float(one), 3) for one in shown.curves.yes_percent]
    for values, (name, (colour, dash, _)) in zip(shown.curves.shown(view), STYLES.items(), strict=True):
        figure.add_scatter(
            x=x,
            y=each_in_four(values),
            mode="lines",
            name=name,
            line={"color": colour, "dash": dash, "width": 3},
            hovertemplate=f"{name}: %{{y:.3g}}<br>yes with %{{x:.3g}} %<extra></extra>",
        )
        _name(figure, shown, name)


def _name(figure: Drawing, shown: LossStory, name: str) -> None:
    """The line's name; with the reader's number where the reader's answer is the worst there is."""
    wrong, height, shift = NAMES[shown.settings.view][name]
    to_the_right = shown.settings.truth == "no"
    text = name
    if wrong is None and 0 < shown.right <= NEAR_THE_END:
        height = _height(shown, list(STYLES).index(name))
        text = f"{name} <b>{two_figures(height)}</b>"
    outward = "left" if to_the_right else "right"
    share = 99.5 if wrong is None else wrong
    figure.add_annotation(
        x=share if to_the_right else 100 - share,
        y=height,
        text=text,
        showarrow=False,
        xanchor=outward if wrong is None else "center",
        yanchor="middle",
        xshift=(9 if to_the_right else -9) if wrong is None else 0,
        yshift=shift,
        font={"color": WORDS[STYLES[name][0]]},
    )


def _coin_flip(figure: Drawing, shown: LossStory) -> None:
    """Where all lines meet: the unit of this chart."""
    wrong_side = 1 if shown.settings.truth == "no" else -1
    figure.add_annotation(
        x=50,
        y=1,
        ax=-70 * wrong_side,
        ay=-74,
        text="an honest coin flip:<br>each loss charges 1",
        align="right" if wrong_side > 0 else "left",
        font={"color": QUIET, "size": 13},
        arrowcolor=QUIET,
        arrowwidth=1,
        arrowhead=0,
        standoff=4,
    )


def _answer(figure: Drawing, shown: LossStory) -> None:
    """The reader's answer: one line through all curves, and its point on each."""
    at, view = shown.settings.yes_percent, shown.settings.view
    top = TOP[view]
    figure.add_vline(x=at, line={"color": ACCENT, "width": 1.5, "dash": "dot"})
    left = at > 50
    figure.add_annotation(
        x=at,
        y=1,
        yref="paper",
        text=f"the answer: {at} % yes",
        showarrow=False,
        xanchor="right" if left else "left",
        yanchor="top",
        xshift=-6 if left else 6,
        font={"color": ACCENT, "size": 14},
    )
    for place, (name, (colour, _, symbol)) in enumerate(STYLES.items()):
        height = _height(shown, place)
        off = height > top
        figure.add_scatter(
            x=[at],
            y=[0.975 * top if off else four_figures(height)],
            mode="markers",
            name=f"{name}, your answer",
            marker={"color": colour, "symbol": symbol, "size": 12, "line": {"color": PAPER, "width": 1.5}},
            hovertemplate=f"{name}: {'no end' if off else two_figures(height)}<extra></extra>",
        )
    if shown.ruled_out and view != "push":
        figure.add_annotation(
            x=at,
            y=0.975 * top,
            text="no end: up and off the chart",
            showarrow=False,
            xanchor="right" if left else "left",
            yanchor="middle",
            xshift=-12 if left else 12,
            yshift=-22,
            font={"color": INK, "size": 13},
        )


def _table(shown: LossStory) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "loss": one.loss.name,
            "charge": f"no end; {two_figures(one.value)} when clipped at {CLIP:.0e}"
            if one.endless
            else f"{one.value:.3g}",
            "in coin flips": "no end" if one.endless else f"{one.coin_flips:.3g}",
            "slope on the score": f"{one.slope:.3g}",
            "charge for a coin flip": f"{one.loss.coin_flip:.3g}",
            "most it can charge": "no end" if math.isinf(one.loss.most) else f"{one.loss.most:g} coin flips",
        }
        for one in shown.charges
    )
