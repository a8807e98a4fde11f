"""Seven explanations of one case in words: who names what, how often that is right, and who is level."""

from __future__ import annotations

from dl_core.interpretability.agree import Agree
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.onecase_in_words import capital, named
from dl_core.intervals import Share
from dl_core.numbers_in_words import listed, percent, so_many


def between(share: Share) -> str:
    """A share with its interval: "75 % (71 to 79 %)".

    >>> from dl_core.intervals import share_of
    >>> between(share_of(375, 500))
    '75 % (71 to 79 %)'
    """
    return f"{percent(share.value)} ({percent(share.low).removesuffix(' %')} to {percent(share.high)})"


def takeaway(told: Agree) -> str:
    """Who names which column here, and how often that holds over many cases."""
    column, n = told.common
    here = f"{capital(told.item)}: no column moved any model."
    if n:
        here = f"{capital(told.item)}: {n} of {len(KINDS)} models name “{told.table.names[column]}” first"
        if told.rule_tops:
            rule = listed([f"“{told.table.names[at]}”" for at in told.rule_tops])
            here += (
                "; so does the true rule." if column in told.rule_tops else f"; the true rule names {rule}."
            )
        else:
            here += "; nobody knows the truth."
    return f"{here} {over_many(told)}"


def over_many(told: Agree) -> str:
    """How often the top column is the true one, or the others' one, over all cases."""
    items = f"{told.n_cases:,} held-out {told.table.items}"
    if told.against is None:
        return f"Over {items}, two models name the same first column in {between(told.any_two)} of cases."
    counted = dict(zip(KINDS, told.against.true_top, strict=True))
    best = max(counted, key=lambda key: counted[key].hits)
    worst = min(counted, key=lambda key: counted[key].hits)
    return (
        f"Over {items}, {named(best)} named the true first column in {between(counted[best])}. "
        f"{capital(named(worst))} did in {between(counted[worst])}."
    )


def level_in_words(told: Agree) -> str:
    """Which models are tied with the best, and what the yardstick gets; nothing where no rule is known."""
    if told.against is None:
        return ""
    names = [named(key) for key in told.against.level]
    first = (
        f"Level with the best, by a paired test: {listed(names)}."
        if len(names) > 1
        else f"No other model is level with {names[0]}, by a paired test."
    )
    none = dict(zip(KINDS, told.against.no_part, strict=True))
    most = max(none, key=lambda key: none[key].hits)
    return (
        f"{first} The true rule itself, explained by Shapley values, names its own first column in "
        f"{between(told.against.itself)}. Some first columns have no part in the rule at all: most often "
        f"with {named(most)}, in {between(none[most])}."
    )


def letters_in_words(told: Agree) -> str:
    """What it means for letters that name one column each; nothing where no rule is known."""
    if told.against is None:
        return ""
    wrong = {
        key: round(100 * (1 - share.value)) for key, share in zip(KINDS, told.against.true_top, strict=True)
    }
    best, worst = min(wrong, key=lambda key: wrong[key]), max(wrong, key=lambda key: wrong[key])
    return (
        f"Say you send 100 letters, and each names one column. With {named(best)} about "
        f"{wrong[best]} letters name a column that is not first in the true rule. With "
        f"{named(worst)} it is about {wrong[worst]}."
    )


def likeness_in_words(told: Agree) -> str:
    """How alike the orders of the columns are, here and over all cases."""
    n, same = told.one_way
    return (
        f"{so_many(n, 'column')} moved two or more models here; {same} of these moved all of them one way. "
        f"The mean rank correlation of two models is {told.likeness:.2f} here, and "
        f"{told.likeness_of_all:.2f} over all cases (1 is the same order, 0 is none)."
    ).replace("-", "−")
