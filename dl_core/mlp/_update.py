"""What happens to the parameters once their gradient is known: the penalty's share, then a step down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dl_core.mlp._jit import part

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SGD, MOMENTUM, ADAM = range(3)  # in the order of plan.OPTIMISERS
KEPT_SPEED = 0.9  # of momentum; this and Adam's three numbers as PyTorch sets them
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8
LIMIT = 1e12  # a parameter beyond it has blown up


@part
def add_penalty(widths: Integers, l1: float, l2: float, parameters: Floats, gradient: Floats) -> None:
    """Adds the slopes of l1 · Σ |weight| + ½ · l2 · Σ weight²; in its kink the slope of |weight| is 0."""
    if l1 == 0 and l2 == 0:
        return
    at = 0
    for layer in range(1, len(widths)):
        for k in range(at, at + widths[layer] * widths[layer - 1]):
            sign = 1.0 if parameters[k] > 0 else (-1.0 if parameters[k] < 0 else 0.0)
            gradient[k] += l1 * sign + l2 * parameters[k]
        at += widths[layer] * (widths[layer - 1] + 1)


@part
def update(
    optimiser: int, parameters: Floats, gradient: Floats, memory: Floats, rate: float, step: int
) -> None:
    """One step down, ``rate`` long, by the ``optimiser`` of that number, in place.

    ``parameters`` and ``gradient`` (n_parameters,); ``memory`` (2, n_parameters) starts at 0, ``step`` too.
    """
    speed, square = memory[0], memory[1]
    if optimiser == SGD:
        for k in range(len(parameters)):
            parameters[k] -= rate * gradient[k]
    elif optimiser == MOMENTUM:
        for k in range(len(parameters)):
            speed[k] = KEPT_SPEED * speed[k] + gradient[k]
            parameters[k] -= rate * speed[k]
    else:
        # fading means of the gradient and of its square, which began at 0: what is missing is made up for
        length, root = rate / (1 - BETA_1 ** (step + 1)), np.sqrt(1 - BETA_2 ** (step + 1))
        for k in range(len(parameters)):
            speed[k] = BETA_1 * speed[k] + (1 - BETA_1) * gradient[k]
            square[k] = BETA_2 * square[k] + (1 - BETA_2) * gradient[k] * gradient[k]
            parameters[k] -= length * speed[k] / (np.sqrt(square[k]) / root + EPSILON)


@part
def holds(parameters: Floats) -> bool:
    """Whether every parameter is a number within the limit."""
    good = True
    for k in range(len(parameters)):
        good &= -LIMIT <= parameters[k] <= LIMIT
    return good
