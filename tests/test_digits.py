import numpy as np
import pytest
from sklearn import datasets
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from dl_core.digits import (
    KS,
    choice_sentence,
    finding_sentences,
    load_digits,
    study_digits,
)


@pytest.fixture(scope="module")
def study():
    return study_digits()


def test_our_copy_equals_scikit_learns_set():
    ours, theirs = load_digits(), datasets.load_digits()
    np.testing.assert_array_equal(ours.images, theirs.images)
    np.testing.assert_array_equal(ours.labels, theirs.target)


def test_both_scores_match_scikit_learn(study):
    features, labels = study.digits.features, study.digits.labels
    train, test = study.piles.train, study.piles.test
    knn = KNeighborsClassifier(study.k, p=1 if study.metric == "L1" else 2).fit(
        features[train], labels[train]
    )
    assert study.knn_score.hits == (knn.predict(features[test]) == labels[test]).sum()
    linear = LogisticRegression(C=1 / (study.penalty * len(train)), tol=1e-8, max_iter=5000)
    linear.fit(features[train], labels[train])
    assert study.softmax_score.hits == (linear.predict(features[test]) == labels[test]).sum()
    ours = study.softmax.probabilities(features[test])
    np.testing.assert_allclose(ours, linear.predict_proba(features[test]), atol=1e-3)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_on_digits_knn_is_more_accurate_and_costs_more(seed):
    study = study_digits(seed)
    assert study.knn_score.hits > study.softmax_score.hits
    assert study.knn_score.value > 0.97
    assert study.softmax_score.value > 0.94
    # 898 x 64 subtractions against 64 x 10 multiplications: 89.8 times
    assert study.knn_cost.operations / study.softmax_cost.operations == pytest.approx(89.8)


def test_digits_only_one_model_gets_right_explain_the_difference(study):
    assert study.knn_score.hits - study.softmax_score.hits == study.knn_only - study.softmax_only


def test_k_is_the_best_of_the_validation_curve_and_the_test_pile_is_apart(study):
    best = max(share.hits for shares in study.curve.values() for share in shares)
    assert study.curve[study.metric][KS.index(study.k)].hits == best
    assert study.curve["L1"][0].n == len(study.piles.validation) == 360
    assert not set(study.piles.test) & (set(study.piles.train) | set(study.piles.validation))
    assert f"k = {study.k}" in choice_sentence(study)


def test_the_finding_is_told_not_hidden(study):
    words = finding_sentences(study)
    assert "kNN wins" in words
    assert "90 times as many steps" in words
