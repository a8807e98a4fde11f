"""What seven models cost at every bar, and two brackets: what the bar moves, and what the model moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.decide.amounts import money
from dl_core.figures.decide_lanes import money_ticks
from dl_core.figures.drawing import Drawing, four_figures
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
from dl_core.interpretability.board import CASES, give_or_take
from dl_core.interpretability.priced import BARS, USUAL, Line, Priced, flow_in_words, takeaway
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    import pandas as pd

TOP = 1.22  # of the axis over the dearest marked cost: names stand above it
MODEL_AT = 0.74  # where the bracket between the models stands
SHORT = 0.12  # of the axis: a bracket with no room for its words beside it
CLOSE = 0.16  # bars nearer than this share a name
LOOKS = {True: (BLUE, "solid", "circle"), False: (VERMILLION, "dash", "square")}


def priced_chart(told: Priced) -> Picture:
    """A curve of cost for each model, its cheapest bar, the page's bar, and what each of the two moves.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.priced.story`.
    """
    figure, top = house_drawing(title(told), height=450), _top(told)
    _bars(figure, told)
    for line in sorted(told.lines, key=lambda one: one is told.mine):  # the chosen one lies above
        _curve(figure, told, line, top)
    _rings(figure, told)
    _brackets(figure, told, top)
    _legend(figure, told)
    ticks, names = money_ticks(top)
    figure.update_xaxes(
        title={"text": "the bar: risk from which we hold back"}, range=[0, 1],
        tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"],
        tickangle=0, fixedrange=True, showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        title={"text": f"lost in {CASES:,} {told.table.items}"}, range=[0, four_figures(top)],
        tickvals=ticks, ticktext=names, fixedrange=True,
    )  # fmt: skip
    figure.update_layout(margin={"t": 98, "r": 22}, meta={"narrow_height": 420})
    return Picture(figure, f"{takeaway(told)} {flow_in_words(told)}".replace("**", ""), lambda: _table(told))


def title(told: Priced) -> str:
    """Both savings."""
    bar, model = (_gain(value) for value in (told.by_bar.value, told.by_model.value))
    doubt = ": too close to call" if told.verdict == "tie" else ""
    return f"Moving the bar saves {bar}, changing the model {model}{doubt}"


def _gain(value: float) -> str:
    return money(value) if value > 0 else "nothing"


def _top(told: Priced) -> float:
    marked = [
        cost for line in told.lines for cost in (line.usual.value, line.here.value, 1.3 * line.cheapest)
    ]
    return max(TOP * max(marked), 1e-6)


def _bars(figure: Drawing, told: Priced) -> None:
    """The page's bar and the usual one, named above the plot."""
    bar = told.settings.question.bar
    is_usual = abs(bar - USUAL) < 1e-9
    both = [(bar, f"your bar: {percent(bar)}", ACCENT, "dash")]
    if not is_usual:
        both.append((USUAL, "" if abs(bar - USUAL) < CLOSE else "usual bar", QUIET, "dot"))
    for place, name, colour, dash in both:
        at = four_figures(place)
        figure.add_vline(at, line={"color": colour, "width": 2 if colour == ACCENT else 1.5, "dash": dash})
        anchor = "right" if place > 0.7 else "center" if place > 0.3 else "left"
        figure.add_annotation(
            x=0 if anchor == "left" else at, y=1, yref="y domain", text=name, showarrow=False,
            yanchor="bottom", xanchor=anchor, font={"color": colour, "size": 14},
        )  # fmt: skip


def _curve(figure: Drawing, told: Priced, line: Line, top: float) -> None:
    colour, dash, _ = LOOKS[line.kind.is_readable]
    kept = [(bar, cost) for bar, cost in zip(BARS.tolist(), line.costs.tolist(), strict=True) if cost <= top]
    figure.add_scatter(
        x=[bar for bar, _ in kept], y=[four_figures(cost) for _, cost in kept], mode="lines",
        name=line.kind.name, opacity=1 if line is told.mine else 0.55,
        line={"color": colour, "width": 4 if line is told.mine else 1.5, "dash": dash},
        hovertemplate=f"{line.kind.name}, bar %{{x:.0%}}: $%{{y:,.3s}}<extra></extra>",
    )  # fmt: skip


