"""Numbers to learn, from one head to GPT-3, on a log axis, with the reader's own shape among them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    INK,
    PAPER,
    QUIET,
    Picture,
    house_drawing,
)
from dl_core.language.parts import BYTES, CARD, Model, Parts, in_words, published, takeaway
from dl_core.numbers_in_words import bytes_in_words, two_figures

if TYPE_CHECKING:
    import pandas as pd

HEIGHT, TITLE = 430, 48  # pixels
LOW, HIGH = 2.7, 13.4  # ends of the axis, powers of ten: room for a number behind the longest line
TICKS = {10**3: "1,000", 10**6: "1 million", 10**9: "1 billion", 10**12: "1,000 billion"}
SECRET = "Claude, GPT-4", "size not published"
YOURS = "yours"


def sizes(told: Parts) -> Picture:
    """A line for each model, from the axis to its count; what nobody publishes has no line.

    Examples
    --------
    >>> from dl_core.language.parts import GPT_2, story
    >>> sizes(story(GPT_2)).title
    'GPT-2 small learns 124 million numbers'
    """
    rows = _rows(told)
    tall = len(rows) + 1
    figure = house_drawing(_title(told), height=HEIGHT)
    low = min(LOW, math.log10(told.numbers) - 0.3)
    for place, model in enumerate(rows):
        _row(figure, model, -place, low)
    _secret(figure, -len(rows), low)
    figure.update_xaxes(
        type="log", title={"text": "numbers to learn (log axis)"},
        range=[round(low, 3), HIGH], tickvals=list(TICKS), ticktext=list(TICKS.values()),
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[-tall + 0.5, 0.6])
    figure.update_layout(margin={"t": TITLE})
    return Picture(figure, _summary(told), lambda: _table(told))


def _rows(told: Parts) -> tuple[Model, ...]:
    """The published ones and the reader's own, the smallest first."""
    others = tuple(model for model in published() if model.name != told.known)
    name = f"Yours, as {told.known}" if told.known else "Your shape"
    return tuple(sorted((*others, Model(YOURS, name, None, told.numbers)), key=lambda one: one.numbers))


def _title(told: Parts) -> str:
    name = told.known or "Your shape"
    learns = f"{name} learns {in_words(told.numbers)} numbers"
    return f"{learns}: {two_figures(told.bytes / CARD)} large cards full" if told.cards > 1 else learns


def _row(figure: Drawing, model: Model, y: int, low: float) -> None:
    is_own = model.key == YOURS
    colour = ACCENT if is_own else BLUE
    figure.add_shape(
        type="line", layer="below", x0=round(10**low, 3), x1=model.numbers, y0=y, y1=y,
        line={"color": tint(colour, 0.35), "width": 9},
    )  # fmt: skip
    figure.add_scatter(
        x=[model.numbers], y=[y], mode="markers", name=model.name,
        marker={
            "color": colour, "size": 15, "symbol": "diamond" if is_own else "circle",
            "line": {"color": PAPER, "width": 1.5},
        },
        hovertemplate=f"{model.name}: %{{x:,}}<extra></extra>",
    )  # fmt: skip
    year = f" ({model.year})" if model.year else ""
    figure.add_annotation(
        x=low, y=y, xanchor="left", yanchor="bottom", xshift=4, yshift=7, showarrow=False,
        text=f"{model.name}{year}: <b>{in_words(model.numbers)}</b>",
        font={"color": ACCENT if is_own else INK, "size": 15},
    )  # fmt: skip


def _secret(figure: Drawing, y: int, low: float) -> None:
    figure.add_annotation(
        x=low, y=y, xanchor="left", yanchor="bottom", xshift=4, showarrow=False,
        text=f"{SECRET[0]} and others: <b>{SECRET[1]}</b>", font={"color": QUIET, "size": 15},
    )  # fmt: skip


def _summary(told: Parts) -> str:
    counts = ", ".join(f"{model.name} {in_words(model.numbers)}" for model in published()[1:])
    return f"A line for each model on a log axis: {counts}. {takeaway(told).replace('**', '')}"


def _table(told: Parts) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (model.name, str(model.year or ""), f"{model.numbers:,}", bytes_in_words(BYTES * model.numbers))
        for model in _rows(told)
    ]
    parts = (
        ("word list", told.words), ("places", told.places), ("attention", told.attention),
        ("fully connected layers", told.dense), ("norms", told.norms),
    )  # fmt: skip
    rows += [(f"yours: {name}", "", f"{n:,}", bytes_in_words(BYTES * n)) for name, n in parts]
    return pd.DataFrame(rows, columns=["model or part", "year", "numbers to learn", "in float16"])
