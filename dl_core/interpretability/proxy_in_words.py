"""How much of a gap is left once a protected column is hidden, in sentences."""

from __future__ import annotations

from dl_core.interpretability.board import CASES, SMALL, give_or_take
from dl_core.interpretability.cross_validation import Mean
from dl_core.interpretability.groups import instead_in_words
from dl_core.interpretability.proxy import MEASURES, Proxy, Training
from dl_core.numbers_in_words import percent

TEN = 0.0995  # a gap that is told in whole points
STOPPED = "Stopped before the models were trained. Start again, or choose a ready-made table."
PLAIN = ("group", "district")  # columns of the made loans that read as plain words
# up to which share of the gap, how it is told
PORTIONS = (
    (0.05, "almost none"),
    (0.15, "about a tenth"),
    (0.225, "about a fifth"),
    (0.29, "about a quarter"),
    (0.415, "about a third"),
    (0.585, "about half"),
    (0.71, "about two thirds"),
    (0.85, "about three quarters"),
)


def portion_in_words(share: float) -> str:
    """A share of a gap, 0 to 1.

    >>> portion_in_words(0.52), portion_in_words(0.66), portion_in_words(0.9)
    ('about half', 'about two thirds', 'nearly all')
    """
    return next((told for end, told in PORTIONS if share < end), "nearly all")


def column_in_words(name: str) -> str:
    """A column as a sentence calls it: most in quotes.

    >>> column_in_words("group"), column_in_words("HDL cholesterol")
    ('the group', '“HDL cholesterol”')
    """
    return f"the {name}" if name in PLAIN else f"“{name}”"


def verdict_in_words(told: Proxy) -> str:
    """What hiding the column leaves, without a full stop.

    Examples
    --------
    >>> from dl_core.interpretability.proxy import at_rest, story
    >>> verdict_in_words(story(at_rest()))
    'Hiding the group leaves about half of the gap'
    """
    if not told.trainings:
        return "Nothing is measured yet"
    if not told.is_apart:
        return "Here the model shows no sure gap between the groups"
    hiding, hidden = f"Hiding {column_in_words(told.groups.column)}", told.trainings[1]
    if not hidden.change.is_sure or told.left > 1:
        return f"{hiding} does not surely shrink the gap"
    if not hidden.gap.is_sure:
        return f"{hiding} leaves no gap that is sure"
    if told.left < 0:
        return f"{hiding} turns the gap around"
    return f"{hiding} leaves {portion_in_words(told.left)} of the gap"


def takeaway(told: Proxy) -> str:
    """How large the gap is before and after, who gives the column away, and what hiding costs.

    Examples
    --------
    >>> from dl_core.interpretability.proxy import at_rest, story
    >>> takeaway(story(at_rest())).split("**")[1]
    'Hiding the group leaves about half of the gap'
    """
    if not told.trainings:
        return STOPPED
    measure, before = MEASURES[told.settings.measure], told.trainings[0].gap
    if told.is_apart:
        after = points_in_words(told.trainings[1].gap)
        of = f"of {_plain(before)}" if told.trainings[1].change.is_sure else f"after {_plain(before)}"
        first = f"**{verdict_in_words(told)}** in the {measure}: {after} {of}."
    else:
        first = f"**{verdict_in_words(told)}** in the {measure}: {points_in_words(before)}."
    return " ".join(filter(None, [first, both_in_words(told), price_in_words(told)]))


def points_in_words(gap: Mean) -> str:
    """A gap in points with its range, without the sign that says whose rate is higher.

    >>> points_in_words(Mean(0.15, 0.11, 0.19)), points_in_words(Mean(-0.02, -0.06, 0.02))
    ('15 ± 4 points', '2.0 ± 4.0 points')
    """
    places = 0 if abs(gap.value) >= TEN else 1
    return f"{_plain(gap)} ± {100 * gap.half:.{places}f} points"


def _plain(gap: Mean) -> str:
    """Points without a sign: whole ones, or tenths where there are fewer than ten."""
    return f"{abs(100 * gap.value):.{0 if abs(gap.value) >= TEN else 1}f}"


