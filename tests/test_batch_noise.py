import re
from itertools import pairwise

import numpy as np
import pytest

from dl_core import batch_noise
from dl_core.batch_noise import (
    LEFT_TO_GO,
    N_DRAWS,
    PLACES,
    PRESETS,
    SIZES,
    Settings,
    example_steps,
    place_on_the_way,
    story,
    takeaway,
)
from dl_core.batch_sizes import loss_and_gradient, wine_fit
from tests.readability import read, sentences, words

every_place = pytest.mark.parametrize("place", PLACES)


@every_place
def test_the_wines_steps_average_to_the_full_batch(place):
    assert example_steps(place_on_the_way(LEFT_TO_GO[place])).mean() == pytest.approx(1)


def test_one_wines_step_by_hand():
    # at weight 0 and bias 12 a wine of x and y is off by 12 − y; its gradient is (off · x, off).
    # The full gradient points the same way for a share of  gradient · full / |full|²
    fit = wine_fit()
    _, full = loss_and_gradient(0.0, 12.0, fit.x, fit.y)
    _, alone = loss_and_gradient(0.0, 12.0, fit.x[5:6], fit.y[5:6])
    share = (alone[0] * full[0] + alone[1] * full[1]) / (full[0] ** 2 + full[1] ** 2)
    assert example_steps((0.0, 12.0))[5] == pytest.approx(share)


@every_place
def test_a_batch_steps_by_the_mean_of_its_wines(place):
    shown = story(Settings(4, place))
    drawn = batch_noise._draws(178, 0)[17, :4]
    assert shown.chosen.steps[17] == pytest.approx(shown.example_steps[drawn].mean())


@every_place
def test_the_spread_shrinks_with_the_root_of_the_batch_size(place):
    shown = story(Settings(1, place))
    n, one = 178, shown.example_steps.std()
    for each in shown.columns:
        assert each.expected_spread == pytest.approx(one / each.batch_size**0.5)
        # drawn without putting back, the textbook's correction is the root of (n − m) / (n − 1); 400 draws
        # know a standard deviation to within some 4 % (1 / √800), so 15 % is four of those
        exact = each.expected_spread * ((n - each.batch_size) / (n - 1)) ** 0.5
        assert each.spread == pytest.approx(exact, rel=0.15)


@every_place
def test_four_times_the_batch_halves_the_noise(place):
    columns = story(Settings(1, place)).columns
    for small, large in ((0, 2), (1, 3), (2, 4)):
        assert columns[large].spread / columns[small].spread == pytest.approx(0.5, abs=0.09)


def test_nearer_to_the_answer_more_steps_go_wrong():
    wrong = [[each.wrong for each in story(Settings(1, place)).columns] for place in PLACES]
    for far, near in pairwise(wrong):
        assert all(a <= b for a, b in zip(far, near, strict=True))
    assert wrong[0][-1] == 0
    assert wrong[-1][0] > 0.35


def test_at_the_exact_answer_there_is_no_right_way():
    with pytest.raises(ValueError, match="At the exact answer the gradient is zero"):
        example_steps(place_on_the_way(0.0))


def test_no_wine_is_drawn_twice_into_a_batch_and_a_seed_decides_which():
    draws = batch_noise._draws(178, 0)
    assert draws.shape == (N_DRAWS, max(SIZES))
    assert all(len(set(row)) == len(row) for row in draws)
    one, again, other = (story(Settings(seed=seed)).chosen.steps for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("chosen", [Settings(size, place) for size in SIZES for place in PLACES], ids=str)
def test_the_sentence_counts_the_wrong_steps(chosen):
    shown = story(chosen)
    told = takeaway(shown)
    assert f"in {int((shown.chosen.steps < 0).sum())} of {N_DRAWS} draws" in told
    assert max(len(words(each)) for each in sentences(told)) <= 25
    assert read([told]).grade <= 9


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"batch_size": 3}, "choose 1, 2, 4"),
        ({"place": "nowhere"}, "choose at the start, on the way, near the end"),
        ({"seed": 1000}, "choose 0 to 999"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(wrong, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Settings(**wrong)


def test_settings_can_be_shared_and_kept():
    assert len({Settings(), *PRESETS.values()}) == 3
