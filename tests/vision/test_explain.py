"""Grad-CAM in closed form, against captum's gradients and against its own law."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from captum.attr import LayerGradCam
from PIL import Image

from dl_core.vision.explain import (
    evidence,
    overlay,
    patch_scores,
    rank_correlation,
)
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.predict import network_input, scores
from dl_core.vision.views import WayIn, view
from dl_core.vision.weights import shipped_network


def noise(width: int, height: int, seed: int = 0) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    return Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC)


@pytest.mark.parametrize("index", [0, 193])
def test_closed_form_equals_captums_gradients(index: int) -> None:
    network = ResidualNetwork(200)
    network.load_state_dict(shipped_like(network))
    network.eval()
    way = WayIn(("whole",), 64)
    look = view(noise(90, 70), "whole", way)
    by_gradient = LayerGradCam(network, network.stages[-1]).attribute(
        network_input(look[None]).requires_grad_(), target=index, relu_attributions=True
    )
    ours = np.maximum(patch_scores(network, look, index), 0)
    # captum averages gradients over the 4 x 4 patches; each gradient is the head's weight over 16
    np.testing.assert_allclose(ours / 16, by_gradient[0, 0].detach().numpy(), rtol=1e-4, atol=1e-5)
    assert ours.max() > 0


def shipped_like(network: ResidualNetwork) -> dict[str, torch.Tensor]:
    """Random weights in which every block does something (a fresh block changes nothing)."""
    generator = torch.Generator().manual_seed(3)
    state = network.state_dict()
    for name, value in state.items():
        if name.endswith("norm2.weight"):
            value.copy_(torch.rand(value.shape, generator=generator))
    return state


@pytest.mark.parametrize("mirrored", [False, True])
def test_patches_average_to_the_score(mirrored: bool) -> None:
    network, photo = shipped_network(), noise(64, 64)
    way = WayIn(("whole",), 64)
    look = view(photo, "whole", way)
    look = look[:, ::-1].copy() if mirrored else look
    bias = float(network.head.bias[7])
    expected = scores(network, Image.fromarray(look), way)[7]
    assert patch_scores(network, look, 7).mean() + bias == pytest.approx(expected, abs=1e-3)


def test_mirrored_photo_has_the_mirrored_map() -> None:
    network, photo = shipped_network(), noise(120, 60)
    way = WayIn(("whole", "centre"), 64, "bilinear", mirrored=True)
    once = evidence(network, photo, 3, way)
    other = evidence(network, photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT), 3, way)
    # views are rounded to whole pixel values, so the two agree closely, not exactly
    assert np.abs(once - other[:, ::-1]).max() < 0.1 * np.abs(once).max()


def test_sides_that_were_not_looked_at_add_nothing() -> None:
    found = evidence(shipped_network(), noise(120, 60), 3, WayIn(("centre",), 64))
    assert found.shape == (80, 160)
    assert not found[:, :40].any()
    assert not found[:, 120:].any()
    assert found[:, 41:119].any()


def test_rank_correlation_knows_order_only_and_shares_ties() -> None:
    a = np.array([[1, 2, 3, 4]], np.float32)
    assert rank_correlation(a, np.exp(a)) == pytest.approx(1)
    assert rank_correlation(a, -a) == pytest.approx(-1)
    # ranks 1 2 3 4 against 1.5 1.5 3.5 3.5: covariance 1, variances 1.25 and 1, 1 / sqrt(1.25) = 0.894427
    assert rank_correlation(a, np.array([[0, 0, 9, 9]], np.float32)) == pytest.approx(0.894427)
    assert rank_correlation(a, np.zeros_like(a)) == 0.0


def test_overlay_darkens_with_evidence_and_stays_at_the_scales_end() -> None:
    photo = np.full((1, 4, 3), 200, np.uint8)
    drawn = overlay(photo, np.array([[0, 5, 20, 500]], np.float32), scale=20.0)
    light = drawn.astype(int).sum(-1)[0]
    assert light[0] > light[1] > light[2] == light[3]
    assert len(set(drawn[0, 0])) == 1  # nothing: grey
