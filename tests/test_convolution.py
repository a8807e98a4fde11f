import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import convolve2d, correlate2d
from torch.nn import functional

from dl_core.convolution import Window, convolve, leftover, misfit, output_size, pool, unread

DEMO = np.repeat([[10.0, 10.0, 10.0, 0.0, 0.0, 0.0]], 6, axis=0)
EDGE = np.array([[1.0, 0.0, -1.0]] * 3)
seeds = st.integers(0, 2**32 - 1)


def draws(seed, rows, columns):
    return np.random.default_rng(seed).normal(size=(rows, columns))


def as_torch(picture):
    return torch.from_numpy(picture)[None, None]


def test_the_six_by_six_demonstration():
    # C65. At its second place each row gives 1·10 + 0·10 − 1·0 = 10, three rows 30; at its first 10 − 10 = 0
    assert convolve(DEMO, EDGE).tolist() == [[0.0, 30.0, 30.0, 0.0]] * 4


def test_pooling_two_by_two_keeps_one_of_four():
    # C66. 36 numbers become 9; the middle window holds two 10s and two 0s: largest 10, average 5
    assert pool(DEMO, 2, "max").tolist() == [[10.0, 10.0, 0.0]] * 3
    assert pool(DEMO, 2, "average").tolist() == [[10.0, 5.0, 0.0]] * 3


def test_a_place_by_hand():
    # 1·5 + 2·6 + 3·8 + 4·9 = 77
    picture = np.array([[5.0, 6.0, 7.0], [8.0, 9.0, 10.0]])
    assert convolve(picture, np.array([[1.0, 2.0], [3.0, 4.0]]))[0, 0] == 77


windows = st.builds(
    Window,
    size=st.integers(1, 5),
    stride=st.integers(1, 4),
    padding=st.integers(0, 3),
    dilation=st.integers(1, 3),
)


@settings(max_examples=80, deadline=None)
@given(rows=st.integers(1, 12), columns=st.integers(1, 12), window=windows, seed=seeds)
def test_it_is_torchs_conv2d(rows, columns, window, seed):
    picture, kernel = draws(seed, rows, columns), draws(seed + 1, window.size, window.size)
    how = {"stride": window.stride, "padding": window.padding, "dilation": window.dilation}
    if not (output_size(rows, window) and output_size(columns, window)):
        with pytest.raises(RuntimeError):
            functional.conv2d(as_torch(picture), as_torch(kernel), **how)
        with pytest.raises(ValueError, match="no place for it"):
            convolve(picture, kernel, **how)
        return
    expected = functional.conv2d(as_torch(picture), as_torch(kernel), **how)[0, 0].numpy()
    found = convolve(picture, kernel, **how)
    assert found.shape == (output_size(rows, window), output_size(columns, window))
    np.testing.assert_allclose(found, expected, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.integers(1, 12),
    columns=st.integers(1, 12),
    size=st.integers(1, 5),
    stride=st.integers(1, 4),
    seed=seeds,
)
def test_it_is_torchs_pooling(rows, columns, size, stride, seed):
    picture = draws(seed, rows, columns)
    if min(rows, columns) < size:
        with pytest.raises(ValueError, match="no place for it"):
            pool(picture, size, "max", stride=stride)
        return
    largest = functional.max_pool2d(as_torch(picture), size, stride)[0, 0].numpy()
    average = functional.avg_pool2d(as_torch(picture), size, stride)[0, 0].numpy()
    np.testing.assert_array_equal(pool(picture, size, "max", stride=stride), largest)
    np.testing.assert_allclose(pool(picture, size, "average", stride=stride), average, atol=1e-12)


def test_it_is_scipys_correlation_and_not_its_convolution():
    picture, kernel = draws(1, 9, 7), draws(2, 3, 3)
    np.testing.assert_allclose(convolve(picture, kernel), correlate2d(picture, kernel, "valid"), atol=1e-12)
    # mathematics' convolution turns the weights by half a circle first
    np.testing.assert_allclose(
        convolve(picture, kernel[::-1, ::-1]), convolve2d(picture, kernel, "valid"), atol=1e-12
    )
    assert not np.allclose(convolve(picture, kernel), convolve2d(picture, kernel, "valid"))


