"""The learning rate over the passes, and under it what the line's miss does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, each_in_four
from dl_core.figures.film import Film
from dl_core.figures.picture import BLUE, INK, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.figures.three_steps import apart
from dl_core.numbers_in_words import two_figures
from dl_core.rate_schedules import N_PASSES, RateSchedule, Run, decimal, takeaway

if TYPE_CHECKING:
    import pandas as pd

WIDE = 1.42 * N_PASSES  # passes that the axis is long, words included
HIGHEST = 0.86  # percent alcohol: what jumps higher leaves the picture
GAP = 0.15  # between two words at the lines' ends, as a share of a panel's height
Line = tuple[str, tuple[float, ...], Run, str, str]  # name, rates, run, colour, dash


def rate_and_miss(told: RateSchedule) -> Picture:
    """Two panels over the same passes: the learning rate on a log axis, and the typical miss it leads to.

    Examples
    --------
    >>> from dl_core.rate_schedules import Settings, story
    >>> rate_and_miss(story(Settings())).figure["layout"]["title"]["text"]
    'A falling rate settles at 0.63; held at 0.1, the miss keeps jumping'
    """
    figure = house_drawing(_title(told))
    lines = _lines_of(told)
    passes = list(range(1, N_PASSES + 1))
    for axis, values in (
        ("2", [rates for _, rates, *_ in lines]),
        ("", [run.validation for _, _, run, *_ in lines]),
    ):
        for (name, _, _, colour, dash), row in zip(lines, values, strict=True):
            figure.add_scatter(
                x=passes,
                y=each_in_four(row),
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                mode="lines",
                name=name,
                line={"color": colour, "dash": dash, "width": 4 if colour == BLUE else 2.2},
                hovertemplate=f"{name}<br>pass %{{x}}: %{{y:.3g}}<extra></extra>",
            )
    _axes(figure, told)
    _words(figure, lines)
    figure.update_layout(margin={"t": 56}, meta={"narrow_height": 460})
    return Picture(figure, takeaway(told), lambda: _table(told), _film(told, lines))


def _lines_of(told: RateSchedule) -> list[Line]:
    """The lines from the back to the front: the reader's own on top."""
    start, end = told.settings.start_rate, told.settings.end_rate
    held_low: Line = (f"held at {decimal(end)}", (end,) * N_PASSES, told.small, QUIET, "dot")
    held: Line = (f"held at {decimal(start)}", (start,) * N_PASSES, told.constant, VERMILLION, "dash")
    if not told.falls:
        only: Line = (held[0], held[1], held[2], BLUE, "solid")
        return [only] if start == end else [held_low, only]
    return [held_low, held, (f"falling ({told.settings.shape})", told.rates, told.chosen, BLUE, "solid")]


def _title(told: RateSchedule) -> str:
    start, calm = decimal(told.settings.start_rate), told.constant.settled
    if not told.falls:
        return f"Held at {start}, the miss {'settles' if calm else 'keeps jumping'}"
    now = two_figures(told.chosen.validation[-1])
    falls = (
        f"A falling rate settles at {now}" if told.chosen.settled else "Even falling, the miss still jumps"
    )
    beside = "so does the miss" if calm and told.chosen.settled else "the miss keeps jumping"
    return f"{falls}; held at {start}, {beside}"


def _bottom(told: RateSchedule) -> tuple[float, float]:
    """The misses that the lower panel shows."""
    runs = (told.chosen, told.constant, told.small)
    low = min(min(run.validation) for run in runs)
    high = min(HIGHEST, max(max(run.validation) for run in runs))
    return low - 0.12 * (high - low), high + 0.08 * (high - low)


def _axes(figure: Drawing, told: RateSchedule) -> None:
    layout = figure["layout"]
    layout["xaxis2"], layout["yaxis2"] = _copy(layout["xaxis"]), _copy(layout["yaxis"])
    figure.update_xaxes(range=[0, WIDE], tickvals=[1, 20, 40, 60], showgrid=False)
    layout["xaxis"].update(
        {
            "anchor": "y",
            "title": {
                "text": f"passes over {told.n_train} wines",
                "standoff": 8,
                "font": {"color": INK, "size": 14},
            },
        }
    )
    layout["xaxis2"].update({"anchor": "y2", "showticklabels": False})
    layout["yaxis"].update(
        {
            "domain": [0, 0.54],
            "range": list(_bottom(told)),
            "nticks": 5,
            "title": {"text": "miss (% alcohol)", "standoff": 8, "font": {"color": INK, "size": 14}},
        }
    )
    low, high = (math.log10(each) for each in (told.settings.end_rate, told.settings.start_rate))
    room = max(0.12 * (high - low), 0.1)
    layout["yaxis2"].update(
        {
            "domain": [0.64, 1],
            "anchor": "x2",
            "type": "log",
            "range": [low - room, high + room],
            "tickvals": [0.0001, 0.001, 0.01, 0.1, 1],
            "ticktext": ["0.0001", "0.001", "0.01", "0.1", "1"],
            "title": {"text": "learning rate", "standoff": 8, "font": {"color": INK, "size": 14}},
        }
    )


def _copy(axis: dict[str, object]) -> dict[str, object]:
    return {name: dict(value) if isinstance(value, dict) else value for name, value in axis.items()}


def _words(figure: Drawing, lines: list[Line]) -> None:
    """At each line's end in the lower panel: its rate, and where its miss ended."""
    low, high = figure["layout"]["yaxis"]["range"]
    ends = [min(run.validation[-1], high) for _, _, run, *_ in lines]
    for (name, _, run, colour, _), height in zip(
        lines, apart(ends, GAP * (high - low), low, high), strict=True
    ):
        text = f"{name}: <b>{two_figures(run.validation[-1])}</b>"
        figure.add_annotation(
            x=N_PASSES,
            y=height,
            text=f"<b>{text}</b>" if colour == BLUE else text,
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"color": WORDS.get(colour, QUIET), "size": 14},
        )


def _film(told: RateSchedule, lines: list[Line]) -> Film:
    """All lines grow pass by pass."""
    captions = tuple(
        f"Pass {n + 1}: rate {decimal(told.rates[n])}, "
        f"miss {two_figures(told.chosen.validation[n])} % alcohol; "
        f"held at {decimal(told.settings.start_rate)}: {two_figures(told.constant.validation[n])}."
        for n in range(N_PASSES)
    )
    return Film(captions, grows=tuple(range(2 * len(lines))))


def _table(told: RateSchedule) -> pd.DataFrame:
    import pandas as pd

    start, end = decimal(told.settings.start_rate), decimal(told.settings.end_rate)
    columns = {
        "pass": list(range(1, N_PASSES + 1)),
        "learning rate": each_in_four(told.rates),
    }
    for name, run in (
        ("", told.chosen),
        (f", held at {start}", told.constant),
        (f", held at {end}", told.small),
    ):
        columns[f"training miss (% alcohol){name}"] = [round(one, 4) for one in run.train]
        columns[f"validation miss (% alcohol){name}"] = [round(one, 4) for one in run.validation]
    return pd.DataFrame(columns)
