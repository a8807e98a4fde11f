"""Shapley values of one answer: what each column adds, averaged over all orders of telling the columns.

A column that is not told yet takes its value from a background row, and the answer is averaged over all
background rows. Few columns: all 2ᵈ sets of told columns, exactly. Many: orders drawn at random, with errors.

Source: L. S. Shapley, "A value for n-person games" (1953); E. Štrumbelj and I. Kononenko, "Explaining
prediction models and individual predictions with feature contributions", Knowl. Inf. Syst. 41 (2014).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dl_core.interpretability.table import Floats

MOST_EXACT = 10  # columns: 1,024 sets of told ones
MOST_ROWS = 20_480  # that one call may ask the model about
N_ORDERS = (
    3  # drawn for each background row, each also walked backwards; with 2 the errors come out too small
)

Answer = Callable[[Floats], Floats]  # (n, d) rows → (n,) numbers


@dataclass(frozen=True, eq=False)
class Shares:
    """What each column adds to one answer, against the average answer on the background."""

    values: Floats  # (d,) in the answer's own unit
    start: float  # the average answer on the background
    end: float  # the answer on this row: start plus all values
    error: Floats | None = None  # (d,) standard error of each value from the draw of orders; None: no draw


def shapley(answer: Answer, row: Floats, background: Floats, seed: int = 0) -> Shares:
    """Exact for up to `MOST_EXACT` columns, sampled with errors otherwise.

    Parameters
    ----------
    answer
        ``(n, d)`` rows → ``(n,)`` numbers, one call.
    row
        ``(d,)`` to explain.
    background
        ``(b, d)`` rows that untold columns take their values from; where all sets of columns on all of them
        would be more than `MOST_ROWS` questions, the first of them only.
    seed
        Of the drawn orders.

    Examples
    --------
    >>> found = shapley(lambda rows: rows @ [2.0, -1.0], np.array([3.0, 5.0]), np.array([[1.0, 1.0]]))
    >>> found.values.tolist(), found.start, found.end  # 2 · (3 - 1) and -1 · (5 - 1)
    ([4.0, -4.0], 1.0, 1.0)
    """
    n_columns = len(row)
    if n_columns > MOST_EXACT:
        return sampled(answer, row, background, seed)
    return exact(answer, row, background[: max(1, MOST_ROWS >> n_columns)])


def exact(answer: Answer, row: Floats, background: Floats) -> Shares:
    """All sets of told columns on all background rows, in one question to the model.

    Parameters
    ----------
    answer
        ``(n, d)`` rows → ``(n,)`` numbers.
    row
        ``(d,)`` to explain; ``d`` at most 20.
    background
        ``(b, d)`` rows that untold columns take their values from.
    """
    d = len(row)
    sets = np.arange(2**d)
    is_told = (sets[:, None] >> np.arange(d)) & 1 == 1  # (2ᵈ, d)
    asked = np.where(is_told[:, None, :], row, background)
    worth = answer(asked.reshape(-1, d)).reshape(len(sets), -1).mean(axis=1)
    n_told = is_told.sum(axis=1)
    # of all d! orders, the share in which exactly this set is told just before a column outside of it
    weight = np.array([math.factorial(s) * math.factorial(d - s - 1) / math.factorial(d) for s in range(d)])
    values = np.empty(d)
    for column in range(d):
        before = sets[~is_told[:, column]]
        values[column] = weight[n_told[before]] @ (worth[before | 1 << column] - worth[before])
    return Shares(values, float(worth[0]), float(worth[-1]))


def sampled(
    answer: Answer, row: Floats, background: Floats, seed: int = 0, n_orders: int = N_ORDERS
) -> Shares:
    """Orders drawn for each background row, and each also walked backwards: the mean of what columns add.

    Every background row counts alike, so the values add up to the answer minus the average answer exactly.
    The error is that of the drawn orders alone: it says nothing about other background rows.

    Parameters
    ----------
    answer
        ``(n, d)`` rows → ``(n,)`` numbers.
    row
        ``(d,)`` to explain.
    background
        ``(b, d)`` rows that untold columns take their values from.
    seed
        Of the orders.
    n_orders
        For each background row, 2 or more: one alone has no error.

    Raises
    ------
    ValueError
        If there are fewer than two orders.
    """
    if n_orders < 2:
        raise ValueError("One order has no error: draw two or more.")
    d, b = len(row), len(background)
    rng = np.random.default_rng(seed)
    order = rng.permuted(np.broadcast_to(np.arange(d), (n_orders, b, d)), axis=2)
    order = np.stack([order, order[..., ::-1]])  # (2, n_orders, b, d): there and back
    place = np.argsort(order, axis=-1)  # at which step each column is told
    step = np.arange(d + 1)[:, None]
    asked = np.where(place[..., None, :] < step, row, background[:, None, :])  # (2, n_orders, b, d + 1, d)
    answers = answer(asked.reshape(-1, d)).reshape(asked.shape[:-1])
    added = np.take_along_axis(np.diff(answers, axis=-1), place, axis=-1).mean(axis=0)  # (n_orders, b, d)
    variance = added.var(axis=0, ddof=1).sum(axis=0) / n_orders / b**2
    start, end = float(answers[0, 0, :, 0].mean()), float(answers[0, 0, 0, -1])
    return Shares(added.mean(axis=(0, 1)), start, end, np.sqrt(variance))