@settings(max_examples=30, deadline=None)
@given(seed=seeds, a=st.floats(-3, 3), b=st.floats(-3, 3))
def test_it_is_linear_in_picture_and_weights(seed, a, b):
    x, y, v, w = draws(seed, 7, 8), draws(seed + 1, 7, 8), draws(seed + 2, 3, 3), draws(seed + 3, 3, 3)
    np.testing.assert_allclose(
        convolve(a * x + b * y, w), a * convolve(x, w) + b * convolve(y, w), atol=1e-10
    )
    np.testing.assert_allclose(
        convolve(x, a * v + b * w), a * convolve(x, v) + b * convolve(x, w), atol=1e-10
    )


@settings(max_examples=30, deadline=None)
@given(seed=seeds, down=st.integers(0, 3), right=st.integers(0, 3))
def test_a_moved_picture_gives_a_moved_map(seed, down, right):
    whole, kernel = draws(seed, 12, 12), draws(seed + 1, 3, 3)
    moved = whole[down : down + 8, right : right + 8]
    np.testing.assert_allclose(
        convolve(moved, kernel), convolve(whole, kernel)[down : down + 6, right : right + 6], atol=1e-12
    )


def test_the_identity_leaves_the_picture_and_ones_add_it_up():
    picture = draws(4, 6, 5)
    middle = np.zeros((3, 3))
    middle[1, 1] = 1
    np.testing.assert_array_equal(convolve(picture, middle, padding=1), picture)
    whole = convolve(picture[:5], np.ones((5, 5)))
    np.testing.assert_allclose(whole, [[picture[:5].sum()]])


def test_no_weights_give_zeros_of_the_right_size():
    assert convolve(DEMO, np.zeros((3, 3))).tolist() == [[0.0] * 4] * 4


@pytest.mark.parametrize("n", range(11))
@pytest.mark.parametrize(
    "window", [Window(3), Window(3, 2), Window(2, 3), Window(3, 1, 1, 2), Window(1, 4), Window(5, 3, 2)]
)
def test_unread_cells_move_nothing(n, window):
    """Changing a cell that is never read changes no sum; changing any other does."""
    if not n or not output_size(n, window):
        return
    how = {"stride": window.stride, "padding": window.padding, "dilation": window.dilation}
    kernel = draws(5, window.size, window.size)
    picture = draws(6, n, n)
    before = convolve(picture, kernel, **how)
    missed = unread(n, window)
    for row in range(n):
        changed = picture.copy()
        changed[row] += 1
        assert np.array_equal(convolve(changed, kernel, **how), before) == (row in missed)


def test_the_reason_names_what_is_too_large():
    assert misfit(6, 6, Window(3)) == ""
    assert (
        misfit(9, 4, Window(5))
        == "The window is 5 cells wide and the picture only 4, so there is no place for it."
    )
    assert "the padded picture only 6" in misfit(4, 4, Window(7, padding=1))
    assert "With gaps the window spans 9 cells" in misfit(6, 6, Window(3, dilation=4))


def test_the_reason_for_unread_cells():
    assert leftover(8, Window(3, stride=3)) == (
        "The last 2 rows and columns are never read: the next step would leave the picture."
    )
    assert "jumps further than it is wide, so 2 of 5" in leftover(5, Window(1, stride=2))
    # dilation 2 and stride 2 read rows 0, 2, 4 and 2, 4, 6: never an odd one
    assert unread(7, Window(3, 2, 0, 2)) == (1, 3, 5)
    assert "gaps that its steps never fill, so 3 of 7" in leftover(7, Window(3, 2, 0, 2))
    assert leftover(3, Window(5)) == ""  # it does not fit at all: another reason


@pytest.mark.parametrize("wrong", [{"size": 0}, {"stride": 0}, {"dilation": 0}, {"padding": -1}])
def test_a_window_refuses_nonsense(wrong):
    with pytest.raises(ValueError, match="the least is"):
        Window(**wrong)


def test_other_nonsense_is_refused():
    with pytest.raises(ValueError, match="as many rows as columns"):
        convolve(DEMO, np.ones((2, 3)))
    with pytest.raises(ValueError, match="max or the average"):
        pool(DEMO, 2, "median")
