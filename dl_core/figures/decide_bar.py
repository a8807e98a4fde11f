"""Yearly cost over one bar: the formula's bar, the cheapest with its range, and the usual 50 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.decide.amounts import in_percent, money
from dl_core.decide.bar import USUAL, Bar, in_words, takeaway, why
from dl_core.decide.prices import BARS
from dl_core.figures.decide_lanes import SIDE, TICKS, money_ticks, place
from dl_core.figures.drawing import Drawing, four_figures, tint
from dl_core.figures.picture import ACCENT, INK, PAPER, QUIET, VERMILLION, Picture, house_drawing

if TYPE_CHECKING:
    import pandas as pd

ROWS = (1.0, 0.91, 0.82)  # of the names, so that three at one place can be read
TOP = 1.42  # of the axis over the highest marked cost: the names stand above it
CLOSE = 0.05  # on the axis: bars nearer than this share a name
BETWEEN = 1.5  # on the axis: as wide as a name, about


def bar_chart(told: Bar) -> Picture:
    """The cost curve with three bars on it.

    Parameters
    ----------
    told
        From :func:`dl_core.decide.bar.story`.

    Examples
    --------
    >>> from dl_core.decide.bar import Settings, story
    >>> bar_chart(story(Settings(250.0, 5.0))).title
    'No bar is clearly cheaper than the formula’s 2 %'
    """
    figure, top = house_drawing(title(told)), _top(told)
    low, high = (place(100 * bar) for bar in told.among)
    figure.add_shape(
        type="rect", x0=low - 0.03, x1=high + 0.03, y0=0, y1=1, yref="y domain",
        fillcolor=tint(QUIET, 0.16), line={"width": 0}, layer="below",
    )  # fmt: skip
    _curve(figure, told, top)
    _marks(figure, told, top)
    figure.update_xaxes(
        title={"text": "the bar: act from this chance of “bad” on (%)"},
        range=[-SIDE, SIDE],
        showgrid=False,
        tickvals=[place(tick) for tick in TICKS],
        ticktext=[f"{tick:g}" for tick in TICKS],
        tickangle=0,
    )
    ticks, names = money_ticks(top)
    figure.update_yaxes(
        title={"text": "cost a year, nobody looks"},
        range=[0, four_figures(top)],
        tickvals=ticks,
        ticktext=names,
    )
    figure.update_layout(margin={"r": 24}, meta={"narrow_height": 380})
    return Picture(figure, f"{takeaway(told)} {why(told).replace('**', '')}", lambda: _table(told))


def title(told: Bar) -> str:
    """Both bars, and whether they differ by more than chance."""
    if told.is_tied:
        return f"No bar is clearly cheaper than the formula’s {in_words(told.formula)}"
    return f"The counted bar of {in_words(told.best)} saves {money(told.extra[1])} a year"


def _top(told: Bar) -> float:
    """High enough for the marked costs and the dearer end, unless that is far away."""
    marked = [told.at_formula, told.at_best]
    ends = [float(told.costs[0]), float(told.costs[-1]), told.at_usual]
    near = [cost for cost in ends if cost <= 3 * max(max(marked), min(ends))]
    return max(TOP * max(*marked, *near), 1e-6)


def _curve(figure: Drawing, told: Bar, top: float) -> None:
    kept = [(bar, cost) for bar, cost in zip(BARS, told.costs.tolist(), strict=True) if cost <= top]
    figure.add_scatter(
        x=[place(bar) for bar, _ in kept], y=[four_figures(cost) for _, cost in kept], mode="lines",
        name="cost, counted", line={"color": VERMILLION, "width": 3},
        customdata=[in_percent(bar) for bar, _ in kept],
        hovertemplate="bar %{customdata}: $%{y:,.3s} a year<extra></extra>",
    )  # fmt: skip


def _marks(figure: Drawing, told: Bar, top: float) -> None:
    """The formula's upright, the ring on the cheapest, and the usual bar, each named in a row of its own."""
    formula, best, usual = (place(100 * bar) for bar in (told.formula, told.best, USUAL))
    uprights = [
        (formula, f"formula: {in_words(told.formula)}", ACCENT, "dash"),
        (best, f"cheapest: {in_words(told.best)}", INK, "solid"),
    ]
    if abs(formula - usual) > CLOSE:
        uprights.append((usual, "the usual 50 %", QUIET, "dot"))
    for (x, name, colour, dash), row in zip(uprights, ROWS, strict=False):
        if colour != INK:
            figure.add_vline(x, line={"color": colour, "width": 2 if colour == ACCENT else 1.5, "dash": dash})
        left = x > usual + 0.4 or usual - BETWEEN < x < usual - CLOSE  # no name on the line of the usual bar
        figure.add_annotation(
            x=x, y=row, yref="y domain", text=name, showarrow=False, yanchor="top", bgcolor=PAPER,
            xanchor="right" if left else "left", xshift=-6 if left else 6, font={"color": colour, "size": 14},
        )  # fmt: skip
    for x, cost, name, colour, symbol in (
        (best, told.at_best, "cheapest", INK, "circle"),
        (formula, told.at_formula, "formula", ACCENT, "diamond"),
    ):
        hollow = colour == INK
        figure.add_scatter(
            x=[x], y=[four_figures(cost)], mode="markers", name=name,
            marker={
                "size": 16 if hollow else 11, "symbol": symbol, "color": PAPER if hollow else colour,
                "line": {"color": INK if hollow else PAPER, "width": 2.5 if hollow else 1.5},
            },
            hovertemplate=f"{name}: {money(cost)} a year<extra></extra>",
        )  # fmt: skip


def _table(told: Bar) -> pd.DataFrame:
    import pandas as pd

    low, high = (in_words(bar) for bar in told.among)
    none = (0.0, 0.0, 0.0)
    rows = (
        ("formula", told.formula, told.at_formula, told.extra),
        (f"cheapest (range {low} to {high})", told.best, told.at_best, none),
        ("the usual", USUAL, told.at_usual, told.extra_usual),
    )
    return pd.DataFrame(
        {
            "bar": f"{name}: {in_words(bar)}",
            "$ a year": round(cost),
            "more than the cheapest, $ a year": round(extra),
            "95 % range of that": f"{round(least):,} to {round(most):,}".replace("-", "−"),
        }
        for name, bar, cost, (least, extra, most) in rows
    )
