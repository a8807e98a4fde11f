import math
import re
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression

from dl_core import batch_sizes
from dl_core.batch_sizes import (
    BATCH_SIZES,
    PRESETS,
    RATES,
    START,
    THROWN,
    Settings,
    loss_and_gradient,
    story,
    takeaway,
    updates_per_pass,
    wine_fit,
)
from tests.readability import read, sentences, words

lawful = settings(deadline=None, derandomize=True, max_examples=60)
numbers = st.floats(-20, 20)
every_setting = pytest.mark.parametrize(
    "chosen",
    [*PRESETS.values(), *(Settings(rate, size, n) for rate in RATES for size in (8, 64) for n in (1, 30))],
    ids=str,
)


def test_an_epoch_of_mnist_has_the_published_number_of_updates():
    # 60,000 images: one full batch; 60,000 / 32 = 1,875 mini-batches; 60,000 single images
    assert [updates_per_pass(60_000, size) for size in (60_000, 32, 1)] == [1, 1_875, 60_000]


def test_a_pass_over_the_wines_ends_with_a_smaller_batch():
    # 178 = 5 · 32 + 18 = 22 · 8 + 2 = 11 · 16 + 2 = 2 · 64 + 50
    assert [updates_per_pass(178, size) for size in (178, 8, 16, 32, 64, 1)] == [1, 23, 12, 6, 3, 178]


@pytest.mark.parametrize("size", [0, 179])
def test_a_batch_that_does_not_fit_is_refused(size):
    with pytest.raises(ValueError, match=f"A batch of {size} does not fit 178 examples: choose 1 to 178"):
        updates_per_pass(178, size)


@lawful
@given(numbers, numbers, st.integers(1, 178))
def test_the_gradient_agrees_with_central_differences(weight, bias, n):
    fit, step = wine_fit(), 1e-4
    x, y = fit.x[:n], fit.y[:n]

    def loss(a, b):
        return loss_and_gradient(a, b, x, y)[0]

    _, (slope_weight, slope_bias) = loss_and_gradient(weight, bias, x, y)
    assert slope_weight == pytest.approx(
        (loss(weight + step, bias) - loss(weight - step, bias)) / 2 / step, abs=1e-5
    )
    assert slope_bias == pytest.approx(
        (loss(weight, bias + step) - loss(weight, bias - step)) / 2 / step, abs=1e-5
    )


def test_two_updates_with_one_example_each_by_hand(monkeypatch):
    # examples (x, y) = (2, 5) and (−1, 1), rate 0.1, from weight 0 and bias 0
    # first: off by 0 · 2 + 0 − 5 = −5; slopes −5 · 2 = −10 and −5; weight 1, bias 0.5
    # second: off by 1 · (−1) + 0.5 − 1 = −1.5; slopes −1.5 · (−1) = 1.5 and −1.5; weight 0.85, bias 0.65
    x, y = np.array([[2.0, -1.0]]), np.array([[5.0, 1.0]])
    path = batch_sizes._descend(batch_sizes._batch_means(x, y, 1), (0.0, 0.0), 0.1)
    np.testing.assert_allclose(path, [[0, 0], [1, 0.5], [0.85, 0.65]], atol=1e-12)
    # both as one batch: slopes (−10 + 1) / 2 = −4.5 and (−5 − 1) / 2 = −3
    path = batch_sizes._descend(batch_sizes._batch_means(x, y, 2), (0.0, 0.0), 0.1)
    np.testing.assert_allclose(path, [[0, 0], [0.45, 0.3]], atol=1e-12)


@pytest.mark.parametrize("size", [1, 8, 32, 64, 178])
def test_every_update_goes_against_the_gradient_of_its_own_batch(size):
    fit, rate = wine_fit(), 0.1
    order = np.random.default_rng(3).permutation(178)
    means = batch_sizes._batch_means(fit.x[order][None], fit.y[order][None], size)
    path = batch_sizes._descend(means, START, rate)
    at = START
    for update, start in enumerate(range(0, 178, size)):
        batch = order[start : start + size]
        _, slope = loss_and_gradient(*at, fit.x[batch], fit.y[batch])
        at = (at[0] - rate * slope[0], at[1] - rate * slope[1])
        assert path[update + 1] == pytest.approx(at, abs=1e-9)


def test_the_exact_line_is_the_one_that_numpy_and_scikit_learn_find():
    fit = wine_fit()
    columns = np.column_stack([fit.x, np.ones(178)])
    theirs = np.linalg.lstsq(columns, fit.y, rcond=None)[0]
    np.testing.assert_allclose(fit.exact, theirs, atol=1e-12)
    model = LinearRegression().fit(fit.x[:, None], fit.y)
    np.testing.assert_allclose(fit.exact, [model.coef_[0], model.intercept_], atol=1e-12)
    assert fit.lowest_loss == pytest.approx(0.5 * np.mean((fit.y - model.predict(fit.x[:, None])) ** 2))
    assert loss_and_gradient(*fit.exact, fit.x, fit.y)[1] == pytest.approx((0, 0), abs=1e-12)


