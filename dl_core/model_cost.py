"""What one model must keep and do for one answer, and how fast this machine does it."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Cost:
    """What one model needs at use time."""

    numbers: int  # how many must be kept
    bytes: int  # the memory they take
    operations: int  # subtractions (kNN) or multiplications (softmax) for one answer


def knn_cost(n_examples: int, n_features: int, bytes_per_feature: int = 1) -> Cost:
    """kNN keeps every example and compares the question with each of them.

    The labels, one byte each, are left out: beside a picture they are lost in the rounding.

    Parameters
    ----------
    n_examples
        How many are kept, at least 1.
    n_features
        Numbers per example, at least 1.
    bytes_per_feature
        1 for a pixel's brightness, 4 for a decimal number.

    Examples
    --------
    >>> knn_cost(50_000, 3072).bytes  # CIFAR-10: 153.6 MB
    153600000
    """
    numbers = n_examples * n_features
    return Cost(numbers, numbers * bytes_per_feature, numbers)


def softmax_cost(n_features: int, n_classes: int) -> Cost:
    """Softmax keeps a weight per feature and class and a bias per class, 4 bytes each.

    Parameters
    ----------
    n_features
        Numbers per example, at least 1.
    n_classes
        Answers to choose from, at least 2.

    Examples
    --------
    >>> softmax_cost(3072, 10)
    Cost(numbers=30730, bytes=122920, operations=30720)
    """
    numbers = (n_features + 1) * n_classes
    return Cost(numbers, 4 * numbers, n_features * n_classes)


def measure_operations_per_second(n_features: int = 3072, n_examples: int = 2_000) -> float:
    """How many byte differences a second one core does here, as kNN needs them.

    Parameters
    ----------
    n_features
        Bytes per example, at least 1; 3,072 for a 32 x 32 colour photo.
    n_examples
        How many examples each of the five timed rounds reads, at least 1.

    Examples
    --------
    >>> measure_operations_per_second(64, 100) > 0
    True
    """
    rng = np.random.default_rng(0)
    examples = rng.integers(0, 256, (n_examples, n_features), dtype=np.int16)
    question = rng.integers(0, 256, n_features, dtype=np.int16)
    spans = []
    for _ in range(5):
        start = time.perf_counter()
        np.abs(examples - question).sum(axis=1, dtype=np.int64)
        spans.append(time.perf_counter() - start)
    return examples.size / float(np.median(spans))
