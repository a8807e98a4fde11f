import dataclasses
import math
import re
from dataclasses import replace

import pytest

from dl_core.numbers_in_words import listed
from dl_core.optimiser_race import PRESETS, SEARCHED, Settings, commentary, own_rate, story, takeaway
from dl_core.optimisers import OPTIMISERS, walk
from dl_core.rate_sweep import STEPS
from dl_core.surfaces import SURFACES, surface
from tests.readability import sentences, words

EVERYWHERE = [
    Settings(ground.key, start, n_steps, rates, rate)
    for ground in SURFACES
    for start in (ground.start, ground.minima[0], ground.minima[-1], (900.0, -900.0))
    for n_steps, rates, rate in (
        (25, "own", 0.1),
        (25, "same", 0.0001),
        (100, "same", 0.1),
        (25, "same", 10.0),
    )
]
everywhere = pytest.mark.parametrize("chosen", EVERYWHERE, ids=str)


def steps_by_hand(taken):
    """The first step from which on no loss is above a hundredth of the first."""
    target = taken.losses[0] / 100
    late = [step for step, loss in enumerate(taken.losses) if loss > target]
    first = late[-1] + 1 if late else 0
    return first if first <= taken.n_done else None


@everywhere
def test_all_six_run_from_the_same_place_and_their_steps_are_counted(chosen):
    race = story(chosen)
    assert {one.optimiser for one in race.runners} == set(OPTIMISERS)
    assert len({(one.walk.xs[0], one.walk.ys[0]) for one in race.runners}) == 1
    assert [one.steps for one in race.runners] == [steps_by_hand(one.walk) for one in race.runners]


@everywhere
def test_who_arrives_first_stands_first_and_who_diverged_last(chosen):
    race = story(chosen)
    steps = [one.steps for one in race.arrived]
    assert steps == sorted(steps)
    assert race.runners[: len(steps)] == race.arrived
    rest = race.runners[len(steps) :]
    assert [one.diverged for one in rest] == sorted(one.diverged for one in rest)
    assert all(one.steps == steps[0] for one in race.winners)


def test_on_the_curve_plain_descent_is_there_in_one_step():
    # 10 - 1/2 · 20 = 0; AdaGrad's first step is its rate: 10 · 20 / √(20²); RMSProp's is ten times its rate
    race = story(Settings("curve", (10.0, 0.0), 25))
    assert [(one.optimiser, one.learning_rate, one.steps) for one in race.winners] == [
        ("gd", 0.5, 1),
        ("adagrad", 10.0, 1),
        ("rmsprop", 1.0, 1),
    ]
    assert takeaway(race).startswith(
        "Gradient descent, AdaGrad and RMSProp tie: down to the last 1 % of the way after 1 step."
    )


def test_on_the_ravine_plain_descent_needs_the_steps_that_arithmetic_says():
    # x is the slow one: from -10, 100 · 0.929²ⁿ / 2 ≤ 1 needs n ≥ ln 50 / (2 · 0.07365) = 26.6
    # y: 50 · 0.775²ⁿ is below 0.01 by then
    plain = story(Settings()).of("gd")
    assert (plain.learning_rate, plain.steps) == (0.071, 27)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_no_searched_rate_that_stays_on_the_picture_needs_fewer_steps(optimiser):
    ground = surface("ravine")
    walks = [walk(ground, rate, ground.start, 100, optimiser) for rate in SEARCHED]
    steps = [steps_by_hand(one) for one in walks if one.left_picture_at is None]
    best = own_rate("ravine", ground.start, 100, optimiser)
    assert steps_by_hand(walk(ground, best, ground.start, 100, optimiser)) == min(
        s for s in steps if s is not None
    )


def test_at_one_rate_two_of_six_fly_out_and_are_named_with_their_step():
    race = story(PRESETS["One rate for all"])
    # plain descent across the ravine: 2 · (1 - 0.1 · 25) = -3 is the edge, then 4.5
    assert [(one.optimiser, one.walk.left_picture_at) for one in race.diverged] == [
        ("gd", 2),
        ("nesterov", 1),
    ]
    assert takeaway(race) == (
        "At a rate of 0.1 for all, RMSProp is down to the last 1 % of the way after 45 steps. "
        "Gradient descent and Nesterov diverge: out of the picture at step 2 and step 1. "
        "One rate does not suit all: 2 of 6 arrive."
    )


