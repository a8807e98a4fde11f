"""Steps and pairs against the length of a text, both on log axes, with the reader's own length."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.decide.amounts import many
from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.language.length import Length, Settings, overtaken, story, takeaway
from dl_core.numbers_in_words import bytes_in_words, so_many

if TYPE_CHECKING:
    import pandas as pd

LENGTHS = tuple(10**power for power in range(7))  # words, of the lines
LATE = 3_000  # words; of a longer text the number stands on the left
AIR = 0.6  # above the highest point, powers of ten
TICKS = {1: "1", 100: "100", 10**4: "10,000", 10**6: "1 million", 10**8: "100 million", 10**10: "10 billion"}
NARROWEST, WIDEST = 10, 10**5  # words, ends of the axis; another text moves them


def cost_of_length(told: Length) -> Picture:
    """The bag and the recurrent net on one line, attention on a line twice as steep.

    Examples
    --------
    >>> cost_of_length(story(Settings())).title
    '1,000 words are 1,000 steps, but 1,000,000 pairs'
    """
    figure = house_drawing(_title(told), height=430)
    start, end = min(NARROWEST, told.settings.n), max(WIDEST, told.settings.n)
    _beyond(figure, end)
    _lines(figure, start, end)
    _reader(figure, told, end)
    marks = [mark for mark in (1, 10, 1_000, 100_000) if start <= mark <= end]
    left, right = (round(math.log10(at), 3) for at in (start / 1.15, end * 1.15))
    figure.update_xaxes(
        type="log", title={"text": "words in the text"}, range=[left, right],
        tickvals=marks, ticktext=[f"{mark:,}" for mark in marks], showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        type="log", title={"text": "steps or pairs"}, range=[left, round(2 * math.log10(end) + AIR, 3)],
        tickvals=list(TICKS), ticktext=list(TICKS.values()),
    )  # fmt: skip
    figure.update_layout(margin={"t": 52})
    return Picture(figure, f"Two lines on log axes. {takeaway(told).replace('**', '')}", _table)


def _title(told: Length) -> str:
    words, steps = so_many(told.settings.n, "word"), so_many(told.steps, "step")
    return f"{words} {'is' if told.settings.n == 1 else 'are'} {steps}, but {_pairs(told)}"


def _pairs(told: Length) -> str:
    return so_many(told.pairs, "pair") if told.pairs < 10**8 else f"{many(told.pairs)} pairs"


def _beyond(figure: Drawing, end: int) -> None:
    """Where the pairs of GPT-2 small cost more than everything else in its layers."""
    start = overtaken()
    figure.add_shape(
        type="rect", layer="below", x0=start, x1=end * 1.15, yref="y domain", y0=0, y1=1,
        line={"width": 0}, fillcolor=tint(VERMILLION, 0.07),
    )  # fmt: skip
    figure.add_annotation(
        x=math.log10(start), xanchor="left", xshift=5, yref="paper", y=0.02, yanchor="bottom", align="left",
        showarrow=False, text=f"from {start:,} on,<br>pairs cost most<br>(GPT-2 small)",
        font={"color": QUIET, "size": 13},
    )  # fmt: skip


def _lines(figure: Drawing, start: int, end: int) -> None:
    lengths = [start, *(n for n in LENGTHS if start < n < end), end]
    looks = (
        ("attention: pairs", [n * n for n in lengths], VERMILLION, "solid", "pairs"),
        ("recurrent network, bag: steps", lengths, BLUE, "dash", "steps"),
    )
    for name, values, colour, dash, what in looks:
        figure.add_scatter(
            x=lengths, y=values, mode="lines", name=name, line={"color": colour, "width": 3, "dash": dash},
            hovertemplate="%{x:,} words: %{y:,} " + what + "<extra></extra>",
        )  # fmt: skip
    for text, row, colour in (
        ("<b>— Attention</b>: pairs", 0, VERMILLION),
        ("<b>- - Recurrent network</b>: steps in a row", 1, BLUE),
        ("<b>- - Bag</b>: one pass", 2, BLUE),
    ):
        figure.add_annotation(
            xref="paper", x=0.02, yref="paper", y=1, yshift=-22 * row, xanchor="left", yanchor="top",
            showarrow=False, text=text, font={"color": WORDS[colour], "size": 14},
        )  # fmt: skip


def _reader(figure: Drawing, told: Length, end: int) -> None:
    n = told.settings.n
    figure.add_shape(
        type="line", x0=n, x1=n, y0=min(NARROWEST, n) / 1.15, y1=told.pairs,
        line={"color": ACCENT, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_scatter(
        x=[n, n], y=[told.pairs, told.steps], mode="markers", name="your text", hoverinfo="skip",
        marker={"size": 12, "color": PAPER, "line": {"color": ACCENT, "width": 2.5}},
    )  # fmt: skip
    late = n > LATE
    figure.add_annotation(
        x=math.log10(n), y=2 * math.log10(n), xanchor="right" if late else "left", xshift=-12 if late else 12,
        yshift=8 if late else -14, showarrow=False, font={"color": ACCENT, "size": 15},
        text=f"<b>{_pairs(told)}</b>",
    )  # fmt: skip
    if 2 * n <= end:
        figure.add_scatter(
            x=[2 * n], y=[told.doubled], mode="markers", name="twice as long",
            hovertemplate="twice the words: four times the pairs<extra></extra>",
            marker={"symbol": "diamond-open", "size": 12, "color": ACCENT, "line": {"width": 2}},
        )  # fmt: skip


def _table() -> pd.DataFrame:
    import pandas as pd

    each = [story(Settings(n)) for n in (10, 100, 150, 1_000, 2_000, 10_000, 100_000)]
    return pd.DataFrame(
        {
            "words": f"{one.settings.n:,}",
            "steps of a recurrent network": f"{one.steps:,}",
            "pairs in one head": f"{one.pairs:,}",
            "scores of one head": bytes_in_words(one.bytes_a_head),
            "share of pairs in a layer of GPT-2 small (%)": round(100 * one.share_of_pairs, 1),
        }
        for one in each
    )
