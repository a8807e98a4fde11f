"""Step for step against PyTorch: the same start, the same batches, the same weights after 100 steps."""

import itertools

import numpy as np
import pytest
import torch

from dl_core.mlp.engine import epoch_order, train
from dl_core.mlp.plan import ACTIVATIONS, OPTIMISERS, Plan, by_layer, learning_rates, widths

RNG = np.random.default_rng(5)
N_ROWS, N_EPOCHS, BATCH = 48, 20, 10  # five steps an epoch, the last of eight rows: 100 steps
INPUTS = RNG.normal(0, 1, (N_ROWS, 3))
CLASSES = (INPUTS @ RNG.normal(0, 1, (3, 3)) + RNG.normal(0, 0.5, (N_ROWS, 3))).argmax(axis=1)
VALUES = np.sin(INPUTS[:, 0]) + INPUTS[:, 1] * INPUTS[:, 2]
ANSWERS = {"classes": (CLASSES, 3), "regression": (VALUES, 1)}
RATES = {"sgd": 0.1, "momentum": 0.02, "adam": 0.01}
ACTIVATE = {
    "linear": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky relu": torch.nn.functional.leaky_relu,
}
STEP = {
    "sgd": torch.optim.SGD,
    "momentum": lambda groups, lr: torch.optim.SGD(groups, lr=lr, momentum=0.9),
    "adam": torch.optim.Adam,
}
MASK = 2**64 - 1


def ours(plan, task):
    targets, n_outputs = ANSWERS[task]
    return train(plan, INPUTS, targets, INPUTS[:9], targets[:9], task, n_outputs)


def kept(plan, step, n_rows, layer):
    """What dropout multiplies a hidden layer with, drawn again as `_chance` documents it."""
    layers = widths(plan, 3, 3)
    state = draw(draw(plan.seed, 1), step)
    factors = np.zeros((n_rows, layers[layer]))
    for row, neuron in itertools.product(range(n_rows), range(layers[layer])):
        bits = draw(state, (row * len(layers) + layer) * max(layers) + neuron)
        factors[row, neuron] = (bits >> 11) / 2**53 >= plan.dropout
    return torch.tensor(factors / (1 - plan.dropout))


def draw(state, k):
    """SplitMix64 in whole numbers of any size."""
    bits = (state + (k + 1) * 0x9E3779B97F4A7C15) & MASK
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB & MASK
    return bits ^ (bits >> 31)


def torchs(plan, task, start):
    """The flat parameters that PyTorch comes to."""
    targets, n_outputs = ANSWERS[task]
    cut = by_layer(start, widths(plan, 3, n_outputs))
    weights = [torch.tensor(one, requires_grad=True) for one, _ in cut]
    biases = [torch.tensor(one, requires_grad=True) for _, one in cut]
    groups = [{"params": weights, "weight_decay": plan.l2}, {"params": biases}]
    optimiser = STEP[plan.optimiser](groups, lr=plan.learning_rate)
    inputs, wanted, step = torch.tensor(INPUTS), torch.tensor(targets), 0
    loss_of = torch.nn.CrossEntropyLoss() if task == "classes" else torch.nn.MSELoss()
    for epoch in range(plan.n_epochs):
        for group in optimiser.param_groups:
            group["lr"] = float(learning_rates(plan)[epoch])
        for rows in torch.split(torch.tensor(epoch_order(plan, N_ROWS, epoch)), plan.batch_size or N_ROWS):
            said = inputs[rows]
            for layer, (weight, bias) in enumerate(zip(weights, biases, strict=True), 1):
                said = torch.nn.functional.linear(said, weight, bias)
                if layer < len(weights):
                    said = ACTIVATE[plan.activation](said)
                    if plan.dropout:
                        said = said * kept(plan, step, len(rows), layer)
            optimiser.zero_grad()
            loss = loss_of(said if task == "classes" else said[:, 0], wanted[rows])
            (loss + plan.l1 * sum(weight.abs().sum() for weight in weights)).backward()
            optimiser.step()
            step += 1
    return torch.cat([part.detach().flatten() for pair in zip(weights, biases, strict=True) for part in pair])


