"""Right answers against labelled texts: counting, embedding and attending."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    GREEN,
    INK,
    PAPER,
    PURPLE,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.figures.three_steps import apart
from dl_core.language.contest import ORDER_SIZES, ORDER_WAYS, SIZES, WAYS, Contest, Point, WayKey
from dl_core.language.contest_in_words import NAMES, right, right_range, takeaway
from dl_core.numbers_in_words import percent, seconds_in_words, so_many

if TYPE_CHECKING:
    import pandas as pd

LOOKS: dict[WayKey, tuple[str, str, str]] = {  # way → colour, dash, symbol
    "count": (BLUE, "solid", "circle"),
    "embed": (GREEN, "dash", "square"),
    "attend": (VERMILLION, "dot", "diamond"),
    "blind": (PURPLE, "dashdot", "triangle-up"),
}
SHORT: dict[WayKey, str] = {"count": "count", "embed": "embed", "attend": "attend", "blind": "no places"}
SIDES = {"drawers": (7, 58_000), "order": (38, 6600)}  # of the axis; names stand before the first number
HEIGHTS = {"drawers": (20.0, 100.0), "order": (30.0, 112.0)}  # percent right
NAME_GAP = 6.0  # percent right between two names, at least
TICKS = {50: "50", 200: "200", 1000: "1,000", 5000: "5,000", 20_000: "20,000"}


def contest_chart(told: Contest) -> Picture:
    """Three lines over the number of labels, each point with its range, and the reader's number.

    Examples
    --------
    >>> from dl_core.language.contest import Settings, story
    >>> contest_chart(story(Settings())).title.partition(":")[0]
    '2,000 labels'
    """
    figure = house_drawing(_title(told), height=430)
    task = told.settings.task
    _guess(figure, told)
    figure.add_vline(x=told.n, line={"color": ACCENT, "width": 1.5, "dash": "dot"}, layer="below")
    for way in _ways(told):
        _line(figure, told, way)
    _names(figure, told)
    first, last = (math.log10(side) for side in SIDES[task])
    what = "labelled texts" if task == "drawers" else "labelled sentences (made up)"
    figure.update_xaxes(
        type="log", title={"text": what}, range=[first, last], tickvals=list(TICKS),
        ticktext=list(TICKS.values()), showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(title={"text": "right on held-out texts (%)"}, range=list(HEIGHTS[task]), dtick=20)
    return Picture(figure, _summary(told), lambda: _table(told))


def _ways(told: Contest) -> tuple[WayKey, ...]:
    return WAYS if told.settings.task == "drawers" else ORDER_WAYS


def _of(told: Contest, way: WayKey) -> list[Point]:
    return [point for point in told.points if point.way == way]


def _title(told: Contest) -> str:
    if told.settings.task == "order":
        attend, count = told.at("attend"), told.at("count")
        return f"{so_many(told.n, 'sentence')}: attend {right(attend)} right, count {right(count)}"
    ranked = sorted(WAYS, key=lambda way: -told.at(way).share)
    shares = ", ".join(f"{SHORT[way]} {right(told.at(way))}" for way in ranked)
    return f"{so_many(told.n, 'label')}: {shares} right"


def _summary(told: Contest) -> str:
    lines = "Three lines" if told.settings.task == "drawers" else "Four lines"
    return f"{lines} of right answers over labelled texts, on a log axis. {takeaway(told)}"


def _guess(figure: Drawing, told: Contest) -> None:
    """What an answer without reading gets."""
    if told.settings.task == "order":
        return  # the lines themselves lie there
    at = round(100 * told.measured.guess, 1)
    figure.add_shape(
        type="line", layer="below", xref="x domain", x0=0, x1=1, y0=at, y1=at,
        line={"color": QUIET, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        xref="x domain", x=1, y=at, xanchor="right", yanchor="bottom", showarrow=False,
        text=f"always the fullest drawer: {percent(told.measured.guess)}", bgcolor=PAPER,
        font={"color": QUIET, "size": 13},
    )  # fmt: skip


def _line(figure: Drawing, told: Contest, way: WayKey) -> None:
    colour, dash, symbol = LOOKS[way]
    points = _of(told, way)
    at = [round(100 * point.share, 2) for point in points]
    ends = [[round(100 * end, 2) for end in point.range] for point in points]
    figure.add_scatter(
        x=[point.n for point in points], y=at, mode="lines+markers", name=NAMES[way],
        line={"color": colour, "width": 2.5, "dash": dash},
        marker={"color": colour, "size": 9, "symbol": symbol},
        error_y={
            "type": "data", "symmetric": False, "thickness": 1.5, "width": 4, "color": colour,
            "array": [round(high - y, 2) for y, (_, high) in zip(at, ends, strict=True)],
            "arrayminus": [round(y - low, 2) for y, (low, _) in zip(at, ends, strict=True)],
        },
        text=[right_range(point) for point in points],
        hovertemplate=f"{NAMES[way]}, %{{x:,}} labels<br>%{{y:.1f}} % right (%{{text}})<extra></extra>",
    )  # fmt: skip


def _names(figure: Drawing, told: Contest) -> None:
    """Before each line's first point, pushed apart where lines begin together."""
    if told.settings.task == "order":
        _order_names(figure, told)
        return
    ways = sorted(WAYS, key=lambda way: _of(told, way)[0].share)
    heights = apart([100 * _of(told, way)[0].share for way in ways], NAME_GAP, *HEIGHTS["drawers"])
    for way, height in zip(ways, heights, strict=True):
        figure.add_annotation(
            x=math.log10(SIZES[0]), xshift=-11, y=round(height, 1), xanchor="right", showarrow=False,
            text=f"<b>{SHORT[way]}</b>", font={"color": WORDS[LOOKS[way][0]], "size": 15},
            bgcolor=PAPER,
        )  # fmt: skip


def _order_names(figure: Drawing, told: Contest) -> None:
    """All but one lie on one another, so they are named together under that line."""
    last = _of(told, "attend")[-1]
    low = min(_of(told, way)[-1].range[0] for way in ORDER_WAYS)
    for y, text, colour, anchor in (
        (100 * last.share, f"<b>{SHORT['attend']}</b>", WORDS[LOOKS["attend"][0]], "bottom"),
        (100 * low, "<b>count · embed · attend without places</b>", INK, "top"),
    ):
        figure.add_annotation(
            x=1, xref="x domain", y=round(y, 1), xanchor="right", yanchor=anchor, showarrow=False,
            yshift=8 if anchor == "bottom" else -6, text=text, font={"color": colour, "size": 14},
            bgcolor=PAPER,
        )  # fmt: skip


def _table(told: Contest) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for n in SIZES if told.settings.task == "drawers" else ORDER_SIZES:
        row: dict[str, str | int] = {"labels": n}
        for way in _ways(told):
            point = told.measured.at(way, n, told.settings.task)
            row[f"{NAMES[way]}, right"] = right(point)
            row[f"{NAMES[way]}, 95 % range"] = right_range(point)
            if told.settings.task == "drawers":
                shares = [100 * each / point.n_held_out for each in point.right]
                row[f"{NAMES[way]}, each draw (%)"] = ", ".join(f"{share:.1f}" for share in shares)
                row[f"{NAMES[way]}, training"] = seconds_in_words(point.seconds)
        if told.settings.task == "drawers":
            row["most right, ties with it"] = ", ".join(NAMES[way] for way in told.measured.leaders(n))
        rows.append(row)
    return pd.DataFrame(rows)
