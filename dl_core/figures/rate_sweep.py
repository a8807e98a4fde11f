"""What is left of the loss at each learning rate, with the reader's rate and the cliff."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.picture import ACCENT, BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.optimisers import OPTIMISERS
from dl_core.rate_sweep import RATES, Sweep, Tried, left_in_words, takeaway

if TYPE_CHECKING:
    import pandas as pd

FLOOR = 1e-7  # shares below it are drawn on it, and the axis says so
CROSSES = 10.0  # share at which the crosses of failed rates stand: above everything that is left
SHARES = {1: "all", 1e-2: "1/100", 1e-4: "1/10,000", 1e-6: "1/million", FLOOR: "less"}
ROOM = 1.0  # rates from here on have no room for words at their right


def rates(shown: Sweep) -> Picture:
    """The share of the loss that each rate leaves, on log axes; crosses for rates that failed.

    Examples
    --------
    >>> from dl_core.rate_sweep import Settings, story
    >>> rates(story(Settings())).figure["layout"]["title"]["text"]
    'The best rate tried is 0.071, and the cliff stands at 0.08'
    """
    figure = house_drawing(_title(shown))
    _cliff(figure, shown)
    _curve(figure, shown)
    _failed(figure, shown)
    _best(figure, shown)
    _yours(figure, shown)
    powers = range(-4, 2)
    figure.update_xaxes(
        type="log", title={"text": "learning rate"}, range=[-4.1, 1.1],
        tickvals=[10.0**power for power in powers], ticktext=[f"{10.0**power:g}" for power in powers],
    )  # fmt: skip
    figure.update_yaxes(
        type="log", title={"text": f"loss left after {shown.settings.n_steps} steps"},
        range=[math.log10(FLOOR) - 0.8, math.log10(CROSSES) + 1.2],
        tickvals=list(SHARES), ticktext=list(SHARES.values()),
    )  # fmt: skip
    figure.update_layout(margin={"r": 20})
    return Picture(figure, sweep_summary(shown), lambda: _table(shown))


def _title(shown: Sweep) -> str:
    best, cliff = shown.best.learning_rate, shown.cliff
    if not shown.moves:
        return "Without a slope, no rate moves anything"
    if cliff is None:
        return f"The best rate tried is {best:g}, and none up to {RATES[-1]:g} diverges"
    if best == cliff:
        return f"The best rate tried, {best:g}, is the last before the cliff"
    return f"The best rate tried is {best:g}, and the cliff stands at {cliff:.2g}"


def sweep_summary(shown: Sweep) -> str:
    """What a sighted reader takes from it: the shape of the curve, the failed rates, the reader's own."""
    failed = [one.learning_rate for one in shown.tried if one.failed]
    lost = (
        f"{len(failed)} of {len(shown.tried)} rates failed, from {failed[0]:g} on."
        if failed
        else "No rate failed."
    )
    return (
        f"Loss left after {shown.settings.n_steps} steps of {OPTIMISERS[shown.settings.optimiser]} "
        f"on the surface “{shown.surface.name}”, against the learning rate on a log axis. {lost} "
        f"{takeaway(shown)}"
    )


def _on_picture(one: Tried) -> float:
    return CROSSES if one.failed else four_figures(min(max(one.share, FLOOR), 1.0))


def _curve(figure: Drawing, shown: Sweep) -> None:
    """The rates that did not fail; the line breaks where one did."""
    runs: list[list[Tried]] = [[]]
    for one in shown.tried:
        if one.failed:
            runs.append([])
        else:
            runs[-1].append(one)
    for run in filter(None, runs):
        figure.add_scatter(
            x=[one.learning_rate for one in run], y=[_on_picture(one) for one in run], mode="lines+markers",
            name="loss left", line={"color": BLUE, "width": 2}, marker={"color": BLUE, "size": 4},
            hovertemplate="rate %{x:g}<br>%{y:.2g} of the loss left<extra></extra>",
        )  # fmt: skip
    _higher_floors(figure, shown)


def _higher_floors(figure: Drawing, shown: Sweep) -> None:
    """What is left for a walk that rests in a valley which is not the lowest."""
    start = shown.surface.value(*shown.settings.start)
    for floor in shown.surface.minima:
        share = shown.surface.value(*floor) / start if start > 0 else 0.0
        if FLOOR < share < 1:
            figure.add_annotation(
                x=-4, y=math.log10(share), text="floor of the higher valley", showarrow=False,
                xanchor="left", yanchor="top", yshift=-4, font={"color": QUIET, "size": 13},
            )  # fmt: skip
            figure.add_shape(
                type="line", layer="below", xref="x domain", x0=0, x1=1, y0=share, y1=share,
                line={"color": QUIET, "width": 1, "dash": "dot"},
            )  # fmt: skip


