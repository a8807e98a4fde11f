"""Softmax regression: one weighted sum per class, then scores become shares that add up to one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


def softmax(logits: Floats) -> Floats:
    """Scores turned into positive shares that add up to 1 along the last axis.

    Parameters
    ----------
    logits
        (..., n_classes) scores of any size and sign.

    Examples
    --------
    >>> softmax(np.array([-4.0, 5.2])).round(4).tolist()
    [0.0001, 0.9999]
    """
    # the largest score becomes e^0: nothing overflows, and the shares stay the same
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


@dataclass(frozen=True)
class SoftmaxRegression:
    """The model: a row of weights and a bias for each class, and no examples."""

    weights: Floats  # (n_classes, n_features)
    bias: Floats  # (n_classes,)
    steps: int = 0  # how many steps training took

    def logits(self, features: Floats) -> Floats:
        """One score per class for each row of ``features`` (n_samples, n_features)."""
        scores: Floats = features @ self.weights.T + self.bias
        return scores

    def probabilities(self, features: Floats) -> Floats:
        """The scores as shares, (n_samples, n_classes), each row adding up to 1."""
        return softmax(self.logits(features))

    def answers(self, features: Floats) -> Labels:
        """The class with the highest score for each row."""
        best: Labels = np.argmax(self.logits(features), axis=1)
        return best

    @property
    def n_numbers(self) -> int:
        """How many numbers must be kept: all weights and biases."""
        return self.weights.size + self.bias.size


def loss_and_gradient(
    parameters: Floats, features: Floats, targets: Floats, penalty: float
) -> tuple[float, Floats]:
    """Mean cross-entropy with a weight penalty, and its slope for every parameter.

    Parameters
    ----------
    parameters
        (n_classes, n_features + 1): the weights, then the bias as last column.
    features
        (n_samples, n_features + 1): the inputs, then a column of ones.
    targets
        (n_samples, n_classes): 1 for the true class, else 0.
    penalty
        Weight of ½ · Σ weight²; the bias is left out.

    Examples
    --------
    >>> inputs, targets = np.array([[3.0, 1.0]]), np.array([[0.0, 1.0]])
    >>> loss, gradient = loss_and_gradient(np.zeros((2, 2)), inputs, targets, 0.0)
    >>> round(loss, 4), gradient.tolist()  # blind guessing over two classes costs ln 2
    (0.6931, [[1.5, 0.5], [-1.5, -0.5]])
    """
    logits = features @ parameters.T
    logits -= logits.max(axis=1, keepdims=True)
    cross_entropy = (np.log(np.exp(logits).sum(axis=1)) - (logits * targets).sum(axis=1)).mean()
    loss = float(cross_entropy + 0.5 * penalty * (parameters[:, :-1] ** 2).sum())  # the bias is free
    return loss, _held_gradient(parameters, features, targets, penalty)


def gradient(parameters: Floats, features: Floats, targets: Floats) -> Floats:
    """The slope of the mean cross-entropy alone, shaped like the parameters.

    Parameters
    ----------
    parameters
        (n_classes, n_features + 1): the weights, then the bias as last column.
    features
        (n_samples, n_features + 1): the inputs, then a column of ones.
    targets
        (n_samples, n_classes): 1 for the true class, else 0.

    Examples
    --------
    >>> gradient(np.zeros((2, 2)), np.array([[3.0, 1.0]]), np.array([[0.0, 1.0]])).tolist()
    [[1.5, 0.5], [-1.5, -0.5]]
    """
    slope: Floats = (softmax(features @ parameters.T) - targets).T @ features / len(features)
    return slope


def _held_gradient(parameters: Floats, features: Floats, targets: Floats, penalty: float) -> Floats:
    """The slope with the penalty's: training takes a hundred steps and never asks for the loss."""
    held = penalty * parameters
    held[:, -1] = 0.0  # the bias is free
    return gradient(parameters, features, targets) + held


def fit_softmax(
    features: Floats, labels: Labels, n_classes: int, penalty: float = 0.01, max_steps: int = 2000
) -> SoftmaxRegression:
    """The weights with the lowest loss on these examples.

    Parameters
    ----------
    features
        (n_samples, n_features).
    labels
        (n_samples,) classes 0 to ``n_classes`` - 1.
    n_classes
        How many classes there are.
    penalty
        Weight of ½ · Σ weight² beside the mean cross-entropy. It keeps the weights finite when a
        straight line separates the classes.
    max_steps
        Training stops here at the latest; it stops before when no slope exceeds one in a million.

    Raises
    ------
    ValueError
        When the penalty is not above zero.

    Notes
    -----
    Full-batch gradient descent with momentum. The step is scaled by an upper bound of the curvature,
    so there is no learning rate to choose and no random start: same examples, same weights.

    Source: D. Böhning, "Multinomial logistic regression algorithm", Annals of the Institute of
    Statistical Mathematics 44 (1992); Y. Nesterov's momentum with restarts.

    Examples
    --------
    >>> model = fit_softmax(np.array([[-1.0], [1.0]]), np.array([0, 1]), 2)
    >>> model.answers(np.array([[-3.0], [0.2]])).tolist()
    [0, 1]
    """
    if penalty <= 0:
        raise ValueError(f"A penalty of {penalty} lets the weights grow without end: choose one above 0.")
    inputs = np.column_stack([features, np.ones(len(features))])
    targets = np.eye(n_classes)[labels]
    held = np.full(inputs.shape[1], penalty)
    held[-1] = 0.0
    curvature = 0.5 * inputs.T @ inputs / len(inputs) + np.diag(held) + 1e-9 * np.eye(len(held))
    inverse = np.linalg.inv(curvature)
    now = ahead = np.zeros((n_classes, inputs.shape[1]))
    speed, steps = 1.0, 0
    while steps < max_steps:
        steps += 1
        gradient = _held_gradient(ahead, inputs, targets, penalty)
        if np.abs(gradient).max() < 1e-6:
            now = ahead
            break
        after = ahead - gradient @ inverse
        faster = (1 + np.sqrt(1 + 4 * speed * speed)) / 2
        if float((gradient * (after - now)).sum()) > 0:  # uphill: drop the momentum
            faster, speed = 1.0, 1.0
        ahead = after + (speed - 1) / faster * (after - now)
        now, speed = after, faster
    return SoftmaxRegression(now[:, :-1], now[:, -1], steps)
