"""The opened network: what is chosen, what is shown, and how it is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core import network_layers as core
from dl_core.numbers_in_words import percent, two_places
from dl_core.photos import photo, sample_photo
from dl_core.vision import classify
from dl_core.vision.card import read_card
from dl_core.vision.layers import NAMES, Layer
from dl_core.vision.predict import class_probabilities
from tests.readability import sentences, words

COFFEE = sample_photo("coffee")


def layer_of(*maps: list[list[float]]) -> Layer:
    return Layer("toy", np.array(maps, np.float32), 0, 0)


def test_nonsense_is_refused() -> None:
    for wrong in (
        {"depth": "deep"},
        {"layer": "Block 8"},
        {"scale": "none"},
        {"map": 25},
        {"map": -1},
        {"row": 65},
        {"layer": "Block 7", "column": 5},
    ):
        with pytest.raises(ValueError, match="choose"):
            core.Settings(COFFEE, **wrong)
    assert core.Settings(COFFEE, layer="Block 7", map=320, row=4, column=4).at == 8


def test_the_strongest_map_and_its_place_off_the_edge_come_first() -> None:
    opened = core.story(core.Settings(COFFEE))
    maps = opened.layer.maps
    assert opened.chosen == maps.max(axis=(1, 2)).argmax()
    inner = maps[opened.chosen, 1:-1, 1:-1]
    assert opened.value == inner.max()
    assert 0 < opened.row < 63
    assert 0 < opened.column < 63
    assert opened.dot.after == pytest.approx(opened.value, abs=1e-4)


def test_the_readers_map_and_place_are_kept_at_every_depth() -> None:
    for depth in core.DEPTHS:
        opened = core.story(core.Settings(COFFEE, depth, "Block 2", 7, 3, 5))
        assert (opened.layer.name, opened.chosen, opened.row, opened.column) == ("Block 2", 6, 2, 4)
        assert opened.value == opened.walk.layers[3].maps[6, 2, 4]


@pytest.mark.parametrize("key", ["coffee", "cat", "flower"])
def test_the_answer_is_the_classifiers_and_the_square_alone_has_its_own_guesses(key: str) -> None:
    opened, found = core.story(core.Settings(sample_photo(key))), classify(sample_photo(key).image)
    assert opened.answer == (found.label, pytest.approx(found.probability))
    assert opened.refused == (found.probability < read_card().threshold)
    # the middle square by itself: the network's answer where there is no mirrored view
    alone = class_probabilities(
        sample_photo(key).image, replace(read_card(), way_in=replace(read_card().way_in, mirrored=False))
    )
    assert [sure for _, sure in opened.guesses] == pytest.approx(sorted(alone, reverse=True)[:3], abs=1e-6)
    told = core.takeaway(opened)
    assert f"{percent(opened.guesses[0][1])}. With its mirror image" in told
    assert told.endswith(f"{percent(found.probability)}.")


def test_a_photo_without_an_answer_is_said_to_have_none() -> None:
    unsure = core.story(core.Settings(photo("grey", Image.new("RGB", (8, 8), (128, 128, 128)))))
    assert unsure.refused
    assert core.takeaway(unsure).endswith("too unsure.")


def test_the_contact_sheet_shows_the_strongest_and_always_the_chosen_map() -> None:
    deep = core.story(core.Settings(COFFEE, "mechanism", "Block 7"))
    weakest = deep.strongest[-1]
    assert len(deep.shown) == core.MOST_SHOWN
    assert set(deep.shown) == set(deep.strongest[: core.MOST_SHOWN])
    other = core.story(core.Settings(COFFEE, "mechanism", "Block 7", weakest + 1))
    assert weakest in other.shown
    assert len(other.shown) == core.MOST_SHOWN
    assert list(other.shown) == sorted(other.shown)
    peaks = deep.layer.maps.max(axis=(1, 2))
    assert deep.silent == int((peaks == 0).sum()) > 0
    assert core.story(core.Settings(COFFEE)).shown == tuple(range(24))


def test_a_click_finds_the_map_of_its_cell() -> None:
    opened = core.story(core.Settings(COFFEE))
    # 6 in a row: the second cell of the third row is the 2 * 6 + 2 = 14th map
    assert core.map_at(opened, 1.5, 2.9) == 14
    assert core.map_at(opened, 0.0, 0.0) == 1
    assert core.map_at(opened, 5.99, 3.99) == 24
    for x, y in ((-0.1, 1), (6.0, 1), (2, -0.2), (2, 4.1)):
        assert core.map_at(opened, x, y) is None


def test_one_scale_can_be_compared_and_own_scales_cannot() -> None:
    toy = layer_of([[0, 1], [2, 4]], [[0, 0], [0, 8]], [[0, 0], [0, 0]])
    # above 0: 1, 2, 4, 8; the 99.5th percentile lies at 0.995 * 3 = 2.985: 4 + 0.985 * 4 = 7.94
    assert core.scale_end(toy) == pytest.approx(7.94)
    np.testing.assert_allclose(
        core.shades(toy, 0, shared=True), [[0, 1 / 7.94], [2 / 7.94, 4 / 7.94]], atol=1e-6
    )
    np.testing.assert_allclose(core.shades(toy, 0, shared=False), [[0, 0.25], [0.5, 1]])
    assert core.shades(toy, 1, shared=True).max() == 1
    assert not core.shades(toy, 2, shared=False).any()
    assert core.scale_end(layer_of([[0, 0], [0, 0]])) == 1
    assert core.strongest_maps(toy) == (1, 0, 2)


def test_the_largest_shares_come_first_by_size_and_keep_their_sign() -> None:
    opened = core.story(core.Settings(COFFEE, "arithmetic", "Block 5"))
    sizes = [abs(share) for _, share in core.largest_shares(opened, 256)]
    assert sizes == sorted(sizes, reverse=True)
    number, share = core.largest_shares(opened, 1)[0]
    assert share == opened.dot.shares[number]


def test_a_silent_map_says_so() -> None:
    deep = core.story(core.Settings(COFFEE, "mechanism", "Block 7"))
    silent = int(np.flatnonzero(deep.layer.maps.max(axis=(1, 2)) == 0)[0])
    told = core.story(core.Settings(COFFEE, "mechanism", "Block 7", silent + 1))
    assert f"Map {silent + 1} is one of the silent ones." in core.takeaway(told)
    sum_of_it = core.story(core.Settings(COFFEE, "arithmetic", "Block 7", silent + 1))
    assert (sum_of_it.row, sum_of_it.column) == (2, 2)
    assert sum_of_it.dot.before <= 0 == sum_of_it.dot.after
    assert core.takeaway(sum_of_it).endswith("That is not above 0, so ReLU makes it 0.")


@pytest.mark.parametrize("depth", core.DEPTHS)
@pytest.mark.parametrize("layer", [NAMES[0], NAMES[1], NAMES[8]])
def test_the_live_sentences_stay_short_and_hold_the_numbers(depth: str, layer: str) -> None:
    for shown in (COFFEE, sample_photo("cat"), photo("tiny", Image.new("RGB", (8, 8)))):
        opened = core.story(core.Settings(shown, depth, layer))
        told = core.takeaway(opened)
        assert len(words(told)) <= 45
        assert max(len(words(one)) for one in sentences(told)) <= 25
        assert "detect" not in told
        expected = {
            # 64 * 64 * 3 = 12,288; 24 * 64 * 64 = 98,304
            "story": "12,288 numbers of the middle square become 98,304",
            "mechanism": f"makes {len(opened.layer.maps)} maps",
            "arithmetic": f"**{two_places(opened.dot.before)}**",
        }[depth]
        assert expected in told


def test_the_same_photo_gives_the_same_walk() -> None:
    once, again = (core.story(core.Settings(COFFEE, "arithmetic", "Block 3")) for _ in range(2))
    np.testing.assert_array_equal(once.walk.scores, again.walk.scores)
    assert core.takeaway(once) == core.takeaway(again)
