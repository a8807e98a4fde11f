import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import log_loss, mean_squared_error

from dl_core.mlp.engine import gradient, layers, mean_loss, outputs, train
from dl_core.mlp.plan import ACTIVATIONS, OPTIMISERS, SCHEDULES, STARTS, Plan, by_layer, n_parameters, widths
from dl_core.softmax_regression import fit_softmax, loss_and_gradient

RNG = np.random.default_rng(3)
INPUTS = RNG.normal(0, 1, (90, 2))
CLASSES = (np.abs(INPUTS[:, 0]) + INPUTS[:, 1] > 0.4).astype(np.int64) + (INPUTS[:, 1] > 1)
VALUES = INPUTS[:, 0] * INPUTS[:, 1]
TEST = slice(60, 90)
ANSWERS = {"classes": (CLASSES, 3), "regression": (VALUES, 1)}


def trained(plan, task="classes", **more):
    targets, n_outputs = ANSWERS[task]
    return train(plan, INPUTS[:60], targets[:60], INPUTS[TEST], targets[TEST], task, n_outputs, **more)


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("epochs", "parameters", "train_loss", "test_loss", "stopped", "diverged")
    )


def parameters_of(plan, n_outputs, seed=0):
    size = n_parameters(widths(plan, 2, n_outputs))
    return np.random.default_rng(seed).normal(0, 0.7, size)


# -- slopes


