"""Three-year cost against answers a day: buying, fine-tuning, building, and where buying turns dear."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.decide.amounts import money
from dl_core.decide.route import DAYS, Choice, Route
from dl_core.decide.route_in_words import doing, so_many_a_day, takeaway
from dl_core.figures.decide_line import tick
from dl_core.figures.drawing import Drawing, each_in_four, four_figures
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    GREEN,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)

if TYPE_CHECKING:
    import pandas as pd

LOOKS = {"buy": (VERMILLION, "solid"), "fine-tune": (BLUE, "dash"), "build": (GREEN, "dot")}
CROWDED = 0.2  # powers of ten between two lines whose names would meet
POINTS = 41  # of each line, evenly on a logarithmic axis
EDGES = (2.0, 7.0)  # of the axis, powers of ten; wider where the reader is beyond


def three_routes(told: Choice) -> Picture:
    """The bills of three ways over the volume; the reader's volume upright, and the crossing ringed.

    Parameters
    ----------
    told
        From :func:`dl_core.decide.route.story`.

    Examples
    --------
    >>> from dl_core.decide.route import Settings, story
    >>> three_routes(story(Settings())).title
    'At 10,000 answers a day, buying is cheapest: $96,000 in three years'
    """
    figure = house_drawing(title(told), height=430)
    left, right = _edges(told)
    volumes = [10 ** (left + (right - left) * n / (POINTS - 1)) for n in range(POINTS)]
    starts = sorted(math.log10(max(one.cost_of(volumes[0] * DAYS), 1.0)) for one in told.routes)
    for one in told.routes:
        _line(figure, one, volumes, starts)
    _crossing(figure, told, (left, right))
    _yours(figure, told)
    powers = list(range(math.ceil(left), math.floor(right) + 1))
    powers = powers[:: 1 + len(powers) // 7]
    figure.update_xaxes(
        type="log", range=[left, right], tickvals=[10**n for n in powers],
        ticktext=[so_many_a_day(10**n).replace(" million", "M").removesuffix(" a day") for n in powers],
        showgrid=False, title={"text": "answers a day"},
    )  # fmt: skip
    costs = [one.cost_of(volume * DAYS) for one in told.routes for volume in (volumes[0], volumes[-1])]
    low, high = math.log10(max(min(costs), 1)) - 0.15, math.log10(max(*costs, 10)) + 0.1
    values = _round_money(low, high)
    figure.update_yaxes(
        type="log", range=[low, high], tickvals=values, ticktext=[tick(value) for value in values],
        title={"text": "cost of three years"},
    )  # fmt: skip
    figure.update_layout(
        margin={"r": 20}, meta={"drag": {"trace": len(figure["data"]) - 1}, "narrow_height": 400}
    )
    return Picture(figure, takeaway(told), lambda: _table(told))


def title(told: Choice) -> str:
    """Which way is the cheapest at the reader's volume, and its bill."""
    first = told.cheapest
    at = f"At {so_many_a_day(told.settings.per_day).replace(' a day', ' answers a day')}"
    if told.is_close:
        second = told.ranked[1]
        return f"{at}, {doing(first.name)} and {doing(second.name)} cost about the same"
    if not told.routes[0].is_open:
        at = "Inside the house"
    return f"{at}, {doing(first.name)} is cheapest: {money(first.total)} in three years"


def _edges(told: Choice) -> tuple[float, float]:
    yours = math.log10(told.settings.per_day)
    return min(EDGES[0], yours - 0.5), max(EDGES[1], yours + 0.5)


def _round_money(low: float, high: float) -> list[float]:
    """1, 3 and 10 of each power of ten between both ends, which are powers themselves."""
    steps = (1, 3) if high - low < 3 else (1,)
    powers = range(math.floor(low), math.ceil(high) + 1)
    return [float(step * 10**n) for n in powers for step in steps if low <= math.log10(step * 10**n) <= high]


