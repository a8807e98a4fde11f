"""Filters switched off without touching the network, against hooks in a copy of it."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np
import pytest
import torch
from PIL import Image

from dl_core.vision.ablation import BATCH, LAST, LAYERS, Maps, maps_of, scores_without, scores_without_each
from dl_core.vision.network import DEPTHS, WIDTHS, ResidualNetwork
from dl_core.vision.predict import network_input, scores
from dl_core.vision.views import WayIn, views
from dl_core.vision.weights import shipped_network

MIRRORED = WayIn(("centre",), 64, "area", mirrored=True)
TWO_SHAPES = WayIn(("centre", "own shape"), 64, "area")  # views that do not fit into one stack
every_layer = pytest.mark.parametrize("layer", LAYERS)


def noise(width: int, height: int, seed: int = 0) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    return Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC)


@pytest.fixture(scope="module")
def random_network() -> ResidualNetwork:
    """Random weights in which every block does something (a fresh block changes nothing)."""
    generator = torch.Generator().manual_seed(5)
    network = ResidualNetwork(200)
    for name, value in network.state_dict().items():
        if value.ndim > 1:
            spread = (2 / value[0].numel()) ** 0.5  # sums stay as large as what comes in
            value.copy_(spread * torch.randn(value.shape, generator=generator))
        elif value.is_floating_point() and value.ndim:
            # what normalisation multiplies by stays near 1; what is added stays small
            wide = name.endswith(("var", "norm1.weight", "norm2.weight", "norm.weight", "stem.1.weight"))
            wide = wide or name == "stem.4.weight"
            drawn = torch.rand(value.shape, generator=generator)
            value.copy_(drawn + 0.5 if wide else 0.2 * drawn - 0.1)
    return network.eval()


def hooked(network: ResidualNetwork, photo: Image.Image, layer: str, off: Sequence[int], way: WayIn):
    """The referee: a hook in a deep copy sets the maps to zero where the layer's ReLU gives them."""
    network = copy.deepcopy(network)
    relus = {"first": network.stem[2], "second": network.stem[5]}
    stages = {f"stage{i + 1}": stage for i, stage in enumerate(network.stages)}

    def zero(module: object, given: object, found: torch.Tensor) -> torch.Tensor:
        found = found.clone()
        found[:, list(off)] = 0
        return found

    {**relus, **stages}[layer].register_forward_hook(zero)
    with torch.inference_mode():
        each = [network(network_input(look[None]))[0] for look in views(photo, way)]
    return torch.stack(each).mean(0).numpy()


@every_layer
@pytest.mark.parametrize(("which", "seed"), [("shipped", 0), ("random", 1)])
def test_off_equals_a_hook_in_a_copy(layer: str, which: str, seed: int, random_network) -> None:
    network = shipped_network() if which == "shipped" else random_network
    photo = noise(90, 70, seed)
    off = np.random.default_rng(seed).choice(LAYERS[layer].n_filters, 3, replace=False).tolist()
    maps = maps_of(network, photo, layer, MIRRORED)
    ours = scores_without(network, maps, [off, off[:1]])
    for row, chosen in zip(ours, (off, off[:1]), strict=True):
        expected = hooked(network, photo, layer, chosen, MIRRORED)
        error = np.abs(row - expected).max()
        assert error < 1e-4
    # what switching off does is far larger than any error, so agreeing is no accident
    assert np.abs(ours[0] - maps.scores).max() > 0.01


