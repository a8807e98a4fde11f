"""Two bars, three lanes and what they cost a year, beside the ways without a machine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.decide.amounts import in_percent, many, money, staff
from dl_core.decide.lanes import Bill, Lanes, Outcome
from dl_core.decide.lanes_in_words import closing, takeaway
from dl_core.decide.prices import BARS
from dl_core.figures.decide_line import tick
from dl_core.figures.drawing import Drawing, four_figures, tint
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

END = 3.3  # where bars of 0 and 100 % stand on the axis
SIDE = 3.4  # of the axis
TICKS = (0.1, 1, 10, 50, 90, 99, 99.9)
BOX, FUNNEL = 0.78, 0.70  # shares of the height: lower edge of the boxes, and of the funnel under them
GAP = 0.06  # between two boxes, on the axis
LANES = (GREEN, BLUE, VERMILLION)
FAR = 2.5  # a way that costs so many times more than what is drawn is named and not drawn
WIDE, ROOM = 3.5, 0.7  # on the axis: a lane with room for a name, and the last place with room to the right
CROWD = 0.065  # of the height: a line so near above yours leaves no room for a name between them
AIR, ROW_AIR = 1.16, 0.12  # of the highest line: the axis above it, and more for the name of a way far above
ROW = 18  # px of a line of words
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def place(bar: float) -> float:
    """Where a bar, 0 to 100 %, stands on the axis: the logarithm (base 10) of its odds.

    >>> place(50.0), round(place(10.0), 3), place(0.0), place(100.0)
    (0.0, -0.954, -3.3, 3.3)
    """
    if not 0 < bar < 100:
        return -END if bar <= 0 else END
    return max(-END, min(END, round(math.log10(bar / (100 - bar)), 4)))


def bar_at(x: float) -> float:
    """The bar, in percent, of those that can be chosen, nearest to a place on the axis.

    Parameters
    ----------
    x
        Any number.

    Examples
    --------
    >>> bar_at(-0.9), bar_at(99.0)
    (12.0, 100.0)
    """
    return min(BARS, key=lambda bar: abs(place(bar) - x))


def lanes_chart(told: Lanes) -> Picture:
    """Yearly cost over the bars: your two, the cheapest two, and both ways without a machine as lines.

    Your lower bar is the only point of its trace, and ``layout.meta`` names that trace: it can be dragged.

    Parameters
    ----------
    told
        From :func:`dl_core.decide.lanes.story`.

    Examples
    --------
    >>> from dl_core.decide.lanes import story
    >>> from dl_core.decide.prices import Settings
    >>> lanes_chart(story(Settings(low=5.0))).title.startswith("Your two bars cost $")
    True
    """
    figure, height = house_drawing(title(told), height=460), _height(told)
    _lanes(figure, told, height)
    _without(figure, told, height)
    _curves(figure, told, height)
    crowded = any(0 <= bill.total - told.yours.bill.total < CROWD * height for _, bill in _drawn(told)[0])
    _pair(figure, told.cheapest, "cheapest", INK, under=2 if crowded else 1)
    own = len(figure["data"]) + 2  # after the pair's line and its upper bar
    _pair(figure, told.yours, "yours", ACCENT, under=crowded, beside=told.cheapest if crowded else told.yours)
    ticks, names = money_ticks(height * FUNNEL)
    figure.update_xaxes(
        title={"text": "how probable the model finds “bad” (%)"}, range=[-SIDE, SIDE], showgrid=False,
        tickvals=[place(tick) for tick in TICKS], ticktext=[f"{tick:g}" for tick in TICKS], tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(
        title={"text": "cost a year"}, range=[0, four_figures(height)], tickvals=ticks,
        ticktext=names, showgrid=False,
    )  # fmt: skip
    figure.update_layout(meta={"narrow_height": 440, "drag": {"trace": own}})
    return Picture(figure, f"{takeaway(told)} {closing(told)}", lambda: _table(told))


def title(told: Lanes) -> str:
    """What your bars cost, and what the cheapest would save."""
    start = f"Your two bars cost {money(told.yours.bill.total)} a year"
    if told.is_tied:
        return f"{start}; no pair is clearly cheaper"
    return f"{start}; the cheapest save {money(told.saving[1])}"


def _drawn(told: Lanes) -> tuple[list[tuple[str, Bill]], list[tuple[str, Bill]]]:
    """The ways without a machine: those on the picture, and those far above it."""
    ways = [("people alone", told.people), ("always say fine", told.nothing)]
    most = FAR * max(told.yours.bill.total, told.cheapest.bill.total, told.without.total)
    return [way for way in ways if way[1].total <= most], [way for way in ways if way[1].total > most]


def _height(told: Lanes) -> float:
    """Of the axis, money a year."""
    near, far = _drawn(told)
    totals = (told.yours.bill.total, told.cheapest.bill.total, *(bill.total for _, bill in near))
    return max((AIR + ROW_AIR * len(far)) * max(totals), 1e-6) / FUNNEL


def money_ticks(top: float) -> tuple[list[float], list[str]]:
    """Round amounts from 0 to ``top``, three to six of them, and how they are written.

    >>> money_ticks(5.2e6)
    ([0.0, 2000000.0, 4000000.0], ['$0', '$2M', '$4M'])
    """
    power = 10.0 ** math.floor(math.log10(top / 4))
    step = next(each * power for each in STEPS if top / (each * power) <= 5)
    ticks = [round(step * i, 6) for i in range(int(top / step) + 1)]
    return ticks, [tick(value) for value in ticks]


def _lanes(figure: Drawing, told: Lanes, height: float) -> None:
    """Three boxes with counts; each narrows down to its lane between the bars."""
    yours = told.yours
    edges = (-SIDE, place(yours.low), place(yours.high), SIDE)
    third = 2 * SIDE / 3
    texts = (
        ("machine: fine", yours.passed.cases, f"{many(yours.passed.bad)} missed"),
        ("a person looks", yours.reviewed.cases, staff(yours.hours).replace("full-time ", "")),
        ("machine: stop", yours.stopped.cases, f"{many(yours.stopped.good)} in error"),
    )
    for i, (colour, (name, cases, more)) in enumerate(zip(LANES, texts, strict=True)):
        left, right = -SIDE + i * third + GAP / 2, -SIDE + (i + 1) * third - GAP / 2
        box = (left, right, BOX * height, height)
        lane = (edges[i], edges[i + 1], 0.0, FUNNEL * height)
        for x0, x1, y0, y1 in (box, lane):
            figure.add_shape(
                type="rect", x0=round(x0, 4), x1=round(x1, 4), y0=four_figures(y0), y1=four_figures(y1),
                fillcolor=tint(colour, 0.14), line={"width": 0}, layer="below",
            )  # fmt: skip
        for top, bottom in zip(box[:2], lane[:2], strict=True):  # from the box down to its lane
            figure.add_shape(
                type="line", x0=round(top, 4), x1=round(bottom, 4), y0=box[2], y1=lane[3], layer="below",
                line={"width": 2, "color": tint(colour, 0.45)},
            )  # fmt: skip
        figure.add_annotation(
            x=round((left + right) / 2, 4), y=0.995, yref="y domain", yanchor="top", showarrow=False,
            text=f"{name}<br><b>{many(cases)}</b><br>{more}", font={"color": WORDS[colour], "size": 14},
        )  # fmt: skip


def _without(figure: Drawing, told: Lanes, height: float) -> None:
    """Both ways without a machine, as lines right across; one that is far above is only named."""
    near, far = _drawn(told)
    for name, bill in near:
        at = four_figures(bill.total)
        is_under = 0 < told.yours.bill.total - bill.total < CROWD * height  # your own name stands above
        figure.add_scatter(
            x=[-SIDE, SIDE], y=[at, at], mode="lines", name=name,
            line={"color": QUIET, "width": 1.5, "dash": "dash" if bill is told.people else "dot"},
            hovertemplate=f"{name}: {money(bill.total)} a year<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=SIDE, y=at, xanchor="right", xshift=-4, showarrow=False,
            yanchor="top" if is_under else "bottom",
            text=f"{name}: {money(bill.total)}", font={"color": QUIET, "size": 14},
        )  # fmt: skip
    for name, bill in far:
        figure.add_annotation(
            x=SIDE,
            y=four_figures(FUNNEL * height),
            xanchor="right",
            yanchor="top",
            showarrow=False,
            xshift=-4,
            text=f"↑ {name}: {money(bill.total)}",
            font={"color": QUIET, "size": 14},
        )


def _curves(figure: Drawing, told: Lanes, height: float) -> None:
    """What your cost becomes where one of the bars moves and the other stays."""
    for name, costs, dash in (
        ("if your lower bar moves", told.moved_low, "solid"),
        ("if your upper bar moves", told.moved_high, "dash"),
    ):
        kept = [
            (bar, cost) for bar, cost in zip(BARS, costs.tolist(), strict=True) if cost <= FUNNEL * height
        ]
        figure.add_scatter(
            x=[place(bar) for bar, _ in kept],
            y=[four_figures(cost) for _, cost in kept],
            mode="lines",
            name=name,
            line={"color": ACCENT, "width": 1.5, "dash": dash},
            customdata=[in_percent(bar) for bar, _ in kept],
            hovertemplate=f"{name} to %{{customdata}}: $%{{y:,.3s}} a year<extra></extra>",
        )


def _pair(
    figure: Drawing, pair: Outcome, name: str, colour: str, *, under: int, beside: Outcome | None = None
) -> None:
    """Two bars at the height of their cost, joined; the range of the cost stands at the lower one.

    The name stands over the line, or so many rows ``under`` it; in its middle, or outside of it and of a pair
    ``beside`` it.
    """
    total, is_yours = pair.bill.total, name == "yours"
    low, high, at = place(pair.low), place(pair.high), four_figures(total)
    figure.add_scatter(
        x=[low, high], y=[at, at], mode="lines", name=f"{name}, from bar to bar", hoverinfo="skip",
        line={"color": colour, "width": 3 if is_yours else 2},
    )  # fmt: skip
    marker = {"size": 13, "color": colour, "symbol": "diamond", "line": {"color": PAPER, "width": 1.5}}
    if not is_yours:
        marker = {"size": 13, "color": PAPER, "symbol": "circle", "line": {"color": colour, "width": 2.5}}
    bars = f"bars of {in_percent(pair.low)} and {in_percent(pair.high)}"
    said = f"{name}: {money(total)} a year<br>{bars}<extra></extra>"
    for which, x in (("upper", high), ("lower", low)):
        trace = {"mode": "markers", "name": f"{name}, {which} bar", "marker": marker, "hovertemplate": said}
        if which == "lower":
            trace["error_y"] = {
                "type": "data", "symmetric": False, "thickness": 2, "width": 5, "color": colour,
                "array": [four_figures(max(0.0, pair.among[1] - total))],
                "arrayminus": [four_figures(max(0.0, total - pair.among[0]))],
            }  # fmt: skip
        figure.add_scatter(x=[x], y=[at], **trace)
    x, side = round((low + high) / 2, 4), "center"
    if beside:
        x, side = _beside(min(low, place(beside.low)), max(high, place(beside.high)))
    figure.add_annotation(
        x=x,
        y=at,
        xanchor=side,
        yanchor="top" if under else "bottom",
        yshift=-4 - ROW * (under - 1) if under else 3,
        xshift={"left": 10, "right": -10, "center": 0}[side],
        showarrow=False,
        text=f"<b>{name}: {money(total)}</b>",
        font={"color": colour, "size": 14},
    )


def _beside(low: float, high: float) -> tuple[float, str]:
    """Where over your line a name meets no curve: in the middle of a wide lane, else outside of it."""
    if high - low > WIDE:
        return round((low + high) / 2, 4), "center"
    return (high, "left") if high < ROOM else (low, "right")


def _table(told: Lanes) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for name, pair in (("yours", told.yours), ("cheapest", told.cheapest)):
        rows.append(
            {
                "way": f"{name}: bars of {in_percent(pair.low)} and {in_percent(pair.high)}",
                "machine says fine, cases a year": round(pair.passed.cases),
                "bad among them": round(pair.passed.bad),
                "a person looks, cases a year": round(pair.reviewed.cases),
                "hours of people a year": round(pair.hours),
                "machine stops, cases a year": round(pair.stopped.cases),
                "good among them": round(pair.stopped.good),
                **_money_of(pair.bill),
                "95 % range": f"{round(pair.among[0]):,} to {round(pair.among[1]):,}",
            }
        )
    year, bad = told.settings.per_year, told.settings.per_year * told.settings.base_rate
    for name, bill, is_looked_at in (
        ("people alone", told.people, True),
        ("always say fine", told.nothing, False),
    ):
        rows.append(
            {
                "way": name,
                "machine says fine, cases a year": 0 if is_looked_at else year,
                "bad among them": 0 if is_looked_at else round(bad),
                "a person looks, cases a year": year if is_looked_at else 0,
                "hours of people a year": round(year * told.settings.minutes / 60) if is_looked_at else 0,
                "machine stops, cases a year": 0,
                "good among them": 0,
                **_money_of(bill),
                "95 % range": "by the assumptions alone",
            }
        )
    return pd.DataFrame(rows)


def _money_of(bill: Bill) -> dict[str, int]:
    return {
        "$ for misses": round(bill.misses),
        "$ for false alarms": round(bill.false_alarms),
        "$ for people’s time": round(bill.people),
        "$ a year": round(bill.total),
    }
