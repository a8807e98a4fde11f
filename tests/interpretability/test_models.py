import numpy as np
import pytest
from interpret.glassbox import ExplainableBoostingClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from dl_core.interpretability.fitted import HELD_OUT, fitted, split
from dl_core.interpretability.models import KINDS, N_NEIGHBOURS, fit
from dl_core.interpretability.tables import TABLES, ready_made

WINE = ready_made("wine")
PILES = split(WINE)
ROWS, BAD = WINE.rows[PILES.train], WINE.bad[PILES.train]
ASKED = WINE.rows[PILES.held_out]
SCALER = StandardScaler().fit(ROWS)
SCALED, SCALED_ASKED = SCALER.transform(ROWS), SCALER.transform(ASKED)


def of(model, rows, asked):
    return model.fit(rows, BAD).predict_proba(asked)[:, 1]


def network():
    model = MLPClassifier((16,), alpha=1.0, random_state=0)
    for _ in range(100):
        model.partial_fit(SCALED, BAD, classes=[False, True])
    return model.predict_proba(SCALED_ASKED)[:, 1]


DIRECT = {
    "tree": lambda: of(DecisionTreeClassifier(max_depth=3, min_samples_leaf=10, random_state=0), ROWS, ASKED),
    "logistic": lambda: of(LogisticRegression(max_iter=2000), SCALED, SCALED_ASKED),
    "ebm": lambda: of(
        ExplainableBoostingClassifier(interactions=0, outer_bags=4, max_rounds=300, n_jobs=1, random_state=0),
        ROWS, ASKED,
    ),
    "knn": lambda: of(KNeighborsClassifier(25), SCALED, SCALED_ASKED),
    "forest": lambda: of(RandomForestClassifier(60, min_samples_leaf=5, random_state=0), ROWS, ASKED),
    "boosted": lambda: of(
        HistGradientBoostingClassifier(
            max_iter=60, learning_rate=0.08, max_leaf_nodes=8, early_stopping=False, random_state=0
        ),
        ROWS, ASKED,
    ),
    "mlp": network,
}  # fmt: skip


@pytest.mark.parametrize("key", KINDS)
def test_every_model_answers_as_the_library_used_directly(key):
    assert fit(key, ROWS, BAD).probability(ASKED) == pytest.approx(DIRECT[key](), abs=1e-9)


@pytest.mark.parametrize("key", KINDS)
def test_answers_are_probabilities_and_the_same_each_time(key):
    once, again = fit(key, ROWS, BAD).probability(ASKED), fit(key, ROWS, BAD).probability(ASKED)
    assert once.shape == (len(ASKED),)
    assert ((once >= 0) & (once <= 1)).all()
    assert np.array_equal(once, again)


def test_sizes_count_the_numbers_that_a_model_keeps():
    n, d = ROWS.shape
    assert fit("logistic", ROWS, BAD).size == d + 1  # a weight a column and the start
    assert fit("knn", ROWS, BAD).size == n * d  # it keeps every row
    assert fit("mlp", ROWS, BAD).size == d * 16 + 16 + 16 + 1  # weights and biases of both layers
    assert fit("tree", ROWS, BAD).size <= 2 * 15  # three questions deep: at most 15 nodes, two numbers each


def test_what_the_page_says_one_must_read_is_true():
    tree = fit("tree", ROWS, BAD).inner
    assert tree.get_depth() <= 3  # "at most three questions"
    assert f"{N_NEIGHBOURS} old cases" == KINDS["knn"].reads
    assert fit("knn", ROWS, BAD).inner.steps[-1][1].n_neighbors == N_NEIGHBOURS
    assert len(fit("forest", ROWS, BAD).inner.estimators_) == 60  # "60 trees"
    assert fit("boosted", ROWS, BAD).inner.n_iter_ == 60  # "60 trees, added up"
    assert len(fit("ebm", ROWS, BAD).inner.term_names_) == ROWS.shape[1]  # "one point on each curve"


def test_an_ebms_answer_is_the_sum_of_its_curves():
    model = fit("ebm", ROWS, BAD)
    parts = model.inner.eval_terms(ASKED)
    score = parts.sum(axis=1) + model.inner.intercept_[0]
    assert 1 / (1 + np.exp(-score)) == pytest.approx(model.probability(ASKED), abs=1e-9)


def test_readable_models_are_exact_and_the_others_are_not():
    assert {key for key, kind in KINDS.items() if kind.is_readable} == {"tree", "logistic", "ebm", "knn"}
    assert all(kind.is_exact == kind.is_readable for kind in KINDS.values())


def test_nonsense_is_refused_in_words():
    with pytest.raises(ValueError, match="no model 'oracle'"):
        fit("oracle", ROWS, BAD)
    with pytest.raises(ValueError, match="nothing to tell apart"):
        fit("tree", ROWS, np.ones(len(ROWS), bool))


# --- trained once for all scenes ---


@pytest.mark.parametrize("key", TABLES)
def test_the_split_holds_out_a_quarter_with_its_share_of_bad_cases(key):
    table = ready_made(key)
    piles = split(table)
    together = np.concatenate([piles.train, piles.held_out])
    assert sorted(together.tolist()) == list(range(len(table.bad)))
    for answer in (True, False):
        n = (table.bad == answer).sum()
        assert (table.bad[piles.held_out] == answer).sum() == -(-n // HELD_OUT)  # rounded up


def test_a_model_is_trained_once_on_the_training_pile_only():
    model = fitted(WINE, "logistic")
    assert model is fitted(WINE, "logistic")
    assert model.probability(ASKED) == pytest.approx(DIRECT["logistic"](), abs=1e-9)
