"""Five rates of two groups as joined dots: one is made the same, the others show what is left apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dl_core.decide.amounts import money
from dl_core.figures.interpretability_pairs import Line, draw_lines
from dl_core.figures.picture import Picture, house_drawing
from dl_core.interpretability.board import CASES, give_or_take
from dl_core.interpretability.fair import Fair
from dl_core.interpretability.fair_in_words import (
    bar_in_words,
    gap_in_words,
    largest,
    summary,
)
from dl_core.interpretability.fair_rules import ONE_BAR, RULES, Pair, Policy
from dl_core.interpretability.onecase_in_words import capital
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    import pandas as pd

ROW_PX = 72


def fair_picture(told: Fair) -> Picture:
    """A row for each rule: where both groups stand at the chosen bars, and what following that rule costs.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.fair.story`.

    Examples
    --------
    >>> from dl_core.interpretability.fair import at_rest, story
    >>> fair_picture(story(at_rest())).title
    'Largest gap left: bad cases among those held back, 19 % against 33 %'
    """
    return _fair(told, wide=False)


def fair_picture_wide(told: Fair) -> Picture:
    """The same for a slide, which is wide and not high: a line of words for each rule."""
    return _fair(told, wide=True)


def _fair(told: Fair, *, wide: bool) -> Picture:
    figure = house_drawing(title(told))
    items = told.settings.table.items
    lines = [_line(told, pair) for pair in told.chosen.pairs] if told.policies else []
    corner = f"lost in {CASES:,} {items}, if followed"
    draw_lines(figure, lines, told.groups.names, corner, ROW_PX, wide=wide)
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: Fair) -> str:
    """The finding: the widest gap that is left."""
    if not told.policies:
        return "Nothing is measured yet"
    pair = largest(told.chosen)
    if pair is None and any(each.rule == ONE_BAR for each in told.chosen.apart):
        return f"Only the bars differ: {' and '.join(bar_in_words(bar) for bar in told.chosen.bars)}"
    if pair is None:
        return "No other gap is sure on so few cases"
    one, two = (percent(value) for value in pair.values)
    return f"Largest gap left: {RULES[pair.rule].measured}, {one} against {two}"


def _line(told: Fair, pair: Pair) -> Line:
    ranges = [
        (100 * share.low, 100 * share.high) if share and pair.rule != ONE_BAR else None
        for share in pair.shares
    ]
    is_chosen = pair.rule == told.chosen.rule
    values = (100 * pair.values[0], 100 * pair.values[1])
    return Line(
        capital(RULES[pair.rule].name), short_cost(told.policy(pair.rule)),
        (min(values[0], 100.0), min(values[1], 100.0)) if pair.rule == ONE_BAR else values,
        (ranges[0], ranges[1]), gap_in_words(pair), pair.is_apart, is_chosen,
    )  # fmt: skip


def short_cost(policy: Policy) -> str:
    """What mistakes cost if a rule is followed, and how that stands against one bar."""
    if policy.rule == ONE_BAR:
        return money(policy.cost)
    verdict = "a tie" if not policy.more.is_sure else "dearer" if policy.more.value > 0 else "cheaper"
    return f"{money(policy.cost)}, {verdict}"


def _table(told: Fair) -> pd.DataFrame:
    """A row for each rule followed: what it costs, and each gap that it leaves."""
    import pandas as pd

    one, two = told.groups.names
    rows = []
    for policy in told.policies:
        row: dict[str, str] = {
            "made the same": RULES[policy.rule].name,
            f"bar for {one}": bar_in_words(policy.bars[0]),
            f"bar for {two}": bar_in_words(policy.bars[1]),
            f"$ lost in {CASES:,} {told.settings.table.items}": f"{policy.cost:,.0f}",
            "$ more than one bar": "–" if policy.rule == ONE_BAR else give_or_take(policy.more),
        }
        row |= {f"gap: {RULES[pair.rule].measured} (points)": _gap(pair) for pair in policy.pairs}
        rows.append(row)
    return pd.DataFrame(rows)


def _gap(pair: Pair) -> str:
    if math.isnan(pair.gap):
        return "–"
    told = f"{100 * pair.gap:+.1f}"
    if pair.rule != ONE_BAR:
        told += f" ({100 * pair.low:+.1f} to {100 * pair.high:+.1f})"
    return told.replace("-", "−")