@every_layer
def test_every_filter_alone_equals_a_hook_in_a_copy(layer: str, random_network) -> None:
    photo = noise(64, 64, 4)
    maps = maps_of(random_network, photo, layer, MIRRORED)
    pieces = list(scores_without_each(random_network, maps))
    places = [place for piece, _ in pieces for place in piece]
    found = np.concatenate([piece for _, piece in pieces])
    assert places == list(range(LAYERS[layer].n_filters))
    assert found.shape == (LAYERS[layer].n_filters, 200)
    for place in (0, 7, places[-1]):
        expected = hooked(random_network, photo, layer, [place], MIRRORED)
        np.testing.assert_allclose(found[place], expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_after_the_last_stage_the_closed_form_equals_the_run(seed: int) -> None:
    network = shipped_network()
    maps = maps_of(network, noise(80, 60, seed), LAST, MIRRORED)
    [(places, closed)] = scores_without_each(network, maps)
    run = scores_without(network, maps, [(place,) for place in places])
    np.testing.assert_allclose(closed, run, atol=1e-4)
    assert np.abs(closed - maps.scores).max() > 0.1


@every_layer
@pytest.mark.parametrize("way", [MIRRORED, TWO_SHAPES, WayIn(("centre",))], ids=str)
def test_nothing_off_is_the_answer_itself(layer: str, way: WayIn) -> None:
    network, photo = shipped_network(), noise(300, 90)
    maps = maps_of(network, photo, layer, way)
    np.testing.assert_array_equal(maps.scores, scores(network, photo, way))
    np.testing.assert_array_equal(scores_without(network, maps, [()])[0], maps.scores)


def test_views_of_two_shapes_count_alike() -> None:
    network, photo = shipped_network(), noise(300, 90)
    maps = maps_of(network, photo, "stage2", TWO_SHAPES)
    assert [tuple(group.shape) for group in maps.groups] == [(1, 128, 16, 16), (1, 128, 12, 23)]
    off = [5, 6]
    ours = scores_without(network, maps, [off])[0]
    np.testing.assert_allclose(ours, hooked(network, photo, "stage2", off, TWO_SHAPES), rtol=1e-4, atol=1e-4)


def test_all_off_after_the_last_stage_leaves_the_biases() -> None:
    network = shipped_network()
    maps = maps_of(network, noise(64, 64), LAST, MIRRORED)
    found = scores_without(network, maps, [range(320)])[0]
    np.testing.assert_array_equal(found, network.head.bias.numpy().astype(np.float64))


@every_layer
def test_all_off_gives_one_answer_for_every_photo(layer: str) -> None:
    network, everything = shipped_network(), [range(LAYERS[layer].n_filters)]
    one, other = (
        scores_without(network, maps_of(network, noise(64, 64, seed), layer, MIRRORED), everything)[0]
        for seed in (0, 1)
    )
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("layer", ["stage3", LAST])
def test_a_silent_filter_changes_nothing_at_all(layer: str) -> None:
    network = shipped_network()
    maps = maps_of(network, noise(64, 64), layer, MIRRORED)
    silent = np.flatnonzero(~maps.fired)
    assert len(silent) > 5
    by_hand = torch.cat(maps.groups)[:, silent]
    assert not by_hand.any()
    found = np.concatenate([piece for _, piece in scores_without_each(network, maps)])
    np.testing.assert_array_equal(found[silent], np.repeat(maps.scores[None], len(silent), axis=0))


def test_the_network_and_the_maps_stay_as_they_are() -> None:
    network = shipped_network()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    maps = maps_of(network, noise(64, 64), "stage3", MIRRORED)
    kept = [group.clone() for group in maps.groups]
    scores_without(network, maps, [(1, 2), (3,)])
    list(scores_without_each(network, maps))
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert all(torch.equal(a, b) for a, b in zip(kept, maps.groups, strict=True))
    assert not any(module._forward_hooks for module in network.modules())


def test_the_layers_are_the_networks_own() -> None:
    counted = (24, WIDTHS[0], *WIDTHS)
    assert tuple(layer.n_filters for layer in LAYERS.values()) == counted
    assert len(DEPTHS) == len(WIDTHS) == 4
    assert list(LAYERS)[-1] == LAST
    shapes = [
        tuple(maps_of(shipped_network(), noise(64, 64), key, MIRRORED).groups[0].shape) for key in LAYERS
    ]
    # two views; the second layer and every stage after the first halve 64 pixels
    sides = (64, 32, 32, 16, 8, 4)
    assert shapes == [(2, n, side, side) for n, side in zip(counted, sides, strict=True)]


@pytest.mark.parametrize(("width", "height", "colour"), [(1, 1, 0), (1, 1, 255), (2000, 3, 128)])
def test_tiny_flat_and_very_wide_photos_can_be_looked_at(width: int, height: int, colour: int) -> None:
    photo = Image.new("RGB", (width, height), (colour,) * 3)
    maps = maps_of(shipped_network(), photo, "stage1", MIRRORED)
    assert isinstance(maps, Maps)
    first, found = next(iter(scores_without_each(shipped_network(), maps)))
    assert len(first) == BATCH
    assert np.isfinite(found).all()
