import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.linear_model import LinearRegression, QuantileRegressor

from dl_core.outlier_fit import PRESETS, Settings, story, wines
from dl_core.robust_lines import LOSSES, Line, best_line, loss_and_gradient, losses

lawful = settings(deadline=None, derandomize=True, max_examples=60)
places = st.builds(
    Settings, st.floats(0, 3_000), st.floats(0, 30), st.sampled_from(LOSSES), st.floats(0.1, 3)
)


def mean_loss(line: Line, x, y, loss, delta=0.5):
    return loss_and_gradient(line, x, y, loss, delta)[0]


def test_the_article_s_losses_by_hand():
    # residuals 0.5 and -3 with delta 1: squares 0.25 and 9; sizes 0.5 and 3;
    # Huber ½ · 0.25 = 0.125 and 1 · (3 - ½) = 2.5
    residuals = np.array([0.5, -3.0])
    assert losses(residuals, "squared").tolist() == [0.25, 9.0]
    assert losses(residuals, "absolute").tolist() == [0.5, 3.0]
    assert losses(residuals, "huber", 1.0).tolist() == [0.125, 2.5]


def test_three_points_by_hand():
    # (0, 0), (1, 1), (2, 8): mean of x 1, of y 3; slope (-1·-3 + 0 + 1·5) / 2 = 4, intercept 3 - 4 = -1
    x, y = np.array([0.0, 1, 2]), np.array([0.0, 1, 8])
    squared = best_line(x, y, "squared")
    assert (squared.slope, squared.intercept) == pytest.approx((4, -1))
    # through (0, 0) and (2, 8) misses the middle by 3; through the first two misses the last by 6;
    # through the last two misses the first by 6
    absolute = best_line(x, y, "absolute")
    assert (absolute.slope, absolute.intercept) == pytest.approx((4, 0))


@pytest.mark.parametrize("loss", LOSSES)
def test_the_gradient_is_what_small_steps_show(loss):
    x, y = wines()
    x = x / 1_000  # so that both numbers of the line are of one size
    for line in (Line(1.0, 12.0), Line(-2.0, 14.5), Line(0.3, 11.0)):
        step = 1e-6
        residuals = y - line.at(x)
        assert np.abs(np.abs(residuals) - 0.5).min() > 1e-4  # no point lies in a kink of Huber
        assert np.abs(residuals).min() > 1e-4  # nor of the absolute loss
        by_steps = (
            (mean_loss(Line(line.slope + step, line.intercept), x, y, loss)
             - mean_loss(Line(line.slope - step, line.intercept), x, y, loss)) / (2 * step),
            (mean_loss(Line(line.slope, line.intercept + step), x, y, loss)
             - mean_loss(Line(line.slope, line.intercept - step), x, y, loss)) / (2 * step),
        )  # fmt: skip
        assert loss_and_gradient(line, x, y, loss)[1] == pytest.approx(by_steps, abs=1e-6)


@pytest.mark.parametrize(
    ("size", "expected"), [(0.499, 0.499), (0.501, 0.5), (-0.499, -0.499), (-0.501, -0.5)]
)
def test_huber_s_slope_on_both_sides_of_its_kink(size, expected):
    # r inside of delta, delta outside; the line's intercept counts with the other sign
    (_, slope) = loss_and_gradient(Line(0.0, 0.0), np.array([0.0]), np.array([size]), "huber", 0.5)[1]
    assert slope == pytest.approx(-expected)


@pytest.mark.parametrize("chosen", [*PRESETS.values(), Settings(1_900, 10.5), Settings(250, 16)], ids=str)
def test_each_line_is_the_reference_library_s(chosen):
    shown = story(chosen)
    x, y = shown.all_x, np.append(shown.y, chosen.y)
    column = x[:, None]
    least_squares = LinearRegression().fit(column, y)
    assert shown.of("squared").line.slope == pytest.approx(least_squares.coef_[0])
    assert shown.of("squared").line.intercept == pytest.approx(least_squares.intercept_)
    median = QuantileRegressor(quantile=0.5, alpha=0, solver="highs").fit(column / 1_000, y)
    ours = mean_loss(shown.of("absolute").line, x, y, "absolute")
    assert ours == pytest.approx(np.abs(y - median.predict(column / 1_000)).mean(), rel=1e-9)
    found = minimize(
        lambda both: mean_loss(Line(both[0] / 1_000, both[1]), x, y, "huber"),
        np.array([1.0, 12.0]), method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-14},
    )  # fmt: skip
    huber = shown.of("huber").line
    assert (huber.slope * 1_000, huber.intercept) == pytest.approx(found.x, rel=1e-5)


@lawful
@given(places)
def test_no_line_nearby_is_better(chosen):
    shown = story(chosen)
    x, y = shown.all_x, np.append(shown.y, chosen.y)
    for fit in shown.fits:
        best = mean_loss(fit.line, x, y, fit.loss, chosen.delta)
        for turn in (-1e-6, 1e-6):
            for shift in (-1e-3, 0.0, 1e-3):
                # turned about the middle of the wines
                other = Line(fit.line.slope + turn, fit.line.intercept + shift - turn * float(x.mean()))
                assert mean_loss(other, x, y, fit.loss, chosen.delta) >= best - 1e-12 * max(1, best)


@lawful
@given(places)
def test_huber_lies_between_its_two_parents(chosen):
    shown = story(chosen)
    residuals = np.append(shown.y, chosen.y) - shown.of("huber").line.at(shown.all_x)
    huber = losses(residuals, "huber", chosen.delta)
    assert (huber <= losses(residuals, "squared") / 2 + 1e-9).all()
    assert (huber <= chosen.delta * losses(residuals, "absolute") + 1e-9).all()


def test_wines_of_one_proline_have_no_line():
    with pytest.raises(ValueError, match="same proline"):
        best_line(np.ones(3), np.arange(3.0), "squared")
