"""Mean loss on real digits against the temperature, for a too sure and a too timid model."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.picture import ACCENT, BLUE, PAPER, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import percent, two_figures
from dl_core.softmax_temperature import COLDEST, WARMEST
from dl_core.temperature_measured import (
    BLIND,
    AtTemperature,
    Model,
    TemperatureMeasured,
    takeaway,
)

if TYPE_CHECKING:
    import pandas as pd

TOP = 1.75  # of the loss axis; the too sure model's cold end is far above
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10)


def temperature_curves(shown: TemperatureMeasured) -> Picture:
    """Two curves with their lowest points, and the reader's temperature through both.

    Examples
    --------
    >>> from dl_core.temperature_measured import Settings, story
    >>> temperature_curves(story(Settings())).figure["layout"]["title"]["text"]
    'The too sure model needs temperature 1.8, the too timid one 0.64'
    """
    sure, timid = shown.sure.model, shown.timid.model
    figure = house_drawing(_title(shown))
    _curve(figure, sure, VERMILLION, "dash", "square")
    _curve(figure, timid, BLUE, "solid", "circle")
    _name(figure, f"<b>too sure</b>: {sure.n_digits} digits,<br>weights free", 0.31, 1.42, VERMILLION)
    _name(figure, f"<b>too timid</b>: {timid.n_digits} digits,<br>weights held", 0.105, 0.68, BLUE)
    _readers_temperature(figure, shown)
    figure.update_xaxes(
        type="log",
        title={"text": "temperature that scores are divided by"},
        tickvals=list(TICKS),
        ticktext=[f"{at:g}" for at in TICKS],
        range=[math.log10(COLDEST) - 0.03, math.log10(WARMEST) + 0.03],
    )
    figure.update_yaxes(title={"text": "mean loss, validation digits"}, range=[0, TOP], nticks=6)
    return Picture(figure, measured_summary(shown), lambda: _table(shown))


def _title(shown: TemperatureMeasured) -> str:
    sure, timid = (two_figures(one.model.best) for one in (shown.sure, shown.timid))
    return f"The too sure model needs temperature {sure}, the too timid one {timid}"


def measured_summary(shown: TemperatureMeasured) -> str:
    """What a sighted reader takes from the curves: both valleys, and the reader's place."""
    sure, timid = shown.sure.model, shown.timid.model
    return (
        f"Mean loss against temperature: two valleys, lowest at {two_figures(sure.best)} and at "
        f"{two_figures(timid.best)}. {takeaway(shown)}"
    )


def _curve(figure: Drawing, model: Model, colour: str, dash: str, symbol: str) -> None:
    """One model's valley and its lowest point."""
    points = [(at, loss) for at, loss in model.curve if loss <= 1.2 * TOP]
    figure.add_scatter(
        x=[four_figures(at) for at, _ in points],
        y=[four_figures(loss) for _, loss in points],
        mode="lines",
        name=model.name,
        line={"color": colour, "dash": dash, "width": 3},
        hovertemplate="temperature %{x:.2g}: loss %{y:.2g}<extra></extra>",
    )
    least = model.validation.mean_loss(model.best)
    figure.add_scatter(
        x=[four_figures(model.best)],
        y=[four_figures(least)],
        mode="markers",
        name="lowest",
        marker={"color": PAPER, "symbol": symbol, "size": 12, "line": {"color": colour, "width": 2.5}},
        hovertemplate=f"lowest: {two_figures(least)} at temperature {two_figures(model.best)}<extra></extra>",
    )
    figure.add_annotation(
        x=math.log10(model.best),
        y=least,
        text=f"best at {two_figures(model.best)}",
        showarrow=False,
        yanchor="bottom",
        yshift=10,
        font={"color": WORDS[colour], "size": 14},
    )


def _name(figure: Drawing, text: str, x: float, y: float, colour: str) -> None:
    figure.add_annotation(
        x=math.log10(x),
        y=y,
        text=text,
        showarrow=False,
        xanchor="left",
        yanchor="middle",
        align="left",
        font={"color": WORDS[colour]},
    )


def _readers_temperature(figure: Drawing, shown: TemperatureMeasured) -> None:
    at = shown.settings.temperature
    figure.add_vline(x=at, line={"color": ACCENT, "width": 1.5, "dash": "dot"})
    for one, symbol in ((shown.sure, "square"), (shown.timid, "circle")):
        figure.add_scatter(
            x=[at],
            y=[four_figures(min(one.loss, 0.985 * TOP))],
            mode="markers",
            name="at your temperature",
            marker={"color": ACCENT, "symbol": symbol, "size": 10, "line": {"color": PAPER, "width": 1.5}},
            hovertemplate=f"loss {two_figures(one.loss)} at temperature {at:g}<extra></extra>",
        )
    right = at > 2
    figure.add_annotation(
        x=math.log10(at),
        y=TOP,
        text=f"yours: {at:g}",
        showarrow=False,
        xanchor="right" if right else "left",
        yanchor="top",
        xshift=-6 if right else 6,
        font={"color": ACCENT, "size": 14},
    )


def _table(shown: TemperatureMeasured) -> pd.DataFrame:
    import pandas as pd

    at = f"{shown.settings.temperature:g}"
    return pd.DataFrame(
        {
            "model": one.model.name,
            "digits to learn from": one.model.n_digits,
            f"mean loss at {at}": f"{one.loss:.3g}",
            f"answers above a blind guess ({BLIND:.2f})": _dear(one),
            f"their part of the loss at {at}": percent(one.dear_share),
            "best temperature": two_figures(one.model.best),
            "mean loss there": f"{one.model.validation.mean_loss(one.model.best):.3g}",
            "test loss at 1": f"{one.model.test.mean_loss(1.0):.3g}",
            "test loss at the best": f"{one.model.test.mean_loss(one.model.best):.3g}",
        }
        for one in (shown.sure, shown.timid)
    )


def _dear(one: AtTemperature) -> str:
    return f"{one.n_dear} of {len(one.model.validation.labels)}"
