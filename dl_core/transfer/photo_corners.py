"""Corners of photos: small cut-outs of the gallery's pictures; the class is the picture they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from PIL import Image

from dl_core.photos import sample_photo
from dl_core.transfer.camera import Light, in_bursts, some_light, taken
from dl_core.transfer.pictures import SIDE, Pixels

KEYS = ("coffee", "cat", "rocket", "flower", "coins")
NAMES = ("Coffee", "Cat", "Rocket", "Flower", "Coins")
Region = tuple[int, int, int, int]  # left, top, width, height in pixels

GRID = (4, 3)  # regions across and down; cut-outs of one never reach into another


def corners(n_shots: int, seed: int) -> tuple[Pixels, list[int], list[int]]:
    """Pictures ``(N, 64, 64, 3)``, their classes and their bursts: a burst is a region of a picture.

    Parameters
    ----------
    n_shots
        Cut-outs of each region.
    seed
        Decides all of it.

    Examples
    --------
    >>> pixels, labels, bursts = corners(1, seed=0)
    >>> pixels.shape, labels[11:13], bursts == list(range(60))
    ((60, 64, 64, 3), [0, 1], True)
    """
    return in_bursts(_regions(np.random.default_rng(seed)), n_shots)


def _regions(rng: np.random.Generator) -> Iterator[tuple[int, Callable[[], Pixels]]]:
    """Class of each region, and what takes one cut-out of it."""
    for label, key in enumerate(KEYS):
        image = sample_photo(key).image
        wide, high = image.width // GRID[0], image.height // GRID[1]
        for region in range(GRID[0] * GRID[1]):
            left, top = region % GRID[0] * wide, region // GRID[0] * high
            light = replace(some_light(rng), blur=0.0)
            yield label, partial(_cut, image, (left, top, wide, high), light, rng)


def _cut(image: Image.Image, region: Region, light: Light, rng: np.random.Generator) -> Pixels:
    """One cut-out of a region, at a place, zoom and side of its own."""
    left, top, wide, high = region
    shorter = min(wide, high)
    side = int(rng.integers(round(0.72 * shorter), round(0.94 * shorter)))
    x, y = left + int(rng.integers(wide - side + 1)), top + int(rng.integers(high - side + 1))
    part = image.crop((x, y, x + side, y + side)).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    if rng.random() < 0.5:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return taken(part, light, rng)
