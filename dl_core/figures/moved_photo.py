"""How sure the network still is of its first answer when the photo moves, and what it got to see."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing, four_figures, rgb
from dl_core.figures.images import add_picture, data_uri, enlarged
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    DASHES,
    GREEN,
    PAPER,
    QUIET,
    SYMBOLS,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.moved_photo import AMOUNTS, LAYERS, ONE, STEPS, Moved, Point, in_words, place, takeaway
from dl_core.numbers_in_words import percent
from dl_core.vision.views import Pixels

if TYPE_CHECKING:
    import pandas as pd

# the amounts whose photos are shown; the one nearest to the chosen amount makes room for it
SHOWN = {
    "shift": (-40.0, -20.0, 0.0, 20.0, 40.0),
    "turn": (-135.0, -67.5, 0.0, 67.5, 135.0),
    "size": (0.25, 0.5, 1.0, 2.0),
    "pixels": (0.0, 4.0, 8.0, 12.0, 16.0),
}
TICKS = {
    "shift": (-40.0, -20.0, 0.0, 20.0, 40.0),
    "turn": (-90.0, 0.0, 90.0, 180.0),
    "size": (0.25, 0.5, 1.0, 2.0),
    "pixels": (0.0, 4.0, 8.0, 12.0, 16.0),
}
AXES = {
    "shift": "shifted by (% of its width, right is +)",
    "turn": "turned by (°, clockwise is +)",
    "size": "size of the photo",
    "pixels": "moved right by (pixels of 64)",
}
# symbol, colour, the same as a letter, and what it means
MARKS = (
    ("circle", BLUE, "●", "same answer"),
    ("x", VERMILLION, "✕", "another"),
    ("diamond", QUIET, "◆", "too unsure"),
)
SEEN = 0.27  # height of the strip of photos, of the figure
LAYER_COLOURS = (BLUE, VERMILLION, GREEN)


def moved_curve(told: Moved) -> Picture:
    """The curve over all amounts, or pixel by pixel how far each layer's map is from having moved along.

    Examples
    --------
    >>> from dl_core.moved_photo import Settings, story
    >>> from dl_core.photos import first_sample
    >>> moved_curve(story(Settings(first_sample(), "shift", 20.0))).title
    '“espresso” is the best guess at 16 of 16 shifts'
    """
    way = told.settings.way
    figure = house_drawing(_title(told), height=460)
    if way == "pixels":
        _layer_lines(figure, told)
    else:
        _curve(figure, told)
    _strip(figure, told)
    values = [place(way, amount) for amount in AMOUNTS[way]]
    room = (values[-1] - values[0]) / 10
    figure.update_xaxes(
        range=[values[0] - room, values[-1] + room],
        tickvals=[place(way, amount) for amount in TICKS[way]],
        ticktext=[_tick(way, amount) for amount in TICKS[way]],
        title={"text": AXES[way]},
        fixedrange=True,
        anchor="y",
    )
    figure.update_yaxes(domain=[SEEN + 0.23, 1], fixedrange=True)
    return Picture(figure, f"{_title(told)}. {takeaway(told).replace('**', '')}", lambda: _table(told))


def _title(told: Moved) -> str:
    if told.settings.way == "pixels":
        if not told.others:
            return "Only the photo itself was tried"
        return "The first maps move along; deeper ones do not quite"
    one, n = ONE[told.settings.way], len(told.others)
    return f"“{told.first.label}” is the best guess at {told.n_held} of {n} {one}s"


def _tick(way: str, amount: float) -> str:
    if way == "size":
        return in_words(way, amount)
    return f"{amount:+g}".replace("-", "−").replace("+0", "0") + {"turn": "°", "shift": " %"}.get(way, "")


def _curve(figure: Drawing, told: Moved) -> None:
    way, first = told.settings.way, told.first
    x = [place(way, one.amount) for one in told.points]
    y = [four_figures(100 * one.kept) for one in told.points]
    marks = [_mark(told, one) for one in told.points]
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines+markers",
        line={"color": QUIET, "width": 2},
        marker={
            "size": 11,
            "color": [colour for _, colour, _, _ in marks],
            "symbol": [symbol for symbol, _, _, _ in marks],
        },
        text=[f"{in_words(way, one.amount)}: {one.label}, {percent(one.probability)}" for one in told.points],
        hovertemplate="%{text}<extra></extra>",
    )
    _ring(figure, told, [four_figures(100 * told.chosen.kept)])
    _answers(figure, told)
    found = [mark for mark in MARKS if mark in marks]
    _over_the_plot(figure, " · ".join(f"{glyph} {words}" for _, _, glyph, words in found))
    figure.update_yaxes(
        range=[-6, 112], tickvals=[0, 50, 100], title={"text": f"sure of “{first.label}” (%)"}
    )


def _over_the_plot(figure: Drawing, text: str) -> None:
    figure.add_annotation(
        text=text, xref="paper", yref="paper", x=0, y=1, xanchor="left", yanchor="bottom",
        showarrow=False, font={"size": 13, "color": QUIET},
    )  # fmt: skip
    figure.update_layout(margin={"t": 68})  # for these words


def _mark(told: Moved, one: Point) -> tuple[str, str, str, str]:
    """Which of MARKS stands for the network's answer at one amount."""
    if one.refused:
        return MARKS[2]
    return MARKS[0] if one.label == told.first.label else MARKS[1]


