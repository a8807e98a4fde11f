"""How much of a far input's effect is left: a plain memory and a gated one, on a log axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.fading_memory import FARTHEST, FORGOTTEN, FadingMemory, Memory, left_in_words, takeaway
from dl_core.figures.drawing import Drawing, each_in_four, four_figures
from dl_core.figures.film import Film
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
from dl_core.figures.three_steps import apart
from dl_core.numbers_in_words import so_many

if TYPE_CHECKING:
    import pandas as pd

FLOOR = 1e-6  # the axis ends here: less is nothing
ROOM = 13  # steps right of the farthest, for names
GAP = 0.07  # between two names, as a share of the height
LOOKS = {"tanh": ("plain", BLUE, "circle"), "gru": ("gated", VERMILLION, "square")}
TICKS = {1e-6: "1 in a million", 1e-4: "0.01 %", 1e-2: "1 %", 1: "100 %", 100: "100 times",
         1e4: "10,000 times", 1e6: "a million times"}  # fmt: skip


def memory_chart(shown: FadingMemory) -> Picture:
    """Both memories against steps back, each with its theory, and the reader's distance.

    Examples
    --------
    >>> from dl_core.fading_memory import Settings, story
    >>> memory_chart(story(Settings())).figure["layout"]["title"]["text"]
    '20 steps back: plain 1 part in 8,000, gated 36 %'
    """
    figure = house_drawing(_title(shown))
    low, high = _range(shown)
    _forgotten(figure)
    for one in (shown.plain, shown.gated):
        _band(figure, one, low)
    grown = tuple(_line(figure, one, low) for one in (shown.plain, shown.gated))
    for one in (shown.plain, shown.gated):
        _theory(figure, one, low)
    _names(figure, shown, low, high)
    _reader(figure, shown, low)
    figure.update_xaxes(
        title={"text": "steps back"},
        range=[-1, FARTHEST + ROOM],
        tickvals=list(range(0, FARTHEST + 1, 10)),
        showgrid=False,
    )
    marks = [mark for mark in TICKS if low <= math.log10(mark) <= high]
    figure.update_yaxes(
        type="log",
        title={"text": "effect on the output (newest = 100 %)"},
        range=[low, high],
        tickvals=marks,
        ticktext=[TICKS[mark] for mark in marks],
    )
    figure.update_layout(margin={"t": 52})
    return Picture(figure, _summary(shown), lambda: _table(shown), Film(_captions(shown), grows=grown))


def _title(shown: FadingMemory) -> str:
    back = shown.settings.distance
    plain, gated = (left_in_words(one.median[back]) for one in (shown.plain, shown.gated))
    return f"{so_many(back, 'step').capitalize()} back: plain {plain}, gated {gated}"


def _summary(shown: FadingMemory) -> str:
    return (
        f"Two lines on a log axis over {FARTHEST} steps back, a plain recurrent network and a gated one. "
        f"{takeaway(shown)}"
    )


def _range(shown: FadingMemory) -> tuple[float, float]:
    low, top = math.log10(FLOOR) - 0.2, math.log10(max(1.0, *shown.plain.high, *shown.gated.high))
    return low, round(top + 0.12 * (top - low), 3)


def _seen(values: tuple[float, ...], low: float) -> tuple[list[int], list[float]]:
    """The part of a line above the axis's end: steps back, and values."""
    kept = [(d, four_figures(value)) for d, value in enumerate(values) if math.log10(value) >= low]
    return [d for d, _ in kept], [value for _, value in kept]


def _forgotten(figure: Drawing) -> None:
    figure.add_scatter(
        x=[0, FARTHEST],
        y=[FORGOTTEN] * 2,
        mode="lines",
        name="forgotten",
        hoverinfo="skip",
        line={"color": QUIET, "width": 1.2, "dash": "dot"},
    )


def _band(figure: Drawing, one: Memory, low: float) -> None:
    """The smallest and the largest of all random starts."""
    for values in (one.low, one.high):
        x, y = _seen(values, low)
        figure.add_scatter(
            x=x, y=y, mode="lines", hoverinfo="skip", name="lowest or highest start", opacity=0.5,
            line={"color": LOOKS[one.kind][1], "width": 1},
        )  # fmt: skip


