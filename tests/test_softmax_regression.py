import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.linear_model import LogisticRegression

from dl_core.softmax_regression import fit_softmax, loss_and_gradient, softmax

RNG = np.random.default_rng(0)
FEATURES = RNG.normal(0, 1.5, (90, 2))
LABELS = (FEATURES @ np.array([[1.0, -0.4], [-0.3, 1.1]]) + RNG.normal(0, 0.7, (90, 2)) > 0).sum(axis=1)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(arrays(np.float64, (3, 4), elements=st.floats(-1e6, 1e6)))
def test_shares_are_positive_or_zero_and_add_up_to_one(logits):
    shares = softmax(logits)
    assert (shares >= 0).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-12)


def test_the_articles_scores_become_shares():
    # e^-4 / (e^-4 + e^5.2) = 1 / (1 + e^9.2) = 1 / 9898.13 = 0.000101029
    np.testing.assert_allclose(softmax(np.array([-4, 5.2])), [0.000101029, 0.999898971], atol=5e-10)


def test_adding_the_same_number_to_every_score_changes_nothing():
    logits = np.array([1.0, 2.0, 3.0])
    np.testing.assert_allclose(softmax(logits + 500), softmax(logits), rtol=1e-12)


def test_gradient_agrees_with_central_differences():
    inputs = np.column_stack([FEATURES, np.ones(90)])
    targets = np.eye(3)[LABELS]
    parameters = RNG.normal(0, 1, (3, 3))
    _, gradient = loss_and_gradient(parameters, inputs, targets, 0.3)
    step = 1e-6
    for place in np.ndindex(3, 3):
        nudge = np.zeros((3, 3))
        nudge[place] = step
        up, _ = loss_and_gradient(parameters + nudge, inputs, targets, 0.3)
        down, _ = loss_and_gradient(parameters - nudge, inputs, targets, 0.3)
        assert gradient[place] == pytest.approx((up - down) / (2 * step), abs=1e-8)


def test_probabilities_match_scikit_learn_at_the_same_penalty():
    # scikit-learn minimises C * sum of losses + 1/2 * sum of weights^2: C = 1 / (penalty * n)
    theirs = LogisticRegression(C=1 / (0.02 * 90), tol=1e-10, max_iter=5000).fit(FEATURES, LABELS)
    ours = fit_softmax(FEATURES, LABELS, 3, penalty=0.02)
    np.testing.assert_allclose(ours.probabilities(FEATURES), theirs.predict_proba(FEATURES), atol=2e-5)
    assert (ours.answers(FEATURES) == theirs.predict(FEATURES)).all()


def test_two_classes_match_scikit_learns_single_row():
    # with two classes scikit-learn fits one row w; ours are -w/2 and w/2, whose squares add up to half of w^2
    labels = (LABELS > 0).astype(int)
    theirs = LogisticRegression(C=1 / (0.01 * 90), tol=1e-10, max_iter=5000).fit(FEATURES, labels)
    ours = fit_softmax(FEATURES, labels, 2, penalty=0.02)
    np.testing.assert_allclose(ours.probabilities(FEATURES), theirs.predict_proba(FEATURES), atol=2e-5)


def test_training_ends_where_the_loss_is_flat():
    model = fit_softmax(FEATURES, LABELS, 3, penalty=0.02)
    inputs = np.column_stack([FEATURES, np.ones(90)])
    parameters = np.column_stack([model.weights, model.bias])
    _, gradient = loss_and_gradient(parameters, inputs, np.eye(3)[LABELS], 0.02)
    assert np.abs(gradient).max() < 1e-6
    assert model.steps < 500


def test_a_penalty_of_nothing_is_refused_in_words():
    with pytest.raises(ValueError, match="choose one above 0"):
        fit_softmax(FEATURES, LABELS, 3, penalty=0)
