"""One explained case in words: what was said, what was true, what moved it, and how far to trust that."""

from __future__ import annotations

import math

from dl_core.interpretability.explanations import N_BACKGROUND, Explanation
from dl_core.interpretability.fitted import split
from dl_core.interpretability.models import KINDS, N_NEIGHBOURS
from dl_core.interpretability.onecase import OneCase
from dl_core.intervals import Z_95
from dl_core.numbers_in_words import percent, so_many, two_figures
from dl_core.transfer.enough import money_in_words

N_LISTED = 3  # of the nearest cases, in the list beside the picture
N_LISTED_COLUMNS = 5


def step_in_words(by: float, scale: str) -> str:
    """How far one step moves the score: the factor of the odds, or points of a hundred.

    Parameters
    ----------
    by
        On the scale; above 0 towards the bad case.
    scale
        "odds" (logarithms) or "probability".

    Examples
    --------
    >>> step_in_words(math.log(2), "odds"), step_in_words(-math.log(4), "odds"), step_in_words(0.03, "odds")
    ('odds × 2.0', 'odds ÷ 4.0', 'odds × 1.03')
    >>> step_in_words(0.0312, "probability"), step_in_words(-0.14, "probability")
    ('+3.1 points', '−14 points')
    >>> step_in_words(0.001, "odds"), step_in_words(-0.0001, "probability")
    ('hardly', 'hardly')
    """
    if scale == "odds":
        factor = math.exp(min(abs(by), 30.0))
        told = f"{factor:.2f}" if factor < 1.095 else two_figures(factor)
        return "hardly" if told == "1.00" else f"odds {'×' if by > 0 else '÷'} {told}"
    told = points(abs(by))
    return "hardly" if told == "0.0" else f"{'+' if by > 0 else '−'}{told} points"


def points(share: float) -> str:
    """A share as points of a hundred, to a tenth below ten.

    >>> points(0.0312), points(0.142), points(0.0)
    ('3.1', '14', '0.0')
    """
    return f"{100 * share:.1f}" if 100 * share < 9.95 else f"{100 * share:.0f}"


def takeaway(told: OneCase) -> str:
    """What was said, what was true, what it costs, and what moved the score most."""
    question = told.settings.question
    side = "at or above" if told.is_held_back else "below"
    done = "held back" if told.is_held_back else "let through"
    name = named(told.settings.model)
    return (
        f"{capital(told.item)} gets {percent(told.said)} from {name}: {side} the bar of "
        f"{percent(question.bar)}, so it is {done}. The truth: {told.true_name}. "
        f"{cost_in_words(told)} {moved_in_words(told)}"
    )


def capital(text: str) -> str:
    """With a capital letter in front, the rest as it is.

    >>> capital("loan 463"), capital("HDL cholesterol")
    ('Loan 463', 'HDL cholesterol')
    """
    return text[:1].upper() + text[1:]


def named(model: str) -> str:
    """A kind of model amid a sentence.

    >>> named("tree"), named("logistic"), named("knn"), named("boosted")
    ('the small tree', 'logistic regression', 'kNN', 'the boosted trees')
    """
    name = KINDS[model].name
    told = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return told if model in ("logistic", "knn") else f"the {told}"


def cost_in_words(told: OneCase) -> str:
    """What this answer costs, in a sentence."""
    if not told.is_wrong:
        return "A right answer costs nothing here."
    kind = "miss" if told.truth else "false alarm"
    return f"That {kind} costs {money_in_words(told.money)}."


def moved_in_words(told: OneCase) -> str:
    """Which columns moved the score most, in a sentence."""
    if told.nearest:
        n, bad = told.nearest.n_bad, told.table.bad_name
        return f"Of the {N_NEIGHBOURS} nearest cases, {n or 'none'} turned out “{bad}”."
    found = told.explanation
    largest = [at for at in found.order[:2] if found.contributions[at]]
    if not largest:
        return "No column moved the score."
    ways = ["up" if found.contributions[at] > 0 else "down" for at in largest]
    names = [f"“{found.columns[at]}”" for at in largest]
    if len(largest) == 1:
        return f"Only {names[0]} moved the score: {ways[0]}."
    if is_tie(found):
        told_ways = f"both {ways[0]}" if ways[0] == ways[1] else f"{ways[0]} and {ways[1]}"
        return f"{names[0]} and {names[1]} moved the score most, {told_ways}; which one leads is luck."
    return f"{names[0]} moved the score most: {ways[0]}. Next {names[1]}: {ways[1]}."


def is_tie(found: Explanation) -> bool:
    """Whether the drawn orders leave open which column moved the score most."""
    if found.error is None or len(found.order) < 2:
        return False
    first, second = found.order[:2]
    lead = abs(found.contributions[first]) - abs(found.contributions[second])
    return bool(lead < Z_95 * math.hypot(found.error[first], found.error[second]))


def way_in_words(told: OneCase) -> str:
    """How this kind of model is explained, and how far that can be trusted."""
    model, table, found = told.settings.model, told.table, told.explanation
    if model == "tree":
        if not told.path:
            return "This tree asks nothing: it gives every case the same share."
        n = told.path[-1].n_after
        return (
            f"The tree asked {so_many(len(told.path), 'question')}. At the end stand {n:,} training "
            f"{table.items}. Of these {percent(told.said)} turned out “{table.bad_name}”. "
            "This is the whole computation."
        )
    if model == "logistic":
        return (
            "Each step is weight times (value minus average). The start is a case that is average in "
            "every column. This is the whole computation."
        )
    if model == "ebm":
        return (
            "Each step is one point on one curve. Start and steps add up to the answer. "
            "This is the whole computation."
        )
    if model == "knn":
        return (
            f"The answer is the share among {N_NEIGHBOURS} old cases, and nothing else. "
            "Distances count every column alike. "
            "You can read these cases and judge whether they are like this one."
        )
    start = (
        f"Start: the average answer on {min(N_BACKGROUND, len(split(table).train))} training {table.items}. "
    )
    if found.exact:
        return (
            start + f"Each step is a **Shapley value**: a column’s effect, averaged over all orders. "
            f"All {2 ** len(found.columns):,} sets of columns were asked, so no luck is in it."
        )
    return start + (
        "Each step is a **Shapley value**: a column’s effect, averaged over many orders. "
        "The orders were drawn at random: the thin lines show 95 % of that luck."
    )


def listed_neighbours(told: OneCase, n: int = N_LISTED) -> tuple[tuple[str, ...], ...]:
    """The case and its nearest as rows of words, the head first; only the columns that moved it most.

    Parameters
    ----------
    told
        Of kNN; of any other model there are none.
    n
        How many of the nearest, 0 or more.
    """
    if told.nearest is None:
        return ()
    table = told.table
    which = told.explanation.order[:N_LISTED_COLUMNS]
    head = ("case", "distance", "turned out", *(table.columns[at].name for at in which))

    def line(row: int, distance: str, turned: str) -> tuple[str, ...]:
        values = (table.columns[at].in_words(table.rows[row, at]) for at in which)
        return (f"{table.item} {row + 1:,}", distance, turned, *values)

    first = line(told.case, "this case", told.true_name)
    near = zip(told.nearest.rows, told.nearest.distance, told.nearest.is_bad, strict=True)
    rest = [
        line(row, two_figures(distance), table.bad_name if bad else table.fine_name)
        for row, distance, bad in list(near)[:n]
    ]
    return (head, first, *rest)
