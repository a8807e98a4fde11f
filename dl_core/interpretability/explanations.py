"""What moved one answer, in each model's own way behind one face: columns, what each adds, start and end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.models import Fitted
from dl_core.interpretability.shapley import Shares, sampled, shapley
from dl_core.interpretability.table import Floats, Table

N_BACKGROUND = 40  # training rows that stand for "not told"
SEED = 0

Scale = Literal["odds", "probability"]


@dataclass(frozen=True, eq=False)
class Explanation:
    """An answer as a sum: start, plus what each column adds, is the end."""

    columns: tuple[str, ...]  # names, in the table's order
    contributions: Floats  # (d,) on the scale; above 0 moves the answer towards the bad case
    start: float  # on the scale: where nothing of the case is told
    end: float  # on the scale: the answer itself
    scale: Scale  # "odds": logarithms of odds; "probability": 0 to 1
    error: Floats | None  # (d,) standard error of each contribution; None where none was drawn at random
    exact: bool  # whether this is the model's own computation, or all sets of columns asked, and no sample

    @property
    def probability(self) -> float:
        """Of the bad case, 0 to 1: the end."""
        return to_probability(self.end, self.scale)

    @property
    def order(self) -> tuple[int, ...]:
        """Columns by how far they move the score, farthest first; equals in the table's order."""
        return tuple(np.argsort(-np.abs(self.contributions), kind="stable").tolist())


@dataclass(frozen=True)
class Step:
    """One question of a tree, and what the answer does to the share of bad cases."""

    column: int  # which is asked about
    limit: float  # "is it at most this?", in the column's unit
    is_yes: bool  # what this case answers
    before: float  # share of bad training cases at the question, 0 to 1
    after: float  # ... where the answer leads
    n_after: int  # training cases there


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The training cases that are most like one case, nearest first."""

    rows: tuple[int, ...]  # of the table
    distance: tuple[float, ...]  # to each, in spreads of the columns (each column has spread 1)
    is_bad: tuple[bool, ...]  # what each turned out to be

    @property
    def n_bad(self) -> int:
        """Bad cases among them."""
        return sum(self.is_bad)


def to_probability(score: float, scale: Scale) -> float:
    """A score on either scale as a probability.

    Parameters
    ----------
    score
        A logarithm of odds, or a probability already.
    scale
        Which of the two.

    Examples
    --------
    >>> to_probability(0.0, "odds"), to_probability(0.25, "probability")
    (0.5, 0.25)
    """
    return float(1 / (1 + np.exp(-score))) if scale == "odds" else score


def to_scale(probability: float, scale: Scale) -> float:
    """A probability as a score; 0 and 1 are told as one in a million million.

    Parameters
    ----------
    probability
        0 to 1.
    scale
        Logarithm of odds, or as it is.

    Examples
    --------
    >>> to_scale(0.5, "odds"), to_scale(0.25, "probability")
    (0.0, 0.25)
    """
    if scale == "probability":
        return probability
    kept = min(max(probability, 1e-12), 1 - 1e-12)
    return float(np.log(kept / (1 - kept)))


def background(table: Table) -> Floats:
    """`N_BACKGROUND` training rows, or all there are, with the pile's share of bad cases: ``(b, d)``."""
    train = split(table).train
    rng = np.random.default_rng(SEED)
    n = min(N_BACKGROUND, len(train))
    n_bad = round(n * float(table.bad[train].mean()))
    drawn = [
        rng.permutation(train[table.bad[train] == answer])[:wanted]
        for answer, wanted in ((True, n_bad), (False, n - n_bad))
    ]
    mixed = rng.permutation(np.concatenate(drawn))  # a wide table is asked about the first of them only
    return np.asarray(table.rows[mixed])


