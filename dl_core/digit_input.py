"""A drawn or uploaded digit, brought to the 8 by 8 cells the models know."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.digits import FULL_INK, Picture8x8

Floats = NDArray[np.float64]

FAINTEST = 0.12  # ink below this share of the range is paper or noise
NO_INK = "There is no digit to see yet. Draw one, or choose a picture with dark ink on light paper."


def digit_from_pixels(image: NDArray[Any]) -> Picture8x8:
    """A photo or scan of one digit as 8 by 8 cells of ink.

    The paper's brightness is read from the edge, so dark ink on light paper and chalk on a board both
    work. The digit is cropped to its ink, keeps its shape, is centred by its weight and shrunk by area:
    each cell becomes the mean of what it covers, as in the original set.

    Parameters
    ----------
    image
        (height, width), (height, width, 3) or (height, width, 4) numbers from 0 to 255.

    Returns
    -------
    Picture8x8
        (8, 8) ink from 0 to 16.

    Raises
    ------
    ValueError
        When there is no ink, or the array is no picture.

    Examples
    --------
    >>> page = np.full((40, 30), 255, dtype=np.uint8)
    >>> page[5:35, 14:17] = 0  # a "1"
    >>> digit_from_pixels(page)[0].tolist()  # a thin upright stroke fills the height
    [0, 0, 0, 16, 16, 0, 0, 0]
    """
    grey = _grey(image)
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    ink = np.abs(grey - np.median(edge))
    if ink.max() < 255 * FAINTEST:
        raise ValueError(NO_INK)
    return _fitted(ink)


def digit_from_cells(cells: NDArray[Any]) -> Picture8x8:
    """A drawing on a small grid as 8 by 8 cells of ink, cropped and centred like a photo.

    Parameters
    ----------
    cells
        (n, n) ink, 0 for an empty cell; any scale.

    Raises
    ------
    ValueError
        When nothing is drawn, or a cell holds no number of 0 or more.

    Examples
    --------
    >>> drawing = np.zeros((16, 16))
    >>> drawing[2:14, 7:9] = 1
    >>> digit_from_cells(drawing).max()
    np.uint8(16)
    """
    ink = np.asarray(cells, dtype=np.float64)
    if ink.ndim != 2 or ink.size == 0 or not np.isfinite(ink).all() or ink.min() < 0:
        raise ValueError("A drawing is a grid of cells with ink from 0 upwards: clear it and draw again.")
    if ink.max() == 0:
        raise ValueError(NO_INK)
    return _fitted(ink)


def _grey(image: NDArray[Any]) -> Floats:
    pixels = np.asarray(image, dtype=np.float64)
    if pixels.ndim == 3 and pixels.shape[2] == 4:  # what shows through is white paper
        cover = pixels[:, :, 3:] / 255
        pixels = pixels[:, :, :3] * cover + 255 * (1 - cover)
    if pixels.ndim == 3:
        pixels = pixels.mean(axis=2)
    if pixels.ndim != 2 or min(pixels.shape) < 2 or not np.isfinite(pixels).all():
        raise ValueError("This is not a picture of a digit: give at least 2 × 2 pixels, grey or colour.")
    return pixels


def _fitted(ink: Floats) -> Picture8x8:
    """Crop, centre by weight, shrink by area, and set the darkest cell to full ink."""
    ink = ink / ink.max()
    ink = np.where(ink < FAINTEST, 0.0, ink)
    top, bottom = _ends(ink.sum(axis=1))
    left, right = _ends(ink.sum(axis=0))
    size = max(bottom - top, right - left)
    weight_y = np.average(np.arange(ink.shape[0]) + 0.5, weights=ink.sum(axis=1))
    weight_x = np.average(np.arange(ink.shape[1]) + 0.5, weights=ink.sum(axis=0))
    # centred by weight, but never so far that ink falls off the edge
    start_y = float(np.clip(weight_y - size / 2, bottom - size, top))
    start_x = float(np.clip(weight_x - size / 2, right - size, left))
    cells = _area_weights(ink.shape[0], start_y, size) @ ink @ _area_weights(ink.shape[1], start_x, size).T
    shrunk: Picture8x8 = np.round(cells / cells.max() * FULL_INK).astype(np.uint8)
    return shrunk


def _ends(sums: Floats) -> tuple[int, int]:
    inked = np.flatnonzero(sums > 0)
    return int(inked[0]), int(inked[-1]) + 1


def _area_weights(n_pixels: int, start: float, size: float) -> Floats:
    """(8, n_pixels): which share of each cell every pixel covers, for a window of 8 cells."""
    edges = start + size * np.arange(9) / 8
    low, high = edges[:-1, None], edges[1:, None]
    pixel = np.arange(n_pixels)[None, :]
    covered: Floats = np.clip(np.minimum(high, pixel + 1) - np.maximum(low, pixel), 0, None) / (size / 8)
    return covered
