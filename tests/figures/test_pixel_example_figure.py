import pytest

from dl_core.figures.picture import ACCENT
from dl_core.figures.pixel_example import pixel_sum
from dl_core.pixel_example import BIAS, WEIGHTS, pixel_example


def texts(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def test_every_term_stands_in_the_picture():
    shown = texts(pixel_sum(pixel_example()))
    # the train row's four products, its bias and its score; the three scores; the loss
    for term in ("6.4", "29", "−145.2", "154.8", "3.4", "48.4", "36.5", "64", "27.5", "× −1.1"):
        assert term in shown


@pytest.mark.parametrize(
    ("entered", "printed"),
    [
        (0.05, "0.05"),
        (-0.25, "−0.25"),
        (1.125, "1.125"),
        (3.0, "3"),
        (0.0, "0"),
        (-0.00002, "−2·10<sup>−5</sup>"),
    ],
)
def test_a_weight_and_a_bias_stand_as_they_were_entered(entered, printed):
    ours = pixel_example(weights=((entered,) * 4, *WEIGHTS[1:]), bias=(entered, *BIAS[1:]))
    shown = texts(pixel_sum(ours, step=1))
    assert shown.count(f"× {printed}") >= 4
    assert printed in shown


def test_the_cars_small_weight_and_its_small_product_are_not_rounded_away():
    # the car's last weight is 0.05; a weight of 0.001 times pixel 32 is 0.032
    assert "× 0.05" in texts(pixel_sum(pixel_example()))
    assert "0.032" in texts(pixel_sum(pixel_example(weights=((0.001, 0, 0, 0), *WEIGHTS[1:]))))


def test_each_step_adds_its_numbers():
    bars = [len(pixel_sum(pixel_example(), step).checked_figure.data) for step in (1, 2, 3, 4)]
    # three rows of 4 products, bias and score; then 3 powers, 3 shares, 1 loss
    assert bars == [18, 21, 24, 25]


def test_only_the_loss_is_in_the_accent_colour():
    colours = [bar.marker.color for bar in pixel_sum(pixel_example()).checked_figure.data]
    assert colours.count(ACCENT) == 1


def test_the_title_says_right_or_wrong():
    title = pixel_sum(pixel_example()).checked_figure.layout.title.text
    assert title == "It says ship, it is a car: loss 27.5"
    right = pixel_sum(pixel_example(truth="ship")).checked_figure.layout.title.text
    assert right == "It says ship, and it is: loss almost 0"  # the other powers add 2 in 10 million


def test_the_table_holds_the_sum():
    table = pixel_sum(pixel_example()).table
    assert table["score"].tolist() == [48.4, 36.5, 64.0]
    assert table["weight × pixel 3"].tolist() == [-145.2, 39.6, 26.4]


@pytest.mark.parametrize("step", [0, 5])
def test_a_step_that_does_not_exist_is_refused(step):
    with pytest.raises(ValueError, match="choose 1 to 4"):
        pixel_sum(pixel_example(), step)
