"""Two close scores in words: the verdict, what luck does, and what the lead is worth in a year."""

from __future__ import annotations

from dl_core.decide.amounts import money, spread
from dl_core.decide.coin import DAYS, TYPED, Coin
from dl_core.intervals import Share
from dl_core.numbers_in_words import number, so_many, two_figures

SEEN = {"tie": "no difference seen", "first": "a real difference", "second": "a real difference"}
RARE = 0.001
MANY = 1_000  # cases
VISIBLE = 0.05  # points


def score(found: Share) -> str:
    """A score in percent, to the tenth; of many cases to the hundredth, so that close ones stay apart.

    >>> from dl_core.intervals import share_of
    >>> score(share_of(940, 1000)), score(share_of(1691, 2000)), score(share_of(541, 569))
    ('94 %', '84.55 %', '95.1 %')
    """
    return f"{number(round(100 * found.value, 2 if found.n >= MANY else 1))} %"


def points(share: float) -> str:
    """A lead in points, ``share`` of 1, with as many places as it needs to be more than 0.

    >>> points(0.01), points(-0.0042), points(0.00018)
    ('1', '−0.4', '0.02')
    """
    size = abs(100 * share)
    return number(round(100 * share, 1 if size >= 0.1 else 2))


def range_in_words(told: Coin) -> str:
    """The lead's range in points.

    >>> from dl_core.decide.coin import Settings, story
    >>> range_in_words(story(Settings()))
    '−0.4 to 2.4 points'
    """
    low, high = told.between
    return f"{points(low)} to {points(high)} points"


def luck_in_words(p: float) -> str:
    """How often luck alone does it, ``p`` 0 to 1.

    >>> luck_in_words(0.203), luck_in_words(0.0123), luck_in_words(1e-7), luck_in_words(1.0)
    ('in 20 of 100 tries', 'in 12 of 1,000 tries', 'less than once in 1,000 tries', 'in every try')
    """
    if p < RARE:
        return "less than once in 1,000 tries"
    if p > 0.995:
        return "in every try" if p == 1 else "in 99 of 100 tries"
    tries = 100 if p >= 0.095 else 1000
    return f"in {max(1, round(p * tries))} of {tries:,} tries"


def luck_in_short(p: float) -> str:
    """The same for a picture, ``p`` 0 to 1.

    >>> luck_in_short(0.203), luck_in_short(1e-7), luck_in_short(1.0)
    ('20 in 100 tries', 'under 1 in 1,000', 'in every try')
    """
    if p < RARE:
        return "under 1 in 1,000"
    return luck_in_words(p).removeprefix("in ").replace(" of ", " in ") if p <= 0.995 else luck_in_words(p)


def takeaway(told: Coin) -> str:
    """The verdict, the cases that decide it, and how often luck does the same.

    >>> from dl_core.decide.coin import Settings, story
    >>> takeaway(story(Settings()))[:56]
    'No difference seen. On 50 cases only one model is right:'
    """
    one, other = told.names
    verdict = SEEN[told.verdict].capitalize()
    if not told.parted:
        return f"{verdict}. Both models are right on the same cases, so nothing parts them."
    cases = "case" if told.parted == 1 else "cases"
    return (
        f"{verdict}. On {told.parted:,} {cases} only one model is right: "
        f"{one} on {told.only_first:,}, {other} on {told.only_second:,}. "
        f"A fair coin leans as far {luck_in_words(told.p)}."
    )


def cases_in_words(told: Coin) -> str:
    """How many cases would show such a lead; short where `decision` has said the number.

    >>> from dl_core.decide.coin import Settings, story
    >>> cases_in_words(story(Settings()))
    'With so many, four tests of five would see a lead like this.'
    >>> cases_in_words(story(Settings(n=10_000)))
    'About 3,900 cases would have shown it in four tests of five.'
    """
    if told.needed is None:
        return "The scores are equal, so no number of cases would part them."
    if told.verdict == "tie" and told.needed > told.n:
        return "With so many, four tests of five would see a lead like this."
    return f"About {two_figures(told.needed)} cases would have shown it in four tests of five."


def decision(told: Coin) -> str:
    """What to do, in money a year.

    >>> from dl_core.decide.coin import Settings, story
    >>> print(decision(story(Settings())).partition(". ")[0])
    One point is worth up to $1.5 million a year: 36,500 mistakes at $40
    """
    low, _, high = told.worth
    one, other = told.names
    fewer = told.settings.per_day * DAYS / 100
    mistakes = so_many(round(fewer), "mistake") if fewer >= 1 else f"{two_figures(fewer)} mistakes"
    worth = f"One point is worth up to {money(told.a_point)} a year: {mistakes} at {_price(told)}. "
    if told.verdict == "tie":
        return worth + _of_a_tie(other, low, high) + _what_next(told)
    better = other if told.verdict == "second" else one
    least, most = sorted((abs(low), abs(high)))
    return (
        f"{worth}At this price **{better} saves {spread(least, most)} a year.** "
        f"A switch to it that costs more than {money(least)} a year may not pay."
    )


def _price(told: Coin) -> str:
    miss = told.settings.miss
    return f"${miss:,.0f}" if miss == round(miss) else f"${miss:,.2f}"


def _of_a_tie(other: str, low: float, high: float) -> str:
    if high == low == 0:
        return "At these prices nothing is lost either way. "
    return f"At this price {other} may save {money(high)} a year, or cost {money(-low)}. "


def _what_next(told: Coin) -> str:
    if told.needed is None:
        return "**Choose by price, speed or how easy it is to read.**"
    if told.needed <= told.n:
        return "**Choose by price, speed or ease of reading, or test once more on new cases.**"
    return f"**Do not pay for this lead yet: test about {two_figures(told.needed)} cases first.**"


def clamped_in_words(told: Coin) -> str:
    """Where whole cases and these scores do not allow what the reader asked for; empty where they do.

    >>> from dl_core.decide.coin import Settings, story
    >>> clamped_in_words(story(Settings())), clamped_in_words(story(Settings(differ=0.0)))
    ('', 'These scores allow no fewer: only one is right on 10 cases at least.')
    """
    asked = (told.settings.first, told.settings.second)
    said = [
        f"{told.n:,} cases cannot be {number(share)} % right; {score(found)} is nearest."
        for share, found in zip(asked, (told.first, told.second), strict=True)
        if told.settings.whose == TYPED and abs(100 * found.value - share) > VISIBLE
    ]
    if told.parted > told.asked + 1:
        said.append(f"These scores allow no fewer: only one is right on {told.parted:,} cases at least.")
    elif told.parted < told.asked - 1:
        said.append(f"These scores allow no more: only one is right on {told.parted:,} cases at most.")
    return " ".join(dict.fromkeys(said))
