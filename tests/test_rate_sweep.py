import math
import re
from dataclasses import replace

import pytest

from dl_core.optimisers import OPTIMISERS, walk
from dl_core.rate_sweep import (
    PRESETS,
    RATES,
    STEPS,
    FoundRates,
    Settings,
    found_rates,
    in_times,
    left_in_words,
    story,
    takeaway,
)
from dl_core.surfaces import SURFACES, surface
from tests.readability import sentences, words

every_surface = pytest.mark.parametrize("ground", SURFACES, ids=lambda one: one.key)
EVERYWHERE = [
    Settings(ground.key, start, n_steps, rate, optimiser)
    for ground in SURFACES
    for start in (ground.start, ground.minima[0], ground.minima[-1], (1.0, 0.0), (900.0, -900.0))
    for n_steps, rate, optimiser in (
        (25, 0.0001, "gd"),
        (100, 0.05, "adam"),
        (25, 1.0, "momentum"),
        (25, 10.0, "gd"),
    )
]


def test_the_rates_are_what_a_person_would_type():
    assert (RATES[0], RATES[-1], len(RATES)) == (0.0001, 10.0, 101)
    assert list(RATES) == sorted(set(RATES))
    assert {0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0} <= set(RATES)
    assert all(float(f"{rate:.2g}") == rate for rate in RATES)


def test_on_the_curve_the_search_finds_what_the_formula_says():
    # 10 · |1 - 2 · rate|ⁿ: zero in one step at 1/2, as high as at the start at 1, higher beyond
    assert found_rates("curve", (10.0, 0.0), 25) == FoundRates(0.5, 1.0, 101)
    shown = story(Settings("curve", (10.0, 0.0), 25, 0.01))
    assert shown.yours.share == pytest.approx(0.98**50)
    assert shown.cliff == shown.cliff_by_formula == 1.0


@pytest.mark.parametrize("n_steps", STEPS)
def test_on_the_ravine_the_search_stands_one_tried_rate_below_the_formula(n_steps):
    ground, found = surface("ravine"), found_rates("ravine", surface("ravine").start, n_steps)
    above = RATES[RATES.index(found.largest_stable) + 1]
    assert found.largest_stable <= ground.largest_stable_rate < above
    assert (
        found.best == 0.071
    )  # the tried rate next to 2 / 26 = 0.0769; at 0.079 |1 - 25 · 0.079| = 0.975 is slow


@every_surface
def test_every_tried_rate_ends_as_its_own_walk_does(ground):
    shown = story(Settings(ground.key, ground.start, 100, 0.01))
    for one in shown.tried[::7]:
        taken = walk(ground, one.learning_rate, ground.start, 100)
        assert one.share == pytest.approx(max(taken.losses[-1], 0) / taken.losses[0])
        assert one.left_picture_at == taken.left_picture_at
        assert one.failed == (taken.left_picture_at is not None or taken.losses[-1] > taken.losses[0] + 1e-9)


@every_surface
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_up_to_the_last_safe_rate_none_fails_and_the_next_one_does(ground, optimiser):
    shown = story(Settings(ground.key, ground.start, 100, 0.01, optimiser))
    safe = [one for one in shown.tried if one.learning_rate <= shown.largest_stable]
    assert not any(one.failed for one in safe)
    assert len(safe) == len(shown.tried) or shown.tried[len(safe)].failed


@every_surface
@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("n_steps", STEPS)
def test_no_tried_rate_leaves_less_than_the_best_but_for_what_counts_as_nothing(ground, optimiser, n_steps):
    shown = story(Settings(ground.key, ground.start, n_steps, 0.01, optimiser))
    assert not shown.best.failed
    assert shown.best.share <= min(one.share for one in shown.tried if not one.failed) + 1e-12


def test_a_rate_that_was_not_tried_has_its_own_walk():
    shown = story(Settings("ravine", (-10.0, 2.0), 100, 0.0123))
    assert shown.yours.learning_rate == 0.0123
    assert shown.yours.share == pytest.approx(
        walk(surface("ravine"), 0.0123, (-10.0, 2.0), 100).losses[-1] / 100
    )


