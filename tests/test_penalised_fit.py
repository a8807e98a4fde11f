import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Lasso, LinearRegression, Ridge

from dl_core.penalised_fit import KINDS, Weights, fit_path, loss_and_gradient, penalty

lawful = settings(deadline=None, derandomize=True, max_examples=40)
every_kind = pytest.mark.parametrize("kind", KINDS)


def made(n_samples=12, n_features=20, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_samples, n_features)) + 3.0, rng.normal(size=n_samples) + 7.0


def test_the_article_s_three_weights():
    # 0.1 · (3 + 2 + 0.5) = 0.55 and 0.1 · (9 + 4 + 0.25) = 1.325
    weights = np.array([3.0, -2.0, 0.5])
    assert penalty(weights, 0.1, "L1") == pytest.approx(0.55)
    assert penalty(weights, 0.1, "L2") == pytest.approx(1.325)


def test_one_weight_by_hand():
    # inputs -1, 1 and targets 1, 3: mean (1 - w·1)² after the bias 2; w = 1 is free.
    # L2: (1 - w)² + λ w² is lowest at w = 1 / (1 + λ); L1: (1 - w)² + λ |w| at w = 1 - λ / 2, 0 from λ = 2
    rows, truth = np.array([[-1.0], [1.0]]), np.array([1.0, 3.0])
    shrunk = [fit.weights[0] for fit in fit_path(rows, truth, (0, 1, 3), "L2")]
    assert shrunk == pytest.approx([1, 1 / 2, 1 / 4])
    sparse = [fit.weights[0] for fit in fit_path(rows, truth, (0, 1, 2, 5), "L1")]
    assert sparse == pytest.approx([1, 1 / 2, 0, 0])
    assert [fit.bias for fit in fit_path(rows, truth, (0, 5), "L1")] == pytest.approx([2, 2])


@every_kind
def test_the_gradient_is_what_small_steps_show(kind):
    features, targets = made()
    fit = Weights(np.linspace(-1, 1, 20), 0.4)  # no weight lies in the kink of L1
    assert np.abs(fit.weights).min() > 1e-3
    _, slopes, bias_slope = loss_and_gradient(fit, features, targets, 0.7, kind)
    step = 1e-6

    def loss(weights, bias):
        return loss_and_gradient(Weights(weights, bias), features, targets, 0.7, kind)[0]

    by_steps = [
        (loss(fit.weights + step * unit, 0.4) - loss(fit.weights - step * unit, 0.4)) / (2 * step)
        for unit in np.eye(20)
    ]
    assert slopes == pytest.approx(np.array(by_steps), abs=1e-5)
    assert bias_slope == pytest.approx(
        (loss(fit.weights, 0.4 + step) - loss(fit.weights, 0.4 - step)) / (2 * step)
    )


def test_l2_is_the_reference_library_s_ridge():
    features, targets = made()
    for strength, ours in zip(
        (0.01, 0.3, 5.0), fit_path(features, targets, (0.01, 0.3, 5.0), "L2"), strict=True
    ):
        theirs = Ridge(alpha=strength * len(targets)).fit(features, targets)  # it sums where we average
        assert ours.weights == pytest.approx(theirs.coef_, abs=1e-9)
        assert ours.bias == pytest.approx(theirs.intercept_)


def test_l1_is_the_reference_library_s_lasso():
    features, targets = made(20, 8)
    strengths = (0.001, 0.02, 0.3, 1.0)
    for strength, ours in zip(strengths, fit_path(features, targets, strengths, "L1"), strict=True):
        theirs = Lasso(alpha=strength / 2, tol=1e-12, max_iter=1_000_000).fit(features, targets)
        assert ours.weights == pytest.approx(theirs.coef_, abs=1e-7)
        assert ours.bias == pytest.approx(theirs.intercept_, abs=1e-6)
        assert (ours.weights == 0).tolist() == (theirs.coef_ == 0).tolist()


@every_kind
def test_no_penalty_is_the_reference_library_s_least_squares(kind):
    features, targets = made()  # more features than samples: of all perfect fits the shortest
    (ours,) = fit_path(features, targets, (0,), kind)
    theirs = LinearRegression().fit(features, targets)
    assert ours.weights == pytest.approx(theirs.coef_, abs=1e-9)
    assert ours.guesses(features) == pytest.approx(targets)


@lawful
@given(st.integers(0, 200), st.floats(1e-3, 3.0))
def test_l1_meets_the_conditions_of_its_optimum(seed, strength):
    # at a weight that is not 0 the error's slope is exactly the penalty's; at a 0 it is smaller
    features, targets = made(15, 30, seed)
    (fit,) = fit_path(features, targets, (strength,), "L1")
    pull = 2 * features.T @ (targets - fit.guesses(features)) / len(targets)
    awake = fit.weights != 0
    assert pull[awake] == pytest.approx(strength * np.sign(fit.weights[awake]), abs=1e-8)
    assert (np.abs(pull[~awake]) <= strength + 1e-8).all()


@lawful
@given(st.integers(0, 200), st.floats(1e-3, 10.0), st.sampled_from(KINDS))
def test_the_slope_for_the_bias_is_zero_at_the_best_fit(seed, strength, kind):
    features, targets = made(seed=seed)
    (fit,) = fit_path(features, targets, (strength,), kind)
    _, slopes, bias_slope = loss_and_gradient(fit, features, targets, strength, kind)
    assert bias_slope == pytest.approx(0, abs=1e-9)
    if kind == "L2":
        assert slopes == pytest.approx(0, abs=1e-8)


@every_kind
def test_the_bias_is_left_out(kind):
    # were the bias priced, targets a hundred higher would change the weights
    features, targets = made()
    for low, high in zip(
        fit_path(features, targets, (0, 0.1, 2), kind),
        fit_path(features, targets + 100, (0, 0.1, 2), kind),
        strict=True,
    ):
        assert high.weights == pytest.approx(low.weights, abs=1e-9)
        assert high.bias - low.bias == pytest.approx(100)


@every_kind
def test_a_stronger_penalty_shrinks_what_it_prices(kind):
    features, targets = made()
    strengths = (0.001, 0.01, 0.1, 1.0, 10.0)
    priced = [penalty(fit.weights, 1.0, kind) for fit in fit_path(features, targets, strengths, kind)]
    assert priced == sorted(priced, reverse=True)
    missed = [
        np.square(targets - fit.guesses(features)).mean()
        for fit in fit_path(features, targets, strengths, kind)
    ]
    assert missed == sorted(missed)


def test_a_reward_for_large_weights_is_refused():
    with pytest.raises(ValueError, match="choose 0 or more"):
        fit_path(*made(), (0.1, -0.1), "L2")
