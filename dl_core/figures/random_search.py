"""The best loss so far of random tries and of gradient descent, look by look."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.digits import N_CLASSES
from dl_core.figures.drawing import Drawing, each_in_four
from dl_core.figures.film import Film
from dl_core.figures.picture import BLUE, INK, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import percent, so_many, two_figures
from dl_core.random_search import TRIES, Luck, percent_fine, takeaway

if TYPE_CHECKING:
    import pandas as pd

MOST = math.log10(max(TRIES))  # the axis ends here whatever the setting: a longer search is only longer
ROOM = 1.5  # decades right of it, for words
BLIND = math.log(N_CLASSES)  # loss of guessing blindly among ten


def luck_against_descent(told: Luck) -> Picture:
    """Two curves on a log axis of looks; what random search gave on photos stands beside them.

    Examples
    --------
    >>> from dl_core.random_search import Settings, story
    >>> luck_against_descent(story(Settings())).figure["layout"]["title"]["text"]
    'After 1,000 looks: loss 2.2 by luck, 0.073 by gradient descent'
    """
    figure = house_drawing(_title(told))
    for name, values, colour, dash in (
        ("random tries", told.luck, VERMILLION, "dash"),
        ("gradient descent", told.descent, BLUE, "solid"),
    ):
        figure.add_scatter(
            x=list(told.looks),
            y=each_in_four(values),
            mode="lines+markers" if len(told.looks) < 4 else "lines",
            name=name,
            line={"color": colour, "dash": dash, "width": 3.5},
            hovertemplate=f"{name}<br>%{{x:,}} looks: loss %{{y:.3g}}<extra></extra>",
        )
    _ends(figure, told)
    _photos(figure, told)
    figure.update_xaxes(
        type="log",
        title={"text": f"looks at all {told.n_train} training digits"},
        range=[-0.06, MOST + ROOM],
        tickvals=[1, 10, 100, 1000],
        ticktext=["1", "10", "100", "1,000"],
    )
    figure.update_yaxes(
        title={"text": "best loss so far"}, range=[0, 2.95], tickvals=[0, 0.5, 1, 1.5, 2, 2.5]
    )
    figure.update_layout(margin={"t": 56})
    return Picture(figure, takeaway(told), lambda: _table(told), _film(told))


def _title(told: Luck) -> str:
    luck, descent = two_figures(told.luck[-1]), two_figures(told.descent[-1])
    return f"After {so_many(told.looks[-1], 'look')}: loss {luck} by luck, {descent} by gradient descent"


def _ends(figure: Drawing, told: Luck) -> None:
    """At each line's end: whose it is, and how many of the kept-aside digits it reads."""
    luck, descent = told.luck[-1], told.descent[-1]
    above = luck > BLIND  # its words keep off the line of blind guessing
    places: tuple[tuple[str, float, float, str, str], ...] = (
        ("random tries", luck + (0.05 if above else -0.06), told.luck_right.value, VERMILLION,
         "bottom" if above else "top"),
        ("gradient descent", max(descent - 0.06 * (descent > 1.8), 0.22), told.descent_right.value, BLUE,
         "top" if descent > 1.8 else "middle"),
    )  # fmt: skip
    for name, height, right, colour, anchor in places:
        figure.add_annotation(
            x=math.log10(told.looks[-1]),
            y=height,
            text=f"<b>{name}</b><br>{percent(right)} read correctly",
            showarrow=False,
            xanchor="left",
            yanchor=anchor,
            align="left",
            xshift=9,
            font={"color": WORDS[colour], "size": 14},
        )


def _photos(figure: Drawing, told: Luck) -> None:
    """Right of the curves: the same search on real photos. And the line of blind guessing."""
    plain, centred = told.photos
    figure.add_annotation(
        x=MOST,
        y=1.14,
        text=f"<b>luck on CIFAR-10</b><br>ours {percent(plain.score.value)}, "
        f"centred {percent(centred.score.value)}<br>CS231n {percent_fine(told.published)}, "
        f"guessing {percent(1 / N_CLASSES)}",
        showarrow=False,
        xanchor="left",
        align="left",
        xshift=9,
        font={"color": INK, "size": 14},
    )
    figure.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        y0=BLIND,
        y1=BLIND,
        line={"color": QUIET, "width": 1.2, "dash": "dot"},
    )
    figure.add_annotation(
        xref="paper",
        x=1,
        y=BLIND,
        text=f"blind guessing: {two_figures(BLIND)}",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        yshift=2,
        font={"color": QUIET, "size": 13},
    )


def _film(told: Luck) -> Film | None:
    if len(told.looks) < 2:
        return None
    captions = tuple(
        f"{so_many(n, 'look')}: random tries {two_figures(luck)}, gradient descent {two_figures(descent)}."
        for n, luck, descent in zip(told.looks, told.luck, told.descent, strict=True)
    )
    return Film(captions, grows=(0, 1))


def _table(told: Luck) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "looks at the training pile": told.looks,
            "best loss of random tries": [round(one, 4) for one in told.luck],
            "loss of gradient descent": [round(one, 4) for one in told.descent],
        }
    )
