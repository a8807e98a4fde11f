"""Small networks of real layers that learn two moons, and the product of layers without activation."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dl_core.activations import sigmoid

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
WIDTH = 4  # neurons in each hidden layer
N_SEEN = 120  # points to learn from
N_STEPS, RATE = 500, 0.03  # full-batch Adam
DECAY = 1e-3  # holds the weights small, so that they can be read
START = 5  # of the random numbers: one from which all our networks with ReLU find the bend


@dataclass(frozen=True, eq=False)
class Layer:
    """Weights and biases of one layer, or of several multiplied out."""

    weights: Floats  # (n_out, n_in)
    bias: Floats  # (n_out,)

    def after(self, before: Layer) -> Layer:
        """This layer and the one before it as a single layer."""
        return Layer(self.weights @ before.weights, self.weights @ before.bias + self.bias)

    @property
    def n_numbers(self) -> int:
        """Weights and biases together."""
        return self.weights.size + self.bias.size


@dataclass(frozen=True, eq=False)
class Network:
    """Layers one after the other, with or without ReLU between them."""

    layers: tuple[Layer, ...]
    bends: bool  # ReLU after each layer but the last

    def scores(self, points: Floats) -> Floats:
        """(n,) over 0 for the upper moon; ``points`` are (n, 2)."""
        values = points.T
        for place, layer in enumerate(self.layers):
            values = layer.weights @ values + layer.bias[:, None]
            if self.bends and place < len(self.layers) - 1:
                values = np.maximum(values, 0.0)
        scores: Floats = values[0]
        return scores

    @property
    def n_numbers(self) -> int:
        """Of all layers."""
        return sum(layer.n_numbers for layer in self.layers)


def n_numbers(*sizes: int) -> int:
    """Weights and biases of fully connected layers.

    Parameters
    ----------
    sizes
        Values that go in, then the neurons of each layer.

    Examples
    --------
    >>> n_numbers(784, 30, 10), n_numbers(784, 10)
    (23860, 7850)
    """
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def moons(n_points: int, seed: int) -> tuple[Floats, Labels]:
    """Two moons that reach into each other, made here with a little noise.

    Parameters
    ----------
    n_points
        Of both moons together.
    seed
        The same seed gives the same points.

    Returns
    -------
    points, labels
        (n_points, 2) and (n_points,), 1 for the upper moon.

    Examples
    --------
    >>> points, labels = moons(6, seed=1)
    >>> points.shape, labels.tolist()
    ((6, 2), [1, 0, 1, 0, 1, 0])
    """
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0, np.pi, n_points)
    labels = 1 - np.arange(n_points) % 2
    across = np.where(labels == 1, np.cos(angle), 1.0 - np.cos(angle))
    up = np.where(labels == 1, np.sin(angle), 0.5 - np.sin(angle))
    return np.column_stack([across, up]) + rng.normal(0, 0.13, (n_points, 2)), labels


def train(n_layers: int, bends: bool, start: int = START) -> Network:
    """Full-batch Adam on the moons, then every number rounded to one decimal.

    Rounding makes the layers fit for a pencil, and the same on every machine.

    Parameters
    ----------
    n_layers
        The output counted.
    bends
        Whether there is a ReLU after each layer but the last.
    start
        Seed of the first weights, 0 or more.

    Examples
    --------
    >>> train(2, bends=True).n_numbers  # 2 · 4 + 4 + 4 + 1
    17
    """
    points, labels = moons(N_SEEN, seed=1)
    rng = np.random.default_rng(start)
    sizes = [2, *[WIDTH] * (n_layers - 1), 1]
    shapes = [(n_out, n_in) for n_in, n_out in pairwise(sizes)]
    drawn = [rng.normal(0, (2 / n_in) ** 0.5, (n_out, n_in)) for n_out, n_in in shapes]
    flat = np.concatenate([*(weights.ravel() for weights in drawn), np.zeros(sum(sizes[1:]))])
    slopes, mean, square = np.zeros_like(flat), np.zeros_like(flat), np.zeros_like(flat)
    layers, their_slopes = _views(flat, shapes), _views(slopes, shapes)
    for step in range(1, N_STEPS + 1):
        _slopes(layers, their_slopes, points, labels, bends)
        mean += 0.1 * (slopes - mean)
        square += 0.01 * (slopes * slopes - square)
        flat -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    flat[:] = flat.round(1) + 0.0
    return Network(layers, bends)


def _views(flat: Floats, shapes: list[tuple[int, int]]) -> tuple[Layer, ...]:
    """Layers whose numbers lie in one row, all weights first, so that a step moves them all at once."""
    weights = flat[: sum(n_out * n_in for n_out, n_in in shapes)]
    biases, layers = flat[len(weights) :], []
    for n_out, n_in in shapes:
        own, weights = weights[: n_out * n_in], weights[n_out * n_in :]
        bias, biases = biases[:n_out], biases[n_out:]
        layers.append(Layer(own.reshape(n_out, n_in), bias))
    return tuple(layers)


def _slopes(
    layers: tuple[Layer, ...], slopes: tuple[Layer, ...], points: Floats, labels: Labels, bends: bool
) -> None:
    """Writes into ``slopes`` those of the mean log loss plus the decay."""
    passed = [points.T]
    for layer in layers:
        sums = layer.weights @ passed[-1] + layer.bias[:, None]
        passed.append(np.maximum(sums, 0.0) if bends and layer is not layers[-1] else sums)
    back = (sigmoid(passed[-1]) - labels) / len(labels)
    for place in reversed(range(len(layers))):
        slopes[place].weights[:] = back @ passed[place].T + DECAY * layers[place].weights
        slopes[place].bias[:] = back.sum(axis=1)
        if place:
            back = layers[place].weights.T @ back
            if bends:
                back *= passed[place] > 0


def multiplied_out(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The layers up to each one as a single layer, if there is no activation between them.

    Examples
    --------
    >>> double, add = Layer(np.eye(2) * 2, np.zeros(2)), Layer(np.ones((1, 2)), np.ones(1))
    >>> multiplied_out((double, add))[-1].weights, multiplied_out((double, add))[-1].bias
    (array([[2., 2.]]), array([1.]))
    """
    products = [layers[0]]
    for layer in layers[1:]:
        products.append(layer.after(products[-1]))
    return tuple(products)
