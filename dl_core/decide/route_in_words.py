"""Build, fine-tune or buy, as one says it."""

from __future__ import annotations

import math

from dl_core.decide.amounts import many, money
from dl_core.decide.route import Choice, Name, Route, crossing_of, fewer_labels
from dl_core.numbers_in_words import listed, seconds_in_words, two_figures

DOING = {"buy": "buying", "fine-tune": "fine-tuning", "build": "building"}


def doing(name: Name) -> str:
    """A way as something one does.

    >>> doing("buy")
    'buying'
    """
    return DOING[name]


def months_in_words(months: float) -> str:
    """A time span, ``months`` 0 or more.

    >>> months_in_words(1.5), months_in_words(12.8), months_in_words(1)
    ('1.5 months', '13 months', '1 month')
    """
    told = two_figures(months).removesuffix(".0")
    return f"{told} month" if told == "1" else f"{told} months"


def so_many_a_day(volume: float) -> str:
    """A volume with two figures; ``volume`` in answers a day, above 0.

    >>> so_many_a_day(5), so_many_a_day(130_728), so_many_a_day(3_000_000)
    ('5 a day', '130,000 a day', '3 million a day')
    """
    return f"{many(volume).replace('.0 ', ' ').removesuffix('.0')} a day"


def price(amount: float) -> str:
    """The price of a few things, ``amount`` 0 or more: with cents where they count.

    >>> price(1.5), price(0.066), price(19.6), price(2)
    ('$1.50', '$0.066', '$20', '$2')
    """
    if amount >= 10 or amount == round(amount):
        return money(amount).removesuffix(".0")
    return f"${amount:.2f}" if amount >= 0.095 else f"${two_figures(amount)}"


def cost_sentence(told: Choice) -> str:
    """What the cheapest way costs in three years, and the others.

    Examples
    --------
    >>> from dl_core.decide.route import Settings, story
    >>> cost_sentence(story(Settings()))
    'In three years buying costs about $96,000, fine-tuning $290,000 and building $730,000.'
    """
    bills = [f"{doing(one.name)} {money(one.total)}" for one in told.ranked]
    bills[0] = f"{doing(told.cheapest.name)} costs about {money(told.cheapest.total)}"
    return f"In three years {listed(bills)}."


def crossing_sentence(told: Choice) -> str:
    """Where buying becomes dearer than the cheaper own way; or what it costs that nothing may be bought.

    Examples
    --------
    >>> from dl_core.decide.route import Settings, story
    >>> crossing_sentence(story(Settings()))
    'From about 130,000 a day on, buying is dearer.'
    >>> crossing_sentence(story(Settings(may_leave=False)))
    'Keeping the data in costs about $200,000 more than buying would.'
    """
    bought, own = told.routes[0], told.own
    if not bought.is_open:
        more = told.price_of_secrecy
        if more <= 0:
            return "Keeping the data in costs nothing here: buying would be dearer."
        return f"Keeping the data in costs about {money(more)} more than buying would."
    at = told.crossing
    if at == 0:
        return "Buying is dearer at any volume."
    if math.isinf(at):
        back = crossing_of(own, bought)
        if 0 < back < math.inf:
            return f"From about {so_many_a_day(back)} on, buying is cheaper."
        return "At these prices buying stays cheaper at any volume."
    return f"From about {so_many_a_day(at)} on, buying is dearer."


def time_sentence(told: Choice) -> str:
    """When the cheapest way first helps, and the quickest of the others.

    Examples
    --------
    >>> from dl_core.decide.route import Settings, story
    >>> time_sentence(story(Settings()))
    'It can first help after 1.5 months.'
    >>> time_sentence(story(Settings(per_day=3_000_000)))
    'It can first help after 3.1 months; buying would after 1.5.'
    """
    first = told.cheapest
    quickest = min((one for one in told.routes if one.is_open), key=lambda one: one.months)
    start = f"It can first help after {months_in_words(first.months)}"
    if quickest.months >= first.months:
        return f"{start}."
    return f"{start}; {doing(quickest.name)} would after {two_figures(quickest.months).removesuffix('.0')}."


def takeaway(told: Choice) -> str:
    """Three sentences: the bills, the turn, the time; a near tie is called one."""
    if told.is_close:
        first, second = told.ranked[:2]
        pair = f"{doing(first.name)} and {doing(second.name)}".capitalize()
        bill = f"{pair} cost about {money(first.total)} in three years: let time and control decide."
    else:
        bill = cost_sentence(told)
    return f"{bill} {crossing_sentence(told)} {time_sentence(told)}"


def measured_sentence() -> str:
    """The piece of all this that was measured: how many labels a ready network saves.

    Examples
    --------
    >>> measured_sentence()[:52]
    'Measured on our own photos: from scratch a network n'
    """
    scratch, too_few, enough = fewer_labels()
    return (
        f"Measured on our own photos: from scratch a network needed {scratch} of each class. "
        f"A fine-tuned one was as good with {too_few} to {enough}."
    )


def price_sentence(told: Choice) -> str:
    """The price of bought answers at which the choice turns, at the reader's volume.

    Examples
    --------
    >>> from dl_core.decide.route import Settings, story
    >>> price_sentence(story(Settings()))
    'At your volume, buying and fine-tuning cost the same at $20 for 1,000 answers; you assume $1.50.'
    """
    assumed = price(told.settings.buy_thousand)
    if told.fair_price <= 0:
        return "At your volume even free answers would not make buying the cheaper way."
    return (
        f"At your volume, buying and {doing(told.own.name)} cost the same at {price(told.fair_price)} "
        f"for 1,000 answers; you assume {assumed}."
    )


def bills(told: Choice) -> tuple[tuple[str, ...], ...]:
    """Each way's bill, row by row. The first row names the columns.

    Examples
    --------
    >>> from dl_core.decide.route import Settings, story
    >>> [row[0] for row in bills(story(Settings()))][:4]
    ['In three years', 'Making it', 'Labels', 'Keeping it running']
    """

    def column(one: Route) -> tuple[str, ...]:
        answers = one.servers + one.per_answer * one.answers
        parts = (one.work, one.labels, one.running, answers, one.total)
        return (*map(money, parts), months_in_words(one.months))

    names = ("Making it", "Labels", "Keeping it running", "Answers", "Together", "First helps after")
    heads = [
        {"buy": "Buy", "fine-tune": "Fine-tune", "build": "Build"}[one.name]
        + ("" if one.is_open else " (not allowed)")
        for one in told.routes
    ]
    return (("In three years", *heads), *zip(names, *map(column, told.routes), strict=True))


def answer_in_words(told: Choice) -> str:
    """What one answer of an own network takes.

    Examples
    --------
    >>> from dl_core.decide.route import Settings, story
    >>> answer_in_words(story(Settings(milliseconds=12.1)))
    '12 milliseconds of one core'
    """
    return f"{seconds_in_words(told.settings.milliseconds / 1000)} of one core"