def pairs_in_words(share: float) -> str:
    """So many of 100 pairs of two people, one of each group.

    >>> pairs_in_words(0.864), pairs_in_words(0.996)
    ('86 of 100', '99.6 of 100')
    """
    return f"{100 * share:.0f} of 100" if share < 0.99 or share == 1 else f"{100 * share:.1f} of 100"


def both_in_words(told: Proxy) -> str:
    """What hiding the proxy too leaves, a sentence; nothing where there is no third column."""
    if len(told.trainings) < 3:
        return ""
    left = points_in_words(told.trainings[2].gap).removesuffix(" points")
    return f"Without {column_in_words(told.proxy)} too, {left} are left."


def price_in_words(told: Proxy) -> str:
    """What hiding all that is hidden costs, a sentence."""
    last = told.trainings[-1]
    amount = f"{give_or_take(last.more, '${}')} in {CASES:,} {told.settings.table.items}"
    both = "both" if len(last.hidden) > 1 else "it"
    if last.more.is_sure:
        verb = "costs" if last.more.value > 0 else "saves"
        return f"Hiding {both} {verb} {amount.removeprefix('−')}."
    small = max(-last.more.low, last.more.high) <= SMALL * told.trainings[0].cost.value
    verdict = "costs nothing we can measure" if small else "has no sure price"
    return f"Hiding {both} {verdict} ({amount})."


def blind_in_words(told: Proxy) -> str:
    """What the true rule would do, had all been of one group; nothing where no rule is known.

    Examples
    --------
    >>> from dl_core.interpretability.proxy import at_rest, story
    >>> blind_in_words(story(at_rest())).split(": ")[1]
    'group A 38 %, group B 37 %.'
    """
    if told.blind is None:
        return ""
    one, two = told.groups.names
    return (
        f"In these made loans group B was given harsher terms. With {one}’s terms for all, the true rule’s "
        f"{MEASURES[told.settings.measure]} would be: {one} {percent(told.blind[0])}, "
        f"{two} {percent(told.blind[1])}."
    )


def tells_in_words(told: Proxy) -> str:
    """How well the columns that are left tell the group: the proxy test."""
    if not told.trainings:
        return ""
    one, two = told.groups.names
    name = column_in_words(told.proxy)
    left = [pairs_in_words(each.tells.value) for each in told.trainings if each.tells]
    more = f" Without {name} they do so in {left[1]}." if len(left) > 1 else ""
    return (
        f"**The proxy test.** Take one case of {one} and one of {two}. The other columns tell which is which "
        f"in {left[0]} such pairs, and {name} alone in {pairs_in_words(told.alone)}.{more} A coin gets 50."
    )


def hidden_in_words(one: Training) -> str:
    """The columns that a model was not told.

    >>> from dl_core.interpretability.proxy import at_rest, story
    >>> [hidden_in_words(one) for one in story(at_rest()).trainings]
    ['nothing', 'the group', 'the group and the district']
    """
    return " and ".join(column_in_words(name) for name in one.hidden) or "nothing"


def summary(told: Proxy) -> str:
    """The picture in words."""
    if not told.trainings:
        return STOPPED
    one, two = told.groups.names
    rows = [
        f"{'All columns' if not each.hidden else 'Without ' + hidden_in_words(each)}: "
        f"{one} {percent(max(0.0, each.rates[0].value))}, {two} {percent(max(0.0, each.rates[1].value))}."
        for each in told.trainings
    ]
    instead = instead_in_words(told.settings.question.table)
    found = [instead, takeaway(told).replace("**", ""), *rows, blind_in_words(told)]
    return " ".join(filter(None, found))


def title(told: Proxy) -> str:
    """The finding as the picture's title: the three gaps.

    Examples
    --------
    >>> from dl_core.interpretability.proxy import at_rest, story
    >>> title(story(at_rest()))
    '28 points apart, 15 without the group, 3.1 without the district too'
    """
    if not told.trainings:
        return "Nothing is measured yet"
    gaps = [_plain(one.gap) for one in told.trainings]
    found = f"{gaps[0]} points apart, {gaps[1]} without {column_in_words(told.groups.column)}"
    return f"{found}, {gaps[2]} without {column_in_words(told.proxy)} too" if len(gaps) > 2 else found
