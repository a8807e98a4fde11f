"""Temperature scaling and calibration error, against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from dl_core.vision.calibration import calibration_error, fit_temperature, probabilities, reliability


def test_calibration_error_of_two_bins_is_their_weighted_gap() -> None:
    # 4 answers at 0.95 of which 3 right: gap 0.95 - 0.75 = 0.20, weight 4/10
    # 6 answers at 0.55 of which 3 right: gap 0.55 - 0.50 = 0.05, weight 6/10; sum 0.08 + 0.03 = 0.11
    sure = np.array([0.95] * 4 + [0.55] * 6)
    right = np.array([True, True, True, False] + [True, False] * 3)
    assert calibration_error(sure, right) == pytest.approx(0.11, abs=1e-5)


def test_gaps_of_opposite_sign_do_not_cancel() -> None:
    # one bin 0.1 too sure, one 0.1 too modest: the average gap is 0.1, not 0
    sure = np.array([0.9] * 10 + [0.5] * 10)
    right = np.array([True] * 8 + [False] * 2 + [True] * 6 + [False] * 4)
    assert calibration_error(sure, right) == pytest.approx(0.1, abs=1e-5)


def test_reliability_counts_every_answer_once_also_at_the_ends() -> None:
    sure = np.array([0.0, 0.1, 0.0999, 0.999, 1.0])
    bins = reliability(sure, np.array([False, True, False, True, True]))
    assert [one.n for one in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert [one.right for one in bins] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert bins[5].confidence == 0.0


def test_temperature_matches_scipys_search() -> None:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 5, 300)
    logits = 6 * rng.normal(size=(300, 5))
    logits[np.arange(300), labels] += 5

    def loss(temperature: float) -> float:
        return float(-np.log(probabilities(logits, temperature)[np.arange(300), labels]).mean())

    expected = minimize_scalar(loss, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-7}).x
    assert fit_temperature(logits, labels) == pytest.approx(expected, rel=1e-3)
    assert loss(expected) < loss(1.0)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(st.lists(st.floats(-30, 30), min_size=2, max_size=8), st.floats(0.1, 10))
def test_temperature_keeps_the_order_and_the_sum(logits: list[float], temperature: float) -> None:
    scores = np.array(logits)
    chances = probabilities(scores, temperature)
    assert chances.sum() == pytest.approx(1)
    order = np.argsort(scores, kind="stable")
    assert (np.diff(chances[order]) >= -1e-12).all()


@settings(deadline=None, derandomize=True, max_examples=20)
@given(st.integers(0, 1000))
def test_doubling_every_score_doubles_the_temperature(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, 60)
    logits = rng.normal(size=(60, 4)) + 1.5 * np.eye(4)[labels]
    once, twice = fit_temperature(logits, labels), fit_temperature(2 * logits, labels)
    assert twice == pytest.approx(2 * once, rel=1e-3)
