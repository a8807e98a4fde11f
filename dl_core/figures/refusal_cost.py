"""What wrong answers and people's looks cost a day, over the bar below which a photo goes to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, each_in_four, four_figures, tint
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.held_out_answers import strangers_that_pass
from dl_core.numbers_in_words import two_figures
from dl_core.refusal_cost import (
    RefusalCost,
    in_percent,
    of_thousand,
    takeaway,
)
from dl_core.refusal_in_words import (
    flat_sentence,
    formula_sentence,
    photo_sentence,
    strangers_sentence,
    sure_in_words,
)

if TYPE_CHECKING:
    import pandas as pd

STRIP = 0.13  # of the picture's height, below the zero line, where the reader's photo stands


def cost_over_bar(told: RefusalCost) -> Picture:
    """Money a day against the bar: wrong answers, people's looks and both; yours, the cheapest, the shipped.

    The reader's point is the only one of its trace, and ``layout.meta`` names that trace: it can be dragged.

    Parameters
    ----------
    told
        From :func:`dl_core.refusal_cost.story`.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> from dl_core.refusal_cost import Settings, story
    >>> cost_over_bar(story(Settings(first_sample()))).title
    'A bar of 89 % costs about 1,800 less a day than yours'
    """
    figure = house_drawing(title(told))
    _stretch(figure, told)
    _curves(figure, told)
    _uprights(figure, told)
    _photo(figure, told)
    own = len(figure["data"])
    _marks(figure, told)
    figure.update_xaxes(
        title={"text": "bar: less sure than this goes to a person (%)"},
        range=[-1, 101],
        dtick=20,
        tickangle=0,
    )
    top = _top(told)
    figure.update_yaxes(title={"text": "cost a day"}, range=[-STRIP * top, top], tickformat=",", nticks=6)
    figure.update_layout(margin={"t": 56, "r": 24}, meta={"narrow_height": 360, "drag": {"trace": own}})
    said = (takeaway, flat_sentence, photo_sentence, strangers_sentence, formula_sentence)
    return Picture(figure, " ".join(each(told) for each in said), lambda: _table(told))


def title(told: RefusalCost) -> str:
    """The finding: how much the cheapest bar saves, or that no bar is clearly cheaper."""
    low, high = told.among
    if told.tied and low < high:
        return f"Any bar from {low:g} to {high:g} % costs about the same"
    if told.tied:
        return f"No bar is clearly cheaper than your {in_percent(told.settings.threshold)}"
    less = f"about {two_figures(told.saving[1])} less a day than"
    if told.best == 100:
        return f"A person for every photo costs {less} your bar"
    if told.best == 0:
        return f"Answering everything costs {less} your bar"
    return f"A bar of {in_percent(told.best)} costs {less} yours"


def _top(told: RefusalCost) -> float:
    """High enough for every marked point and the right end; the left end may leave the picture."""
    marked = (told.settings.threshold, told.best, told.shipped, 100)
    return float(f"{1.42 * max(told.cost_of(bar) for bar in marked):.3g}")


def _stretch(figure: Drawing, told: RefusalCost) -> None:
    """The bars that chance in the photos cannot tell from the cheapest."""
    low, high = told.among
    figure.add_shape(
        type="rect", x0=max(low - 0.5, 0), x1=min(high + 0.5, 100), y0=0, y1=1, yref="y domain",
        fillcolor=tint(INK, 0.08), line={"width": 0}, layer="below",
    )  # fmt: skip


def _curves(figure: Drawing, told: RefusalCost) -> None:
    bars = told.at.bars.tolist()
    for name, costs, colour, dash, width in (
        ("wrong answers", told.wrong_costs, VERMILLION, "dash", 2),
        ("people’s looks", told.look_costs, BLUE, "dot", 2),
        ("both together", told.costs, INK, "solid", 3),
    ):
        figure.add_scatter(
            x=bars,
            y=each_in_four(costs),
            mode="lines",
            name=name,
            line={"color": colour, "dash": dash, "width": width},
            hovertemplate=f"bar %{{x:g}} %: {name} %{{y:,.0f}} a day<extra></extra>",
        )
    _names(figure, told)


def _names(figure: Drawing, told: RefusalCost) -> None:
    """Each line's name where the line has room: left of the falling one, over the start of the rising one."""
    top, first = _top(told), float(told.wrong_costs[0])
    high = 0.62 * top if first > top else 0.5 * first
    falls_to_it = float(told.at.bars[int((told.wrong_costs > high).sum())])
    looks = ("people’s looks", 1, told.look_costs[told.at.place_of(27)], "left", "bottom", WORDS[BLUE])
    if told.best < 20:  # wrong answers are so cheap that their line lies over the start
        looks = ("people’s looks", 99, told.look_costs[told.at.place_of(70)], "right", "top", WORDS[BLUE])
    both = ("both together", 100, told.cost_of(100), "right", "bottom", INK)
    if told.best > 60:
        start = (
            56 if not 50 <= told.settings.threshold < 74 else told.settings.threshold + 2
        )  # beside your bar
        both = ("both together", start, told.cost_of(start), "left", "bottom", INK)
    wrong = ("wrong answers", falls_to_it - 2, high, "right", "middle", WORDS[VERMILLION])
    for name, x, y, side, upright, colour in (looks, wrong, both):
        figure.add_annotation(
            x=x, y=four_figures(float(y)), text=name, showarrow=False, xanchor=side, yanchor=upright,
            font={"color": colour, "size": 14},
        )  # fmt: skip


