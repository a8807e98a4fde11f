import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.log_bases import (
    EXAMPLES,
    LOGS,
    RIGHT,
    SCORES,
    Settings,
    log_loss,
    multiclass_hinge,
    story,
    takeaway,
)
from tests.readability import sentences, words

lawful = settings(deadline=None, derandomize=True, max_examples=100)
EVERY = [Settings(example, log) for example in EXAMPLES for log in LOGS]


@pytest.mark.parametrize(
    ("share", "natural", "two", "ten"),
    # -ln 0.78 = 0.24846, -log2 0.78 = 0.35845, -log10 0.78 = 0.10791; 0.35: 1.04982, 1.51457, 0.45593
    [(0.78, 0.2485, 0.3585, 0.1079), (0.35, 1.0498, 1.5146, 0.4559)],
)
def test_the_hot_dogs_loss_by_every_log(share, natural, two, ten):
    # "Intuitive Deep Learning" prints 0.1079 and 0.4559, which is base 10 without saying so
    assert [round(log_loss(share, log), 4) for log in LOGS] == [natural, two, ten]


def test_the_poorer_model_costs_4_23_times_as_much_by_every_log():
    told = story(Settings())
    for log in LOGS:
        better, poorer = told.losses[log]
        assert poorer / better == pytest.approx(4.2253, abs=1e-4)  # 1.04982 / 0.24846
    assert told.ratio == pytest.approx(4.2253, abs=1e-4)
    assert told.mean("natural") == pytest.approx(0.649, abs=5e-4)  # (0.24846 + 1.04982) / 2


def test_cs231n_scores_give_1_04_and_not_the_0_45_of_an_article():
    told = story(Settings("three scores"))
    # CS231n's own figure: shares 0.015, 0.631, 0.353; "1.04 using the natural logarithm"
    assert told.answers[0].share == pytest.approx(0.353, abs=5e-4)
    assert told.losses["natural"][0] == pytest.approx(1.04, abs=5e-3)
    assert told.losses["base 10"][0] == pytest.approx(0.45, abs=5e-3)
    # max(0, -2.85 - 0.28 + 1) + max(0, 0.86 - 0.28 + 1) = 0 + 1.58
    assert told.hinge == pytest.approx(1.58)
    assert "Hinge charges 1.58, on a ruler of its own." in takeaway(told)


def test_a_four_with_ten_percent_costs_2_303():
    nine, four = story(Settings("a four")).losses["natural"]
    assert (nine, four) == pytest.approx((0.5108, 2.3026), abs=1e-4)  # -ln 0.6, -ln 0.1
    assert "costs 2.303, too" in takeaway(story(Settings("a four")))


def test_softmax_and_hinge_are_those_of_torch():
    logits, truth = torch.tensor([SCORES], dtype=torch.float64), torch.tensor([RIGHT])
    theirs = torch.nn.functional.cross_entropy(logits, truth).item()
    assert story(Settings("three scores")).losses["natural"][0] == pytest.approx(theirs)
    # torch divides the sum by the number of classes
    margin = torch.nn.functional.multi_margin_loss(logits, truth).item() * len(SCORES)
    assert multiclass_hinge(SCORES, RIGHT) == pytest.approx(margin)


@lawful
@given(st.floats(1e-6, 1, exclude_max=True), st.floats(1e-6, 1, exclude_max=True))
def test_a_ratio_of_two_losses_is_the_same_in_every_base(one, other):
    ratios = [log_loss(one, log) / log_loss(other, log) for log in LOGS]
    assert ratios == pytest.approx([ratios[0]] * 3)


@lawful
@given(st.floats(1e-9, 1))
def test_a_base_raised_to_minus_the_loss_is_the_share(share):
    for log, base in zip(LOGS, (math.e, 2, 10), strict=True):
        assert base ** -log_loss(share, log) == pytest.approx(share)


def test_a_certain_right_answer_costs_nothing_and_no_minus_zero():
    assert all(np.copysign(1, log_loss(1.0, log)) == 1 and log_loss(1.0, log) == 0 for log in LOGS)


@pytest.mark.parametrize("share", [0.0, -0.1, 1.1, math.nan])
def test_a_share_without_a_log_loss_is_refused(share):
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        log_loss(share, "natural")


@pytest.mark.parametrize("chosen", EVERY, ids=str)
def test_the_sentence_is_short_and_names_the_chosen_log(chosen):
    told = takeaway(story(chosen))
    assert max(len(words(each)) for each in sentences(told)) <= 25
    assert ("natural log" if chosen.log == "natural" else f"log of {chosen.log}") in told


def test_the_article_is_named_only_where_its_base_does_not_stand_in_front():
    assert "An article prints 0.1079: that is base 10." in takeaway(story(Settings()))
    assert "An article" not in takeaway(story(Settings(log="base 10")))


@pytest.mark.parametrize(
    ("chosen", "says"), [({"example": "x"}, "no example “x”"), ({"log": "ln"}, "no logarithm")]
)
def test_nonsense_is_refused_with_what_to_do(chosen, says):
    with pytest.raises(ValueError, match=says):
        Settings(**chosen)
