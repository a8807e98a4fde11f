"""The walk through the network: against the network itself, hooks on a copy, and torch's own counts."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.flop_counter import FlopCounterMode

from dl_core.photos import sample_photo
from dl_core.vision.card import read_card
from dl_core.vision.centre_view import centre_view
from dl_core.vision.layers import (
    N_MAPS,
    NAMES,
    SIDES,
    STAGES,
    Walk,
    dot,
    first_filters,
    walk,
)
from dl_core.vision.predict import network_input
from dl_core.vision.views import view
from dl_core.vision.weights import shipped_network


def noise(width: int, height: int) -> Image.Image:
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


PHOTOS = {
    "coffee": sample_photo("coffee").image,
    "very wide": noise(900, 12),
    "8 by 8": noise(8, 8),
    "1 by 1": Image.new("RGB", (1, 1), (200, 20, 90)),
    "grey": sample_photo("cat").image.convert("L").convert("RGB"),
    "black": Image.new("RGB", (90, 60)),
}


@pytest.fixture(scope="module")
def coffee() -> Walk:
    return walk(centre_view(PHOTOS["coffee"]))


@pytest.mark.parametrize("name", PHOTOS)
def test_the_walk_ends_at_the_networks_own_scores(name: str) -> None:
    seen = centre_view(PHOTOS[name])
    done = walk(seen)
    with torch.inference_mode():
        own = shipped_network()(network_input(seen[None]))[0]
    assert torch.allclose(torch.from_numpy(done.scores.copy()), own, atol=1e-5)
    assert seen.shape == (64, 64, 3)


def test_each_layer_is_what_a_hook_hears_on_a_copy(coffee: Walk) -> None:
    network, heard = copy.deepcopy(shipped_network()), []
    steps = [network.stem[2], network.stem[5], *(block for stage in network.stages for block in stage)]
    for step in steps:
        step.register_forward_hook(lambda module, given, out: heard.append(out[0].numpy().copy()))
    with torch.inference_mode():
        network(network_input(coffee.seen[None]))
    assert len(heard) == len(coffee.layers) == len(NAMES)
    for layer, maps in zip(coffee.layers, heard, strict=True):
        np.testing.assert_allclose(layer.maps, maps, atol=1e-5, err_msg=layer.name)
    np.testing.assert_allclose(coffee.averages, heard[-1].mean(axis=(1, 2)), atol=1e-5)


def test_names_and_shapes_known_beforehand_are_the_networks(coffee: Walk) -> None:
    assert [layer.name for layer in coffee.layers] == list(NAMES)
    shapes = [(n, side, side) for n, side in zip(N_MAPS, SIDES, strict=True)]
    assert [layer.maps.shape for layer in coffee.layers] == shapes
    assert [i for inside in STAGES for i in inside] == list(range(len(NAMES)))
    for inside in STAGES:
        assert len({shapes[i] for i in inside}) == 1


def test_learned_numbers_and_multiplications_are_counted_right(coffee: Walk) -> None:
    network = shipped_network()
    assert coffee.n_numbers == sum(p.numel() for p in network.parameters())
    # 24 filters of 3 x 3 x 3 weights and a bias each: 24 * 27 + 24 = 672; 648 products at 64 * 64 places
    assert (coffee.layers[0].n_numbers, coffee.layers[0].multiplications) == (672, 2_654_208)
    # last block, 4 x 4 places: 9 * 256 * 320 + 9 * 320 * 320 + 256 * 320 = 1,740,800 weights, 3 * 320 biases
    assert (coffee.layers[8].n_numbers, coffee.layers[8].multiplications) == (1_741_760, 27_852_800)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        network(network_input(coffee.seen[None]))
    assert coffee.multiplications == counter.get_total_flops() / 2  # it counts each addition too


@pytest.mark.parametrize("layer", range(len(NAMES)), ids=NAMES)
def test_a_sum_taken_apart_is_the_number_on_the_map(coffee: Walk, layer: int) -> None:
    maps = coffee.layers[layer].maps
    last = maps.shape[1] - 1
    rng = np.random.default_rng(layer)
    places = [(0, 0), (last, last), (0, last), *rng.integers(0, last + 1, (4, 2)).tolist()]
    for row, column in places:
        number = int(rng.integers(len(maps)))
        found = dot(coffee, layer, number, row, column)
        assert found.after == pytest.approx(float(maps[number, row, column]), abs=2e-4)
        assert found.shares.sum() == pytest.approx(float((found.patch * found.weights).sum()), abs=2e-4)
        # only a block has a shortcut, and the first row and column read beyond the edge
        assert (found.carried is None) == (layer < 2)
        assert found.beyond_edge or row * column > 0


def test_beyond_the_edge_the_patch_holds_zeros(coffee: Walk) -> None:
    corner, middle = dot(coffee, 0, 3, 0, 0), dot(coffee, 0, 3, 30, 30)
    assert corner.beyond_edge
    assert not corner.patch[:, 0].any()
    assert not corner.patch[:, :, 0].any()
    assert not middle.beyond_edge
    np.testing.assert_allclose(
        middle.patch, (coffee.seen[29:32, 29:32].transpose(2, 0, 1) / 255 - 0.45) / 0.27, atol=1e-5
    )
    assert dot(coffee, 0, 3, 63, 63).beyond_edge
    assert not dot(coffee, 1, 3, 31, 31).beyond_edge  # every second place: the last patch ends at the edge


@pytest.mark.parametrize("place", [(0, 24, 0, 0), (0, 0, 64, 0), (8, 0, 0, 4), (3, -1, 0, 0)])
def test_a_place_that_is_not_there_is_refused(coffee: Walk, place: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="there is no map"):
        dot(coffee, *place)


def test_the_shared_network_is_left_as_it_was(coffee: Walk) -> None:
    dot(coffee, 4, 1, 2, 2)
    for module in shipped_network().modules():
        assert not module._forward_hooks
    assert not any(p.requires_grad for p in shipped_network().parameters())
    for kept in (*(layer.maps for layer in coffee.layers), coffee.scores, first_filters()[0]):
        with pytest.raises(ValueError, match="read-only"):
            kept[0] = 0


def test_the_look_is_the_middle_square_that_the_classifier_uses() -> None:
    wide = PHOTOS["very wide"]
    np.testing.assert_array_equal(centre_view(wide), view(wide, "centre", read_card().way_in))
