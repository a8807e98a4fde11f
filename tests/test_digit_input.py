import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.digit_answers import ask_about
from dl_core.digit_input import digit_from_cells, digit_from_pixels
from dl_core.digits import load_digits, study_digits


def page_with(digit, scale=12, margins=((20, 35), (50, 10))):
    """A light page with this digit in dark ink, off centre."""
    ink = np.kron(digit / 16 * 230, np.ones((scale, scale)))
    return np.pad(245 - ink, margins, constant_values=245).astype(np.uint8)


def test_photos_of_unseen_digits_are_answered_as_well_as_the_digits_themselves():
    study = study_digits()
    asked = study.piles.test[:150]
    photos = [digit_from_pixels(page_with(study.digits.images[i])) for i in asked]
    right = [
        ask_about(study, photo).knn == study.digits.labels[i] for photo, i in zip(photos, asked, strict=True)
    ]
    assert np.mean(right) > 0.95


def test_chalk_on_a_board_equals_ink_on_paper():
    page = page_with(load_digits().images[7])
    np.testing.assert_array_equal(digit_from_pixels(page), digit_from_pixels(255 - page))


def test_colour_and_transparency_change_nothing():
    page = page_with(load_digits().images[3])
    expected = digit_from_pixels(page)
    np.testing.assert_array_equal(digit_from_pixels(np.dstack([page] * 3)), expected)
    ink = np.zeros((*page.shape, 4))
    ink[..., 3] = 255.0 - page  # black ink of varying cover on nothing
    np.testing.assert_array_equal(digit_from_pixels(ink), expected)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60), st.integers(1, 60))
def test_where_the_digit_stands_on_the_page_changes_nothing(top, left, bottom, right):
    digit = load_digits().images[11]
    moved = digit_from_pixels(page_with(digit, margins=((top + 1, bottom), (left + 1, right))))
    np.testing.assert_array_equal(moved, digit_from_pixels(page_with(digit)))


@pytest.mark.parametrize("scale", [2, 5, 30])
def test_larger_and_smaller_writing_gives_the_same_cells(scale):
    digit = load_digits().images[4]
    difference = np.abs(
        digit_from_pixels(page_with(digit, scale)).astype(int) - digit_from_pixels(page_with(digit))
    )
    assert difference.max() <= 1


def test_a_tall_bar_keeps_its_shape_and_stands_in_the_middle():
    drawing = np.zeros((16, 16))
    drawing[0:16, 2:4] = 1  # 16 high and 2 wide: 8 cells high and 1 wide, across the middle line
    cells = digit_from_cells(drawing)
    # window of 16 centred at column 3 starts at -5; column edges every 2: ink 2 to 4 is half of cells 3 and 4
    assert cells.tolist() == [[0, 0, 0, 16, 16, 0, 0, 0]] * 8


def test_area_shrinking_by_hand():
    drawing = np.zeros((16, 16))
    drawing[:, :] = 1
    drawing[0:2, 0:2] = [[1, 1], [1, 0]]  # three of the first cell's four
    assert digit_from_cells(drawing)[0, 0] == 12  # 3 / 4 of 16
    assert digit_from_cells(drawing)[7, 7] == 16


@pytest.mark.parametrize(
    "page", [np.full((20, 20), 255), np.zeros((9, 9)), np.full((20, 20, 3), 120), np.zeros((5, 5, 4))]
)
def test_a_blank_page_gets_a_kind_sentence(page):
    with pytest.raises(ValueError, match="no digit to see yet"):
        digit_from_pixels(page)


def test_an_empty_drawing_gets_the_same_sentence():
    with pytest.raises(ValueError, match="no digit to see yet"):
        digit_from_cells(np.zeros((8, 8)))


@pytest.mark.parametrize(
    "cells", [np.zeros(8), np.full((8, 8), -1.0), np.full((8, 8), np.nan), np.zeros((0, 0))]
)
def test_what_is_no_drawing_is_refused(cells):
    with pytest.raises(ValueError, match="clear it and draw again"):
        digit_from_cells(cells)


@pytest.mark.parametrize("image", [np.zeros(9), np.zeros((1, 9)), np.zeros((4, 4, 2, 2))])
def test_what_is_no_picture_is_refused(image):
    with pytest.raises(ValueError, match="not a picture of a digit"):
        digit_from_pixels(image)


def test_the_picture_given_is_left_untouched():
    page = page_with(load_digits().images[0])
    before = page.copy()
    digit_from_pixels(page)
    np.testing.assert_array_equal(page, before)
