"""Loss and accuracy part ways: found in a real training run, step by step, on small pictures of digits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dl_core.digits import N_CLASSES, digit_piles, load_digits
from dl_core.numbers_in_words import percent, two_figures
from dl_core.softmax_regression import softmax

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

SIZES = (30, 50, 200, 898)  # digits to learn from; 898 is the whole training pile
LEARNING_RATE = 2.0
N_STEPS = 1500
N_LOOKS = 120  # before equal ones are dropped; evenly spread on a log axis
LEAST_FALL, LEAST_RISE = 0.05, 0.02  # share of its loss that a stretch must win or lose to count
LEAST_LONG = 50  # steps; the first ones go up and down by chance


@dataclass(frozen=True)
class Settings:
    """How many digits the model learns from.

    Raises
    ------
    ValueError
        If there is no run of that size.
    """

    n_digits: int = 200  # one of SIZES

    def __post_init__(self) -> None:
        if self.n_digits not in SIZES:
            raise ValueError(
                f"There is no run with {self.n_digits} digits: choose one of {', '.join(map(str, SIZES))}."
            )


@dataclass(frozen=True)
class Stretch:
    """Steps over which the loss goes one way and the right answers do not follow."""

    first: int  # step it begins at
    last: int  # step it ends at
    loss_before: float  # mean validation loss; natural log
    loss_after: float
    right_before: int  # right answers on the validation pile
    right_after: int

    @property
    def change(self) -> float:
        """By which share of itself the loss changed; below 0 where it fell."""
        return self.loss_after / self.loss_before - 1


@dataclass(frozen=True)
class LossAndAccuracy:
    """One training run, looked at about ninety times."""

    settings: Settings
    steps: Counts  # (n,) 1 to 1500, each looked at after it was taken
    train_loss: Floats  # (n,) mean over the digits it learns from; natural log
    validation_loss: Floats  # (n,) mean over digits it never learns from
    right: Counts  # (n,) right answers on the validation pile
    n_validation: int  # digits in that pile
    better: Stretch | None  # loss falls, and not one answer more is right
    worse: Stretch | None  # loss rises, and not one answer fewer is right

    @property
    def lowest(self) -> int:
        """Place of the lowest validation loss."""
        return int(np.argmin(self.validation_loss))


def looks() -> Counts:
    """(n,) steps after which the run is looked at: every early one, then ever fewer.

    >>> looks()[:3].tolist(), looks()[-1]
    ([1, 2, 3], np.int64(1500))
    """
    spread = np.geomspace(1, N_STEPS, N_LOOKS)
    return np.unique(spread.round().astype(np.int64))


@cache  # one run for each size, a third of a second at most
def _run(n_digits: int) -> tuple[Floats, Floats, Counts]:
    """(training loss, validation loss, right answers) at each look; full batch, no penalty."""
    digits = load_digits()
    features, piles = digits.inputs, digit_piles()
    learned = np.random.default_rng(0).permutation(piles.train)[:n_digits]
    known, truth = features[learned], digits.labels[learned]
    held, held_truth = features[piles.validation], digits.labels[piles.validation]
    targets = np.eye(N_CLASSES)[truth]
    weights = np.zeros((N_CLASSES, features.shape[1]))
    wanted = set(looks().tolist())
    found: list[tuple[float, float, int]] = []
    shares = softmax(known @ weights.T)
    for step in range(1, N_STEPS + 1):
        weights -= LEARNING_RATE * (shares - targets).T @ known / n_digits
        shares = softmax(known @ weights.T)
        if step in wanted:
            judged = softmax(held @ weights.T)
            right = int((judged.argmax(axis=1) == held_truth).sum())
            found.append((_mean_loss(shares, truth), _mean_loss(judged, held_truth), right))
    train, validation, hits = zip(*found, strict=True)
    return np.array(train), np.array(validation), np.array(hits, np.int64)


def _mean_loss(shares: Floats, labels: Counts) -> float:
    return float(-np.log(shares[np.arange(len(labels)), labels]).mean())


def longest_stretch(steps: Counts, loss: Floats, right: Counts, *, falling: bool) -> Stretch | None:
    """The longest stretch over which the loss moves one way at every look and accuracy does not follow.

    Parameters
    ----------
    steps, loss, right
        (n,) each: the steps looked at, the mean loss and the right answers after them.
    falling
        True looks for a falling loss without one right answer more; False for a rising loss without one
        fewer. The loss must fall by 5 % of itself, or rise by 2 %, over at least 50 steps.

    Returns
    -------
    Stretch or None
        None where there is no such stretch.

    Examples
    --------
    >>> steps, right = np.array([1, 20, 80, 90]), np.array([5, 6, 6, 7])
    >>> longest_stretch(steps, np.array([2.0, 1.0, 0.8, 0.7]), right, falling=True)
    Stretch(first=20, last=80, loss_before=1.0, loss_after=0.8, right_before=6, right_after=6)
    """
    way, least = (-1, LEAST_FALL) if falling else (1, LEAST_RISE)
    best: Stretch | None = None
    for first in range(len(steps)):
        for last in range(first + 1, len(steps)):
            goes_on = way * (loss[last] - loss[last - 1]) > 0
            follows = way * (right[last] - right[first]) < 0
            if not goes_on or follows:
                break
            enough = way * (loss[last] / loss[first] - 1) >= least
            enough &= steps[last] - steps[first] >= LEAST_LONG
            if enough and (best is None or steps[last] - steps[first] > best.last - best.first):
                best = Stretch(
                    int(steps[first]), int(steps[last]), float(loss[first]), float(loss[last]),
                    int(right[first]), int(right[last]),
                )  # fmt: skip
    return best


@cache  # what was searched once is not searched again
def story(settings: Settings) -> LossAndAccuracy:
    """A training run on digits, with the stretches where loss and accuracy part ways.

    Examples
    --------
    >>> found = story(Settings(200)).better
    >>> (found.first, found.last), (found.right_before, found.right_after)
    ((65, 388), (332, 332))
    """
    steps = looks()
    train, validation, right = _run(settings.n_digits)
    return LossAndAccuracy(
        settings, steps, train, validation, right, len(digit_piles().validation),
        longest_stretch(steps, validation, right, falling=True),
        longest_stretch(steps, validation, right, falling=False),
    )  # fmt: skip


def takeaway(shown: LossAndAccuracy) -> str:
    """Two or three short sentences: where loss and accuracy part, and what training loss says of it.

    Examples
    --------
    >>> takeaway(story(Settings(200))).split(". ")[0]
    'From step 65 to 388 the validation loss falls by 24 %, from 0.35 to 0.26'
    """
    told = []
    if shown.better:
        one = shown.better
        told.append(
            f"From step {one.first:,} to {one.last:,} the validation loss falls by {percent(-one.change)}, "
            f"from {two_figures(one.loss_before)} to {two_figures(one.loss_after)}. "
            f"{right_answers(one, shown.n_validation)}."
        )
    if shown.worse:
        one = shown.worse
        told.append(
            f"From step {one.first:,} to {one.last:,} it rises by {percent(one.change)}. "
            f"{right_answers(one, shown.n_validation)}."
        )
    told.append(
        f"The training loss falls to {two_figures(float(shown.train_loss[-1]))}, and that is not the goal."
    )
    said = " ".join(told)
    return said if shown.better else said.replace(" it rises", " the validation loss rises")


def right_answers(one: Stretch, n: int) -> str:
    """What became of the right answers over a stretch, of ``n`` in the pile.

    >>> right_answers(Stretch(5, 9, 0.5, 0.4, 319, 317), 360)
    'Of 360 answers 317 are right, 2 fewer than before'
    """
    gained = one.right_after - one.right_before
    if gained == 0:
        return f"Still {one.right_before} of {n} answers are right"
    more = "more" if gained > 0 else "fewer"
    return f"Of {n} answers {one.right_after} are right, {abs(gained)} {more} than before"
