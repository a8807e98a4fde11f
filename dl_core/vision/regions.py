"""A box and an outline made from a heat map: no trained detector, and no trained segmenter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
Pixels = NDArray[np.uint8]

MOST_COVERED = 0.9  # of the map; a region larger than that stands out from nothing
RIM = 0.06  # of the longer side: how far the outline may leave the warm region, following colours
FEWEST = 12  # pixels on each side from which colours can be told


@dataclass(frozen=True)
class Box:
    """A rectangle on a map: the rows and columns from the first to before the last."""

    top: int  # first row
    left: int  # first column
    bottom: int  # row after the last
    right: int  # column after the last

    @property
    def area(self) -> int:
        """Places inside."""
        return (self.bottom - self.top) * (self.right - self.left)


def warm_region(heat: Map, share: float) -> Mask | None:
    """The connected part of a map around its strongest place, of all places with at least a share of it.

    Parameters
    ----------
    heat
        ``(H, W)`` points of score, of any sign.
    share
        Of the peak, above 0 and below 1. A lower share gives a larger region that holds the smaller one.

    Returns
    -------
    ``(H, W)``, or None where nothing stands out: no place speaks for the name, or nearly all do alike.

    Examples
    --------
    >>> heat = np.array([[0, 1, 0, 9], [0, 10, 8, 0], [0, 0, 0, 0]], np.float32)
    >>> warm_region(heat, 0.5).astype(int).tolist()
    [[0, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]]
    >>> warm_region(np.ones((3, 3), np.float32), 0.5) is None
    True
    """
    from scipy.ndimage import label

    peak = float(heat.max())
    if peak <= 0:
        return None
    parts, _ = label(heat >= share * peak)
    region = np.asarray(parts == parts.flat[int(heat.argmax())])
    return None if region.mean() > MOST_COVERED else region


def box_around(region: Mask) -> Box:
    """The smallest box that holds the region, ``(H, W)`` with at least one place.

    >>> box_around(np.array([[0, 0, 0], [0, 1, 1]], bool))
    Box(top=1, left=1, bottom=2, right=3)
    """
    rows, columns = np.flatnonzero(region.any(axis=1)), np.flatnonzero(region.any(axis=0))
    return Box(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)


def by_colour(photo: Pixels, region: Mask) -> Mask:
    """The region moved to where the colours change: near its rim, each pixel goes to the likelier side.

    The colours inside and outside are each taken as one cloud (a normal distribution). Only pixels near the
    region can join it, and the largest connected part is kept. Where colours do not tell, it stays as it is.

    Parameters
    ----------
    photo
        ``(H, W, 3)`` pixels of 0 to 255.
    region
        ``(H, W)``.
    """
    from scipy.ndimage import binary_dilation, binary_erosion, binary_fill_holes, label

    reach = max(1, round(RIM * max(region.shape)))
    wide = binary_dilation(region, iterations=reach)
    core = binary_erosion(region, iterations=reach)
    if region.sum() < FEWEST or (~wide).sum() < FEWEST:
        return region
    # a line of neighbours averaged: one odd pixel decides nothing
    colours = _softened(photo)
    inside, outside = _cloud(colours[region]), _cloud(colours[~wide])
    likelier = _distance(colours, *inside) < _distance(colours, *outside)
    parts, n = label(binary_fill_holes(core | (wide & likelier)))
    if n == 0:
        return region
    sizes = np.bincount(parts.ravel())
    sizes[0] = 0
    return np.asarray(parts == sizes.argmax())


def _softened(photo: Pixels) -> NDArray[np.float64]:
    from scipy.ndimage import uniform_filter

    return np.asarray(uniform_filter(photo.astype(np.float64), size=(3, 3, 1)))


def _cloud(colours: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and spread of colours; a little is added to the spread, or one flat colour would have none."""
    return colours.mean(axis=0), np.cov(colours.T) + 25.0 * np.eye(3)


def _distance(
    colours: NDArray[np.float64], mean: NDArray[np.float64], spread: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Minus twice the logarithm of how likely each colour is in the cloud."""
    off = colours - mean
    squares = np.einsum("...i,ij,...j->...", off, np.linalg.inv(spread), off)
    return np.asarray(squares + np.linalg.slogdet(spread)[1])


def with_box(photo: Pixels, box: Box, colour: tuple[int, int, int]) -> Pixels:
    """A copy of the photo with the box drawn on it: a line in the colour, white on both sides of it.

    Parameters
    ----------
    photo
        ``(H, W, 3)`` pixels of 0 to 255.
    colour
        Red, green and blue, 0 to 255.
    """
    inside = np.zeros(photo.shape[:2], bool)
    inside[box.top : box.bottom, box.left : box.right] = True
    return _outlined(photo, inside, colour)


def with_outline(photo: Pixels, region: Mask, colour: tuple[int, int, int]) -> Pixels:
    """A copy of the photo with the region outlined and the rest faded.

    Parameters
    ----------
    photo
        ``(H, W, 3)`` pixels of 0 to 255.
    region
        ``(H, W)``.
    colour
        Red, green and blue, 0 to 255.
    """
    grey = photo.mean(axis=2, keepdims=True)
    faded = np.where(region[..., None], photo, 255 - 0.35 * (255 - grey)).astype(np.uint8)
    return _outlined(faded, region, colour)


def _outlined(photo: Pixels, region: Mask, colour: tuple[int, int, int]) -> Pixels:
    from scipy.ndimage import binary_erosion

    thick = max(1, round(max(region.shape) / 100))
    drawn = photo.copy()
    kept = region
    for paint, width in (((255, 255, 255), 1), (colour, thick), ((255, 255, 255), 1)):
        smaller = binary_erosion(kept, structure=np.ones((3, 3)), iterations=width)
        drawn[kept & ~smaller] = paint
        kept = smaller
    return drawn
