"""The way in: how a photo of any shape becomes the small squares that the network looks at.

Which way is used was chosen by measurement; the comparison is in the model card (`Card.ways_in`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]

FILTERS = {
    "area": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "Lanczos": Image.Resampling.LANCZOS,
}
SHAPES = ("whole", "centre", "own shape")


@dataclass(frozen=True)
class WayIn:
    """Everything that decides what the network sees of a photo."""

    shapes: tuple[str, ...] = ("whole",)  # of SHAPES: squashed to a square, middle square, as it is
    pixels: int = 64  # side of the square, or of the square with the same area
    filter: str = "area"  # of FILTERS
    mirrored: bool = False  # a second look at each view, left and right swapped

    @property
    def only_middle(self) -> bool:
        """Whether the sides of a photo that is not square are never looked at."""
        return set(self.shapes) == {"centre"}

    def in_words(self) -> str:
        """A short name for tables.

        >>> WayIn(("whole", "centre"), 64, "area", mirrored=True).in_words()
        'whole + centre, mirrored too; 64 px, area filter'
        """
        twice = ", mirrored too" if self.mirrored else ""
        return f"{' + '.join(self.shapes)}{twice}; {self.pixels} px, {self.filter} filter"


def views(photo: Image.Image, way: WayIn) -> list[Pixels]:
    """The squares the network looks at: arrays ``(H, W, 3)``, one for each different view.

    A square photo has no cut-off sides, so its whole and its middle are one view, not two.

    Examples
    --------
    >>> wide = Image.new("RGB", (300, 200))
    >>> [view.shape for view in views(wide, WayIn(("whole", "own shape"), 64))]
    [(64, 64, 3), (52, 78, 3)]
    """
    square = photo.width == photo.height
    shapes = way.shapes[:1] if square else way.shapes
    looks = [view(photo, shape, way) for shape in shapes]
    if way.mirrored:
        looks += [np.ascontiguousarray(look[:, ::-1]) for look in looks]
    return looks


def view(photo: Image.Image, shape: str, way: WayIn) -> Pixels:
    """One view of a photo, shrunk in one step: ``(H, W, 3)``."""
    width, height = photo.size
    box = (0.0, 0.0, float(width), float(height))
    size = (way.pixels, way.pixels)
    if shape == "centre":
        side = min(width, height)
        left, top = (width - side) / 2, (height - side) / 2
        box = (left, top, left + side, top + side)
    elif shape == "own shape":
        size = own_shape_size(width, height, way.pixels)
    return np.asarray(photo.resize(size, FILTERS[way.filter], box=box))


def own_shape_size(width: int, height: int, pixels: int) -> tuple[int, int]:
    """Width and height with the photo's proportions (2:1 at most) and a square's area.

    Parameters
    ----------
    width, height
        Of the photo, in pixels.
    pixels
        Side of the square with the same area.

    Examples
    --------
    >>> own_shape_size(200, 200, 64), own_shape_size(1000, 100, 64)
    ((64, 64), (91, 45))
    """
    stretch = min(max(width / height, 0.5), 2.0) ** 0.5
    return round(pixels * stretch), round(pixels / stretch)
