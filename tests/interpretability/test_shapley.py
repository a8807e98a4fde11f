"""Shapley values: the laws that define them, a game worked by hand, and the drawn ones against the exact."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from dl_core.interpretability.shapley import MOST_EXACT, MOST_ROWS, exact, sampled, shapley
from dl_core.interpretability.table import Floats

RNG = np.random.default_rng(3)
BACKGROUND = RNG.normal(size=(12, 5))
ROW = RNG.normal(size=5)


def crooked(rows: Floats) -> Floats:
    """No column stands alone in it; the last column has no part."""
    return np.tanh(rows[:, 0] * rows[:, 1] - rows[:, 2] ** 2 + 2 * (rows[:, 3] > 0))


def test_the_gloves_game_by_hand():
    """One left glove, two right ones; a pair is worth 1. Of the 6 orders the left one completes the pair in 4
    (it comes second or third), each right one in 1 (it comes second, right after the left): 4/6, 1/6, 1/6."""
    told = np.ones(3)
    found = exact(
        lambda rows: np.minimum(rows[:, 0], np.maximum(rows[:, 1], rows[:, 2])), told, np.zeros((1, 3))
    )
    assert found.values == pytest.approx([4 / 6, 1 / 6, 1 / 6])
    assert (found.start, found.end, found.error) == (0.0, 1.0, None)


def test_it_is_the_mean_over_all_orders_counted_one_by_one():
    """The definition itself, slowly: 120 orders of 5 columns, each background row."""
    added = np.zeros(5)
    for order in itertools.permutations(range(5)):
        for base in BACKGROUND:
            now = base.copy()
            for column in order:
                before = crooked(now[None])[0]
                now[column] = ROW[column]
                added[column] += crooked(now[None])[0] - before
    added /= math.factorial(5) * len(BACKGROUND)
    assert exact(crooked, ROW, BACKGROUND).values == pytest.approx(added, abs=1e-12)


@pytest.mark.parametrize("way", [exact, sampled])
def test_efficiency_all_values_are_the_answer_minus_the_average_answer(way):
    found = way(crooked, ROW, BACKGROUND)
    assert found.start == pytest.approx(crooked(BACKGROUND).mean())
    assert found.end == pytest.approx(crooked(ROW[None])[0])
    assert found.start + found.values.sum() == pytest.approx(found.end, abs=1e-12)


@pytest.mark.parametrize("way", [exact, sampled])
def test_a_column_without_a_part_gets_nothing(way):
    found = way(crooked, ROW, BACKGROUND)
    assert found.values[4] == 0
    assert np.all(found.values[:4] != 0)


def test_symmetry_two_columns_with_one_role_get_the_same():
    twins = BACKGROUND.copy()
    twins[:, 1] = twins[:, 0]
    row = ROW.copy()
    row[1] = row[0]
    found = exact(lambda rows: np.exp(rows[:, 0] + rows[:, 1]) * rows[:, 2], row, twins)
    assert found.values[0] == pytest.approx(found.values[1], abs=1e-12)


@pytest.mark.parametrize("way", [exact, sampled])
def test_a_linear_model_gets_weight_times_value_minus_mean(way):
    weights = np.array([2.0, -1.0, 0.0, 0.5, 3.0])
    found = way(lambda rows: rows @ weights + 7, ROW, BACKGROUND)
    assert found.values == pytest.approx(weights * (ROW - BACKGROUND.mean(axis=0)), abs=1e-12)


def test_values_of_a_sum_are_the_sum_of_the_values():
    one, other = exact(crooked, ROW, BACKGROUND), exact(lambda rows: rows[:, 4] ** 3, ROW, BACKGROUND)
    both = exact(lambda rows: crooked(rows) + rows[:, 4] ** 3, ROW, BACKGROUND)
    assert both.values == pytest.approx(one.values + other.values, abs=1e-12)


def test_drawn_values_lie_around_the_exact_ones_as_often_as_their_errors_say():
    """Unbiased: the mean over 300 seeds. Honest: 90 to 97 in 100 within 1.96 errors, on 40 rows."""
    many = np.random.default_rng(3).normal(size=(40, 5))
    true = exact(crooked, ROW, many).values[:4]
    drawn = [sampled(crooked, ROW, many, seed) for seed in range(300)]
    values = np.array([one.values[:4] for one in drawn])
    errors = np.array([one.error[:4] for one in drawn])
    spread = values.std(axis=0)
    assert values.mean(axis=0) == pytest.approx(true, abs=4 * spread.max() / math.sqrt(300))
    assert np.sqrt((errors**2).mean(axis=0)) == pytest.approx(spread, rel=0.15)
    within = np.abs(values - true) < 1.96 * errors
    assert 0.90 < within.mean() < 0.97


def test_an_additive_answer_has_no_error_and_more_orders_have_less():
    assert sampled(lambda rows: rows.sum(axis=1), ROW, BACKGROUND).error == pytest.approx(
        np.zeros(5), abs=1e-12
    )
    few = np.mean([sampled(crooked, ROW, BACKGROUND, seed).error[:4] for seed in range(20)])
    many = np.mean([sampled(crooked, ROW, BACKGROUND, seed, n_orders=12).error[:4] for seed in range(20)])
    assert many == pytest.approx(few / 2, rel=0.2)  # four times the orders, half the error


def test_the_same_seed_draws_the_same():
    assert np.array_equal(
        sampled(crooked, ROW, BACKGROUND, 5).values, sampled(crooked, ROW, BACKGROUND, 5).values
    )
    assert not np.array_equal(
        sampled(crooked, ROW, BACKGROUND, 5).values, sampled(crooked, ROW, BACKGROUND, 6).values
    )


@pytest.mark.parametrize("d", [1, 8, MOST_EXACT, MOST_EXACT + 1, 30])
def test_few_columns_are_exact_many_are_drawn_and_the_model_is_asked_once(d):
    asked: list[int] = []

    def answer(rows: Floats) -> Floats:
        asked.append(len(rows))
        return np.asarray(rows.sum(axis=1))

    found = shapley(answer, np.ones(d), np.zeros((40, d)))
    assert found.values == pytest.approx(np.ones(d))
    assert (found.error is None) == (d <= MOST_EXACT)
    assert len(asked) == 1
    assert asked[0] <= MOST_ROWS


def test_one_order_is_refused_as_it_has_no_error():
    with pytest.raises(ValueError, match="two or more"):
        sampled(crooked, ROW, BACKGROUND, n_orders=1)
