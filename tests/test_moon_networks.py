import numpy as np
import pytest
import torch

from dl_core import moon_networks
from dl_core.moon_networks import Layer, Network, moons, multiplied_out, n_numbers, train

SHAPES = [(4, 2), (4, 4), (1, 4)]


def drawn(seed):
    """Three layers with random numbers in one row, as training keeps them."""
    flat = np.random.default_rng(seed).normal(0, 1, sum(m * n + m for m, n in SHAPES))
    return flat, moon_networks._views(flat, SHAPES)


def loss(layers, points, labels, bends):
    scores = Network(layers, bends).scores(points)
    decay = 0.5 * moon_networks.DECAY * sum((layer.weights**2).sum() for layer in layers)
    return float(np.mean(np.logaddexp(0, scores) - labels * scores)) + decay


@pytest.mark.parametrize("bends", [True, False])
def test_all_slopes_agree_with_central_differences(bends):
    points, labels = moons(40, seed=3)
    flat, layers = drawn(0)
    slopes = np.zeros_like(flat)
    moon_networks._slopes(layers, moon_networks._views(slopes, SHAPES), points, labels, bends)
    for place in range(len(flat)):
        kept = flat[place]
        flat[place] = kept + 1e-6
        after = loss(layers, points, labels, bends)
        flat[place] = kept - 1e-6
        before = loss(layers, points, labels, bends)
        flat[place] = kept
        assert slopes[place] == pytest.approx((after - before) / 2e-6, abs=1e-7)


def test_scores_are_torchs():
    points, _ = moons(20, seed=4)
    _, layers = drawn(1)
    parts = []
    for layer in layers:
        linear = torch.nn.Linear(layer.weights.shape[1], layer.weights.shape[0], dtype=torch.float64)
        linear.weight.data, linear.bias.data = torch.tensor(layer.weights), torch.tensor(layer.bias)
        parts += [linear, torch.nn.ReLU()]
    with torch.no_grad():
        expected = torch.nn.Sequential(*parts[:-1])(torch.tensor(points))[:, 0].numpy()
    assert Network(layers, bends=True).scores(points) == pytest.approx(expected, abs=1e-12)


def test_two_layers_multiply_out_as_by_hand():
    # (1 2; 3 4) after (0 1; 1 0): rows swap columns, 2 1 and 4 3; bias 1·5 + 2·6 + 7 = 24, 3·5 + 4·6 + 8 = 47
    first = Layer(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([5.0, 6.0]))
    second = Layer(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([7.0, 8.0]))
    both = multiplied_out((first, second))[-1]
    assert both.weights.tolist() == [[2, 1], [4, 3]]
    assert both.bias.tolist() == [24, 47]


@pytest.mark.parametrize("seed", range(5))
def test_layers_without_activation_are_one_layer_number_for_number(seed):
    points, _ = moons(50, seed=seed)
    _, layers = drawn(seed)
    plain = Network(layers, bends=False).scores(points)
    alone = Network(multiplied_out(layers)[-1:], bends=False).scores(points)
    assert alone == pytest.approx(plain, abs=1e-10)
    assert Network(layers, bends=True).scores(points) != pytest.approx(plain, abs=0.1)


def test_a_networks_numbers_are_counted():
    # P4: 784 · 30 + 30 + 30 · 10 + 10 = 23,860; 784 · 128 + 128 + 1,290 = 101,770; 784 · 10 + 10 = 7,850
    assert (n_numbers(784, 30, 10), n_numbers(784, 128, 10), n_numbers(784, 10)) == (23_860, 101_770, 7_850)
    assert train(3, bends=True).n_numbers == n_numbers(2, 4, 4, 1)


def test_the_moons_are_two_half_circles_of_radius_1():
    points, labels = moons(400, seed=5)
    upper, lower = points[labels == 1], points[labels == 0]
    assert np.linalg.norm(upper, axis=1).mean() == pytest.approx(1, abs=0.05)
    assert np.linalg.norm(lower - [1, 0.5], axis=1).mean() == pytest.approx(1, abs=0.05)
    assert upper[:, 1].min() > -0.5
    assert lower[:, 1].max() < 1


def test_training_repeats_itself_and_rounds_every_number_to_one_decimal():
    one, same = train(2, bends=True), train(2, bends=True)
    for layer, again in zip(one.layers, same.layers, strict=True):
        assert (layer.weights == again.weights).all()
        assert layer.weights == pytest.approx(layer.weights.round(1), abs=1e-12)


def test_most_starts_of_the_smallest_network_never_find_the_bend():
    """The page says so; ours is one that does."""
    points, labels = moons(moon_networks.N_SEEN, seed=1)

    def bend_found(start):
        return bool((((train(2, bends=True, start=start).scores(points)) > 0) == (labels == 1)).all())

    found = [bend_found(start) for start in range(10)]
    assert found[moon_networks.START]
    assert sum(found) < 5
