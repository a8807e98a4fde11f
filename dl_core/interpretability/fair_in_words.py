"""What two bars cost, what they make the same, and what they leave apart, in sentences."""

from __future__ import annotations

import math

from dl_core.decide.amounts import money
from dl_core.interpretability.board import CASES, SMALL, give_or_take
from dl_core.interpretability.fair import Fair, false_alarms_forced
from dl_core.interpretability.fair_rules import ONE_BAR, RULES, Pair, Policy
from dl_core.interpretability.groups import instead_in_words
from dl_core.interpretability.onecase_in_words import capital
from dl_core.numbers_in_words import listed, percent, so_many, two_figures

STOPPED = "Stopped before the models were measured. Start again above, or choose a ready-made table."
# what is apart, after "a gap in"
APART = {
    "held": "the share held back",
    "caught": "bad cases caught",
    "alarms": "false alarms",
    "meaning": "what an alarm means",
}


def takeaway(told: Fair) -> str:
    """What the chosen rule costs, which bars it takes, and what stays apart.

    Examples
    --------
    >>> from dl_core.interpretability.fair import at_rest, story
    >>> takeaway(story(at_rest())).split("**")[1]
    'Same share held back costs nothing we can measure'
    """
    if not told.policies:
        return STOPPED
    chosen = told.chosen
    rule = capital(RULES[chosen.rule].name)
    if chosen.rule == ONE_BAR:
        first = (
            f"**{rule}, at {bar_in_words(chosen.bars[0])}, loses {money(chosen.cost)}** in {_cases(told)}."
        )
        return f"{first} {left_in_words(chosen)}"
    against = f"{'than' if chosen.more.value > 0 else 'against'} one bar, in {_cases(told)}"
    if not chosen.more.is_sure:
        against = f"against one bar ({give_or_take(chosen.more, '${}')} in {_cases(told)})"
    return f"**{rule} {cost_in_words(told)}** {against}. {bars_in_words(told)} {left_in_words(chosen)}"


def _cases(told: Fair) -> str:
    return f"{CASES:,} {told.settings.table.items}"


def cost_in_words(told: Fair) -> str:
    """What the chosen rule costs against one bar.

    >>> from dl_core.interpretability.fair import at_rest, story
    >>> cost_in_words(story(at_rest()))
    'costs nothing we can measure'
    """
    more = told.chosen.more
    if not more.is_sure:
        is_small = max(-more.low, more.high) <= SMALL * told.policy(ONE_BAR).cost
        return "costs nothing we can measure" if is_small else "has no sure price"
    amount = give_or_take(more, "${}").removeprefix("−")
    return f"costs {amount} more" if more.value > 0 else f"saves {amount}"


def bar_in_words(bar: float) -> str:
    """A bar as a share; one that nobody reaches is none.

    >>> bar_in_words(0.0909), bar_in_words(1.01)
    ('9.1 %', 'none')
    """
    return percent(bar) if bar <= 1 else "none"


def bars_in_words(told: Fair) -> str:
    """Which two bars it takes, a sentence."""
    one, two = told.groups.names
    first, second = (bar_in_words(bar) for bar in told.chosen.bars)
    if first == second:
        return f"It needs a bar of {first} for both."
    return f"It needs two bars, {first} for {one} and {second} for {two}."


def left_in_words(policy: Policy) -> str:
    """What stays apart, a sentence or two."""
    names = [APART[pair.rule] for pair in policy.apart if pair.rule != ONE_BAR]
    told = f"It leaves a gap in {listed(names)}." if names else "It leaves no other gap that is sure."
    return f"On cases that did not set the bars it fails. {told}" if policy.mine.is_apart else told


def points(gap: float) -> str:
    """A gap in points, without a sign; ``gap`` is a share, -1 to 1.

    >>> points(0.291), points(-0.046), points(0.0)
    ('29 points', '4.6 points', '0 points')
    """
    size = abs(100 * gap)
    if size < 0.05:
        return "0 points"
    told = two_figures(size) if size >= 1 else f"{size:.1f}"
    return "1 point" if told in ("1", "1.0") else f"{told} points"


def gap_in_words(pair: Pair) -> str:
    """A gap, and whether it may be luck: "14 points apart", or that none is sure."""
    if math.isnan(pair.gap):
        return "nobody held back"
    if pair.rule == ONE_BAR:
        one, two = (bar_in_words(bar) for bar in pair.values)
        return f"bars at {one} and {two}" if pair.is_apart else f"one bar at {one}"
    return f"{points(pair.gap)} apart" if pair.is_apart else "no sure gap"


def largest(policy: Policy) -> Pair | None:
    """The widest gap that is surely left, but for that between the bars; None without one."""
    return max(
        (pair for pair in policy.apart if pair.rule != ONE_BAR), key=lambda pair: abs(pair.gap), default=None
    )


def forced_in_words(told: Fair) -> str:
    """Why not all can hold at once: the arithmetic on these two groups, three sentences.

    >>> from dl_core.interpretability.fair import at_rest, story
    >>> forced_in_words(story(at_rest())).split(". ")[0]
    'Of group A 14 % are “not paid back”, of group B 25 %'
    """
    names, rates = told.groups.names, told.base_rates
    start = (
        f"Of {names[0]} {percent(rates[0])} are “{told.settings.table.bad_name}”, "
        f"of {names[1]} {percent(rates[1])}."
    )
    pair = told.policy("meaning").pair("meaning")
    caught = told.policy("meaning").pair("caught")
    if math.isnan(pair.values[0]) or not 0 < pair.values[0] <= 1 or math.isnan(caught.values[0]):
        return start
    first, second = (false_alarms_forced(rate, pair.values[0], caught.values[0]) for rate in rates)
    if not 0 <= second <= 1:
        return (
            f"{start} Say an alarm means {percent(pair.values[0])} bad in both, "
            f"and {percent(caught.values[0])} of the bad are caught. No bars can do that here."
        )
    return (
        f"{start} Say an alarm means {percent(pair.values[0])} bad in both, and {percent(caught.values[0])} "
        f"of the bad are caught in both. Then false alarms must be {percent(first)} and {percent(second)}: "
        "no model can change that."
    )


def summary(told: Fair) -> str:
    """The picture in words."""
    if not told.policies:
        return STOPPED
    one, two = told.groups.names
    rows = [
        f"{capital(RULES[pair.rule].measured)}: {one} {_value(pair, 0)}, {two} {_value(pair, 1)}; "
        f"{gap_in_words(pair)}."
        for pair in told.chosen.pairs
    ]
    instead = instead_in_words(told.settings.question.table)
    return " ".join(filter(None, [instead, takeaway(told).replace("**", ""), *rows]))


def _value(pair: Pair, at: int) -> str:
    if pair.rule == ONE_BAR:
        return bar_in_words(pair.values[at])
    return "nobody" if math.isnan(pair.values[at]) else percent(pair.values[at])


def size_in_words(told: Fair) -> str:
    """How many cases stand behind the two groups.

    >>> from dl_core.interpretability.fair import at_rest, story
    >>> size_in_words(story(at_rest()))
    'Group A has 1,276 loans, group B 724.'
    """
    one, two = told.groups.names
    return f"{capital(one)} has {told.sizes[0]:,} {told.settings.table.items}, {two} {told.sizes[1]:,}."


def count_in_words(policy: Policy) -> str:
    """How many other gaps are left.

    >>> from dl_core.interpretability.fair import at_rest, story
    >>> count_in_words(story(at_rest()).chosen)
    '2 other gaps'
    """
    return so_many(len(policy.apart), "other gap")
