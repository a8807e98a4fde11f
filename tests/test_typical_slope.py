import math

import numpy as np
import pytest
import torch
from scipy.integrate import quad

from dl_core.typical_slope import activate, typical

TORCH = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "none": lambda sums: sums * 1}


@pytest.mark.parametrize("activation", TORCH)
def test_activations_and_slopes_are_torchs_and_those_of_central_differences(activation):
    sums = np.array([-30.0, -2.0, -0.4, -1e-3, 1e-3, 0.7, 3.0, 30.0])
    values, slopes = activate(activation, sums)
    there = torch.tensor(sums, requires_grad=True)
    out = TORCH[activation](there)
    out.sum().backward()
    np.testing.assert_allclose(values, out.detach().numpy(), atol=1e-15)
    np.testing.assert_allclose(slopes, there.grad.numpy(), atol=1e-14)
    step = 1e-5  # smaller than the distance to ReLU's kink
    either = (activate(activation, sums + step)[0] - activate(activation, sums - step)[0]) / (2 * step)
    np.testing.assert_allclose(slopes, either, atol=1e-9)


@pytest.mark.parametrize("activation", TORCH)
@pytest.mark.parametrize("square", [0.01, 1.0, 60.0])
def test_the_typical_slope_is_the_integral_over_a_normal_curve(activation, square):
    def under(power):
        def at(z):
            return activate(activation, np.array(math.sqrt(square) * z))[power] ** 2 * math.exp(-z * z / 2)

        halves = (quad(at, low, high, limit=200)[0] for low, high in ((-8, 0), (0, 8)))
        return sum(halves) / math.sqrt(2 * math.pi)

    kept, slope = typical(activation, square)
    assert kept == pytest.approx(under(0), rel=2e-3)
    assert slope == pytest.approx(math.sqrt(under(1)), rel=2e-3)


def test_half_of_the_relus_are_off_for_any_size_of_sums():
    # E[max(0, z)²] = q / 2 and E[slope²] = ½ for z from a normal curve with mean square q
    for square in (1e-4, 1.0, 400.0):
        assert typical("relu", square) == pytest.approx((square / 2, math.sqrt(0.5)), rel=1e-3)
