"""A table whose columns are noted otherwise is the same to every model: nothing is trained anew."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np

from dl_core.interpretability.table import Table
from dl_core.kept import Kept

R = TypeVar("R")

OF_NUMBERS: list[OfNumbers[Any]] = []  # all there are


class OfNumbers(Kept[Table, R]):
    """What follows from names, numbers and answers alone, whoever is protected and whatever cannot change."""

    def __init__(self) -> None:
        super().__init__()
        OF_NUMBERS.append(self)


def carry_over(old: Table, new: Table) -> None:
    """Keep what was trained and measured for the same rows under other notes about their columns.

    Parameters
    ----------
    old, new
        The reader's table before and after a column was called protected or fixed. Of any other two nothing
        is carried.
    """
    if old.names == new.names and np.array_equal(old.bad, new.bad) and np.array_equal(old.rows, new.rows):
        for kept in OF_NUMBERS:
            kept.adopt(new, old)
