import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.mlp.plan import (
    Plan,
    by_layer,
    first_parameters,
    learning_rates,
    n_parameters,
    snapshot_epochs,
    widths,
)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"hidden": (4,) * 7}, "7 hidden layers: choose 0 to 6"),
        ({"hidden": (4, 0)}, "A hidden layer of 0 neurons: choose 1 to 32"),
        ({"hidden": (33,)}, "A hidden layer of 33 neurons: choose 1 to 32"),
        ({"hidden": (2.5,)}, "A hidden layer of 2.5 neurons"),
        ({"activation": "step"}, "no activation “step”: choose one of linear, sigmoid"),
        ({"start": "ones"}, "no start “ones”"),
        ({"optimiser": "adagrad"}, "no optimiser “adagrad”"),
        ({"schedule": "1/t"}, "no schedule “1/t”"),
        ({"learning_rate": -0.1}, "A learning rate of -0.1 cannot be used: choose 0 to 10"),
        ({"learning_rate": float("nan")}, "A learning rate of nan"),
        ({"learning_rate": 11.0}, "choose 0 to 10"),
        ({"batch_size": -1}, "A batch of -1 rows: choose 0 or more"),
        ({"n_epochs": 0}, "A training of 0 epochs: choose 1 to 2,000"),
        ({"n_epochs": 2001}, "A training of 2001 epochs"),
        ({"l1": -1.0}, "An L1 penalty of -1"),
        ({"l2": 11.0}, "An L2 penalty of 11"),
        ({"dropout": 0.81}, "A dropout of 0.81 cannot be used: choose 0 to 0.8"),
        ({"patience": -1}, "A patience of -1 epochs: choose 0 or more"),
        ({"seed": -1}, "A seed of -1: choose 0 to 2,147,483,647"),
    ],
)
def test_nonsense_is_refused_in_the_readers_words(wrong, told):
    with pytest.raises(ValueError, match=told.replace("(", r"\(")):
        Plan(**wrong)


def test_a_plan_can_be_a_key_and_a_list_of_layers_becomes_a_tuple():
    assert {Plan(hidden=[4, 4]): 1}[Plan()] == 1


def test_parameters_are_counted_and_cut_as_they_lie():
    # 784 · 30 + 30 = 23,550 and 30 · 10 + 10 = 310, together 23,860 (N12)
    assert n_parameters((784, 30, 10)) == 23_860
    layers = widths(Plan(hidden=(3,)), 2, 1)
    (first, first_bias), (second, second_bias) = by_layer(np.arange(13.0), layers)
    assert first.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert first_bias.tolist() == [6, 7, 8]
    assert second.tolist() == [[9, 10, 11]]
    assert second_bias.tolist() == [12]


# n_in = 20, n_out = 32: xavier √(2 / 52) = 0.196, he √(2 / 20) = 0.316
@pytest.mark.parametrize(
    ("start", "spread"), [("zero", 0), ("small", 0.01), ("xavier", 0.196), ("he", 0.316)]
)
def test_the_start_has_the_spread_of_its_recipe(start, spread):
    drawn = [first_parameters(Plan(hidden=(32,), start=start, seed=seed), 20, 2) for seed in range(20)]
    weights = np.array([by_layer(one, (20, 32, 2))[0][0] for one in drawn])
    assert weights.std() == pytest.approx(spread, rel=0.02)  # 12,800 draws: 2 % are three standard errors
    assert abs(weights.mean()) <= 0.03 * spread
    assert all((bias == 0).all() for one in drawn for _, bias in by_layer(one, (20, 32, 2)))


def test_the_start_follows_the_seed_and_fits_into_32_bits():
    start = first_parameters(Plan(seed=1), 2, 2)
    np.testing.assert_array_equal(start, first_parameters(Plan(seed=1, learning_rate=1.0), 2, 2))
    np.testing.assert_array_equal(start, start.astype(np.float32))
    assert (start != first_parameters(Plan(seed=2), 2, 2)).any()


def test_the_rate_follows_its_schedule():
    plan = {"learning_rate": 0.5, "n_epochs": 9}
    assert learning_rates(Plan(**plan)).tolist() == [0.5] * 9
    steps = learning_rates(Plan(**plan, schedule="steps"))
    np.testing.assert_allclose(steps, [0.5] * 3 + [0.05] * 3 + [0.005] * 3)
    cosine = learning_rates(Plan(**plan, schedule="cosine"))
    assert cosine[0] == 0.5
    assert (np.diff(cosine) < 0).all()
    # a third of the way cos 60° = ½, two thirds cos 120° = −½
    np.testing.assert_allclose(cosine[[3, 6]], [0.375, 0.125])


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.integers(1, 2000), st.integers(2, 80))
def test_snapshots_begin_at_the_start_end_at_the_end_and_are_as_many_as_asked(n_epochs, n_snapshots):
    epochs = snapshot_epochs(n_epochs, n_snapshots)
    assert epochs[0] == 0
    assert epochs[-1] == n_epochs
    assert len(epochs) == min(n_snapshots, n_epochs + 1)
    gaps = np.diff(epochs)
    assert (gaps > 0).all()


def test_a_plan_and_the_engines_names_cost_no_numba_and_no_torch():
    code = "import sys, dl_core.mlp.plan, dl_core.mlp.engine, dl_core.mlp.data; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(run.stdout.split())
    assert "dl_core.mlp.engine" in loaded
    assert not {"numba", "torch", "sklearn", "pandas"} & loaded
