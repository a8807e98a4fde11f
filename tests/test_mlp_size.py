"""Sizes: counts from the textbook, the smallest that is good enough, and what a stop leaves."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from dl_core import mlp_builder
from dl_core.intervals import share_of
from dl_core.mlp import data
from dl_core.mlp.judge import meter
from dl_core.mlp.plan import Plan
from dl_core.mlp_builder import PRESETS, Settings
from dl_core.mlp_size import N_STARTS, SIZES, Size, Sizes, layers_in_words, planned_sizes, story, takeaway
from dl_core.mlp_unseen import Unseen
from tests.readability import read, words

told = cache(story)
EVERY = [
    *PRESETS.values(),
    Settings(data.Settings("wine"), Plan(hidden=(8,))),
    Settings(data.Settings("surface"), Plan(learning_rate=1.0)),
]


def size(hidden: tuple[int, ...], *hits: int, n: int = 200) -> Size:
    """A size of network with two inputs and classes that got so many test rows right from each start."""
    shares = [share_of(each, n) for each in hits]
    scores = tuple(Unseen(n, one.hits, one.value, one.low, one.high) for one in shares)
    return Size(hidden, meter(2, hidden, 2, 0.01), scores, (1.0,) * len(hits), 0)


def test_the_parameters_are_counted_as_in_the_textbook():
    sizes = told(PRESETS["Spiral, big enough"]).sizes
    # 2·2 + 2; 2·4 + 4 + 4·2 + 2; 2·8 + 8 + 8·2 + 2; + 8·8 + 8; 2·16 + 16 + 16·16 + 16 + 16·2 + 2; and
    # 2·32 + 32 + 2·(32·32 + 32) + 32·2 + 2
    assert [one.meter.parameters for one in sizes] == [6, 22, 42, 114, 354, 2274]


def test_the_readers_own_size_is_among_them_once():
    assert (3,) in planned_sizes(
        PRESETS["Spiral, too small"], mlp_builder.dealt_of(PRESETS["Spiral, too small"])
    )
    settings = PRESETS["Spiral, big enough"]
    assert planned_sizes(settings, mlp_builder.dealt_of(settings)) == SIZES
    assert told(settings).yours.hidden == (16, 16)


def test_each_size_is_what_the_builder_trains():
    settings = PRESETS["Spiral, big enough"]
    here = mlp_builder.story(settings)
    yours = told(settings).yours
    assert yours.scores[0] == here.unseen
    assert len(yours.scores) == N_STARTS
    assert yours.on_own[0] == here.judgement.train.right.value


def test_the_spiral_needs_layers_and_the_moons_do_not_gain_from_more():
    spiral, few = told(PRESETS["Spiral, big enough"]), told(PRESETS["Few rows, memorises"])
    assert spiral.enough.meter.parameters > 100
    assert few.enough.meter.parameters < 50
    # on few, noisy rows the score on its own rows rises with the size while the unseen one falls
    assert few.largest.own_value > few.enough.own_value
    assert few.largest.value < few.enough.value


def test_enough_is_the_smallest_within_the_interval_of_the_best():
    # 190 of 200 is 95 %; Wilson's interval begins at 91.04 %: 183 (91.5 %) lies within, 182 (91 %) does not
    sizes = Sizes(
        Settings(), (size((), 182, 182, 182), size((4,), 183, 183, 183), size((8,), 190, 190, 190)), 3, 0.5
    )
    assert share_of(190, 200).low == pytest.approx(0.9104, abs=1e-4)
    assert sizes.best.hidden == (8,)
    assert sizes.enough.hidden == (4,)


def test_of_equal_scores_the_smallest_is_best():
    sizes = Sizes(Settings(), (size((), 190, 190, 190), size((8,), 190, 190, 190)), 2, 0.5)
    assert sizes.best.hidden == ()
    assert "wins nothing here" in takeaway(sizes)


def test_a_size_is_judged_by_its_middle_start():
    one = size((4,), 100, 190, 180)
    assert one.value == 0.9
    assert one.middle.hits == 180
    assert (one.low, one.high) == (0.5, 0.95)


def test_of_errors_the_smaller_is_better():
    sizes = told(PRESETS["Delivery hours, fits"])
    assert sizes.best.value == min(one.value for one in sizes.sizes)
    assert sizes.enough.value <= sizes.best.middle.high


def test_the_sentence_names_cost_for_each_answer_and_for_training():
    sizes = told(PRESETS["Few rows, memorises"])
    # no biases in multiplications: 2·32 + 32·32 + 32·32 + 32·2 = 2,176; 2·4 + 4·2 = 16
    assert sizes.largest.meter.multiplications == 2176
    if sizes.enough.hidden == (4,):
        assert "140 times the multiplications" in takeaway(sizes)  # 2,176 / 16 = 136
    assert "to train" in takeaway(sizes)


@pytest.mark.parametrize("settings", EVERY, ids=str)
def test_the_sentence_is_plain(settings):
    said = takeaway(told(settings))
    assert "nan" not in said
    assert all(len(words(one)) <= 25 for one in read([said]).sentences)
    assert read([said]).grade <= 9


def test_a_stop_keeps_whole_sizes_only():
    seen: list[float] = []

    def some(share: float) -> bool:
        seen.append(share)
        return share < 0.2

    sizes = story(PRESETS["Spiral, big enough"], some)
    assert 2 <= len(sizes.sizes) < len(SIZES)
    assert all(len(one.scores) == N_STARTS for one in sizes.sizes)
    assert takeaway(sizes).startswith(f"Stopped after {len(sizes.sizes)} sizes.")
    assert seen == sorted(seen)
    assert max(seen) <= 1


def test_a_stop_at_once_says_that_nothing_can_be_compared():
    sizes = story(Settings(plan=Plan(n_epochs=2000)), lambda share: False)
    assert len(sizes.sizes) == 1
    assert "before a second size" in takeaway(sizes)


def test_sizes_in_words():
    assert layers_in_words((32, 32, 32)) == "3 layers of 32"
    assert layers_in_words((16, 8, 4)) == "layers of 16, 8 and 4"


def test_every_number_is_finite():
    for settings in EVERY:
        values = [(one.value, one.own_value, one.meter.seconds) for one in told(settings).sizes]
        assert np.isfinite(values).all()
