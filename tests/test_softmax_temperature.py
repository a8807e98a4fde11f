import itertools
import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import log_softmax, softmax

from dl_core.softmax_temperature import (
    COLDEST,
    MOST,
    PRESETS,
    WARMEST,
    Settings,
    log_losses,
    properties,
    story,
    takeaway,
    with_temperature,
)
from tests.readability import sentences, words

lawful = settings(deadline=None, derandomize=True, max_examples=100)
three = arrays(np.float64, 3, elements=st.floats(-10, 10).map(lambda score: round(score, 2)))
heats = st.floats(COLDEST, WARMEST)
EXTREMES = [
    Settings(*scores, heat)
    for scores in itertools.product((-MOST, 0.0, 0.1, MOST), repeat=3)
    for heat in (COLDEST, 1.0, WARMEST)
]


def test_the_default_scores_by_hand():
    # e^2 = 7.38906, e^1 = 2.71828, e^0.1 = 1.10517, together 11.21251
    told = story(Settings())
    assert told.shares == pytest.approx((0.65900, 0.24243, 0.09857), abs=1e-5)
    # -ln of each: 0.41703, 1.41703, 2.31703
    assert told.losses == pytest.approx((0.41703, 1.41703, 2.31703), abs=1e-5)


def test_minus_4_and_5_2_become_shares():
    # 1 / (1 + e^9.2) = 0.000101
    assert with_temperature(np.array([-4.0, 5.2]), 1.0) == pytest.approx([0.0001, 0.9999], abs=5e-5)


@lawful
@given(three, heats)
def test_shares_and_losses_are_those_of_scipy_and_torch(scores, heat):
    assert with_temperature(scores, heat) == pytest.approx(softmax(scores / heat))
    assert log_losses(scores, heat) == pytest.approx(-log_softmax(scores / heat), abs=1e-12)
    theirs = torch.nn.functional.cross_entropy(torch.tensor(scores / heat), torch.tensor(1)).item()
    assert log_losses(scores, heat)[1] == pytest.approx(theirs, abs=1e-12)


@lawful
@given(three, heats, st.floats(-5, 5))
def test_softmax_keeps_its_four_promises(scores, heat, moved):
    shares = with_temperature(scores, heat)
    assert (shares > 0).all()
    assert shares.sum() == pytest.approx(1)
    order = np.argsort(scores, kind="stable")
    assert (np.diff(shares[order]) >= -1e-15).all()
    assert with_temperature(scores + moved, heat) == pytest.approx(shares)


@lawful
@given(three, heats, heats)
def test_a_colder_softmax_gives_its_first_class_more(scores, one, other):
    cold, warm = sorted((one, other))
    assert with_temperature(scores, cold).max() >= with_temperature(scores, warm).max() - 1e-12


def test_the_share_of_the_answer_changes_and_never_the_answer():
    answers = {story(one).answer for one in PRESETS.values()}
    assert answers == {0}
    bold, careful = story(PRESETS["Cold and bold"]), story(PRESETS["Warm and careful"])
    # a gap of 1.9 points: e^(1.9 / 0.2) = 13,360 times, e^(1.9 / 5) = 1.46 times
    assert bold.shares[0] / bold.shares[2] == pytest.approx(13_360, rel=1e-3)
    assert careful.shares[0] / careful.shares[2] == pytest.approx(1.462, rel=1e-3)
    assert bold.losses[2] > careful.losses[2]


@pytest.mark.parametrize("chosen", EXTREMES, ids=str)
def test_every_sentence_is_short_and_claims_no_certainty(chosen):
    shown = story(chosen)
    told = f"{takeaway(shown)} {' '.join(properties(shown))}"
    assert max(len(words(each)) for each in sentences(told)) <= 25
    assert not re.search(r"inf|nan|gets 100 %|is 0 %", told)
    assert "They add up to 100 %." in told


def test_ties_are_said():
    assert "three-way tie: 33 % each" in takeaway(story(Settings(1, 1, 1, 2)))
    assert "Every truth costs 1.1" in takeaway(story(Settings(1, 1, 1, 2)))  # ln 3 = 1.0986
    assert "two classes share the first place, each with 42 %" in takeaway(story(Settings(1, 1, 0, 1)))


def test_the_gap_is_told_with_its_factor():
    # e^1.9 = 6.69
    assert properties(story(Settings()))[3].endswith("1.9 points make the first share 6.7 times the last.")
    assert "over a million times" in properties(story(Settings(10, 0, -10, COLDEST)))[3]


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"cat": 10.1}, "score of 10.1 for cat"),
        ({"ship": math.nan}, "for ship is out of range"),
        ({"temperature": 0.0}, "choose 0.1 to 10"),
        ({"temperature": math.inf}, "choose 0.1 to 10"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(chosen, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Settings(**chosen)


@pytest.mark.parametrize("heat", [0.0, -1.0, math.nan])
def test_a_temperature_that_is_not_above_zero_is_refused(heat):
    with pytest.raises(ValueError, match="choose one above 0"):
        with_temperature(np.zeros(3), heat)
