import numpy as np
import pytest

from dl_core.numbers_in_words import two_figures
from dl_core.outlier_fit import N_WINES, PRESETS, SLIPPED, OutlierFit, Settings, story, takeaway, wines
from dl_core.robust_lines import LOSSES
from dl_core.wine import load_wines
from tests.readability import read

FAR = [Settings(1_510, 1e6), Settings(1e6, 12), Settings(-1e6, -1e6), Settings(0, 0), Settings(1e6, 1e6)]
every_preset = pytest.mark.parametrize("chosen", [*PRESETS.values(), *FAR], ids=str)


def test_a_wide_huber_is_squared_loss():
    # every miss is below 3 points once the wine fits in, so Huber never turns
    shown = story(Settings(y=14.1, delta=3.0))
    assert shown.of("huber").line.slope == pytest.approx(shown.of("squared").line.slope)


def test_a_slip_moves_squared_loss_and_hardly_the_two_others():
    squared, absolute, huber = story(PRESETS["A slip of the key"]).fits
    assert squared.moved > 3 * huber.moved
    assert squared.moved > 0.8
    assert abs(absolute.moved) < 0.05
    assert squared.share > 8 / (N_WINES + 1)  # one wine with the say of eight


def test_the_slip_is_a_real_wine_with_two_digits_swapped():
    table = load_wines()
    right, slip = PRESETS["No outlier"], PRESETS["A slip of the key"]
    assert (table.column("proline")[SLIPPED], table.column("alcohol")[SLIPPED]) == (right.x, right.y)
    assert sorted(f"{slip.y:.1f}") == sorted(f"{right.y:.1f}")
    assert slip.x == right.x
    assert right.x not in wines()[0]  # it is not among the others as well


def test_lifting_the_wine_farther_moves_only_squared_loss():
    heights = (16, 20, 40, 400)
    moved = {loss: [story(Settings(1_510, y)).of(loss).moved for y in heights] for loss in LOSSES}
    assert moved["squared"] == sorted(moved["squared"])
    assert moved["squared"][-1] > 100
    for loss in ("absolute", "huber"):
        assert moved[loss][-1] == pytest.approx(moved[loss][0], abs=1e-6)


def test_a_wine_far_to_the_side_turns_all_lines():
    shown = story(Settings(100_000, 12))
    assert shown.leverage
    assert "even the absolute line follows" in takeaway(shown)


@every_preset
def test_nothing_is_ever_endless(chosen):
    shown = story(chosen)
    numbers = [
        value for fit in shown.fits for value in (fit.line.slope, fit.line.intercept, fit.moved, fit.share)
    ]
    assert np.isfinite(numbers).all()
    assert np.isfinite(shown.residuals).all()
    assert all(0 <= fit.share <= 1 for fit in shown.fits)


@every_preset
def test_the_sentence_holds_the_numbers_in_plain_words(chosen):
    shown: OutlierFit = story(chosen)
    said = takeaway(shown)
    assert ("outside of the picture" in said) == shown.outside
    if not shown.outside:
        assert f"{two_figures(abs(shown.gap))} points" in said
    reading = read([said])
    assert reading.grade <= 9
    assert all(len(one.split()) <= 25 for one in reading.sentences)


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"y": float("inf")}, "Alcohol: inf is no place"),
        ({"x": float("nan")}, "Proline: nan is no place"),
        ({"y": 1e300}, "Alcohol: 1e\\+300 is too far away"),
        ({"x": -2e6}, "Stay within ±1,000,000"),
        ({"shown": "hinge"}, "no loss “hinge”"),
        ({"delta": 0.0}, "choose 0.1 to 3"),
        ({"delta": float("nan")}, "choose 0.1 to 3"),
    ],
)
def test_nonsense_is_refused_in_the_reader_s_words(given_, says):
    with pytest.raises(ValueError, match=says):
        Settings(**given_)
