"""Ten starts of one plan side by side, and what one test pile alone leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures, tint
from dl_core.figures.picture import ACCENT, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.mlp_spread import Spread, takeaway
from dl_core.mlp_unseen import amount

if TYPE_CHECKING:
    import pandas as pd

AGAIN, FIRST_NEW = 1.4, 2.9  # places of the own start's second run and of the first new start; its first is 0
TALLEST = 2.0  # times the guesser's error: what is worse is drawn there, as a cross


def spread_picture(told: Spread) -> Picture:
    """A dot for each start; the own one with its 95 % interval, and once more beside it.

    Examples
    --------
    >>> from dl_core.mlp_builder import Settings
    >>> from dl_core.mlp_spread import story
    >>> spread_picture(story(Settings())).figure["layout"]["title"]["text"]
    'Ten starts of one plan lie 1 point apart'
    """
    figure = house_drawing(_title(told))
    places = [0.0, *(FIRST_NEW + more for more in range(len(told.starts) - 1))]
    _band(figure, told)
    _own(figure, told)
    _new(figure, told, places)
    low, high = _range(told)
    last = FIRST_NEW + 8
    figure.update_xaxes(
        tickvals=[0, AGAIN, *places[1:]], range=[-0.9, last + 0.7], showgrid=False, tickangle=0,
        ticktext=["yours", "again", *(str(start.seed) for start in told.starts[1:])],
        title={"text": "start: yours, the same again, and new ones"},
    )  # fmt: skip
    unit = f", {told.own.unit}" if told.own.unit else ""
    label = "unseen rows right, %" if told.own.is_share else f"typical error on unseen rows{unit}"
    figure.update_yaxes(
        title={"text": label},
        range=[low, high], nticks=6,
    )  # fmt: skip
    return Picture(figure, spread_summary(told), lambda: _table(told))


def _title(told: Spread) -> str:
    n = len(told.starts)
    if n < 2:
        return "One start says nothing about luck"
    count = "Ten" if n == 10 else str(n)
    if told.apart == 0:
        return f"{count} starts of one plan get the same score"
    return f"{count} starts of one plan lie {told.apart_in_words} apart"


def on_axis(value: float, guess: float, *, is_share: bool) -> float:
    """Where a score lies on the axis: in percent, or the error; one that is off the picture lies on its edge.

    Parameters
    ----------
    value
        A share of 0 to 1, or an error in its unit.
    guess
        The same for guessing.
    is_share
        Which of the two.

    Examples
    --------
    >>> on_axis(0.98765, 0.5, is_share=True), on_axis(17.0, 5.0, is_share=False)
    (98.77, 10.0)
    """
    return round(100 * value, 2) if is_share else four_figures(min(value, TALLEST * guess))


def _shown(told: Spread, value: float) -> float:
    return on_axis(value, told.guess, is_share=told.own.is_share)


def _range(told: Spread) -> tuple[float, float]:
    values = [_shown(told, start.score.value) for start in told.starts]
    values += [_shown(told, told.own.low), _shown(told, told.own.high)]
    low, high = min(values), max(values)
    air = max(high - low, 1e-9)
    return four_figures(low - 0.35 * air), four_figures(high + 0.15 * air)


def _band(figure: Drawing, told: Spread) -> None:
    """From the worst start to the best, in the ground, and what guessing gets."""
    low, high = sorted((_shown(told, told.worst), _shown(told, told.best)))
    if len(told.starts) > 1:
        figure.add_shape(
            type="rect", layer="below", xref="x domain", x0=0, x1=1, y0=low, y1=high,
            fillcolor=tint(VERMILLION, 0.1), line={"width": 0},
        )  # fmt: skip
        figure.add_annotation(
            xref="x domain", x=1, y=high, xanchor="right", yanchor="bottom", xshift=-4, yshift=6,
            showarrow=False, text=f"{told.range_in_words}: <b>{told.apart_in_words}</b> of luck",
            font={"color": WORDS[VERMILLION], "size": 14},
        )  # fmt: skip
    _guess(figure, told)


def _guess(figure: Drawing, told: Spread) -> None:
    """What guessing gets, as a line where it lies in the picture, or else in words."""
    guess, (low, high) = _shown(told, told.guess), _range(told)
    said = f"always guessing: {amount(told.guess, told.own.is_share, told.own.unit)}"
    font = {"color": QUIET, "size": 13}
    if not low < guess < high:
        below = guess <= low
        figure.add_annotation(
            xref="x domain", yref="y domain", x=0.5, y=0 if below else 1, showarrow=False, font=font,
            yanchor="bottom" if below else "top", text=f"{'↓' if below else '↑'} {said}",
        )  # fmt: skip
        return
    figure.add_shape(
        type="line", layer="below", xref="x domain", x0=0.22, x1=1, y0=guess, y1=guess,
        line={"color": QUIET, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        xref="x domain", x=0.5, y=guess, yanchor="bottom", showarrow=False, text=said, font=font
    )


def _own(figure: Drawing, told: Spread) -> None:
    value = _shown(told, told.own.value)
    figure.add_scatter(
        x=[0, 0], y=[_shown(told, told.own.low), _shown(told, told.own.high)], mode="lines+markers",
        name="95 % interval of your start", line={"color": ACCENT, "width": 2},
        marker={"symbol": "square", "size": 5, "color": ACCENT},
        hovertemplate="95 % interval: %{y:.3g}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=[0], y=[value], mode="markers", name="your start",
        marker={"symbol": "diamond", "size": 14, "color": ACCENT, "line": {"color": PAPER, "width": 1.5}},
        hovertemplate="your start: %{y:.3g}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=0, y=_shown(told, told.own.low), text=f"95 % interval,<br>{told.own.n:,} rows", showarrow=False,
        xanchor="left", yanchor="top", xshift=-16, yshift=-4, align="left",
        font={"color": ACCENT, "size": 13},
    )  # fmt: skip
    if told.same_again:
        figure.add_scatter(
            x=[AGAIN], y=[value], mode="markers", name="the same start again",
            marker={"symbol": "diamond-open", "size": 13, "color": ACCENT, "line": {"width": 2}},
            hovertemplate="the same start again: %{y:.3g}<extra></extra>",
        )  # fmt: skip


def _new(figure: Drawing, told: Spread, places: list[float]) -> None:
    starts = told.starts[1:]
    off = [not told.own.is_share and start.score.value > TALLEST * told.guess for start in starts]
    figure.add_scatter(
        x=places[1:], y=[_shown(told, start.score.value) for start in starts], mode="markers",
        name="new starts",
        marker={
            "symbol": [
                "x" if start.diverged or out else "circle" for start, out in zip(starts, off, strict=True)
            ],
            "size": 12, "color": VERMILLION, "line": {"color": PAPER, "width": 1.5},
        },
        text=[
            f"start {start.seed}: {start.score.counted} ({start.score.in_words})" if start.score.is_share
            else f"start {start.seed}: off by {start.score.in_words}"
            for start in starts
        ],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    if told.n_diverged:
        figure.add_annotation(
            xref="x domain", yref="y domain", x=0.4, y=1, yanchor="top", showarrow=False,
            text=f"✕ blew up: {told.n_diverged} of {len(told.starts)}", font={"color": INK, "size": 14},
        )  # fmt: skip


def spread_summary(told: Spread) -> str:
    """What a sighted reader takes from the dots."""
    return (
        f"{len(told.starts)} dots, one for each start of one plan on the same {told.own.n:,} unseen rows. "
        f"Your start gets {told.own.in_words}; the 95 % interval of one run is {told.own.interval}. "
        f"{takeaway(told).replace('**', '')}"
    )


def _table(told: Spread) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "start": "yours" if place == 0 else f"{start.seed}",
            "unseen rows": start.score.counted if start.score.is_share else f"off by {start.score.in_words}",
            "95 % interval": start.score.interval,
            "blew up": "yes" if start.diverged else "no",
        }
        for place, start in enumerate(told.starts)
    )
