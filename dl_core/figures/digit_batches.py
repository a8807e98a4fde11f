"""Three curves of validation loss against updates, passes or seconds, and the time of one pass as bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dl_core.batch_sizes import WAYS
from dl_core.batch_ways import PassTimes, pass_sentence, ways_table
from dl_core.digit_batches import TARGET, Axis, Curve, DigitBatches, in_units, takeaway
from dl_core.figures.drawing import Drawing, each_in_four, four_figures
from dl_core.figures.film import Film
from dl_core.figures.picture import (
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
from dl_core.numbers_in_words import listed, seconds_in_words, two_figures

if TYPE_CHECKING:
    import pandas as pd

N_POINTS = 140  # in each curve, at the same places of the axis
LOOKS = ((BLUE, "circle", "solid"), (VERMILLION, "square", "dash"), (GREEN, "triangle-up", "solid"))
HIGH = 2.45  # a little over ln 10, where all three begin
KEY_FROM, KEY_STEP = 2.2, 0.52  # where the names stand
TITLES = {
    "updates": "updates so far",
    "passes": "passes over the {n} digits so far",
    "seconds": "processor time so far",
}
COUNTED = {"updates": "Counted in updates", "passes": "Counted in passes", "seconds": "By the clock"}
TICKS = {1e-6: "1 µs", 1e-5: "10 µs", 1e-4: "0.1 ms", 1e-3: "1 ms", 1e-2: "10 ms", 1e-1: "0.1 s", 1: "1 s"}


def loss_curves(shown: DigitBatches) -> Picture:
    """Validation loss against the chosen axis, where each way reaches the target, and a film of the curves.

    Parameters
    ----------
    shown
        From :func:`dl_core.digit_batches.story`.

    Examples
    --------
    >>> from dl_core.digit_batches import Settings, story
    >>> loss_curves(story(Settings("passes"))).figure["layout"]["title"]["text"]
    'Counted in passes, one example is first to a loss of 0.3'
    """
    axis = shown.settings.axis
    figure = house_drawing(_title(shown))
    places = _places(shown)
    end = math.log10(places[-1])
    _target(figure, places)
    looks = list(zip(shown.curves, LOOKS, strict=True))[::-1]
    for curve, (colour, _, dash) in looks:
        figure.add_scatter(
            x=each_in_four(
                np.minimum(places, curve.counted(axis)[-1])
            ),  # a run that has ended stays where it is
            y=np.round(curve.loss_at(axis, places), 3).tolist(),
            mode="lines",
            name=curve.way,
            line={"color": colour, "width": 1.5 if curve.batch_size == 1 else 3, "dash": dash},
            hovertemplate=f"{curve.way}<br>%{{x:.3s}} {axis}: loss %{{y:.2f}}<extra></extra>",
        )
    width = (end - math.log10(places[0])) / 0.76
    key = 10 ** (math.log10(places[0]) + 0.79 * width)
    for curve, look in looks:
        _reached(figure, curve, axis, look, key)
    figure.update_xaxes(
        type="log",
        title={"text": TITLES[axis].format(n=shown.n_examples)},
        range=[math.log10(places[0]), math.log10(places[0]) + width],
        **_ticks(axis, places),
    )
    figure.update_yaxes(title={"text": f"loss on {shown.n_held} validation digits"}, range=[0, HIGH])
    return Picture(figure, takeaway(shown), lambda: _table(shown), _film(shown, places))


def _title(shown: DigitBatches) -> str:
    first = [curve.way for curve in shown.first(shown.settings.axis)]
    counted = COUNTED[shown.settings.axis]
    if not first:
        return f"At a rate of {shown.settings.learning_rate:g}, none reaches a loss of {TARGET:g}"
    if len(first) > 1:
        return f"{counted}, {listed(first)} arrive together"
    return f"{counted}, {first[0]} is first to a loss of {TARGET:g}"


def _places(shown: DigitBatches) -> np.ndarray:
    """(140,) places of the axis, evenly in powers of ten, from the first update to the last."""
    axis = shown.settings.axis
    first = min(float(curve.counted(axis)[1]) for curve in shown.curves)
    last = max(float(curve.counted(axis)[-1]) for curve in shown.curves)
    return np.geomspace(first, last, N_POINTS)


def _ticks(axis: Axis, places: np.ndarray) -> dict[str, list[float] | list[str]]:
    if axis == "seconds":
        return {"tickvals": list(TICKS), "ticktext": list(TICKS.values())}
    powers = range(math.floor(math.log10(places[0])), math.ceil(math.log10(places[-1])) + 1)
    return {
        "tickvals": [10.0**power for power in powers],
        "ticktext": [f"{10.0**power:,g}" for power in powers],
    }


def _target(figure: Drawing, places: np.ndarray) -> None:
    figure.add_scatter(
        x=each_in_four(places[[0, -1]]),
        y=[TARGET, TARGET],
        mode="lines",
        name="target",
        line={"color": INK, "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_annotation(
        x=math.log10(places[0]),
        y=TARGET,
        text=f"target: {TARGET:g}",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        xshift=6,
        font={"color": INK},
    )


def _reached(figure: Drawing, curve: Curve, axis: Axis, look: tuple[str, str, str], key: float) -> None:
    """A mark where the target is reached, and the same mark beside the name and the number."""
    colour, symbol, _ = look
    row = KEY_FROM - KEY_STEP * WAYS.index(curve.way)
    place = curve.reached(axis)
    figure.add_scatter(
        x=each_in_four(np.array([key] if place is None else [key, place])),
        y=[row] if place is None else [row, TARGET],
        mode="markers",
        name=f"{curve.way} at the target",
        marker={"color": colour, "size": 13, "symbol": symbol, "line": {"color": PAPER, "width": 1.5}},
        hoverinfo="skip",
    )
    figure.add_annotation(
        x=math.log10(key),
        y=row,
        text=f"<b>{curve.way}</b><br>{'not reached' if place is None else _brief(axis, place)}",
        align="left",
        showarrow=False,
        xanchor="left",
        yanchor="middle",
        xshift=12,
        font={"color": WORDS[colour]},
    )


def _brief(axis: Axis, place: float) -> str:
    return in_units(axis, place).replace("milliseconds", "ms").replace("microseconds", "µs")


def _film(shown: DigitBatches, places: np.ndarray) -> Film:
    axis = shown.settings.axis
    frames = np.arange(1, N_POINTS, 2)
    losses = [curve.loss_at(axis, places) for curve in shown.curves]
    captions = tuple(
        f"After {_brief(axis, float(places[frame]))}: "
        + ", ".join(
            f"{curve.way} {two_figures(loss[frame])}"
            for curve, loss in zip(shown.curves, losses, strict=True)
        )
        + "."
        for frame in frames
    )
    return Film(captions, grows=(1, 2, 3), shown=tuple(int(frame) + 1 for frame in frames))


def _table(shown: DigitBatches) -> pd.DataFrame:
    import pandas as pd

    header, *rows = ways_table(shown)
    return pd.DataFrame(rows, columns=list(header))


def pass_bars(shown: PassTimes) -> Picture:
    """The time of one pass as three bars: the same arithmetic, all at once or one by one.

    Examples
    --------
    >>> from dl_core.batch_ways import pass_times
    >>> len(pass_bars(pass_times()).figure["data"][0]["x"])
    3
    """
    figure = house_drawing(
        f"One by one, the same pass takes {two_figures(shown.longer)} times as long", height=300
    )
    seconds = shown.times.seconds_per_pass
    names = [
        f"<b>{way}</b><br>{n:,} update{'s' if n > 1 else ''}"
        for way, n in zip(WAYS, shown.updates, strict=True)
    ]
    figure.add_bar(
        x=[four_figures(each * 1000) for each in seconds],
        y=names,
        orientation="h",
        width=0.55,
        marker={"color": [colour for colour, _, _ in LOOKS]},
        text=[seconds_in_words(each) for each in seconds],
        textposition="outside",
        textfont={"color": INK},
        cliponaxis=False,
        hovertemplate="%{x:.2f} ms<extra></extra>",
    )
    figure.update_xaxes(
        title={"text": f"processor time of one pass over {shown.n_examples} digits, milliseconds"},
        range=[0, seconds[-1] * 1000 * 1.3],
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": QUIET})
    return Picture(figure, pass_sentence(shown), lambda: _pass_table(shown))


def _pass_table(shown: PassTimes) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "way": way,
            "updates per pass": n,
            "time per pass (ms)": float(f"{seconds * 1000:.3g}"),
            "time per update (µs)": float(f"{seconds / n * 1e6:.3g}"),
        }
        for way, n, seconds in zip(WAYS, shown.updates, shown.times.seconds_per_pass, strict=True)
    )
