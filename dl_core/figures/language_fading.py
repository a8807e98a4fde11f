"""How many marked items networks tell, over the items that follow: a line each, and its starts' range."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, add_band
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    GREEN,
    PURPLE,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.figures.three_steps import apart
from dl_core.language.recall import (
    N_HELD_OUT,
    N_KINDS,
    NAMES,
    SURE,
    TAUGHT_UP_TO,
    Kind,
    Line,
    Recall,
    measured_distances,
    takeaway,
)
from dl_core.numbers_in_words import listed, percent, so_many, two_figures

if TYPE_CHECKING:
    import pandas as pd

# colour, dash, symbol, size: later lines lie on earlier ones, so they are smaller and all can be seen
LOOKS: dict[Kind, tuple[str, str, str, int]] = {
    "attention": (VERMILLION, "solid", "square", 15),
    "keeping": (PURPLE, "dashdot", "diamond", 12),
    "gated": (GREEN, "dash", "triangle-up", 11),
    "plain": (BLUE, "dot", "circle", 7),
}
LOW, HIGH = -4.0, 116.0  # of the axis, in %
GAP = 9.0  # between two names, in %
TICKS = {"taught": (1, 2, 5, 10, 20, 40, 80), "beyond": (1, 5, 10, 20, 40, 80)}
AXES = {
    "taught": "items after the marked one",
    "beyond": f"items after the marked one (taught: up to {TAUGHT_UP_TO})",
}
ROOM = 0.72  # right of the farthest, for names: powers of ten


def fading_chart(told: Recall) -> Picture:
    """The chosen networks over distance, guessing, and the reader's distance.

    Examples
    --------
    >>> from dl_core.language.recall import Settings, story
    >>> traces = fading_chart(story(Settings())).figure["data"]
    >>> [trace["name"] for trace in traces if trace["mode"] != "lines"]
    ['attention', 'gated', 'plain', 'your distance']
    """
    figure = house_drawing(_title(told), height=430)
    view, far = told.settings.view, max(measured_distances(told.settings.view))
    _taught(figure, told)
    drawn = sorted(told.lines, key=lambda one: list(LOOKS).index(one.kind))
    for one in drawn:
        _range(figure, one)
    _guessing(figure, far)
    for one in drawn:
        _line(figure, one)
    _reader(figure, told)
    _names(figure, told, far)
    figure.update_xaxes(
        type="log",
        title={"text": AXES[view]},
        range=[-0.08, round(math.log10(far) + ROOM, 3)],
        tickvals=list(TICKS[view]),
        ticktext=[str(each) for each in TICKS[view]],
        showgrid=False,
    )
    figure.update_yaxes(
        title={"text": "right answers, in %"}, range=[LOW, HIGH], tickvals=[0, 25, 50, 75, 100]
    )
    figure.update_layout(margin={"t": 56})
    return Picture(figure, f"{_seen(told)} {takeaway(told)}", lambda: _table(told))


def _title(told: Recall) -> str:
    at = told.settings.distance
    after = f"After {so_many(at, 'item')}"
    attention = next((one for one in told.lines if one.kind == "attention"), None)
    if told.settings.view == "beyond" and attention and attention.ends(at)[0] < SURE:
        worst_start, best_start = map(percent, attention.ends(at))
        return f"{after}: attention {worst_start} to {best_start}, by its random start"
    worst, *_, best = sorted(told.lines, key=lambda one: one.share(at)) * 2
    low, high = percent(worst.share(at)), percent(best.share(at))
    guess = [one for one in told.lines if one.guesses(at)]
    if len(guess) == len(told.lines):
        return f"{after}: nothing but guesses"
    if len(guess) > 1:
        return f"{after}: {NAMES[best.kind]} {high}, {listed([NAMES[one.kind] for one in guess])} guess"
    if low == high:
        return f"{after}: {high} right"
    return f"{after}: {NAMES[best.kind]} {high}, {NAMES[worst.kind]} {low}"


def _seen(told: Recall) -> str:
    return (
        f"Right answers over items after the marked one, for {so_many(len(told.lines), 'network')}; "
        f"pale: from the worst to the best of {told.n_starts} trainings."
    )


def _in_percent(hits: float) -> float:
    return round(100 * hits / N_HELD_OUT, 2)


def _taught(figure: Drawing, told: Recall) -> None:
    """Where the taught lengths end."""
    if told.settings.view == "beyond":
        figure.add_vline(x=TAUGHT_UP_TO, line={"color": QUIET, "width": 1.5})


def _range(figure: Drawing, one: Line) -> None:
    low, high = ([_in_percent(pick(hits)) for hits in one.hits] for pick in (min, max))
    add_band(figure, list(one.distances), low, high, LOOKS[one.kind][0])


def _guessing(figure: Drawing, far: int) -> None:
    figure.add_scatter(
        x=[1, far], y=[100 / N_KINDS] * 2, mode="lines", name="guessing", hoverinfo="skip",
        line={"color": QUIET, "width": 1.2, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        x=0, y=100 / N_KINDS, text=f"a guess: 1 in {N_KINDS}", showarrow=False, xanchor="left", yanchor="top",
        yshift=-2, font={"color": QUIET, "size": 13},
    )  # fmt: skip


def _line(figure: Drawing, one: Line) -> None:
    colour, dash, symbol, size = LOOKS[one.kind]
    figure.add_scatter(
        x=list(one.distances),
        y=[round(100 * one.share(each), 2) for each in one.distances],
        mode="lines+markers",
        name=NAMES[one.kind],
        line={"color": colour, "width": 2.5, "dash": dash},
        marker={"color": colour, "size": size, "symbol": symbol},
        hovertemplate=f"{NAMES[one.kind]}, after %{{x}} items: %{{y:.0f}} %<extra></extra>",
    )


def _reader(figure: Drawing, told: Recall) -> None:
    """The reader's distance, and where it meets the lines."""
    at = told.settings.distance
    figure.add_vline(x=at, line={"color": ACCENT, "width": 1.5, "dash": "dot"})
    met = list(dict.fromkeys(round(100 * one.share(at), 2) for one in told.lines))
    figure.add_scatter(
        x=[at] * len(met), y=met, mode="markers", hoverinfo="skip", name="your distance",
        marker={"size": 17, "color": "rgba(0,0,0,0)", "line": {"color": ACCENT, "width": 2.5}},
    )  # fmt: skip