def _rings(figure: Drawing, told: Priced) -> None:
    """Each model's cheapest bar, a circle where it is readable and a square where it is not."""
    for is_readable, (colour, _, symbol) in LOOKS.items():
        mine = [line for line in told.lines if line.kind.is_readable is is_readable]
        figure.add_scatter(
            x=[four_figures(line.bar) for line in mine], y=[four_figures(line.cheapest) for line in mine],
            mode="markers", name="cheapest bars", cliponaxis=False,
            marker={
                "symbol": symbol, "size": [13 if line is told.mine else 8 for line in mine], "color": PAPER,
                "line": {"color": colour, "width": 2},
            },
            text=[f"{line.kind.name}: cheapest at {percent(line.bar)}" for line in mine],
            hovertemplate="%{text}, $%{y:,.3s}<extra></extra>",
        )  # fmt: skip


def _brackets(figure: Drawing, told: Priced, top: float) -> None:
    """How far the bar moves the chosen model's cost, and how far apart the models' cheapest costs lie."""
    mine = told.mine
    cheapest = [line.cheapest for line in told.lines if line.kind in (told.best, told.worst)]
    for place, low, high, name, gain in (
        (USUAL, mine.cheapest, mine.usual.value, "the bar", told.by_bar.value),
        (MODEL_AT, min(cheapest), max(cheapest), "the model", told.by_model.value),
    ):
        for end in (low, high):
            figure.add_shape(
                type="line", x0=place - 0.014, x1=place + 0.014, y0=four_figures(end), y1=four_figures(end),
                line={"color": INK, "width": 2.5},
            )  # fmt: skip
        figure.add_shape(
            type="line", x0=place, x1=place, y0=four_figures(low), y1=four_figures(high),
            line={"color": INK, "width": 2.5},
        )  # fmt: skip
        y, anchor = (low + high) / 2, "middle"
        if high - low < SHORT * top:  # no room beside it
            y, anchor = (low, "top") if low > 3 * SHORT * top else (high, "bottom")
        figure.add_annotation(
            x=place, y=four_figures(y), text=f"{name}<br><b>{_gain(gain)}</b>", align="left",
            xanchor="left", yanchor=anchor, xshift=9, showarrow=False, bgcolor=PAPER,
            font={"size": 14, "color": INK},
        )  # fmt: skip
    lines = ((mine.cheapest, mine.bar, USUAL), *((cost, told.mine.bar, MODEL_AT) for cost in cheapest))
    for cost, first, last in lines:
        figure.add_shape(
            type="line", x0=four_figures(first), x1=last, y0=four_figures(cost), y1=four_figures(cost),
            line={"color": QUIET, "width": 1, "dash": "dot"}, layer="below",
        )  # fmt: skip


def _legend(figure: Drawing, told: Priced) -> None:
    """What the lines are, above the names of the bars."""
    colour = LOOKS[told.mine.kind.is_readable][0]
    named = (
        (f"<b>━ {told.mine.kind.name}</b>", colour, 0, "left"),
        ("─ readable", BLUE, 0.6, "center"),
        ("╌ other", VERMILLION, 1, "right"),
    )
    for text, ink, x, anchor in named:
        figure.add_annotation(
            xref="paper", yref="paper", x=x, y=1, yshift=24, xanchor=anchor, yanchor="bottom", text=text,
            showarrow=False, font={"size": 14, "color": WORDS[ink]},
        )  # fmt: skip


def _table(told: Priced) -> pd.DataFrame:
    import pandas as pd

    unit = f"$ in {CASES:,} {told.table.items}"
    return pd.DataFrame(
        {
            "model": line.kind.name,
            f"at your bar, {unit}": give_or_take(line.here),
            "at a bar of 50 %": give_or_take(line.usual),
            "at its cheapest bar": give_or_take(line.chosen),
            "the cheapest bar": percent(line.bar),
        }
        for line in sorted(told.lines, key=lambda line: line.chosen.value)
    )
