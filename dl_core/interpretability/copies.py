"""Small trees that imitate a model, from one question to six, and what their rules leave out.

Source: M. Craven and J. Shavlik, "Extracting tree-structured representations of trained networks", NIPS 8
(1996).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.fitted import SEED, fitted, split
from dl_core.interpretability.shuffle import A_PIECE, orders, shuffled
from dl_core.interpretability.table import Floats, Table
from dl_core.jobs import GoOn

DEEPEST = 6
DEPTHS = tuple(range(1, DEEPEST + 1))
FEWEST_IN_LEAF = 10  # training rows behind every rule, as in the page's small tree
N_SHUFFLES = 5  # of each column, of the ten orders that the shuffling scene uses
READABLE = "ebm"  # the readable model that the copy has to beat


@dataclass(frozen=True)
class Node:
    """A question of the copy, or a rule's end."""

    risk: float  # what the copy says here, 0 to 1: the model's mean answer
    n: int  # training rows here
    column: int = -1  # which is asked about; -1 at an end
    limit: float = 0.0  # "is it at most this?", in the column's unit
    low: Node | None = None  # where a yes leads
    high: Node | None = None  # where a no leads

    @property
    def n_rules(self) -> int:
        """Ends below, or 1."""
        return 1 if self.low is None or self.high is None else self.low.n_rules + self.high.n_rules

    @property
    def columns(self) -> frozenset[int]:
        """Asked about here or below."""
        return frozenset(self._asked())

    def _asked(self) -> Iterator[int]:
        if self.low and self.high:
            yield self.column
            yield from self.low._asked()
            yield from self.high._asked()


@dataclass(frozen=True, eq=False)
class Studied:
    """What a model, its copies and two readable models said about the held-out rows; holds no table."""

    model: Floats  # (n,) probability of the bad case
    readable: Floats  # (n,) of the readable model
    copies: Floats  # (DEEPEST, n) what copies with 1, 2, … questions say
    direct: Floats  # (DEEPEST, n) what trees as deep say that learned from the truth itself
    rules: tuple[Node, ...]  # of each copy
    n_direct: tuple[int, ...]  # rules of each tree that learned from the truth
    shuffled: Floats  # (d, N_SHUFFLES, n) what the model says with one column shuffled


_KEPT = OfNumbers[Studied]()


def studied(table: Table, model: str, go_on: GoOn | None = None) -> Studied | None:
    """Train the model, its copies and the readable ones, once for a table; None when stopped.

    Parameters
    ----------
    table
        Ready-made, or the reader's own.
    model
        One of `dl_core.interpretability.models.KINDS`.
    go_on
        Share done, 0 to 1 → whether to go on.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> found = studied(ready_made("wine"), "boosted")
    >>> found.copies.shape, found.rules[0].n_rules
    ((6, 45), 2)
    """
    return _KEPT.once(table, model, lambda: _study(table, model, go_on))


def _study(table: Table, model: str, go_on: GoOn | None) -> Studied | None:
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    piles = split(table)
    learned, rows = table.rows[piles.train], table.rows[piles.held_out]
    trained = fitted(table, model)
    if go_on and not go_on(0.2):
        return None
    readable = fitted(table, READABLE).probability(rows)
    answers = trained.probability(learned)
    copies, direct, rules, n_direct = [], [], [], []
    for depth in DEPTHS:
        options = {"max_depth": depth, "min_samples_leaf": FEWEST_IN_LEAF, "random_state": SEED}
        copy = DecisionTreeRegressor(**options).fit(learned, answers)
        tree = DecisionTreeClassifier(**options).fit(learned, table.bad[piles.train])
        copies.append(copy.predict(rows))
        direct.append(tree.predict_proba(rows)[:, 1])
        rules.append(_node(copy.tree_, 0))
        n_direct.append(int(tree.get_n_leaves()))
    turned = _turned(table, trained.probability, rows, go_on)
    if turned is None:
        return None
    parts = (trained.probability(rows), readable, np.array(copies), np.array(direct), turned)
    for part in parts:
        part.setflags(write=False)
    return Studied(*parts[:4], tuple(rules), tuple(n_direct), turned)


def _turned(table: Table, answer: Any, rows: Floats, go_on: GoOn | None) -> Floats | None:
    """The model's answers with each column shuffled on its own, ``(d, N_SHUFFLES, n)``."""
    each = orders(len(rows))[:N_SHUFFLES]
    found = np.empty((len(table.columns), N_SHUFFLES, len(rows)))
    for column in range(len(table.columns)):
        made = np.concatenate([shuffled(rows, (column,), order) for order in each])
        said = []
        for at in range(0, len(made), A_PIECE):
            if go_on and not go_on(0.4 + 0.6 * (column + at / len(made)) / len(table.columns)):
                return None
            said.append(answer(made[at : at + A_PIECE]))
        found[column] = np.concatenate(said).reshape(N_SHUFFLES, -1)
    return found


def _node(tree: Any, at: int) -> Node:
    """scikit-learn's arrays as a nest of questions."""
    risk, n, low = float(tree.value[at].ravel()[0]), int(tree.n_node_samples[at]), tree.children_left[at]
    if low < 0:
        return Node(risk, n)
    return Node(
        risk, n, int(tree.feature[at]), float(tree.threshold[at]),
        _node(tree, int(low)), _node(tree, int(tree.children_right[at])),
    )  # fmt: skip
