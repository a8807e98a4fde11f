"""A new head on a frozen network: one softmax layer on its features, trained while you wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.softmax_regression import SoftmaxRegression, fit_softmax
from dl_core.transfer.features import Features
from dl_core.transfer.pictures import Labels

PENALTY = 0.01  # on the weights, after scaling; chosen on ready-made tasks, held for all
MOST_STEPS = 300
# Least spread of a feature, as a share of the average one's. A feature that stirs a little on one of a few
# pictures would else be blown up a thousandfold on a picture that really has it, and decide alone.
LEAST_SPREAD = 0.1


@dataclass(frozen=True)
class Head:
    """A softmax layer with the scaling that it was trained on."""

    mean: NDArray[np.float64]  # (320,) of the training pictures' features
    spread: NDArray[np.float64]  # (320,) their standard deviation, or the least that is divided by
    layer: SoftmaxRegression

    @property
    def n_trained(self) -> int:
        """Numbers that training found: a weight for each feature and class, and a bias for each class."""
        return int(self.layer.weights.size + self.layer.bias.size)

    def scaled(self, features: Features) -> NDArray[np.float64]:
        """Features as the layer wants them, ``(N, 320)``."""
        return np.asarray((features - self.mean) / self.spread, np.float64)

    def probabilities(self, features: Features) -> NDArray[np.float64]:
        """How sure it is of each class, ``(N, n_classes)``, from ``features`` ``(N, 320)``."""
        return self.layer.probabilities(self.scaled(features))

    def answers(self, features: Features) -> Labels:
        """The surest class of each row of ``features`` ``(N, 320)``: ``(N,)``."""
        return np.asarray(self.probabilities(features).argmax(axis=1))


def fit_head(features: Features, labels: Labels, n_classes: int, penalty: float = PENALTY) -> Head:
    """Train a head.

    Parameters
    ----------
    features
        ``(N, 320)`` of the training pictures.
    labels
        ``(N,)`` their classes.
    n_classes
        How many classes there are; one without a picture is possible and is never learned.
    penalty
        Above 0; see `fit_softmax`.

    Examples
    --------
    >>> two = np.array([[0.0, 1.0], [1.0, 0.0]], np.float32)
    >>> fit_head(two, np.array([0, 1]), 2).answers(two).tolist()
    [0, 1]
    """
    mean, spread = scaling(features)
    scaled = (features - mean) / spread
    return Head(mean, spread, fit_softmax(scaled, labels, n_classes, penalty, MOST_STEPS))


def scaling(features: Features) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and spread of each of the ``features`` ``(N, 320)``: ``(320,)`` each.

    The spread is the standard deviation, but at least `LEAST_SPREAD` of what it is on average (root of the
    mean square) over the features; 1 where nothing varies at all.

    Examples
    --------
    >>> scaling(np.array([[0.0, 0.0, 4.0], [2.0, 0.02, 4.0]], np.float32))[1].round(3).tolist()
    [1.0, 0.058, 0.058]
    """
    mean, spread = features.mean(axis=0, dtype=np.float64), features.std(axis=0, dtype=np.float64)
    least = LEAST_SPREAD * float(np.sqrt((spread**2).mean()))
    return mean, np.maximum(spread, least) if least > 1e-6 else np.ones_like(spread)
