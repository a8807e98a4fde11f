"""A photo's middle square, shifted, turned or resized; and whether a layer's maps moved along with it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.vision.views import Pixels, WayIn, view

SIDE = 256  # pixels of the square that is moved: four times what the network looks at
EDGES = ("plain", "mirror")  # what comes in: the square's average colour, or the square mirrored


def square_of(photo: Image.Image) -> Pixels:
    """The middle square of a photo, as ``(256, 256, 3)``."""
    return view(photo, "centre", WayIn(pixels=SIDE, filter="area"))


def moved(square: Pixels, way: str, amount: float, edge: str = "plain") -> Pixels:
    """A square shifted, turned or made smaller or larger; what comes in is said by the edge.

    Parameters
    ----------
    square
        ``(S, S, 3)`` pixels of 0 to 255.
    way
        "shift", "turn", "size" or "pixels".
    amount
        Percent of the width to the right, degrees clockwise, times its size, or whole pixels to the right.
    edge
        Of `EDGES`.

    Examples
    --------
    >>> two = np.array([[[0] * 3, [200] * 3]] * 2, np.uint8)
    >>> moved(two, "pixels", 1)[0, :, 0].tolist(), moved(two, "pixels", 1, "mirror")[0, :, 0].tolist()
    ([100, 0], [0, 0])
    """
    side = len(square)
    if way in ("shift", "pixels"):
        pixels = round(side * amount / 100) if way == "shift" else round(amount)
        around = abs(pixels)
        wide = _framed(square, around, edge)
        left = around - pixels
        return wide[around : around + side, left : left + side]
    if way == "turn":
        around = math.ceil(side * (math.sqrt(2) - 1) / 2) + 2
        turned = Image.fromarray(_framed(square, around, edge)).rotate(-amount, Image.Resampling.BICUBIC)
        return np.asarray(turned)[around : around + side, around : around + side]
    around = max(0, math.ceil(side * (1 / amount - 1) / 2))
    shown, middle = side / amount, around + side / 2
    box = (middle - shown / 2, middle - shown / 2, middle + shown / 2, middle + shown / 2)
    filter_ = Image.Resampling.BOX if amount < 1 else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(_framed(square, around, edge)).resize((side, side), filter_, box=box))


def _framed(square: Pixels, around: int, edge: str) -> Pixels:
    room = ((around, around), (around, around), (0, 0))
    if edge == "mirror":
        return np.pad(square, room, mode="symmetric")
    wide = np.empty((len(square) + 2 * around,) * 2 + (3,), np.uint8)
    wide[:] = np.rint(square.mean(axis=(0, 1)))
    wide[around : around + len(square), around : around + len(square)] = square
    return wide


def apart(now: NDArray[np.float32], before: NDArray[np.float32], places: int) -> float:
    """How far a layer's maps are from having moved along: 0 is not at all, 1 as much as their own size.

    Parameters
    ----------
    now, before
        ``(C, H, W)`` maps of the moved and of the unmoved photo.
    places
        By how many places to the right they should have moved, 0 to W - 1. Where the outer column of
        places knows nothing of the photo's edge, it is left out.

    Examples
    --------
    >>> row = np.arange(8, dtype=np.float32).reshape(1, 1, 8)
    >>> apart(np.roll(row, 2, axis=2), row, 2), apart(row, row, 0)
    (0.0, 0.0)
    """
    width = before.shape[2]
    rim = 1 if width > 8 else 0  # four places to a row leave none to spare
    here, there = now[:, :, places + rim : width - rim], before[:, :, rim : width - places - rim]
    size = float(np.linalg.norm(there))
    return float(np.linalg.norm(here - there)) / size if size else 0.0
