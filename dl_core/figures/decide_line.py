"""What the machine saves a year over the bad cases it catches: above the good-enough line, below, across."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.decide.amounts import money
from dl_core.decide.line import GoodEnough
from dl_core.decide.line_in_words import (
    WHO,
    counts_in_words,
    needed_sentence,
    saving_sentence,
    takeaway,
    whole,
)
from dl_core.figures.drawing import Drawing, four_figures, tint
from dl_core.figures.picture import (
    BLUE,
    GREEN,
    INK,
    PAPER,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 430
ROOM = 0.2  # above and below everything that is drawn, as a share of its height


def good_enough_line(told: GoodEnough) -> Picture:
    """Money saved a year over the share of bad cases caught; the whisker is what chance leaves open.

    Parameters
    ----------
    told
        From :func:`dl_core.decide.line.story`.

    Examples
    --------
    >>> from dl_core.decide.line import Settings, story
    >>> good_enough_line(story(Settings(machine="own", own_missed=5, own_stopped=5))).title
    'Good enough: it saves about $8.8 million a year'
    """
    figure = house_drawing(title(told), height=HEIGHT)
    left, right = _sides_of_axis(told)
    low, high = _ends(told, left, right)
    _sides(figure, low, high)
    _machine(figure, told, left, right)
    _crossing(figure, told, (left, right), (low, high))
    figure.update_xaxes(
        range=[left, right], ticksuffix=" %", nticks=6, showgrid=False, title={"text": "bad cases caught"}
    )
    values, texts = _ticks(low, high)
    figure.update_yaxes(
        range=[four_figures(low), four_figures(high)], tickvals=values, ticktext=texts,
        title={"text": "← dearer · saved a year · cheaper →"},
    )  # fmt: skip
    figure.update_layout(margin={"r": 20}, meta={"narrow_height": 400})
    return Picture(figure, f"{takeaway(told)} {_counts(told)}", lambda: _table(told))


def title(told: GoodEnough) -> str:
    """The verdict, with its money."""
    low, middle, high = told.saving
    if told.verdict == "good enough":
        return f"Good enough: it saves about {money(middle)} a year"
    if told.verdict == "not yet":
        return f"Not yet: it costs about {money(-middle)} more a year"
    return f"You cannot tell: it may lose {money(-low)} or save {money(high)}"


def _counts(told: GoodEnough) -> str:
    return f"Today: {counts_in_words(told.today)}. The machine: {counts_in_words(told.machine)}."


def _sides_of_axis(told: GoodEnough) -> tuple[float, float]:
    """From where to where the axis goes, in percent, so that what is marked stands apart."""
    caught = told.machine.caught
    marked = [100 * caught.low, 100 * caught.high]
    if 0 < told.needed < 1:
        marked.append(100 * told.needed)
    middle, half = (min(marked) + max(marked)) / 2, max(20.0, 0.85 * (max(marked) - min(marked)))
    left, right = 5.0 * int((middle - half) // 5), 5.0 * int(-(-(middle + half) // 5))
    return max(0.0, left), min(100.0, right)


def _ends(told: GoodEnough, left: float, right: float) -> tuple[float, float]:
    """Lowest and highest money of the picture, with room for words."""
    slope = [told.saving_at(left / 100), told.saving_at(right / 100)]
    low, high = min(*slope, told.saving[0], 0.0), max(*slope, told.saving[2], 0.0)
    room = ROOM * (high - low)
    return low - room, high + room


def _ticks(low: float, high: float) -> tuple[list[float], list[str]]:
    """Round money, about five of it; the line itself is no money, but today."""
    rough = (high - low) / 5
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    values = [step * n for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return values, [tick(value) if value else "as today" for value in values]


def tick(amount: float) -> str:
    """Money beside an axis.

    Parameters
    ----------
    amount
        Of any size and sign.

    Examples
    --------
    >>> tick(250_000), tick(-1_500_000), tick(2e9), tick(40)
    ('$250k', '−$1.5M', '$2B', '$40')
    """
    sign = "−" if amount < 0 else ""
    for unit, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(amount) >= unit:
            return f"{sign}${abs(amount) / unit:.4g}{letter}"
    return f"{sign}${abs(amount):.4g}"


def _sides(figure: Drawing, low: float, high: float) -> None:
    """Green above the line, where it is cheaper than today, orange below; the axis says it in words."""
    for colour, edge in ((GREEN, high), (VERMILLION, low)):
        figure.add_shape(
            type="rect", layer="below", xref="x domain", x0=0, x1=1, y0=0, y1=four_figures(edge),
            line={"width": 0}, fillcolor=tint(colour, 0.09),
        )  # fmt: skip
    figure.add_shape(
        type="line", xref="x domain", x0=0, x1=1, y0=0, y1=0, layer="below", line={"color": INK, "width": 2}
    )


def _machine(figure: Drawing, told: GoodEnough, left: float, right: float) -> None:
    """The sloped line, and on it the machine as measured with its range in money."""
    caught, (low, middle, high) = 100 * told.machine.caught.value, told.saving
    ends = [left, right]
    figure.add_scatter(
        x=ends, y=[four_figures(told.saving_at(x / 100)) for x in ends], mode="lines",
        name="if it caught this much", line={"color": BLUE, "width": 2, "dash": "dot"},
        hovertemplate="if it caught %{x:.0f} %: %{y:$,.3s} a year<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=[four_figures(caught)], y=[four_figures(middle)], mode="markers", name="the machine, measured",
        marker={"color": BLUE, "size": 13, "line": {"color": PAPER, "width": 1.5}},
        error_y={
            "type": "data", "symmetric": False, "thickness": 3, "width": 7, "color": BLUE,
            "array": [four_figures(high - middle)], "arrayminus": [four_figures(middle - low)],
        },
        hovertemplate=f"the machine: {saving_sentence(told)}<extra></extra>",
    )  # fmt: skip
    # the slope leaves free what is upper left and lower right; under the line only the second has room
    is_below = caught < left + 0.4 * (right - left) or told.verdict == "not yet"
    figure.add_annotation(
        x=four_figures(caught), y=four_figures(low if is_below else high), showarrow=False,
        text=f"<b>machine: {whole(caught / 100)}</b>",
        xanchor="left" if is_below else "right", xshift=-8 if is_below else 8,
        yanchor="top" if is_below else "bottom", font={"color": WORDS[BLUE], "size": 14},
    )  # fmt: skip


def _crossing(
    figure: Drawing, told: GoodEnough, across: tuple[float, float], up: tuple[float, float]
) -> None:
    """Where the sloped line crosses: what must be caught."""
    (left, right), (low, high) = across, up
    at = 100 * told.needed
    if not left <= at <= right:
        return
    figure.add_scatter(
        x=[four_figures(at)], y=[0], mode="markers", name="break even",
        marker={"size": 15, "color": PAPER, "symbol": "circle", "line": {"color": INK, "width": 2.5}},
        hovertemplate=f"{needed_sentence(told)}<extra></extra>",
    )  # fmt: skip
    said = f"break even: {whole(told.needed)}"
    if told.verdict == "not yet":  # the machine and its name stand below
        figure.add_annotation(
            x=four_figures(at), y=0, text=said, showarrow=False, xanchor="right", xshift=8, yanchor="bottom",
            yshift=10, font={"color": INK, "size": 14},
        )  # fmt: skip
        return
    where = (at - left) / (right - left)
    side = "left" if where < 0.25 else "right" if where > 0.8 else "center"
    foot = four_figures(low + 0.1 * (high - low))
    figure.add_shape(
        type="line", x0=four_figures(at), x1=four_figures(at), y0=0, y1=foot, layer="below",
        line={"color": INK, "width": 1, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        x=four_figures(at), y=foot, text=said, showarrow=False,
        xanchor=side, yanchor="top", font={"color": INK, "size": 14},
    )  # fmt: skip


def _table(told: GoodEnough) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for name, one, cost in (
        (f"today: {WHO[told.settings.today]}", told.today, told.today_cost),
        ("the machine", told.machine, told.machine_cost),
    ):
        rows.append(
            {
                "": name,
                "bad cases in the check": one.bad,
                "missed": one.missed,
                "good cases in the check": one.good,
                "stopped": one.stopped,
                "caught (%)": round(100 * one.caught.value, 1),
                "stopped of good (%)": round(100 * one.alarm.value, 1),
                "money a year": round(cost[1]),
                "low end": round(cost[0]),
                "high end": round(cost[2]),
            }
        )
    return pd.DataFrame(rows)
