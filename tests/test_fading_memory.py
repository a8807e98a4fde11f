import json
import math
import re
from itertools import product
from statistics import NormalDist

import numpy as np
import pytest

from dl_core.fading_memory import (
    FARTHEST,
    MEASURED,
    PRESETS,
    Settings,
    gated_theory,
    left_in_words,
    memory,
    plain_factor,
    story,
    takeaway,
)
from dl_core.gradient_by_layer import ASSET
from tests.readability import read, sentences, words

EVERY = [(kind, setting) for kind, settings in MEASURED.items() for setting in settings]
every_memory = pytest.mark.parametrize(("kind", "setting"), EVERY)


def test_plain_theory_multiplies_strength_by_the_slope_at_which_sums_settle():
    # sums settle where q = 1 + s² · E[tanh(√q z)²]; looked for here by halving, over 20,000 quantiles
    quantiles = [NormalDist().inv_cdf((i + 0.5) / 20_000) for i in range(20_000)]
    for strength in (0.5, 2.0):
        low, high = 1.0, 1.0 + strength**2
        while high - low > 1e-6:
            q = (low + high) / 2
            kept = sum(math.tanh(math.sqrt(q) * z) ** 2 for z in quantiles) / len(quantiles)
            low, high = (q, high) if 1 + strength**2 * kept > q else (low, q)
        slope = math.sqrt(
            sum((1 - math.tanh(math.sqrt(low) * z) ** 2) ** 2 for z in quantiles) / len(quantiles)
        )
        assert plain_factor(strength) == pytest.approx(strength * slope, rel=2e-3)
    assert plain_factor(0.0) == 0


def test_gated_theory_is_the_size_of_a_random_networks_powers():
    # (a · I + b · W)^d for W with independent entries: the mean square of its columns, drawn here with numpy
    rng, n = np.random.default_rng(1), 400
    kept, through = (
        0.5047,
        0.1366,
    )  # root of E[z²], and of E[(1 − z)²] · E[r²] · slope² / 3, for a share of 0.5
    step = kept * np.eye(n) + through * rng.normal(size=(n, n)) / math.sqrt(n)
    theory = gated_theory(0.5)
    for back in (1, 5, 10):
        found = math.sqrt((np.linalg.matrix_power(step, back) ** 2).sum() / n)
        assert theory[back] == pytest.approx(found, rel=0.05)


def test_a_gate_that_keeps_almost_all_is_the_only_thing_that_counts():
    assert gated_theory(0.99)[60] == pytest.approx(0.99**60, rel=0.01)  # 0.547
    assert gated_theory(0.5)[60] > 1e4 * 0.5**60  # with a half-open gate most comes through the weights


@every_memory
def test_every_memory_was_measured_and_theory_fits_it(kind, setting):
    one = memory(kind, setting)
    assert len(one.median) == len(one.theory) == FARTHEST + 1
    assert one.median[0] == one.theory[0] == 1
    assert all(low <= at <= high for low, at, high in zip(one.low, one.median, one.high, strict=True))
    for back in range(21):  # theory is for endless widths; farther back, 64 neurons drift from it
        assert abs(math.log10(one.median[back] / one.theory[back])) < 0.2
    drift = abs(math.log10(one.median[-1] / one.theory[-1])) / FARTHEST
    assert drift < 0.01  # powers of ten for each step


def test_larger_weights_and_gates_that_keep_more_reach_farther():
    for kind in MEASURED:
        left = [memory(kind, setting).median[20] for setting in MEASURED[kind]]
        assert left == sorted(left)
    assert story(Settings()).plain.reach == 11
    assert story(Settings()).gated.reach is None
    assert [memory("tanh", strength).grows for strength in MEASURED["tanh"]] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_reach_is_the_first_distance_below_one_percent():
    for kind, setting in EVERY:
        one = memory(kind, setting)
        if one.reach is not None:
            assert one.median[one.reach] < 0.01 <= min(one.median[: one.reach])


def test_the_sentence_tells_both_memories():
    told = takeaway(story(Settings()))
    plain, gated = memory("tanh", 1.0), memory("gru", 0.95)
    assert f"keeps {left_in_words(plain.median[20])} of its effect" in told
    assert f"{left_in_words(gated.median[20])} in the gated one" in told
    assert f"by {plain.factor:.2f}. It falls below 1 % after 11 steps" in told
    assert "keeps 95 % a step. After 60 steps it still holds" in told
    wild = takeaway(story(PRESETS["Weights too strong"]))
    assert "times its effect" in wild
    assert "Old inputs drown the new ones" in wild


def test_every_setting_gets_plain_words():
    chosen = [Settings(*one, back) for *one, back in product(*MEASURED.values(), (1, 7, 30, 60))]
    told = [takeaway(story(one)) for one in chosen]
    assert max(len(words(each)) for one in told for each in sentences(one)) <= 25
    assert read(told).grade <= 9
    assert not [one for one in told if re.search(r"nan|inf|e[+-]\d|times of|times as much", one)]


def test_the_file_says_how_it_was_made():
    stored = json.loads(ASSET.read_text(encoding="utf-8"))["memory"]
    assert (stored["n_starts"], stored["width"], stored["n_sequences"]) == (15, 64, 16)
    assert "random sequences" in stored["data"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"strength": 1.1}, "choose one of 0.5, 1, 1.5, 2, 3"),
        ({"keeps": 1.0}, "choose one of 0.5, 0.9, 0.95, 0.99"),
        ({"distance": 0}, "choose 1 to 60"),
        ({"distance": 61}, "choose 1 to 60"),
    ],
)
def test_nonsense_is_refused_with_what_was_measured(wrong, says):
    with pytest.raises(ValueError, match=says):
        Settings(**wrong)
    with pytest.raises(ValueError, match="was not measured"):
        memory("gru", 0.123)
