"""Corrections of the first four pages: from the start to gradient descent."""

from __future__ import annotations

from dl_core import gradient_descent, log_bases
from dl_core.cifar10 import shipped_table
from dl_core.corrected.correction import Correction
from dl_core.numbers_in_words import number, percent
from dl_core.pixel_example import CLASSES, PIXELS
from dl_core.random_search import measured_on_photos
from dl_core.start.recipe import BY_DATA, BY_HAND, HOUSE, house_price


def start() -> tuple[Correction, ...]:
    """Of the start page."""
    by_hand, by_data = (number(round(house_price(blanks, *HOUSE), 1)) for blanks in (BY_HAND, BY_DATA))
    metres, storeys, way = HOUSE
    return (
        Correction(
            "E",
            f"a house price of {BY_HAND[0]} a square metre and {number(BY_HAND[1])} a storey, "
            f"less {-BY_HAND[2]} a metre to school",
            f"As a price it cannot work: an ordinary house gets {by_hand}, "
            f"and {by_data} by the learned numbers. The rule lacks a start number.",
            f"We put in {metres} m², {storeys} storeys and {way} m to school.",
            "start",
        ),
        Correction(
            "B",
            "two winters of AI, in the 1970s and the 2000s",
            "The usual dates are the 1970s and around 1990.",
            "Textbooks differ by some years, so our page prints no exact ones.",
            "start",
        ),
        Correction(
            "B",
            "a network is deep from three hidden layers on",
            "Deep means several hidden layers. No cut-off is fixed.",
            "Other texts begin at two. It is a habit, so nothing can be computed.",
            "start",
        ),
    )


def neighbours() -> tuple[Correction, ...]:
    """Of “kNN vs softmax”."""
    table = shipped_table()
    l1, l2, person, best = (
        _printed_share(name)
        for name in ("one neighbour, L1", "one neighbour, L2", "a person", "best network")
    )
    network, own = percent(table.model("small CNN").score.value), table.model("one neighbour, L1")
    return (
        Correction(
            "A",
            "38 % for kNN on CIFAR-10, from a study",
            f"CS231n’s lecture notes say {l1} for one neighbour and L1, and {l2} for L2. They are no study.",
            f"Our own run on all its photos, one neighbour by L1: {percent(own.score.value)}.",
            "knn_vs_softmax",
        ),
        Correction(
            "A",
            f"{person} for people on CIFAR-10",
            f"That is one person’s test in 2011. A network of 2021 got {best}.",
            "Both figures stand with their sources in the table of that page.",
            "knn_vs_softmax",
        ),
        Correction(
            "A",
            "naming photos is not solved yet",
            "On tests such as CIFAR-10 it is by now. In your warehouse it is not.",
            f"The best published network has {best} there; our own small one {network}.",
            "knn_vs_softmax",
        ),
        Correction(
            "A",
            "with two classes, k = 6 gives a clear answer",
            "An even k can tie, three to three. We draw ties white and say how they break.",
            "A test of ours asks six neighbours, three of each class.",
            "knn_vs_softmax",
        ),
        Correction(
            "A",
            "all quantities are vectors",
            "The weights of several classes form a matrix.",
            f"The example of four pixels shows it: {len(CLASSES)} rows of {len(PIXELS)} weights.",
            "knn_vs_softmax",
        ),
    )


def _printed_share(name: str) -> str:
    found = shipped_table().reported(name)
    return f"{100 * found.accuracy:.3g} %" if found else "–"