def _line(figure: Drawing, one: Memory, low: float) -> int:
    """The measured memory. The trace's place."""
    name, colour, symbol = LOOKS[one.kind]
    x, y = _seen(one.median, low)
    figure.add_scatter(
        x=x, y=y, mode="markers", name=name, marker={"color": colour, "size": 7, "symbol": symbol},
        hovertemplate=f"{name}, %{{x}} steps back: %{{y:.2g}}<extra></extra>",
    )  # fmt: skip
    return len(figure["data"]) - 1


def _theory(figure: Drawing, one: Memory, low: float) -> None:
    name = LOOKS[one.kind][0]
    x, y = _seen(one.theory, low)
    figure.add_scatter(
        x=x, y=y, mode="lines", name=f"theory, {name}", hoverinfo="skip",
        line={"color": INK, "width": 1.8, "dash": "dash"},
    )  # fmt: skip


def _names(figure: Drawing, shown: FadingMemory, low: float, high: float) -> None:
    """Beside each line's end; a line that falls out of the picture is named where it leaves it."""
    named = [(FARTHEST, math.log10(FORGOTTEN), "forgotten", QUIET)]
    for one in (shown.plain, shown.gated):
        name, colour, _ = LOOKS[one.kind]
        steps, values = _seen(one.median, low)
        named.append((steps[-1], math.log10(values[-1]), f"<b>{name}</b>", WORDS[colour]))
    at_end = [one for one in named if one[0] == FARTHEST]
    heights = apart([one[1] for one in at_end], GAP * (high - low), low, high)
    placed = [*zip(at_end, heights, strict=True), *((one, one[1]) for one in named if one[0] < FARTHEST)]
    for (x, _, text, colour), height in placed:
        figure.add_annotation(
            x=x, y=round(height, 3), text=text, showarrow=False, xanchor="left", xshift=10,
            yanchor="middle" if x == FARTHEST else "bottom", font={"color": colour, "size": 14},
        )  # fmt: skip
    figure.add_annotation(
        xref="paper", yref="paper", x=1, y=0.09, xanchor="right", yanchor="bottom", align="right",
        showarrow=False, font={"color": QUIET, "size": 13},
        text=f"points: median of {shown.plain.n_starts} starts<br>thin: lowest, highest<br>black: theory",
    )  # fmt: skip


def _reader(figure: Drawing, shown: FadingMemory, low: float) -> None:
    """The reader's distance, and where it meets both lines."""
    back = shown.settings.distance
    figure.add_vline(x=back, line={"color": ACCENT, "width": 1.5, "dash": "dot"})
    met = [one.median[back] for one in (shown.plain, shown.gated) if math.log10(one.median[back]) >= low]
    figure.add_scatter(
        x=[back] * len(met), y=each_in_four(met), mode="markers", hoverinfo="skip",
        name="your distance", marker={"size": 12, "color": PAPER, "line": {"color": ACCENT, "width": 2.5}},
    )  # fmt: skip
    figure.add_annotation(
        x=back, y=1, yref="paper", yanchor="top", xanchor="left", xshift=5, showarrow=False,
        text=so_many(back, "step"), font={"color": ACCENT, "size": 14},
    )  # fmt: skip


def _captions(shown: FadingMemory) -> tuple[str, ...]:
    return tuple(
        f"{so_many(d, 'step').capitalize()} back: plain {left_in_words(shown.plain.median[d])}, "
        f"gated {left_in_words(shown.gated.median[d])}."
        for d in range(FARTHEST + 1)
    )


def _table(shown: FadingMemory) -> pd.DataFrame:
    import pandas as pd

    rows: dict[str, list[int] | list[str]] = {"steps back": list(range(FARTHEST + 1))}
    for one in (shown.plain, shown.gated):
        name = LOOKS[one.kind][0]
        for what in ("median", "low", "high", "theory"):
            rows[f"{name}, {what}"] = [f"{value:.2g}" for value in getattr(one, what)]
    return pd.DataFrame(rows)
