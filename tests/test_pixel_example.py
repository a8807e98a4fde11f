import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.pixel_example import CLASSES, WEIGHTS, pixel_example, score_sentence, steps, verdict_sentence


def test_the_articles_train_row():
    # 6.4 + 29 - 145.2 + 154.8 + 3.4 = 48.4
    train = pixel_example().classes[0]
    assert train.products == pytest.approx((6.4, 29, -145.2, 154.8))
    assert train.score == pytest.approx(48.4)
    assert train.origin == "the article’s"


def test_our_car_and_ship_rows():
    # car 3.2 - 11.6 + 39.6 + 4.3 + 1 = 36.5; ship 12.8 + 17.4 + 26.4 + 8.6 - 1.2 = 64.0
    _, car, ship = pixel_example().classes
    assert car.score == pytest.approx(36.5)
    assert ship.score == pytest.approx(64.0)
    assert (car.origin, ship.origin) == ("ours", "ours")


def test_wrong_and_certain():
    shown = pixel_example()
    # e^(48.4 - 64) = e^-15.6 = 1.6788e-7; e^-27.5 = 1.1400e-12; ship = 1 / (1 + 1.6788e-7) = 0.99999983
    assert shown.of_answer.name == "ship"
    assert shown.of_answer.probability == pytest.approx(0.99999983, abs=5e-9)
    # -ln(e^-27.5 / 1.00000017) = 27.5 + 0.00000017
    assert shown.loss == pytest.approx(27.50000017, abs=1e-8)
    assert "Wrong and certain costs a loss of 27.5" in verdict_sentence(shown)


def test_the_written_sum_is_the_articles():
    shown = pixel_example()
    assert score_sentence(shown.classes[0], shown.pixels) == (
        "0.2 × 32 + 0.5 × 58 + (−1.1) × 132 + 1.8 × 86 + 3.4 = 48.4"
    )


def test_equal_scores_share_evenly_and_cost_ln_3():
    shown = pixel_example(weights=((0.0,) * 4,) * 3, bias=(0.0, 0.0, 0.0))
    assert [row.probability for row in shown.classes] == pytest.approx([1 / 3] * 3)
    assert shown.loss == pytest.approx(math.log(3))  # 1.0986
    assert {row.origin for row in shown.classes} == {"yours"}


NUMBER = st.floats(-1000, 1000)
ROW = st.tuples(NUMBER, NUMBER, NUMBER, NUMBER)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(ROW, st.tuples(ROW, ROW, ROW), st.tuples(NUMBER, NUMBER, NUMBER), st.sampled_from(CLASSES))
def test_any_weights_give_shares_and_a_loss_that_can_be_told(pixels, weights, bias, truth):
    shown = pixel_example(pixels, weights, bias, truth)
    assert sum(row.probability for row in shown.classes) == pytest.approx(1)
    assert 0 <= shown.loss < math.inf
    assert shown.of_answer.probability == max(row.probability for row in shown.classes)
    for row in shown.classes:
        assert row.power / shown.power_sum == pytest.approx(row.probability)
    assert "nan" not in verdict_sentence(shown) + str(steps(shown))


def test_each_step_holds_its_numbers():
    told = dict(steps(pixel_example()))
    assert "train 48.4, car 36.5, ship 64.0" in told["Score"]
    assert "car 0.0000000000011, ship 1" in told["Power"]
    assert "ship gets over 99.99 %" in told["Share"]
    assert "27.5" in told["Loss"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"truth": "plane"}, "choose train, car, ship"),
        ({"bias": (1.0, 2.0)}, "Each of the 3 classes"),
        ({"weights": (WEIGHTS[0][:3], *WEIGHTS[1:])}, "needs 4 weights"),
        ({"pixels": (float("nan"), 0.0, 0.0, 0.0)}, "too large"),
        ({"bias": (1e7, 0.0, 0.0)}, "too large"),
    ],
)
def test_impossible_inputs_are_refused_in_words(wrong, words):
    with pytest.raises(ValueError, match=words):
        pixel_example(**wrong)
