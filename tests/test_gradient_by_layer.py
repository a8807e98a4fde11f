import json
import math
import re
from itertools import pairwise, product

import numpy as np
import pytest

from dl_core.gradient_by_layer import (
    ACTIVATIONS,
    ASSET,
    MOST_LAYERS,
    PRESETS,
    SPREADS,
    WIDTH,
    Settings,
    counted,
    expected,
    in_layers,
    share_in_words,
    story,
    study,
    takeaway,
)
from dl_core.typical_slope import activate
from tests.readability import read, sentences, words

EVERYTHING = [Settings(*one) for one in product(range(1, MOST_LAYERS + 1), ACTIVATIONS, SPREADS)]


def test_a_sigmoids_slope_at_its_best_through_5_10_and_20_layers():
    # N13: σ'(0) = ¼; σ'(±5) = 0.0066; 0.25⁵ = 9.8e-4, 0.25¹⁰ = 9.5e-7, 0.25²⁰ = 9.1e-13
    _, slopes = activate("sigmoid", np.array([0.0, 5.0, -5.0]))
    assert slopes[0] == 0.25
    assert slopes[1:] == pytest.approx([0.0066, 0.0066], abs=5e-5)
    best = [story(Settings(n)).slopes_alone[0] for n in (5, 10, 20)]
    assert best == pytest.approx([9.8e-4, 9.5e-7, 9.1e-13], rel=0.006)
    assert story(Settings(7, "relu")).slopes_alone == ()


def test_theory_by_hand_for_relu_and_no_activation():
    # ReLU: half of the neurons are off, so the typical slope is √½; He's weights have strength √2: 1 a layer
    assert expected("relu", "he", 20, 1.0) == pytest.approx([math.sqrt(0.5)] * 20, rel=1e-3)
    # no activation: the slope is 1, so only the strength counts: 0.08 a layer for weights of 0.01
    assert expected("none", "small", 4, 1.0) == pytest.approx([0.08**3, 0.08**2, 0.08, 1])
    # weights of 1: strength 8
    assert expected("none", "large", 3, 1.0) == pytest.approx([64, 8, 1])


def test_every_network_was_measured_and_theory_fits_each_of_them():
    known = study()
    assert len(known.networks) == MOST_LAYERS * len(ACTIVATIONS) * len(SPREADS)
    for (activation, start, n), one in known.networks.items():
        theory = expected(activation, start, n, known.input_square)
        for found, low, high, said in zip(one.median, one.low, one.high, theory, strict=True):
            assert low <= found <= high
            assert abs(math.log10(found / said)) < 0.2  # less than a factor of 1.6, over 50 powers of ten
        assert one.weights[-1] == 1


def test_the_early_layers_starve_and_not_the_late_ones():
    for n in (5, 20):
        medians = story(Settings(n)).chosen.median
        assert all(nearer < farther for nearer, farther in pairwise(medians))  # layer 1 gets least
    assert story(Settings()).first < story(Settings()).slopes_alone[0]  # N13's best case is not reached


def test_the_presets_show_all_three_fates():
    fates = [story(one).fate for one in PRESETS.values()]
    assert fates == ["starves", "holds", "starves", "explodes"]
    assert len(set(PRESETS.values())) == 4


def test_the_file_says_how_it_was_made():
    stored = json.loads(ASSET.read_text(encoding="utf-8"))
    assert stored["command"].endswith("--out assets/gradient_by_layer.json")
    assert (stored["layers"]["n_starts"], stored["layers"]["width"]) == (15, WIDTH)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", stored["date"])
    assert ASSET.stat().st_size < 150_000


def test_large_and_small_shares_are_told_in_words():
    assert counted(999.5e9) == "1.0 trillion"
    assert counted(1e15) == "about 10¹⁵"
    assert [share_in_words(each) for each in (9.1e-13, 9.77e-4, 0.0011, 1.49, 1.5, 33_000)] == [
        "1 part in 1.1 trillion", "1 part in 1,000", "0.11 %", "150 %", "1.5 times", "33,000 times",
    ]  # fmt: skip
    assert in_layers(2, "tanh") == "2 tanh layers"


def test_the_sentence_names_the_measurement_the_theory_and_the_best_case():
    told = takeaway(story(Settings()))
    assert "layer 1 next to the input gets 1 part in" in told
    assert "20 slopes alone leave 1 part in 1.1 trillion at best" in told
    assert "starve" in told
    told = takeaway(story(PRESETS["ReLU and He hold"]))
    assert "about 1.0: a typical slope of 0.71 times weights of strength 1.4" in told
    assert "large weights make up" in takeaway(story(Settings(12, "sigmoid", "large")))
    assert "times the gradient" in takeaway(story(PRESETS["Large ones explode"]))


def test_every_setting_gets_plain_words():
    told = [takeaway(story(one)) for one in EVERYTHING]
    assert max(len(words(each)) for one in told for each in sentences(one)) <= 25
    assert read(told).grade <= 9
    assert not [one for one in told if re.search(r"nan|inf|e[+-]\d|times of", one)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"n_layers": 0}, "choose 1 to 20"),
        ({"n_layers": 21}, "choose 1 to 20"),
        ({"activation": "swish"}, "choose one of sigmoid, tanh, relu, none"),
        ({"start": "zero"}, "choose one of small, xavier, he, large"),
    ],
)
def test_nonsense_is_refused_with_what_was_measured(wrong, says):
    with pytest.raises(ValueError, match=says):
        Settings(**wrong)
