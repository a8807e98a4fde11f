"""Filters switched off on a photo: the ranking, the guesses, and the sentences about them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from weakref import WeakKeyDictionary

import numpy as np
import pytest
from PIL import Image

from dl_core import kept_with_photo
from dl_core.filter_off import Settings, off_in_words, story, takeaway
from dl_core.photos import photo, sample_photo
from dl_core.vision import classify
from dl_core.vision.ablation import LAYERS
from dl_core.vision.classes import label_of
from dl_core.vision.gallery import gallery
from dl_core.vision.predict import class_probabilities

COFFEE = sample_photo("coffee")
SAMPLES = [sample_photo(one.key) for one in gallery()]
ODD = [
    photo("grey", Image.new("RGB", (8, 8), (128, 128, 128))),
    photo("black", Image.new("RGB", (9, 900))),
    photo("noise", Image.fromarray(np.random.default_rng(2).integers(0, 256, (40, 300, 3), dtype=np.uint8))),
]
every_photo = pytest.mark.parametrize("shown", [*SAMPLES, *ODD], ids=lambda one: one.name)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"layer": "stage9"}, "no layer “stage9”"),
        ({"ranks": (0,)}, "cannot be off"),
        ({"ranks": (9,)}, "cannot be off"),
        ({"ranks": (2, 2)}, "cannot be off"),
        ({"number": 0}, "no filter 0"),
        ({"number": 321}, "1 to 320"),
        ({"layer": "first", "number": 25}, "1 to 24"),
    ],
)
def test_nonsense_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        Settings(COFFEE, **wrong)


@every_photo
def test_before_is_the_answer_of_the_live_classifier(shown):
    told = story(Settings(shown, ranks=()))
    answer = classify(shown.image)
    assert tuple(guess.name for guess in told.guesses) == answer.labels
    assert tuple(guess.before for guess in told.guesses) == answer.probabilities
    assert all(guess.after == guess.before for guess in told.guesses)
    assert (told.off, told.points, told.has_changed, told.by_chance) == ((), 0.0, False, None)


@every_photo
def test_the_ranking_is_sorted_and_holds_every_filter_once(shown):
    ranking = story(Settings(shown)).ranking
    assert sorted(ranking.filters) == list(range(1, 321))
    assert all(a >= b for a, b in pairwise(ranking.points))
    points = dict(zip(ranking.filters, ranking.points, strict=True))
    assert {points[number] for number in ranking.silent} == {0.0}
    assert ranking.n_small == sum(-1 < each < 1 for each in ranking.points)
    assert ranking.n_small >= len(ranking.silent)


@pytest.mark.parametrize("layer", ["first", "stage3", "stage4"])
def test_a_place_of_the_ranking_and_a_number_switch_the_same_filter_off(layer):
    by_rank = story(Settings(COFFEE, layer, (2,)))
    number = by_rank.ranking.filters[1]
    by_number = story(Settings(COFFEE, layer, (), number))
    assert by_rank.off == by_number.off == (number,)
    assert by_rank.guesses == by_number.guesses
    # what the ranking says of one filter is what switching it off does
    assert by_rank.points == pytest.approx(by_rank.ranking.points[1], abs=2e-3)
    assert story(Settings(COFFEE, layer, (2,), number)).off == (number,)


def test_the_last_stage_by_hand():
    """Averages of the maps, two at 0; then weights, biases, and a softmax at the card's temperature."""
    from dl_core.vision import read_card
    from dl_core.vision.predict import network_input
    from dl_core.vision.views import views
    from dl_core.vision.weights import shipped_network

    card, network = read_card(), shipped_network()
    features = network.features(network_input(np.stack(views(COFFEE.image, card.way_in)))).mean(0).numpy()
    told = story(Settings(COFFEE, ranks=(1, 3)))
    features[[number - 1 for number in told.off]] = 0
    logits = network.head.weight.numpy().astype(float) @ features + network.head.bias.numpy()
    expected = np.exp(logits / card.temperature) / np.exp(logits / card.temperature).sum()
    for guess in told.guesses:
        assert guess.after == pytest.approx(expected[label_of(guess.name)], abs=1e-5)
    assert told.after == max(told.guesses, key=lambda guess: guess.after).name


