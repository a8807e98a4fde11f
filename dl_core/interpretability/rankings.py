"""Who comes first among columns: sizes side by side, ties, and how alike two orders are."""

from __future__ import annotations

import numpy as np

from dl_core.interpretability.table import Floats, Truth

EQUAL = 1e-6  # contributions nearer than this share of the largest are a tie


def scaled(contributions: Floats) -> Floats:
    """Each row over its largest size, so that models with different scales can stand side by side.

    Parameters
    ----------
    contributions
        ``(..., d)``; a row of zeros stays one.

    Examples
    --------
    >>> scaled(np.array([[1.0, -4.0], [0.0, 0.0]])).tolist()
    [[0.25, -1.0], [0.0, 0.0]]
    """
    largest = np.abs(contributions).max(axis=-1, keepdims=True)
    parts = np.zeros_like(contributions)
    np.divide(contributions, largest, out=parts, where=largest > 0)
    return parts


def tops(contributions: Floats, level: float = EQUAL) -> Truth:
    """Which columns have the largest size, ``(..., d)``: several where they tie, none where all are zero.

    Parameters
    ----------
    contributions
        ``(..., d)``.
    level
        Share of the largest, 0 to 1, within which others tie with it.

    Examples
    --------
    >>> tops(np.array([[1.0, -4.0, 4.0], [0.0, 0.0, 0.0]])).tolist()
    [[False, True, True], [False, False, False]]
    """
    size = np.abs(contributions)
    largest = size.max(axis=-1, keepdims=True)
    return np.asarray((size >= largest * (1 - level)) & (largest > 0))


def ranks(values: Floats) -> Floats:
    """Rank of each, from 1 up, ``(n,)``; equals share their mean rank.

    Parameters
    ----------
    values
        ``(n,)``.

    Examples
    --------
    >>> ranks(np.array([0.9, 0.4, 0.4, 0.1])).tolist()
    [4.0, 2.5, 2.5, 1.0]
    """
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[place], np.float64)


def _correlations(values: Floats) -> Floats:
    """``(m, n, d)`` → ``(m, m, n)`` Spearman's of every two of m, on each of n; 0 where one has no order.

    Ranks are counted, not sorted: d is small, and m times n are many.
    """
    below = (values[..., None] > values[..., None, :]).sum(axis=-1)
    upto = (values[..., None] >= values[..., None, :]).sum(axis=-1)
    rank = (below + upto) / 2.0
    rank -= rank.mean(axis=-1, keepdims=True)
    size = np.sqrt((rank**2).sum(axis=-1))
    both = size[:, None] * size[None]
    products = np.asarray(np.einsum("and,bnd->abn", rank, rank), np.float64)
    found = np.zeros_like(products)
    np.divide(products, both, out=found, where=both > 0)
    return found


def likeness(contributions: Floats) -> Floats:
    """How alike several orders of the columns are: the mean rank correlation of every two, ``(n,)``.

    Parameters
    ----------
    contributions
        ``(m, n, d)``: of m models on n cases.

    Examples
    --------
    >>> likeness(np.array([[[1.0, 2.0, 9.0]], [[-3.0, 0.0, 0.1]]])).round(9).tolist()
    [1.0]
    """
    upper = np.triu_indices(len(contributions), 1)
    return np.asarray(_correlations(contributions)[upper].mean(axis=0))
