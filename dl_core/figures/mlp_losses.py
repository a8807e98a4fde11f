"""Training loss and test loss over the epochs, with the place where the test loss is lowest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, Spec, four_figures
from dl_core.figures.film import Film
from dl_core.figures.picture import (
    BLUE,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
    house_layout,
)
from dl_core.mlp_builder import Built, captions, loss_in_words
from dl_core.mlp_losses import Losses, losses, losses_takeaway

if TYPE_CHECKING:
    import pandas as pd

STEEP = 30.0  # largest loss over guessing: beyond it only a log axis shows anything


def loss_picture(built: Built) -> Picture:
    """Both curves, their gap, the lowest test loss, the stop by patience, and a film of the training.

    Examples
    --------
    >>> from dl_core.mlp_builder import Settings, story
    >>> loss_picture(story(Settings())).figure["layout"]["title"]["text"].partition(" after ")[2]
    '200 epochs, training loss 0.048'
    """
    told = losses(built)
    figure = house_drawing(_title(built, told))
    draw_curves(figure, built, x="x", y="y", room=0.26)
    _stop(figure, built, told)
    _gap(figure, told)
    if len(told.epochs) < 2:
        figure.add_annotation(
            xref="x domain", yref="y domain", x=0.5, y=0.5, showarrow=False, font={"color": INK, "size": 16},
            text="the numbers blew up at once: there is no curve to show",
        )  # fmt: skip
    film = Film(captions(built), grows=(0, 1))
    return Picture(figure, losses_summary(built), lambda: losses_table(told), film)


def _title(built: Built, told: Losses) -> str:
    ends = [loss_in_words(float(curve[-1])) for curve in (told.test, told.train)]
    if built.training.diverged:
        return f"The losses blew up {after_epoch(built.last_epoch)}"
    if told.rises:
        return f"From epoch {int(told.epochs[told.best]):,} on, the test loss rises"
    return f"Test loss {ends[0]} after {built.last_epoch:,} epochs, training loss {ends[1]}"


def after_epoch(epoch: int) -> str:
    """When, counted in epochs.

    >>> after_epoch(0), after_epoch(3)
    ('in the first epochs', 'after epoch 3')
    """
    return f"after epoch {epoch:,}" if epoch else "in the first epochs"


def losses_summary(built: Built) -> str:
    """What a sighted reader takes from the curves."""
    told = losses(built)
    starts = [loss_in_words(float(curve[0])) for curve in (told.train, told.test)]
    return (
        f"Two curves over {built.last_epoch:,} epochs. They begin at {starts[0]} for training rows "
        f"and {starts[1]} for test rows. The test loss is lowest near epoch {int(told.epochs[told.best]):,}. "
        f"{losses_takeaway(built).replace('**', '')}"
    )


def draw_curves(figure: Drawing, built: Built, *, x: str, y: str, room: float) -> None:
    """Both curves with their names at the end, the lowest test loss and what guessing costs.

    Parameters
    ----------
    x, y
        Names of the axes to draw on, such as ``x2``.
    room
        Share of the epochs, 0 to 1, left free at the right for the names.
    """
    told = losses(built)
    log = max(float(told.test.max()), float(told.train.max())) > STEEP * told.guess
    looks = (("training", told.train, BLUE, "solid"), ("test", told.test, VERMILLION, "dash"))
    for name, curve, colour, dash in looks:
        figure.add_scatter(
            x=told.epochs.tolist(), y=[four_figures(float(value)) for value in curve], xaxis=x, yaxis=y,
            mode="lines", name=f"{name} loss", line={"color": colour, "dash": dash, "width": 2.5},
            hovertemplate=f"epoch %{{x}}<br>{name} loss %{{y:.3g}}<extra></extra>",
        )  # fmt: skip
    _guess(figure, told, x, y)
    _lowest(figure, told, x, y, log=log)
    _names(figure, told, x, y, log=log)
    last = max(int(told.epochs[-1]), 1)
    top = max(float(told.test.max()), float(told.train.max()), told.guess)
    low = min(float(told.test.min()), float(told.train.min()), told.guess)
    ends = [0, four_figures(1.08 * top)]
    if log:
        ends = [round(math.log10(max(low, 1e-4)) - 0.1, 3), round(math.log10(top) + 0.1, 3)]
    figure.update_layout(**{
        _axis(x): {
            **_bare_axis(), "range": [0, four_figures(last * (1 + room))], "tickvals": _ticks(last),
        },
        _axis(y): {**_bare_axis(), "type": "log" if log else "linear", "range": ends, "nticks": 6},
    })  # fmt: skip
    figure.update_layout(**{
        _axis(x): {"title": {"text": "epochs, passes over the training rows"}},
        _axis(y): {"title": {"text": unit_of(built)}},
    })  # fmt: skip


def _bare_axis() -> Spec:
    axis: Spec = house_layout("")["xaxis"]
    return axis


def _ticks(last: int) -> list[int]:
    """Round numbers from 0 to the last epoch, at most six."""
    step = next(s * 10**k for k in range(5) for s in (1, 2, 5) if last <= 5 * s * 10**k)
    return list(range(0, last + 1, step))


def _axis(name: str) -> str:
    return f"{name[0]}axis{name[1:]}"


def unit_of(built: Built) -> str:
    """Which loss it is."""
    return "loss, mean cross-entropy" if built.is_classes else "loss, mean squared error"


def _up(value: float, *, log: bool) -> float:
    return math.log10(max(value, 1e-4)) if log else four_figures(value)


def _guess(figure: Drawing, told: Losses, x: str, y: str) -> None:
    figure.add_scatter(
        x=[0, int(told.epochs[-1])], y=[four_figures(told.guess)] * 2, xaxis=x, yaxis=y, mode="lines",
        name="guessing", line={"color": QUIET, "width": 1.5, "dash": "dot"},
        hovertemplate="guessing costs %{y:.3g}<extra></extra>",
    )  # fmt: skip


def _lowest(figure: Drawing, told: Losses, x: str, y: str, *, log: bool) -> None:
    """A ring around the lowest test loss, named where it is not the end."""
    at, value = int(told.epochs[told.best]), float(told.test[told.best])
    figure.add_scatter(
        x=[at], y=[four_figures(value)], xaxis=x, yaxis=y, mode="markers", name="lowest", hoverinfo="skip",
        marker={"size": 12, "color": PAPER, "line": {"color": INK, "width": 2.5}},
    )  # fmt: skip
    if told.rises and x != "x":  # where the title does not say it
        figure.add_annotation(
            x=at, y=_up(value, log=log), xref=x, yref=y, text=f"lowest: epoch {at:,}", showarrow=False,
            xanchor="left" if 6 * at < told.epochs[-1] else "center", yanchor="bottom", yshift=9,
            font={"color": INK, "size": 13},
        )  # fmt: skip


def _names(figure: Drawing, told: Losses, x: str, y: str, *, log: bool) -> None:
    """Names and last values at the ends of the curves and of the dotted line, apart from one another."""
    top = max(float(told.test.max()), float(told.train.max()), told.guess)
    ends = sorted(
        (
            (float(told.train[-1]), "training", WORDS[BLUE]),
            (float(told.test[-1]), "test", WORDS[VERMILLION]),
            (told.guess, "guessing", QUIET),
        )
    )
    shares = [
        math.log10(max(value, 1e-4)) / math.log10(max(top, 10)) if log else value / (1.08 * top)
        for value, _, _ in ends
    ]
    places: list[float] = []
    for share in shares:
        places.append(max(share, places[-1] + 0.075 if places else 0.04))
    for place, share, (value, name, ink) in zip(places, shares, ends, strict=True):
        figure.add_annotation(
            x=int(told.epochs[-1]), y=_up(value, log=log), xref=x, yref=y, xanchor="left", xshift=8,
            yshift=round(300 * (place - share), 1), showarrow=False,
            text=f"{name} <b>{loss_in_words(value)}</b>", font={"color": ink, "size": 14},
        )  # fmt: skip


def _stop(figure: Drawing, built: Built, told: Losses) -> None:
    """Where patience stopped the training, or would have."""
    if told.stop is None or built.training.diverged or not (told.rises or built.settings.plan.patience):
        return
    at = int(told.epochs[told.stop])
    was = built.training.stopped == "patience"
    figure.add_vline(at, line={"color": INK, "width": 1, "dash": "dash"})
    figure.add_annotation(
        x=at, y=1, yref="y domain", yanchor="top",
        xanchor="right" if was else "left", xshift=-6 if was else 6,
        showarrow=False, align="right" if was else "left", font={"color": INK, "size": 13},
        text=f"a patience of {told.patience} epochs<br>{'stopped' if was else 'would stop'} here",
    )  # fmt: skip


def _gap(figure: Drawing, told: Losses) -> None:
    """The gap at the end, where it is worth a word."""
    if told.gap < 0.15 * told.guess or told.test[-1] > STEEP * told.guess:
        return
    end, ends = (
        int(told.epochs[-1]),
        [four_figures(float(told.train[-1])), four_figures(float(told.test[-1]))],
    )
    figure.add_shape(type="line", x0=end, x1=end, y0=ends[0], y1=ends[1], line={"color": INK, "width": 1.5})
    figure.add_annotation(
        x=end, y=four_figures(sum(ends) / 2), xanchor="right", xshift=-8, showarrow=False,
        text=f"gap <b>{loss_in_words(told.gap)}</b>", font={"color": INK, "size": 14},
    )  # fmt: skip


def losses_table(told: Losses) -> pd.DataFrame:
    """Both losses at each snapshot."""
    import pandas as pd

    columns: Spec = {
        "epoch": told.epochs,
        "loss on training rows": told.train.round(4),
        "loss on test rows": told.test.round(4),
    }
    return pd.DataFrame(columns)
