"""Activations: the value, and beside it its slope."""

from __future__ import annotations

import numpy as np

from dl_core.mlp._jit import ordered_part, part

LEAK = 0.01  # slope of the leaky ReLU below 0, as PyTorch sets it
LOG2_E = 1.4426950408889634
LN_2_HIGH, LN_2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10  # their sum is ln 2


@ordered_part
def exp(z: float) -> float:
    """e^z = 2^k · e^r with |r| ≤ ½ ln 2, and e^r by its series: plain sums, so eight at a time."""
    z = 700.0 if z > 700.0 else (z if z > -700.0 else -700.0)  # beyond them a float cannot hold the result
    k = np.floor(z * LOG2_E + 0.5)
    r = (z - k * LN_2_HIGH) - k * LN_2_LOW
    series = 1 / 6227020800  # 1/13!; the next term is below 1e-17
    series = series * r + 1 / 479001600
    series = series * r + 1 / 39916800
    series = series * r + 1 / 3628800
    series = series * r + 1 / 362880
    series = series * r + 1 / 40320
    series = series * r + 1 / 5040
    series = series * r + 1 / 720
    series = series * r + 1 / 120
    series = series * r + 1 / 24
    series = series * r + 1 / 6
    series = series * r + 1 / 2
    series = (series * r + 1) * r + 1
    power = np.int64(np.int32(k) + np.int32(1023)) << np.int64(52)  # the bits of 2^k
    return float(series * np.int64(power).view(np.float64))


@part
def sigmoid(z: float) -> tuple[float, float]:
    """1 / (1 + e^-z) and its slope."""
    a = 1 / (1 + exp(-z))
    return a, a * (1 - a)


@part
def tanh(z: float) -> tuple[float, float]:
    """(e^z - e^-z) / (e^z + e^-z), written with one power, and its slope."""
    a = 1 - 2 / (1 + exp(2 * z))
    return a, 1 - a * a


@part
def leaky_relu(z: float, leak: float) -> tuple[float, float]:
    """z where it is above 0, else leak · z, and its slope; a leak of 0 makes it the plain ReLU."""
    return (z, 1.0) if z > 0 else (leak * z, leak)