def _names(figure: Drawing, told: Recall, far: int) -> None:
    """Right of the farthest: whose line ends there."""
    named = [
        (f"<b>{NAMES[one.kind].split()[0]}</b>", 100 * one.share(far), WORDS[LOOKS[one.kind][0]])
        for one in told.lines
    ]
    heights = apart([height for _, height, _ in named], GAP, LOW, HIGH - 4)
    for (text, _, colour), height in zip(named, heights, strict=True):
        figure.add_annotation(
            x=round(math.log10(far), 3), y=round(height, 2), text=text, showarrow=False, xanchor="left",
            xshift=14, font={"color": colour, "size": 14},
        )  # fmt: skip


def _table(told: Recall) -> pd.DataFrame:
    import pandas as pd

    rows: dict[str, list[str]] = {"network": [], "numbers learned": [], "seconds to train": []}
    rows["network"] = [NAMES[one.kind] for one in told.lines]
    rows["numbers learned"] = [f"{one.n_numbers:,}" for one in told.lines]
    rows["seconds to train"] = [two_figures(one.seconds) for one in told.lines]
    for each in measured_distances(told.settings.view):
        cells = []
        for one in told.lines:
            low, high = one.ends(each)
            cells.append(f"{percent(one.share(each))} ({percent(low)} to {percent(high)})")
        rows[f"after {each}"] = cells
    return pd.DataFrame(rows)