@pytest.mark.parametrize("task", ANSWERS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_gradient_is_what_small_differences_say(activation, task):
    targets, n_outputs = ANSWERS[task]
    plan = Plan(hidden=(5, 4), activation=activation, l1=0.03, l2=0.07, dropout=0.5)
    at, layers_of = parameters_of(plan, n_outputs), widths(plan, 2, n_outputs)

    def loss(parameters):
        weights = [weight for weight, _ in by_layer(parameters, layers_of)]
        penalty = sum(0.03 * np.abs(weight).sum() + 0.07 / 2 * (weight**2).sum() for weight in weights)
        return mean_loss(plan, parameters, INPUTS, targets, task, n_outputs) + penalty

    step = 1e-6 * np.eye(len(at))
    differences = [(loss(at + one) - loss(at - one)) / 2e-6 for one in step]
    np.testing.assert_allclose(gradient(plan, at, INPUTS, targets, task, n_outputs), differences, atol=1e-7)


@pytest.mark.parametrize(
    ("activation", "x", "slope"),
    [("relu", 1e-9, 1), ("relu", -1e-9, 0), ("relu", 0, 0),
     ("leaky relu", 1e-9, 1), ("leaky relu", -1e-9, 0.01), ("leaky relu", 0, 0.01)],
)  # fmt: skip
def test_beside_its_kink_a_relu_has_the_slope_of_that_side_and_in_it_the_left_one(activation, x, slope):
    # one neuron: answer = a(1 · x + 0) + 0, target 3, so dloss/dbias = 2 · (a − 3) · a'
    plan = Plan(hidden=(1,), activation=activation)
    found = gradient(plan, np.array([1.0, 0, 1, 0]), np.array([[x]]), np.array([3.0]), "regression")
    assert found[1] == pytest.approx(-6 * slope, abs=1e-7)


def test_the_slope_of_an_absolute_weight_is_0_in_its_kink():
    plan = Plan(hidden=(), l1=0.5)
    row, target = np.array([[0.0, 0.0, 0.0]]), np.array([0.0])
    slopes = gradient(plan, np.array([2.0, -2.0, 0.0, 1.0]), row, target, "regression")
    assert slopes.tolist() == [0.5, -0.5, 0.0, 2.0]  # the bias: 2 · (1 − 0), and no penalty


@pytest.mark.parametrize("z", [-700.0, -40.0, -1.0, -1e-8, 0.0, 1e-8, 0.3466, 0.5, 20.0, 700.0, 1e4])
def test_tanh_and_sigmoid_are_the_librarys_to_the_last_digits(z):
    row, nothing = np.array([[z / 100], [0.0]]), np.array([0.0, 0.0])
    for activation, reference in (("tanh", np.tanh), ("sigmoid", lambda v: 1 / (1 + np.exp(-max(v, -700))))):
        one = train(
            Plan(hidden=(1,), activation=activation, learning_rate=0, n_epochs=1),
            row, nothing, row, nothing, "regression", 1,
        )  # fmt: skip
        made = replace(one, parameters=np.array([[100, 0, 1, 0]], dtype=np.float32))
        assert outputs(made, row)[0, 0] == pytest.approx(reference(row[0, 0] * 100), abs=4e-16)


# -- losses and answers


def test_losses_are_scikit_learns_at_every_snapshot():
    for plan in (Plan(n_epochs=30, dropout=0.3), Plan(hidden=(7,), activation="relu", n_epochs=30)):
        one = trained(plan)
        for k in range(len(one.epochs)):
            shares = outputs(one, INPUTS, k)
            np.testing.assert_allclose(shares.sum(axis=1), 1)
            assert one.train_loss[k] == pytest.approx(log_loss(CLASSES[:60], shares[:60]), rel=1e-5)
            assert one.test_loss[k] == pytest.approx(log_loss(CLASSES[TEST], shares[TEST]), rel=1e-5)
        other = trained(plan, "regression")
        guesses = outputs(other, INPUTS)[:, 0]
        assert other.train_loss[-1] == pytest.approx(mean_squared_error(VALUES[:60], guesses[:60]), rel=1e-5)
        assert other.test_loss[-1] == pytest.approx(mean_squared_error(VALUES[TEST], guesses[TEST]), rel=1e-5)


def test_every_layer_follows_from_the_one_before():
    one = trained(Plan(hidden=(6, 3), n_epochs=20))
    first, second, shares = layers(one, INPUTS, 4)
    (w1, b1), (w2, b2), (w3, b3) = by_layer(one.parameters[4].astype(np.float64), one.layers)
    np.testing.assert_allclose(first, np.tanh(INPUTS @ w1.T + b1), atol=1e-12)
    np.testing.assert_allclose(second, np.tanh(first @ w2.T + b2), atol=1e-12)
    powers = np.exp(second @ w3.T + b3)
    np.testing.assert_allclose(shares, powers / powers.sum(axis=1, keepdims=True), atol=1e-12)
    np.testing.assert_array_equal(shares, outputs(one, INPUTS, 4))


def test_without_hidden_layers_it_is_softmax_regression():
    plan, at = Plan(hidden=(), l2=0.3), parameters_of(Plan(hidden=()), 3)
    ((weights, bias),) = by_layer(at, (2, 3))
    columns, ones = np.column_stack([weights, bias]), np.column_stack([INPUTS, np.ones(90)])
    loss, slopes = loss_and_gradient(columns, ones, np.eye(3)[CLASSES], 0.3)
    penalty = 0.3 / 2 * (weights**2).sum()
    assert mean_loss(plan, at, INPUTS, CLASSES, "classes", 3) + penalty == pytest.approx(loss, rel=1e-12)
    found = gradient(plan, at, INPUTS, CLASSES, "classes", 3)
    np.testing.assert_allclose(found, [*slopes[:, :2].ravel(), *slopes[:, 2]], atol=1e-14)


def test_without_hidden_layers_it_learns_the_weights_of_softmax_regression():
    reference = fit_softmax(INPUTS[:60], CLASSES[:60], 3, penalty=0.1)
    plan = Plan(hidden=(), batch_size=0, n_epochs=500, learning_rate=0.3, optimiser="momentum", l2=0.1)
    ((weights, bias),) = by_layer(trained(plan).parameters[-1], (2, 3))
    np.testing.assert_allclose(weights, reference.weights, atol=1e-5)
    np.testing.assert_allclose(bias - bias.mean(), reference.bias - reference.bias.mean(), atol=1e-5)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_neurons_that_start_alike_stay_alike(activation, optimiser):
    plan = Plan(hidden=(6, 5), activation=activation, optimiser=optimiser, start="zero", n_epochs=40)
    one = trained(plan)
    *hidden, _ = by_layer(one.parameters[-1], one.layers)
    for weights, bias in hidden:
        assert (weights == weights[0]).all()
        assert (bias == bias[0]).all()
    assert np.abs(one.parameters[-1]).max() > 0.01  # it did learn, if only through the biases


def test_it_learns_what_a_straight_line_cannot():
    circle = ((INPUTS**2).sum(axis=1) < 1.2).astype(np.int64)
    plan = Plan(hidden=(8,), learning_rate=0.1, n_epochs=400)
    one = train(plan, INPUTS, circle, INPUTS, circle, "classes", 2)
    assert (outputs(one, INPUTS).argmax(axis=1) == circle).mean() > 0.97
    flat = train(replace(plan, hidden=()), INPUTS, circle, INPUTS, circle, "classes", 2)
    assert (outputs(flat, INPUTS).argmax(axis=1) == circle).mean() < 0.8


# -- dropout, stopping, blowing up


def test_dropout_keeps_the_mean():
    # one full-batch step moves the output's bias by −2 · rate · mean(answer − 0); dropout leaves that mean
    # what it is, but for chance: over 4,000 rows its standard error is spread / √4000
    rows = np.random.default_rng(1).normal(0, 1, (4000, 2))
    nothing = np.zeros(4000)

    def mean_answer(dropout, seed):
        plan = Plan(hidden=(16,), activation="sigmoid", batch_size=0, n_epochs=1, dropout=dropout, seed=seed)
        one = train(plan, rows, nothing, rows, nothing, "regression", 1)
        return -one.parameters[-1, -1] / (2 * plan.learning_rate), outputs(one, rows, 0)

    for seed in range(5):
        with_dropout, answers = mean_answer(0.5, seed)
        without, _ = mean_answer(0.0, seed)
        assert without == pytest.approx(answers.mean(), abs=1e-5)
        assert with_dropout != without
        assert with_dropout == pytest.approx(without, abs=5 * (answers.std() + 1) / np.sqrt(4000))


def every_epoch(plan, task="classes"):
    return trained(plan, task, n_snapshots=plan.n_epochs + 1)


@pytest.mark.parametrize("patience", [1, 3, 10])
def test_patience_ends_it_when_the_test_loss_has_not_improved_for_so_long(patience):
    plan = Plan(hidden=(16, 16), learning_rate=0.3, n_epochs=300, seed=2)
    losses = every_epoch(plan).test_loss
    best_at = np.array([losses[1 : epoch + 1].argmin() + 1 for epoch in range(1, 301)])
    expected = next(epoch for epoch in range(1, 301) if epoch - best_at[epoch - 1] >= patience)
    one = trained(replace(plan, patience=patience))
    assert one.stopped == "patience"
    assert one.epochs[-1] == expected < 300
    assert one.test_loss[-1] == losses[expected]


def test_patience_that_is_never_tried_changes_nothing():
    plan = Plan(n_epochs=50, learning_rate=0.01)
    one = trained(replace(plan, patience=49))
    assert one.stopped == "end"
    np.testing.assert_array_equal(one.parameters, trained(plan).parameters)


@pytest.mark.parametrize("stop_at", [1, 2, 4])
def test_a_reader_who_stops_it_gets_what_was_reached(stop_at):
    plan = Plan(hidden=(16,), batch_size=1, n_epochs=500)
    told = []

    def go_on(share):  # asked first after 8 steps of an epoch's 60
        told.append(share)
        return len(told) < stop_at

    one = trained(plan, go_on=go_on)
    assert one.stopped == "reader"
    assert len(told) == stop_at
    assert told == sorted(told)
    assert 0 < told[0] <= told[-1] < 1
    reached = one.epochs[-1]
    assert 0 < reached < 500
    whole = every_epoch(plan)
    np.testing.assert_array_equal(one.parameters[-1], whole.parameters[reached])


def test_asking_the_reader_changes_no_bit():
    plan = Plan(hidden=(8,), n_epochs=300, dropout=0.2, optimiser="adam")
    asked = []
    assert same(trained(plan, go_on=lambda share: not asked.append(share)), trained(plan))
    assert asked


@pytest.mark.parametrize("activation", ["linear", "relu", "leaky relu"])
def test_a_rate_of_10_blows_up_and_every_number_stays_finite(activation):
    one = trained(Plan(activation=activation, learning_rate=10.0), "regression")
    assert one.diverged
    assert one.stopped == "diverged"
    assert one.epochs[-1] < 200
    check_finite(one)


def check_finite(one):
    k = len(one.epochs)
    assert one.epochs[0] == 0
    assert (np.diff(one.epochs) > 0).all()
    assert one.parameters.shape == (k, n_parameters(one.layers))
    assert one.train_loss.shape == one.test_loss.shape == (k,)
    for numbers in (one.parameters, one.train_loss, one.test_loss):
        assert np.isfinite(numbers).all()
    for said in layers(one, INPUTS):
        assert np.isfinite(said).all()


plans = st.builds(
    Plan,
    hidden=st.lists(st.integers(1, 12), max_size=6).map(tuple),
    activation=st.sampled_from(ACTIVATIONS),
    start=st.sampled_from(STARTS),
    optimiser=st.sampled_from(OPTIMISERS),
    learning_rate=st.sampled_from([0.0, 0.001, 0.03, 0.3, 1.0, 3.0, 10.0]),
    schedule=st.sampled_from(SCHEDULES),
    batch_size=st.integers(0, 100),
    n_epochs=st.integers(1, 60),
    l1=st.sampled_from([0.0, 0.01, 10.0]),
    l2=st.sampled_from([0.0, 0.01, 10.0]),
    dropout=st.sampled_from([0.0, 0.2, 0.8]),
    patience=st.integers(0, 20),
    seed=st.integers(0, 2**31 - 1),
)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(plans, st.sampled_from(list(ANSWERS)), st.integers(2, 60))
def test_any_plan_ends_with_finite_numbers_and_the_same_bits_again(plan, task, n_snapshots):
    one = trained(plan, task, n_snapshots=n_snapshots)
    check_finite(one)
    assert len(one.epochs) <= n_snapshots
    assert (one.stopped == "end") == (one.epochs[-1] == plan.n_epochs)
    assert same(one, trained(plan, task, n_snapshots=n_snapshots))


# -- same again


def test_another_seed_is_another_training():
    plan = Plan(n_epochs=5)
    assert not same(trained(plan), trained(replace(plan, seed=1)))


def test_a_batch_larger_than_the_data_is_all_of_it():
    whole = trained(Plan(batch_size=0))
    np.testing.assert_array_equal(trained(Plan(batch_size=60)).parameters, whole.parameters)
    np.testing.assert_array_equal(trained(Plan(batch_size=10_000)).parameters, whole.parameters)


def test_trainings_beside_each_other_do_not_disturb_each_other():
    plan = Plan(hidden=(8, 8), n_epochs=200, dropout=0.2)
    alone = [trained(replace(plan, seed=seed)) for seed in range(6)]
    beside = [None] * 6

    def work(seed):
        beside[seed] = trained(replace(plan, seed=seed))

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(same(one, other) for one, other in zip(alone, beside, strict=True))


def test_the_callers_arrays_are_neither_kept_nor_changed():
    inputs, classes = INPUTS[:60].copy(), CLASSES[:60].copy()
    inputs.setflags(write=False)
    one = train(Plan(n_epochs=3), inputs, classes, inputs, classes, "classes", 3)
    np.testing.assert_array_equal(inputs, INPUTS[:60])
    with pytest.raises(ValueError, match="read-only"):
        one.parameters[0, 0] = 1.0
    np.testing.assert_array_equal(
        outputs(one, INPUTS[::2]), outputs(one, np.asfortranarray(INPUTS[::2]).astype(np.float64))
    )


# -- nonsense


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"train_targets": CLASSES[:59]}, "give one for each row"),
        ({"train_inputs": INPUTS[:60, 0]}, "give one for each row"),
        ({"train_inputs": INPUTS[:0], "train_targets": CLASSES[:0]}, "give one for each row"),
        ({"test_inputs": INPUTS[TEST][:, :1]}, "different columns"),
        ({"n_outputs": 6}, "6 classes: 2 to 5"),
        ({"n_outputs": 2}, "whole numbers from 0 to 1"),
        ({"train_targets": VALUES[:60]}, "whole numbers from 0 to 2"),
        ({"task": "regression"}, "3 outputs: a regression guesses one value"),
        ({"train_inputs": np.full((60, 2), np.nan)}, "missing or beyond 10,000"),
        ({"test_inputs": np.full((30, 2), 1e6)}, "missing or beyond 10,000"),
        ({"n_snapshots": 1}, "keep 2 or more"),
    ],
)
def test_rows_that_do_not_fit_are_refused(changes, told):
    fitting = {
        "train_inputs": INPUTS[:60], "train_targets": CLASSES[:60], "test_inputs": INPUTS[TEST],
        "test_targets": CLASSES[TEST], "task": "classes", "n_outputs": 3,
    }  # fmt: skip
    with pytest.raises(ValueError, match=told):
        train(Plan(), **(fitting | changes))
