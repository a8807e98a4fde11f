"""One gradient step on one real picture: what it does to this picture, and to all the others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dl_core.digits import N_CLASSES, Picture8x8, digit_piles, load_digits
from dl_core.numbers_in_words import percent, two_figures
from dl_core.softmax_regression import gradient, loss_and_gradient, softmax

TRUTH, RIVAL = 4, 9  # what the picture shows, and what the young model takes it for
PRINTED = (0.1, 0.6)  # the shares of the 4 and of the 9 in the article's example (SOURCES.md N16)
EARLY_RATE = 0.3  # learning rate of the young model
N_NUMBERS = N_CLASSES * (64 + 1)  # weights of 64 cells and a bias for each class
MOST_SEEN = 300  # training digits after which we stop looking for the picture
RATES = (0.01, 0.03, 0.1, 0.3, 1.0)
MOST_NUDGES = 20

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Settings:
    """How far each nudge goes, and how many there are.

    Raises
    ------
    ValueError
        If the rate is not from 0 to 100, or the nudges are not 0 to 20.
    """

    learning_rate: float = 0.1  # 0 to 100
    n_nudges: int = 1  # 0 to 20

    def __post_init__(self) -> None:
        if not 0 <= self.learning_rate <= 100:
            raise ValueError(f"A learning rate of {self.learning_rate:g} is no use here: choose 0 to 100.")
        if self.n_nudges not in range(MOST_NUDGES + 1):
            raise ValueError(f"{self.n_nudges} nudges cannot be shown: choose 0 to {MOST_NUDGES}.")


PRESETS = {
    "One nudge": Settings(),
    "One big nudge": Settings(1.0, 1),
    "Twenty nudges": Settings(0.1, 20),
}


@dataclass(frozen=True)
class YoungModel:
    """A model early in its training, and a picture of a 4 that it has not seen and takes for a 9."""

    weights: Floats  # (10, 65), the bias as last column
    seen: int  # training digits it has learned from, each once
    number: int  # the picture's place among the 1,797 digits
    picture: Picture8x8  # (8, 8) ink from 0 to 16
    others: Floats  # (360, 65) the validation pile, with a column of ones
    other_labels: Labels  # (360,)


@dataclass(frozen=True)
class OneNudge:
    """The shares of ten digits before and after, and what the other digits pay."""

    settings: Settings
    picture: Picture8x8  # (8, 8) ink from 0 to 16
    seen: int  # training digits the model had learned from
    n_slopes: int  # weights and biases with a slope that is not zero on this picture: no ink, no slope
    shares: Floats  # (n_nudges + 1, 10) after each nudge, the first row before any
    others_before: float  # mean loss on the validation digits before
    others_after: float  # and after
    right_before: int  # validation digits read correctly before
    right_after: int  # and after
    nines_before: int  # the same, among those that show a 9
    nines_after: int
    n_others: int  # validation digits
    n_nines: int  # of these show a 9

    @property
    def losses(self) -> tuple[float, ...]:
        """Loss of the picture before any nudge and after each."""
        return tuple(cross_entropy(float(row[TRUTH])) for row in self.shares)

    @property
    def answer(self) -> int:
        """The digit with the largest share after the last nudge."""
        return int(self.shares[-1].argmax())

    @property
    def if_it_were_the_rival(self) -> float:
        """What the first answer would cost if the picture did show a 9."""
        return cross_entropy(float(self.shares[0][RIVAL]))


def cross_entropy(share: float) -> float:
    """What an answer costs that gives the right class this ``share``, with the natural logarithm.

    Parameters
    ----------
    share
        Above 0, at most 1. A share below 1e-300 counts as 1e-300.

    Examples
    --------
    >>> round(cross_entropy(0.1), 3), round(cross_entropy(0.6), 3)
    (2.303, 0.511)
    """
    return -math.log(max(share, 1e-300)) + 0.0  # no "-0.0" for a sure and right answer


@cache
def young_model() -> YoungModel:
    """Train digit by digit, and take the unseen 4 whose shares come nearest to the article's 10 and 60 %.

    After each training digit we look at every 4 of the training pile that the model has not seen yet.
    Nearest means the smallest sum of the two differences.

    Examples
    --------
    >>> young = young_model()
    >>> int(load_digits().labels[young.number]), young.weights.shape
    (4, (10, 65))
    """
    digits = load_digits()
    labels, rows, piles = digits.labels, digits.inputs, digit_piles()
    order = np.random.default_rng(0).permutation(piles.train)
    now = np.zeros((N_CLASSES, rows.shape[1]))
    nearest, kept, seen, number = math.inf, now, 0, 0
    for n, each in enumerate(order[:MOST_SEEN], 1):
        now = now - EARLY_RATE * slopes(now, rows[each], int(labels[each]))
        unseen = order[n:][labels[order[n:]] == TRUTH]
        shares = softmax(rows[unseen] @ now.T)
        gaps = abs(shares[:, TRUTH] - PRINTED[0]) + abs(shares[:, RIVAL] - PRINTED[1])
        if len(unseen) and gaps.min() < nearest:
            nearest, kept, seen, number = float(gaps.min()), now, n, int(unseen[gaps.argmin()])
    held = piles.validation
    return YoungModel(kept, seen, number, digits.images[number], rows[held], labels[held])


def slopes(weights: Floats, row: Floats, truth: int) -> Floats:
    """One slope for each weight and bias: the gradient of this one picture's loss.

    Parameters
    ----------
    weights
        (n_classes, n_features + 1), the bias as last column.
    row
        (n_features + 1,) the picture, with a one at its end.
    truth
        The class it shows.

    Examples
    --------
    >>> slopes(np.zeros((2, 2)), np.array([3.0, 1.0]), 1).tolist()
    [[1.5, 0.5], [-1.5, -0.5]]
    """
    target = np.eye(len(weights))[[truth]]
    return gradient(weights, row[None, :], target)


def story(settings: Settings) -> OneNudge:
    """Nudge the model on the one picture, and ask it again.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.losses[1] < told.losses[0]
    True
    """
    young = young_model()
    row = np.append(young.picture.ravel() / 16.0, 1.0)
    now, shares = young.weights, [softmax(young.weights @ row)]
    first = slopes(now, row, TRUTH)
    for _ in range(settings.n_nudges):
        now = now - settings.learning_rate * slopes(now, row, TRUTH)
        shares.append(softmax(now @ row))
    before, right_before, nines_before = _others(young.weights)
    after, right_after, nines_after = _others(now)
    return OneNudge(
        settings, young.picture, young.seen, int(np.count_nonzero(first)), np.array(shares),
        before, after, right_before, right_after, nines_before, nines_after,
        len(young.other_labels), int((young.other_labels == RIVAL).sum()),
    )  # fmt: skip


def _others(weights: Floats) -> tuple[float, int, int]:
    """Mean loss on the validation pile; how many of it are read correctly, and how many of its 9s."""
    young = young_model()
    targets = np.eye(N_CLASSES)[young.other_labels]
    loss, _ = loss_and_gradient(weights, young.others, targets, 0.0)
    right = (young.others @ weights.T).argmax(axis=1) == young.other_labels
    return loss, int(right.sum()), int(right[young.other_labels == RIVAL].sum())


def takeaway(told: OneNudge) -> str:
    """Three short sentences: what the nudges did to this picture, to the others, and to the 9s.

    Examples
    --------
    >>> takeaway(story(Settings())).split(". ")[0]
    '1 nudge lifts this 4 from 8.6 % to 42 % and cuts its loss from 2.5 to 0.86: now it reads a 4'
    """
    if told.settings.n_nudges == 0 or told.settings.learning_rate == 0:
        return _untouched(told)
    return f"{_picture(told)} {_others_pay(told)} {_nines_pay(told)}"


def _untouched(told: OneNudge) -> str:
    four, nine = (percent(float(told.shares[0][each])) for each in (TRUTH, RIVAL))
    why = "no nudge yet" if told.settings.n_nudges == 0 else "at rate 0 nothing moves"
    return (
        f"After {told.seen} training digits, {why}: this {TRUTH} gets a share of {four} "
        f"and the {RIVAL} gets {nine}. "
        f"The loss is {in_loss(told.losses[0])}; guessing blindly among ten costs "
        f"{in_loss(cross_entropy(1 / N_CLASSES))}. "
        f"Were the picture a {RIVAL}, the same answer would cost {in_loss(told.if_it_were_the_rival)}."
    )


def _picture(told: OneNudge) -> str:
    was, now = (percent(float(told.shares[at][TRUTH])) for at in (0, -1))
    reads = f"now it reads a {TRUTH}" if told.answer == TRUTH else f"still it reads a {told.answer}"
    done, lifts, cuts = (
        ("1 nudge", "lifts", "cuts")
        if told.settings.n_nudges == 1
        else (f"{told.settings.n_nudges} nudges", "lift", "cut")
    )
    return (
        f"{done} {lifts} this {TRUTH} from {was} to {now} and {cuts} its loss from "
        f"{in_loss(told.losses[0])} to {in_loss(told.losses[-1])}: {reads}."
    )


def in_loss(loss: float) -> str:
    """A loss in two figures, and no finer than a thousandth.

    >>> in_loss(2.4549), in_loss(4.4e-7)
    ('2.5', 'under 0.001')
    """
    return two_figures(loss) if loss >= 0.001 else "under 0.001"


def _others_pay(told: OneNudge) -> str:
    was, now = two_figures(told.others_before), two_figures(told.others_after)
    moved = f"their loss stays at {was}" if was == now else f"their loss goes from {was} to {now}"
    return f"Of {told.n_others} other digits {_instead(told.right_after, told.right_before)}; {moved}."


def _nines_pay(told: OneNudge) -> str:
    return f"Of the {told.n_nines} nines among them {_instead(told.nines_after, told.nines_before)}."


def _instead(now: int, before: int) -> str:
    return f"{now} are right, as before" if now == before else f"{now} are right instead of {before}"
