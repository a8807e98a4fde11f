import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.descent_in_words import narration, takeaway
from dl_core.gradient_descent import PRESETS, STEPS, Settings, rates_for, rounded, story
from dl_core.optimisers import walk
from dl_core.surfaces import SURFACES, surface

CURVE_START = (10.0, 0.0)


@pytest.mark.parametrize(
    ("rate", "end"),
    [(0.01, "6.68"), (0.1, "0.115"), (0.5, "0"), (1.0, "10"), (1.1, "383")],
)
def test_twenty_steps_on_the_parabola_end_where_the_worked_example_says(rate, end):
    """SOURCES N26: f = x², so each step multiplies x by 1 - 2 · rate; from 10, 20 times."""
    assert f"{abs(walk(surface('curve'), rate, CURVE_START, 20).xs[-1]):.3g}" == end


def test_each_preset_shows_what_it_is_called():
    expected = {
        "Crawling": "crawling", "Right": "arrived", "Zig-zag": "zig-zag", "Bouncing": "bouncing",
        "Diverging": "left", "Stuck": "local valley", "Plateau": "flat",
    }  # fmt: skip
    assert {name: story(chosen).verdict for name, chosen in PRESETS.items()} == expected


def test_the_edge_of_a_quadratic_is_where_walks_begin_to_grow():
    for key, best, edge in (("curve", 0.5, 1.0), ("bowl", 0.5, 1.0), ("ravine", 2 / 26, 0.08)):
        ground = surface(key)
        rates = rates_for(key, ground.start)
        assert (rates.best, rates.largest_stable, rates.by_formula) == (best, edge, True)
        assert walk(ground, 0.99 * edge, ground.start, 500).losses[-1] < ground.value(*ground.start)
        assert walk(ground, 1.01 * edge, ground.start, 500).losses[-1] > ground.value(*ground.start)


@pytest.mark.parametrize("key", ["valleys", "saddle", "plateau"])
def test_elsewhere_the_best_rate_is_found_by_trying_and_no_near_rate_is_better(key):
    start = surface(key).start
    rates = rates_for(key, start)
    assert not rates.by_formula
    ends = {rate: walk(surface(key), rate, start, 100).losses[-1] for rate in (rates.best, rates.best / 3)}
    assert ends[rates.best] <= ends[rates.best / 3] + 1e-9


def test_a_walk_that_leaves_names_the_step_and_the_overshoot():
    shown = story(Settings("curve", 1.1, 25, CURVE_START))
    # each step multiplies x by 1 - 2.2 = -1.2: 10, -12, 14.4, and the picture ends at 12.5
    assert shown.walk.xs[:3] == pytest.approx((10, -12, 14.4))
    assert shown.overshoot == pytest.approx(1.2)
    assert shown.walk.left_picture_at == 2
    assert takeaway(shown) == (
        "Each step overshoots by 1.2×. The walk left the picture at step 2. Halve the rate: below 1 it stays."
    )


def test_halving_is_advised_only_where_half_the_rate_would_stay():
    assert "Go below 0.08." in takeaway(story(Settings("ravine", 1000.0)))
    assert "Halve the rate" in takeaway(story(Settings("ravine", 0.1)))


def test_steps_are_narrated_with_numbers_that_a_reader_can_check():
    told = narration(story(Settings("curve", 0.1, 25, CURVE_START)))
    # x = 10, slope 20, step 2; x = 8, slope 16, step 1.6; heights 100, 64, 6.4² = 40.96
    assert told[:3] == (
        "Start: at x = 10 the height is 100.",
        "Step 1: slope 20 times 0.1 is 2, so x goes from 10 to 8. Height 100 → 64.",
        "Step 2: slope 16 times 0.1 is 1.6, so x goes from 8 to 6.4. Height 64 → 41.",
    )
    assert len(told) == 26


def test_a_step_on_a_map_is_narrated_with_both_slopes():
    told = narration(story(Settings("ravine", 0.05, 1, (-10.0, 2.0))))
    # slopes (x, 25 y) = (-10, 50); times 0.05, against them: (-10 + 0.5, 2 - 2.5)
    # ½(9.5² + 25 · 0.5²) = 48.25
    step = "Step 1: slopes −10 and 50, times 0.05, against them: to (−9.5, −0.5)."
    assert told[1] == f"{step} Height 100 → 48.2."


@pytest.mark.parametrize(
    "wrong",
    [
        {"surface": "hill"}, {"learning_rate": -0.1}, {"learning_rate": 1000.1}, {"learning_rate": math.nan},
        {"n_steps": 7}, {"start": (1e4, 0.0)}, {"start": (math.nan, 0.0)}, {"start": (0.0, math.inf)},
    ],
)  # fmt: skip
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"choose|stay within"):
        Settings(**wrong)


def test_extremes_get_a_sentence():
    said = {
        "zero": takeaway(story(Settings("ravine", 0.0))),
        "floor": takeaway(story(Settings("bowl", 0.1, 25, (0.0, 0.0)))),
        "saddle": takeaway(story(Settings("saddle", 0.1, 25, (0.0, 0.0)))),
        "ridge": takeaway(story(Settings("saddle", 0.1, 100, (-3.0, 0.0)))),
        "far": takeaway(story(Settings("valleys", 0.1, 25, (500.0, 0.0)))),
        "thousand": takeaway(story(Settings("plateau", 1000.0, 25, (-2.8, 1.0)))),
    }
    assert said["zero"].startswith("At a rate of 0 no step moves.")
    assert said["floor"].startswith("You start on a floor.")
    assert said["saddle"].startswith("You start on a spot that is level but no floor.")
    assert "rests on a saddle" in said["ridge"]
    assert said["far"].startswith("You start outside of the picture")
    assert "left the picture at step" in said["thousand"]


@pytest.mark.parametrize(
    "start", [Settings("curve", 1.1, 25, CURVE_START), Settings("curve", 0.01, 25, CURVE_START),
              Settings("curve", 1.0, 25, CURVE_START), PRESETS["Stuck"], PRESETS["Plateau"],
              Settings("saddle", 0.1, 100, (-3.0, 0.0)), Settings("valleys", 0.1, 25, (500.0, 0.0)),
              Settings("ravine", 0.0)],
)  # fmt: skip
def test_the_remedy_helps(start):
    shown = story(start)
    assert shown.remedy
    helped = story(Settings(start.surface, shown.remedy.learning_rate, 100, shown.remedy.start))
    assert helped.verdict in ("arrived", "zig-zag", "on the way")
    # nearer to the lowest floor than it was, seen from its own start
    assert helped.way_left < min(shown.way_left, 0.05)


def test_who_has_arrived_needs_no_remedy():
    assert story(PRESETS["Right"]).remedy is None


anywhere = st.floats(-1000, 1000)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SURFACES), st.floats(0, 1000), st.sampled_from(STEPS), anywhere, anywhere)
def test_every_walk_can_be_told_without_an_endless_number(ground, rate, n_steps, x, y):
    shown = story(Settings(ground.key, rate, n_steps, (x, y)))
    for said in (takeaway(shown), *narration(shown)):
        assert not any(word in said.lower() for word in ("nan", "inf", "endless", "e+"))
        assert len(max(said.split(". "), key=len).split()) <= 25
    assert len(narration(shown)) == shown.n_shown + 1
    assert math.isfinite(shown.overshoot)


def test_a_rate_is_rounded_down_so_that_it_stays_below_the_edge():
    assert rounded(2 / 26) == 0.076
    assert rounded(0.5) == 0.5
    assert rounded(0.0799) == 0.079
