"""A box and an outline from a heat map."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from skimage.measure import label as skimage_label
from skimage.measure import regionprops

from dl_core.vision.regions import Box, box_around, by_colour, warm_region, with_box, with_outline

RNG = np.random.default_rng(3)
ROWS, COLUMNS = np.mgrid[0:60, 0:80]
RED = (213, 94, 0)


def hills(*centres: tuple[int, int, float]) -> np.ndarray:
    heat = np.full((60, 80), -1.0)
    for row, column, height in centres:
        heat += height * np.exp(-((ROWS - row) ** 2 + (COLUMNS - column) ** 2) / 120)
    return heat.astype(np.float32)


def disc(radius: float = 14) -> np.ndarray:
    return radius**2 >= (ROWS - 30) ** 2 + (COLUMNS - 40) ** 2


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.9])
def test_the_box_holds_the_peak_and_agrees_with_skimage(share):
    heat = hills((20, 25, 9), (45, 65, 12), (50, 20, 5))
    region = warm_region(heat, share)
    box = box_around(region)
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    assert box.top <= row < box.bottom
    assert box.left <= column < box.right
    parts = skimage_label(heat >= share * heat.max(), connectivity=1)
    (found,) = (one for one in regionprops(parts) if one.label == parts[row, column])
    assert found.bbox == (box.top, box.left, box.bottom, box.right)
    assert found.area == region.sum() <= box.area


def test_a_lower_cut_holds_the_higher_one():
    for heat in (hills((20, 25, 9), (45, 65, 12)), RNG.normal(size=(60, 80)).astype(np.float32)):
        cuts = [warm_region(heat, share) for share in (0.2, 0.3, 0.5, 0.7, 0.9)]
        for low, high in itertools.pairwise(cuts):
            assert low.sum() >= high.sum()
            assert not (high & ~low).any()


@pytest.mark.parametrize("heat", [np.zeros((5, 7)), np.full((5, 7), 3.0), -np.ones((5, 7)), np.ones((1, 1))])
def test_where_all_is_alike_nothing_stands_out(heat):
    assert warm_region(heat.astype(np.float32), 0.5) is None


def test_colours_bring_a_rough_region_to_the_rim():
    pixels = np.where(disc()[..., None], (200, 60, 40), (30, 90, 160)).astype(np.uint8)
    noisy = np.clip(pixels + RNG.normal(0, 6, pixels.shape), 0, 255).astype(np.uint8)
    for rough in (disc(11), disc(17), np.roll(disc(13), 2, axis=1)):
        found = by_colour(noisy, rough)
        wrong_before, wrong = (rough ^ disc()).sum(), (found ^ disc()).sum()
        assert wrong < 0.65 * wrong_before
    far = by_colour(noisy, disc(11))
    assert not (far & ~disc(11 + 5 + 1)).any()  # 6 % of 80 pixels, about 5: it cannot go farther


def test_where_colours_say_nothing_the_region_stays():
    flat = np.full((60, 80, 3), 128, np.uint8)
    np.testing.assert_array_equal(by_colour(flat, disc())[disc(8)], True)
    tiny = np.zeros((60, 80), bool)
    tiny[3, 4] = True
    np.testing.assert_array_equal(by_colour(flat, tiny), tiny)


def test_drawing_leaves_the_photo_and_the_far_pixels_alone():
    photo = RNG.integers(0, 256, (60, 80, 3), dtype=np.uint8)
    kept = photo.copy()
    boxed = with_box(photo, Box(10, 20, 40, 60), RED)
    np.testing.assert_array_equal(photo, kept)
    np.testing.assert_array_equal(boxed[:10], photo[:10])
    np.testing.assert_array_equal(boxed[14:36, 24:56], photo[14:36, 24:56])
    assert tuple(boxed[10, 30]) == (255, 255, 255)
    assert tuple(boxed[11, 30]) == RED
    outlined = with_outline(photo, disc(), RED)
    np.testing.assert_array_equal(outlined[disc(9)], photo[disc(9)])
    assert np.ptp(outlined[~disc()], axis=-1).max() == 0  # the rest has no colour
    assert (outlined == RED).all(axis=-1).any()
