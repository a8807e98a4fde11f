"""Percentiles and ratios as the benchmarks print them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def percentile(values: Sequence[float], q: float) -> float | None:
    """The q-th percentile (0 to 100) rounded to 0.1, or None where nothing was measured."""
    return round(float(np.percentile(values, q)), 1) if len(values) else None


def ratio(ours: float | None, theirs: float | None) -> float | None:
    """How many times as much ours is, rounded to 0.01, or None where one of them is missing."""
    return round(ours / theirs, 2) if ours is not None and theirs else None
