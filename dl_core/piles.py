"""Three piles of examples: one to learn from, one to choose with, one opened once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Piles:
    """Indices of the examples in each pile; no example is in two."""

    train: Labels  # the model learns from these
    validation: Labels  # settings such as k are chosen on these
    test: Labels  # opened once, for the score that is reported


def split_piles(labels: Labels, train: float, validation: float, seed: int) -> Piles:
    """Deal the examples into three piles, each class in the same proportion.

    Parameters
    ----------
    labels
        (n_examples,) class of each example.
    train, validation
        Shares of all examples, each above 0; what is left is the test pile.
    seed
        The same seed deals the same piles.

    Raises
    ------
    ValueError
        "60% and 50% do not make three piles: ..."

    Examples
    --------
    >>> piles = split_piles(np.array([0, 1] * 10), 0.6, 0.2, seed=0)
    >>> len(piles.train), len(piles.validation), len(piles.test)
    (12, 4, 4)
    """
    if train <= 0 or validation <= 0 or train + validation >= 1:
        raise ValueError(
            f"{train:.0%} and {validation:.0%} do not make three piles: "
            "give both a share, less than 100 % together."
        )
    rng = np.random.default_rng(seed)
    dealt: tuple[list[Labels], list[Labels], list[Labels]] = ([], [], [])
    for label in np.unique(labels):
        mine = rng.permutation(np.flatnonzero(labels == label))
        cuts = np.round(np.array([train, train + validation]) * len(mine)).astype(int)
        for pile, part in zip(dealt, np.split(mine, cuts), strict=True):
            pile.append(part)
    return Piles(*(np.sort(np.concatenate(pile)) for pile in dealt))