def _cliff(figure: Drawing, shown: Sweep) -> None:
    """The ground beyond the last safe rate."""
    if not shown.cliff or not shown.moves:
        return
    figure.add_shape(
        type="rect", layer="below", x0=shown.cliff, x1=10**1.1, yref="y domain", y0=0, y1=1,
        fillcolor="rgba(213,94,0,0.08)", line={"width": 0},
    )  # fmt: skip
    figure.add_vline(x=shown.cliff, line={"color": VERMILLION, "width": 1.5, "dash": "dash"})


def _failed(figure: Drawing, shown: Sweep) -> None:
    failed = [one for one in shown.tried if one.failed]
    if not failed:
        return
    figure.add_scatter(
        x=[one.learning_rate for one in failed], y=[CROSSES] * len(failed), mode="markers", name="diverged",
        marker={"symbol": "x", "color": VERMILLION, "size": 7},
        text=[f"out at step {one.left_picture_at}" if one.left_picture_at else "rose" for one in failed],
        hovertemplate="rate %{x:g}<br>%{text}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=1, y=math.log10(CROSSES), text="× left the picture or rose", showarrow=False, xanchor="right",
        yanchor="bottom", yshift=6, font={"color": WORDS[VERMILLION], "size": 13},
    )  # fmt: skip
    if not shown.cliff:
        return
    text, inside = f"<b>cliff {shown.cliff:.2g}</b>", shown.cliff <= ROOM
    if shown.cliff_by_formula is None:
        text += "<br>as tried"
    else:
        text += f"<br>by formula,<br>{shown.largest_stable:g} as tried"
    figure.add_annotation(
        x=math.log10(shown.cliff), y=math.log10(3e-3), xanchor="left" if inside else "right", text=text,
        xshift=8 if inside else -8, showarrow=False, align="left" if inside else "right",
        font={"color": WORDS[VERMILLION], "size": 13},
    )  # fmt: skip


def _best(figure: Drawing, shown: Sweep) -> None:
    best = shown.best
    if best.failed or not shown.moves or best.learning_rate == shown.settings.learning_rate:
        return
    figure.add_scatter(
        x=[best.learning_rate], y=[_on_picture(best)], mode="markers", name="best", hoverinfo="skip",
        marker={"size": 13, "color": PAPER, "line": {"color": INK, "width": 2.5}},
    )  # fmt: skip
    figure.add_annotation(
        x=math.log10(best.learning_rate), y=math.log10(_on_picture(best)), showarrow=False,
        text=f"best {best.learning_rate:g}", xanchor="right", xshift=-12, yanchor="bottom", yshift=2,
        font={"color": INK, "size": 14},
    )  # fmt: skip


def _yours(figure: Drawing, shown: Sweep) -> None:
    yours, up = shown.yours, math.log10(_on_picture(shown.yours))
    figure.add_vline(x=yours.learning_rate, line={"color": ACCENT, "width": 1.5, "dash": "dot"})
    figure.add_scatter(
        x=[yours.learning_rate], y=[_on_picture(yours)], mode="markers", name="your rate", hoverinfo="skip",
        marker={"size": 14, "symbol": "diamond", "color": ACCENT, "line": {"color": PAPER, "width": 1.5}},
    )  # fmt: skip
    if yours.failed:
        told = "out" if yours.left_picture_at else "up"
    else:
        told = left_in_words(yours.share).replace("of the loss", "left")
    right = yours.learning_rate < 0.003 or (yours.failed and yours.learning_rate < ROOM)
    low = _on_picture(yours) < 1e-5  # near the axis: the words go beside the mark, not under it
    figure.add_annotation(
        x=math.log10(yours.learning_rate), y=up, showarrow=False, align="left" if right else "right",
        text=f"<b>your rate {yours.learning_rate:g}</b><br>{told}", font={"color": ACCENT, "size": 14},
        xanchor="left" if right else "right", xshift=14 if right else -14,
        yanchor="middle" if low else "top", yshift=0 if low else -8,
    )  # fmt: skip


def _table(shown: Sweep) -> pd.DataFrame:
    import pandas as pd

    rows = [("your rate", shown.yours), ("best tried", shown.best)]
    safe = next((one for one in shown.tried if one.learning_rate == shown.largest_stable), None)
    rows += [("last safe one tried", safe)] if safe else []
    rows += [(f"tried, {i} of 10", shown.tried[i * 10]) for i in range(1, 11)]
    return pd.DataFrame(
        {
            "which": name,
            "learning rate": f"{one.learning_rate:g}",
            f"loss left after {shown.settings.n_steps} steps": (
                "more than at the start" if one.rose else left_in_words(one.share)
            ),
            "steps until 1 % is left": "not reached" if one.steps is None else str(one.steps),
            "left the picture": f"step {one.left_picture_at}" if one.left_picture_at else "no",
        }
        for name, one in rows
    )