def _ring(figure: Drawing, told: Moved, heights: list[float]) -> None:
    """The chosen amount: a line, and a ring that can be dragged along the curve."""
    at = place(told.settings.way, told.chosen.amount)
    figure.add_shape(
        type="line",
        x0=at, x1=at, y0=0, y1=1, xref="x", yref="y domain",
        line={"color": ACCENT, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.update_layout(meta={"drag": {"trace": len(figure["data"])}})
    figure.add_scatter(
        x=[at] * len(heights),
        y=heights,
        mode="markers",
        hoverinfo="skip",
        marker={
            "size": 19,
            "color": ACCENT,
            "symbol": "circle-open",
            "line": {"width": 3},
        },
    )


def _answers(figure: Drawing, told: Moved) -> None:
    """The name at the chosen amount, and that of the longest other stretch at the opposite end."""
    way, chosen, first = told.settings.way, told.chosen, told.first
    if chosen.label != first.label:
        _name(figure, told, chosen.amount, f"now “{chosen.label}”", WORDS[VERMILLION])
    here = _along(way, chosen.amount)
    runs = [list(run) for _, run in groupby(told.points, key=lambda one: one.label)]
    others = [run for run in runs if run[0].label not in (first.label, chosen.label)]
    far = [run for run in others if abs(_along(way, _middle(run).amount) - here) > 0.55]
    if far:
        longest = max(far, key=len)
        _name(figure, told, _middle(longest).amount, f"“{longest[0].label}”", QUIET)


def _middle(run: list[Point]) -> Point:
    return run[len(run) // 2]


def _along(way: str, amount: float) -> float:
    """Where an amount stands on its axis, 0 to 1."""
    low, high = place(way, AMOUNTS[way][0]), place(way, AMOUNTS[way][-1])
    return (place(way, amount) - low) / (high - low)


def _name(figure: Drawing, told: Moved, amount: float, text: str, colour: str) -> None:
    """Words over an amount; near an end they grow towards the middle."""
    share = _along(told.settings.way, amount)
    figure.add_annotation(
        x=place(told.settings.way, amount),
        y=108,
        text=text,
        showarrow=False,
        yanchor="top",
        xanchor="left" if share < 0.34 else "right" if share > 0.66 else "center",
        xshift=6 if share < 0.34 else -6 if share > 0.66 else 0,
        font={"size": 14, "color": colour},
        bgcolor=PAPER,
    )


def _layer_lines(figure: Drawing, told: Moved) -> None:
    x = [one.amount for one in told.points]
    for layer, (name, step, colour) in enumerate(zip(LAYERS, STEPS, LAYER_COLOURS, strict=True)):
        y = [four_figures(100 * min(one.apart[layer], 1.1)) for one in told.points]
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines+markers",
            line={"color": colour, "width": 2, "dash": DASHES[layer]},
            marker={"size": 8, "color": colour, "symbol": SYMBOLS[layer]},
            hovertemplate=f"{name}, a place every {step} pixels: differ by %{{y:.0f}} %<extra></extra>",
        )
        # the first line lies at 0 and is named below it, the second zigzags and is named over its first tooth
        at, anchors = (
            (-1, {"xanchor": "right", "yanchor": "top", "yshift": -6}),
            (min(1, len(x) - 1), {"xanchor": "left", "yanchor": "bottom", "yshift": 4}),
            (-1, {"xanchor": "left", "yanchor": "middle", "xshift": 8}),
        )[layer]
        figure.add_annotation(
            x=x[at],
            y=y[at],
            text=f"<b>{name}</b>",
            showarrow=False,
            font={"size": 14, "color": WORDS[colour]},
            **anchors,
        )
    _over_the_plot(figure, "Differs from a map that moved along (%)")
    figure.update_layout(margin={"r": 66})  # for the name at the last line's end
    chosen = told.chosen
    _ring(figure, told, [four_figures(100 * min(each, 1.1)) for each in chosen.apart])
    figure.update_yaxes(range=[-24, 104], tickvals=[0, 50, 100])


def _strip(figure: Drawing, told: Moved) -> None:
    """What the network got to see at a few amounts, the chosen one among them, framed."""
    way, chosen = told.settings.way, told.chosen
    places = [place(way, amount) for amount in SHOWN[way]]
    slot = min(range(len(places)), key=lambda at: abs(places[at] - place(way, chosen.amount)))
    by_amount = {one.amount: one for one in told.points}
    for at, amount in enumerate(SHOWN[way]):
        shown = chosen if at == slot else by_amount.get(amount)
        if shown is None:  # stopped early
            continue
        middle, bold = (at + 0.5) / len(places), at == slot
        source = data_uri(_large(shown.look, framed=bold))
        add_picture(figure, source, middle, SEEN, 0.96 / len(places), SEEN, xanchor="center")
        text = _tick(way, shown.amount)
        figure.add_annotation(
            text=f"<b>{text}</b>" if bold else text,
            xref="paper",
            yref="paper",
            x=middle,
            y=SEEN,
            xanchor="center",
            yanchor="bottom",
            showarrow=False,
            font={"size": 13, "color": ACCENT if bold else QUIET},
        )


def _large(look: Pixels, *, framed: bool) -> Pixels:
    """The network's own pixels, to be seen one by one; a frame in the accent's colour around the chosen."""
    large = enlarged(look, 2)
    if not framed:
        return large
    inside = np.zeros(large.shape[:2], bool)
    inside[6:-6, 6:-6] = True
    return np.where(inside[..., None], large, np.array(rgb(ACCENT), np.uint8))


def _table(told: Moved) -> pd.DataFrame:
    import pandas as pd

    way = told.settings.way
    columns = {
        "moved": [in_words(way, one.amount) for one in told.points],
        "answer": [one.label for one in told.points],
        "how sure (%)": [round(100 * one.probability, 1) for one in told.points],
        f"sure of {told.first.label} (%)": [round(100 * one.kept, 1) for one in told.points],
    }
    for layer, name in enumerate(LAYERS if way == "pixels" else ()):
        columns[f"{name} differ by (%)"] = [round(100 * one.apart[layer], 1) for one in told.points]
    return pd.DataFrame(columns)
