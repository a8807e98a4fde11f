"""Is it an 8? A small model on real handwriting, with real mistakes at every threshold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dl_core.digits import load_digits
from dl_core.piles import split_piles
from dl_core.softmax_regression import fit_softmax

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
Counts = NDArray[np.int64]

DIGIT = 8  # the digit that the model misses most often
TRAIN, VALIDATION = 0.2, 0.4  # shares of all digits; a small training pile leaves real mistakes to price
PENALTY, SEED = 0.001, 0
THRESHOLDS = np.round(np.arange(1, 200) / 200, 3)  # 0.005 to 0.995
THRESHOLDS.setflags(write=False)


@dataclass(frozen=True)
class Pile:
    """What the model says of one pile of digits, and how often it is wrong at each threshold."""

    probabilities: Floats  # (n,) of being an 8
    truth: Truth  # (n,) whether it is one
    misses: Counts  # (199,) at each of THRESHOLDS
    false_alarms: Counts  # (199,)


@cache
def piles() -> tuple[Pile, Pile]:
    """The validation and the test pile, as a model sees them that learned from a fifth of the digits.

    Examples
    --------
    >>> [len(pile.truth) for pile in piles()]
    [719, 719]
    """
    digits = load_digits()
    features, is_eight = digits.features, digits.labels == DIGIT
    dealt = split_piles(digits.labels, TRAIN, VALIDATION, SEED)
    model = fit_softmax(features[dealt.train], is_eight[dealt.train].astype(np.int64), 2, PENALTY)
    return (
        _seen(model.probabilities(features[dealt.validation])[:, 1], is_eight[dealt.validation]),
        _seen(model.probabilities(features[dealt.test])[:, 1], is_eight[dealt.test]),
    )


def _seen(probabilities: Floats, truth: Truth) -> Pile:
    says_yes = probabilities[:, None] >= THRESHOLDS
    return Pile(
        probabilities,
        truth,
        (~says_yes & truth[:, None]).sum(axis=0),
        (says_yes & ~truth[:, None]).sum(axis=0),
    )


def place_of(threshold: float) -> int:
    """Where this threshold stands among `THRESHOLDS`.

    >>> float(THRESHOLDS[place_of(0.03)])
    0.03
    """
    return round(threshold * 200) - 1
