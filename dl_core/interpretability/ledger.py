"""The mistakes of every model at any bar, prepared once: a moved bar is looked up and not counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.cross_validation import Validated, validated
from dl_core.interpretability.rankings import ranks
from dl_core.interpretability.table import Floats, Table, Truth
from dl_core.jobs import GoOn


@dataclass(frozen=True, eq=False)
class Ledger:
    """The answers of each model on each fold, in rising order. It holds no table."""

    n: Floats  # (n_folds,) rows asked about in each fold
    n_bad: Floats  # (n_folds,) bad cases among them
    rising: tuple[tuple[Floats, ...], ...]  # [model][fold] (n,) probabilities of "bad", from low to high
    bad_below: tuple[
        tuple[Floats, ...], ...
    ]  # [model][fold] (n + 1,) bad cases among the lowest 0, 1, … of them
    ranked: Floats  # (n_models, n_folds) share of pairs ranked right, 0 to 1
    seconds: tuple[float, ...]  # of each model: to train one
    microseconds: tuple[float, ...]  # ... to answer one row
    sizes: tuple[int, ...]  # ... numbers that it keeps

    def mistakes(self, bar: float | Floats) -> tuple[Floats, Floats]:
        """Bad cases let through, and fine cases held back, each ``(n_models, n_folds)`` or with bars behind.

        Parameters
        ----------
        bar
            Probability from which a case is held back, 0 to 1, or ``(n_bars,)`` of them.
        """
        let_through = np.array(
            [[each.searchsorted(bar, "left") for each in folds] for folds in self.rising], np.int64
        )
        missed = np.array(
            [
                [bad[at] for bad, at in zip(folds, places, strict=True)]
                for folds, places in zip(self.bad_below, let_through.tolist(), strict=True)
            ]
        )
        fine = (self.n - self.n_bad).reshape(-1, *(1 for _ in np.shape(bar)))
        return missed, fine - (let_through - missed)


def pairs_ranked_right(truth: Truth, probability: Floats) -> float:
    """Of all pairs of a bad and a fine case, the share where the bad one got the higher probability.

    Engineers call it AUC. A tie counts half. 0.5 is what a coin gets.

    Parameters
    ----------
    truth
        ``(n,)`` whether each row is the bad case; both answers must occur.
    probability
        ``(n,)`` of the bad case; any rising score will do.

    Examples
    --------
    >>> truth = np.array([True, True, False, False])
    >>> pairs_ranked_right(truth, np.array([0.9, 0.4, 0.4, 0.1]))  # pairs: right, right, tied, right
    0.875
    """
    n_bad = int(truth.sum())
    above = ranks(probability)[truth].sum() - n_bad * (n_bad + 1) / 2
    return float(above / (n_bad * (len(truth) - n_bad)))


_KEPT = OfNumbers[Ledger]()


def ledger_of(table: Table, go_on: GoOn | None = None) -> Ledger | None:
    """The table's ledger, made once and kept as long as somebody holds the table; None when stopped.

    Parameters
    ----------
    table
        Ready-made, or the reader's own.
    go_on
        Share done, 0 to 1 → whether to go on.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> missed, false_alarms = ledger_of(ready_made("loans")).mistakes(1.0)
    >>> missed.shape, int(false_alarms.sum())  # nobody is as sure as that: all are let through
    ((7, 10), 0)
    """

    def make() -> Ledger | None:
        found = validated(table, go_on)
        return None if found is None else open_ledger(found)

    return _KEPT.once(table, "all", make)


def open_ledger(found: Validated) -> Ledger:
    """Sort what the models said, fold by fold."""
    folds = found.folds
    rising, bad_below = [], []
    for said in found.probability:
        mine, below = [], []
        for repeat, here in folds:
            order = np.argsort(said[repeat][here], kind="stable")
            mine.append(said[repeat][here][order])
            below.append(np.concatenate([[0.0], np.cumsum(found.truth[here][order])]))
        rising.append(tuple(mine))
        bad_below.append(tuple(below))
    return Ledger(
        np.array([here.sum() for _, here in folds], np.float64),
        np.array([found.truth[here].sum() for _, here in folds], np.float64),
        tuple(rising), tuple(bad_below), found.by_fold(pairs_ranked_right),
        found.seconds, found.microseconds, found.sizes,
    )  # fmt: skip
