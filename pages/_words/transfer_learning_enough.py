"""The words of one scene of "Transfer learning": how many photos are enough."""

from __future__ import annotations

from dl_core.numbers_in_words import so_many
from dl_core.transfer.cifar_features import KINDS, load_runs
from dl_core.transfer.enough import (
    Enough,
    money_in_words,
    names_in_words,
    points_in_words,
    time_in_words,
)
from dl_core.transfer.learning_curve import N_DRAWS


def enough_headline(told: Enough) -> str:
    """What a doubling buys."""
    gain = told.gain
    if gain is None:
        return "Each doubling of photos costs twice as much"
    points = points_in_words(gain.mean)
    if told.is_last:
        return f"The last doubling of photos bought {points} points"
    if gain.low <= 0:
        return f"The next doubling may buy {points} points, or nothing"
    return f"The next doubling of photos buys about {points} points"


def enough_tells(told: Enough) -> dict[str, str]:
    """What the curve says for the engineers' sheet."""
    bill, n = told.budget, told.settings.photos_per_class
    twice = "two labels each" if told.settings.double else "one label each"
    return {
        "Data": f"{so_many(bill.photos, 'training photo')}: {n} each of {names_in_words(told.settings.classes)}, {twice}. "
        f"Labels: {money_in_words(bill.money)} and {time_in_words(bill)}, by the prices assumed. "
        "The held-out pile needs labels on top."
    }


_SCRATCH = next(run for run in load_runs() if run.kind == KINDS[0])

ENOUGH_LEAD = (
    "A **learning curve** is the score against the number of examples. "
    "Here a new head learns from real photos (CIFAR-10, a public set), several times over, and each time other photos are drawn. "
    "Every step to the right costs as much as all steps before it."
)
ENOUGH_NOTE = "Training from scratch and fine-tuning were measured for all ten classes only, so their lines are not shown here."
ENOUGH_TWO = "One class leaves nothing to tell apart, so all ten are shown. Choose two or more."
ENOUGH_ASSUMED = (
    "Price, seconds and hours are assumptions: put in your own. "
    "Finding the photos and labelling the held-out pile are not in the bill."
)
ENOUGH_SOURCE = "CIFAR-10 photos; the head is trained here, the other two lines come from one committed run."
ENOUGH_NOTES = (
    "Say: more photos always cost, and they buy less and less. Each step on this axis is about twice as many. "
    "Point at the blue line, then at the dashed one: a network that starts from nothing needs far more photos. "
    f"The pale bars show what luck does when {N_DRAWS[1]} teams label other photos. "
    "Expect the question what our own photos would give. Nobody knows yet. "
    "Label twenty of each class, then forty, and see where the next step leads. Wrong labels do not wash out."
)
ENOUGH_LIES = (
    "The photos are tiny, and the network knows animals and vehicles already: your own task may climb more slowly. "
    f"The network from scratch is a small one, with {_SCRATCH.n_trained:,} numbers. "
    "Large draws share photos, so their pale bars look shorter than they are."
)
