"""Three trainings as joined dots: with all columns, without the protected one, without its proxy too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import cut
from dl_core.figures.interpretability_pairs import Line, draw_lines
from dl_core.figures.picture import Picture, house_drawing
from dl_core.interpretability.board import CASES, give_or_take
from dl_core.interpretability.cross_validation import Mean
from dl_core.interpretability.proxy import MEASURES, Proxy, Training
from dl_core.interpretability.proxy_in_words import (
    hidden_in_words,
    pairs_in_words,
    points_in_words,
    summary,
    title,
)

if TYPE_CHECKING:
    import pandas as pd

ROW_PX = 82
NAME = 15  # letters of a column's name over the dots
BOTH = 26  # letters of two such names


def proxy_picture(told: Proxy) -> Picture:
    """A row for each training: both groups with 95 % ranges, and how well the other columns tell them.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.proxy.story`.

    Examples
    --------
    >>> from dl_core.interpretability.proxy import at_rest, story
    >>> proxy_picture(story(at_rest())).title
    '28 points apart, 15 without the group, 3.1 without the district too'
    """
    figure = house_drawing(title(told))
    lines = [_line(one) for one in told.trainings]
    if told.blind is not None and lines:
        gap = 100 * abs(told.blind[1] - told.blind[0])
        lines.append(
            Line(
                f"True rule, {told.groups.names[0]}’s terms for all", "",
                (100 * told.blind[0], 100 * told.blind[1]), (None, None), f"{gap:.1f} points apart",
                is_model=False,
            )
        )  # fmt: skip
    corner = f"other columns tell “{cut(told.groups.column, NAME)}” in"
    draw_lines(figure, lines, told.groups.names, corner, ROW_PX)
    figure.update_xaxes(title={"text": MEASURES[told.settings.measure]})
    figure.update_layout(height=figure["layout"]["height"] + 24)
    return Picture(figure, summary(told), lambda: _table(told))


def _line(one: Training) -> Line:
    gap, is_apart = points_in_words(one.gap), one.gap.is_sure
    names = " and ".join(cut(name, NAME) for name in one.hidden)
    if len(one.hidden) > 1 and len(names) > BOTH:
        names = "both"
    return Line(
        f"Without {names}" if names else "All columns",
        f"{pairs_in_words(one.tells.value)} pairs" if one.tells else "it is told",
        (100 * one.rates[0].value, 100 * one.rates[1].value),
        (_range(one.rates[0]), _range(one.rates[1])),
        f"{gap} apart" if is_apart else f"{gap.removesuffix(' points')}, may be luck", is_apart,
    )  # fmt: skip


def _range(rate: Mean) -> tuple[float, float]:
    return 100 * max(0.0, rate.low), 100 * min(1.0, rate.high)


def _table(told: Proxy) -> pd.DataFrame:
    import pandas as pd

    one, two = told.groups.names
    rows = []
    for each in told.trainings:
        rows.append(
            {
                "hidden from the model": hidden_in_words(each),
                f"{one} (%)": _percent(each.rates[0]),
                f"{two} (%)": _percent(each.rates[1]),
                "gap (points)": _percent(each.gap),
                "change of the gap (points)": _percent(each.change) if each.hidden else "–",
                f"$ lost in {CASES:,} {told.settings.table.items}": give_or_take(each.cost),
                "$ more than with all columns": give_or_take(each.more) if each.hidden else "–",
                "pairs in which the rest tells the group (%)": _percent(each.tells) if each.tells else "–",
            }
        )
    if told.blind is not None:
        first, second = (100 * rate for rate in told.blind)
        rows.append(
            {
                "hidden from the model": "no model: the true rule, one group’s terms for all",
                f"{one} (%)": f"{first:.1f}", f"{two} (%)": f"{second:.1f}",
                "gap (points)": f"{second - first:.1f}".replace("-", "−"),
            }
        )  # fmt: skip
    return pd.DataFrame(rows).fillna("–")


def _percent(mean: Mean) -> str:
    return f"{100 * mean.value:.1f} ± {100 * mean.half:.1f}".replace("-", "−")