def _line(figure: Drawing, one: Route, volumes: list[float], starts: list[float]) -> None:
    """A way over the volume, named at its left end; under it where the next line is close above."""
    colour, dash = LOOKS[one.name] if one.is_open else (QUIET, "dashdot")
    costs = [max(one.cost_of(volume * DAYS), 1.0) for volume in volumes]
    figure.add_scatter(
        x=each_in_four(volumes), y=each_in_four(costs), mode="lines", name=one.name,
        line={"color": colour, "width": 3 if one.is_open else 1.5, "dash": dash},
        hovertemplate=f"{one.name}: %{{x:,.0f}} answers a day, %{{y:$,.3s}}<extra></extra>",
    )  # fmt: skip
    start = math.log10(costs[0])
    is_crowded = any(0 < other - start < CROWDED for other in starts)
    figure.add_annotation(
        x=math.log10(volumes[0]), y=start, showarrow=False,
        text=f"<b>{one.name}</b>" if one.is_open else "buy: not allowed",
        xanchor="left", xshift=6, yanchor="top" if is_crowded else "bottom", yshift=-3 if is_crowded else 3,
        font={"color": WORDS.get(colour, colour), "size": 14},
    )  # fmt: skip


def _crossing(figure: Drawing, told: Choice, edges: tuple[float, float]) -> None:
    """Where buying becomes dearer than the cheaper own way."""
    at = told.crossing
    if not 0 < at < math.inf or not edges[0] < math.log10(at) < edges[1] or not told.routes[0].is_open:
        return
    cost = told.routes[0].cost_of(at * DAYS)
    figure.add_scatter(
        x=[four_figures(at)], y=[four_figures(cost)], mode="markers", name="buying turns dearer",
        marker={"size": 15, "color": PAPER, "symbol": "circle", "line": {"color": INK, "width": 2.5}},
        hovertemplate=f"from {so_many_a_day(at)} on, buying is dearer<extra></extra>",
    )  # fmt: skip
    where = (math.log10(at) - edges[0]) / (edges[1] - edges[0])
    fits = where < 0.75  # below the rising line there is room to its right
    figure.add_annotation(
        x=math.log10(at), y=math.log10(cost), showarrow=False,
        text=f"buying is dearer<br>from {so_many_a_day(at)}",
        xanchor="left" if fits else "right", align="left" if fits else "right", xshift=2 if fits else -12,
        yanchor="top" if fits else "bottom", yshift=-10 if fits else 8, bgcolor=PAPER,
        font={"color": INK, "size": 14},
    )  # fmt: skip


def _yours(figure: Drawing, told: Choice) -> None:
    """The reader's volume upright, and the cheapest way's bill there: the one point that can be dragged."""
    per_day, cost = told.settings.per_day, told.cheapest.total
    figure.add_vline(per_day, line={"color": ACCENT, "width": 1.5, "dash": "dot"}, layer="below")
    figure.add_annotation(
        x=math.log10(per_day), y=1, yref="y domain", showarrow=False, text="you", yanchor="top",
        xanchor="right", xshift=-5, font={"color": ACCENT, "size": 14},
    )  # fmt: skip
    figure.add_scatter(
        x=[per_day], y=[four_figures(max(cost, 1.0))], mode="markers", name="you",
        marker={"color": ACCENT, "size": 13, "symbol": "diamond", "line": {"color": PAPER, "width": 1.5}},
        hovertemplate=f"you: {told.cheapest.name}, {money(cost)}<extra></extra>",
    )  # fmt: skip


def _table(told: Choice) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "": one.name if one.is_open else f"{one.name} (not allowed)",
            "making it": round(one.work),
            "labels": round(one.labels),
            "keeping it running": round(one.running),
            "own servers": round(one.servers),
            "money for 1,000 answers": four_figures(1000 * one.per_answer),
            "three years together": round(one.total),
            "first helps after (months)": round(one.months, 1),
        }
        for one in told.routes
    )
