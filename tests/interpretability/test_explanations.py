"""Each model's own explanation adds up to its answer, and is what its library says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from dl_core.interpretability import explanations
from dl_core.interpretability.explanations import (
    N_BACKGROUND,
    background,
    explain,
    explain_row,
    neighbours,
    steps,
    to_probability,
    to_scale,
)
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import ready_made

WINE, LOANS = ready_made("wine"), ready_made("loans")
CASES = split(WINE).held_out[:3].tolist()


def made(n: int = 60, d: int = 1, constant: bool = False) -> Table:
    rng = np.random.default_rng(1)
    rows = np.zeros((n, d)) if constant else rng.normal(size=(n, d))
    bad = np.arange(n) % 2 == 0 if constant else rows[:, 0] > 0
    names = tuple(Column(f"c{at}") for at in range(d))
    return Table("own", "Mine", "row", "rows", "bad", "fine", names, rows, bad, "Made here.", True)


@pytest.mark.parametrize("model", KINDS)
def test_start_and_contributions_add_up_to_the_models_own_answer(model):
    for case in CASES:
        found = explain(WINE, model, case)
        assert found.columns == WINE.names
        assert found.start + found.contributions.sum() == pytest.approx(found.end, abs=1e-9)
        said = fitted(WINE, model).probability(WINE.rows[[case]])[0]
        assert found.probability == pytest.approx(said, abs=1e-9)
        assert (found.error is not None) == (
            model in ("knn", "forest", "boosted", "mlp")
        )  # 13 columns: drawn
        assert found.exact == (found.error is None)


def test_few_columns_are_all_asked_and_only_knn_is_drawn():
    for model in ("forest", "boosted", "mlp"):
        assert explain(LOANS, model, 0).exact
    assert not explain(LOANS, "knn", 0).exact


def test_logistic_by_hand_weight_times_value_minus_average():
    """In the columns' own units: weight = coefficient / spread of the training pile, average = its mean."""
    train, inner = split(LOANS).train, fitted(LOANS, "logistic").inner
    mean, spread = LOANS.rows[train].mean(axis=0), LOANS.rows[train].std(axis=0)
    weight = inner[-1].coef_[0] / spread
    row = LOANS.rows[5]
    assert explain(LOANS, "logistic", 5).contributions == pytest.approx(weight * (row - mean))
    assert np.abs(explain_row(LOANS, "logistic", mean).contributions).max() < 1e-9  # the average case


def test_logistic_equals_its_shapley_values_on_the_log_odds():
    """Known: for a linear score they are weight times value minus mean. Here with all 1,500 rows behind."""
    from dl_core.interpretability.shapley import exact

    train, inner = split(LOANS).train, fitted(LOANS, "logistic").inner
    found = exact(inner.decision_function, LOANS.rows[7], LOANS.rows[train])
    assert explain(LOANS, "logistic", 7).contributions == pytest.approx(found.values, abs=1e-9)


def test_ebm_is_what_interpret_says():
    ebm = fitted(WINE, "ebm").inner
    local = ebm.explain_local(WINE.rows[CASES])
    for at, case in enumerate(CASES):
        found, told = explain(WINE, "ebm", case), local.data(at)
        assert found.contributions == pytest.approx(np.array(told["scores"]))
        assert found.start == pytest.approx(float(told["extra"]["scores"][0]))


def test_the_trees_path_is_scikit_learns():
    tree = fitted(LOANS, "tree")
    for case in range(0, 60, 7):
        row = LOANS.rows[case]
        path = steps(tree, row)
        assert len(path) <= 3
        for step in path:
            assert step.is_yes == (np.float32(row[step.column]) <= step.limit)
        assert all(one.after == other.before for one, other in pairwise(path))
        assert path[-1].after == pytest.approx(tree.probability(row[None])[0])
        train = LOANS.rows[split(LOANS).train]
        there = np.ones(len(train), bool)
        for step in path:
            there &= (train[:, step.column].astype(np.float32) <= step.limit) == step.is_yes
        assert there.sum() == path[-1].n_after
        assert LOANS.bad[split(LOANS).train][there].mean() == pytest.approx(path[-1].after)


def test_neighbours_are_the_nearest_training_rows_found_by_hand():
    train, row = split(WINE).train, WINE.rows[CASES[0]]
    spread = WINE.rows[train].std(axis=0)
    distance = np.sqrt((((WINE.rows[train] - row) / spread) ** 2).sum(axis=1))
    nearest = np.argsort(distance)[:25]
    found = neighbours(WINE, row)
    assert found.rows == tuple(train[nearest].tolist())
    assert found.distance == pytest.approx(tuple(distance[nearest]))
    assert found.n_bad / 25 == pytest.approx(fitted(WINE, "knn").probability(row[None])[0])


def test_the_background_is_of_the_training_pile_with_its_share_of_bad_cases():
    rows = background(LOANS)
    assert rows.shape == (N_BACKGROUND, 8)
    train = {tuple(row) for row in LOANS.rows[split(LOANS).train]}
    assert all(tuple(row) in train for row in rows)
    assert np.array_equal(rows, background(LOANS))
    share = LOANS.bad[split(LOANS).train].mean()
    bad = {tuple(row) for row in LOANS.rows[split(LOANS).train[LOANS.bad[split(LOANS).train]]]}
    assert sum(tuple(row) in bad for row in rows) == pytest.approx(N_BACKGROUND * share, abs=1)


@pytest.mark.parametrize("model", KINDS)
def test_one_column_alone_carries_all(model):
    table = made()
    found = explain(table, model, 0)
    assert found.contributions == pytest.approx([found.end - found.start])


@pytest.mark.parametrize("model", KINDS)
def test_columns_that_never_change_move_nothing(model):
    found = explain(made(d=2, constant=True), model, 3)
    assert found.contributions == pytest.approx([0, 0], abs=1e-6)
    assert found.probability == pytest.approx(0.5, abs=0.1)


def test_a_tree_without_a_question_has_no_path():
    table = made(d=2, constant=True)
    assert steps(fitted(table, "tree"), table.rows[0]) == ()


def test_scales_go_there_and_back_and_the_ends_stay_finite():
    for share in (0.001, 0.3, 0.97):
        assert to_probability(to_scale(share, "odds"), "odds") == pytest.approx(share)
    assert to_scale(0.75, "odds") == pytest.approx(np.log(3))  # 3 to 1
    assert np.isfinite([to_scale(0.0, "odds"), to_scale(1.0, "odds")]).all()


def test_it_is_kept_and_a_row_that_is_not_there_is_refused(monkeypatch):
    found = explain(WINE, "mlp", CASES[0])
    monkeypatch.setattr(explanations, "explain_row", lambda *given: pytest.fail("computed anew"))
    assert explain(WINE, "mlp", CASES[0]) is found
    with pytest.raises(ValueError, match="no row"):
        explain(WINE, "mlp", len(WINE.rows))


def test_the_farthest_movers_come_first():
    found = explain(LOANS, "logistic", 462)
    sizes = np.abs(found.contributions)[list(found.order)]
    assert np.all(np.diff(sizes) <= 0)
    assert sorted(found.order) == list(range(8))