def explain_row(table: Table, model: str, row: Floats) -> Explanation:
    """One row's answer by a model trained on this table's training pile.

    Parameters
    ----------
    table
        Whose columns they are.
    model
        One of `dl_core.interpretability.models.KINDS`.
    row
        ``(d,)`` in the table's units: a case of it, or one made up.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> wines = ready_made("wine")
    >>> found = explain_row(wines, "logistic", wines.rows[0])
    >>> bool(abs(found.start + found.contributions.sum() - found.end) < 1e-9), found.scale, found.exact
    (True, 'odds', True)
    """
    trained = fitted(table, model)
    if model == "logistic":
        return _weights(table, trained, row)
    if model == "ebm":
        return _curves(table, trained, row)
    if model == "tree":
        return _path(table, trained, row)
    return _shares(table, trained, row)


_KEPT = OfNumbers[Explanation]()


def explain(table: Table, model: str, case: int) -> Explanation:
    """`explain_row` of a row of the table; the last few are kept as long as somebody holds the table.

    Parameters
    ----------
    table
        Ready-made, or the reader's own.
    model
        One of `dl_core.interpretability.models.KINDS`.
    case
        Row number, from 0.

    Raises
    ------
    ValueError
        If there is no such row.
    """
    if not 0 <= case < len(table.rows):
        raise ValueError(f"There is no row {case} in this table of {len(table.rows):,}.")
    return _KEPT.once(table, (model, case), lambda: explain_row(table, model, table.rows[case]))


def _weights(table: Table, trained: Fitted, row: Floats) -> Explanation:
    """Weight times (value minus average), in the column's spreads."""
    scaler, logistic = (part for _, part in trained.inner.steps)
    start = float(logistic.intercept_[0])
    added = logistic.coef_[0] * (row - scaler.mean_) / scaler.scale_
    return Explanation(table.names, added, start, start + float(added.sum()), "odds", None, True)


def _curves(table: Table, trained: Fitted, row: Floats) -> Explanation:
    """The height of each curve at this row's values."""
    ebm = trained.inner
    start = float(ebm.intercept_[0])
    added = np.zeros(len(table.columns))
    for (column,), height in zip(ebm.term_features_, ebm.eval_terms(row[None])[0], strict=True):
        added[column] += height
    return Explanation(table.names, added, start, start + float(added.sum()), "odds", None, True)


def _path(table: Table, trained: Fitted, row: Floats) -> Explanation:
    """How the share of bad cases changes along the tree's path, given to the columns it asks about."""
    tree = trained.inner.tree_
    added = np.zeros(len(table.columns))
    for step in steps(trained, row):
        added[step.column] += step.after - step.before
    start = _share(tree, 0)
    return Explanation(table.names, added, start, start + float(added.sum()), "probability", None, True)


def _shares(table: Table, trained: Fitted, row: Floats) -> Explanation:
    """Shapley values of the probability. kNN is slow to ask, so its orders are always drawn."""
    way = sampled if trained.kind.key == "knn" else shapley
    found: Shares = way(trained.probability, row, background(table), SEED)
    return Explanation(
        table.names, found.values, found.start, found.end, "probability", found.error, found.error is None
    )


def steps(trained: Fitted, row: Floats) -> tuple[Step, ...]:
    """The questions that a tree asked about a row, in their order; none where the tree is a single leaf.

    Parameters
    ----------
    trained
        A model of the kind "tree".
    row
        ``(d,)`` in the table's units.
    """
    tree = trained.inner.tree_
    path = trained.inner.decision_path(row[None]).indices.tolist()  # from the root down
    return tuple(
        Step(
            int(tree.feature[at]), float(tree.threshold[at]), bool(tree.children_left[at] == to),
            _share(tree, at), _share(tree, to), int(tree.n_node_samples[to]),
        )
        for at, to in pairwise(path)
    )  # fmt: skip


def _share(tree: Any, node: int) -> float:
    fine, bad = tree.value[node, 0]
    return float(bad / (fine + bad))


def neighbours(table: Table, row: Floats) -> Neighbours:
    """The training cases that kNN asks about a row.

    Parameters
    ----------
    table
        Whose training pile it searches.
    row
        ``(d,)`` in the table's units.
    """
    scaler, knn = (part for _, part in fitted(table, "knn").inner.steps)
    distance, place = knn.kneighbors(scaler.transform(row[None]))
    rows = split(table).train[place[0]]
    return Neighbours(tuple(rows.tolist()), tuple(distance[0].tolist()), tuple(table.bad[rows].tolist()))
