"""Seven kinds of model on the same table, behind one face.

scikit-learn and interpret-core are imported when the first model is trained, which takes a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dl_core.interpretability.table import Floats, Truth

N_NEIGHBOURS = 25  # that kNN asks, and so the fewest rows it learns from


@dataclass(frozen=True)
class Kind:
    """A kind of model, and what reading it takes."""

    key: str  # for links and files
    name: str  # as the page calls it
    is_readable: bool  # a person can check an answer with the model's own parts
    is_exact: bool  # whether its explanation is the computation itself, and not an estimate of it
    explanation: str  # what an answer is explained with
    reads: str  # what a person must read to check one answer
    make: Callable[[int], Any]  # seed → an untrained model with fit and predict_proba
    size: Callable[[Any], int]  # trained model → numbers that it keeps


@dataclass(frozen=True, eq=False)
class Fitted:
    """A trained model."""

    kind: Kind
    inner: Any  # scikit-learn's or interpret-core's own object

    def probability(self, rows: Floats) -> Floats:
        """How probable the bad case is for each row, ``(n,)``, 0 to 1.

        Parameters
        ----------
        rows
            ``(n, d)`` in the table's own units.
        """
        return np.asarray(self.inner.predict_proba(rows)[:, 1], np.float64)

    @property
    def size(self) -> int:
        """Numbers that it keeps."""
        return self.kind.size(self.inner)


def _tree(seed: int) -> Any:
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(max_depth=3, min_samples_leaf=10, random_state=seed)


def _logistic(seed: int) -> Any:
    from sklearn.linear_model import LogisticRegression

    return _scaled(LogisticRegression(C=1.0, max_iter=2000, random_state=seed))


def _ebm(seed: int) -> Any:
    from interpret.glassbox import ExplainableBoostingClassifier

    # no pairs of columns, so that the whole model is one curve a column; four bags give the curves their bars
    return ExplainableBoostingClassifier(
        interactions=0, outer_bags=4, max_rounds=300, n_jobs=1, random_state=seed
    )


def _knn(seed: int) -> Any:
    from sklearn.neighbors import KNeighborsClassifier

    return _scaled(KNeighborsClassifier(N_NEIGHBOURS))


def _forest(seed: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(60, min_samples_leaf=5, random_state=seed)


def _boosted(seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        max_iter=60, learning_rate=0.08, max_leaf_nodes=8, early_stopping=False, random_state=seed
    )


def _scaled(model: Any) -> Any:
    """With every column brought to mean 0 and spread 1, which distances and weights need."""
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), model)


class _Network:
    """A small network, trained for a number of passes set beforehand: its time is bounded."""

    N_PASSES = 100

    def __init__(self, seed: int) -> None:
        from sklearn.neural_network import MLPClassifier
        from sklearn.preprocessing import StandardScaler

        self.scaler, self.layers = StandardScaler(), MLPClassifier((16,), alpha=1.0, random_state=seed)

    def fit(self, rows: Floats, bad: Truth) -> _Network:
        scaled = self.scaler.fit_transform(rows)
        for _ in range(self.N_PASSES):
            self.layers.partial_fit(scaled, bad, classes=[False, True])
        return self

    def predict_proba(self, rows: Floats) -> Floats:
        return np.asarray(self.layers.predict_proba(self.scaler.transform(rows)))

    @property
    def n_weights(self) -> int:
        return sum(part.size for part in (*self.layers.coefs_, *self.layers.intercepts_))


def _last(pipeline: Any) -> Any:
    return pipeline.steps[-1][1]


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "tree", "Small tree", True, True, "the rules it fired", "at most three questions",
            _tree, lambda model: 2 * model.tree_.node_count,
        ),
        Kind(
            "logistic", "Logistic regression", True, True, "one weight a column", "one weight a column",
            _logistic, lambda model: _last(model).coef_.size + 1,
        ),
        Kind(
            "ebm", "EBM", True, True, "one curve a column", "one point on each curve",
            _ebm, lambda model: 1 + sum(curve.size for curve in model.term_scores_),
        ),
        Kind(
            "knn", "kNN", True, True, "the 25 nearest cases", "25 old cases",
            _knn, lambda model: int(_last(model)._fit_X.size),
        ),
        Kind(
            "forest", "Random forest", False, False, "estimated shares (Shapley)", "60 trees",
            _forest, lambda model: 2 * sum(tree.tree_.node_count for tree in model.estimators_),
        ),
        Kind(
            "boosted", "Boosted trees", False, False, "estimated shares (Shapley)", "60 trees, added up",
            _boosted, lambda model: 2 * sum(len(one.nodes) for each in model._predictors for one in each),
        ),
        Kind(
            "mlp", "Neural network", False, False, "estimated shares (Shapley)", "every weight at once",
            _Network, lambda model: model.n_weights,
        ),
    )
}  # fmt: skip


def check_model(key: str) -> None:
    """Refuse a model that is not one of `KINDS`.

    Raises
    ------
    ValueError
        With its name and all that there are.
    """
    if key not in KINDS:
        raise ValueError(f"There is no model {key!r}; choose one of {', '.join(KINDS)}.")


def fit(key: str, rows: Floats, bad: Truth, seed: int = 0) -> Fitted:
    """Train one kind of model.

    Parameters
    ----------
    key
        One of `KINDS`.
    rows
        ``(n, d)`` in the table's own units; kNN needs 25 or more.
    bad
        ``(n,)`` whether each row is the bad case; both must occur.
    seed
        Of the model's own draws.

    Raises
    ------
    ValueError
        If there is no such kind, or nothing to tell apart.

    Examples
    --------
    >>> rows = np.arange(40.0)[:, None]
    >>> model = fit("tree", rows, rows[:, 0] > 19)
    >>> model.probability(np.array([[3.0], [33.0]])).tolist()
    [0.0, 1.0]
    """
    check_model(key)
    if bad.all() or not bad.any():
        raise ValueError("There is nothing to tell apart: all rows have one answer.")
    return Fitted(KINDS[key], KINDS[key].make(seed).fit(rows, bad))
