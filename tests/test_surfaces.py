import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.surfaces import SURFACES, surface

every_surface = pytest.mark.parametrize("ground", SURFACES, ids=lambda one: one.key)
lawful = settings(deadline=None, derandomize=True, max_examples=100)
shares = st.floats(0, 1)
H = 1e-5


def place(ground, across, up):
    (left, right), (low, high) = ground.x_range, ground.y_range
    return left + across * (right - left), low + up * (high - low)


@every_surface
@lawful
@given(shares, shares)
def test_the_gradient_is_the_central_difference_of_the_height(ground, across, up):
    x, y = place(ground, across, up)
    along_x, along_y = ground.gradient(x, y)
    size = 1 + abs(along_x) + abs(along_y)
    assert (ground.value(x + H, y) - ground.value(x - H, y)) / (2 * H) == pytest.approx(
        along_x, abs=1e-6 * size
    )
    assert (ground.value(x, y + H) - ground.value(x, y - H)) / (2 * H) == pytest.approx(
        along_y, abs=1e-6 * size
    )


@every_surface
def test_every_minimum_is_level_ground_that_curves_up(ground):
    for x, y in ground.minima:
        assert ground.gradient(x, y) == (0.0, 0.0)
        assert ground.shows(x, y)
        rises = [ground.gradient(x + H, y)[0] / H]
        if ground.dimensions == 2:
            rises.append(ground.gradient(x, y + H)[1] / H)
        assert min(rises) > 0.5


@every_surface
def test_the_minima_stand_lowest_first_and_the_lowest_is_zero(ground):
    heights = [ground.value(*floor) for floor in ground.minima]
    assert heights == sorted(heights)
    assert heights[0] == 0.0


@every_surface
def test_nothing_on_the_picture_lies_below_the_lowest_minimum(ground):
    xs, ys = np.linspace(*ground.x_range, 201), np.linspace(*ground.y_range, 101)[:, None]
    heights = ground.value(xs, ys)
    assert heights.shape == (101, 201)
    assert heights.min() >= -1e-12


@every_surface
def test_no_minimum_is_missing_from_the_list(ground):
    xs, ys = np.linspace(*ground.x_range, 241), np.linspace(*ground.y_range, 121)[:, None]
    heights = ground.value(xs, ys if ground.dimensions == 2 else ys * 0)
    inner = heights[1:-1, 1:-1]
    lower = np.ones_like(inner, bool)
    for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1), (1, 1), (-1, -1), (1, -1), (-1, 1)):
        lower &= inner <= heights[1 + down : 120 + down, 1 + right : 240 + right]
    if ground.dimensions == 1:
        lower = lower[:1]
    assert lower.sum() == len(ground.minima)


def test_golden_heights_and_slopes_by_hand():
    assert surface("curve").value(10.0, 0.0) == 100.0
    assert surface("bowl").value(3.0, 4.0) == 25.0
    assert surface("bowl").gradient(3.0, 4.0) == (6.0, 8.0)
    # (16 + 25 · 4) / 2 = 58
    assert surface("ravine").value(-4.0, 2.0) == 58.0
    assert surface("ravine").gradient(-4.0, 2.0) == (-4.0, 50.0)
    # at 1: 1/4 - 1.78125 - 0.875 + 4.875 = 2.46875; (1 - 2)(1 + 1/4)(1 + 7/4) = -3.4375
    assert surface("valleys").value(1.0, 0.0) == 2.46875
    assert surface("valleys").gradient(1.0, 3.0) == (-3.4375, 6.0)
    # 2 + (1 - 2.25)² / 4 = 2 + 0.390625; slope along y: 1 · (1 - 2.25)
    assert surface("saddle").value(2.0, 1.0) == 2.390625
    assert surface("saddle").gradient(2.0, 1.0) == (2.0, -1.25)
    # 1 - 1 / (1 + 1)² = 0.75; 4 / 2³ = 0.5
    assert surface("plateau").value(1.0, 0.0) == 0.75
    assert surface("plateau").gradient(1.0, 0.0) == (0.5, 0.0)


@pytest.mark.parametrize("key", ["curve", "bowl", "ravine"])
def test_the_curvatures_of_a_quadratic_are_its_second_differences(key):
    ground = surface(key)
    second = [ground.value(1.0, 0.0) - 2 * ground.value(0.0, 0.0) + ground.value(-1.0, 0.0)]
    if ground.dimensions == 2:
        second.append(ground.value(0.0, 1.0) - 2 * ground.value(0.0, 0.0) + ground.value(0.0, -1.0))
    assert (min(second), max(second)) == ground.curvatures


def test_the_rates_of_a_quadratic_by_formula():
    assert (surface("curve").best_rate, surface("curve").largest_stable_rate) == (0.5, 1.0)
    assert surface("ravine").best_rate == pytest.approx(2 / 26)
    assert surface("ravine").largest_stable_rate == pytest.approx(0.08)
    for key in ("valleys", "saddle", "plateau"):
        assert (surface(key).best_rate, surface(key).largest_stable_rate) == (None, None)


def test_on_the_ridge_of_the_saddle_there_is_no_slope_to_either_side():
    ground = surface("saddle")
    assert ground.gradient(0.0, 0.0) == (0.0, 0.0)
    assert ground.gradient(-3.0, 0.0)[1] == 0.0
    # it curves up along x and down along y: no minimum
    assert ground.value(0.1, 0.0) > ground.value(0.0, 0.0) > ground.value(0.0, 0.1)


def test_the_plateau_is_nearly_level_at_its_start_and_the_second_valley_is_higher():
    assert max(map(abs, surface("plateau").gradient(*surface("plateau").start))) < 0.02
    lowest, other = (surface("valleys").value(*floor) for floor in surface("valleys").minima)
    assert other - lowest > 3


@every_surface
@pytest.mark.parametrize("huge", [1e12, -1e12, 1e200, -1e200])
def test_huge_places_give_a_number_or_endless_but_no_warning_and_no_nan(ground, huge):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for x, y in ((huge, huge), (huge, 0.0), (0.0, huge)):
            assert ground.value(x, y) >= 0
            assert not any(map(np.isnan, ground.gradient(x, y)))
        many = np.array([huge, 1.0, -huge])
        assert not np.isnan(ground.value(many, many)).any()
        assert not np.isnan(ground.gradient(many, many)).any()


@every_surface
@lawful
@given(shares, shares)
def test_arrays_and_floats_agree(ground, across, up):
    x, y = place(ground, across, up)
    assert ground.value(np.array([x, x]), np.array([y, y])).tolist() == [ground.value(x, y)] * 2
    along_x, along_y = ground.gradient(np.array([x]), np.array([y]))
    assert (along_x[0], along_y[0]) == ground.gradient(x, y)
    assert along_y.shape == (1,)


def test_an_unknown_surface_is_refused_with_the_list():
    with pytest.raises(ValueError, match=r'no surface "hill": choose one of curve, bowl, ravine, valleys'):
        surface("hill")


@every_surface
def test_the_start_is_on_the_picture_and_on_a_slope(ground):
    assert ground.shows(*ground.start)
    assert ground.gradient(*ground.start) != (0.0, 0.0)