def _uprights(figure: Drawing, told: RefusalCost) -> None:
    """The reader's bar and the shipped one; where they are near, the names stand in two rows."""
    yours, shipped = told.settings.threshold, told.shipped
    for bar, name, colour, dash, row in (
        (yours, f"yours: {in_percent(yours)}", ACCENT, "solid", 1.0),
        (shipped, f"this site’s: {in_percent(shipped)}", QUIET, "dot", 0.91),
    ):
        figure.add_vline(bar, line={"color": colour, "width": 2 if colour == ACCENT else 1.5, "dash": dash})
        left = bar > 60
        figure.add_annotation(
            x=bar, y=row, yref="y domain", text=name, showarrow=False, yanchor="top",
            xanchor="right" if left else "left", xshift=-6 if left else 6, bgcolor=PAPER,
            font={"color": colour, "size": 14},
        )  # fmt: skip


def _photo(figure: Drawing, told: RefusalCost) -> None:
    """Below the zero line: how sure the network is of the reader's photo."""
    sure, low = four_figures(100 * told.sure), -0.5 * STRIP * _top(told)
    figure.add_scatter(
        x=[sure],
        y=[four_figures(low)],
        mode="markers",
        name="this photo",
        marker={
            "size": 12,
            "color": INK if told.answered else PAPER,
            "symbol": "triangle-up",
            "line": {"color": INK, "width": 2},
        },
        hovertemplate="this photo: %{x:.1f} % sure<extra></extra>",
    )
    left = sure > 60
    figure.add_annotation(
        x=sure, y=four_figures(low), text=f"this photo: {sure_in_words(told)}", showarrow=False,
        bgcolor=PAPER, xanchor="right" if left else "left", xshift=-10 if left else 10,
        font={"color": INK, "size": 14},
    )  # fmt: skip


def _marks(figure: Drawing, told: RefusalCost) -> None:
    """The reader's point, which can be dragged, and a ring on the cheapest."""
    figure.add_scatter(
        x=[told.settings.threshold],
        y=[four_figures(told.cost_of(told.settings.threshold))],
        mode="markers",
        name="your bar",
        marker={"size": 13, "color": ACCENT, "symbol": "diamond", "line": {"color": PAPER, "width": 1.5}},
        hovertemplate="your bar %{x} %: %{y:,.0f} a day<extra></extra>",
    )
    best = told.best
    figure.add_scatter(
        x=[best],
        y=[four_figures(told.cost_of(best))],
        mode="markers",
        name="cheapest",
        marker={
            "size": 16,
            "color": "rgba(0,0,0,0)",
            "symbol": "circle",
            "line": {"color": INK, "width": 2.5},
        },
        hovertemplate="cheapest: bar %{x:g} %, %{y:,.0f} a day<extra></extra>",
    )
    left = best > 30
    figure.add_annotation(
        x=best, y=four_figures(told.cost_of(best)), text=f"cheapest: {in_percent(best)}",
        ax=12 if best > 60 else -12 if left else 30, ay=-100 if best > 60 else -66,
        xanchor="right" if left else "left",
        arrowcolor=QUIET, arrowwidth=1, arrowhead=0, standoff=9, font={"color": INK, "size": 14},
    )  # fmt: skip


def _table(told: RefusalCost) -> pd.DataFrame:
    import pandas as pd

    named = {told.settings.threshold: "yours", told.best: "cheapest", told.shipped: "this site’s"}
    rows = []
    for bar in sorted({*range(0, 101, 10), *named}):
        right, wrong, person = of_thousand(told, bar)
        passing = strangers_that_pass(bar)
        rows.append(
            {
                "bar (%)": f"{bar:g} {named.get(bar, '')}".strip(),
                "of 1,000: right": right,
                "wrong": wrong,
                "to a person": person,
                "cost a day": round(told.cost_of(bar), 2),
                **{f"named: {name}": f"{n} of {of}" for name, (n, of) in passing.items()},
            }
        )
    return pd.DataFrame(rows)
