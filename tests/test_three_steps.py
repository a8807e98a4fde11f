import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.numbers_in_words import number, short
from dl_core.three_steps import LIMITS, PRESETS, Settings, look, story, takeaway
from tests.readability import sentences, words

lawful = settings(deadline=None, derandomize=True, max_examples=80)
inputs = st.floats(-5, 5).map(lambda x: round(x, 3))
outputs = st.floats(-20, 20).map(lambda y: round(y, 3))


def test_three_steps_by_hand_give_the_articles_numbers():
    # N24: x = 2, y = 5, rate 0.1. Step 1: o = 0, error −5, slopes −10 and −5: w = 1, b = 0.5
    # Step 2: o = 2.5, error −2.5, slopes −5 and −2.5: w = 1.5, b = 0.75
    # Step 3: o = 3.75, error −1.25, slopes −2.5 and −1.25: w = 1.75, b = 0.875
    # losses ½ · 25 = 12.5, ½ · 6.25 = 3.125, ½ · 1.5625 = 0.78125, ½ · 0.390625 = 0.1953125
    walk = story(Settings())
    assert [(one.weight, one.bias) for one in walk.steps] == [(0, 0), (1, 0.5), (1.5, 0.75), (1.75, 0.875)]
    assert [one.loss for one in walk.steps] == [12.5, 3.125, 0.78125, 0.1953125]
    assert [(one.slope_weight, one.slope_bias) for one in walk.steps[:3]] == [
        (-10, -5), (-5, -2.5), (-2.5, -1.25),
    ]  # fmt: skip


@lawful
@given(st.floats(-3, 3), st.floats(-3, 3), inputs, outputs)
def test_both_slopes_agree_with_central_differences(weight, bias, x, y):
    step = 1e-5
    here = look(weight, bias, x, y)
    by_weight = (look(weight + step, bias, x, y).loss - look(weight - step, bias, x, y).loss) / (2 * step)
    by_bias = (look(weight, bias + step, x, y).loss - look(weight, bias - step, x, y).loss) / (2 * step)
    assert here.slope_weight == pytest.approx(by_weight, abs=1e-5, rel=1e-6)
    assert here.slope_bias == pytest.approx(by_bias, abs=1e-5, rel=1e-6)


@lawful
@given(st.floats(0, 0.2), inputs, outputs)
def test_each_step_multiplies_the_error_by_the_same_factor(rate, x, y):
    walk = story(Settings(rate, 6, x, y))
    for was, now in zip(walk.steps, walk.steps[1:], strict=False):
        assert now.error == pytest.approx(walk.factor * was.error, rel=1e-6, abs=1e-9)


@lawful
@given(inputs, outputs.filter(lambda y: abs(y) > 0.01), st.floats(0.05, 0.95))
def test_below_the_limit_the_loss_falls_and_above_it_rises(x, y, share):
    limit = 2 / (x * x + 1)
    losses = [one.loss for one in story(Settings(share * limit, 3, x, y)).steps]
    assert losses == sorted(losses, reverse=True)
    past = story(Settings(limit * (1 + share), 3, x, y))
    losses = [one.loss for one in past.steps]
    assert losses == sorted(losses)
    assert past.diverges


@lawful
@given(inputs, outputs)
def test_half_the_limit_hits_in_one_step(x, y):
    walk = story(Settings(1 / (x * x + 1), 1, x, y))
    assert walk.steps[1].error == pytest.approx(0, abs=1e-9)
    assert walk.best == pytest.approx(1 / (x * x + 1))


def test_the_last_steps_sum_is_told_with_its_numbers():
    told = takeaway(story(Settings()))
    assert "the line says 3.75, the truth is 5, the error −1.25" in told
    assert "−1.25 × 2 = −2.5, for b −1.25" in told
    assert "1.5 − 0.1 × (−2.5) = 1.75; new b: 0.875" in told
    assert "from 0.78125 to 0.19531" in told  # 0.1953125 in five figures


def test_a_rate_over_the_limit_is_named_with_the_limit_and_a_remedy():
    # x = 2: limit 2 / (4 + 1) = 0.4; at 0.5 the factor is 1 − 0.5 · 5 = −1.5; best 0.2
    told = takeaway(story(PRESETS["Too big"]))
    assert "over the limit of 0.4" in told
    assert "1.5 times as large" in told
    assert "Try 0.2" in told


def test_a_line_out_of_sight_is_told_with_its_step():
    # at rate 1 the line says 0, then 25 (error 20), then 5 − 80 = −75: beyond 8 · 5 = 40 at step 2
    walk = story(Settings(1.0, 6))
    assert [round(one.prediction) for one in walk.steps[:3]] == [0, 25, -75]
    assert walk.left_at == 2
    assert takeaway(walk).startswith("The line leaves the picture at step 2.")
    assert story(Settings()).left_at is None


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        (Settings(0.4, 2), "jumps to and fro"),
        (Settings(0.0, 2), "no step moves the line"),
        (Settings(0.1, 3, 2, 0), "already hits"),
        (Settings(1000.0, 6, 100, -1000), "leaves the picture at step 1"),
        (Settings(0.1, 1, 0, 5), "−5 × 0 = 0"),
    ],
)
def test_edge_cases_get_a_sentence(chosen, says):
    assert says in takeaway(story(chosen))


@lawful
@given(
    st.sampled_from([0.0, 1e-6, 0.1, 0.4, 1.0, 1000.0]), st.integers(1, 6),
    st.sampled_from([-100.0, -0.001, 0.0, 2.0, 100.0]), st.sampled_from([-1000.0, 0.0, 1e-6, 5.0, 1000.0]),
)  # fmt: skip
def test_no_input_reaches_the_reader_as_a_broken_number_or_a_long_sentence(rate, n_steps, x, y):
    walk = story(Settings(rate, n_steps, x, y))
    assert all(math.isfinite(value) for one in walk.steps for value in vars(one).values())
    told = takeaway(walk)
    assert not re.search(r"nan|inf|\de[+−-]?\d", told)
    assert max(len(words(each)) for each in sentences(told)) <= 25


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"learning_rate": -0.1}, "Below 0 it would climb"),
        ({"learning_rate": math.inf}, "choose 0 to 1,000"),
        ({"learning_rate": math.nan}, "choose 0 to 1,000"),
        ({"n_steps": 0}, "choose 1 to 6"),
        ({"n_steps": 7}, "choose 1 to 6"),
        ({"x": LIMITS["x"] + 1}, "choose −100 to 100".replace("−", "-")),
        ({"y": math.nan}, "too far away"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(wrong, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Settings(**wrong)


def test_numbers_are_written_as_by_hand():
    assert [number(each) for each in (0.1 + 0.2, 1e-16, -1e-16, 123456.0, 0.00012)] == [
        "0.3", "0", "0", "123,460", "0.00012",
    ]  # fmt: skip
    assert short(2 / 3) == "0.667"


def test_settings_can_be_shared_and_kept():
    assert len(set(PRESETS.values())) == 3
    assert story(Settings()) == story(Settings())
