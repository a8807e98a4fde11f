"""Two scores with their ranges; and under them the lead that was seen, over what luck alone makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.decide.coin import Coin
from dl_core.decide.coin_in_words import (
    SEEN,
    decision,
    luck_in_short,
    points,
    range_in_words,
    score,
    takeaway,
)
from dl_core.figures.drawing import Drawing, each_in_four, four_figures, tint
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    GREEN,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.intervals import Share

if TYPE_CHECKING:
    import pandas as pd

ROWS = (1.0, 0.0)  # heights of the two scores in their panel
LOOKS = ((BLUE, "square"), (GREEN, "circle"))
ABOVE, BELOW = [0.64, 1.0], [0.0, 0.44]  # the two panels, as shares of the height
SEEN_AT, TOP = 1.35, 1.95  # heights over the most frequent lead of luck, which is 1


def coin_picture(told: Coin) -> Picture:
    """Both scores with their ranges, and the lead against luck.

    Parameters
    ----------
    told
        From :func:`dl_core.decide.coin.story`.

    Examples
    --------
    >>> from dl_core.decide.coin import Settings, story
    >>> coin_picture(story(Settings())).title
    '94 % against 95 % on 1,000 cases: no difference seen'
    """
    first, second = told.first, told.second
    title = f"{score(first)} against {score(second)} on {told.n:,} cases: {SEEN[told.verdict]}"
    figure = house_drawing(title, height=450)
    figure.update_layout(xaxis2={**figure["layout"]["xaxis"]}, yaxis2={**figure["layout"]["yaxis"]})
    _scores(figure, told)
    _luck(figure, told)
    _lead(figure, told)
    _axes(figure, told)
    return Picture(figure, f"{takeaway(told)} {decision(told).replace('**', '')}", lambda: _table(told))


def _in_points(share: float) -> float:
    return four_figures(100 * share)


def _scores(figure: Drawing, told: Coin) -> None:
    for at, name, found, (colour, symbol) in zip(
        ROWS, told.names, (told.first, told.second), LOOKS, strict=True
    ):
        value = _in_points(found.value)
        figure.add_scatter(
            x=[value], y=[at], mode="markers", name=name,
            marker={"color": colour, "size": 12, "symbol": symbol},
            error_x={
                "type": "data", "symmetric": False, "thickness": 2.5, "width": 7, "color": colour,
                "array": [max(0.0, four_figures(100 * found.high - value))],
                "arrayminus": [max(0.0, four_figures(value - 100 * found.low))],
            },
            hovertemplate=f"{name}: {score(found)}<br>"
            f"{100 * found.low:.2f} to {100 * found.high:.2f} %<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=value, y=at, yshift=12, yanchor="bottom", showarrow=False,
            text=f"<b>{name}</b> {score(found)}", font={"color": WORDS[colour], "size": 14},
        )  # fmt: skip


def _luck(figure: Drawing, told: Coin) -> None:
    """What a fair coin makes of the cases that part the two; as far as the lead, or further, in red."""
    leads, often = told.luck
    x, y = [_in_points(lead) for lead in leads], each_in_four(often)
    if len(x) == 1:
        x, y = [x[0], x[0]], [0.0, y[0]]
    figure.add_scatter(
        x=x, y=y, mode="lines", name="luck alone", fill="tozeroy", fillcolor=tint(QUIET, 0.25),
        line={"color": QUIET, "width": 1.5}, xaxis="x2", yaxis="y2",
        hovertemplate="luck alone: %{x} points<extra></extra>",
    )  # fmt: skip
    edge = abs(told.lead) - 1e-9
    for side, name in ((1, "luck, as far to the right"), (-1, "luck, as far to the left")):
        tail = [
            (_in_points(lead), four_figures(part))
            for lead, part in zip(leads, often, strict=True)
            if side * lead >= edge
        ]
        if told.lead and len(tail) > 1:
            figure.add_scatter(
                x=[at for at, _ in tail], y=[part for _, part in tail], mode="lines", name=name,
                fill="tozeroy", fillcolor=tint(VERMILLION, 0.5), line={"color": VERMILLION, "width": 2.5},
                xaxis="x2", yaxis="y2", hoverinfo="skip",
            )  # fmt: skip
    at_left = told.lead >= 0  # where the lead's own range leaves room
    figure.add_annotation(
        x=0 if at_left else 1, y=1.15, xref="x2 domain", yref="y2", showarrow=False, yanchor="top",
        text=f"as far by luck:<br>{luck_in_short(told.p)}", align="left" if at_left else "right",
        xanchor="left" if at_left else "right", font={"color": WORDS[VERMILLION], "size": 14},
    )  # fmt: skip
    figure.add_annotation(
        x=0, y=0.3, xref="x2", yref="y2", showarrow=False, text="luck alone",
        font={"color": QUIET, "size": 14}, bgcolor=PAPER, borderpad=1,
    )  # fmt: skip


def _lead(figure: Drawing, told: Coin) -> None:
    low, high = told.between
    at = _in_points(told.lead)
    figure.add_shape(
        type="line", xref="x2", x0=0, x1=0, yref="y2", y0=0, y1=TOP, layer="below",
        line={"color": QUIET, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_scatter(
        x=[at], y=[SEEN_AT], mode="markers", name="the lead seen", xaxis="x2", yaxis="y2",
        marker={"color": ACCENT, "size": 13, "symbol": "diamond"},
        error_x={
            "type": "data", "symmetric": False, "thickness": 2.5, "width": 7, "color": ACCENT,
            "array": [max(0.0, four_figures(100 * high - at))],
            "arrayminus": [max(0.0, four_figures(at - 100 * low))],
        },
        hovertemplate=f"lead seen: {points(told.lead)} points<br>{range_in_words(told)}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=at, y=SEEN_AT, xref="x2", yref="y2", yshift=12, yanchor="bottom", showarrow=False, bgcolor=PAPER,
        text=f"<b>seen: {points(told.lead)}</b> ({range_in_words(told)})", font={"color": ACCENT, "size": 14},
    )  # fmt: skip


def _axes(figure: Drawing, told: Coin) -> None:
    quiet = {"visible": False, "fixedrange": True}
    figure.update_layout(
        xaxis={
            "title": {"text": "right answers (%), with the range of each"},
            "range": _room(told.first, told.second), "anchor": "y", "nticks": 7, "zeroline": False,
        },
        yaxis={"domain": ABOVE, "range": [-0.5, 1.9], **quiet},
        xaxis2={
            "title": {"text": f"lead of {told.names[1]} (points)"}, "range": _reach(told), "anchor": "y2",
            "nticks": 7, "gridcolor": FAINT,
        },
        yaxis2={"domain": BELOW, "range": [0, TOP], "anchor": "x2", **quiet},
    )  # fmt: skip


def _room(*found: Share) -> list[float]:
    """From the lowest to the highest end, with air for the words."""
    low, high = min(one.low for one in found), max(one.high for one in found)
    air = 0.25 * (high - low)
    return [four_figures(100 * (low - air)), four_figures(100 * (high + air))]


def _reach(told: Coin) -> list[float]:
    """Wide enough for luck and for the lead's range."""
    leads, often = told.luck
    usual = [abs(float(lead)) for lead, part in zip(leads, often, strict=True) if part > 0.01]
    far = max(*(abs(end) for end in told.between), *usual, 1e-6)
    return [four_figures(-115 * far), four_figures(115 * far)]


def _table(told: Coin) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "what": f"right answers, {name}",
            "cases": found.hits,
            "share (%)": round(100 * found.value, 2),
            "95 % range (%)": f"{100 * found.low:.2f} to {100 * found.high:.2f}",
        }
        for name, found in zip(told.names, (told.first, told.second), strict=True)
    ]
    for name, count in zip(told.names, (told.only_first, told.only_second), strict=True):
        rows.append(
            {
                "what": f"only {name} is right",
                "cases": count,
                "share (%)": round(100 * count / told.n, 2),
                "95 % range (%)": "",
            }
        )
    low, high = told.between
    rows.append(
        {
            "what": f"lead of {told.names[1]}, points",
            "cases": told.only_second - told.only_first,
            "share (%)": round(100 * told.lead, 2),
            "95 % range (%)": f"{100 * low:.2f} to {100 * high:.2f}".replace("-", "−"),
        }
    )
    return pd.DataFrame(rows)
