"""What a network answers all over the plane of two of its columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.mlp.engine import outputs
from dl_core.mlp_builder import Built

Floats = NDArray[np.float64]
N_PLACES = 56  # along each side
AIR = 0.04  # of the data's extent, beyond its ends


@dataclass(frozen=True, eq=False)
class Areas:
    """The answers on a square grid of two columns; the other columns stay at their mean in training."""

    across: Floats  # (56,) places of the first column, in its own unit
    up: Floats  # (56,) places of the second
    answers: Floats  # (56, 56) number of the class, or the value in the target's unit; a row for each ``up``
    sure: Floats  # (56, 56) share of the winning class, 0 to 1; 1 for a value
    n_fixed: int  # columns that stay at their mean


def areas(built: Built) -> Areas:
    """What the trained network answers over the plane of its first two columns.

    Examples
    --------
    >>> from dl_core.mlp_builder import Settings, story
    >>> middle = areas(story(Settings())).answers[28, 28]
    >>> middle == 0  # inside the ring
    np.True_
    """
    dealt = built.dealt
    ends = [_ends(dealt.data.inputs[:, axis]) for axis in (0, 1)]
    across, up = (np.linspace(low, high, N_PLACES) for low, high in ends)
    rows = np.tile(dealt.mean, (N_PLACES**2, 1))
    for axis, places in enumerate(np.meshgrid(across, up)):
        rows[:, axis] = places.ravel()
    given = outputs(built.training, dealt.scaled(rows))
    square = N_PLACES, N_PLACES
    n_fixed = dealt.n_inputs - 2
    if not built.is_classes:
        return Areas(across, up, dealt.in_units(given[:, 0]).reshape(square), np.ones(square), n_fixed)
    answers = given.argmax(axis=1).astype(np.float64)
    return Areas(across, up, answers.reshape(square), given.max(axis=1).reshape(square), n_fixed)


def _ends(column: Floats) -> tuple[float, float]:
    low, high = float(column.min()), float(column.max())
    return low - AIR * (high - low), high + AIR * (high - low)
