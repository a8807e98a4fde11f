"""How the filters' wishes are measured, on small things whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from dl_core.filter_wants import SIDE
from dl_core.offline.filter_wants import (
    Recipe,
    activations,
    as_bytes,
    blurred,
    by_lot,
    differences,
    first_pictures,
    most_by_chance,
    on_stored,
    stirred,
    strongest,
    wanted,
)
from dl_core.vision.weights import shipped_network

QUICK = Recipe(steps=8, n_starts=2)
PHOTOS = np.stack(
    [np.full((SIDE, SIDE, 3), level, np.uint8) for level in (20, 120, 220)]
    + [np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)]
)


def test_the_strongest_photos_are_counted_by_what_they_show():
    means = np.array([[9.0, 0.0], [8.0, 1.0], [7.0, 2.0], [0.0, 3.0]], np.float32)
    labels = np.array([2, 0, 2, 1])
    # filter 0: photos 0, 1, 2 show 2, 0, 2; filter 1: photos 3, 2, 1 show 1, 2, 0
    assert strongest(means, labels, 3).tolist() == [[1, 0, 2], [1, 1, 1]]
    assert strongest(means, labels, 1).tolist() == [[0, 0, 1], [0, 1, 0]]


def test_the_lot_draws_only_filters_that_fire_often_enough_and_the_same_each_time():
    means = np.zeros((30, 40), np.float32)
    means[:25, 10:] = 1  # filters 10 to 39 fire on 25 photos
    means[:24, 3] = 1  # and one on too few
    drawn = by_lot(means)
    assert len(set(drawn)) == 8
    assert drawn == sorted(drawn) == by_lot(means)
    assert min(drawn) >= 10
    assert by_lot(means, seed=1) != drawn
    assert by_lot(means[:, :13]) == [10, 11, 12]


def test_chance_gives_few_photos_of_one_thing():
    assert most_by_chance(np.zeros(100, np.int64)) == 25
    # 200 things with 25 photos each: 25 photos make 300 pairs, and a pair shares its thing with chance
    # 24/4,999, so 1.44 pairs are expected; of 2,300 triples (24 · 23)/(4,999 · 4,998) each, so 0.051, and
    # some triple turns up in at most 5 of 100 draws
    assert most_by_chance(np.repeat(np.arange(200), 25)) == 2


def test_activations_are_the_averages_of_the_maps():
    network = shipped_network()
    found = activations(network, PHOTOS, batch=3)
    seen: dict[str, torch.Tensor] = {}
    x = (torch.from_numpy(PHOTOS).permute(0, 3, 1, 2).float() / 255 - 0.45) / 0.27
    with torch.inference_mode():
        x = network.stem(x)
        seen["second"] = x
        for i, stage in enumerate(network.stages, 1):
            x = stage(x)
            seen[f"stage{i}"] = x
    for layer, means in found.items():
        np.testing.assert_allclose(means, seen[layer].mean(dim=(2, 3)).numpy(), rtol=1e-3, atol=1e-4)


def test_stirred_looks_at_one_filter_of_each_picture():
    network = shipped_network()
    x = torch.from_numpy(PHOTOS).permute(0, 3, 1, 2).float() / 255
    with torch.inference_mode():
        found = stirred(network, "stage2", [5, 6, 7, 8], x)
    means = activations(network, PHOTOS, batch=4)["stage2"]
    np.testing.assert_allclose(found.numpy(), means[range(4), [5, 6, 7, 8]], rtol=1e-4, atol=1e-5)
    assert on_stored(network, "stage2", [5, 6, 7, 8], PHOTOS) == pytest.approx(found.tolist(), abs=1e-3)


def test_neighbouring_differences_and_blur_by_hand():
    steps = torch.tensor([[[[0.0, 1.0, 3.0]]]]).expand(1, 3, 2, 3)
    assert differences(steps).tolist() == [1.5]  # down 0; across (1 + 2) / 2
    assert differences(torch.full((2, 3, 4, 4), 0.3)).tolist() == [0, 0]
    flat = torch.full((1, 3, 5, 5), 0.7)
    torch.testing.assert_close(blurred(flat), flat)
    dot = torch.zeros(1, 3, 5, 5)
    dot[0, 0, 2, 2] = 16
    # 1, 2, 1 down times 1, 2, 1 across, over 16
    assert blurred(dot)[0, 0, 1:4, 1:4].tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]
    assert not blurred(dot)[0, 1:].any()


def test_the_first_picture_is_the_noise_that_stirs_most():
    network = shipped_network()
    filters = [1, 2, 30]
    one = first_pictures(network, "stage1", filters, Recipe(n_starts=1))
    best = first_pictures(network, "stage1", filters, Recipe(n_starts=6))
    assert best.shape == (3, 3, SIDE, SIDE)
    assert 0 < float(best.min()) < float(best.max()) < 1
    with torch.inference_mode():
        gain = stirred(network, "stage1", filters, best) - stirred(network, "stage1", filters, one)
    assert (gain >= 0).all()
    assert gain.max() > 0


def test_the_ascent_climbs_repeats_itself_and_leaves_the_network_alone():
    network = shipped_network()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    scale = np.array([0.5, 0.5], np.float32)
    start, end = wanted(network, "second", [5, 30], scale, QUICK)
    again = wanted(network, "second", [5, 30], scale, QUICK)
    np.testing.assert_array_equal(end, again[1])
    assert start.shape == end.shape == (2, SIDE, SIDE, 3)
    assert start.dtype == end.dtype == np.uint8
    was, now = (np.array(on_stored(network, "second", [5, 30], one)) for one in (start, end))
    assert (now > was).all()
    other = wanted(network, "second", [5, 30], scale, Recipe(steps=8, n_starts=2, seed=1))
    assert (other[1] != end).any()
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert not any(parameter.requires_grad for parameter in network.parameters())


def test_a_high_price_of_differences_gives_a_calm_picture():
    def roughness(price: float) -> float:
        recipe = Recipe(steps=30, n_starts=1, price_of_differences=price)
        _, end = wanted(shipped_network(), "second", [5], np.array([1.0], np.float32), recipe)
        return float(differences(torch.from_numpy(end).permute(0, 3, 1, 2).float())[0])

    assert roughness(50.0) < 0.7 * roughness(0.0)


def test_pixels_become_bytes_without_a_shift():
    x = torch.tensor([0.0, 0.5, 1.0]).view(1, 3, 1, 1)
    assert as_bytes(x).tolist() == [[[[0, 128, 255]]]]
    assert Image.fromarray(as_bytes(x)[0]).size == (1, 1)