def test_full_batch_ends_on_the_exact_line_and_shrinks_the_gap_by_the_rate_each_time():
    # proline is standardised, so the bowl is round: each update leaves 1 − rate of the way, 0.9^5 = 0.59
    full = story(Settings(0.1, 32, 5)).runs[0]
    np.testing.assert_allclose(full.distances, full.distances[0] * 0.9 ** np.arange(6), atol=1e-9)
    theirs = np.linalg.lstsq(np.column_stack([wine_fit().x, np.ones(178)]), wine_fit().y, rcond=None)[0]
    np.testing.assert_allclose(story(Settings(0.5, 32, 30)).runs[0].path[-1], theirs, atol=1e-8)


@lawful
@given(numbers, numbers)
def test_the_bowl_is_round(weight, bias):
    fit = wine_fit()
    loss, _ = loss_and_gradient(weight, bias, fit.x, fit.y)
    assert loss == pytest.approx(fit.lowest_loss + fit.distance(weight, bias) ** 2 / 2)


def test_the_default_shows_the_three_ways_apart():
    full, mini, one = story(Settings()).runs
    assert [run.n_updates for run in (full, mini, one)] == [5, 30, 890]
    # full batch has 0.59 of the way left; the mini-batch is there; one example is there and does not rest
    assert full.away == pytest.approx(0.59049 * full.distances[0], abs=1e-6)
    assert mini.away < 0.1 < one.wander


def test_with_many_passes_full_batch_ends_nearest_and_one_example_never_rests():
    shown = story(PRESETS["Many passes"])
    assert shown.nearest is shown.runs[0]
    assert shown.runs[2].wander > 10 * shown.runs[0].wander


def test_smaller_steps_leave_less_noise():
    calm, wild = (story(Settings(rate, 32, 30)).runs[2].wander for rate in (0.01, 0.2))
    assert calm < wild / 3


def test_same_seed_same_paths_and_another_seed_others():
    for first, second in zip(story(Settings()).runs, story(Settings()).runs, strict=True):
        np.testing.assert_array_equal(first.path, second.path)
    one, other = (story(Settings(seed=seed)).runs[2].path for seed in (0, 1))
    assert not np.array_equal(one, other)


def test_more_passes_begin_with_the_same_updates():
    few, many = (story(Settings(n_epochs=n)).runs[2].path for n in (2, 9))
    np.testing.assert_array_equal(few, many[: len(few)])


@pytest.mark.parametrize("seed", [0, 7])
def test_each_pass_reads_every_wine_once(seed):
    for row in batch_sizes._orders(178, seed):
        assert sorted(row) == list(range(178))


@every_setting
def test_no_number_is_lost_at_any_setting(chosen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for run in story(chosen).runs:
            assert np.isfinite(run.path).all()
            assert np.isfinite(run.distances).all()
            assert math.isfinite(run.loss)
            assert run.n_updates == run.updates_per_pass * chosen.n_epochs


def test_a_rate_that_one_example_cannot_bear_is_named_with_its_update():
    shown = story(Settings(1.0, 8, 30))
    full, _, one = shown.runs
    assert full.away == pytest.approx(0, abs=1e-9)  # at a rate of 1 the round bowl takes a single update
    assert one.thrown_at is not None
    assert one.distances[one.thrown_at] > THROWN * one.distances[0]
    assert (one.distances[: one.thrown_at] <= THROWN * one.distances[0]).all()
    assert f"one example is thrown out after update {one.thrown_at}" in takeaway(shown)
    assert "A smaller rate brings it back." in takeaway(shown)


def test_a_run_that_leaves_every_scale_stops_before_its_numbers_overflow():
    path = batch_sizes._descend([[4.0, 0.0, 0.0, 0.0]] * 3_000, (1.0, 1.0), 1.0)
    assert np.isfinite(path).all()
    assert np.abs(path).max() < batch_sizes.LIMIT
    np.testing.assert_array_equal(path[-1], path[100])


@every_setting
def test_the_sentence_says_what_the_runs_did(chosen):
    shown = story(chosen)
    told = takeaway(shown)
    counts = [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", sentences(told)[0])]
    assert counts == [chosen.n_epochs, *(run.n_updates for run in shown.runs)]
    assert ("thrown out" in told) == any(
        run.distances.max() > THROWN * run.distances[0] for run in shown.runs
    )
    assert max(len(words(each)) for each in sentences(told)) <= 25
    assert read([told]).grade <= 9


def test_an_update_waits_until_its_batch_is_full():
    full, mini, _ = story(Settings(batch_size=64, n_epochs=2)).runs
    read_so_far = np.array([0, 63, 64, 128, 177, 178, 178 + 64, 356])
    assert mini.after(read_so_far, 178).tolist() == [0, 0, 1, 2, 2, 3, 4, 6]
    assert full.after(read_so_far, 178).tolist() == [0, 0, 0, 0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"learning_rate": 0}, "A learning rate of 0 does not work here: choose one above 0 and at most 1"),
        ({"learning_rate": 1000}, "A learning rate of 1000 does not work here"),
        ({"learning_rate": math.nan}, "A learning rate of nan does not work here"),
        ({"batch_size": 7}, "choose 8, 16, 32 or 64"),
        ({"n_epochs": 0}, "choose 1 to 30"),
        ({"n_epochs": 31}, "choose 1 to 30"),
        ({"seed": -1}, "choose 0 to 999"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(wrong, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Settings(**wrong)


def test_settings_can_be_shared_and_kept():
    assert len({Settings(), *PRESETS.values()}) == len(PRESETS) == 3
    assert {one.batch_size for one in PRESETS.values()} <= set(BATCH_SIZES)