def plan_of(**choices):
    rate = RATES[choices.get("optimiser", "sgd")]
    return Plan(
        **{"hidden": (6, 5), "learning_rate": rate, "batch_size": BATCH, "n_epochs": N_EPOCHS} | choices
    )


def check(plan, task):
    trained = ours(plan, task)
    start, end = trained.parameters[0].astype(np.float64), trained.parameters[-1]
    assert trained.stopped == "end"
    moved = np.abs(end - start)
    assert np.median(moved) > 1e-3  # somewhere else than where it began
    np.testing.assert_allclose(end, torchs(plan, task, start).numpy(), atol=1e-6)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("task", ANSWERS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_hundred_steps_end_where_pytorch_ends(activation, task, optimiser):
    check(plan_of(activation=activation, optimiser=optimiser), task)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("task", ANSWERS)
@pytest.mark.parametrize("penalty", [{"l1": 0.02}, {"l2": 0.05}, {"l1": 0.01, "l2": 0.03}])
def test_so_they_do_with_a_penalty(penalty, task, optimiser):
    check(plan_of(optimiser=optimiser, **penalty), task)


@pytest.mark.parametrize(
    "choices",
    [
        {"schedule": "steps"},
        {"schedule": "cosine", "optimiser": "adam"},
        {"hidden": ()},
        {"hidden": (8, 8, 8, 8, 8, 8), "start": "he", "activation": "relu"},
        {"hidden": (32, 1, 7)},
        {"batch_size": 1, "n_epochs": 3},
        {"batch_size": 0, "n_epochs": 100},
        {"batch_size": 17, "n_epochs": 34, "optimiser": "momentum", "schedule": "steps"},
        {"seed": 9},
    ],
    ids=str,
)
@pytest.mark.parametrize("task", ANSWERS)
def test_so_they_do_with_other_plans(choices, task):
    check(plan_of(**choices), task)


@pytest.mark.parametrize("dropout", [0.2, 0.5])
def test_so_they_do_with_the_same_neurons_dropped(dropout):
    check(plan_of(dropout=dropout, activation="relu", start="he"), "classes")


def test_a_batch_larger_than_what_is_worked_on_at_once_is_one_batch():
    inputs, values = np.tile(INPUTS, (5, 1)), np.tile(VALUES, 5)  # 240 rows, worked on 64 at a time
    plan = plan_of(batch_size=0, n_epochs=100)
    many = train(plan, inputs, values, INPUTS, VALUES, "regression", 1)
    once = ours(plan, "regression")  # five times the same rows have the same mean loss
    np.testing.assert_allclose(many.parameters[-1], once.parameters[-1], atol=1e-6)


def test_the_draws_are_the_published_ones():
    # SplitMix64 from 1234567, as in the test vectors that accompany its public code
    assert [draw(1234567, k) for k in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


@pytest.mark.parametrize(("seed", "epoch"), [(0, 0), (3, 17), (2**31 - 1, 1999)])
def test_the_order_of_an_epoch_is_the_documented_shuffle(seed, epoch):
    state = draw(draw(seed, 0), epoch)
    order = list(range(100))
    for last in range(99, 0, -1):
        other = (draw(state, last) >> 32) * (last + 1) >> 32
        order[last], order[other] = order[other], order[last]
    assert epoch_order(Plan(seed=seed), 100, epoch).tolist() == order


def test_every_row_comes_once_and_any_place_is_as_likely():
    orders = np.array([epoch_order(Plan(seed=7), 10, epoch) for epoch in range(1500)])
    assert (np.sort(orders, axis=1) == np.arange(10)).all()
    counts = np.array([(orders == row).sum(axis=0) for row in range(10)])  # (row, place), 150 each expected
    chi_square = ((counts - 150) ** 2 / 150).sum()
    assert 40 < chi_square < 135  # 81 degrees of freedom: mean 81, standard deviation 12.7
