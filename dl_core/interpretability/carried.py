"""A table whose columns are noted otherwise is the same to every model: nothing is trained anew."""

from __future__ import annotations

from typing import Any

import numpy as np

from dl_core.interpretability import (
    copies,
    cross_validation,
    curve_parts,
    explained,
    explanations,
    fitted,
    leaks,
    ledger,
    onecase,
    priced,
    proxy,
    shuffle,
)
from dl_core.interpretability.table import Table
from dl_core.kept import Kept

# what follows from names, numbers and answers alone, whoever is protected and whatever cannot change
OF_NUMBERS: tuple[Kept[Table, Any], ...] = (
    cross_validation._KEPT,
    ledger._KEPT,
    leaks._KEPT,
    priced._KEPT,
    fitted._KEPT,
    proxy._KEPT,
    explained._KEPT,
    explanations._KEPT,
    onecase._SAID,
    curve_parts._PARTS,
    copies._KEPT,
    shuffle._KEPT,
)


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
