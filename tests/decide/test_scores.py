import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from dl_core.decide.scores import (
    RESAMPLES,
    SOURCES,
    AtRate,
    at_rate,
    corrected,
    resampled,
    scores,
    weights,
)
from dl_core.held_out_answers import held_out

lawful = run_with(deadline=None, derandomize=True, max_examples=40)
rates = st.floats(0.0001, 0.9)
every_source = pytest.mark.parametrize("key", SOURCES)


@every_source
def test_each_source_holds_both_kinds_and_probabilities_that_nobody_can_change(key):
    found = scores(key)
    assert found.truth.shape == found.probability.shape == (found.n,)
    assert 0 < found.base_rate < 1
    assert 0 <= found.probability.min() <= found.probability.max() <= 1
    assert found.source.endswith(".")
    assert f"{found.n:,}" in found.source
    with pytest.raises(ValueError, match="read-only"):
        found.probability[0] = 0


def test_photos_are_the_live_classifier_s_answers():
    held, found = held_out(), scores("photos")
    assert np.array_equal(found.truth, ~held.right)
    assert found.probability[0] == pytest.approx(1 - held.sure[0] / 50_000)
    assert found.truth.sum() == 1939


def test_loans_are_the_readable_model_s_out_of_fold_answers():
    from dl_core.interpretability.out_of_fold import out_of_fold

    told, found = out_of_fold("loans", "ebm"), scores("loans")
    assert np.array_equal(found.truth, told.truth)
    assert np.allclose(found.probability, told.probability)


def test_there_are_no_others():
    with pytest.raises(ValueError, match="no scores named 'cats': choose one of photos, loans"):
        scores("cats")


def test_the_correction_by_hand():
    # sample half bad, reader 1 % bad: odds 0.5 : 0.5 become 1 : 99, so p = 1 / 100; and 0.9, odds 9,
    # becomes 9 / 99 : p = 9 / 108
    now = corrected(np.array([0.0, 0.5, 0.9, 1.0]), 0.5, 0.01)
    assert now == pytest.approx([0, 0.01, 9 / 108, 1])


@lawful
@given(st.floats(0, 1), st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_the_correction_is_bayes_rule_and_can_be_taken_back(p, was, now, then):
    one = np.array([p])
    there = corrected(one, was, now)
    assert corrected(there, now, was) == pytest.approx(one, abs=1e-9)
    assert corrected(there, now, then) == pytest.approx(corrected(one, was, then), abs=1e-9)
    assert corrected(one, was, was) == pytest.approx(one)


@lawful
@given(rates)
def test_the_weights_make_the_base_rate_and_average_one(rate):
    truth = scores("photos").truth
    found = weights(truth, rate)
    assert found.mean() == pytest.approx(1)
    assert found[truth].sum() / found.sum() == pytest.approx(rate)


@every_source
@lawful
@given(rate=rates)
def test_the_order_of_the_cases_does_not_change(key, rate):
    found, at = scores(key), at_rate(key, rate)
    assert np.all(np.diff(at.bad) >= 0)
    raw = np.sort(found.probability[found.truth])
    assert at.bad == pytest.approx(corrected(raw, found.base_rate, rate))


def test_corrected_probabilities_of_a_calibrated_model_average_the_base_rate():
    # the live classifier is calibrated: its mean probability of "wrong" is its share of wrong answers,
    # and weighted to 3 % the corrected mean is near 3 %
    found, at = scores("photos"), at_rate("photos", 0.03)
    assert found.probability.mean() == pytest.approx(found.base_rate, abs=0.02)
    assert 0.03 * at.bad.mean() + 0.97 * at.good.mean() == pytest.approx(0.03, abs=0.003)


@pytest.mark.parametrize("bar", [0.01, 0.2, 0.5, 0.83])
def test_counts_below_a_bar_are_scikit_learn_s(bar):
    found = scores("photos")
    at = at_rate("photos", found.base_rate)
    called = corrected(found.probability, found.base_rate, found.base_rate) >= bar
    (_, _), (missed, _) = confusion_matrix(found.truth, called)
    fine = confusion_matrix(found.truth, called)[0, 0]
    bad, good = at.places(np.array([bar]))
    assert (bad[0], good[0]) == (missed, fine)


def test_a_case_on_the_bar_is_not_below_it():
    at = AtRate(scores("photos"), 0.5, bad=np.array([0.1, 0.2]), good=np.array([0.2, 0.3]))
    bad, good = at.places(np.array([0.2]))
    assert (bad[0], good[0]) == (1, 0)


def test_every_case_lies_below_a_bar_of_one_and_none_below_zero():
    at = at_rate("photos", 0.3)
    bad, good = at.below(np.array([0.0, 1.0]))
    assert bad.tolist() == good.tolist() == [0, 1]


@every_source
def test_resamples_draw_as_many_again_and_spread_as_a_binomial_does(key):
    # the share of drawn bad cases below the middle one is binomial: variance p (1 − p) / n
    at = at_rate(key, 0.1)
    for counts, side in zip(resampled(key), (at.bad, at.good), strict=True):
        n = len(side)
        assert counts.shape == (RESAMPLES, n + 1)
        assert np.all(counts[:, 0] == 0)
        assert np.all(counts[:, -1] == n)
        half = counts[:, n // 2] / n
        assert half.std() == pytest.approx((0.25 / n) ** 0.5, rel=0.15)
        assert half.mean() == pytest.approx((n // 2) / n, abs=4 * (0.25 / n / RESAMPLES) ** 0.5)


def test_chance_centres_on_what_was_counted():
    at = at_rate("loans", 0.05)
    bars = np.array([0.01, 0.05, 0.3])
    for counted, drawn in zip(at.below(bars), at.below_by_chance(bars), strict=True):
        assert drawn.mean(axis=0) == pytest.approx(counted, abs=0.01)


@pytest.mark.parametrize("rate", [0, 0.00001, 0.95, float("nan")])
def test_a_base_rate_that_cannot_be_is_refused(rate):
    with pytest.raises(ValueError, match="bad cases cannot be"):
        at_rate("photos", rate)
