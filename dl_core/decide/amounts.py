"""Money, counts and bars as a sentence says them."""

from __future__ import annotations

from dl_core.numbers_in_words import two_figures

MILLION, BILLION = 1e6, 1e9
HOURS_OF_ONE = 1700  # hours that one full-time person works in a year; an assumption
FEW = 0.1  # of a full-time person: below it, hours say more


def many(count: float) -> str:
    """A count, 0 or more, with two figures and a word for the millions.

    >>> many(3_650_000), many(48_210), many(0.4), many(2.4e9)
    ('3.6 million', '48,000', '0.4', '2.4 billion')
    """
    if count >= 0.995 * BILLION:
        return f"{two_figures(count / BILLION)} billion"
    if count >= 0.995 * MILLION:
        return f"{two_figures(count / MILLION)} million"
    return two_figures(count).removesuffix("0") if 0 < count < 1 else two_figures(count)


def money(amount: float) -> str:
    """Money, with two figures; ``amount`` below 0 has a real minus sign.

    >>> money(2_760_000), money(-48_210), money(4.5)
    ('$2.8 million', '−$48,000', '$4.5')
    """
    return f"{'−' if amount < 0 else ''}${many(abs(amount))}"


def price(amount: float) -> str:
    """A price as somebody typed it: ``amount``, 0 or more, exact to the cent.

    >>> price(250.0), price(0.5), price(1255.0)
    ('$250', '$0.50', '$1,255')
    """
    return f"${amount:,.0f}" if amount == round(amount) else f"${amount:,.2f}"


def spread(low: float, high: float) -> str:
    """A range of money, ``low`` to ``high``.

    >>> spread(2.6e6, 2.9e6), spread(90_000, 1.2e6), spread(2.61e6, 2.64e6)
    ('$2.6 to $2.9 million', '$90,000 to $1.2 million', 'about $2.6 million')
    """
    first, last = money(low), money(high)
    if first == last:
        return f"about {first}"
    for word in (" million", " billion"):
        if first.endswith(word) and last.endswith(word):
            first = first.removesuffix(word)
    return f"{first} to {last}"


def in_percent(bar: float) -> str:
    """A bar in percent, at most three figures.

    >>> in_percent(4.5), in_percent(99.8), in_percent(40.0)
    ('4.5 %', '99.8 %', '40 %')
    """
    return f"{bar:.3g} %"


def staff(hours: float) -> str:
    """Hours of work in a year, as people where it fills some.

    >>> staff(8500), staff(90), staff(0)
    ('5.0 full-time people', '90 hours a year', 'nobody')
    """
    if hours == 0:
        return "nobody"
    if hours < FEW * HOURS_OF_ONE:
        return f"{two_figures(hours)} hours a year"
    return f"{two_figures(hours / HOURS_OF_ONE)} full-time people"
