"""The measurement behind "Gradient by layer" and "Fading memory": its gradients, its draws, its table."""

import math

import pytest
import torch

from dl_core.fading_memory import FARTHEST, MEASURED, N_INPUTS, WIDTH, memory
from dl_core.gradient_by_layer import SPREADS, study
from dl_core.offline.gradient_by_layer import (
    LENGTH,
    SEQUENCES,
    by_distance,
    by_layer,
    examples,
    network,
    recurrent,
    sizes,
    spread_of,
)

INPUTS, LABELS = examples()


def test_the_gradient_at_the_sums_is_that_of_the_biases_one_example_at_a_time():
    few, right = INPUTS[:6], LABELS[:6]
    layers = network(3, "tanh", "he", seed=4)
    shares, _ = by_layer(layers, few, right)
    squares = torch.zeros(3, dtype=torch.float64)
    for one, label in zip(few, right, strict=True):
        layers.zero_grad()
        value = one
        for layer in layers:
            value = layer(value)
        torch.nn.functional.cross_entropy(value[None], label[None]).backward()
        squares += torch.stack([layers[place].bias.grad.square().mean() for place in (0, 2, 4)])
    by_bias = squares.sqrt()
    assert [share / shares[-1] for share in shares] == pytest.approx((by_bias / by_bias[-1]).tolist())


def test_the_share_agrees_with_central_differences():
    # one layer of ReLU: the loss by a sum and by an output, each nudged up and down
    layers = network(1, "relu", "he", seed=1)
    few, right = INPUTS[:3], LABELS[:3]
    (share,), _ = by_layer(layers, few, right)
    sums, step = layers[0](few).detach(), 1e-6

    def loss(values):
        return torch.nn.functional.cross_entropy(layers[-1](values), right).item()

    def slopes(before, through):
        found = torch.zeros_like(before)
        for place in torch.cartesian_prod(torch.arange(3), torch.arange(64)):
            nudge = torch.zeros_like(before)
            nudge[tuple(place)] = step
            found[tuple(place)] = (loss(through(before + nudge)) - loss(through(before - nudge))) / (2 * step)
        return found

    at_sums = slopes(sums, torch.relu)
    at_outputs = slopes(torch.relu(sums), lambda values: values)
    assert share == pytest.approx(float(sizes(at_sums) / sizes(at_outputs)), rel=1e-6)


@pytest.mark.parametrize("start", SPREADS)
def test_first_weights_are_spread_as_they_say(start):
    layers = network(2, "relu", start, seed=0)
    assert float(layers[0].weight.detach().std()) == pytest.approx(SPREADS[start], rel=0.04)
    assert not layers[0].bias.detach().any()
    again = network(2, "relu", start, seed=0)
    assert torch.equal(layers[2].weight, again[2].weight)
    assert not torch.equal(layers[0].weight, network(2, "relu", start, seed=1)[0].weight)


@pytest.mark.parametrize(
    ("activation", "start", "n_layers"), [("sigmoid", "xavier", 20), ("relu", "large", 6), ("none", "he", 1)]
)
def test_the_committed_table_comes_out_again(activation, start, n_layers):
    runs = [by_layer(network(n_layers, activation, start, seed), INPUTS, LABELS) for seed in range(15)]
    kept = study().networks[activation, start, n_layers]
    found = spread_of([run[0] for run in runs])
    for name in ("median", "low", "high"):
        logs = [math.log10(one) for one in getattr(kept, name)]
        assert found[name] == pytest.approx(logs, abs=0.002)
    assert spread_of([run[1] for run in runs])["median"] == pytest.approx(
        [math.log10(one) for one in kept.weights], abs=0.002
    )


def test_dependence_on_a_far_input_is_that_of_a_nudge():
    net = recurrent("tanh", 1.5, seed=2)
    sequences = torch.randn(FARTHEST + 1, 2, N_INPUTS, dtype=torch.float64)
    found, step = by_distance(net, sequences), 1e-6
    squares = []
    for back in (0, 3):
        total = 0.0
        for number in range(N_INPUTS):
            up, down = sequences.clone(), sequences.clone()
            up[-1 - back, :, number] += step
            down[-1 - back, :, number] -= step
            total += float(sizes((net(up)[0][-1] - net(down)[0][-1]) / (2 * step))) ** 2
        squares.append(total)
    assert found[0] == 1
    assert found[3] == pytest.approx(math.sqrt(squares[1] / squares[0]), rel=1e-6)


def test_the_gate_keeps_the_share_it_was_asked_for():
    # h' = (1 - z) · new + z · h: with no inputs and all other weights 0, new = tanh(0) = 0, so h' = z · h
    net = recurrent("gru", 0.9, seed=0)
    with torch.no_grad():
        for name, weight in net.named_parameters():
            if "weight" in name:
                weight.zero_()
        held = torch.ones(1, 1, WIDTH, dtype=torch.float64)
        kept = net(torch.zeros(1, 1, N_INPUTS, dtype=torch.float64), held)[0]
    assert kept.numpy() == pytest.approx(0.9)


def test_the_committed_memory_comes_out_again():
    runs = []
    for seed in range(5):
        net = recurrent("tanh", 1.0, seed)
        runs.append(by_distance(net, torch.randn(LENGTH, SEQUENCES, N_INPUTS, dtype=torch.float64)))
    kept = memory("tanh", MEASURED["tanh"][1])
    assert len(kept.median) == FARTHEST + 1
    for run in runs:  # five of the fifteen starts: none leaves the range of all
        for found, low, high in zip(run, kept.low, kept.high, strict=True):
            assert low * 0.995 <= found <= high * 1.005
    logs = [math.log10(one) for one in kept.median[:30]]
    assert spread_of(runs)["median"][:30] == pytest.approx(logs, abs=0.2)


def test_sizes_need_a_gradient():
    with pytest.raises(ValueError, match="call backward first"):
        sizes(None)
