"""Four losses for a yes or no answer, each with its slope: cross-entropy, hinge, squared, absolute."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.activations import sigmoid

Floats = NDArray[np.float64]

CLIP = 1e-7  # the least share that a program reckons with; of 0 the logarithm has no value


def score_of(yes_share: float) -> float:
    """The score behind a share of certainty on yes, 0 to 1: ln(p / (1 - p)), clipped as programs clip it.

    >>> round(score_of(0.9), 3), round(score_of(1.0), 1)
    (2.197, 16.1)
    """
    clipped = min(max(yes_share, CLIP), 1.0 - CLIP)
    return math.log(clipped) - math.log1p(-clipped)


def right_share(score: Floats, label: int) -> Floats:
    """The share of certainty on the right answer: the sigmoid of the score, seen from the truth.

    Parameters
    ----------
    score
        (...) of any size and sign; above 0 the model leans to yes.
    label
        1 where the truth is yes, -1 where it is no.

    Examples
    --------
    >>> right_share(np.array([0.0, 800.0, -800.0]), 1).tolist()
    [0.5, 1.0, 0.0]
    """
    return sigmoid(label * score)


def cross_entropy(score: Floats, label: int) -> Floats:
    """Minus the natural logarithm of the right answer's share; (...) in and out, ``label`` 1 or -1.

    >>> cross_entropy(np.array([0.0, math.log(99)]), -1).round(2).tolist()
    [0.69, 4.61]
    """
    charge: Floats = np.logaddexp(0.0, -label * score)
    return charge


def cross_entropy_slope(score: Floats, label: int) -> Floats:
    """Its slope for the score; (...) in and out, ``label`` 1 or -1.

    >>> cross_entropy_slope(np.array([0.0]), 1).tolist()
    [-0.5]
    """
    return -label * right_share(score, -label)


def hinge(score: Floats, label: int) -> Floats:
    """What the score lacks to stand one point on the right side; (...) in and out, ``label`` 1 or -1.

    >>> hinge(np.array([-2.0, 0.0, 3.0]), 1).tolist()
    [3.0, 1.0, 0.0]
    """
    return np.maximum(0.0, 1.0 - label * score)


def hinge_slope(score: Floats, label: int) -> Floats:
    """Its slope for the score, 0 at the kink; (...) in and out, ``label`` 1 or -1.

    >>> hinge_slope(np.array([-2.0, 0.0, 3.0]), 1).tolist()
    [-1.0, -1.0, 0.0]
    """
    return np.where(label * score < 1.0, -float(label), 0.0)


def squared(score: Floats, label: int) -> Floats:
    """The square of the share on the wrong answer; (...) in and out, ``label`` 1 or -1.

    >>> squared(np.array([0.0]), 1).tolist()
    [0.25]
    """
    charge: Floats = right_share(score, -label) ** 2
    return charge


def squared_slope(score: Floats, label: int) -> Floats:
    """Its slope for the score; (...) in and out, ``label`` 1 or -1.

    >>> squared_slope(np.array([0.0]), 1).tolist()
    [-0.25]
    """
    wrong, right = right_share(score, -label), right_share(score, label)
    slope: Floats = -label * 2.0 * wrong * wrong * right
    return slope


def absolute(score: Floats, label: int) -> Floats:
    """The share on the wrong answer; (...) in and out, ``label`` 1 or -1.

    >>> absolute(np.array([0.0]), 1).tolist()
    [0.5]
    """
    return right_share(score, -label)


def absolute_slope(score: Floats, label: int) -> Floats:
    """Its slope for the score; (...) in and out, ``label`` 1 or -1.

    >>> absolute_slope(np.array([0.0]), 1).tolist()
    [-0.25]
    """
    slope: Floats = -label * right_share(score, -label) * right_share(score, label)
    return slope


@dataclass(frozen=True)
class Loss:
    """One loss, with its slope."""

    name: str
    value: Callable[[Floats, int], Floats]  # of a score, for a label of 1 or -1
    slope: Callable[[Floats, int], Floats]  # of the value, for the score
    most: float  # coin flips that it can charge, or endless

    @property
    def coin_flip(self) -> float:
        """What it charges for an honest coin flip, in its own numbers."""
        return float(self.value(np.zeros(1), 1)[0])


LOSSES = (
    Loss("cross-entropy", cross_entropy, cross_entropy_slope, math.inf),
    Loss("hinge", hinge, hinge_slope, math.inf),
    Loss("squared", squared, squared_slope, 4.0),
    Loss("absolute", absolute, absolute_slope, 2.0),
)
