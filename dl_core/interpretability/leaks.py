"""A column that gives the answer away: it was filled in after the fact, and will be empty on the day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.cross_validation import N_FOLDS, SEED, deal
from dl_core.interpretability.ledger import pairs_ranked_right
from dl_core.interpretability.table import Floats, Table, Truth
from dl_core.jobs import GoOn

ALONE = 0.995  # share of pairs ranked right from which one column tells the answer nearly perfectly
TOGETHER = 0.98  # ... below which all other columns together do not
N_STEPS = 32  # pieces of a column's range with a share of bad cases each
JUDGES = ("logistic", "boosted")  # who say what the other columns know: one straight, one crooked


@dataclass(frozen=True)
class Leak:
    """What one column knows, against all others together."""

    columns: tuple[str, ...]  # each of them tells the answer nearly perfectly
    alone: tuple[float, ...]  # ... and ranks so large a share of pairs right by itself, 0 to 1
    together: float  # share of pairs that the best model of all other columns ranks right, 0 to 1


_KEPT = OfNumbers[tuple[Leak | None]]()


def leak_of(table: Table, go_on: GoOn | None = None) -> Leak | None:
    """Columns that give the answer away; None where there are none, or where the search was stopped.

    Parameters
    ----------
    table
        With at least two rows of either answer for every fold.
    go_on
        Share done, 0 to 1 → whether to go on.

    Notes
    -----
    Where all columns together tell the answer nearly as well as the one, the task is easy, and nothing is
    called a leak: the iris flowers, or most of the wines.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> leak_of(ready_made("wine")) is None
    True
    """
    found = _KEPT.once(table, "all", lambda: _search(table, go_on))
    return found[0] if found else None


def _search(table: Table, go_on: GoOn | None) -> tuple[Leak | None] | None:
    fold = deal(table.bad, SEED)
    alone = [column_alone(values, table.bad, fold) for values in table.rows.T]
    suspects = [at for at, share in enumerate(alone) if share >= ALONE]
    if not suspects or len(suspects) == len(alone):
        return (None,)
    others = np.delete(table.rows, suspects, axis=1)
    known = _together(others, table.bad, fold, go_on)
    if known is None:
        return None
    if known >= TOGETHER:
        return (None,)
    names = tuple(table.names[at] for at in suspects)
    return (Leak(names, tuple(alone[at] for at in suspects), known),)


def column_alone(values: Floats, bad: Truth, fold: NDArray[np.int64]) -> float:
    """Share of pairs that one column ranks right on held-out folds, 0 to 1.

    Two readings, and the better counts: the number itself, in the direction that the other folds show; and
    the share of bad cases near that number, for a code where 3 means bad and 1, 2, 4 do not.

    Parameters
    ----------
    values
        ``(n,)`` of the column.
    bad
        ``(n,)`` whether each row is the bad case.
    fold
        ``(n,)`` in which fold each row is held out.

    Examples
    --------
    >>> bad = np.arange(60) % 3 == 0
    >>> fold = np.arange(60) // 12
    >>> code = np.where(bad, 2.0, np.arange(60) % 3 * 2 - 1)  # 2 is bad, 1 and 3 are fine
    >>> column_alone(code, bad, fold)
    1.0
    """
    found = []
    for at in range(N_FOLDS):
        here = fold == at
        learn, asked = values[~here], values[here]
        sign = 1.0 if pairs_ranked_right(bad[~here], learn) >= 0.5 else -1.0
        edges = np.unique(np.quantile(learn, np.linspace(0, 1, N_STEPS + 1)[1:-1], method="lower"))
        mine = np.searchsorted(edges, learn, "left")
        n_bad = np.bincount(mine, bad[~here], len(edges) + 1)
        shares = (n_bad + bad[~here].mean()) / (np.bincount(mine, minlength=len(edges) + 1) + 1)
        near = shares[np.searchsorted(edges, asked, "left")]
        found.append([pairs_ranked_right(bad[here], sign * asked), pairs_ranked_right(bad[here], near)])
    return float(np.mean(found, axis=0).max())


def _together(rows: Floats, bad: Truth, fold: NDArray[np.int64], go_on: GoOn | None) -> float | None:
    """Share of held-out pairs that the better of two models of these columns ranks right; None if stopped."""
    from dl_core.interpretability.models import fit

    shares = np.zeros((len(JUDGES), N_FOLDS))
    for number, judge in enumerate(JUDGES):
        for at in range(N_FOLDS):
            if go_on and not go_on(0.9 + 0.1 * (number * N_FOLDS + at) / shares.size):
                return None
            here = fold == at
            said = fit(judge, rows[~here], bad[~here]).probability(rows[here])
            shares[number, at] = pairs_ranked_right(bad[here], said)
    return float(shares.mean(axis=1).max())
