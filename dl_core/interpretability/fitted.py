"""Models trained once on three quarters of a table; the other quarter are the cases that are explained."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.cross_validation import deal
from dl_core.interpretability.models import Fitted, fit
from dl_core.interpretability.table import Table, Truth
from dl_core.kept import Kept

Rows = NDArray[np.int64]

HELD_OUT = 4  # one row of so many is held out
SEED = 0

_KEPT = OfNumbers[Fitted]()


@dataclass(frozen=True, eq=False)
class Split:
    """Two piles of a table's rows."""

    train: Rows  # rising row numbers that models learn from
    held_out: Rows  # rising row numbers that no model saw


_PILES = Kept[Table, Split]()


def split(table: Table) -> Split:
    """The same split of a table for every model and every scene; each pile has its share of bad cases.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> piles = split(ready_made("wine"))
    >>> len(piles.train), len(piles.held_out)
    (133, 45)
    """
    return _PILES.once(table, "both", lambda: _split(table.bad))


def _split(bad: Truth) -> Split:
    place = deal(bad, SEED, HELD_OUT)
    piles = Split(np.flatnonzero(place > 0), np.flatnonzero(place == 0))
    piles.train.setflags(write=False)
    piles.held_out.setflags(write=False)
    return piles


def fitted(table: Table, model: str) -> Fitted:
    """This kind of model, trained on this table's training pile; kept as long as somebody holds the table.

    Parameters
    ----------
    table
        Ready-made, or the reader's own.
    model
        One of `dl_core.interpretability.models.KINDS`. EBM takes 0.2 to 0.6 seconds, the network 0.2.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> wine = ready_made("wine")
    >>> model = fitted(wine, "logistic")
    >>> model is fitted(wine, "logistic"), model.probability(wine.rows[:2]).shape
    (True, (2,))
    """

    def make() -> Fitted:
        train = split(table).train
        return fit(model, table.rows[train], table.bad[train])

    return _KEPT.once(table, model, make)
