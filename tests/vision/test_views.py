"""The way in: what the network sees of a photo."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dl_core.vision.views import WayIn, own_shape_size, views


def striped(width: int, height: int) -> Image.Image:
    """Black outside the middle square, white inside."""
    pixels = np.zeros((height, width, 3), np.uint8)
    side = min(width, height)
    top, left = (height - side) // 2, (width - side) // 2
    pixels[top : top + side, left : left + side] = 255
    return Image.fromarray(pixels)


@pytest.mark.parametrize("size", [(200, 100), (100, 300)])
def test_centre_view_holds_the_middle_square_and_nothing_else(size: tuple[int, int]) -> None:
    (look,) = views(striped(*size), WayIn(("centre",), 64))
    assert look.shape == (64, 64, 3)
    assert look.min() == 255


def test_whole_view_holds_the_sides_too() -> None:
    # the middle square is half of a 2:1 photo
    (look,) = views(striped(200, 100), WayIn(("whole",), 64))
    assert look.mean() == pytest.approx(127.5)


def test_area_filter_averages_a_checkerboard_to_grey() -> None:
    board = (np.indices((640, 640)).sum(0) % 2 * 255).astype(np.uint8)
    photo = Image.fromarray(board).convert("RGB")
    (look,) = views(photo, WayIn(("whole",), 64, "area"))
    # each pixel is the average of 100, half of them 255: 127.5
    assert set(np.unique(look)) <= {127, 128}


def test_a_square_photo_is_not_looked_at_twice_the_same_way() -> None:
    way = WayIn(("whole", "centre"), 64, mirrored=True)
    assert len(views(Image.new("RGB", (90, 90)), way)) == 2
    assert len(views(Image.new("RGB", (90, 91)), way)) == 4


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.integers(8, 300), st.integers(8, 300), st.integers(0, 99))
def test_mirrored_photo_gives_the_same_views_mirrored(width: int, height: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    # the area filter gives a pixel that lies half in to one side; the bilinear one shares it
    way = WayIn(("whole", "centre"), 16, "bilinear", mirrored=True)
    plain = views(Image.fromarray(pixels), way)
    swapped = views(Image.fromarray(pixels[:, ::-1].copy()), way)
    half = len(plain) // 2
    for look, other in zip(plain, swapped[half:] + swapped[:half], strict=True):
        off = int(np.abs(look.astype(int) - other.astype(int)).max())
        assert off <= 2  # rounding


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.integers(8, 2000), st.integers(8, 2000))
def test_own_shape_keeps_the_area(width: int, height: int) -> None:
    across, down = own_shape_size(width, height, 64)
    assert across * down == pytest.approx(64 * 64, rel=0.03)
    assert (across >= down) == (width >= height) or across == down
