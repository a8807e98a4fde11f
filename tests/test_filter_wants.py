"""What was measured of the filters' wishes, and the sentences about it."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from dl_core.filter_wants import (
    N_SHOWN,
    SHEET,
    SIDE,
    TABLE,
    WANTED_LAYERS,
    Settings,
    default_settings,
    measurement,
    pictures,
    presets,
    story,
    takeaway,
)
from dl_core.vision.ablation import LAYERS
from dl_core.vision.classes import classes

ALL = [Settings(layer, one.number) for layer in WANTED_LAYERS for one in measurement().layers[layer].shown]
every_filter = pytest.mark.parametrize("chosen", ALL, ids=lambda one: f"{one.layer}-{one.number}")


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="layer “stage1”"):
        Settings("stage1", 1)
    missing = next(n for n in range(1, 321) if n not in {one.number for one in ALL if one.layer == "stage4"})
    with pytest.raises(ValueError, match=f"No picture for filter {missing}: choose one of"):
        Settings("stage4", missing)


def test_the_files_are_small_and_hold_what_they_say():
    assert TABLE.stat().st_size + SHEET.stat().st_size <= 400_000
    saved = json.loads(TABLE.read_text(encoding="utf-8"))
    assert saved["command"].endswith("--out assets/vision")
    assert set(saved["layers"]) == set(WANTED_LAYERS)


@pytest.mark.parametrize("layer", WANTED_LAYERS)
def test_a_layer_was_counted_filter_by_filter(layer):
    found, one = measurement(), measurement().layers[layer]
    most = np.array(one.most_of_one_thing)
    assert len(most) == one.n_filters == LAYERS[layer].n_filters
    assert most.max() <= min(found.n_top, found.per_thing)
    # more than half of 25 is 13 and more
    assert one.n_dominated == (most >= 13).sum()
    assert one.n_firing == (most > 0).sum()
    numbers = [each.number for each in one.shown]
    assert len(numbers) == N_SHOWN
    assert numbers == sorted(set(numbers))
    for each in one.shown:
        assert each.things[0][1] == most[each.number - 1]


@every_filter
def test_the_ascent_climbs_past_noise_and_past_every_photo(chosen):
    one = story(chosen).chosen
    assert one.wanted > one.photo >= one.average_photo >= 0
    assert one.wanted > one.noise >= 0
    assert one.times == one.wanted / one.photo
    counts = [count for _, count in one.things]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) <= 25
    assert len(one.things) <= one.n_things <= 25 - sum(counts) + len(counts)
    assert {name for name, _ in one.things} <= {thing.name for thing in classes()}


def test_the_control_does_not_climb_like_the_learned_filters():
    for layer in WANTED_LAYERS:
        one = measurement().layers[layer]
        assert one.scrambled.times < min(each.times for each in one.shown)
        assert one.scrambled_dominated <= one.n_dominated


@pytest.mark.parametrize("layer", WANTED_LAYERS)
def test_the_stored_picture_stirs_its_filter_as_the_table_says(layer):
    """Measured here once more, with the network itself on the committed picture."""
    import torch

    from dl_core.vision.predict import network_input
    from dl_core.vision.weights import shipped_network

    network, x = shipped_network(), network_input(np.stack(pictures(layer)[:N_SHOWN]))
    with torch.inference_mode():
        maps = network.stem(x)
        for stage in list(network.stages)[: 0 if layer == "second" else int(layer[-1])]:
            maps = stage(maps)
    for place, one in enumerate(measurement().layers[layer].shown):
        assert float(maps[place, one.number - 1].mean()) == pytest.approx(one.wanted, rel=1e-2)


@pytest.mark.parametrize("layer", WANTED_LAYERS)
def test_pictures_cannot_be_changed_by_their_readers(layer):
    row = pictures(layer)
    assert len(row) == N_SHOWN + 1
    for one in row:
        assert one.shape == (SIDE, SIDE, 3)
        with pytest.raises(ValueError, match="read-only"):
            one[0, 0, 0] = 1


@every_filter
def test_every_sentence_holds_its_numbers_and_is_short(chosen):
    told = story(chosen)
    said = takeaway(told)
    assert f"filter {chosen.number} of “{LAYERS[chosen.layer].name}”" in said
    assert len(said.split()) <= 47
    assert max(len(sentence.split()) for sentence in said.split(". ")) <= 25
    if told.kind == "chance":
        assert "no thing stands out" in said
    else:
        assert f"“{told.chosen.things[0][0]}”" in said
        assert ("mostly one thing, not only" in said) == (told.chosen.things[0][1] >= 13)
    assert f"{told.layer.n_dominated or 'none'} of {told.layer.n_firing} filters" in said


def test_the_verdict_follows_the_count():
    told = story(default_settings())

    def kind(*things: tuple[str, int]) -> str:
        return replace(told, chosen=replace(told.chosen, things=things)).kind

    assert (told.n_top, told.most_by_chance) == (25, 2)
    assert [kind(("teapot", n)) for n in (2, 3, 12, 13, 25)] == [
        "chance",
        "a mix",
        "a mix",
        *["one thing"] * 2,
    ]


def test_ties_are_called_ties():
    told = story(default_settings())
    tied = replace(told.chosen, things=(("teapot", 5), ("wok", 5), ("lion", 3)), n_things=9)
    assert "“teapot” and “wok” lead with 5 each. “lion” stirs it too" in takeaway(replace(told, chosen=tied))
    alone = replace(told.chosen, things=(("teapot", 20), ("wok", 2), ("lion", 1)), n_things=5)
    said = takeaway(replace(told, chosen=alone))
    assert "20 show “teapot”. The other 5 show 4 things: mostly one thing, not only." in said


def test_presets_are_the_purest_and_the_most_mixed_of_the_lot():
    found = presets()
    top = {name: story(one).chosen.things[0][1] for name, one in found.items()}
    late = [one.things[0][1] for one in measurement().layers["stage4"].shown]
    assert top["Late, the purest"] == max(late)
    assert top["Late, the most mixed"] == min(late)
    assert len(set(found.values())) == 3
