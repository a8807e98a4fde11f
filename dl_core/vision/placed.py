"""Maps of what the network looks at, placed on the photo, and where on it they are strong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image

from dl_core.vision.explain import LONGEST_SIDE, Map, map_size, region
from dl_core.vision.views import Pixels, WayIn, view

PLACES = 4  # places a side that all methods can tell apart: the network's last patches


def on_photo(points_of: Callable[[Pixels], Map], photo: Image.Image, way: WayIn) -> Map:
    """A map on the part of the photo that is looked at, ``(H, W)``: the average over the views of the answer.

    Parameters
    ----------
    points_of
        One view, ``(H, W, 3)`` pixels of 0 to 255, to its points, ``(rows, columns)``. Mirrored views are
        mirrored back afterwards.
    photo
        An RGB picture.
    way
        How the photo becomes the views.
    """
    height, width = seen_size(photo, way)
    canvas = np.zeros((height, width), np.float32)
    shapes = way.shapes[:1] if photo.width == photo.height else way.shapes
    sides = (False, True) if way.mirrored else (False,)
    for shape in shapes:
        top, left, high, wide = region(shape, height, width)
        look = view(photo, shape, way)
        for mirrored in sides:
            points = points_of(np.ascontiguousarray(look[:, ::-1]) if mirrored else look)
            points = np.ascontiguousarray(points[:, ::-1] if mirrored else points)
            smooth = Image.fromarray(points).resize((wide, high), Image.Resampling.BILINEAR)
            canvas[top : top + high, left : left + wide] += np.asarray(smooth)
    return np.asarray(canvas / (len(shapes) * len(sides)), np.float32)


def seen_size(photo: Image.Image, way: WayIn) -> tuple[int, int]:
    """Height and width of the maps: of the photo, or of its middle square where nothing else is looked at."""
    return (LONGEST_SIDE, LONGEST_SIDE) if only_middle(way) else map_size(photo)


def seen_part(photo: Image.Image, way: WayIn) -> Pixels:
    """What is looked at of the photo, at its maps' size, ``(H, W, 3)``.

    >>> seen_part(Image.new("RGB", (300, 200)), WayIn(("centre",))).shape
    (160, 160, 3)
    """
    height, width = seen_size(photo, way)
    side = min(photo.size)
    left, top = (photo.width - side) / 2, (photo.height - side) / 2
    box = (left, top, left + side, top + side) if only_middle(way) else None
    return np.asarray(photo.resize((width, height), Image.Resampling.BOX, box=box))


def only_middle(way: WayIn) -> bool:
    """Whether the sides of a photo that is not square are never looked at."""
    return set(way.shapes) == {"centre"}


def places(found: Map) -> Map:
    """A map ``(H, W)`` in the 4 by 4 places that every method can tell apart, ``(4, 4)``.

    >>> places(np.ones((100, 160), np.float32)).tolist()[0]
    [1.0, 1.0, 1.0, 1.0]
    """
    return shrunk(found, (PLACES, PLACES))


def shrunk(found: Map, shape: tuple[int, int]) -> Map:
    """A map with fewer places: averages of equal parts.

    Parameters
    ----------
    found
        ``(H, W)``.
    shape
        Rows and columns of the result.

    Examples
    --------
    >>> shrunk(np.array([[1, 3, 5, 5]], np.float32), (1, 2)).tolist()
    [[2.0, 5.0]]
    """
    small = Image.fromarray(np.ascontiguousarray(found)).resize(shape[::-1], Image.Resampling.BOX)
    return np.asarray(small, np.float32)


def strongest(found: Map) -> str:
    """Where a map, ``found`` ``(H, W)``, is highest, in words.

    >>> strongest(np.eye(3, dtype=np.float32)[::-1] * [[1], [2], [4]])
    'lower left'
    """
    row, column = np.unravel_index(int(found.argmax()), found.shape)
    down = ("upper", "middle", "lower")[min(2, 3 * int(row) // found.shape[0])]
    across = ("left", "centre", "right")[min(2, 3 * int(column) // found.shape[1])]
    return "centre" if (down, across) == ("middle", "centre") else f"{down} {across}"