def losses() -> tuple[Correction, ...]:
    """Of “Loss functions”."""
    three = log_bases.story(log_bases.Settings("three scores"))
    dogs = log_bases.story(log_bases.Settings("hot dog"))
    natural, ten = (three.printed(three.losses[log][0]) for log in ("natural", "base 10"))
    own = " and ".join(dogs.printed(loss) for loss in dogs.losses["natural"])
    theirs = " and ".join(dogs.printed(loss) for loss in dogs.losses["base 10"])
    return (
        Correction(
            "A",
            f"a loss of {ten} for three scores of CS231n",
            f"{natural}. The other one is a log of base 10.",
            "We ran the three scores through softmax and took all three logs. CS231n prints ours.",
            "loss_functions",
        ),
        Correction(
            "E",
            f"losses of {theirs} for two models and one hot dog",
            f"{own}. The others are logs of base 10.",
            f"We took all three logs. By each, the poorer model costs {dogs.ratio:.2f} times as much.",
            "loss_functions",
        ),
        Correction(
            "C",
            "a loss is never below 0, since log x is below 0 from 0 to 1",
            "The end is right. But log x is 0 at 1, and at 0 it has no value, so programs clip the share.",
            "Our loss of a share of 1 is 0; a share of 0 is refused. Tests hold both.",
            "loss_functions",
        ),
        Correction(
            "C",
            "softmax shares are 0 or more, and sigmoids do not go with cross-entropy",
            "Softmax shares are above 0. For yes or no, a sigmoid with cross-entropy is the usual pair.",
            "SciPy and PyTorch give the same shares and losses as ours, on scores drawn at random.",
            "loss_functions",
        ),
        Correction(
            "B",
            "log loss takes an absolute value, for convenience",
            "It is minus the average. The number is the same.",
            "The log of a share is 0 or below, so minus it is its size.",
            "loss_functions",
        ),
    )


def descent() -> tuple[Correction, ...]:
    """Of “Gradient descent”."""
    stuck = gradient_descent.story(gradient_descent.PRESETS["Stuck"])
    wild = gradient_descent.PRESETS["Diverging"]
    edge = gradient_descent.rates_for(wild.surface, wild.start).largest_stable
    high = number(round(stuck.walk.losses[-1], 1))
    as_they_are, centred = (percent(each.score.value) for each in measured_on_photos()[0])
    published = f"{100 * measured_on_photos()[1]:.3g} %"
    return (
        Correction(
            "A",
            "the slope points to the lowest point, and descent ends at the global minimum",
            "The slope points uphill. Descent ends where the ground is level.",
            f"On a map with two valleys, one walk of ours rests {high} high. "
            f"The lowest point is {number(stuck.floor)}.",
            "gradient_descent",
        ),
        Correction(
            "E",
            "a step goes in the direction of the gradient",
            "It goes against it.",
            "Each step of our walks is printed, and you can check it with a pencil.",
            "gradient_descent",
        ),
        Correction(
            "C",
            "a convex loss has one minimum only, and descent is sure to find it",
            "Each low point of a convex loss is the lowest, yet a flat floor can hold many. "
            "Arriving needs a fitting rate.",
            f"On the simplest bowl, walks fail from a rate of {number(edge or 0)} on.",
            "gradient_descent",
        ),
        Correction(
            "B",
            "convex losses with many dips",
            "A loss with many dips is not convex.",
            "Our map with two valleys has two dips, and walks end in either.",
            "gradient_descent",
        ),
        Correction(
            "A",
            "about 10 % for random search",
            f"CS231n’s random search got {published}. Guessing gets 10 %.",
            f"Our own, with 1,000 tries, got {as_they_are}, and {centred} with centred pixels.",
            "gradient_descent",
        ),
        *_batches_and_names(),
    )


def _batches_and_names() -> tuple[Correction, ...]:
    return (
        Correction(
            "ABCD",
            "“SGD”, for one example (A, B, D) or for a mini-batch (C)",
            "We say one example, mini-batch or full batch.",
            "All three run side by side on our page.",
            "gradient_descent",
        ),
        Correction(
            "B",
            "models of images learn in full batches",
            "In practice they learn in mini-batches.",
            "On real digits we measured all three ways; by the clock, mini-batches arrive first.",
            "gradient_descent",
        ),
        Correction(
            "D",
            "training raises a probability, where others lower a loss",
            "Both are the same move: this loss is minus the log of that probability.",
            "One nudge on a real digit raises its share and lowers its loss.",
            "gradient_descent",
        ),
        Correction(
            "D",
            "the learning rate is the single most important number",
            "That is its author’s view, and many share it.",
            "A view cannot be computed. What the rate does can, so try it.",
            "gradient_descent",
        ),
    )
