"""Three ways to ask: captum's own numbers, sums by hand, and what each must add up to."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients, Occlusion
from PIL import Image
from torch import nn

from dl_core.photos import sample_photo
from dl_core.vision import attribution
from dl_core.vision.attribution import (
    BOX,
    METHODS,
    STRIDE,
    Stopped,
    a_rather_than_b,
    fixed_to,
    grad_cam,
    in_cells,
    integrated_gradients,
    occlusion,
    read_scales,
)
from dl_core.vision.classes import label_of
from dl_core.vision.explain import evidence
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.placed import on_photo, places, seen_part, strongest
from dl_core.vision.predict import MEAN, STD, network_input
from dl_core.vision.views import WayIn, view
from dl_core.vision.weights import scrambled_network, shipped_network

GREY = round(255 * MEAN)  # the closest that a pixel comes to the average colour
ESPRESSO, TEAPOT = 193, 7  # any two classes


def on() -> None:
    """Nobody stops it."""


def noise(height: int = 64, width: int = 64, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def small_network() -> ResidualNetwork:
    torch.manual_seed(1)
    network = ResidualNetwork(4, widths=(6, 8), depths=(1, 1)).eval()
    for name, value in network.named_parameters():
        if name.endswith("norm2.weight"):  # a fresh block changes nothing
            nn.init.uniform_(value)
    return network.requires_grad_(False)


class Linear(nn.Module):
    """Score 0 is the sum of weights · pixels; score 1 its opposite."""

    def __init__(self, weights: np.ndarray) -> None:
        super().__init__()
        self.weights = torch.tensor(weights, dtype=torch.float32)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        score = (x * self.weights).sum((1, 2, 3))
        return torch.stack([score, -score], 1)


@pytest.mark.parametrize("shape", [(64, 64), (52, 78), (16, 24)])
def test_occlusion_is_captums(shape: tuple[int, int]) -> None:
    network, look = small_network(), noise(*shape)
    theirs = Occlusion(network).attribute(
        network_input(look[None]), (3, BOX, BOX), (3, STRIDE, STRIDE), baselines=0, target=2
    )[0]
    assert torch.equal(theirs[0], theirs[2])  # a box covers all three colours at once
    ours = occlusion(network, look, 2, on)
    size = (-(-shape[1] // STRIDE), -(-shape[0] // STRIDE))
    expected = Image.fromarray(theirs[0].numpy().astype(np.float32)).resize(size, Image.Resampling.BOX)
    np.testing.assert_allclose(ours, np.asarray(expected), rtol=1e-4, atol=1e-5)
    assert np.ptp(ours) > 0


def test_occlusion_by_hand() -> None:
    """16 × 24 white pixels: two boxes, at 0 and 8. Weight 1 in the left 8 columns, −2 in the right 8.

    White is worth (1 − 0.45) / 0.27 = 2.0370 a channel. The left box loses 16 · 8 · 3 · 2.0370 = 782.2, the
    right box 16 · 8 · 3 · −2 · 2.0370 = −1564.4; the middle is covered by both: −391.1.
    """
    weights = np.zeros((3, 16, 24))
    weights[:, :, :8], weights[:, :, 16:] = 1, -2
    white = np.full((16, 24, 3), 255, np.uint8)
    found = occlusion(Linear(weights), white, 0, on)
    np.testing.assert_allclose(found, [[782.222, -391.111, -1564.444]] * 2, rtol=1e-4)
    np.testing.assert_allclose(occlusion(Linear(weights), white, 1, on), -found, rtol=1e-4)


def test_integrated_gradients_of_a_linear_score_are_its_summands() -> None:
    weights = np.random.default_rng(0).normal(size=(3, 16, 24))
    look = noise(16, 24)
    summands = (weights * (look.transpose(2, 0, 1) / 255 - MEAN) / STD).sum(0)
    by_hand = summands.reshape(4, 4, 6, 4).sum((1, 3))
    np.testing.assert_allclose(
        integrated_gradients(Linear(weights), look, 0, on), by_hand, rtol=1e-3, atol=1e-3
    )
    np.testing.assert_allclose(
        integrated_gradients(Linear(weights), look, 1, on), -by_hand, rtol=1e-3, atol=1e-3
    )


def test_integrated_gradients_are_captums_in_one_go() -> None:
    network, look = small_network(), noise()
    theirs = IntegratedGradients(network).attribute(network_input(look[None]), 0.0, 1, n_steps=32)[0].sum(0)
    np.testing.assert_allclose(
        integrated_gradients(network, look, 1, on), in_cells(theirs.detach().numpy()), rtol=1e-3, atol=1e-5
    )


@pytest.mark.parametrize(("key", "label"), [("coffee", "espresso"), ("cat", "Egyptian cat")])
def test_maps_add_up_to_the_score(key: str, label: str) -> None:
    network, index = shipped_network(), label_of(label)
    look = view(sample_photo(key).image, "centre", WayIn())
    score, of_grey = scores_of(network, look, index)
    bias = float(network.head.bias[index])
    assert grad_cam(network, look, index, on).sum() + bias == pytest.approx(score, abs=1e-3)
    assert integrated_gradients(network, look, index, on).sum() == pytest.approx(score - of_grey, rel=0.1)


def test_with_many_slopes_nothing_of_the_score_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    network, look = small_network(), noise()
    score, of_grey = scores_of(network, look, 1)
    monkeypatch.setattr(attribution, "N_STEPS", 400)
    monkeypatch.setattr(attribution, "AT_ONCE", 100)
    found = integrated_gradients(network, look, 1, on).sum()
    assert abs(score - of_grey) > 0.05
    assert found == pytest.approx(score - of_grey, rel=0.01)


def scores_of(network: nn.Module, look: np.ndarray, index: int) -> list[float]:
    """Of the view, and of the average grey."""
    with torch.inference_mode():
        x = network_input(look[None])
        return [float(network(one)[0, index]) for one in (x, 0 * x)]


def test_a_rather_than_b_adds_up_to_the_difference_of_the_scores() -> None:
    network, look = shipped_network(), noise()
    with torch.inference_mode():
        found = network(network_input(look[None]))[0]
    biases = float(network.head.bias[ESPRESSO] - network.head.bias[TEAPOT])
    between = a_rather_than_b(network, look, ESPRESSO, TEAPOT)
    assert between.sum() + biases == pytest.approx(float(found[ESPRESSO] - found[TEAPOT]), abs=1e-3)
    each = [grad_cam(network, look, index, on) for index in (ESPRESSO, TEAPOT)]
    np.testing.assert_allclose(between, each[0] - each[1], atol=1e-5)
    np.testing.assert_allclose(a_rather_than_b(network, look, TEAPOT, ESPRESSO), -between, atol=1e-5)


def test_a_photo_of_the_average_grey_has_nothing_to_lose() -> None:
    network, flat = shipped_network(), np.full((64, 64, 3), GREY, np.uint8)
    assert np.abs(integrated_gradients(network, flat, 3, on)).max() < 0.01
    assert np.abs(occlusion(network, flat, 3, on)).max() < 0.05
    assert np.isfinite(grad_cam(network, flat, 3, on)).all()


def test_nobody_touches_the_shared_network() -> None:
    network = shipped_network()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    for method in METHODS.values():
        method(network, noise(), 3, on)
    assert all(torch.equal(before[name], value) for name, value in network.state_dict().items())
    assert all(value.grad is None and not value.requires_grad for value in network.parameters())
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in network.modules())


def test_the_control_stays_what_it_was_on_its_photo_and_is_alone_with_each_picture() -> None:
    control, look, other = scrambled_network(0), noise(), noise(seed=1)
    fixed = fixed_to(control, look)
    with torch.inference_mode():
        x, both = network_input(look[None]), network_input(np.stack([look, other]))
        np.testing.assert_allclose(fixed(x), control(x), atol=1e-4)
        # the control itself mixes what comes together; the fixed one does not
        assert float((control(both)[0] - control(x)[0]).abs().max()) > 0.01
        np.testing.assert_allclose(fixed(both)[0], control(x)[0], atol=1e-4)
    norms = [module for module in control.modules() if isinstance(module, nn.BatchNorm2d)]
    assert all(norm.running_mean is None and not norm.track_running_stats for norm in norms)
    assert not any(module._forward_pre_hooks for module in control.modules())


def test_a_control_of_a_flat_photo_is_still_a_number() -> None:
    flat = np.full((64, 64, 3), 200, np.uint8)
    with torch.inference_mode():
        assert fixed_to(scrambled_network(0), flat)(network_input(flat[None])).isfinite().all()


@pytest.mark.parametrize("name", METHODS)
def test_every_method_can_be_stopped(name: str) -> None:
    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        METHODS[name](small_network(), noise(), 0, stop)


def test_mirrored_views_are_turned_back_before_they_are_averaged() -> None:
    photo = Image.fromarray(
        np.hstack([np.full((40, 20, 3), 0, np.uint8), np.full((40, 20, 3), 255, np.uint8)])
    )
    bright = on_photo(
        lambda look: look.mean(2, dtype=np.float32), photo, WayIn(("centre",), 64, mirrored=True)
    )
    assert bright[:, :70].max() == 0
    assert bright[:, 90:].min() == 255


def test_only_what_is_looked_at_is_shown() -> None:
    pixels = noise(60, 100)
    pixels[:, 20:80] = 128
    way = WayIn(("centre",))
    assert (seen_part(Image.fromarray(pixels), way) == 128).all()
    assert seen_part(Image.fromarray(pixels), WayIn(("whole", "centre"))).shape == (96, 160, 3)
    assert on_photo(lambda look: look[..., 0].astype(np.float32), Image.fromarray(pixels), way).shape == (
        160,
        160,
    )


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (400, 3)])
def test_odd_photos_have_maps(size: tuple[int, int]) -> None:
    photo, way = Image.new("RGB", size, (200, 40, 40)), WayIn(("centre",), 64, mirrored=True)
    found = on_photo(lambda look: grad_cam(shipped_network(), look, 3, on), photo, way)
    assert found.shape == seen_part(photo, way).shape[:2]
    assert np.isfinite(found).all()


def test_grad_cam_on_a_square_photo_is_the_former_heat_map_per_patch() -> None:
    photo, way = Image.fromarray(noise(80, 80)), WayIn(("centre",), 64, mirrored=True)
    ours = on_photo(lambda look: grad_cam(shipped_network(), look, 3, on), photo, way)
    np.testing.assert_allclose(ours, evidence(shipped_network(), photo, 3, way) / 16, atol=1e-5)


def test_places_and_where() -> None:
    found = np.zeros((160, 160), np.float32)
    found[:40, 120:] = 7
    assert places(found)[0].tolist() == [0, 0, 0, 7]
    assert strongest(found) == "upper right"
    assert strongest(np.pad(np.ones((1, 1), np.float32), 1)) == "centre"


def test_scales_were_measured_for_every_method() -> None:
    scales = read_scales()
    assert set(scales.ends) == {*METHODS, "A against B"}
    assert all(end > 0 for end in scales.ends.values())
    assert 0 < scales.luck < 1
    assert scales.n == 200
