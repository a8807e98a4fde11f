"""Does 90 % sure mean right nine times in ten? Temperature scaling, and how far it is off."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
N_BINS = 15  # for the calibration error, as in Guo et al.


@dataclass(frozen=True)
class Bin:
    """Answers that were about equally sure."""

    low: float  # least probability of the answer
    high: float  # most
    n: int  # answers of held-out photos in this bin
    right: int  # of them right
    confidence: float  # their average probability; 0 where there is none


def probabilities(logits: Numbers, temperature: float = 1.0) -> Numbers:
    """Softmax of ``logits / temperature`` along the last axis.

    Parameters
    ----------
    logits
        ``(..., C)`` scores.
    temperature
        Above 0; more than 1 makes the answers less sure, less than 1 surer.

    Examples
    --------
    >>> probabilities(np.array([0.0, np.log(3.0)])).round(2).tolist()
    [0.25, 0.75]
    >>> probabilities(np.array([0.0, np.log(3.0)]), temperature=1e6).round(2).tolist()
    [0.5, 0.5]
    """
    scaled = np.asarray(logits, np.float64) / temperature
    raised = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def fit_temperature(logits: Numbers, labels: NDArray[np.int64]) -> float:
    """The one number to divide scores by so that the true labels become most likely.

    Found by golden-section search: in the logarithm of the temperature, the loss has one valley.

    Parameters
    ----------
    logits
        ``(N, C)`` scores of photos the network was not trained on.
    labels
        ``(N,)`` true classes.

    Notes
    -----
    Source: Guo et al., "On Calibration of Modern Neural Networks" (2017), section 4.2.

    Examples
    --------
    Scores that say 0.9 where 3 of 4 are right are cooled until they say 0.75:

    >>> sure = np.log([[0.9, 0.1]] * 4)
    >>> t = fit_temperature(sure, np.array([0, 0, 0, 1]))
    >>> probabilities(sure, t)[0].round(3).tolist()
    [0.75, 0.25]
    """
    rows = np.arange(len(labels))

    def loss(log_temperature: float) -> float:
        p = probabilities(logits, float(np.exp(log_temperature)))[rows, labels]
        return float(-np.log(np.maximum(p, 1e-300)).mean())

    shrink = (np.sqrt(5) - 1) / 2
    low, high = np.log(0.05), np.log(20.0)
    while high - low > 1e-5:
        left, right = high - shrink * (high - low), low + shrink * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def reliability(confidence: Numbers, right: NDArray[np.bool_], edges: tuple[float, ...] = EDGES) -> list[Bin]:
    """Sort answers by how sure they were and count how many were right.

    Parameters
    ----------
    confidence
        ``(N,)`` probability of each answer.
    right
        ``(N,)`` whether it was right.
    edges
        Rising bounds of the groups, from 0 to 1.

    Examples
    --------
    >>> reliability(np.array([0.2, 0.9, 0.8]), np.array([False, True, False]), edges=(0, 0.5, 1))
    [Bin(low=0, high=0.5, n=1, right=0, confidence=0.2), Bin(low=0.5, high=1, n=2, right=1, confidence=0.85)]
    """
    place = np.clip(np.digitize(confidence, edges) - 1, 0, len(edges) - 2)
    found = []
    for i, (low, high) in enumerate(pairwise(edges)):
        inside = place == i
        mean = float(np.round(confidence[inside].mean(), 6)) if inside.any() else 0.0
        found.append(Bin(low, high, int(inside.sum()), int(right[inside].sum()), mean))
    return found


def calibration_error(confidence: Numbers, right: NDArray[np.bool_], n_bins: int = N_BINS) -> float:
    """Expected calibration error: how far "how sure" is from "how often right", on average.

    Parameters
    ----------
    confidence
        ``(N,)`` probability of each answer, 0 to 1.
    right
        ``(N,)`` whether it was right.
    n_bins
        Equally wide groups of answers that are compared, at least 1.

    Notes
    -----
    Source: Guo et al., "On Calibration of Modern Neural Networks" (2017), section 2.

    Examples
    --------
    Ten answers, each 80 % sure, six right: 20 points off.

    >>> round(calibration_error(np.full(10, 0.8), np.arange(10) < 6), 6)
    0.2
    """
    edges = tuple(np.linspace(0, 1, n_bins + 1))
    n = len(confidence)
    return sum(abs(b.right - b.n * b.confidence) / n for b in reliability(confidence, right, edges))
