import math
import re

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, hinge_loss, log_loss, mean_absolute_error

from dl_core.four_losses import CLIP
from dl_core.loss_functions import (
    PRESETS,
    TRUTHS,
    VIEWS,
    Settings,
    curves,
    in_coin_flips,
    story,
    takeaway,
)
from tests.readability import sentences, words

EVERY = [Settings(p, truth, view) for p in range(101) for truth in TRUTHS for view in VIEWS]


@pytest.mark.parametrize(
    ("right", "charge"),
    # minus the natural logarithm: 0.01005, 0.10536, 0.69315, 2.30259, 4.60517
    [(99, 0.01005), (90, 0.10536), (50, 0.69315), (10, 2.30259), (1, 4.60517)],
)
def test_cross_entropy_charges_minus_the_natural_log_of_the_right_share(right, charge):
    assert story(Settings(right, "yes")).of("cross-entropy").value == pytest.approx(charge, abs=1e-5)
    assert story(Settings(100 - right, "no")).of("cross-entropy").value == pytest.approx(charge, abs=1e-5)


def test_the_other_losses_at_one_percent_for_the_truth_by_hand():
    told = story(Settings(99, "no"))
    # the score is ln(99) = 4.59512 and the truth is no: 1 + 4.59512
    assert told.of("hinge").value == pytest.approx(5.59512, abs=1e-5)
    assert told.of("squared").value == pytest.approx(0.99**2)  # 0.9801
    assert told.of("absolute").value == pytest.approx(0.99)
    # a coin flip costs ln 2, 1, 0.25 and 0.5: 4.60517 / 0.69315 = 6.6439, 5.59512, 3.9204, 1.98
    assert [one.coin_flips for one in told.charges] == pytest.approx(
        [6.6439, 5.59512, 3.9204, 1.98], abs=1e-4
    )


def test_a_picture_of_a_4_with_ten_percent_costs_as_much_as_a_blind_guess():
    # -ln 0.1 = 2.302585 = ln 10; if the truth were the 9 with sixty percent: -ln 0.6 = 0.5108
    assert story(Settings(10, "yes")).of("cross-entropy").value == pytest.approx(math.log(10))
    assert story(Settings(60, "yes")).of("cross-entropy").value == pytest.approx(0.5108, abs=1e-4)


@pytest.mark.parametrize("percent_yes", [1, 20, 50, 73, 74, 99])
@pytest.mark.parametrize("truth", TRUTHS)
def test_the_charges_are_those_of_scikit_learn(percent_yes, truth):
    told, yes, label = story(Settings(percent_yes, truth)), percent_yes / 100, 1 if truth == "yes" else 0
    score = math.log(yes / (1 - yes))
    assert told.of("cross-entropy").value == pytest.approx(log_loss([label], [yes], labels=[0, 1]))
    # scikit-learn wants both labels in its list: one more answer, right by far, costs nothing
    pair = hinge_loss([label, 1 - label], [score, 9 * (-1) ** label])
    assert told.of("hinge").value == pytest.approx(2 * pair)
    assert told.of("squared").value == pytest.approx(brier_score_loss([label], [yes], pos_label=1))
    assert told.of("absolute").value == pytest.approx(mean_absolute_error([label], [yes]))


def test_ruling_out_the_truth_is_called_endless_and_clipped_like_programs_do():
    told = story(Settings(100, "no"))
    assert told.ruled_out
    assert [one.endless for one in told.charges] == [True, True, False, False]
    # a floor of one in ten million: -ln(1e-7) = 16.118
    assert CLIP == 1e-7
    assert told.of("cross-entropy").value == pytest.approx(16.118, abs=1e-3)
    assert "has no end" in takeaway(told)
    assert "it charges 16." in takeaway(told)
    assert not story(Settings(99, "no")).ruled_out


def test_squared_loss_hardly_pushes_what_is_sure_and_wrong():
    told = story(Settings(99, "no", "push"))
    # 2 · 0.99² · 0.01 = 0.0196 against 0.99
    assert told.of("squared").push == pytest.approx(0.019602)
    assert told.of("cross-entropy").push == pytest.approx(0.99)
    assert "learns least from its worst mistakes" in takeaway(told)
    assert "learns least" not in takeaway(story(Settings(60, "no", "push")))


@pytest.mark.parametrize("truth", TRUTHS)
def test_all_curves_meet_at_the_coin_flip(truth):
    drawn = curves(truth)
    at = int(np.flatnonzero(drawn.yes_percent == 50)[0])
    assert drawn.shown("coin flips")[:, at] == pytest.approx([1, 1, 1, 1])
    assert drawn.shown("own numbers")[:, at] == pytest.approx([math.log(2), 1, 0.25, 0.5])
    assert (np.diff(drawn.yes_percent) > 0).all()


def test_every_sentence_is_short_and_has_no_raw_infinities():
    told = [takeaway(story(chosen)) for chosen in EVERY]
    assert [one for text in told for one in sentences(text) if len(words(one)) > 25] == []
    assert [text for text in told if re.search(r"inf|nan|e-\d|0\.00000", text)] == []


def test_the_sentence_says_the_charge_and_its_multiple():
    told = takeaway(story(Settings(99, "no")))
    assert "but the truth is no. Cross-entropy charges 4.6, which is 6.6 times an honest coin flip." in told
    told = takeaway(story(Settings(99, "yes")))
    # 0.01005 / 0.69315 = 1.45 %, printed with two figures
    assert f"charges 0.010, which is {in_coin_flips(-math.log(0.99) / math.log(2))} of an honest" in told
    assert "hinge charges nothing" in told


def test_the_presets_show_a_wrong_an_undecided_and_a_right_answer():
    assert [story(one).right for one in PRESETS.values()] == [0.01, 0.5, 0.99]


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"yes_percent": 101}, "101 % sure: choose 0 to 100"),
        ({"yes_percent": -1}, "choose 0 to 100"),
        ({"yes_percent": 0.5}, "choose 0 to 100"),
        ({"truth": "maybe"}, "yes or no, not “maybe”"),
        ({"view": "euros"}, "“euros” is no way"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(chosen, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Settings(**chosen)
