"""What both models have cost so far, and where the lines cross."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.cost_of_use import CostOfUse, crossing_sentence, ratio_sentence
from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import ACCENT, BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import bytes_in_words, seconds_in_words, two_figures

if TYPE_CHECKING:
    import pandas as pd

TICKS = {
    1e-6: "1 µs",
    1e-3: "1 ms",
    1: "1 s",
    60: "1 min",
    3600: "1 h",
    86_400: "1 day",
    31_536_000: "1 year",
}


def cost_curves(both: CostOfUse) -> Picture:
    """Processor time against answers given, both on log axes, with the crossing point marked.

    Parameters
    ----------
    both
        From :func:`dl_core.cost_of_use.cost_of_use`.

    Examples
    --------
    >>> from dl_core.cost_of_use import Workload, cost_of_use
    >>> cost_curves(cost_of_use(Workload())).figure["layout"]["title"]["text"]
    'Softmax is cheaper after 2,000 answers'
    """
    crosses = math.isfinite(both.crossing_requests)
    after = f"Softmax is cheaper after {two_figures(both.crossing_requests)} answers"
    figure = house_drawing(after if crosses else "Here kNN stays cheaper")
    _lines(figure, both)
    if crosses:
        _crossing(figure, both)
    _readers_day(figure, both)
    figure.update_xaxes(
        type="log",
        title={"text": "answers given so far"},
        dtick=1,
        exponentformat="none",
        tickformat="~s",
        nticks=6,
    )
    figure.update_yaxes(
        type="log",
        title={"text": "processor time so far"},
        tickvals=list(TICKS),
        ticktext=list(TICKS.values()),
    )
    figure.update_layout(margin={"t": 56})
    return Picture(figure, f"{crossing_sentence(both)} {ratio_sentence(both)}", lambda: _table(both))


def _lines(figure: Drawing, both: CostOfUse) -> None:
    """Both models' time so far, each line named where it has room."""
    lines = (
        ("kNN: pays each time", both.knn_seconds, BLUE, "solid"),
        ("softmax: pays once, to train", both.softmax_seconds, VERMILLION, "dash"),
    )
    for name, seconds, colour, dash in lines:
        figure.add_scatter(
            x=both.requests,
            y=seconds,
            mode="lines",
            name=name,
            line={"color": colour, "dash": dash, "width": 3},
            hovertemplate=f"{name}<br>%{{x:,.0f}} answers: %{{y:,.3s}} s<extra></extra>",
        )
    figure.add_annotation(
        x=math.log10(both.requests[8]),
        y=math.log10(both.knn_seconds[8]),
        text="<b>kNN</b> pays each time",
        showarrow=False,
        font={"color": WORDS[BLUE]},
        xanchor="left",
        yanchor="top",
        xshift=8,
    )
    figure.add_annotation(
        x=math.log10(both.requests[1]),
        y=math.log10(both.softmax_seconds[1]),
        showarrow=False,
        yshift=4,
        text="<b>softmax</b> trains once",
        xanchor="left",
        yanchor="bottom",
        font={"color": WORDS[VERMILLION]},
    )


def _crossing(figure: Drawing, both: CostOfUse) -> None:
    """Where the lines meet, with the number of answers beside it."""
    height = both.crossing_requests * both.knn.seconds_per_answer
    figure.add_scatter(
        x=[both.crossing_requests],
        y=[height],
        mode="markers",
        hoverinfo="skip",
        name="crossing",
        marker={"size": 13, "color": PAPER, "line": {"color": INK, "width": 2.5}},
    )
    figure.add_annotation(
        x=math.log10(both.crossing_requests),
        y=math.log10(height),
        ax=-34,
        ay=-64,
        text=f"{two_figures(both.crossing_requests)} answers",
        font={"color": INK, "size": 14},
        arrowcolor=QUIET,
        arrowwidth=1,
        arrowhead=0,
        standoff=8,
    )


def _readers_day(figure: Drawing, both: CostOfUse) -> None:
    day = both.workload.requests_per_day
    if not both.requests[0] <= day <= both.requests[-1]:
        return
    figure.add_vline(x=day, line={"color": ACCENT, "width": 1.5, "dash": "dot"})
    figure.add_annotation(
        x=math.log10(day),
        y=0,
        yref="paper",
        yanchor="bottom",
        xanchor="left",
        text="your day",
        showarrow=False,
        font={"color": ACCENT, "size": 14},
        xshift=5,
    )


def _table(both: CostOfUse) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "model": name,
            "memory": bytes_in_words(bill.cost.bytes),
            "steps per answer": f"{bill.cost.operations:,}",
            "time per answer": seconds_in_words(bill.seconds_per_answer),
            "processor time a day": seconds_in_words(bill.seconds_per_day),
            "cores kept busy": bill.cores,
            "money a month": round(bill.money_per_month, 4),
            "training, once": seconds_in_words(bill.training_seconds) if bill.training_seconds else "none",
        }
        for name, bill in (("kNN", both.knn), ("softmax", both.softmax))
    )