@every_photo
def test_a_silent_filter_moves_nothing(shown):
    ranking = story(Settings(shown, ranks=())).ranking
    silent = min(ranking.silent)
    told = story(Settings(shown, ranks=(), number=silent))
    assert told.points == 0
    assert "silent" in takeaway(told)
    assert [guess.after for guess in told.guesses] == [guess.before for guess in told.guesses]


@every_photo
def test_a_new_leader_joins_the_guesses(shown):
    told = story(Settings(shown, ranks=(1, 2, 3, 4, 5)))
    names = [guess.name for guess in told.guesses]
    assert told.after in names
    assert len(names) == len(set(names)) <= 6
    assert told.has_changed == (told.after != names[0])
    assert max(guess.after for guess in told.guesses) == told.guesses[names.index(told.after)].after
    assert sum(guess.after for guess in told.guesses) <= 1 + 1e-9


def test_the_strongest_take_more_than_as_many_by_chance_on_every_sample():
    for shown in SAMPLES:
        told = story(Settings(shown, ranks=(1, 2, 3, 4, 5)))
        assert told.by_chance is not None
        assert told.points > told.by_chance + 20
        assert told.points > told.ranking.points[0]


def test_a_readers_own_photo_leaves_nothing_behind(monkeypatch):
    monkeypatch.setattr(kept_with_photo, "_KEPT", WeakKeyDictionary())
    story(Settings(ODD[2]))
    assert not kept_with_photo._KEPT
    once = story(Settings(COFFEE))
    assert list(kept_with_photo._KEPT) == [COFFEE]
    assert list(kept_with_photo._KEPT[COFFEE]) == [("ranking", "stage4")]
    assert story(Settings(COFFEE)) == once


def test_the_same_photo_by_another_name_gives_the_same_ranking():
    own = photo("your photo", COFFEE.image)
    assert own.is_own
    assert story(Settings(own, "first")).ranking == story(Settings(COFFEE, "first")).ranking


def test_stopped_work_leaves_what_was_measured(monkeypatch):
    monkeypatch.setattr(kept_with_photo, "_KEPT", WeakKeyDictionary())
    shares: list[float] = []

    def twice(share: float) -> bool:
        shares.append(share)
        return len(shares) < 2

    told = story(Settings(COFFEE, "first", (1, 2, 3)), twice)
    assert sorted(told.ranking.filters) == list(range(1, 17))  # two batches of eight
    assert not told.is_whole
    assert "16 measured so far" in takeaway(told)
    assert told.off == told.ranking.filters[:3]
    assert told.by_chance is None
    assert not kept_with_photo._KEPT
    whole = story(Settings(COFFEE, "first", (1, 2, 3)))
    assert whole.is_whole
    points = dict(zip(whole.ranking.filters, whole.ranking.points, strict=True))
    for number, found in zip(told.ranking.filters, told.ranking.points, strict=True):
        assert points[number] == found
    late = story(replace(told.settings, number=20), lambda share: False)
    assert late.off[-1] == 20  # not yet ranked, and off all the same


def test_progress_rises_to_the_end():
    shares: list[float] = []
    story(Settings(ODD[2], "first", (1, 2)), lambda share: shares.append(share) or True)
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1
    assert len(shares) == 3 + 5  # 24 filters by eights, 20 draws by fours


def test_sentences_hold_the_numbers():
    told = story(Settings(COFFEE))
    before, after = class_probabilities(COFFEE.image).max(), told.first.after
    assert f"falls from {100 * before:.1f} % to {100 * after:.1f} % and still leads." in takeaway(told)
    assert f"{told.ranking.n_small} of 320" in takeaway(told)
    assert off_in_words(story(Settings(COFFEE, ranks=(2, 3)))) == "these 2 filters"
    five = takeaway(story(Settings(COFFEE, ranks=(1, 2, 3, 4, 5))))
    assert "Without the 5 strongest filters" in five
    assert "As many by chance" in five


@pytest.mark.parametrize("layer", LAYERS)
def test_every_sentence_is_short(layer):
    for ranks in ((), (1,), (1, 2, 3, 4, 5)):
        said = takeaway(story(Settings(COFFEE, layer, ranks)))
        assert len(said.split()) <= 45
        assert max(len(sentence.split()) for sentence in said.split(". ")) <= 25
