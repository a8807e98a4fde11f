import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.activations import (
    ACTIVATIONS,
    PRESETS,
    Settings,
    curves,
    sigmoid,
    story,
    takeaway,
    through,
    tried_slope,
)
from tests.readability import sentences, words

lawful = settings(deadline=None, derandomize=True, max_examples=80)
sums = st.floats(-6, 6).map(lambda x: round(x, 3))
TORCH = {
    "step": lambda x: (x > 0).double() + 0 * x,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": torch.relu,
}
every_activation = pytest.mark.parametrize("each", ACTIVATIONS, ids=lambda each: each.name)


def test_the_sigmoids_slope_is_a_quarter_in_the_middle_and_almost_nothing_far_out():
    # N13: e⁰ / (1 + e⁰)² = 1/4; e⁻⁵ / (1 + e⁻⁵)² = 0.0067379 / 1.0135211 = 0.0066480
    assert story(Settings(0.0)).of("sigmoid").slope == 0.25
    assert story(Settings(5.0)).of("sigmoid").slope == pytest.approx(0.0066481, abs=1e-7)
    assert story(Settings(-5.0)).of("sigmoid").slope == pytest.approx(0.0066481, abs=1e-7)
    assert curves().slopes[1].max() == 0.25


def test_a_quarter_times_itself_soon_leaves_nothing():
    # N13: 0.25⁵ = 1/1024 = 9.8e-4, 0.25¹⁰ = 9.5e-7, 0.25²⁰ = 9.1e-13
    assert through(0.25, 5) == 1 / 1024
    assert through(0.25, 10) == pytest.approx(9.5367e-7, rel=1e-4)
    assert through(0.25, 20) == pytest.approx(9.0949e-13, rel=1e-4)


@every_activation
def test_values_and_slopes_are_torchs_also_at_the_corner(each):
    x = torch.tensor([-6.0, -2.5, -0.1, 0.0, 0.1, 2.5, 6.0], dtype=torch.float64, requires_grad=True)
    out = TORCH[each.name](x)
    out.sum().backward()
    assert each.value(x.detach().numpy()) == pytest.approx(out.detach().numpy(), abs=1e-15)
    assert each.slope(x.detach().numpy()) == pytest.approx(x.grad.numpy(), abs=1e-15)


@every_activation
@lawful
@given(x=sums.filter(lambda x: abs(x) > 0.01))
def test_slopes_agree_with_central_differences_on_both_sides_of_every_kink(each, x):
    assert float(each.slope(np.array([x]))[0]) == pytest.approx(tried_slope(each.value, x), abs=1e-8)


@lawful
@given(st.floats(-1e6, 1e6))
def test_a_sigmoid_stays_between_0_and_1_and_is_the_mirror_of_itself(x):
    one, other = sigmoid(np.array([x, -x]))
    assert 0 <= one <= 1
    assert one + other == pytest.approx(1, abs=1e-15)


@lawful
@given(sums)
def test_tanh_is_a_sigmoid_stretched(x):
    assert math.tanh(x) == pytest.approx(2 * float(sigmoid(np.array([2 * x]))[0]) - 1, abs=1e-12)
    assert story(Settings(x)).of("tanh").value == pytest.approx(math.tanh(x), abs=1e-12)


def test_relu_passes_back_all_or_nothing_and_a_step_never_anything():
    answers = {x: story(Settings(x)) for x in (-2.0, 0.0, 3.0)}
    assert [answers[x].of("ReLU").slope for x in answers] == [0, 0, 1]
    assert [answers[x].of("step").slope for x in answers] == [0, 0, 0]
    assert [answers[x].of("step").value for x in answers] == [
        0,
        0,
        1,
    ]  # exactly 0 is a no, as in the festival
    assert answers[0.0].of("ReLU").sharp
    assert not answers[3.0].of("ReLU").sharp


def test_the_sentence_says_how_much_of_a_hint_comes_back():
    # slope of tanh at 5: 1 − 0.9999092² = 0.0001816
    assert "Sigmoid lets 0.66 % of a hint through, tanh 0.018 %, ReLU all of it" in takeaway(
        story(Settings(5.0))
    )
    assert "Sigmoid lets 25 % of a hint through, tanh all of it, ReLU nothing" in takeaway(
        story(Settings(0.0))
    )
    assert "corner" in takeaway(story(Settings(0.0)))
    assert "silent" in takeaway(story(PRESETS["Below zero"]))


@lawful
@given(sums)
def test_no_sum_makes_a_long_sentence_or_a_broken_number(x):
    told = takeaway(story(Settings(x)))
    assert not re.search(r"nan|inf|\de[+−-]?\d|-\d", told)
    assert max(len(words(each)) for each in sentences(told)) <= 25


@pytest.mark.parametrize("x", [6.5, -7.0, float("nan")])
def test_a_sum_out_of_the_picture_is_refused(x):
    with pytest.raises(ValueError, match="choose"):
        Settings(x)
