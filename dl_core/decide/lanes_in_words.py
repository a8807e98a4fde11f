"""What the three lanes say: the live sentences, and what stands under them."""

from __future__ import annotations

from dl_core.decide.amounts import HOURS_OF_ONE, in_percent, many, money, spread, staff
from dl_core.decide.lanes import Lane, Lanes
from dl_core.decide.prices import FEW, two_bars
from dl_core.numbers_in_words import percent, so_many


def share_of(told: Lanes, lane: Lane) -> str:
    """A lane's share of all cases, with two figures."""
    return percent(min(1.0, max(0.0, lane.cases / told.settings.per_year)))


def takeaway(told: Lanes) -> str:
    """The live sentences: who decides how much, who has to be paid, and the cheapest bars.

    Examples
    --------
    >>> from dl_core.decide.lanes import story
    >>> from dl_core.decide.prices import Settings
    >>> takeaway(story(Settings())).partition(":")[0]
    'Of 3.6 million cases a year, people look at 25 %'
    """
    yours = told.yours
    looks = f"people look at {share_of(told, yours.reviewed)}: {staff(yours.hours)}"
    if not yours.hours:
        looks = "people look at none"
    start = f"Of {many(told.settings.per_year)} cases a year, {looks}."
    cost = f"The year costs {money(yours.bill.total)} ({spread(*yours.among)})."
    return f"{start} {cost} {_cheaper(told)}"


def _cheaper(told: Lanes) -> str:
    if told.is_tied:
        return "No pair of bars is clearly cheaper."
    least, saved, most = told.saving
    return f"{_bars(told)} save {money(saved)} of it ({spread(least, most)})."


def _bars(told: Lanes) -> str:
    low, high = (in_percent(bar) for bar in (told.cheapest.low, told.cheapest.high))
    return f"The cheapest bars, {low} and {high},"


def closing(told: Lanes) -> str:
    """Against no machine, and how far the upper bar can be trusted."""
    return f"{against(told)} {upper(told)}"


def against(told: Lanes) -> str:
    """Your bars against the ways without a machine.

    Examples
    --------
    >>> from dl_core.decide.lanes import story
    >>> from dl_core.decide.prices import Settings
    >>> against(story(Settings()))
    'If people look at all, the year costs $7.0 million. If you always say fine, it costs $12 million.'
    """
    return (
        f"If people look at all, the year costs {money(told.people.total)}. "
        f"If you always say fine, it costs {money(told.nothing.total)}."
    )


def upper(told: Lanes) -> str:
    """How many measured cases the machine would stop at the cheapest upper bar."""
    n, among = told.cheapest.measured[2], told.scores.n
    if told.cheapest.high >= 100 or n == 0:
        return "At the cheapest bars the machine stops nothing by itself."
    if n < FEW:
        measured = f"{so_many(n, 'case')} of {among:,} we measured"
        return f"The cheapest upper bar rests on {measured}: do not trust it far."
    return f"At the cheapest bars, {n:,} of the {among:,} measured cases are stopped."


def formula_bars(told: Lanes) -> str:
    """The short way: the bars that prices alone ask for, beside the cheapest on the scores.

    Examples
    --------
    >>> from dl_core.decide.lanes import story
    >>> from dl_core.decide.prices import Settings
    >>> formula_bars(story(Settings())).partition(". ")[0]
    'By the prices alone the bars belong at 4.7 % and 69 %'
    """
    low, high = two_bars(told.settings)
    least, most = (in_percent(bar) for bar in told.low_among)
    if low == high:
        asked = f"By the prices alone nobody should look, and one bar belongs at {percent(low)}"
    else:
        asked = f"By the prices alone the bars belong at {percent(low)} and {percent(high)}"
    found = f"the lower one at {least}" if least == most else f"the lower one between {least} and {most}"
    return f"{asked}. Measured, chance leaves {found}."


def flattery(told: Lanes) -> str:
    """By how much the cheapest bars flatter themselves.

    Examples
    --------
    >>> from dl_core.decide.lanes import story
    >>> from dl_core.decide.prices import Settings
    >>> flattery(story(Settings()))[:37]
    'The cheapest bars were chosen on the '
    """
    return (
        "The cheapest bars were chosen on the cases that also price them. "
        f"On new cases expect about {money(told.flattery)} a year more."
    )


def assumed(told: Lanes) -> str:
    """The assumptions behind the lanes.

    Examples
    --------
    >>> from dl_core.decide.lanes import story
    >>> from dl_core.decide.prices import Settings
    >>> assumed(story(Settings())).partition(".")[0]
    'Assumed: people are right in 97 % of their looks, on bad and good cases alike'
    """
    return (
        f"Assumed: people are right in {told.settings.reviewer_right} % of their looks, "
        "on bad and good cases alike. "
        f"A full-time person works {HOURS_OF_ONE:,} hours a year. "
        "Building and running the machine is not in the bill."
    )
