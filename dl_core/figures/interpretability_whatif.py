"""What if: the model's risk along one column, the bar, the case as it is and changed, and where cases lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, cut, each_in_four, four_figures, tint
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.interpretability.onecase_in_words import capital
from dl_core.interpretability.whatif import WhatIf
from dl_core.interpretability.whatif_in_words import (
    IN_WORDS,
    beside,
    moves_listed,
    others_in_words,
    pair,
    takeaway,
)

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 400
LONGEST = 24  # letters of a column's name in the title
AIR = 1.14  # of the highest risk, above it
LEAST_TOP = 8.0  # percent, at which the axis ends at least
CROWD, CROWD_TOP = 0.2, 0.035  # shares of the axis: depth of the strip of cases, and air over it
FLAT = 100  # values on a curve up to which each is marked
EDGES = (0.32, 0.68)  # shares of the axis: before, words stand right of their mark; after, left of it
BESIDE = 0.25  # share of the axis beside a mark that its words cover
ALONG_FROM, ALONG_TO = 0.03, 0.97  # shares of the axis where the names of the two sides may stand


def what_if(told: WhatIf) -> Picture:
    """The curve of one column, with the case as it is and as changed.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.whatif.story`.
    """
    figure = house_drawing(title(told), height=HEIGHT)
    low, high = _sides(told)
    top = _top(told)
    _bar(figure, told, low, high, top)
    _crowd(figure, told, top)
    _curves(figure, told)
    _marks(figure, told, low, high)
    column = told.column
    unit = f" ({column.unit})" if column.unit else ""
    figure.update_xaxes(
        title={"text": f"{cut(column.name, 2 * LONGEST)}{unit}"}, range=[low, high], showgrid=False, nticks=8,
    )  # fmt: skip
    if column.levels:
        figure.update_xaxes(tickvals=list(range(len(column.levels))), ticktext=list(column.levels))
    figure.update_yaxes(
        title={"text": f"risk: “{cut(told.table.bad_name, LONGEST)}” (%)"}, range=[-CROWD * top, top],
        tickvals=_ticks(top), showgrid=False, fixedrange=True,
    )  # fmt: skip
    if not told.is_moved and len(told.moves) > 1:
        return Picture(figure, summary(told), lambda: _table(told))
    # the last mark can be dragged: then the slider of this column follows
    figure.update_layout(meta={"drag": {"trace": len(figure["data"]) - 1}})
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: WhatIf) -> str:
    """The finding: what moved, and the risk before and after."""
    before, after, bar = beside(told.settings.question.bar, told.before, told.after)
    if told.changed is None:
        return f"Risk {before}, bar {bar}: nothing we tried crosses it"
    if len(told.moves) != 1:
        return f"{IN_WORDS[len(told.moves)]} changes: risk {after} instead of {before}, bar {bar}"
    column = told.table.columns[told.moves[0]]
    old, new = pair(column, told.row[told.moves[0]], told.changed[told.moves[0]])
    new = new.removesuffix(column.unit).strip()
    return f"{capital(cut(column.name, LONGEST))} {new} instead of {old}: risk {after} instead of {before}"


def summary(told: WhatIf) -> str:
    """The picture in words."""
    low, high = float(told.as_it_is.min()), float(told.as_it_is.max())
    told_low, told_high, _ = beside(told.settings.question.bar, low, high)
    curve = f"Along “{told.column.name}” alone, its risk lies between {told_low} and {told_high}."
    return " ".join(filter(None, [takeaway(told), curve, others_in_words(told)])).replace("**", "")


def _sides(told: WhatIf) -> tuple[float, float]:
    """Ends of the axis: the values that occur, and a little air."""
    low, high = float(told.edges[0]), float(told.edges[-1])
    air = 0.02 * max(high - low, 1e-9) if not told.column.levels else 0.4
    return four_figures(low - air), four_figures(high + air)


def _top(told: WhatIf) -> float:
    """Upper end of the risk axis, percent."""
    highest = max(float(told.as_it_is.max()), told.settings.question.bar, told.after, told.before)
    if told.with_change is not None:
        highest = max(highest, float(told.with_change.max()))
    return four_figures(min(max(100 * highest * AIR, LEAST_TOP), 112.0))


def _ticks(top: float) -> list[float]:
    """Round percentages from 0 up, four to seven of them."""
    step = next(step for step in (1, 2, 5, 10, 20, 25) if top / step < 7)
    return [float(at) for at in range(0, int(min(top, 100)) + 1, step)]


def _bar(figure: Drawing, told: WhatIf, low: float, high: float, top: float) -> None:
    """The bar, with both sides tinted and named where the curve leaves most room."""
    bar = four_figures(100 * told.settings.question.bar)
    for y0, y1, colour in ((0.0, min(bar, top), BLUE), (min(bar, top), top, VERMILLION)):
        figure.add_shape(
            type="rect", layer="below", x0=low, x1=high, y0=y0, y1=y1, fillcolor=tint(colour, 0.07),
            line={"width": 0},
        )  # fmt: skip
    figure.add_shape(
        type="line", x0=low, x1=high, y0=bar, y1=bar, line={"color": ACCENT, "width": 2, "dash": "dash"}
    )
    is_left = _emptier_left(told, low, high)
    x = low + (ALONG_FROM if is_left else ALONG_TO) * (high - low)
    name = beside(told.settings.question.bar, told.before, told.after)[-1]
    for text, anchor, colour in (
        (f"▲ held back from {name}", "bottom", VERMILLION),
        ("▼ let through", "top", BLUE),
    ):
        figure.add_annotation(
            x=four_figures(x), y=bar, xanchor="left" if is_left else "right", yanchor=anchor, showarrow=False,
            text=text, font={"size": 13, "color": WORDS[colour]},
        )  # fmt: skip


def _emptier_left(told: WhatIf, low: float, high: float) -> bool:
    """Whether the curve keeps further from the bar in the left part of the picture than in the right one."""
    curve = told.as_it_is if told.with_change is None else told.with_change
    apart = abs(curve - told.settings.question.bar)
    marks = {told.row[told.along]} | ({told.changed[told.along]} if told.changed is not None else set())
    room: list[float] = []
    for start in (low, low + 0.6 * (high - low)):
        end = start + 0.4 * (high - low)
        here = apart[(told.x >= start) & (told.x <= end)]
        crowded = sum(start <= mark <= end for mark in marks)
        room.append(float(here.min(initial=1.0)) - crowded)
    return room[0] > room[1]


def _crowd(figure: Drawing, told: WhatIf, top: float) -> None:
    """How many cases of the table lie where, under the axis of risk."""
    base, depth = -CROWD * top, (CROWD - CROWD_TOP) * top
    most = max(float(told.counts.max()), 1.0)
    width = float(told.edges[1] - told.edges[0])
    figure.add_bar(
        x=each_in_four((told.edges[:-1] + told.edges[1:]) / 2),
        y=each_in_four(depth * told.counts / most), base=four_figures(base), width=four_figures(width),
        marker={"color": FAINT, "line": {"width": 0}}, name="cases",
        customdata=[int(n) for n in told.counts],
        hovertemplate=f"%{{customdata}} {told.table.items} near %{{x}}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        xref="paper", x=1, xanchor="right", y=four_figures(base), yanchor="bottom", showarrow=False,
        text=f"how many {told.table.items}", font={"size": 13, "color": QUIET},
    )  # fmt: skip


def _curves(figure: Drawing, told: WhatIf) -> None:
    """The curve with the change strong, the one without it thin and dashed where it is another one."""
    if told.with_change is not None:
        figure.add_scatter(
            x=each_in_four(told.x), y=each_in_four(100 * told.as_it_is), mode="lines", name="as it is",
            line={"color": QUIET, "width": 1.5, "dash": "dash"},
            hovertemplate="all else as it is: %{y:.3g} % at %{x}<extra></extra>",
        )  # fmt: skip
    strong = told.as_it_is if told.with_change is None else told.with_change
    is_short = len(told.x) <= FLAT // 4
    figure.add_scatter(
        x=each_in_four(told.x), y=each_in_four(100 * strong), mode="lines+markers" if is_short else "lines",
        name="risk", line={"color": INK, "width": 3}, marker={"color": INK, "size": 6},
        hovertemplate="risk %{y:.3g} % at %{x}<extra></extra>",
    )  # fmt: skip


def _marks(figure: Drawing, told: WhatIf, low: float, high: float) -> None:
    """A ring for the case as it is, a diamond for the changed one; the higher has its words above."""
    before, after, _ = beside(told.settings.question.bar, told.before, told.after)
    points = [(float(told.row[told.along]), told.before, "circle", PAPER, "as it is", before)]
    if told.changed is not None:
        points.append((float(told.changed[told.along]), told.after, "diamond", ACCENT, "changed", after))
    upper = max(points, key=lambda point: point[1])
    for point in points:
        x, share, symbol, fill, name, said = point
        figure.add_scatter(
            x=[four_figures(x)], y=[four_figures(100 * share)], mode="markers", name=name, cliponaxis=False,
            marker={"symbol": symbol, "size": 15, "color": fill, "line": {"color": INK, "width": 2}},
            hovertemplate=f"{name}: {said} at %{{x}}<extra></extra>",
        )  # fmt: skip
        is_left = _words_left(told, x, name == "changed", point is upper, low, high)
        figure.add_annotation(
            x=four_figures(x), y=four_figures(100 * share), showarrow=False, text=f"<b>{name}: {said}</b>",
            xanchor="right" if is_left else "left", xshift=-10 if is_left else 10,
            yanchor="bottom" if point is upper else "top", yshift=14 if point is upper else -6,
            font={"size": 14, "color": INK}, bgcolor=PAPER, borderpad=1,
        )  # fmt: skip


def _words_left(told: WhatIf, x: float, is_changed: bool, above: bool, low: float, high: float) -> bool:
    """Whether a mark's words stand to its left: where its curve leaves them room, and the axis too."""
    share = (x - low) / (high - low)
    if not EDGES[0] <= share <= EDGES[1]:
        return share > EDGES[1]
    curve = told.with_change if is_changed and told.with_change is not None else told.as_it_is
    reach = BESIDE * (high - low)
    left = curve[(told.x >= x - reach) & (told.x <= x)].mean()
    right = curve[(told.x >= x) & (told.x <= x + reach)].mean()
    return bool(left < right if above else left > right)


def _table(told: WhatIf) -> pd.DataFrame:
    import pandas as pd

    moves = {name: (old, new) for name, old, new in moves_listed(told)}
    rows = []
    for at, column in enumerate(told.table.columns):
        as_it_is = column.in_words(float(told.row[at]))
        state = "may change" if column.name in told.settings.open else "locked"
        old, new = moves.get(column.name, (as_it_is, "as it is"))
        rows.append({"column": column.name, "as it is": old, "changed": new, "lock": state})
    before, after, _ = beside(told.settings.question.bar, told.before, told.after)
    changed = after if told.changed is not None else "nothing found"
    rows.append(
        {"column": f"risk: {told.table.bad_name}", "as it is": before, "changed": changed, "lock": ""}
    )
    return pd.DataFrame(rows)
