"""Maps of what the network looks at, placed on the photo, and where on it they are strong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image

from dl_core.vision.explain import LONGEST_SIDE, Map, map_size, over_views
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
    return over_views(points_of, photo, way, seen_size(photo, way))


def seen_size(photo: Image.Image, way: WayIn) -> tuple[int, int]:
    """Height and width of the maps: of the photo, or of its middle square where nothing else is looked at."""
    return (LONGEST_SIDE, LONGEST_SIDE) if way.only_middle else map_size(photo)


def seen_part(photo: Image.Image, way: WayIn) -> Pixels:
    """What is looked at of the photo, at its maps' size, ``(H, W, 3)``.

    >>> seen_part(Image.new("RGB", (300, 200)), WayIn(("centre",))).shape
    (160, 160, 3)
    """
    if way.only_middle:
        return view(photo, "centre", WayIn(pixels=LONGEST_SIDE, filter="area"))
    height, width = map_size(photo)
    return np.asarray(photo.resize((width, height), Image.Resampling.BOX))


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
