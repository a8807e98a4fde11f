"""What an edit of one curve does, in sentences."""

from __future__ import annotations

import math

from dl_core.decide.amounts import money, price
from dl_core.interpretability.board import CASES, give_or_take
from dl_core.interpretability.cross_validation import Mean
from dl_core.interpretability.curve import Edited
from dl_core.interpretability.curve_parts import N_FRESH, Edit
from dl_core.interpretability.table import Floats
from dl_core.intervals import Share
from dl_core.numbers_in_words import percent, so_many, two_figures

NAMES: dict[Edit, str] = {
    "keep": "As learned",
    "flat": "Flattened",
    "up": "Only upwards",
    "down": "Only downwards",
}
HARDLY = 0.01  # of what all mistakes cost: a surer difference than that may still be small


def edit_in_words(told: Edited) -> str:
    """The edit, with its range where it has one.

    Examples
    --------
    >>> from dl_core.interpretability.curve import Settings, at_rest, story
    >>> asked = at_rest().question
    >>> edit_in_words(story(Settings(asked, "debt payments", "flat", 10.0, 20.0)))
    'Flattened from 10 to 20 % of income'
    """
    asked = told.settings
    name = NAMES[asked.edit]
    if asked.edit != "flat" or (asked.low is None and asked.high is None):
        return name
    low = asked.low if asked.low is not None else told.ends[0]
    high = asked.high if asked.high is not None else told.ends[1]
    first = asked.of.in_words(low).removesuffix(f" {asked.of.unit}")
    return f"{name} from {first} to {asked.of.in_words(high)}"


def changed_in_words(told: Edited) -> str:
    """How many decisions change, without a full stop.

    Examples
    --------
    >>> from dl_core.interpretability.curve import Settings, at_rest, story
    >>> asked = at_rest().question
    >>> changed_in_words(story(Settings(asked, "group", "keep")))
    'none of 500 decisions changes'
    """
    n = told.n_changed
    return f"{n or 'none'} of {told.n:,} decisions change{'s' if n <= 1 else ''}"


def takeaway(told: Edited) -> str:
    """Whose decision changes, and what the edit costs."""
    if not told.is_edited:
        return f"{_unedited(told)} {span_in_words(told)}"
    changed = changed_in_words(told)
    return f"**{changed[:1].upper()}{changed[1:]}**{_ways(told)}. {cost_in_words(told)}"


def _unedited(told: Edited) -> str:
    if told.settings.edit == "keep":
        return "**As learned.** Nothing is edited, so no decision changes."
    return "**The curve was like that already**, so no decision changes."


def span_in_words(told: Edited) -> str:
    """How far the curve reaches, in odds, a sentence.

    Examples
    --------
    >>> from dl_core.interpretability.curve import Settings, at_rest, story
    >>> span_in_words(story(Settings(at_rest().question, "group", "keep")))
    'At its highest point the odds of “not paid back” are 1.5 times those at its lowest.'
    """
    bad = told.table.bad_name
    return f"At its highest point the odds of “{bad}” are {reach(told.made)} times those at its lowest."


def reach(heights: Floats) -> str:
    """A curve's highest odds over its lowest.

    Parameters
    ----------
    heights
        ``(m,)`` logarithms of odds.
    """
    return two_figures(math.exp(min(float(heights.max() - heights.min()), 30.0)))


def _ways(told: Edited) -> str:
    """How many more are held back, how many let through."""
    held, let = told.caught + told.alarmed, told.missed + told.freed
    if not told.n_changed:
        return ""
    parts = [f"{held} more held back"] * bool(held) + [f"{let} more let through"] * bool(let)
    return f": {', '.join(parts)}"


def cost_in_words(told: Edited) -> str:
    """What the edit costs on the held-out cases, and on fresh ones where the rule is known."""
    if told.n_changed:
        first = f"In {CASES:,} {told.table.items} the edit {_cost_or_save(told.dearer)}."
    else:
        first = "So mistakes cost the same on these cases."
    return first if told.fresh is None else f"{first} {fresh_in_words(told.fresh)}"


