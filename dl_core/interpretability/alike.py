"""Columns that travel together, and how many shuffled rows are unlike any real one."""

from __future__ import annotations

import numpy as np

from dl_core.interpretability.rankings import ranks
from dl_core.interpretability.table import Floats, Table
from dl_core.kept import Kept

ALIKE = 0.7  # of a rank correlation, in size: from here on two columns tell much the same
MOST_TOGETHER = 8  # columns that are shown
USUAL = 0.95  # share of the real rows that count as usually far from the next real row


def rank_correlations(rows: Floats) -> Floats:
    """Spearman's for every two columns, ``(d, d)``; 0 with a column that never varies.

    Parameters
    ----------
    rows
        ``(n, d)``; equal values share their mean rank.

    Examples
    --------
    >>> rank_correlations(np.array([[1.0, 30.0], [2.0, 20.0], [9.0, 0.0]])).round(9).tolist()
    [[1.0, -1.0], [-1.0, 1.0]]
    """
    rank = np.empty_like(rows)
    for column, values in enumerate(rows.T):
        rank[:, column] = ranks(values)
    rank -= rank.mean(axis=0)
    size = np.sqrt((rank**2).sum(axis=0))
    both = np.outer(size, size)
    return np.clip(np.divide(rank.T @ rank, both, out=np.zeros_like(both), where=both > 0), -1, 1)


_KEPT = Kept[Table, tuple[int, ...]]()


def travelling_together(table: Table) -> tuple[int, ...]:
    """Places of the largest set of columns of which every two are alike; else the two most alike.

    Sets grow by joining the two whose least alike members are the most alike (complete linkage).

    Parameters
    ----------
    table
        Ready-made, or the reader's own.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> loans = ready_made("loans")
    >>> [loans.names[at] for at in travelling_together(loans)]
    ['district', 'group']
    """
    return _KEPT.once(table, "set", lambda: _set_of(np.abs(rank_correlations(table.rows))))


def _set_of(alike: Floats) -> tuple[int, ...]:
    d = len(alike)
    if d < 2:
        return tuple(range(d))
    sets = [[at] for at in range(d)]
    first = _closest(alike, sets)
    pair = tuple(sorted(sets[first[1]] + sets[first[2]]))
    while len(sets) > 1:
        least, one, other = _closest(alike, sets)
        if least < ALIKE:
            break
        sets[other] = sets[other] + sets.pop(one)
    best = max(sets, key=lambda each: (len(each), least_alike(alike, each)))
    return pair if len(best) == 1 else tuple(sorted(best))[:MOST_TOGETHER]


def _closest(alike: Floats, sets: list[list[int]]) -> tuple[float, int, int]:
    """How alike the two closest sets are, and which these are, the later one first."""
    return max(
        (float(alike[np.ix_(sets[one], sets[other])].min()), one, other)
        for one in range(len(sets))
        for other in range(one)
    )


def least_alike(alike: Floats, columns: list[int] | tuple[int, ...]) -> float:
    """The lowest likeness of any two of these columns; 1 of a single one.

    Parameters
    ----------
    alike
        ``(d, d)`` sizes of rank correlations, 0 to 1.
    columns
        Their places.
    """
    inside = alike[np.ix_(columns, columns)]
    return float(inside[np.triu_indices(len(columns), 1)].min(initial=1.0))


def nearest_real(rows: Floats, real: Floats) -> Floats:
    """How far each row is from the nearest real one, ``(n,)``, in spreads of the real columns.

    Parameters
    ----------
    rows
        ``(n, k)`` to ask about.
    real
        ``(m, k)`` that really occurred.

    Examples
    --------
    >>> real = np.array([[0.0, 0.0], [2.0, 2.0]])  # the spread of either column is 1
    >>> nearest_real(np.array([[0.0, 0.0], [0.0, 2.0]]), real).tolist()
    [0.0, 2.0]
    """
    from sklearn.neighbors import KDTree

    spread = np.where((spread := real.std(axis=0)) > 0, spread, 1.0)
    distance, _ = KDTree(real / spread).query(rows / spread, k=1)
    return np.asarray(distance[:, 0], np.float64)


def usual_distance(held_out: Floats, real: Floats) -> float:
    """Farther than this from the nearest real row are only 5 in 100 rows that really occurred.

    Parameters
    ----------
    held_out
        ``(n, k)`` real rows too, but none of ``real``.
    real
        ``(m, k)``.
    """
    return float(np.quantile(nearest_real(held_out, real), USUAL))
