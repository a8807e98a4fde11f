"""Chance for the training loops: the order of the rows, and what dropout drops.

Every draw is the k-th output of SplitMix64 (G. Steele, D. Lea and C. Flood, OOPSLA 2014), a function of a
state and of k alone. So nothing is remembered between two calls, and a test can draw the same numbers.
Shuffles use the states ``draw(draw(seed, 0), epoch)``, dropout ``draw(draw(seed, 1), step)``.
"""

from __future__ import annotations

import numpy as np

from dl_core.mlp._jit import part

SHUFFLES, DROPS = 0, 1


@part
def draw(state: np.uint64, k: int) -> np.uint64:
    """The k-th output of SplitMix64, from 0: 64 bits."""
    bits = state + np.uint64(k + 1) * np.uint64(0x9E3779B97F4A7C15)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@part
def state_of(seed: int, purpose: int, number: int) -> np.uint64:
    """Where the draws of a ``seed`` for one ``purpose`` begin: for the epoch or step of that ``number``."""
    return draw(draw(np.uint64(seed), purpose), number)