def test_the_presets_show_three_different_findings():
    found = [story(each) for each in PRESETS.values()]
    assert ["gd" in [one.optimiser for one in race.winners] for race in found] == [False, True, False]
    assert [bool(race.diverged) for race in found] == [False, False, True]
    assert all(race.n_tried in (1, len(SEARCHED)) for race in found)


def test_along_the_diagonal_adagrad_and_rmsprop_lose_their_lead():
    """What the lesson says of its toys: turned by 45 degrees, the same ravine takes them far longer."""
    half = math.sqrt(0.5)
    ravine = surface("ravine")

    def slope(x, y):
        along, across = ravine.slope(half * (x + y), half * (y - x))
        return half * (along - across), half * (along + across)

    turned = dataclasses.replace(
        ravine,
        height=lambda x, y: ravine.height(half * (x + y), half * (y - x)),
        slope=slope,
        x_range=(-20.0, 20.0),
        y_range=(-20.0, 20.0),
    )
    start = (half * (-10 - 2), half * (-10 + 2))

    def fewest(ground, at, optimiser):
        found = [steps_by_hand(walk(ground, rate, at, 100, optimiser)) for rate in SEARCHED]
        return min(each for each in found if each is not None)

    for optimiser in ("adagrad", "rmsprop"):
        assert fewest(turned, start, optimiser) > 5 * fewest(ravine, ravine.start, optimiser)
    # plain descent does not know where the axes are
    assert fewest(turned, start, "gd") == fewest(ravine, ravine.start, "gd")


@pytest.mark.parametrize("start", [(0.0, 0.0), (0.0, -1.5)])
def test_without_a_slope_nobody_moves_and_it_says_so(start):
    race = story(Settings("saddle", start))
    assert not race.moves
    assert takeaway(race) == "The start has no slope, so nobody moves. Choose another start."
    assert commentary(race, (0, 7))[1] == "Step 7: all six are level."


@everywhere
def test_everywhere_the_words_are_short_and_hold_only_numbers(chosen):
    race = story(chosen)
    told = [takeaway(race), *commentary(race, tuple(range(chosen.n_steps + 1)))]
    for text in told:
        assert not re.search(r"\bnan\b|\binf\b|\de[+-]\d|\bNone\b", text)
        assert max(len(words(each)) for each in sentences(text)) <= 25


def test_the_commentary_names_who_has_the_least_loss():
    race = story(PRESETS["One rate for all"])
    for step in (1, 5, 40, 100):
        least = min(race.runners, key=lambda one: one.loss_at(step))
        share = least.loss_at(step) / race.start_loss
        text = commentary(race, (step,))[0]
        assert text.lower().startswith(f"step {step}: {least.name.lower()} leads with ")
        assert float(re.search(r"(?:with|under) (?:under )?([\d.]+) %", text)[1]) == pytest.approx(
            100 * share, rel=0.06, abs=0.01
        )
    assert commentary(race, (45, 46, 47))[0].endswith("1 of 6 is there.")
    assert commentary(race, (45, 46, 47))[2].endswith("2 of 6 are there.")


def test_too_few_steps_are_told():
    told = takeaway(story(Settings("plateau", surface("plateau").start, 25, "same", 0.001)))
    assert told.startswith(
        "At a rate of 0.001 for all, nobody gets down to the last 1 % of the way in 25 steps."
    )


def test_names_are_listed_as_people_do():
    assert [listed(list("AB"[:n])) for n in (1, 2)] == ["A", "A and B"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"surface": "hill"}, 'no surface "hill"'),
        ({"n_steps": 1}, f"choose one of {STEPS}"),
        ({"rates": "mine"}, '"own" or "same", not "mine"'),
        ({"learning_rate": 0.0}, "choose 0.0001 to 10"),
        ({"start": (0.0, -5000.0)}, "too far out"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(changed, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        replace(Settings(), **changed)
