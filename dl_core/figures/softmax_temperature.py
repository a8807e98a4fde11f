"""Three scores as shares, with what each possible truth would cost over its bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.picture import BLUE, INK, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import number, two_figures
from dl_core.softmax_temperature import CLASSES, SoftmaxTemperature, in_words, takeaway

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 0.62
TOP = 132.0  # percent, with room for the words over a full bar


def temperature_bars(shown: SoftmaxTemperature) -> Picture:
    """A bar for each class's share, its loss if it were the truth, and where it stands at temperature 1.

    Examples
    --------
    >>> from dl_core.softmax_temperature import Settings, story
    >>> temperature_bars(story(Settings())).figure["layout"]["title"]["text"]
    'Cat gets 66 %; if it is a ship, that costs 2.3'
    """
    figure = house_drawing(_title(shown))
    best = max(shown.shares)
    figure.add_bar(
        x=list(CLASSES),
        y=[four_figures(100 * share) for share in shown.shares],
        width=WIDTH,
        marker={
            "color": BLUE,
            "pattern": {
                "shape": ["" if share == best else "/" for share in shown.shares],
                "size": 7,
                "solidity": 0.3,
            },
        },
        hovertemplate="%{x}: %{y:.3g} %<extra></extra>",
    )
    for place in range(len(CLASSES)):
        _words(figure, shown, place)
        if shown.settings.temperature != 1:
            _plain(figure, shown, place)
    figure.update_xaxes(
        tickvals=list(CLASSES),
        ticktext=[
            f"{name}<br>score {number(score)}"
            for name, score in zip(CLASSES, shown.settings.scores, strict=True)
        ],
        tickfont={"size": 14, "color": INK},
        showgrid=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        title={"text": "share (%)"}, range=[0, TOP], tickvals=[0, 25, 50, 75, 100], fixedrange=True
    )
    return Picture(figure, temperature_summary(shown), lambda: _table(shown))


def _title(shown: SoftmaxTemperature) -> str:
    best, least = shown.answer, shown.least
    if best == least:
        return f"Equal scores: {in_words(shown.shares[0])} each, at every temperature"
    return (
        f"{CLASSES[best].capitalize()} gets {in_words(shown.shares[best])}; "
        f"if it is a {CLASSES[least]}, that costs {two_figures(shown.losses[least])}"
    )


def temperature_summary(shown: SoftmaxTemperature) -> str:
    """What a sighted reader takes from the bars: each share with its price, then the live sentence."""
    first, *others = zip(CLASSES, shown.shares, shown.losses, strict=True)
    told = f"{first[0].capitalize()} gets {in_words(first[1])} (loss {two_figures(first[2])} if true)"
    for name, share, loss in others:
        told += f", {name} {in_words(share)} ({two_figures(loss)})"
    return f"Three bars of shares. {told}. {takeaway(shown)}"


def _words(figure: Drawing, shown: SoftmaxTemperature, place: int) -> None:
    """Share and price over a bar; over the mark of temperature 1 where that stands higher."""
    share, loss = shown.shares[place], shown.losses[place]
    height = 100 * max(share, shown.plain_shares[place] if shown.settings.temperature != 1 else 0)
    cost = "almost 0" if loss < 1e-4 else two_figures(loss)
    figure.add_annotation(
        x=CLASSES[place],
        y=height,
        text=f"<b>{in_words(share)}</b><br>if true, costs <b>{cost}</b>",
        showarrow=False,
        yanchor="bottom",
        yshift=4,
        font={"color": WORDS[VERMILLION] if place == shown.least else INK, "size": 14},
    )


def _plain(figure: Drawing, shown: SoftmaxTemperature, place: int) -> None:
    """Where this bar would end at temperature 1."""
    height = 100 * shown.plain_shares[place]
    figure.add_shape(
        type="line",
        x0=place - 0.42,
        x1=place + 0.42,
        y0=height,
        y1=height,
        line={"color": QUIET, "width": 2, "dash": "dash"},
    )
    if place == len(CLASSES) - 1:
        figure.add_annotation(
            x=1,
            xref="paper",
            y=1,
            yref="paper",
            text="dashes: at temperature 1",
            showarrow=False,
            xanchor="right",
            yanchor="top",
            font={"color": QUIET, "size": 13},
        )


def _table(shown: SoftmaxTemperature) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "class": name,
            "score": f"{score:g}",
            f"share at temperature {shown.settings.temperature:g}": in_words(share),
            "loss if this is the truth": f"{loss:.3g}",
            "share at 1": in_words(plain),
        }
        for name, score, share, loss, plain in zip(
            CLASSES, shown.settings.scores, shown.shares, shown.losses, shown.plain_shares, strict=True
        )
    )
