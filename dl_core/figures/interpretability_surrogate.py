"""How often a copy decides as its model, by its number of rules; and what both cost in money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.decide.amounts import money
from dl_core.figures.drawing import Drawing, Spec, four_figures
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    INK,
    PAPER,
    PURPLE,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.interpretability.board import CASES, give_or_take
from dl_core.interpretability.copies import READABLE
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.onecase_in_words import named
from dl_core.interpretability.surrogate import Contender, Surrogate
from dl_core.interpretability.surrogate_in_words import (
    against_truth,
    follows_in_words,
    model_name,
    sides_in_words,
    takeaway,
    verdict_in_words,
)
from dl_core.numbers_in_words import percent, so_many

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 500
NAMES_PX = 134  # at the left, for names of bars
UPPER, LOWER = (0.56, 0.94), (0.0, 0.33)  # of the height: the curve, and the bars
ROOM = 1.8  # of the longest bar: words follow it
BAR = 0.56  # of a row
HIGH = 0.84  # share from which its number stands below the mark
LOOKS = {  # colour and hatch of each contender
    "model": (VERMILLION, "/"), "copy": (PURPLE, "x"), "direct": (BLUE, ""), "readable": (BLUE, ""),
}  # fmt: skip


def surrogate_chart(told: Surrogate) -> Picture:
    """The share of equal decisions against the number of rules; below, four bars of money.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.surrogate.story`.
    """
    figure = house_drawing(title(told), height=HEIGHT)
    _curve(figure, told)
    _bars(figure, told)
    figure.update_layout(margin={"l": NAMES_PX, "t": 44, "r": 14, "b": 10}, meta={"narrow_height": HEIGHT})
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: Surrogate) -> str:
    """The finding: in how many cases the copy is the model."""
    rules = so_many(told.copy.n_rules, "rule")
    return f"{rules} repeat {named(told.settings.model)} in {percent(told.copy.same.value)} of cases"


def summary(told: Surrogate) -> str:
    """What a sighted reader takes from the chart."""
    parts = (takeaway(told), sides_in_words(told), follows_in_words(told), against_truth(told))
    return " ".join(parts).replace("**", "")


def _curve(figure: Drawing, told: Surrogate) -> None:
    depths = [copy.depth for copy in told.copies]
    values = [four_figures(100 * copy.same.value) for copy in told.copies]
    lows = [100 * copy.same.low for copy in told.copies]
    figure.add_scatter(
        x=depths, y=values, mode="lines+markers", name="the copy",
        line={"color": PURPLE, "width": 2.5}, marker={"color": PURPLE, "size": 8, "symbol": "diamond"},
        error_y={
            "type": "data", "symmetric": False, "color": PURPLE, "thickness": 1.5, "width": 4,
            "array": [four_figures(100 * (copy.same.high - copy.same.value)) for copy in told.copies],
            "arrayminus": [four_figures(100 * (copy.same.value - copy.same.low)) for copy in told.copies],
        },
        customdata=[
            [so_many(copy.n_rules, "rule"), percent(copy.same.low), percent(copy.same.high)]
            for copy in told.copies
        ],
        hovertemplate="%{customdata[0]}: %{y} % alike (%{customdata[1]} to %{customdata[2]})<extra></extra>",
    )  # fmt: skip
    chosen = told.copy
    figure.add_scatter(
        x=[chosen.depth], y=[four_figures(100 * chosen.same.value)], mode="markers", name="your choice",
        hoverinfo="skip",
        marker={
            "color": "rgba(0,0,0,0)", "size": 18, "symbol": "circle", "line": {"color": ACCENT, "width": 2.5},
        },
    )  # fmt: skip
    is_high = chosen.same.value > HIGH  # then there is no room above
    figure.add_annotation(
        text=f"<b>{percent(chosen.same.value)}</b>", x=chosen.depth, y=four_figures(100 * chosen.same.value),
        xanchor="center", yanchor="top" if is_high else "bottom", yshift=-13 if is_high else 13,
        showarrow=False, font={"size": 15, "color": WORDS[PURPLE]}, bgcolor=PAPER, borderpad=0,
    )  # fmt: skip
    alone = four_figures(100 * told.one_answer.value)
    figure.add_shape(
        type="line", xref="x domain", x0=0, x1=1, y0=alone, y1=alone, layer="below",
        line={"color": QUIET, "width": 1.5, "dash": "dash"},
    )  # fmt: skip
    figure.add_annotation(
        text=f"one answer for all: {percent(told.one_answer.value)}", xref="x domain", x=1, y=alone,
        xanchor="right", yanchor="top", yshift=-2, showarrow=False, font={"size": 13, "color": QUIET},
    )  # fmt: skip
    _head(figure, "decides as the model", UPPER[1], WORDS[PURPLE])
    bottom = 10 * int((min([*lows, alone]) - 9) // 10)
    figure.update_layout(
        xaxis={
            "range": [0.6, 6.4], "tickvals": depths, "ticktext": [str(copy.n_rules) for copy in told.copies],
            "title": {"text": "rules in the copy", "standoff": 4}, "anchor": "y", "showgrid": False,
            "fixedrange": True, "tickfont": {"size": 14, "color": INK},
        },
        yaxis={
            "domain": list(UPPER), "range": [max(0, bottom), 102], "gridcolor": FAINT, "fixedrange": True,
            "tickvals": [*range(0, 101, 20 if bottom < 50 else 10)], "ticksuffix": " %",
            "tickfont": {"size": 13, "color": QUIET}, "automargin": False,
        },
    )  # fmt: skip


def _bars(figure: Drawing, told: Surrogate) -> None:
    names = {
        "model": model_name(told),
        "copy": f"copy, {so_many(told.copy.n_rules, 'rule')}",
        "direct": f"small tree, {so_many(told.n_direct, 'rule')}",
        "readable": f"{KINDS[READABLE].name}, readable",
    }
    ends = [each.cost + _half(told, each) for each in told.contenders]
    for place, (each, end) in enumerate(zip(told.contenders, ends, strict=True)):
        colour, hatch = LOOKS[each.name]
        figure.add_bar(
            x=[four_figures(each.cost)], y=[place], orientation="h", width=BAR, name=names[each.name],
            xaxis="x2", yaxis="y2",
            marker={
                "color": colour,
                "pattern": {"shape": hatch, "fgcolor": PAPER, "bgcolor": colour, "size": 6, "solidity": 0.2},
            },
            **_whisker(told, each),
            hovertemplate=f"{names[each.name]}: {money(each.cost)}  {_against(told, each)}<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            text=f"<b>{money(each.cost)}</b>  {_against(told, each)}", x=four_figures(end), y=place,
            xref="x2", yref="y2", xanchor="left", yanchor="middle", xshift=6, showarrow=False,
            font={"size": 14, "color": INK},
        )  # fmt: skip
    _head(figure, f"money lost in {CASES:,} {told.table.items}", LOWER[1], INK)
    figure.update_layout(
        barmode="overlay",
        xaxis2={
            "range": [0, four_figures(ROOM * max(*ends, 1.0))], "visible": False, "anchor": "y2",
            "fixedrange": True,
        },
        yaxis2={
            "domain": list(LOWER), "range": [3.55, -0.55], "tickvals": list(range(4)), "fixedrange": True,
            "ticktext": [names[each.name] for each in told.contenders], "showgrid": False, "anchor": "x2",
            "zeroline": False, "tickfont": {"size": 14, "color": INK}, "automargin": False,
            "linecolor": QUIET,
        },
    )  # fmt: skip


def _half(told: Surrogate, each: Contender) -> float:
    """Half the interval of the difference; of the readable model with the luck of the training, if wider."""
    half = each.behind.mean.half
    return max(half, told.over_all.half) if each.name == "readable" else half


def _whisker(told: Surrogate, each: Contender) -> Spec:
    """The interval of the difference from the model, around the bar's end; the model itself has none."""
    half = _half(told, each)
    if half == 0:
        return {}
    return {
        "error_x": {
            "type": "data", "color": INK, "thickness": 2, "width": 4, "symmetric": False,
            "array": [four_figures(half)], "arrayminus": [four_figures(min(half, each.cost))],
        }
    }  # fmt: skip


def _against(told: Surrogate, each: Contender) -> str:
    if each.name == "model":
        return ""
    if each.name == "readable":
        return verdict_in_words(told)
    if each.behind.is_tie:
        return "a tie"
    return "surely more" if each.behind.is_dearer else "surely less"


def _head(figure: Drawing, text: str, y: float, colour: str) -> None:
    figure.add_annotation(
        text=f"<b>{text}</b>", xref="paper", yref="paper", x=0, y=y, xanchor="left", yanchor="bottom",
        yshift=3, showarrow=False, font={"size": 14, "color": colour},
    )  # fmt: skip


def _table(told: Surrogate) -> pd.DataFrame:
    import pandas as pd

    cost = f"$ lost in {CASES:,} {told.table.items}"
    rows = [
        {
            "who answers": f"copy, {so_many(copy.depth, 'question')} deep",
            "rules": f"{copy.n_rules:,}",
            "decides as the model (%)": _share(copy.same.value, copy.same.low, copy.same.high),
            "R² on the risk": f"{copy.r2:.2f}".replace("-", "−"),
            "right answers (%)": _share(copy.right.value, copy.right.low, copy.right.high),
            cost: f"{copy.cost:,.0f}",
        }
        for copy in told.copies
    ]
    names = {
        "model": model_name(told),
        "direct": "tree from the truth itself",
        "readable": KINDS[READABLE].name,
    }
    rows += [
        {
            "who answers": names[each.name],
            "rules": f"{told.n_direct:,}" if each.name == "direct" else "–",
            "right answers (%)": _share(each.right.value, each.right.low, each.right.high),
            cost: f"{each.cost:,.0f}",
            "more than the model ($)": give_or_take(each.behind.mean) if each.name != "model" else "–",
        }
        for each in told.contenders
        if each.name != "copy"
    ]  # fmt: skip
    return pd.DataFrame(rows).fillna("–")


def _share(value: float, low: float, high: float) -> str:
    return f"{100 * value:.0f} ({100 * low:.0f} to {100 * high:.0f})"
