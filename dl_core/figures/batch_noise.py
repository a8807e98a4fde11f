"""A column of steps for each batch size: the larger the batch, the nearer to what all examples say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dl_core.batch_noise import N_DRAWS, SIZES, Estimates, NoiseStory, takeaway
from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import ACCENT, BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import percent, two_figures

if TYPE_CHECKING:
    import pandas as pd

N_DRAWN = 40  # dots in a column; all 400 count in the words
WIDE = 0.085  # how far dots lie beside their column, in powers of ten
HIGH = 3.4  # spreads of one example that the picture reaches above and below the full batch


def noise_funnel(shown: NoiseStory) -> Picture:
    """Steps against batch size, right and wrong ways apart, between the lines of the root rule.

    Parameters
    ----------
    shown
        From :func:`dl_core.batch_noise.story`.

    Examples
    --------
    >>> from dl_core.batch_noise import Settings, story
    >>> noise_funnel(story(Settings())).figure["layout"]["title"]["text"]
    'A batch of 8 steps the wrong way 6.2 % of the time'
    """
    figure = house_drawing(_title(shown))
    _rule(figure, shown)
    _dots(figure, shown)
    _measured(figure, shown)
    _words(figure, shown)
    figure.update_xaxes(
        type="log",
        title={"text": "batch size: wines in one estimate"},
        tickvals=list(SIZES),
        ticktext=[str(size) for size in SIZES],
        range=[math.log10(SIZES[0]) - 0.17, math.log10(SIZES[-1]) + 0.55],
        showgrid=False,
    )
    reach = HIGH * shown.columns[0].expected_spread
    figure.update_yaxes(title={"text": "step the right way (full batch = 1)"}, range=[1 - reach, 1 + reach])
    return Picture(figure, takeaway(shown), lambda: _table(shown))


def _title(shown: NoiseStory) -> str:
    size, wrong = shown.settings.batch_size, shown.chosen.wrong
    who = "One wine" if size == 1 else f"A batch of {size}"
    return (
        f"{who} steps the wrong way {percent(wrong)} of the time"
        if wrong
        else f"{who} never steps the wrong way here"
    )


def _rule(figure: Drawing, shown: NoiseStory) -> None:
    """One spread above and below, by the rule: one example's spread divided by the root of the size."""
    sizes = np.geomspace(SIZES[0], SIZES[-1], 40)
    for sign, name in ((1, "above"), (-1, "below")):
        figure.add_scatter(
            x=np.round(sizes, 3).tolist(),
            y=np.round(1 + sign * shown.columns[0].expected_spread / np.sqrt(sizes), 3).tolist(),
            mode="lines",
            name=f"rule, {name}",
            line={"color": INK, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[SIZES[0] * 0.7, SIZES[-1] * 1.3],
        y=[1, 1],
        mode="lines",
        name="full batch",
        line={"color": QUIET, "width": 1.5},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[SIZES[0] * 0.7, SIZES[-1] * 1.3],
        y=[0, 0],
        mode="lines",
        name="no step",
        line={"color": INK, "width": 1},
        hoverinfo="skip",
    )


def _dots(figure: Drawing, shown: NoiseStory) -> None:
    steps = np.concatenate([each.steps[:N_DRAWN] for each in shown.columns])
    # even by the golden ratio, and the same at every move
    aside = WIDE * (2 * (0.618034 * np.arange(N_DRAWN) % 1) - 1)
    places = np.concatenate([size * 10**aside for size in SIZES])
    looks = (
        ("right way", steps >= 0, {"color": BLUE, "size": 5, "opacity": 0.55}),
        ("wrong way", steps < 0, {"color": VERMILLION, "size": 6, "symbol": "x"}),
    )  # fmt: skip
    for name, chosen, marker in looks:
        figure.add_scatter(
            x=np.round(places[chosen], 3).tolist(),
            y=np.round(steps[chosen], 3).tolist(),
            mode="markers",
            name=name,
            marker=marker,
            hovertemplate=f"{name}: %{{y:.2f}}<extra></extra>",
        )


def _measured(figure: Drawing, shown: NoiseStory) -> None:
    """The measured spread of the reader's batch size as an upright bar with its ends marked."""
    one = shown.chosen
    figure.add_scatter(
        x=[one.batch_size, one.batch_size],
        y=[round(1 - one.spread, 3), round(1 + one.spread, 3)],
        mode="lines+markers",
        name="your batch, measured spread",
        line={"color": ACCENT, "width": 4},
        marker={"color": ACCENT, "size": 9, "symbol": "diamond"},
        hovertemplate="measured spread<extra></extra>",
    )


def _words(figure: Drawing, shown: NoiseStory) -> None:
    one, reach = shown.chosen, HIGH * shown.columns[0].expected_spread
    note = {"showarrow": False, "xanchor": "left"}
    right = math.log10(SIZES[-1] * 1.34)
    figure.add_annotation(x=right, y=1, text="full batch", font={"color": QUIET}, **note)
    figure.add_annotation(
        x=math.log10(SIZES[-1]) + 0.03,
        y=-0.28 * reach,
        text="✕ wrong way",
        font={"color": WORDS[VERMILLION]},
        yanchor="middle",
        **note,
    )
    first = SIZES.index(one.batch_size)
    figure.add_annotation(
        x=math.log10(one.batch_size),
        y=1 + min(max(float(one.steps[:N_DRAWN].max()) - 1, one.spread) + 0.06 * reach, 0.74 * reach),
        text=f"<b>your batch</b><br>spread {two_figures(one.spread)}",
        showarrow=False,
        xanchor="left" if first == 0 else "center",
        yanchor="bottom",
        font={"color": ACCENT},
        bgcolor=PAPER,
    )
    figure.add_annotation(
        x=math.log10(SIZES[-1]) + 0.03,
        y=1 + 0.62 * reach,
        text="- - rule: 1 / √size",
        font={"color": INK},
        **note,
    )


def _table(shown: NoiseStory) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(_row(each) for each in shown.columns)


def _row(each: Estimates) -> dict[str, float | int | str]:
    return {
        "wines in the batch": each.batch_size,
        "spread of the steps, measured": float(f"{each.spread:.3g}"),
        "spread by the rule (one wine's / √size)": float(f"{each.expected_spread:.3g}"),
        f"wrong way, of {N_DRAWS} draws": int((each.steps < 0).sum()),
    }
