import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.logistic_neuron import PRESETS, SCALES, Settings, shares, story, takeaway
from tests.readability import sentences, words

lawful = settings(deadline=None, derandomize=True, max_examples=80)
thresholds = st.integers(1, 99)
scales = st.sampled_from(SCALES)


def test_the_festival_as_shares_gives_the_published_ones():
    # C49: sums with bias 6 − 5 = 1, 4 − 5 = −1, 10 − 5 = 5, 0 − 5 = −5
    # 1 / (1 + e⁻¹) = 0.731, 1 / (1 + e) = 0.269, 1 / (1 + e⁻⁵) = 0.993, 1 / (1 + e⁵) = 0.0067
    shown = story(Settings())
    told = {group.name: (group.sum, round(group.share, 4)) for group in shown.groups}
    assert told["good weather alone"] == (1, 0.7311)
    assert told["bad weather, both others"] == (-1, 0.2689)
    assert told["all three"] == (5, 0.9933)
    assert told["none of the three"] == (-5, 0.0067)


def test_all_eight_cases_are_there_once():
    groups = story(Settings()).groups
    cases = [case for group in groups for case in group.cases]
    assert len(cases) == len(set(cases)) == 8
    assert [len(group.cases) for group in groups] == [1, 2, 1, 1, 2, 1]


@pytest.mark.parametrize(("threshold", "n"), [(50, 4), (80, 3), (96, 1), (25, 5), (3, 7), (99, 1)])
def test_the_threshold_decides_how_many_go(threshold, n):
    # shares 0.993, 0.953 twice, 0.731, 0.269, 0.047 twice, 0.0067
    assert story(Settings(threshold)).n_going == n


@lawful
@given(thresholds, scales)
def test_a_threshold_on_the_share_is_a_bar_on_the_sum(threshold, scale):
    shown = story(Settings(threshold, scale))
    for group in shown.groups:
        if abs(group.sum - shown.asks_for) > 1e-9:
            assert group.goes == (group.sum > shown.asks_for)
    at_the_bar = 1 / (1 + math.exp(-scale * shown.asks_for))
    assert at_the_bar == pytest.approx(threshold / 100)


@lawful
@given(thresholds, scales)
def test_a_higher_threshold_never_adds_a_yes(threshold, scale):
    going = {group.name for group in story(Settings(threshold, scale)).groups if group.goes}
    higher = {group.name for group in story(Settings(min(threshold + 7, 99), scale)).groups if group.goes}
    assert higher <= going


def test_large_weights_make_it_a_step():
    sums = np.array([-3.0, -1.0, 1.0, 3.0])
    assert shares(sums, 10.0) == pytest.approx((sums > 0).astype(float), abs=1e-4)
    assert "almost a step" in takeaway(story(PRESETS["Almost a step"]))


def test_the_sentence_tells_the_bar_and_the_two_close_cases():
    told = takeaway(story(Settings(80)))
    # ln(0.8 / 0.2) = 1.386
    assert "3 of 8 cases" in told
    assert "moves the bar 1.4 above" in told
    assert "Good weather alone gets 73 %, both others in bad weather 27 %" in told
    assert "moves the bar 1.1 below" in takeaway(story(Settings(25)))  # ln 3 = 1.0986
    assert "where the step stands too" in takeaway(story(Settings()))


@lawful
@given(thresholds, scales)
def test_no_setting_makes_a_long_sentence_or_a_broken_number(threshold, scale):
    told = takeaway(story(Settings(threshold, scale)))
    assert not re.search(r"nan|inf|\de[+−-]?\d|-\d", told)
    assert max(len(words(each)) for each in sentences(told)) <= 25


@pytest.mark.parametrize("chosen", [(0, 1.0), (100, 1.0), (50, 3.0), (50, float("nan"))])
def test_nonsense_is_refused_with_a_way_on(chosen):
    with pytest.raises(ValueError, match="choose"):
        Settings(*chosen)
