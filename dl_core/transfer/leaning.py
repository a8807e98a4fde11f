"""Which training pictures an answer leans on: the nearest, and what each lends to the score, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.transfer.checked import angles
from dl_core.transfer.features import Features
from dl_core.transfer.heads import PENALTY, Head
from dl_core.transfer.pictures import Labels

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lent:
    """A class's score for one picture, taken apart."""

    points: Floats  # (n_train,) what each training picture adds to the score
    bias: float  # what is added for every picture
    score: float  # of the class, points


def lent(head: Head, stored: Features, labels: Labels, asked: Features, answer: int) -> Lent:
    """What each training picture lends to the score of a class.

    Parameters
    ----------
    head
        Trained on these pictures, as `fit_head` does.
    stored
        ``(n_train, 320)`` of the training pictures.
    labels
        ``(n_train,)`` their classes.
    asked
        ``(320,)`` of the picture that is asked about.
    answer
        The class whose score is taken apart, from 0.

    Notes
    -----
    Where training stands still, its slope is 0: each class's weights are then a sum over the training
    pictures, ``Σ (y - p) x / (penalty · n)`` with y 1 for the true class, else 0, and p how sure the head is.
    So the score is a sum over them too. Training stops a little before, so the sum is right to a small
    remainder, which a test holds.

    Source: Yeh, Kim, Yen and Ravikumar, "Representer point selection for explaining deep neural networks"
    (2018).
    """
    inputs, one = head.scaled(stored), head.scaled(asked[None])[0]
    missing = (labels == answer) - head.layer.probabilities(inputs)[:, answer]
    points = missing * (inputs @ one) / (PENALTY * len(labels))
    return Lent(
        np.asarray(points, np.float64),
        float(head.layer.bias[answer]),
        float(head.layer.logits(one[None])[0, answer]),
    )


def nearest(asked: Features, stored: Features, n: int) -> tuple[Labels, Floats]:
    """The nearest training pictures: their places and how far they are in degrees, ``(n,)`` each.

    Parameters
    ----------
    asked
        ``(320,)`` of the picture that is asked about.
    stored
        ``(n_train, 320)`` of the training pictures.
    n
        How many, at most all.

    Examples
    --------
    >>> stored = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], np.float32)
    >>> places, degrees = nearest(np.array([1.0, 0.0], np.float32), stored, 2)
    >>> places.tolist(), degrees.round(3).tolist()
    ([1, 2], [0.0, 45.0])
    """
    far = angles(asked[None], stored)[0]
    places = np.argsort(far, kind="stable")[:n]
    return places, far[places]