def fresh_in_words(fresh: Mean) -> str:
    """The same on loans made anew, a sentence.

    >>> fresh_in_words(Mean(-81.0, -129.0, -33.0))
    'Counted on 20,000 fresh made loans, it saves $81 ± $48.'
    """
    return f"Counted on {N_FRESH:,} fresh made loans, it {_cost_or_save(fresh)}."


def _cost_or_save(more: Mean) -> str:
    if more.low == more.high == 0:
        return "costs nothing"
    verb = "saves" if more.value < 0 else "costs"
    return f"{verb} {give_or_take(more, '${}').removeprefix('−')}{_tie(more)}"


def headline(told: Edited) -> str:
    """The message, 2 to 12 words."""
    if told.settings.edit == "keep":
        return "This curve is all the model does with this column"
    if not told.n_changed:
        return "Your edit changes no decision here"
    best = told.fresh or told.dearer
    if told.verdict == "tie":
        return "These cases cannot tell what your edit costs"
    if abs(best.value) < HARDLY * told.cost[0]:
        return "You edit one curve, and the cost hardly moves"
    verb = "costs" if told.verdict == "dearer" else "saves"
    return f"Your edit {verb} {money(abs(best.value))} in {CASES:,} {told.table.items}"


def gap_in_words(told: Edited) -> str:
    """The two groups before and after, a sentence; empty where the table has none.

    Examples
    --------
    >>> from dl_core.interpretability.curve import Settings, at_rest, story
    >>> gap_in_words(story(Settings(at_rest().question, "group", "flat")))
    'Held back: group A 59 % (before 55 %), group B 65 % (before 80 %).'
    """
    if told.pair is None:
        return ""
    parts = [
        f"{one.name} {percent(one.after.value)} (before {percent(one.before.value)})" for one in told.pair
    ]
    return f"Held back: {', '.join(parts)}."


def who_in_words(told: Edited) -> str:
    """Of those whose decision changes, what they turned out to be, a sentence."""
    held, let, bad = told.caught + told.alarmed, told.missed + told.freed, told.table.bad_name
    parts = []
    if held:
        parts.append(
            f"Of {so_many(held, 'case')} newly held back, {told.caught or 'none'} turned out “{bad}”."
        )
    if let:
        parts.append(
            f"Of {so_many(let, 'case')} newly let through, {told.missed or 'none'} turned out “{bad}”."
        )
    return " ".join(parts)


def lines(told: Edited) -> tuple[tuple[str, ...], ...]:
    """Before, after and the difference as rows of words, the head first."""
    cost = "no change" if not told.n_changed else f"{give_or_take(told.dearer, '${}')}{_tie(told.dearer)}"
    right = "no change" if not told.n_changed else f"{give_or_take(told.better)} points{_tie(told.better)}"
    rows = [
        ("On held-out cases", "As learned", "After your edit", "Difference"),
        (f"Cost in {CASES:,} {told.table.items}", *(price(round(one)) for one in told.cost), cost),
        ("Right answers", *(_share(one) for one in told.right), right),
        (
            "Held back", *(_points(one / told.n) for one in told.held),
            _more(told.held[0] / told.n, told.held[1] / told.n),
        ),
    ]  # fmt: skip
    rows += [
        (
            f"… at {one.name} ({one.after.n:,})", _share(one.before), _share(one.after),
            _more(one.before.value, one.after.value),
        )
        for one in told.groups
    ]  # fmt: skip
    return tuple(rows)


def _tie(more: Mean) -> str:
    return "" if more.is_sure else ", a tie"


def _share(one: Share) -> str:
    return _points(one.value)


def _points(share: float) -> str:
    return f"{100 * share:.1f} %"


def _more(before: float, after: float) -> str:
    by = 100 * (after - before)
    return "no change" if by == 0 else f"{by:+.1f} points".replace("-", "−")
