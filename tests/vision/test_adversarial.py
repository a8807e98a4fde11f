"""The strongest tiny change: within its limits, by hand on a linear model, and the network left as it was."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
import torch
from torch import nn

from dl_core.photos import sample_photo
from dl_core.vision.adversarial import log_odds, random_change, slope_of_log_odds, strongest_change
from dl_core.vision.calibration import probabilities
from dl_core.vision.centre_view import answers, centre_view
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.predict import MEAN, STD, class_probabilities
from dl_core.vision.views import Pixels
from dl_core.vision.weights import shipped_network

STRENGTHS = (1, 3, 8)


def noise(side: int = 64, seed: int = 0) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)


class Linear(nn.Module):
    """Two classes; the weights of the first are ±1 by a checkerboard, those of the second are 0."""

    def __init__(self, side: int) -> None:
        super().__init__()
        rows, columns = np.indices((side, side))
        self.signs = torch.tensor(1 - 2 * ((rows + columns) % 2)).float()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.stack([(x * self.signs).sum(dim=(1, 2, 3)), torch.zeros(len(x))], dim=1)


def digest(network: nn.Module) -> str:
    found = hashlib.sha256()
    for name, value in network.state_dict().items():
        found.update(name.encode() + value.contiguous().numpy().tobytes())
    return found.hexdigest()


@pytest.mark.parametrize("toward", [False, True])
def test_on_a_linear_model_every_pixel_moves_by_the_whole_strength_against_its_weight(toward: bool) -> None:
    """Fast gradient sign: the slope of the log-odds is the weight, so the change is ± strength · sign."""
    look = np.full((4, 4, 3), 100, np.uint8)
    network = Linear(4)
    found = strongest_change(network, look, 0, STRENGTHS, toward=toward, mirrored=False)
    signs = network.signs.numpy()[..., None] * (1 if toward else -1)
    for one, strength in zip(found, STRENGTHS, strict=True):
        np.testing.assert_array_equal(one, np.broadcast_to(100 + strength * signs, (4, 4, 3)))


def test_at_the_ends_of_the_scale_a_pixel_stays_on_the_scale() -> None:
    for value in (0, 255):
        look = np.full((4, 4, 3), value, np.uint8)
        found = strongest_change(Linear(4), look, 0, (8,), mirrored=False)[0].astype(int)
        assert set(np.unique(found)) == {value, abs(value - 8)}


def test_the_slope_is_the_change_by_central_differences() -> None:
    network = ResidualNetwork(5, widths=(4, 6), depths=(1, 1)).double().eval()
    for block in network.modules():
        if isinstance(block, nn.BatchNorm2d):
            nn.init.uniform_(block.weight, 0.5, 1.5)
    pixels = torch.tensor(noise(16, 1)).permute(2, 0, 1)[None].double()

    def odds(at: torch.Tensor) -> float:
        with torch.no_grad():
            x = (at / 255 - MEAN) / STD
            return float(log_odds((network(x) + network(x.flip(3))) / 2 / 0.8, 2))

    slope = slope_of_log_odds(network, pixels, 2, mirrored=True, temperature=0.8)
    for place in ((0, 0, 3, 4), (0, 1, 10, 15), (0, 2, 7, 0)):
        step = torch.zeros_like(pixels)
        step[place] = 1e-3  # short enough to cross no kink here
        by_differences = (odds(pixels + step) - odds(pixels - step)) / 2e-3
        assert float(slope[place]) == pytest.approx(by_differences, rel=1e-4, abs=1e-9)
    assert float(slope.abs().max()) > 0


def test_log_odds_are_those_of_the_probability() -> None:
    scores = torch.tensor(np.random.default_rng(2).normal(0, 3, (4, 7)))
    p = probabilities(scores.numpy())[:, 3]
    np.testing.assert_allclose(log_odds(scores, 3).numpy(), np.log(p / (1 - p)), rtol=1e-9)


@pytest.mark.parametrize("toward", [False, True])
def test_no_pixel_moves_farther_than_agreed(toward: bool) -> None:
    look = noise()
    found = strongest_change(shipped_network(), look, 7, STRENGTHS, toward=toward)
    assert found.dtype == np.uint8
    assert found.shape == (3, 64, 64, 3)
    for one, strength in zip(found, STRENGTHS, strict=True):
        assert abs(one.astype(int) - look).max() == strength


def test_strength_0_is_the_picture() -> None:
    look = noise()
    np.testing.assert_array_equal(strongest_change(shipped_network(), look, 7, (0,))[0], look)
    np.testing.assert_array_equal(random_change(look, (0,), seed=4)[0], look)


def test_the_attack_moves_the_answer_more_than_noise_of_its_size() -> None:
    look = centre_view(sample_photo("cat").image)
    first = int(class_probabilities(sample_photo("cat").image).argmax())
    start, attacked, shaken = answers(
        np.stack(
            [
                look,
                strongest_change(shipped_network(), look, first, (2,))[0],
                random_change(look, (2,), seed=0)[0],
            ]
        )
    )[:, first]
    assert attacked < 0.1 * start
    assert abs(shaken - start) < 0.5 * start


def test_the_shared_network_stays_as_it_was() -> None:
    network = shipped_network()
    before = digest(network)
    strongest_change(network, noise(), 3, (4,))
    assert digest(network) == before
    assert all(one.grad is None and not one.requires_grad for one in network.parameters())
    assert not any(module._forward_hooks or module._backward_hooks for module in network.modules())


def test_the_picture_given_is_not_changed_and_the_same_comes_back_each_time() -> None:
    look = noise()
    before = look.copy()
    once, again = (strongest_change(shipped_network(), look, 3, (4,)) for _ in range(2))
    np.testing.assert_array_equal(look, before)
    np.testing.assert_array_equal(once, again)
    np.testing.assert_array_equal(random_change(look, (4,), 1), random_change(look, (4,), 1))
    assert (random_change(look, (4,), 1) != random_change(look, (4,), 2)).any()


def test_it_works_in_a_thread_that_does_not_learn() -> None:
    with torch.no_grad():
        found = strongest_change(Linear(4), np.full((4, 4, 3), 100, np.uint8), 0, (2,), mirrored=False)
    assert set(np.unique(found)) == {98, 102}


def test_it_can_be_stopped_and_keeps_its_limits() -> None:
    shares: list[float] = []
    look = noise()
    found = strongest_change(
        shipped_network(), look, 3, (4,), go_on=lambda share: shares.append(share) or False
    )
    assert shares == [0.2]
    assert abs(found[0].astype(int) - look).max() == 2  # one step of half the strength


def test_noise_is_as_large_at_every_pixel() -> None:
    look = np.full((8, 8, 3), 100, np.uint8)
    found = random_change(look, (0, 1, 6), seed=0).astype(int) - 100
    assert [abs(one).min() for one in found] == [abs(one).max() for one in found] == [0, 1, 6]
    np.testing.assert_array_equal(found[2], 6 * found[1])


@pytest.mark.parametrize("strength", [-1, 17, 64])
def test_a_change_that_is_not_tiny_is_refused(strength: int) -> None:
    with pytest.raises(ValueError, match="choose 0 to 16"):
        strongest_change(Linear(4), np.zeros((4, 4, 3), np.uint8), 0, (strength,))