def test_the_default_by_hand():
    # start (100 + 25 · 4) / 2 = 100; after 100 steps x = -10 · 0.99¹⁰⁰ = -3.66, the loss 6.70; y is gone
    shown = story(Settings())
    assert shown.yours.loss == pytest.approx(50 * 0.99**200, rel=1e-9)
    assert takeaway(shown) == (
        "A rate of 0.01 leaves 6.7 % of the loss after 100 steps. "
        "The best of 101 tried, 0.071, leaves next to nothing. Yours stands 8 times below the cliff at 0.08."
    )


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        (0.2, "A rate of 0.2 leaves the picture at step 1."),
        (0.2, "Yours stands 2.5 times above the cliff at 0.08."),  # 0.2 / 0.08
        (0.08, "Yours stands on the edge of the cliff at 0.08."),
        (0.071, "Yours stands 13 % below the cliff at 0.08."),  # 0.08 / 0.071 = 1.127
        (0.071, "Of 101 tried rates it is the best."),
        (0.0001, "Yours stands 800 times below the cliff at 0.08."),
    ],
)
def test_the_sentence_says_where_the_readers_rate_stands(rate, says):
    assert says in takeaway(story(replace(Settings(), learning_rate=rate)))


def test_the_formula_counts_for_plain_descent_only():
    assert story(Settings(optimiser="momentum")).cliff_by_formula is None
    assert story(Settings(optimiser="adam")).cliff == 5.0


def test_where_no_rate_fails_it_says_so():
    shown = story(Settings("curve", (1.0, 0.0), 100, 0.01, "adam"))
    assert shown.cliff is None
    assert takeaway(shown).endswith("Up to 10 no rate diverges here.")


@pytest.mark.parametrize("start", [(0.0, 0.0), (0.0, 1.5)])
def test_without_a_slope_it_says_so(start):
    shown = story(Settings("saddle", start, 25, 0.1))
    assert not shown.moves
    assert takeaway(shown) == "Your start has no slope, so no rate moves it. Choose another start."


@pytest.mark.parametrize("chosen", EVERYWHERE, ids=str)
def test_everywhere_the_sentence_is_short_and_holds_only_numbers(chosen):
    shown = story(chosen)
    told = takeaway(shown)
    assert not re.search(r"\bnan\b|\binf\b|\de[+-]\d|\bNone\b", told)
    assert max(len(words(each)) for each in sentences(told)) <= 25
    assert all(math.isfinite(one.share) and one.share >= 0 for one in shown.tried)


def test_the_presets_show_three_different_pictures():
    found = [story(each) for each in PRESETS.values()]
    assert len({(one.best.learning_rate, one.cliff) for one in found}) == 3
    # stuck: the higher valley's floor lies at 3.3 of 13.2
    assert found[1].yours.loss == pytest.approx(surface("valleys").value(-1.75, 0.0), rel=1e-3)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"surface": "hill"}, 'no surface "hill"'),
        ({"n_steps": 30}, "30 steps are not on offer"),
        ({"start": (2000.0, 0.0)}, "too far out"),
        ({"start": (math.nan, 0.0)}, "too far out"),
        ({"learning_rate": 0.0}, "choose 0.0001 to 10"),
        ({"learning_rate": 11.0}, "choose 0.0001 to 10"),
        ({"optimiser": "sgd"}, 'no optimiser "sgd"'),
    ],
)
def test_nonsense_is_refused_with_what_to_do(changed, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        replace(Settings(), **changed)


def test_ratios_and_shares_in_words():
    assert (in_times(1.0001), in_times(1.49), in_times(1.5), in_times(12345)) == (
        "1 %",
        "49 %",
        "1.5 times",
        "12,000 times",
    )
    assert left_in_words(0.0) == "next to nothing"
