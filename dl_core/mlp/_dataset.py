"""A data set for the network builder: rows, answers and the words for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
Task = Literal["classes", "regression"]

FEWEST_CLASSES, MOST_CLASSES = 2, 5  # that are told apart here


@dataclass(frozen=True)
class DataSet:
    """Rows with an answer each; columns in their own units."""

    name: str
    task: Task
    inputs: Floats  # (n, d), one row per example, every number finite
    targets: Labels | Floats  # (n,) number of the class, 0 to n_classes − 1, or the value to be guessed
    classes: tuple[str, ...]  # empty for a regression
    columns: tuple[str, ...]  # names of the d columns, with units where there are any
    unit: str  # of the target; empty for classes
    made: str  # one sentence: how it was made here, or where it comes from
