"""Activations with their slopes, and how steep a neuron typically is: what gradients shrink and grow by."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.activations import sigmoid

Activation = Literal["sigmoid", "tanh", "relu", "none"]
Floats = NDArray[np.float64]

GRID = np.linspace(-8, 8, 3200)  # a normal curve, in its own spreads; no point at a kink
CURVE = np.exp(-(GRID**2) / 2) / np.exp(-(GRID**2) / 2).sum()


def activate(activation: Activation, sums: Floats) -> tuple[Floats, Floats]:
    """What neurons pass on, and their slopes there.

    Parameters
    ----------
    activation
        ``"none"`` passes sums on as they are.
    sums
        Of any shape (...).

    Returns
    -------
    values, slopes
        Both of the same shape (...).

    Examples
    --------
    >>> values, slopes = activate("sigmoid", np.array([0.0, 5.0]))
    >>> values.round(4).tolist(), slopes.round(4).tolist()
    ([0.5, 0.9933], [0.25, 0.0066])
    """
    if activation == "sigmoid":
        values = sigmoid(sums)
        return values, values * (1 - values)
    if activation == "tanh":
        values = np.tanh(sums)
        return values, 1 - values**2
    if activation == "relu":
        return np.maximum(sums, 0), np.where(sums > 0, 1.0, 0.0)
    return sums, np.ones_like(sums)


def typical(activation: Activation, square: float) -> tuple[float, float]:
    """Mean square of what neurons pass on, and their typical slope, when sums follow a normal curve.

    Parameters
    ----------
    activation
        Of the neurons.
    square
        Mean square of the sums, 0 or more.

    Returns
    -------
    mean square, slope
        The slope is the root of the mean square slope: with random weights, that is what counts.

    Examples
    --------
    >>> [round(one, 3) for one in typical("relu", 2.0)]  # half of the neurons are off
    [1.0, 0.707]
    """
    values, slopes = activate(activation, math.sqrt(square) * GRID)
    return float(CURVE @ values**2), math.sqrt(float(CURVE @ slopes**2))
