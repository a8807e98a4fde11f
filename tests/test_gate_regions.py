import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.path import Path

from dl_core.gate_regions import BOX, HIGH, LOW, half, of_nands, of_neuron
from dl_core.logic_gates import GATES, fires, nands

lawful = settings(deadline=None, derandomize=True, max_examples=60)
numbers = st.floats(-10, 10).map(lambda w: round(w, 2))
inside = st.floats(LOW + 0.01, HIGH - 0.01)


def area(polygon):
    x, y = np.array(polygon).T
    return 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))


def held(regions, point):
    return sum(Path(polygon).contains_point(point) for polygon in regions.yes)


def far_from(regions, point):
    return all(
        np.linalg.norm(np.subtract(point, one) * (1 - t) + np.subtract(point, two) * t) > 0.02
        for one, two in regions.border for t in np.linspace(0, 1, 150)
    )  # fmt: skip


@lawful
@given(numbers, numbers, numbers, inside, inside)
def test_one_neurons_region_is_where_it_fires(a, b, bias, x, y):
    weights = (a, b, bias)
    if abs(a * x + b * y + bias) > 1e-3 * (abs(a) + abs(b) + 1):
        assert bool(held(of_neuron(weights), (x, y))) == bool(fires(weights, x, y))


@pytest.mark.parametrize("gate", GATES)
def test_a_circuits_region_is_where_its_last_nand_fires_and_polygons_do_not_overlap(gate):
    regions = of_nands(gate)
    for point in np.random.default_rng(0).uniform(LOW + 0.01, HIGH - 0.01, (150, 2)):
        if far_from(regions, point):
            n_polygons = held(regions, point)
            assert n_polygons <= 1 or min(abs(point[0] - 0.5), abs(point[1] - 0.5)) < 0.01
            assert bool(n_polygons) == bool(nands(gate, *point)[-1])


def test_both_halves_of_a_box_make_the_whole():
    line = (1.0, -2.0, 0.3)
    both = area(half(BOX, line)) + area(half(BOX, (-1.0, 2.0, -0.3)))
    assert both == pytest.approx(area(BOX))


def test_the_border_of_one_line_is_that_line():
    # a + b = 1.5 enters the box at its right edge, a = 1.45 and b = 0.05, and leaves it above
    (piece,) = of_neuron((1.0, 1.0, -1.5)).border
    assert sorted(piece) == [(0.05, 1.45), (1.45, 0.05)]


def test_xors_border_has_corners():
    lower = [piece for piece in of_nands("XOR").border if piece[0][0] == piece[1][0] == 0.5]
    assert lower  # straight up at a = 0.5, which no single line with the diagonal could have
    assert len(of_nands("XOR").border) >= 3
    assert len(of_nands("NAND").border) == 1


@pytest.mark.parametrize(("bias", "share"), [(1.0, 1.0), (-1.0, 0.0), (0.0, 0.0)])
def test_without_weights_there_is_no_line(bias, share):
    regions = of_neuron((0.0, 0.0, bias))
    assert regions.border == ()
    assert sum(map(area, regions.yes)) == pytest.approx(share * area(BOX))
